"""The visitor's views: parse, call, render."""

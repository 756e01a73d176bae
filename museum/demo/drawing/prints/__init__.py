"""Woodblock prints and a printing block."""

"""Photographs from glass plates."""

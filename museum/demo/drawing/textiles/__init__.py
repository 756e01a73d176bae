"""Woven and embroidered textiles."""

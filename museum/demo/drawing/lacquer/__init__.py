"""Lacquer: gold and mother-of-pearl on black and red, boards, boxes and instruments."""

"""Vessels in the round: jars, bowls, dishes, ewers and bronze, all from one kiln of distance fields."""

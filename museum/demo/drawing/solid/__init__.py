"""Bodies in space: distance fields traced on a coarse grid, then lit and clothed in detail at full size."""

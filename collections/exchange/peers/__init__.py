"""Other museums: reading what they publish, carefully, and keeping a copy of what we show of it."""

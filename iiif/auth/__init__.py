"""Authorization Flow 2.0: how somebody in any viewer gets to see a restricted picture, and what everybody sees meanwhile."""

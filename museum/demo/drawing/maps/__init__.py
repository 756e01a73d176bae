"""Maps, charts and architects' drawings."""

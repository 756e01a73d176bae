"""Pictures of the demo museum's objects, one module per family. Nothing here knows Django."""

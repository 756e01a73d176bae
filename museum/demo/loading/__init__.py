"""From the YAML of the demo museum to records. Every step is idempotent: what exists and has not changed is left alone."""

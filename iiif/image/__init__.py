"""The Image API 3.0 and 2.1.1, level 2: tiles answered by the gate before Django, everything else made from the pyramid's tiles."""

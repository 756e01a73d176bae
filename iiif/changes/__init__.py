"""IIIF Change Discovery 1.0: which manifests were published, changed, moved and taken down, in the order in which it became visible."""

"""The IIIF Presentation API 3.0: manifests and collections, built from data, checked, stored, served."""

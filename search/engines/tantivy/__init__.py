"""The embedded engine: a Tantivy index in a folder. One process writes at a time, any number read."""

from search.engines.tantivy.engine import TantivyEngine

__all__ = ["TantivyEngine"]

"""The curators' query language: text to tree (``reading``), tree to text and JSON (``writing``), tree to an engine's nodes (``compiling``)."""

from search.language.compiling import compile_tree
from search.language.errors import QueryError
from search.language.readers import Reader, reader_of
from search.language.reading import read
from search.language.writing import from_json, to_json, write

__all__ = ["QueryError", "Reader", "compile_tree", "from_json", "read", "reader_of", "to_json", "write"]

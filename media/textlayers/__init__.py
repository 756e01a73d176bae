"""What is written on a page: ALTO, hOCR, PAGE XML and plain text read into lines and words with their boxes."""

from media.textlayers.page import Box, Line, TextPage, Word, decoded, encoded, scaled, turned
from media.textlayers.reading import LARGEST, RECIPE, Reading, kind_of, read

__all__ = ["LARGEST", "RECIPE", "Box", "Line", "Reading", "TextPage", "Word", "decoded", "encoded", "kind_of", "read", "scaled", "turned"]

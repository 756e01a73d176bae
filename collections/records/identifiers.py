"""Identifiers: how numbers are found and sorted."""

import re


def norm(text: str) -> str:
    """Folded form: lower case, every run of other characters one space."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def sort_key(text: str) -> str:
    """Natural order: digit runs padded."""
    return re.sub(r"\d+", lambda run: run.group().zfill(8), norm(text))

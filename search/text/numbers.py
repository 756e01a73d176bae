"""Accession and other numbers in any spelling: ``1987.12.3a``, ``1987-12-3A`` and ``1987123a`` are one number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.text.folding import fold_word

_PART = re.compile(r"[^\W_]+")
LONGEST = 80


@dataclass(frozen=True, slots=True)
class NumberForms:
    """The forms by which a number is found."""

    parts: tuple[str, ...]

    @property
    def norm(self) -> str:
        """Parts joined by ``_``: the spelling without its punctuation."""
        return "_".join(self.parts)[:LONGEST]

    @property
    def tight(self) -> str:
        """No punctuation at all."""
        return "".join(self.parts)[:LONGEST]

    def tokens(self) -> set[str]:
        """What is indexed: ``=`` marks the whole number; every beginning that ends where a part ends stands by itself."""
        found = {f"={self.norm}", f"={self.tight}"}
        for count in range(1, len(self.parts) + 1):
            found.add("_".join(self.parts[:count])[:LONGEST])
            found.add("".join(self.parts[:count])[:LONGEST])
        return found


def number_forms(text: str) -> NumberForms:
    """The forms of a number as written (or typed)."""
    return NumberForms(tuple(fold_word(part) for part in _PART.findall(text)))


def looks_like_number(text: str) -> bool:
    """Only what has a digit is looked up among the numbers."""
    return any(char.isdigit() for char in text)

"""Accession and other numbers in any spelling: ``1987.12.3a``, ``1987-12-3A`` and ``1987123a`` are one number."""

from __future__ import annotations

from dataclasses import dataclass

from records import identifiers

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

    @property
    def first_digit(self) -> int:
        """Where the first part stands that begins with a digit (0 when none does)."""
        return next((at for at, part in enumerate(self.parts) if part[0].isdigit()), 0)

    def wholes(self) -> set[str]:
        """The whole number without punctuation, with and without the letters in front."""
        return {self.tight, "".join(self.parts[self.first_digit :])[:LONGEST]}

    def tokens(self) -> set[str]:
        """What is indexed: ``=`` marks the whole number; every beginning that ends where a part ends stands by itself.

        All that once more without the letters in front (``BT 1987.12`` is found by ``1987.12``).
        """
        found: set[str] = set()
        for start in {0, self.first_digit}:
            parts = self.parts[start:]
            for joint in ("_", ""):
                found.add(f"={joint.join(parts)}"[: LONGEST + 1])
                found.update(joint.join(parts[:count])[:LONGEST] for count in range(1, len(parts) + 1))
        return found


def number_forms(text: str) -> NumberForms:
    """The forms of a number as written (or typed)."""
    return NumberForms(tuple(identifiers.tokens(text)))


def looks_like_number(text: str) -> bool:
    """Only what has a digit is looked up among the numbers."""
    return any(char.isdigit() for char in text)

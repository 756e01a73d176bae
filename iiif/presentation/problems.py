"""A fault of a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """A fault: where (a JSON path such as ``items[0].label``) and what, as a sentence."""

    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where or 'the document itself'}: {self.sentence}"


def json_path(parts: Iterable[Any]) -> str:
    """``["items", 0, "label"]`` → ``items[0].label``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")

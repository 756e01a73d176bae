"""Highlights on the text as stored: the accents stay, everything is escaped, only ``<mark>`` is ours."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from search.text.folding import fold_word
from search.text.stems import stem_token
from search.text.tokens import Token, analyse, is_unspaced

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Marker:
    """What is to be marked: folded words, beginnings of words, and stems (``en:paint``)."""

    words: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.words or self.beginnings or self.stems)

    def marks(self, token: Token, language: str = "") -> bool:
        """True when the token answers the query."""
        if token.folded in self.words:
            return True
        if self.beginnings and token.folded.startswith(tuple(self.beginnings)):
            return True
        return bool(self.stems and language) and stem_token(token.exact, language) in self.stems


def mark(text: str, marker: Marker, *, language: str = "", length: int | None = None) -> str | None:
    """``text`` as safe HTML with the answers in ``<mark>``; None when it has none.

    ``length`` (characters) cuts a long text to the stretch with most different answers, on word borders, with ellipses.
    """
    tokens = analyse(text)
    spans = [(token.start, token.end, token.folded) for token in tokens if marker.marks(token, language)]
    single = {word for word in marker.words if len(word) == 1 and is_unspaced(word)}
    if single:  # a lone character of an unspaced script is indexed in pairs
        spans += [(at, at + 1, char) for at, char in enumerate(text) if fold_word(char) in single]
        spans.sort()
    if not spans:
        return None
    low, high = (0, len(text)) if length is None or len(text) <= length else _window(text, tokens, spans, length)
    inside = _merged([(start, end) for start, end, _ in spans if start >= low and end <= high])
    out, at = [], low
    for start, end in inside:
        out += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    out.append(escape(text[at:high]))
    return (ELLIPSIS if low else "") + "".join(out).strip() + (ELLIPSIS if high < len(text) else "")


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping spans (pairs of characters) as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _window(text: str, tokens: list[Token], spans: list[tuple[int, int, str]], length: int) -> tuple[int, int]:
    """The stretch of about ``length`` characters that holds most different answers, the first such one."""
    best, chosen = -1, spans[0][0]
    for start, _, _ in spans:
        different = len({word for low, high, word in spans if low >= start and high <= start + length})
        if different > best:
            best, chosen = different, start
    wanted = max(0, chosen - length // 4)
    low = 0 if wanted == 0 else next((token.start for token in tokens if token.start >= wanted), chosen)
    low = min(low, chosen)
    high = max((token.end for token in tokens if token.end <= low + length), default=min(len(text), low + length))
    first_end = next(end for start, end, _ in spans if start == chosen)
    high = max(high, first_end)
    return low, len(text) if high >= tokens[-1].end else high

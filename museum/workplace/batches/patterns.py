r"""Regular expressions of batch edits: RE2, which takes time linear to the text, so that none can hang the museum; with the letters of all scripts.

RE2 itself takes \w, \d and \b for those of ASCII: "Bình tỳ" would begin with the word "B", and a pattern that swaps words would tear it apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from records.models import RecordError

_WORD = r"\p{L}\p{M}\p{N}_"
_OUTSIDE = {"w": f"[{_WORD}]", "W": f"[^{_WORD}]", "d": r"\p{Nd}", "D": r"\P{Nd}", "s": r"[\s\p{Z}]", "S": r"[^\s\p{Z}]"}
_INSIDE = {"w": _WORD, "d": r"\p{Nd}", "D": r"\P{Nd}", "s": r"\s\p{Z}"}
_BEFORE, _BEHIND = rf"(?:\A|[^{_WORD}])", rf"(?:[^{_WORD}]|\z)"
_PIECE = re.compile(r"\\Q.*?(?:\\E|\Z)|\\.|\[\^?\]?|:\]|.", re.DOTALL)
_EDGES = re.compile(r"\A(?P<flags>\(\?[imsU]+\))?(?P<before>\\b)?(?P<body>.*?)(?P<behind>(?<!\\)(?:\\\\)*\\b)?\Z", re.DOTALL)


class PatternError(RecordError):
    """Why a pattern cannot be used, in a sentence."""


class Pattern:
    r"""A compiled pattern. ``\b`` at its beginning and its end is where a word begins and ends."""

    def __init__(self, text: str) -> None:
        flags, before, body, behind = _parts(text)
        self._at_edges, self._back = before or behind, int(before)
        said = _in_all_scripts(body)
        if self._at_edges:
            if not body:
                raise PatternError(_("The pattern needs more than \\b."))
            if _has_open_choice(body):
                raise PatternError(_("Put the alternatives in parentheses, as in \\b(one|other)\\b."))
            said = f"{_BEFORE if before else ''}({said}){_BEHIND if behind else ''}"
        self._compiled = _compiled(flags + said)

    def sub(self, made: Callable[[Any], str], text: str) -> str:
        """The text with what ``made`` says in the place of every match."""
        if not self._at_edges:
            return str(self._compiled.sub(made, text))
        pieces: list[str] = []
        done = at = 0
        while at <= len(text) and (match := self._compiled.search(text, at)):
            start, end = match.span(1)
            if start >= done:
                pieces += [text[done:start], made(_Within(match))]
                done = end
            # the sign that parts two words may part the next two as well
            at = max(end - self._back if end > start else end, at + 1)
        return "".join([*pieces, text[done:]])


class _Within:
    """A match whose first group is the whole of what was asked for."""

    def __init__(self, match: Any) -> None:
        self._match = match

    def group(self, which: int | str = 0) -> Any:
        return self._match.group(which + 1 if isinstance(which, int) else which)


def _parts(text: str) -> tuple[str, bool, str, bool]:
    found = _EDGES.match(text)
    if found is None:
        return "", False, text, False
    return found["flags"] or "", bool(found["before"]), found["body"] + (found["behind"] or "")[:-2], bool(found["behind"])


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Each sign, escape or quoted part with whether it stands within brackets, which themselves do not."""
    inside = False
    for piece in _PIECE.findall(text):
        if not inside and piece.startswith("["):
            yield piece, False
            inside = True
        elif inside and piece.endswith("]") and piece not in {":]", "\\]"}:  # also the one of "[]", whose "[" is a sign like others there
            inside = False
            yield piece, False
        else:
            yield piece, inside


def _in_all_scripts(text: str) -> str:
    """The pattern with classes that know every script. Raises PatternError for what cannot be said so."""
    said: list[str] = []
    for piece, inside in _pieces(text):
        sign = piece[1:] if len(piece) == 2 and piece[0] == "\\" else ""
        if sign in {"b", "B"} and not inside:
            raise PatternError(_("\\b can stand at the beginning and at the end of a pattern alone, \\B nowhere."))
        if sign == "W" and inside:
            raise PatternError(_("\\W cannot stand within brackets: write [^…] with what is not meant."))
        said.append((_INSIDE if inside else _OUTSIDE).get(sign, piece))
    return "".join(said)


def _has_open_choice(text: str) -> bool:
    """Whether a bar stands outside of all parentheses."""
    depth = 0
    for piece, inside in _pieces(text):
        depth += {"(": 1, ")": -1}.get(piece, 0) if not inside else 0
        if piece == "|" and not inside and not depth:
            return True
    return False


def _compiled(text: str) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = 8 << 20
    try:
        return re2.compile(text, options=options)
    except re2.error as error:
        raise PatternError(
            _("The pattern cannot be read: %(why)s. (Look-arounds and references inside a pattern are not possible.)")
            % {"why": _bare(error)}
        ) from error


def _bare(error: Exception) -> str:
    said = error.args[0] if error.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)

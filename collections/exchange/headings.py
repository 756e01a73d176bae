"""Headings of a table as people type them: other capitals, blanks, hyphens and invisible signs do not make them unknown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from exchange.layout import column_named

if TYPE_CHECKING:
    from exchange.profile import Profile

# byte order marks, soft hyphens and the like, which no eye sees
_INVISIBLE = dict.fromkeys((0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060, 0x00AD))
_BLANKS = re.compile(r"[\s\-]+")


def recognised(header: list[str], profile: Profile) -> list[str]:
    """The header with the profile's own name for each heading that can mean only one column; others stay as they were typed."""
    visible = [name.translate(_INVISIBLE).strip() for name in header]
    meant = [_own_name(name) if profile.layout else name for name in visible]
    if not profile.layout:
        known = delimited_columns(profile)
        by_form = _by_form(known)
        meant = [name if name in known else by_form.get(_form(name), name) for name in visible]
    # Two headings for one column: only the one that is written as the profile writes it is meant.
    return [name if name == typed or meant.count(name) == 1 else typed for name, typed in zip(meant, visible, strict=True)]


def delimited_columns(profile: Profile) -> set[str]:
    """The profile's columns as a delimited file names them (those of tables without the table’s name)."""
    return {column.split(".", 1)[1] if profile.table_of(column) else column for column in profile.columns} - {
        t.name for t in profile.tables
    }


def _own_name(name: str) -> str:
    """A heading of our own layout: field names are small letters with underscores, languages are left as they are."""
    if column_named(name) is not None:
        return name
    bare, at, language = name.partition("@")
    simple = _form(bare) + at.strip() + _BLANKS.sub("-", language.strip())
    return simple if column_named(simple) is not None else name


def _form(name: str) -> str:
    return _BLANKS.sub("_", unicodedata.normalize("NFKC", name).casefold().strip())


def _by_form(known: Iterable[str]) -> dict[str, str]:
    forms: dict[str, list[str]] = {}
    for name in known:
        forms.setdefault(_form(name), []).append(name)
    return {form: names[0] for form, names in forms.items() if len(names) == 1}

"""The fields of the catalogue that a reader may name, as the list of objects offers them: some three hundred, in every list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from museum.workplace.searching.builder import WORDS
from search.language import Reader, fields


@dataclass(frozen=True, slots=True)
class Offered:
    """Name → label of all fields; the names of those of interest to many; name → choice in a select of the others.

    ``scripts``: the fields and the words of the form builder, for its script.
    """

    labels: Mapping[str, str]
    main: tuple[str, ...]
    options: Mapping[str, SafeString]
    scripts: SafeString


def offered(reader: Reader) -> Offered:
    """What is offered to this reader, in the language of the moment."""
    return _offered(get_language() or "en", reader.groups)


@lru_cache(maxsize=64)
def _offered(language: str, groups: tuple[str, ...]) -> Offered:
    """Made once for each language and each set of roles: which fields may be read depends on nothing else."""
    known = fields.readable(Reader(groups=groups))
    labels = {one.name: str(one.label) for one in known}
    listed = [{"name": one.name, "label": labels[one.name], "kind": str(one.kind), "main": one.main} for one in known]
    return Offered(
        labels=labels,
        main=tuple(one.name for one in known if one.main),
        options={one.name: format_html('<option value="{}">{}</option>', one.name, labels[one.name]) for one in known if not one.main},
        scripts=json_script(listed, "query-fields") + json_script({name: str(word) for name, word in WORDS.items()}, "query-words"),
    )

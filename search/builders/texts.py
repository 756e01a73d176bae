"""Texts, references and names on their way into documents: small pieces that every builder uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Model

from records.references import Ref
from search import columns
from search.documents import UNSHOWN, ByIdentity, FacetValue, Text
from vocabularies.models import AgentName, PlaceName, TermLabel

Texts = dict[str, list[Text]]

_NAMES: dict[str, tuple[type[Model], str]] = {"agent": (AgentName, "agent"), "place": (PlaceName, "place"), "term": (TermLabel, "term")}
_NOT_SHOWN = {TermLabel.Kind.HIDDEN, TermLabel.Kind.OFFENSIVE}
CHUNK = 400


def language_of(tag: str | None) -> str:
    """A tag as search knows it: unknown is empty."""
    return "" if not tag or tag == "und" else tag


def from_map(texts: Mapping[str, str] | None) -> list[Text]:
    """The texts of a plain language map."""
    return [Text(text, language_of(tag)) for tag, text in texts.items() if text] if texts else []


def from_string(text: Any, language: str | None = "") -> list[Text]:
    """One text, if there is one."""
    return [Text(str(text), language_of(language))] if text not in (None, "") else []


def strings_in(value: Any) -> Iterator[str]:
    """Every string in a nested value (additional fields)."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from strings_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings_in(one)


def with_path(refs: Iterable[Ref | None]) -> list[FacetValue]:
    """Facet values of references and of what lies above them, every one once. The list of a single reference is shared: not to be changed."""
    named = [ref for ref in refs if ref]
    if len(named) < 2:
        return _values(named[0]) if named else []
    found: dict[str, FacetValue] = {}
    for ref in named:
        for value in _values(ref):
            found.setdefault(value.id, value)
    return list(found.values())


def _path_of(ref: Ref) -> list[FacetValue]:
    """The values of one reference, root first."""
    made: list[FacetValue] = []
    above: tuple[str, ...] = ()
    for one in (*ref.get("path", ()), ref):
        made.append(FacetValue(one["id"], one["label"], above))
        above = (*above, one["id"])
    return made


# A batch of records shares its references: each is taken apart once.
_values = ByIdentity(_path_of)


class Names:
    """Other names of agents, places and terms, for a batch of records at a time: who is known by two names is found by both."""

    def __init__(self, refs: Iterable[Ref]) -> None:
        self._texts = ByIdentity(self._taken_apart)
        self._columns: dict[tuple[str, int], tuple[Ref, list[str], set[str]]] = {}
        wanted: dict[str, set[str]] = defaultdict(set)
        for ref in refs:
            for one in (ref, *ref.get("path", ())):
                if one.get("kind") in _NAMES:
                    wanted[one["kind"]].add(one["id"])
        self._found: dict[str, list[tuple[Text, bool]]] = defaultdict(list)
        for kind, ids in wanted.items():
            model, owner = _NAMES[kind]
            columns = [f"{owner}__public_id", "text", "language", *(["kind"] if kind == "term" else [])]
            todo = sorted(ids)
            for start in range(0, len(todo), CHUNK):
                rows = model._default_manager.filter(**{f"{owner}__public_id__in": todo[start : start + CHUNK]}).values_list(*columns)
                for ident, text, language, *name_kind in rows:
                    self._found[ident].append((Text(text, language_of(language)), not name_kind or name_kind[0] not in _NOT_SHOWN))

    def put(self, texts: Texts, field: str, ref: Ref | None) -> None:
        """The label and other names of a reference and of what lies above it, into ``field``; hidden names where nothing is shown."""
        if ref:
            shown, hidden = self._texts(ref)
            texts[field] += shown
            if hidden:
                texts[UNSHOWN] += hidden

    def _taken_apart(self, ref: Ref) -> tuple[list[Text], list[Text]]:
        shown: list[Text] = []
        hidden: list[Text] = []
        for one in (*ref.get("path", ()), ref):
            shown += from_map(one["label"])
            for text, is_shown in self._found.get(one["id"], ()):
                (shown if is_shown else hidden).append(text)
        return shown, hidden

    def of_column(self, column: str, ref: Ref) -> tuple[list[str], set[str]]:
        """(words, tokens) of a reference in a column: every name of it and of what lies above it, those that are never shown included; all their ids."""
        known = self._columns.get((column, id(ref)))
        if known is None:
            texts, ids = self._all_told(ref)
            words, tokens = columns.of_texts(column, texts)
            known = self._columns[column, id(ref)] = (ref, words, tokens | {columns.value(column, one) for one in ids})
        return known[1], known[2]

    def _all_told(self, ref: Ref) -> tuple[list[str], set[str]]:
        if ref["kind"] == "asset":
            return list(ref["alt"].values()), {ref["id"]}  # type: ignore[typeddict-item]
        family = (*ref.get("path", ()), ref)
        found: list[str] = []
        for one in family:
            found += one["label"].values()
            found += (text.text for text, _ in self._found.get(one["id"], ()))
        found += [ref[name] for name in ("number", "code", "citation") if isinstance(ref.get(name), str) and ref[name]]  # type: ignore[literal-required, typeddict-item]
        return found, {one["id"] for one in family}


def tidy(texts: Mapping[str, Iterable[Text]]) -> Texts:
    """Every text of a field once, fields without text left out."""
    return {name: list(dict.fromkeys(values)) for name, values in texts.items() if values}


def less(texts: Texts, known: Iterable[Texts]) -> Texts:
    """What stands in ``texts`` and in none of ``known``."""
    there: dict[str, set[Text]] = defaultdict(set)
    for other in known:
        for name, values in other.items():
            there[name].update(values)
    return {name: rest for name, values in texts.items() if (rest := [value for value in values if value not in there[name]])}

"""Finding and making the vocabulary records that plans want. What is new is made as a candidate; nothing is merged silently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from exchange.agents import Agents
from exchange.building.base import language_map
from exchange.models import ImportJob
from exchange.plans import Plan
from exchange.wanted import Wanted, WantedAgent
from records import journal, languages
from vocabularies.merging import keys_by_source
from vocabularies.models import (
    CollectionSet,
    Department,
    Museum,
    Period,
    Place,
    PlaceName,
    Reference,
    Term,
    TermLabel,
    Vocabulary,
)

MODELS: dict[str, type[models.Model]] = {
    "museum": Museum,
    "department": Department,
    "term": Term,
    "place": Place,
    "period": Period,
    "reference": Reference,
    "set": CollectionSet,
}
ORDER = tuple(MODELS)
_VOCABULARIES = {
    "materials": "Materials",
    "techniques": "Techniques",
    "classification": "Classification",
    "object-names": "Object names",
    "cultures": "Cultures and nationalities",
    "roles": "Roles",
    "subjects": "Subjects",
}
LONGEST_LABEL = 160


def folded(label: str) -> str:
    """The form under which labels are the same: case and runs of spaces do not count."""
    return " ".join(label.casefold().split())


class Resolver:
    """The vocabulary as one import sees it. ``forget`` after a transaction was rolled back."""

    def __init__(self, source: str, job: ImportJob | None, *, any_source: bool = False) -> None:
        self.source = source
        self.any_source = any_source
        self.write = job is not None
        self._created: dict[str, int] = {}
        self._known: dict[str, dict[tuple[str, str], int]] = {}
        self._placeholder = 0
        self._schemes: dict[str, int] = {}
        self.agents = Agents(self, source, job)

    def forget(self) -> None:
        """Look everything up afresh."""
        self._known.clear()
        self._schemes.clear()
        self._created.clear()
        self.agents.forget()

    def resolve(self, plans: Sequence[Plan]) -> None:
        """Replace every reference in the plans by the key of a record, which is made if there is none."""
        wanted = [ref for plan in plans for ref in plan.wanted()]
        agents = [ref for ref in wanted if isinstance(ref, WantedAgent)]
        simple = {ref: None for ref in wanted if isinstance(ref, Wanted)} | {ref: None for agent in agents for ref in agent.nested}
        for kind in ORDER:
            self._make(kind, [ref for ref in simple if ref.kind == kind])
        self.agents.make(plans)
        for plan in plans:
            _replace(plan.columns, self.key_of)
            for rows in plan.rows.values():
                for row in rows:
                    _replace(row, self.key_of)

    def key_of(self, ref: Wanted | WantedAgent) -> int:
        """The key of a record that has been resolved."""
        if isinstance(ref, WantedAgent):
            return self.agents.key_of(ref)
        return self._known[ref.kind][_identity(ref)]

    def placeholder(self) -> int:
        """A key for what a dry run would make."""
        self._placeholder -= 1
        return self._placeholder

    def count(self, kind: str, number: int) -> None:
        """Note that so many records of a kind are new."""
        if number:
            self._created[kind] = self._created.get(kind, 0) + number

    def take_counts(self) -> dict[str, int]:
        """How many records of each kind are new since this was last asked."""
        counts, self._created = self._created, {}
        return counts

    def _make(self, kind: str, refs: Sequence[Wanted]) -> None:
        if not refs:
            return
        if kind not in self._known:
            self._known[kind] = dict(_load(kind, self.source))
        known = self._known[kind]
        missing = list({_identity(ref): ref for ref in refs if _identity(ref) not in known}.values())
        if not missing:
            return
        self.count(kind, len(missing))
        if not self.write:
            known.update({_identity(ref): self.placeholder() for ref in missing})
            return
        made = MODELS[kind]._default_manager.bulk_create([self._record(ref) for ref in missing])
        known.update({_identity(ref): record.pk for ref, record in zip(missing, made, strict=True)})
        journal.changed(kind, [record.pk for record in made], new=True)

    def _record(self, ref: Wanted) -> models.Model:
        label = ref.label if len(ref.label) <= LONGEST_LABEL * 2 else ref.label[: LONGEST_LABEL * 2 - 1] + "…"
        values: dict[str, Any] = {"label": language_map(label, ref.language), "source": self.source, "source_id": natural_id(ref)}
        if ref.kind == "term":
            return Term(**values, vocabulary_id=self._scheme(ref.scope), status=Term.Status.CANDIDATE)
        if ref.kind == "museum":
            return Museum(**values, code=ref.code, homepage=ref.homepage)
        if ref.kind == "department":
            museum = self._known["museum"][("code", ref.scope)]
            return Department(**values, code=ref.code, museum_id=museum)
        return MODELS[ref.kind](**values, status=Term.Status.CANDIDATE)

    def _scheme(self, code: str) -> int:
        if code not in self._schemes:
            label = _VOCABULARIES.get(code, code.replace("-", " ").capitalize())
            scheme, _ = Vocabulary.objects.get_or_create(code=code, defaults={"label": language_map(label, "en")})
            self._schemes[code] = scheme.pk
        return self._schemes[code]


def natural_id(ref: Wanted) -> str:
    """The id of a record in the source, when the source gives none: its kind of list and its folded label."""
    if ref.code:
        return ref.code
    return f"{ref.scope or ref.kind}:{folded(ref.label)}"[:200]


def _identity(ref: Wanted) -> tuple[str, str]:
    return ("code", ref.code) if ref.code else (ref.scope, folded(ref.label)[:190])


def _replace(values: dict[str, Any], key_of: Any) -> None:
    for name, value in list(values.items()):
        if isinstance(value, Wanted | WantedAgent):
            del values[name]
            values[f"{name}_id"] = key_of(value)


def _load(kind: str, source: str) -> Iterable[tuple[tuple[str, str], int]]:
    """(identity, key) of all records of a kind: by alternative labels, then by labels, then by the ids an import of this source gave."""
    model = MODELS[kind]
    if kind in ("museum", "department"):
        yield from ((("code", code), pk) for pk, code in model._default_manager.values_list("pk", "code"))
        return
    scope = "vocabulary__code" if kind == "term" else "source"
    rows = list(
        model._default_manager.order_by("-status", "-pk").values_list("pk", "label", scope, "source", "source_id").iterator(chunk_size=2000)
    )
    scopes = {pk: (code if kind == "term" else "") for pk, _, code, _, _ in rows}
    if kind in ("term", "place"):
        names, owner = (TermLabel, "term_id") if kind == "term" else (PlaceName, "place_id")
        for pk, text in names._default_manager.values_list(owner, "text"):
            yield (scopes.get(pk, ""), folded(text)[:190]), pk
    for pk, label, _, _, _ in rows:
        for text in languages.plain(label or {}).values():
            yield (scopes[pk], folded(text)[:190]), pk
    ids = [(source_id, pk) for pk, _, _, record_source, source_id in rows if record_source == source]
    for source_id, pk in [*keys_by_source(kind, source).items(), *ids]:
        if ":" in source_id:
            yield (scopes.get(pk, ""), source_id.split(":", 1)[1][:190]), pk

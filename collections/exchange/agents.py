"""People and groups of a source: matched by its ids, else by exact name within the same source; changed when the source changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from exchange.building.base import date_columns, language_map, understood
from exchange.merging import fingerprint
from exchange.models import ImportJob, VocabularyImprint
from exchange.plans import Plan
from exchange.wanted import WantedAgent, WantedDate
from records import journal, languages
from vocabularies.merging import keys_by_source
from vocabularies.models import Agent, AgentDate, AgentLink, AgentName

if TYPE_CHECKING:
    from exchange.vocabulary import Resolver

LONGEST_NAME = 300
_REPORTED_ONCE = ("shared_link", "second_link", "agents_disagree")


class Agents:
    """The people and groups that one import knows."""

    def __init__(self, resolver: Resolver, source: str, job: ImportJob | None) -> None:
        self.resolver = resolver
        self.source = source
        self.job = job
        self._told: set[tuple[str, str, str]] = set()
        if job is not None:
            self._told = set(job.problems.filter(code__in=_REPORTED_ONCE).values_list("code", "value", "message"))
        self.forget()

    def forget(self) -> None:
        """Look everything up afresh."""
        self._loaded = False
        self._by_id: dict[str, int] = {}
        self._by_name: dict[str, int] = {}
        self._wanted: dict[int, tuple[str, int | None]] = {}
        self._uri_owner: dict[str, tuple[int, str]] = {}
        self._uris: dict[int, dict[str, str]] = {}

    def key_of(self, ref: WantedAgent) -> int:
        """The key of an agent that has been resolved."""
        return self._by_id[_source_id(ref)]

    def make(self, plans: Sequence[Plan]) -> None:
        """Make or change the agents that the plans want; problems go to the findings of the plan that met them first."""
        met = [(ref, plan) for plan in plans for ref in plan.wanted() if isinstance(ref, WantedAgent)]
        if not met:
            return
        self._load()
        new: dict[str, WantedAgent] = {}
        for ref, plan in met:
            source_id = _source_id(ref)
            if source_id not in self._by_id and not ref.key and ref.label in self._by_name:
                self._by_id[source_id] = self._by_name[ref.label]
            if source_id in self._by_id:
                self._look_again(ref, self._by_id[source_id], plan)
            elif source_id in new:
                if _wanted_print(new[source_id]) != _wanted_print(ref):
                    self._tell(plan, "agents_disagree", ref.column, ref.label, name=ref.label)
            else:
                new[source_id] = ref
        self._create(new)
        self._link(met)

    def _load(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        names: dict[str, list[int]] = {}
        agents = Agent.objects.all() if self.resolver.any_source else Agent.objects.filter(source=self.source)
        self._by_id |= keys_by_source("agent", self.source)
        for pk, source, source_id, label in agents.values_list("pk", "source", "source_id", "label"):
            if source == self.source and source_id:
                self._by_id[source_id] = pk
            for text in languages.plain(label or {}).values():
                names.setdefault(text, []).append(pk)
        self._by_name = {text: pks[0] for text, pks in names.items() if len(pks) == 1}
        for pk, wanted, job in VocabularyImprint.objects.filter(kind="agent").values_list("record_pk", "wanted", "job_id"):
            self._wanted[pk] = (wanted, job)
        for pk, scheme, uri, label in AgentLink.objects.values_list("agent_id", "scheme", "uri", "agent__label"):
            self._remember_link(pk, scheme, uri, languages.pick(languages.plain(label or {}), ["en"])[1])

    def _remember_link(self, pk: int, scheme: str, uri: str, name: str) -> None:
        self._uri_owner.setdefault(uri, (pk, name))
        self._uris.setdefault(pk, {}).setdefault(scheme, uri)

    def _tell(self, plan: Plan, code: str, column: str, value: str, **facts: Any) -> None:
        """A problem of an agent is told once, not with each of its objects."""
        before = len(plan.findings.problems)
        plan.findings.add(code, column, value, **facts)
        problem = plan.findings.problems[before]
        mark = (code, problem.value, problem.message)
        if mark in self._told:
            plan.findings.problems.pop()
        self._told.add(mark)

    def _create(self, new: dict[str, WantedAgent]) -> None:
        if not new:
            return
        self.resolver.count("agent", len(new))
        if self.job is None:
            for source_id, ref in new.items():
                self._by_id[source_id] = self.resolver.placeholder()
                self._wanted[self._by_id[source_id]] = (_wanted_print(ref), None)
            return
        made = Agent.objects.bulk_create([self._record(ref, source_id) for source_id, ref in new.items()])
        names, dates, imprints = [], [], []
        for agent, (source_id, ref) in zip(made, new.items(), strict=True):
            self._by_id[source_id] = agent.pk
            name_rows, date_rows = self._rows(agent.pk, ref)
            names += name_rows
            dates += date_rows
            wanted = _wanted_print(ref)
            self._wanted[agent.pk] = (wanted, self.job.pk)
            written = _written_print(agent, name_rows, date_rows)
            imprints.append(VocabularyImprint(kind="agent", record_pk=agent.pk, wanted=wanted, written=written, job=self.job))
        AgentName.objects.bulk_create(names)
        AgentDate.objects.bulk_create(dates)
        VocabularyImprint.objects.bulk_create(imprints)
        journal.changed("agent", [agent.pk for agent in made], new=True)

    def _record(self, ref: WantedAgent, source_id: str) -> Agent:
        return Agent(source=self.source, source_id=source_id, status=Agent.Status.CANDIDATE, **self._columns(ref))

    def _columns(self, ref: WantedAgent) -> dict[str, Any]:
        first = next((date.year for date in ref.dates if date.kind in ("birth", "founded")), None)
        last = next((date.year for date in ref.dates if date.kind in ("death", "dissolved")), None)
        return {
            "label": language_map(ref.label[:LONGEST_NAME], ref.language),
            "kind": ref.agent_kind,
            "nationality_id": self.resolver.key_of(ref.nationality) if ref.nationality else None,
            "birth_year": first,
            "death_year": last,
            "life_dates": _life_dates(ref, first, last),
            "staff_note": ref.note,
        }

    def _rows(self, pk: int, ref: WantedAgent) -> tuple[list[AgentName], list[AgentDate]]:
        names = [
            AgentName(agent_id=pk, text=name[:LONGEST_NAME], language=ref.language, sort_order=order)
            for order, name in enumerate(ref.names)
        ]
        dates = [
            AgentDate(
                agent_id=pk,
                kind=date.kind,
                place_id=self.resolver.key_of(date.place) if date.place else None,
                sort_order=order,
                **_date(date, ref.language),
            )
            for order, date in enumerate(ref.dates)
        ]
        return names, dates

    def _look_again(self, ref: WantedAgent, pk: int, plan: Plan) -> None:
        """An agent that exists: when the source says something new of it, and nobody changed it here, the new is taken."""
        before, job = self._wanted.get(pk, ("", None))
        wanted = _wanted_print(ref)
        if not before or before == wanted or pk < 0:
            return
        if self.job is not None and job == self.job.pk:
            self._tell(plan, "agents_disagree", ref.column, ref.label, name=ref.label)
            return
        if self.job is None:
            self._wanted[pk] = (wanted, None)
            return
        agent = Agent.objects.get(pk=pk)
        imprint = VocabularyImprint.objects.get(kind="agent", record_pk=pk)
        now = _written_print(agent, list(agent.names.order_by("sort_order")), list(agent.dates.order_by("sort_order")))
        if now != imprint.written:
            plan.findings.add("both_changed", ref.column, ref.label, field=f"person “{ref.label}”")
            VocabularyImprint.objects.filter(pk=imprint.pk).update(job=self.job)
        else:
            self._change(agent, ref, imprint)
        self._wanted[pk] = (wanted, self.job.pk)

    def _change(self, agent: Agent, ref: WantedAgent, imprint: VocabularyImprint) -> None:
        for name, value in self._columns(ref).items():
            setattr(agent, name, value)
        AgentName.objects.filter(agent=agent).delete()
        AgentDate.objects.filter(agent=agent).delete()
        names, dates = self._rows(agent.pk, ref)
        AgentName.objects.bulk_create(names)
        AgentDate.objects.bulk_create(dates)
        agent.save()
        imprint.wanted, imprint.written, imprint.job = _wanted_print(ref), _written_print(agent, names, dates), self.job
        imprint.save()

    def _link(self, met: Sequence[tuple[WantedAgent, Plan]]) -> None:
        """Ids in other files of people: one id for one name, else nobody gets it twice and the report says so."""
        rows = []
        for ref, plan in met:
            pk = self._by_id[_source_id(ref)]
            for scheme, uri, column in ref.links:
                owner = self._uri_owner.get(uri)
                own = self._uris.get(pk, {}).get(scheme)
                if own == uri:
                    continue
                if own is not None:
                    self._tell(plan, "second_link", column, uri.rsplit("/", 1)[-1], name=ref.label, other=own.rsplit("/", 1)[-1])
                elif owner is not None:
                    self._tell(plan, "shared_link", column, uri.rsplit("/", 1)[-1], other=owner[1])
                else:
                    self._remember_link(pk, scheme, uri, ref.label)
                    rows.append(AgentLink(agent_id=pk, scheme=scheme, uri=uri))
        if rows and self.job is not None:
            AgentLink.objects.bulk_create(rows)
            journal.changed("agent", sorted({row.agent_id for row in rows}))


def _source_id(ref: WantedAgent) -> str:
    return ref.key or f"name:{ref.label}"[:200]


def _wanted_print(ref: WantedAgent) -> str:
    places = [(date.kind, date.text, date.year, date.place.label if date.place else "") for date in ref.dates]
    return fingerprint([ref.label, ref.agent_kind, ref.nationality.label if ref.nationality else "", ref.names, places, ref.note])


def _written_print(agent: Agent, names: Sequence[AgentName], dates: Sequence[AgentDate]) -> str:
    return fingerprint(
        [
            languages.plain(agent.label or {}),
            [agent.kind, agent.nationality_id, agent.birth_year, agent.death_year, agent.life_dates, agent.staff_note],
            [(name.text, name.language) for name in names],
            [(date.kind, date.date_text, date.date_earliest, date.date_latest, date.place_id) for date in dates],
        ]
    )


def _date(date: WantedDate, language: str) -> dict[str, Any]:
    values = date_columns(understood(date.text, language), date.text[:500])
    if date.year is not None:
        values |= {"date_earliest": date.year, "date_latest": date.year, "date_calendar": "gregorian"}
    return values


def _life_dates(ref: WantedAgent, first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return ""
    shown = [_year(year) for year in (first, last)]
    if last is None:
        return f"{'founded' if ref.agent_kind == 'group' else 'born'} {shown[0]}"
    if first is None:
        return f"{'dissolved' if ref.agent_kind == 'group' else 'died'} {shown[1]}"
    return f"{shown[0]}–{shown[1]}"


def _year(year: int | None) -> str:
    return "" if year is None else str(year) if year > 0 else f"{1 - year} BC"

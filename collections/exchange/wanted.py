"""References that a plan wants: vocabulary records by what the source says of them, before anybody has looked whether they exist."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record of ``kind`` (term, place, period, department, museum, set). ``scope``: a term's vocabulary, a department's museum."""

    kind: str
    label: str
    language: str = "und"
    scope: str = ""
    code: str = ""
    homepage: str = ""


@dataclass(frozen=True, slots=True)
class WantedDate:
    """A date in somebody's life."""

    kind: str
    text: str
    year: int | None
    place: Wanted | None = None


@dataclass(frozen=True, slots=True)
class WantedAgent:
    """A person or group as the source knows them: by ``key`` (the source's id), else by exact name within the same source."""

    label: str
    language: str
    source: str
    key: str = ""
    kind: str = "agent"
    agent_kind: str = "person"
    nationality: Wanted | None = None
    names: tuple[str, ...] = ()
    dates: tuple[WantedDate, ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()  # (scheme, uri, source column)
    note: str = ""
    column: str = ""

    @property
    def nested(self) -> list[Wanted]:
        """The records that this one refers to."""
        return [ref for ref in (self.nationality, *(date.place for date in self.dates)) if ref is not None]

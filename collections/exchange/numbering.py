"""Accession numbers that two records claim: the second is kept under a marked number, and the report names both."""

from __future__ import annotations

from collections.abc import Sequence

from artifacts.models import Artifact, Title
from exchange.plans import Plan
from exchange.profile import Profile
from exchange.sources import SourceRow
from exchange.writing import CHUNK, Standing


class Numbers:
    """Numbers met in this run: number → row."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.column = next((entry["from"] for entry in profile.fields if entry["make"] == "accession_number"), "accession_number")
        self._met: dict[str, int] = {}
        self._given: dict[tuple[int, str], int] = {}

    def copy(self) -> Numbers:
        """The same numbers, for going back after a failed batch."""
        other = Numbers(self.profile)
        other._met, other._given = dict(self._met), dict(self._given)
        return other

    def remember(self, row: SourceRow) -> None:
        """A row that was dealt with before."""
        number = row.record.get(self.column)
        if isinstance(number, str) and number:
            self._met.setdefault(number, row.number)

    def settle(self, fresh: Sequence[Plan], changes: Sequence[tuple[Plan, Standing]]) -> None:
        """Give every plan a number that is free in its museum."""
        for plan, stands in changes:
            plan.columns.setdefault("museum_id", stands.artifact.museum_id)
        taken = self._taken([*fresh, *(plan for plan, _ in changes)])
        for plan, stands in changes:
            number, held = plan.columns["accession_number"], stands.artifact.accession_number
            if held == number or held.startswith(f"{number} ["):
                plan.columns["accession_number"] = held
                if held != number:
                    plan.add("identifiers", value=number, kind="other")
            else:
                self._give(plan, taken, stands.artifact.pk)
            self._met.setdefault(number, plan.row)
        for plan in fresh:
            number = plan.columns["accession_number"]
            self._give(plan, taken, None)
            self._met.setdefault(number, plan.row)

    def _taken(self, plans: Sequence[Plan]) -> dict[tuple[int, str], int]:
        """(museum, number) → key of the object that bears it, for all numbers in question and their marked forms."""
        wanted: dict[int, set[str]] = {}
        for plan in plans:
            wanted.setdefault(plan.columns["museum_id"], set()).add(plan.columns["accession_number"])
        found: dict[tuple[int, str], int] = {}
        for museum, numbers in wanted.items():
            listed = sorted(numbers)
            for start in range(0, len(listed), CHUNK):
                bearing = Artifact.objects.filter(museum=museum, accession_number__in=listed[start : start + CHUNK])
                found.update({(museum, number): pk for pk, number in bearing.values_list("pk", "accession_number")})
        return self._given | found if any(museum < 0 for museum in wanted) else found

    def _give(self, plan: Plan, taken: dict[tuple[int, str], int], own: int | None) -> None:
        museum, number = plan.columns["museum_id"], plan.columns["accession_number"]
        holder = taken.get((museum, number))
        if holder is not None and holder != own:
            given = self._marked(museum, number, taken)
            plan.findings.add("number_taken", self.column, number, number=number, other=self._named(number, holder), given=given)
            plan.columns["accession_number"] = given
            plan.add("identifiers", value=number, kind="other")
        taken[museum, plan.columns["accession_number"]] = own or -plan.row
        if museum < 0:  # a dry run in a museum that does not exist yet: nobody else can remember the number
            self._given[museum, plan.columns["accession_number"]] = -plan.row

    def _marked(self, museum: int, number: str, taken: dict[tuple[int, str], int]) -> str:
        """The first free form “number [2]”, “number [3]” …"""
        begin = f"{number[:112]} ["
        used = set(Artifact.objects.filter(museum=museum, accession_number__startswith=begin).values_list("accession_number", flat=True))
        count = 2
        while (given := f"{begin}{count}]") in used or (museum, given) in taken:
            count += 1
        return given

    def _named(self, number: str, holder: int) -> str:
        """Who bears the number: a row of this file, or an object of the catalogue."""
        if number in self._met:
            return f"row {self._met[number]} of this file"
        title = Title.objects.filter(artifact=holder).values_list("text", flat=True).first()
        return f"the object “{title or number}” (record {holder})"

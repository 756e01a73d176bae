"""A record with its rows: read from a version and saved in few questions, and as a whole or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from modelcluster.models import ClusterableModel

from artifacts import publishing
from artifacts.models import Artifact, Identifier, Maker, Material, MeasurementRow, ObjectType, Title
from records.clusters import forget_unchanged, hold
from tests.factories import make_agent, make_object, make_term

pytestmark = pytest.mark.django_db


def an_object(count: int = 2, **values: Any) -> Artifact:
    agent, term = make_agent(), make_term()
    rows: dict[str, list[Any]] = {
        "makers": [Maker(agent=agent) for _ in range(count)],
        "materials": [Material(term=term) for _ in range(count)],
        "identifiers": [Identifier(value=f"B/{number}") for number in range(count)],
        "measurements": [MeasurementRow(kind="height", value="10.5")],
    }
    return make_object(rows=rows, versions=True, **values)


def written(captured: CaptureQueriesContext, table: str) -> list[str]:
    return [q["sql"] for q in captured if table in q["sql"] and q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def test_what_a_version_points_to_is_asked_once_for_each_kind():
    few, many = an_object(1), an_object(12)
    counts = []
    for artifact in (few, many):
        revision = artifact.latest_revision
        revision.content_object  # noqa: B018 - read before it is counted
        with CaptureQueriesContext(connection) as captured:
            revision.as_object()
        counts.append(len(captured))
    assert counts[0] == counts[1] < 10


def test_a_version_that_points_to_what_is_gone_is_read_as_the_library_reads_it():
    artifact = an_object()
    data = {**artifact.serializable_data(), "live_revision": 987_654, "locked_by": 987_654}
    ours = Artifact.from_serializable_data(data).serializable_data()
    library = ClusterableModel.from_serializable_data.__func__(Artifact, data).serializable_data()  # type: ignore[attr-defined]
    for said in (ours, library):
        del said["updated_at"]  # written as of now
    assert ours == library
    assert (ours["live_revision"], ours["locked_by"]) == (None, None)


def test_a_draft_that_shows_a_deleted_word_is_read_without_it(admin_client: Any):
    artifact = an_object()
    draft = artifact.get_latest_revision_as_object()
    passing = make_term("papier-mâché")
    draft.materials.add(Material(term=passing))
    draft.object_type = ObjectType.objects.create(code="mask", label={"en": {"text": "Mask", "state": "source"}})
    draft.save_revision()
    passing.delete()
    draft.object_type.delete()
    read = Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object()
    assert len(read.materials.all()) == 2  # a material is nothing without its term
    assert read.object_type is None
    assert len(read.makers.all()) == 2
    assert admin_client.get(f"/admin/snippets/artifacts/artifact/edit/{artifact.pk}/").status_code == 200


def test_only_rows_that_changed_are_written():
    artifact = an_object()
    draft = artifact.get_latest_revision_as_object()
    first, second = draft.identifiers.all()
    second.value = "B/new"
    draft.identifiers = [first, second]
    draft.measurements = [MeasurementRow(pk=row.pk, kind="height", value=10.5) for row in draft.measurements.all()]
    revision = draft.save_revision()
    with CaptureQueriesContext(connection) as captured:
        revision.publish()
    assert written(captured, "artifacts_identifier")
    assert not any(written(captured, table) for table in ("artifacts_maker", "artifacts_material", "artifacts_title"))
    assert [row.value for row in Artifact.objects.get(pk=artifact.pk).identifiers.all()] == ["B/0", "B/new"]


@pytest.mark.parametrize("change", ["added", "removed", "reordered", "emptied"])
def test_every_change_of_rows_is_seen(change: str):
    artifact = an_object(3)
    draft = Artifact.from_serializable_data(artifact.serializable_data())
    rows = list(draft.identifiers.all())
    rows = {"added": [*rows, Identifier(value="B/9")], "removed": rows[1:], "reordered": rows[::-1], "emptied": []}[change]
    for place, row in enumerate(rows):
        row.sort_order = place
    draft.identifiers = rows
    draft.save()
    stored = [row.value for row in Artifact.objects.get(pk=artifact.pk).identifiers.all()]
    assert stored == [row.value for row in rows]


def test_rows_are_looked_at_only_where_they_are_saved():
    artifact = an_object()
    draft = Artifact.from_serializable_data(artifact.serializable_data())
    forget_unchanged(draft, ["titles"])
    assert "titles" not in draft._cluster_related_objects
    assert "makers" in draft._cluster_related_objects


def test_a_publication_that_fails_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch):
    artifact = an_object()
    draft = artifact.get_latest_revision_as_object()
    draft.titles = [Title(text="Another title", language="en")]
    draft.credit_line = {"en": {"text": "Gift", "state": "source"}}
    revision = draft.save_revision()

    def fails(*_act: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(publishing, "released", fails)
    with pytest.raises(OSError):
        revision.publish()
    stored = Artifact.objects.get(pk=artifact.pk)
    assert [title.text for title in stored.titles.all()] == ["Trống đồng"]
    assert not stored.credit_line
    assert stored.live_revision_id == artifact.live_revision_id


def test_what_follows_from_an_unpublish_belongs_to_it(monkeypatch: pytest.MonkeyPatch, admin_client: Any):
    artifact = an_object()

    def fails(*_act: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(publishing, "retracted", fails)
    for unpublish in (artifact.unpublish, lambda: admin_client.post(f"/admin/snippets/artifacts/artifact/unpublish/{artifact.pk}/")):
        with pytest.raises(OSError):
            unpublish()
        stored = Artifact.objects.get(pk=artifact.pk)
        assert (stored.live, stored.is_public) == (True, True)


def test_a_record_that_is_held_is_read_once_and_says_the_same():
    artifact = an_object()
    artifact.makers.set([*artifact.makers.all(), Maker(agent=make_agent("Nguyễn Văn Lan"), sort_order=-1)])
    artifact.save()
    stored, held = Artifact.objects.get(pk=artifact.pk), Artifact.objects.get(pk=artifact.pk)
    hold(held)
    with CaptureQueriesContext(connection) as captured:
        said = held.serializable_data()
    assert not captured.captured_queries
    assert {**said, "updated_at": None} == {**stored.serializable_data(), "updated_at": None}
    assert [row.agent_id for row in held.makers.all()] == [row.agent_id for row in stored.makers.all()]
    assert all(row.artifact is held for row in held.makers.all())
    held.style = {"en": {"text": "Plain", "state": "source"}}
    with CaptureQueriesContext(connection) as captured:
        held.save()
    assert not written(captured, "artifacts_maker") and not written(captured, "artifacts_title")


def test_rows_in_memory_are_not_read_over():
    artifact = Artifact.objects.get(pk=an_object().pk)
    artifact.titles.set([Title(text="Typed just now", language="en")])
    hold(artifact)
    assert [row.text for row in artifact.titles.all()] == ["Typed just now"] and len(artifact.makers.all()) == 2

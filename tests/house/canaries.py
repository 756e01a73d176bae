"""A museum in which everything that must not be seen says so: each hidden text holds a word that stands nowhere else."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from modelcluster.models import get_all_child_relations

from artifacts import annotating, page_texts, publishing
from artifacts.models import Annotation, Artifact, ArtifactMedia, Maker, Relation, Subject, Title
from media.models import Asset
from records import publication
from records.fields import DerivedField, LanguageMapField, PublicIdField
from records.publication import FieldClass
from tests.factories import (
    add_picture,
    make_agent,
    make_asset,
    make_department,
    make_museum,
    make_object,
    make_place,
    make_term,
    publish,
    text,
)
from tests.media import pages_of_text

MARK = "zqkanari"
_letters = "bcdfghjklmnpqrstvwxz"
_count = itertools.count(1)


def canary() -> str:
    """A word of its own: letters only, so that no analysis splits or stems it."""
    number, letters = next(_count), ""
    for _ in range(5):
        number, digit = divmod(number, len(_letters))
        letters += _letters[digit]
    return f"{MARK}{letters}"


@dataclass
class CanaryMuseum:
    """What was planted: words with the place where each stands, and records by their state."""

    words: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, Artifact] = field(default_factory=dict)
    public: list[Artifact] = field(default_factory=list)

    def plant(self, place: str) -> str:
        """A new canary for that place."""
        word = canary()
        self.words[word] = place
        return word


def fill(museum: CanaryMuseum, instance: models.Model, place: str, *, classes: set[FieldClass] | None = None) -> None:
    """Put canaries into every text of a row, or only into those of the given publication classes."""
    table = publication.tables()[instance._meta.label]
    for column in instance._meta.concrete_fields:
        if classes is not None and table[column.name] not in classes:
            continue
        if isinstance(column, PublicIdField | DerivedField) or column.primary_key or column.choices or column.is_relation:
            continue
        where = f"{place}.{column.name}"
        if isinstance(column, LanguageMapField):
            setattr(instance, column.name, text(museum.plant(where), "vi"))
        elif isinstance(column, models.JSONField) and isinstance(column.default, type) and column.default is dict:
            setattr(instance, column.name, {"word": museum.plant(where)})
        elif isinstance(column, models.URLField):
            setattr(instance, column.name, f"http://{museum.plant(where)}.example/")
        elif isinstance(column, models.CharField | models.TextField) and (column.max_length or 100) >= 20:
            setattr(instance, column.name, museum.plant(where))


def everything_filled(museum: CanaryMuseum, artifact: Artifact, place: str) -> None:
    """Canaries in every text of an object and of one row of each kind."""
    fill(museum, artifact, place)
    for relation in get_all_child_relations(Artifact):
        row = relation.related_model()
        if not _complete(row):
            continue
        fill(museum, row, f"{place}/{relation.related_model.__name__}")
        getattr(artifact, relation.get_accessor_name()).add(row)


def _complete(row: Any) -> bool:
    """Give a row what it cannot be without."""
    for column in row._meta.concrete_fields:
        if isinstance(column, models.ForeignKey) and not column.null and column.name != "artifact":
            makers = {"Agent": make_agent, "Term": make_term, "Place": make_place}
            make = makers.get(column.related_model.__name__)
            if make is None:
                return False
            setattr(row, column.name, make())
        if isinstance(column, models.DecimalField) and not column.null:
            setattr(row, column.name, 12)
    if isinstance(row, Relation):
        row.other_uri = "http://elsewhere.example/1"
    return True


def build() -> CanaryMuseum:
    """One object per state that is not public, and public objects with something hidden in each of them."""
    museum = CanaryMuseum()
    make_department(museum=make_museum())
    for state, prepare in STATES.items():
        artifact = Artifact(museum=_department().museum, department=_department(), accession_number="x", live=False)
        everything_filled(museum, artifact, state)
        artifact.go_live_at = artifact.expire_at = None
        artifact.embargo_until = None
        artifact.save()
        add_picture(artifact, asset=_filled_asset(museum, state), label=text(museum.plant(f"{state}/media.label")))
        prepare(artifact)
        artifact.refresh_from_db()
        museum.hidden[state] = artifact
    _public_with_secrets(museum)
    _public_with_hidden_neighbours(museum)
    _public_with_newer_draft(museum)
    _public_with_waiting_picture(museum)
    _public_with_limited_access(museum)
    _with_hidden_words(museum)
    return museum


def _department() -> Any:
    from vocabularies.models import Department

    return Department.objects.get()


def _filled_asset(museum: CanaryMuseum, place: str) -> Asset:
    asset = make_asset()
    fill(museum, asset, f"{place}/asset")
    asset.color, asset.version = "#123456", "0123456789abcdef"
    asset.failure = ""
    asset.save()
    return asset


def _published(artifact: Artifact) -> None:
    publish(artifact)
    assert artifact.is_public


def _unpublish(artifact: Artifact) -> None:
    _published(artifact)
    artifact.unpublish()


def _schedule(artifact: Artifact) -> None:
    artifact.go_live_at = timezone.now() + timedelta(days=3)
    artifact.save_revision().publish()


def _expire(artifact: Artifact) -> None:
    _published(artifact)
    Artifact.objects.filter(pk=artifact.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    publishing.run_schedule()


def _embargo_before(artifact: Artifact) -> None:
    artifact.embargo_until = date.today() + timedelta(days=30)
    publish(artifact)


def _embargo_again(artifact: Artifact) -> None:
    _published(artifact)
    artifact.embargo_until = date.today() + timedelta(days=30)
    publish(artifact)


def _withdraw(artifact: Artifact) -> None:
    _published(artifact)
    publishing.withdraw(artifact, f"{MARK}reason")


def _merge_never_public(artifact: Artifact) -> None:
    publishing.merge(artifact, make_object())


def _merge_public(artifact: Artifact) -> None:
    _published(artifact)
    publishing.merge(artifact, make_object())


def _merge_into_hidden(artifact: Artifact) -> None:
    _published(artifact)
    publishing.merge(artifact, make_object(public=False))


STATES = {
    "draft": lambda artifact: artifact.save_revision(),
    "scheduled": _schedule,
    "unpublished": _unpublish,
    "expired": _expire,
    "embargo-before": _embargo_before,
    "embargo-again": _embargo_again,
    "withdrawn": _withdraw,
    "merged-never-public": _merge_never_public,
    "merged-public": _merge_public,
    "merged-into-hidden": _merge_into_hidden,
}


def _public_with_secrets(museum: CanaryMuseum) -> None:
    """Every field that is not public, of the object and of its rows, and rows for staff."""
    secret = {FieldClass.STAFF, FieldClass.RESTRICTED, FieldClass.INTERNAL}
    artifact = make_object("PUBLIC 1", public=False)
    fill(museum, artifact, "public", classes=secret)
    artifact.source_hash = ""
    for relation in get_all_child_relations(Artifact):
        for place, classes, visibility in (("public", secret, "public"), ("staff row", None, "staff")):
            row = relation.related_model()
            if visibility == "staff" and not hasattr(row, "visibility"):
                continue
            if _complete(row):
                fill(museum, row, f"{place}/{relation.related_model.__name__}", classes=classes)
                if hasattr(row, "visibility"):
                    row.visibility = visibility
                getattr(artifact, relation.get_accessor_name()).add(row)
    artifact.save()
    add_picture(artifact)
    use = add_picture(artifact, publication_class=ArtifactMedia.PublicationClass.STAFF, label=text(museum.plant("staff picture.label")))
    Asset.objects.filter(pk=use.asset_id).update(
        alt_text=text(museum.plant("staff picture.alt")), original_filename=museum.plant("staff picture.file")
    )
    _published(artifact)
    museum.public.append(artifact)


def _public_with_hidden_neighbours(museum: CanaryMuseum) -> None:
    """Hidden people, terms, places, parts and relations of a public object."""
    person = make_agent(museum.plant("hidden person"), is_public=False)
    term = make_term(museum.plant("hidden term"), is_public=False)
    narrower = make_term("gong", broader=term)
    place = make_place(museum.plant("hidden place"), is_public=False)
    public_person = make_agent(
        "Người thợ", staff_note=museum.plant("staff note of a person"), source_id=museum.plant("source id of a person")
    )
    other = museum.hidden["draft"]
    artifact = make_object(
        "PUBLIC 2",
        rows={
            "makers": [Maker(agent=person), Maker(agent=public_person)],
            "subjects": [Subject(term=term), Subject(term=narrower), Subject(place=place)],
            "relations": [Relation(other=other)],
        },
        owner=person,
    )
    Artifact.objects.filter(pk=other.pk).update(part_of=artifact)
    museum.public.append(artifact)


def _public_with_newer_draft(museum: CanaryMuseum) -> None:
    artifact = make_object("PUBLIC 3", source="s", source_id="1")
    add_picture(artifact)
    artifact.titles = [Title(text=museum.plant("newer draft/title"), language="vi")]
    artifact.credit_line = text(museum.plant("newer draft/credit line"))
    artifact.accession_number = museum.plant("newer draft/accession number")
    artifact.save_revision()
    museum.public.append(artifact)


def _public_with_waiting_picture(museum: CanaryMuseum) -> None:
    artifact = make_object("PUBLIC 4")
    add_picture(artifact)
    asset = make_asset(original_filename=museum.plant("waiting picture.file"), alt_text=text(museum.plant("waiting picture.alt")))
    add_picture(artifact, asset=asset, published=False, label=text(museum.plant("waiting picture.label")))
    failed = make_asset(
        state=Asset.State.FAILED, failure=museum.plant("failed picture.failure"), alt_text=text(museum.plant("failed picture.alt"))
    )
    add_picture(artifact, asset=failed)
    museum.public.append(artifact)


def _public_with_limited_access(museum: CanaryMuseum) -> None:
    artifact = make_object("PUBLIC 5", public=False, access_limit=Artifact.Access.LIMITED)
    for relation in get_all_child_relations(Artifact):
        row = relation.related_model()
        if relation.related_model.__name__ in {"Description", "Inscription"} and _complete(row):
            fill(museum, row, f"limited/{relation.related_model.__name__}", classes={FieldClass.POLICY})
            getattr(artifact, relation.get_accessor_name()).add(row)
    artifact.save()
    _published(artifact)
    add_picture(artifact, asset=_filled_asset(museum, "limited"), label=text(museum.plant("limited/media.label")))
    museum.public.append(artifact)


def _with_hidden_words(museum: CanaryMuseum) -> None:
    """Texts and annotations: on every picture that the public does not see; and on a public one those for staff, waiting or removed."""
    for use in ArtifactMedia.objects.select_related("asset", "artifact"):
        seen = use.published and use.publication_class == "public" and use.asset.state == Asset.State.READY
        if not (seen and use.artifact.is_public and use.artifact.access_limit == Artifact.Access.OPEN):
            place = f"{use.artifact.accession_number}/{use.public_id}"
            _write_on(museum, use, place)
            _annotate(museum, use, f"{place}/published", publication_class="public", published=True)
    artifact = make_object("PUBLIC 6")
    use = add_picture(artifact)
    _write_on(museum, use, "text for staff", publication_class="staff")
    _annotate(museum, use, "note for staff", publication_class="staff")
    _annotate(museum, use, "note on condition", publication_class="staff", kind=Annotation.Kind.CONDITION)
    _annotate(museum, use, "waiting description", publication_class="public")
    annotating.remove(_annotate(museum, use, "removed description", publication_class="public", published=True), user=None)
    museum.public.append(artifact)


def _write_on(museum: CanaryMuseum, use: ArtifactMedia, place: str, **fields: Any) -> None:
    content = pages_of_text.many_words(museum.plant(f"{place}/text"))
    page_texts.take(use, io.BytesIO(content), f"{museum.plant(f'{place}/text file')}.xml", **fields)


def _annotate(museum: CanaryMuseum, use: ArtifactMedia, place: str, **fields: Any) -> Annotation:
    note = Annotation(use=use, shape="box", points=[[1, 1], [9, 9]], text=text(museum.plant(f"{place}/annotation")), **fields)
    return annotating.write(note, user=None)

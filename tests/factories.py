"""Records for tests, as small as they can be."""

from __future__ import annotations

import itertools
from typing import Any

from artifacts import publishing
from artifacts.models import Artifact, ArtifactMedia, Description, Event, Maker, Material, ObjectName, Title
from media import access
from media.models import Asset, Blob
from vocabularies.models import Agent, Department, Museum, Place, Term, Vocabulary

_numbers = itertools.count(1)


def text(words: str, language: str = "en", state: str = "source") -> dict[str, dict[str, str]]:
    """A language map of one text."""
    return {language: {"text": words, "state": state}}


def make_museum(**values: Any) -> Museum:
    """A museum."""
    number = next(_numbers)
    return Museum.objects.create(**{"code": f"museum-{number}", "label": text(f"Museum {number}"), **values})


def make_department(**values: Any) -> Department:
    """A department, with its museum unless one is given."""
    number = next(_numbers)
    values.setdefault("museum", Museum.objects.first() or make_museum())
    return Department.objects.create(**{"code": f"department-{number}", "label": text(f"Department {number}"), **values})


def make_agent(name: str = "Nguyễn Văn A", **values: Any) -> Agent:
    """A person."""
    return Agent.objects.create(**{"label": text(name, "vi"), **values})


def make_place(name: str = "Huế", **values: Any) -> Place:
    """A place."""
    return Place.objects.create(**{"label": text(name, "vi"), **values})


def make_term(name: str = "bronze", vocabulary: str = "materials", **values: Any) -> Term:
    """A term in the vocabulary of that code."""
    scheme, _ = Vocabulary.objects.get_or_create(code=vocabulary, defaults={"label": text(vocabulary)})
    return Term.objects.create(**{"label": text(name), "vocabulary": scheme, **values})


def make_object(
    number: str = "",
    title: str = "Trống đồng",
    *,
    public: bool = True,
    versions: bool = False,
    rows: dict[str, list[Any]] | None = None,
    **values: Any,
) -> Artifact:
    """An object record, on view unless ``public`` is no. ``rows`` adds child rows by relation name.

    It has no versions, like one that was imported; with ``versions`` a curator published it.
    """
    department = values.pop("department", None) or Department.objects.first() or make_department()
    artifact = Artifact(
        **{
            "museum": department.museum,
            "department": department,
            "accession_number": number or f"BT 1987.{next(_numbers)}",
            "live": public and not versions,
            **values,
        }
    )
    artifact.titles.add(Title(text=title, language="vi"))
    for name, children in (rows or {}).items():
        getattr(artifact, name).add(*children)
    artifact.save()
    if public and versions:
        publish(artifact)
    elif public:
        publishing.refresh([artifact.pk])
        artifact.refresh_from_db()
    return artifact


def publish(artifact: Artifact) -> None:
    """Publish as the workplace does."""
    artifact.save_revision().publish()
    artifact.refresh_from_db()


def make_asset(**values: Any) -> Asset:
    """A picture that is ready; no file stands behind it."""
    number = next(_numbers)
    blob = Blob.objects.create(sha256=f"{number:064x}", sha512=f"{number:0128x}", size=1000, mime="image/jpeg")
    return Asset.objects.create(
        **{
            "blob": blob,
            "original_filename": f"picture-{number}.jpg",
            "state": Asset.State.READY,
            "progress": 100,
            "width": 4000,
            "height": 3000,
            "color": "#8a7a5c",
            "version": "0123456789abcdef",
            **values,
        }
    )


def add_picture(artifact: Artifact, *, published: bool = True, **values: Any) -> ArtifactMedia:
    """A picture of an object, already released unless told otherwise."""
    asset = values.pop("asset", None) or make_asset()
    use = ArtifactMedia.objects.create(artifact=artifact, asset=asset, published=published, sort_order=artifact.media.count(), **values)
    access.refresh_tiers([asset.pk])
    return use


__all__ = [
    "Description",
    "Event",
    "Maker",
    "Material",
    "ObjectName",
    "add_picture",
    "make_agent",
    "make_asset",
    "make_department",
    "make_museum",
    "make_object",
    "make_place",
    "make_term",
    "publish",
    "text",
]

"""Finding objects in the database, by number or title: what was just saved, and everything while the search engine is away."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from artifacts.models import Artifact, Identifier, Title
from records import identifiers


def found(objects: QuerySet[Artifact], words: str) -> QuerySet[Artifact]:
    """Those of ``objects`` whose number begins with ``words``, that ever bore it as another number, or whose title contains it."""
    if not identifiers.norm(words):
        return objects.none()
    matches = _number(words)
    if not identifiers.looks_like_identifier(words):
        matches |= Q(Exists(Title.objects.filter(artifact=OuterRef("pk"), text__icontains=words.strip())))
    return objects.filter(matches)


def by_number(objects: QuerySet[Artifact], words: str) -> QuerySet[Artifact]:
    """Those of ``objects`` whose number begins with ``words``, if that looks like a number."""
    return objects.filter(_number(words)) if identifiers.looks_like_identifier(words) else objects.none()


def _number(words: str) -> Q:
    number = identifiers.norm(words)
    return Q(accession_norm__startswith=number) | Q(
        Exists(Identifier.objects.filter(artifact=OuterRef("pk"), value_norm__startswith=number))
    )

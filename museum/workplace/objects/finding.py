"""Finding objects by number or title without a search engine."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from artifacts.models import Artifact, Identifier, Title
from records import identifiers


def found(objects: QuerySet[Artifact], words: str) -> QuerySet[Artifact]:
    """Those of ``objects`` whose number begins with ``words``, that ever bore it as another number, or whose title contains it."""
    number = identifiers.norm(words)
    if not number:
        return objects.none()
    matches = Q(accession_norm__startswith=number) | Q(
        Exists(Identifier.objects.filter(artifact=OuterRef("pk"), value_norm__startswith=number))
    )
    if not identifiers.looks_like_identifier(words):
        matches |= Q(Exists(Title.objects.filter(artifact=OuterRef("pk"), text__icontains=words.strip())))
    return objects.filter(matches)

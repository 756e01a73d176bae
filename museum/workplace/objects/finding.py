"""Finding objects: by the search engine where it answers, else by number or title in the database."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from artifacts.models import Artifact, Identifier, Title
from records import identifiers
from search import visitor
from search.documents import PUBLIC, ROLE_GROUPS, STAFF
from search.requests import SearchRequest
from vocabularies.models import Department
from vocabularies.roles import departments_of, roles_of, works_everywhere

MOST_HITS = 500


def searched(objects: QuerySet[Artifact], words: str, user: Any, *, ranked: bool = True) -> QuerySet[Artifact]:
    """Those of ``objects`` that answer ``words``, the best first (or in their own order); at most 500 by the engine.

    What was just saved is found by its number even before the engine has heard of it.
    """
    hits = visitor.staff_hits(_request(words, user))
    if hits is None:
        return found(objects, words)
    fresh = list(_by_number(objects, words).values_list("public_id", flat=True)[:20])
    ids = list(dict.fromkeys([*fresh, *(hit.id.rpartition(":")[2] for hit in hits)]))
    chosen = objects.filter(public_id__in=ids)
    if not ranked or not ids:
        return chosen
    place = Case(*(When(public_id=ident, then=Value(at)) for at, ident in enumerate(ids)), output_field=IntegerField())
    return chosen.order_by(place)


def _request(words: str, user: Any) -> SearchRequest:
    filters: dict[str, tuple[str, ...]] = {"kind": ("object",)}
    if not works_everywhere(user):
        own = Department.objects.filter(pk__in=departments_of(user)).values_list("public_id", flat=True)
        filters["department"] = tuple(own) or ("none",)
    roles = {f"r_{role}" for role in roles_of(user)}
    groups = (PUBLIC, STAFF, *(group for group in ROLE_GROUPS if group in roles))
    return SearchRequest(text=words, groups=groups, filters=filters, limit=MOST_HITS, highlight=False)


def found(objects: QuerySet[Artifact], words: str) -> QuerySet[Artifact]:
    """Those of ``objects`` whose number begins with ``words``, that ever bore it as another number, or whose title contains it."""
    if not identifiers.norm(words):
        return objects.none()
    matches = _number(words)
    if not identifiers.looks_like_identifier(words):
        matches |= Q(Exists(Title.objects.filter(artifact=OuterRef("pk"), text__icontains=words.strip())))
    return objects.filter(matches)


def _by_number(objects: QuerySet[Artifact], words: str) -> QuerySet[Artifact]:
    return objects.filter(_number(words)) if identifiers.looks_like_identifier(words) else objects.none()


def _number(words: str) -> Q:
    number = identifiers.norm(words)
    return Q(accession_norm__startswith=number) | Q(
        Exists(Identifier.objects.filter(artifact=OuterRef("pk"), value_norm__startswith=number))
    )

"""The home page: the exhibition at the top, ways into the collection, the wall of today, what is new."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from artifacts.models import Artifact, ArtifactMedia
from exhibits import addresses, cards, hits, pictures, words
from exhibits.cards import Card
from exhibits.models import ExhibitionPage, HomePage
from exhibits.showing import Listed, listed
from exhibits.words import Said
from records.projection import View, views

ON_THE_WALL = 9
NEW = 4
WAYS = ("period", "material", "place", "type", "colour")
MOST_VALUES = {"colour": 12}  # all of them: they take little room
VALUES = 6
KEPT_SECONDS = 600  # which objects hang today; whether each may be seen is asked every time


@dataclass(frozen=True, slots=True)
class Way:
    """One way into the collection, with its most frequent values: (label, count, path, value)."""

    name: str
    label: str
    values: list[tuple[Said, int, str, str]]


def context(page: HomePage) -> dict[str, Any]:
    """What the home page's template needs."""
    index = ExhibitionPage.objects.live().public().filter(locale=page.locale).order_by("-opens_on", "path")
    hero = ExhibitionPage.objects.live().public().filter(pk=page.hero_exhibition_id).first()
    found = hits.top_values(WAYS, max(MOST_VALUES.values()))
    wall, new = on_the_wall(), newest()
    shown = _read([*wall, *new, *([page.hero_object_id] if page.hero_object_id else [])])
    return {
        "hero": _hero(page, hero, shown.get(page.hero_object_id or 0)),
        "exhibitions": [one for one in listed(index[:5]) if hero is None or one.url != hero.get_url()][:4],
        "total": found["total"] or Artifact.objects.public().count(),
        "ways": ways(found["facets"]),
        "wall": _cards(wall, shown),
        "new": _cards(new, shown),
    }


def ways(facets: Mapping[str, Any]) -> list[Way]:
    """The facets that have values, as ways in."""
    labels = {"period": _("Period"), "material": _("Material"), "place": _("Place"), "type": _("Kind of object"), "colour": _("Colour")}
    found = []
    for name in WAYS:
        facet = facets.get(name)
        values = [
            (words.said(bucket.label), bucket.count, addresses.search(kind="object", **{name: bucket.id}), bucket.id)
            for bucket in (facet.buckets if facet else ())
            if bucket.label and bucket.count
        ]
        if values:
            found.append(Way(name, labels[name], values[: MOST_VALUES.get(name, VALUES)]))
    return found


def on_the_wall() -> list[int]:
    """Keys of public objects with public pictures, other ones each day, the same for everybody on one day."""
    today = timezone.localdate()
    key = f"exhibits-wall-{today.isoformat()}"
    chosen: list[int] | None = cache.get(key)
    if chosen is None:
        chosen = _drawn(random.Random(today.toordinal()))  # noqa: S311 (a lottery for the wall, nothing secret)
        cache.set(key, chosen, KEPT_SECONDS if len(chosen) == ON_THE_WALL else 20)
    return chosen


def _drawn(lottery: random.Random) -> list[int]:
    """A few objects drawn without reading them all: the next one with a picture after each of some keys drawn at random."""
    seen = _with_pictures()
    ends = seen.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return []
    chosen: dict[int, None] = {}
    for _try in range(4 * ON_THE_WALL):
        drawn = lottery.randint(ends["first"], ends["last"])
        pk = seen.filter(pk__gte=drawn).order_by("pk").values_list("pk", flat=True).first()
        if pk is not None:
            chosen[pk] = None
        if len(chosen) == ON_THE_WALL:
            break
    return list(chosen)


def newest() -> list[int]:
    """Keys of the objects with pictures that became public last."""
    return list(_with_pictures().order_by("-first_published_on", "-pk").values_list("pk", flat=True)[:NEW])


def _with_pictures() -> Any:
    pictured = ArtifactMedia.objects.filter(published=True, publication_class="public", asset__kind="image", asset__state="ready")
    return Artifact.objects.public().filter(access_limit=Artifact.Access.OPEN, sensitivity="", pk__in=pictured.values("artifact"))


def _read(keys: list[int]) -> dict[int, View]:
    """Views of the objects that may be seen now, by their keys, read together."""
    by_id = {view["id"]: view for view in views("object", dict.fromkeys(keys))}
    return {pk: by_id[public_id] for pk, public_id in Artifact.objects.filter(public_id__in=by_id).values_list("pk", "public_id")}


def _cards(keys: list[int], shown: Mapping[int, View]) -> list[Card]:
    """Cards in the order of the keys; what has been hidden since is left out."""
    found = [cards.of_view(shown[key]) for key in keys if key in shown]
    return [card for card in found if card.picture and not card.warning]


def _hero(page: HomePage, exhibition: ExhibitionPage | None, view: View | None) -> dict[str, Any] | None:
    shown: Listed | None = listed([exhibition])[0] if exhibition else None
    picture = None
    card = None
    if view and view.get("primary"):
        card = cards.of_view(view)
        picture = pictures.of_use(view["primary"], card.title, page.hero_region)
    picture = picture or (shown.picture if shown else None)
    if picture is None and shown is None:
        return None
    return {"exhibition": shown, "picture": picture, "card": card}

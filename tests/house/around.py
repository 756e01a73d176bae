"""Canaries around the objects: written pages that are drafts or private, and hidden words of every vocabulary."""

from __future__ import annotations

import io
import json
from typing import Any

from wagtail.models import Page, PageViewRestriction

from artifacts import page_texts
from artifacts.models import ArtifactSet, Event
from exhibits.models import ExhibitionIndexPage, ExhibitionPage, HomePage, TextPage
from tests.exhibits.scene import site
from tests.factories import add_picture, make_object, make_place, text
from tests.house.canaries import CanaryMuseum
from tests.media import pages_of_text
from vocabularies.models import CollectionSet, Period


def plant(museum: CanaryMuseum) -> None:
    """All of it."""
    _words(museum)
    site()
    _pages(museum)


def _words(museum: CanaryMuseum) -> None:
    period = Period.objects.create(label=text(museum.plant("hidden period")), is_public=False)
    hidden = CollectionSet.objects.create(label=text(museum.plant("hidden set")), is_public=False)
    inner = CollectionSet.objects.create(label=text("Set within a hidden one"), broader=hidden)
    known = Period.objects.create(label=text("Nguyễn dynasty", "vi"))
    rows = {
        "events": [Event(period=period), Event(period=known, place=make_place("Huế"))],
        "sets": [ArtifactSet(set=hidden), ArtifactSet(set=inner)],
    }
    museum.public.append(make_object("PUBLIC 7", rows=rows))


def _pages(museum: CanaryMuseum) -> None:
    """A public exhibition that shows a hidden object, with a newer draft; a draft; a private one; the same of text pages."""
    shown = make_object("PUBLIC 8")
    page_texts.take(add_picture(shown), io.BytesIO(pages_of_text.many_words("chữ")), "page.xml")
    hidden = museum.hidden["draft"]
    index = ExhibitionIndexPage.objects.get(locale__language_code="en")
    home = HomePage.objects.get(locale__language_code="en")
    open_page = _exhibition(index, "open", "Open to all", [shown, hidden])
    open_page.title = museum.plant("newer draft of an exhibition/title")
    open_page.body = json.dumps([{"type": "text", "value": f"<p>{museum.plant('newer draft of an exhibition/body')}</p>"}])
    open_page.save_revision()
    for state in ("draft", "private", "unpublished"):
        words = {name: museum.plant(f"{state} exhibition/{name}") for name in ("title", "subtitle", "summary", "venue", "body")}
        page = _exhibition(index, state, words["title"], [shown], words)
        _hide(page, state)
        written = TextPage(
            title=museum.plant(f"{state} page/title"), slug=f"text-{state}", show_in_menus=True, body=_text(museum, f"{state} page")
        )
        home.add_child(instance=written)
        written.save_revision().publish()
        _hide(written, state)
    home.hero_exhibition = ExhibitionPage.objects.get(slug="private")
    home.hero_object = hidden
    home.save_revision().publish()


def _text(museum: CanaryMuseum, place: str) -> str:
    return json.dumps([{"type": "text", "value": f"<p>{museum.plant(f'{place}/body')}</p>"}])


def _exhibition(index: Page, slug: str, title: str, objects: list[Any], words: dict[str, str] | None = None) -> ExhibitionPage:
    words = words or {}
    sections = [
        {"type": "object", "value": {"object": one.pk, "region": "", "caption": f"<p>{words.get('body', 'Seen')}</p>", "side": "left"}}
        for one in objects
    ]
    texts = {name: words.get(name, "") for name in ("subtitle", "summary", "venue")}
    page = ExhibitionPage(title=title, slug=slug, body=json.dumps(sections), **texts)
    page.cover_object = objects[-1]
    index.add_child(instance=page)
    page.save_revision().publish()
    return page


def _hide(page: Any, state: str) -> None:
    if state == "private":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    elif state == "unpublished":
        page.unpublish()
    else:
        Page.objects.filter(pk=page.pk).update(live=False)
        page.refresh_from_db()
        page.save()

"""What stands around every page: the museum's name, logo and colours, the ways through the house, the languages."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language_info, override
from wagtail.models import Locale, Page, Site

from exhibits import colours, words
from exhibits.models import HomePage, MuseumSettings
from exhibits.words import NOTHING, Said
from iiif.image.addresses import image_url

_KEY = "exhibits:frame"
# Every page has the frame, and it takes eight questions. What changes it clears it at once where it is changed;
# other processes without a common cache follow after this.
KEPT_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the interface: where this page is in it, and whether the page is in it now."""

    code: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A page in the menu."""

    pk: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class House:
    """The frame of a page."""

    name: Said
    tagline: Said = NOTHING
    logo: str = ""
    accent_light: str = colours.DEFAULT_ACCENT
    accent_dark: str = "#a3b8f5"
    footer: list[Said] = field(default_factory=list)
    home: str = ""
    search: str = ""
    menu: list[Way] = field(default_factory=list)
    languages: list[Language] = field(default_factory=list)


def house(request: HttpRequest | None, page: Page | None = None, alternates: Mapping[str, str] | None = None) -> House:
    """The frame for a request. ``alternates``: language → path of this page in it; without them the languages lead to the home page."""
    key = f"{_KEY}:{_generation()}:{request.get_host() if request is not None else ''}:{words.reader()}"
    kept: tuple[House, list[str]] | None = cache.get(key)
    if kept is None:
        kept = _standing(request)
        cache.set(key, kept, KEPT_SECONDS)
    frame, offered = kept
    return replace(frame, languages=_languages(offered, _alternates(page, alternates)))


def forget(**_: Any) -> None:
    """Make every frame anew, now and once the change that is being made can be read."""
    cache.set(_KEY, secrets.token_hex(4), None)
    transaction.on_commit(lambda: cache.set(_KEY, secrets.token_hex(4), None))


def _generation() -> str:
    return str(cache.get_or_set(_KEY, lambda: secrets.token_hex(4), None))


def _standing(request: HttpRequest | None) -> tuple[House, list[str]]:
    """What is the same around every page in this language, and the languages that the museum offers."""
    site = Site.find_for_request(request) if request is not None else Site.objects.filter(is_default_site=True).first()
    chosen = chosen_settings(site)
    texts = chosen.get_texts()
    footer = words.said(texts["footer"])
    frame = House(
        name=words.said(texts["name"], settings.WAGTAIL_SITE_NAME),
        tagline=words.said(texts["tagline"]),
        logo=_logo(chosen),
        accent_light=chosen.accent_light or colours.accent_on_light(chosen.accent),
        accent_dark=chosen.accent_dark or colours.accent_on_dark(chosen.accent),
        footer=[Said(line, footer.lang, footer.fallback) for line in footer.paragraphs],
        home=f"/{words.reader()}/",
        search=reverse("search"),
        menu=_menu(site),
    )
    return frame, chosen.offered_languages()


def chosen_settings(site: Site | None) -> MuseumSettings:
    """The museum's settings; those of a museum that has chosen nothing yet are not written down by a reader."""
    found = MuseumSettings.objects.filter(site=site).select_related("logo").first() if site else None
    return found or MuseumSettings()


def _logo(chosen: MuseumSettings) -> str:
    if chosen.logo is None or chosen.logo.tier != "public":
        return ""
    return image_url(chosen.logo.public_id, size="!400,80", origin="")


def _menu(site: Site | None) -> list[Way]:
    """Pages under the home page of the visitor’s language that everybody may open and the curator has put into the menu."""
    home = home_page(site)
    pages = home.get_children().live().public().in_menu() if home else ()
    return [Way(page.pk, page.title, page.get_url() or "") for page in pages]


def home_page(site: Site | None, language: str | None = None) -> Page | None:
    """The home page of the language."""
    if site is None:
        return None
    wanted = language or words.reader()
    root = HomePage.objects.filter(pk=site.root_page_id).only("translation_key", "locale_id").first()
    if root is None:
        return None
    locale = Locale.objects.filter(language_code=wanted).first()
    return HomePage.objects.filter(translation_key=root.translation_key, locale=locale).live().first()


def _alternates(page: Page | None, given: Mapping[str, str] | None) -> Mapping[str, str]:
    if given is not None:
        return given
    if page is None or page.pk is None:
        return {}
    translations = Page.objects.live().public().filter(translation_key=page.translation_key).select_related("locale")
    return {one.locale.language_code: one.get_url() or "" for one in translations}


def _languages(offered: list[str], alternates: Mapping[str, str]) -> list[Language]:
    here = words.reader()
    return [Language(code, get_language_info(code)["name_local"], alternates.get(code) or f"/{code}/", code == here) for code in offered]


def in_each_language(name: str, *args: str, query: str = "") -> dict[str, str]:
    """Language → path of a named address in it, with the same query."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            try:
                found[code] = reverse(name, args=args) + (f"?{query}" if query else "")
            except NoReverseMatch:
                continue
    return found

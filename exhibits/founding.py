"""The first pages: a home page and a list of exhibitions in each language, in the place of Wagtail's welcome page. Nothing is overwritten."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

WORDS = {
    "en": {"home": "Welcome", "exhibitions": "Exhibitions"},
    "vi": {"home": "Chào mừng", "exhibitions": "Trưng bày"},
}


def after_migrate(**_: Any) -> None:
    """Called after each migration; does something once."""
    found_site()


@transaction.atomic
def found_site() -> None:
    """Make home pages and lists of exhibitions unless the site has a home page of its own."""
    from exhibits.models import HomePage

    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    root = Page.get_first_root_node()
    if root is None or (site and site.root_page.specific_class is not Page):
        return
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
    welcome = site.root_page if site else None
    home = _home(root, locales[settings.LANGUAGE_CODE])
    _point(site, home)
    if welcome is not None and welcome.depth > 1 and not isinstance(welcome.specific, HomePage) and not welcome.get_children().exists():
        Page.objects.get(pk=welcome.pk).delete()
        home.refresh_from_db()
    for code, locale in locales.items():
        if code != settings.LANGUAGE_CODE:
            _translate(home, locale, WORDS.get(code, WORDS["en"]))


def _home(root: Page, locale: Locale) -> Any:
    from exhibits.models import ExhibitionIndexPage, HomePage

    words = WORDS[locale.language_code]
    home = root.add_child(instance=HomePage(title=words["home"], slug=f"museum-{locale.language_code}", locale=locale))
    home.save_revision().publish()
    index = ExhibitionIndexPage(title=words["exhibitions"], slug="exhibitions", locale=locale, show_in_menus=True)
    home.add_child(instance=index).save_revision().publish()
    return home


def _translate(home: Page, locale: Locale, words: dict[str, str]) -> None:
    other = home.copy_for_translation(locale, copy_parents=True)
    other.title, other.slug = words["home"], f"museum-{locale.language_code}"
    other.save_revision().publish()
    for child in home.get_children().specific():
        copied = child.copy_for_translation(locale)
        copied.title, copied.slug = words["exhibitions"], child.slug
        copied.save_revision().publish()


def _point(site: Site | None, home: Page) -> None:
    origin = urlsplit(settings.MUSEUM_ORIGIN)
    port = origin.port or (443 if origin.scheme == "https" else 80)
    if site is None:
        Site.objects.create(hostname=origin.hostname or "localhost", port=port, root_page=home, is_default_site=True)
        return
    site.root_page, site.hostname, site.port = home, origin.hostname or "localhost", port
    site.save()

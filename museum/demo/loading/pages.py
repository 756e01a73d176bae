"""The demo museum's written pages: home, exhibitions, visit, about, in English and Vietnamese."""

from __future__ import annotations

import html
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Site

from artifacts.models import Artifact
from exhibits import founding
from exhibits.models import ExhibitionIndexPage, ExhibitionPage, HomePage, MuseumSettings, TextPage
from museum.demo import pictures
from museum.demo.loading.words import SOURCE, Words, read, text

LANGUAGES = ("en", "vi")
TITLES = {
    "visit": {"en": "Visit", "vi": "Tham quan"},
    "about": {"en": "About this museum", "vi": "Về bảo tàng"},
}


@transaction.atomic
def load(words: Words) -> bool:
    """Fill the pages unless there is an exhibition already: what a curator has changed since stays. Returns whether they were made."""
    _settle_settings(words)
    if ExhibitionPage.objects.exists():
        return False
    founding.found_site()
    home_texts, exhibitions = read("home.yaml"), read("exhibitions.yaml")
    objects = {artifact.source_id: artifact for artifact in Artifact.objects.filter(source=SOURCE)}
    home = {lang: HomePage.objects.get(locale__language_code=lang) for lang in LANGUAGES}
    index = {lang: ExhibitionIndexPage.objects.get(locale__language_code=lang) for lang in LANGUAGES}
    for name in ("visit", "about"):
        bodies = {lang: {"body": [("text", _paragraphs(home_texts[name][lang]))], "show_in_menus": True} for lang in LANGUAGES}
        _both(home, TextPage, slug=name, titles=TITLES[name], summaries={}, fields=bodies)
    featured: dict[str, Any] = {}
    for entry in exhibitions:
        fields = {lang: _exhibition(entry, lang, objects) for lang in LANGUAGES}
        # the first thought of the introduction stands in the page's head, in lists and in shared links; the others in its text
        summaries = {lang: " ".join(words.split("\n\n")[0].split())[:500] for lang, words in entry.get("introduction", {}).items()}
        pages = _both(index, ExhibitionPage, slug=entry["slug"], titles=entry["title"], summaries=summaries, fields=fields)
        featured = pages if entry.get("featured") else featured
    for lang, page in home.items():
        page.refresh_from_db()
        page.summary = home_texts["intro"][lang]
        page.hero_exhibition = featured.get(lang)
        page.save_revision().publish()
    return True


def _settle_settings(words: Words) -> None:
    site = Site.objects.get(is_default_site=True)
    found = MuseumSettings.for_site(site)
    if not found.name:
        found.name = words.museum.label
        found.footer = text(read("home.yaml").get("footer"))
        found.save()
        pictures.draw_logo.enqueue()


def _both(
    parents: dict[str, Any],
    model: Any,
    *,
    slug: str,
    titles: dict[str, str],
    summaries: dict[str, str],
    fields: dict[str, dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """A page and its translation, below a page and its translation."""
    values = (fields or {}).get("en", {})
    page = model(title=titles["en"], slug=slug, summary=summaries.get("en", ""), locale=parents["en"].locale, **values)
    parents["en"].add_child(instance=page)
    page.save_revision().publish()
    translated = page.copy_for_translation(parents["vi"].locale)
    translated.title, translated.summary = titles["vi"], summaries.get("vi", "")
    translated.slug = slugify(slug)
    for name, value in (fields or {}).get("vi", {}).items():
        setattr(translated, name, value)
    translated.save_revision().publish()
    return {"en": model.objects.get(pk=page.pk), "vi": model.objects.get(pk=translated.pk)}


def _exhibition(entry: dict[str, Any], lang: str, objects: dict[str, Artifact]) -> dict[str, Any]:
    cover = entry.get("cover", {})
    _first, _between, others = entry.get("introduction", {}).get(lang, "").partition("\n\n")
    body = [("text", _paragraphs(others))] if others else []
    body += [_section(section, lang, objects) for section in entry["sections"]]
    return {
        "subtitle": entry.get("subtitle", {}).get(lang, ""),
        "cover_object": objects[cover["object"]] if cover else None,
        "cover_region": cover.get("region", ""),
        "credits": _paragraphs(entry["credits"][lang]) if entry.get("credits") else "",
        "body": body,
    }


def _section(section: dict[str, Any], lang: str, objects: dict[str, Artifact]) -> tuple[str, Any]:
    caption = _paragraphs(section["caption"][lang]) if section.get("caption") else ""
    heading = (section.get("heading") or {}).get(lang, "")
    if "text" in section:
        return "text", (f"<h2>{html.escape(heading)}</h2>" if heading else "") + _paragraphs(section["text"][lang])
    if "group" in section:
        return "objects", {"heading": heading, "objects": [objects[key] for key in section["group"]], "caption": caption}
    if "quote" in section:
        return "quotation", {"text": section["quote"][lang], "source": (section.get("source") or {}).get(lang, ""), "language": ""}
    if "detail" in section:
        return "detail", {"object": objects[section["detail"]], "region": section.get("region", ""), "text": caption}
    return "object", {
        "object": objects[section["object"]],
        "region": section.get("region", ""),
        "caption": caption,
        "side": section.get("side", "right"),
    }


def _paragraphs(words: str) -> str:
    """Plain text with empty lines between paragraphs, as rich text."""
    return "".join(f"<p>{html.escape(' '.join(part.split()), quote=False)}</p>" for part in words.strip().split("\n\n"))

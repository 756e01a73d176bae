"""Tags of the visitor's pages: the frame, texts in their language, structured data."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from exhibits import addresses, cards, markup, object_page, peers, search_page, showing, words, zooming
from exhibits import house as frame
from exhibits.page_text import Written, of_view
from exhibits.words import Said

register = template.Library()
# As django.utils.html.json_script does: nothing in the data can end the element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@register.simple_tag(takes_context=True, name="house")
def house_tag(context: Any) -> frame.House:
    """The frame of this page."""
    page = context.get("page")
    return frame.house(context.get("request"), page if hasattr(page, "translation_key") else None, context.get("alternates"))


@register.simple_tag(takes_context=True, name="object_page")
def object_page_tag(context: Any, view: Mapping[str, Any], wanted: str = "") -> dict[str, Any]:
    """The object page's content (``exhibits.object_page.page``), made once for all blocks of a page."""
    made: dict[str, Any] | None = context.render_context.get("exhibits.object_page")
    if made is None:
        made = context.render_context["exhibits.object_page"] = object_page.page(view, wanted, context.get("detail", ""))
    return made


@register.filter
def number(value: float) -> str:
    """A number as the page's language writes it."""
    return words.number(value)


@register.filter
def kind_name(kind: str) -> str:
    """What a record is: “Place”."""
    return search_page.kind_label(kind, 1)


@register.filter
def day(value: datetime.date) -> str:
    """A day as the page's language says it within a sentence."""
    return words.day(value)


@register.filter
def pictureless(of: Iterable[cards.Card]) -> bool:
    """True when none of these cards shows a picture: they then hang as labels."""
    return not any(card.shows_picture for card in of)


@register.simple_tag
def page_text(use: str, query: str = "") -> Written | None:
    """What is written on the picture that is shown, with the words of a search marked."""
    return of_view(use, query)


@register.simple_tag
def viewer_layers() -> str:
    """Addresses of what lies over the pictures of the deep zoom."""
    return zooming.layers()


@register.simple_tag
def say(text: Said, mark: bool = True) -> SafeString | str:
    """A text with its ``lang``; one in another language than the page's carries a small mark with the language's name."""
    if not text:
        return ""
    body = mark_safe(markup.plain(text))  # noqa: S308  # escaped there
    if mark and text.fallback:
        body = format_html(
            '{} <span class="tongue" title="{}"><span aria-hidden="true">{}</span><span class="visually-hidden">({})</span></span>',
            body, shown_in(text), text.lang.split("-")[0], shown_in(text),
        )  # fmt: skip
    return body


@register.simple_tag
def choices(of: search_page.Filter) -> SafeString:
    """A facet's values as list items."""
    return markup.choices(of)


@register.simple_tag(name="cards")
def cards_tag(of: Iterable[cards.Card]) -> SafeString:
    """Cards that hang in rows, as list items."""
    return markup.cards(of)


@register.simple_tag
def strips(of: Iterable[search_page.Strip]) -> SafeString:
    """The bars of a histogram as list items."""
    return markup.strips(of)


@register.simple_tag
def lang(text: Said) -> SafeString:
    """The ``lang`` and ``dir`` attributes of an element that holds a text."""
    return markup.lang(text)


@register.filter
def shown_in(text: Said) -> str:
    """“Shown in Vietnamese.”"""
    return _("Shown in %(language)s") % {"language": text.language_name}


@register.filter
def script_data(value: Any) -> SafeString:
    """JSON for a data block (``<script type="application/…json">``)."""
    return mark_safe(json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))  # noqa: S308


@register.filter
def absolute(path: str) -> str:
    """A path with the museum's origin."""
    return addresses.absolute(path or "")


@register.filter
def share(count: int, most: int) -> int:
    """``count`` as a percentage of ``most``, at least 1 for anything that is there."""
    return max(1, round(100 * count / most)) if count and most else 0


@register.simple_tag
def plain(texts: Mapping[str, str]) -> SafeString | str:
    """The best text of a plain language map, with its ``lang``, unmarked."""
    return say(words.said(texts), False)


@register.simple_tag
def exhibition_address(exhibition: Mapping[str, Any]) -> str:
    """The path of an exhibition in the page's language, or in one that it has."""
    urls = exhibition.get("urls", {})
    return urls.get(words.reader()) or next(iter(urls.values()), "")


@register.simple_tag
def shown_object(views: Mapping[int, Any], artifact: Any, region: str = "") -> dict[str, Any] | None:
    """An object of a written section: card, picture and wall label; None when the public may not see it."""
    view = views.get(artifact.pk) if artifact else None
    if view is None:
        return None
    card, picture = showing.shown(view, region or "")
    return {"card": card, "picture": picture, "lines": showing.label_lines(view)}


@register.simple_tag
def shown_cards(views: Mapping[int, Any], artifacts: Any) -> list[Any]:
    """Cards of a section's objects that the public may see."""
    return [cards.of_view(views[artifact.pk]) for artifact in artifacts if artifact and artifact.pk in views]


@register.simple_tag
def peer_card(kept: Any) -> Any:
    """An object of another museum as it is shown; None while there is nothing of it."""
    return peers.card(kept)


@register.simple_tag
def plain_static(path: str) -> str:
    """The address of a static file, also while the list of static files is missing or broken: for error pages."""
    try:
        return static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"

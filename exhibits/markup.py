"""The markup of what a page shows a hundred times: cards, values of facets, bars of years.

As nodes of a template these took more than half of the time of a search page. All else stays in the templates. Each function returns safe
HTML: every text and address in it is escaped here.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from exhibits import words
from exhibits.words import Said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from exhibits.cards import Card, FoundOn
    from exhibits.search_page import Choice, Filter, Strip


def lang(text: Said) -> SafeString:
    """The ``lang`` and ``dir`` attributes of an element that holds a text; nothing in the page's own language."""
    attribute = text.lang_attribute if text else ""
    return format_html(' lang="{}" dir="{}"', attribute, text.dir) if attribute else SafeString("")


def plain(text: Said) -> str:
    """A text with its language and without the mark of one that is in another than the page's."""
    attribute = text.lang_attribute
    return f'<span lang="{escape(attribute)}" dir="{text.dir}">{escape(text.text)}</span>' if attribute else escape(text.text)


def cards(of: Iterable[Card]) -> SafeString:
    """Cards that hang in rows, as list items."""
    veil = escape(_("Read the notice before you look"))
    return mark_safe("\n".join(_card(card, veil) for card in of))  # noqa: S308  # each part is escaped below


def _card(card: Card, veil: str) -> str:
    return (
        f'<li class="card" style="--ratio:{card.ratio:.4f}">\n<a class="card-link" href="{escape(card.url)}">{_face(card, veil)}</a>'
        f"{_line(card.maker, card.date)}{_line(card.note)}{_found_on(card.page) if card.page else ''}\n</li>"
    )


def _face(card: Card, veil: str) -> str:
    """The picture with the title below it, or the title in the place of the picture."""
    name, picture = f"{lang(card.title)}>{escape(card.title.text)}</span>", card.picture
    if picture is None or card.warning:
        hidden = f'<span class="card-veil">{veil}</span>' if card.warning else ""
        return f'<span class="card-picture card-none"><span class="card-name"{name}{hidden}</span>'
    return (
        f'<span class="card-picture"><img style="--shape:{picture.ratio:.4f};background-color:{escape(picture.color)}"'
        f' src="{escape(picture.thumb)}" srcset="{escape(picture.thumb_srcset)}" sizes="{escape(picture.thumb_sizes)}"'
        f' width="{picture.width}" height="{picture.height}" alt="" loading="lazy" decoding="async"></span>\n<span class="card-title"{name}'
    )


def _line(*parts: Said) -> str:
    shown = ", ".join(plain(part) for part in parts if part)
    return f'\n<span class="card-line">{shown}</span>' if shown else ""


def _found_on(page: FoundOn) -> str:
    quoted = f' lang="{escape(page.lang)}"' if page.lang else ""
    return (
        f'\n<a class="card-page" href="{escape(page.url)}"><span class="card-page-label"{lang(page.label)}>{escape(page.label.text)}</span>'
        f" <q{quoted}>{page.html}</q></a>"
    )


def choices(of: Filter) -> SafeString:
    """A facet's values as list items."""
    return mark_safe("".join(_choice(of.name, choice) for choice in of.choices))  # noqa: S308  # each part is escaped below


def _choice(facet: str, choice: Choice) -> str:
    current = ' aria-current="true"' if choice.selected else ""
    return (
        f'<li class="depth-{choice.depth}"><a href="{escape(choice.url)}" rel="nofollow" data-state data-key="{escape(facet)}:{escape(choice.value)}"{current}>'
        f'<span class="box" aria-hidden="true"></span><span class="choice-label">{plain(choice.label)}</span> '
        f'<span class="quiet">{escape(words.number(choice.count))}</span></a></li>'
    )


def strips(of: Iterable[Strip]) -> SafeString:
    """The bars of a histogram as list items, each strip of them one link."""
    return mark_safe("".join(_strip(number, strip) for number, strip in enumerate(of, start=1)))  # noqa: S308  # each part is escaped below


def _strip(number: int, strip: Strip) -> str:
    bars = "".join(
        f'<span class="bar-ground" title="{escape(label)}"><span class="bar{"" if height else " bar-none"}" style="height:{height:.1f}%"></span></span>'
        for height, label in strip.bars
    )
    inside = f'{bars}<span class="visually-hidden">{escape(strip.label)}</span>'
    if strip.url:
        inside = f'<a href="{escape(strip.url)}" rel="nofollow" data-state data-key="years:{number}">{inside}</a>'
    return f'<li style="flex-grow:{len(strip.bars)}">{inside}</li>'

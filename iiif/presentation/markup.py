"""HTML in the texts of a manifest (Presentation 3.0, 4.2): where a text is HTML at all, and what is wrong with it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree

# these tags alone, in summary and the values of metadata and requiredStatement
_ALLOWED = {"a", "b", "br", "i", "img", "p", "small", "span", "sub", "sup"}
_TAG = re.compile(r"</?([a-z][a-z0-9]*)\b[^<>]*>", re.IGNORECASE)
_SCRIPTED = re.compile(r"<!--|<!\[CDATA\[|<\?|<script\b|<[a-z][^<>]*(\son[a-z]+\s*=|javascript:)", re.IGNORECASE)
_HTML = _ALLOWED | {"div", "em", "strong", "u", "h1", "h2", "h3", "ul", "ol", "li", "table", "font", "script", "style", "iframe"}
# what clients keep of their attributes
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
_SCHEMES = ("http:", "https:", "mailto:")


def is_html(text: str) -> bool:
    """Viewers take a text for HTML by its first and last character."""
    return text.startswith("<") and text.endswith(">")


def is_scripted(text: str) -> bool:
    """Whether something in it would run, or hide, where it is shown as HTML."""
    return bool(_SCRIPTED.search(text))


def as_said(text: str) -> str:
    """A plain text for a place where HTML is allowed: one that would be read as HTML is wrapped, so that it is shown as it was typed."""
    return f"<span>{html.escape(text, quote=False)}</span>" if is_html(text) else text


def faults(text: str, *, allowed: bool) -> Iterator[str]:
    """Sentences. ``allowed``: whether HTML may stand here."""
    if is_scripted(text):
        yield "Scripts, comments and event attributes are not allowed in texts."
        return
    if not is_html(text):
        return
    tags = {tag.lower() for tag in _TAG.findall(text)}
    if not allowed:
        if tags & _HTML:
            yield "HTML is not allowed here."
        return
    if tags - _ALLOWED:
        yield f"The tags {', '.join(sorted(tags - _ALLOWED))} are not allowed in texts."
        return
    yield from _malformed(text)


def _malformed(text: str) -> Iterator[str]:
    """HTML has to be well-formed XML in one element, without other attributes than links need, and its links lead to pages or mailboxes."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        yield f"HTML in texts must be well-formed XML within one element: {(error.msg or '').rstrip('.')[:120]}."
        return
    for element in root.iter():
        others = sorted(set(map(str, element.attrib)) - _ATTRIBUTES.get(str(element.tag).lower(), set()))
        if others:
            yield f"The attribute {', '.join(others)[:80]} of {element.tag} is not allowed in texts: only href of a, src and alt of img are."
        link = (element.get("href") or "").strip().lower()
        if link and not link.startswith(_SCHEMES):
            yield f"Links in texts begin with http:, https: or mailto:, not with {link[:40]!r}."

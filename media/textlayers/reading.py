"""Recognises the four formats by their content and reads them. The file's name says nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from media import formats
from media.errors import RefusedFile
from media.textlayers import alto, hocr, page_xml
from media.textlayers.assembling import Piece, line_of, page_of
from media.textlayers.page import TextPage
from media.textlayers.xml import name_of, parsed
from records import languages

RECIPE = 4  # raised when the readers change: layers of another number are read anew by read_text_layers
LARGEST = 20_000_000  # bytes; an ALTO file of a newspaper page has about 3 MB
# The readers of old files name languages by three letters.
_THREE = {"eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "vie": "vi", "lat": "la", "zho": "zh", "chi": "zh", "jpn": "ja"}
_HOCR = re.compile(rb"class\s*=\s*[\"']?[^\"'>]*\bocr_page\b|name\s*=\s*[\"']ocr-(?:system|capabilities)[\"']", re.IGNORECASE)
_MARKED_UP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[?!A-Za-z]")
_WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL)
_TEXT_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says: its format, and its page."""

    format: formats.Format
    page: TextPage


def kind_of(head: bytes) -> formats.Format | None:
    """The format that a file with these first bytes has, if it is one of marked-up text; None for plain text and everything else."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        start = head.decode("utf-16", "replace").encode()
    if not start.startswith(b"<"):
        return None
    if re.search(rb"<(?:[\w.-]+:)?alto[\s>]", start):
        return formats.ALTO
    if re.search(rb"<(?:[\w.-]+:)?PcGts[\s>]", start):
        return formats.PAGE_XML
    return formats.HOCR if _HOCR.search(start) else None


def read(content: bytes) -> Reading:
    """The text of a file of up to ``LARGEST`` bytes. Raises RefusedFile with a sentence for the curator."""
    if not content.strip():
        raise RefusedFile(_("The file is empty (zero bytes). Choose the file again; perhaps its copy was interrupted."), "empty")
    if len(content) > LARGEST:
        raise RefusedFile(
            _("The text file is larger than %(mb)d MB, the most that is accepted for one page.") % {"mb": LARGEST // 1_000_000}, "too-large"
        )
    found = kind_of(content)
    if found is formats.HOCR:
        page = hocr.read(content)
    elif found is not None or (_MARKED_UP.match(content) and _is_xml(content)):
        found, page = _of_xml(parsed(content))
    elif _WEB_PAGE.match(content):
        raise RefusedFile(_("This web page is no hOCR file: nothing in it is marked as a page (ocr_page)."), "no-page")
    else:
        found, page = formats.PLAIN_TEXT, _plain(content)
    if not page.lines:
        raise RefusedFile(_("There is no text in the file: no line of it has a word."), "no-text")
    return Reading(found, TextPage(page.width, page.height, page.lines, _language(page.language)))


def _is_xml(content: bytes) -> bool:
    """Whether what begins with a bracket is XML, be it broken where it says so itself; else it is a text that begins so (“<illegible> …”)."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return True
    try:
        parsed(content)
    except RefusedFile as refusal:
        return refusal.code == "entities" and not _WEB_PAGE.match(content)
    return not _WEB_PAGE.match(content)


def _of_xml(root: object) -> tuple[formats.Format, TextPage]:
    name = name_of(root)
    if name == "alto":
        return formats.ALTO, alto.read(root)
    if name == "PcGts":
        return formats.PAGE_XML, page_xml.read(root)
    raise RefusedFile(
        _("This XML file (its root is “%(name)s”) holds no text of a page. Accepted are ALTO, PAGE, hOCR and plain text.")
        % {"name": name[:60]},
        "foreign-xml",
    )


def _plain(content: bytes) -> TextPage:
    """Plain text, line by line; an empty line parts blocks."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedFile(
            _("The file is no text in UTF-8 (byte %(place)d). Save it as “UTF-8”, or export ALTO, PAGE or hOCR.") % {"place": error.start},
            "not-utf8",
        ) from error
    if _TEXT_CONTROL.search(text):
        raise RefusedFile(
            _("The file holds control characters: it is no plain text. Accepted are ALTO, PAGE, hOCR and plain text."), "binary"
        )
    block, lines = 0, []
    for line in text.splitlines():
        if not line.strip():
            block += 1
        lines.append(line_of([Piece(word) for word in line.split()], text=line, block=block))
    return page_of(0, 0, lines)


def _language(tag: str) -> str:
    """A tag as the museum writes it, or nothing when the file's is none."""
    tag = _THREE.get(tag.strip().lower(), tag.strip())
    if not tag:
        return ""
    try:
        return languages.canonical(tag)
    except ValueError:
        return ""

"""XML from strangers: no entities, no network, no document type, bounded depth; broken files are named in a sentence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from media.errors import RefusedFile


def parsed(content: bytes) -> Any:
    """The root element. Raises RefusedFile with the line at which the file breaks, or for declared entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise RefusedFile(
            _("The XML breaks off or is malformed in line %(line)d: %(reason)s. Export the file again.")
            % {"line": error.lineno or 1, "reason": (error.msg or "").rstrip(".")[:200]},
            "broken-xml",
        ) from error
    kind = root.getroottree().docinfo
    if kind.internalDTD is not None or kind.doctype:
        raise RefusedFile(_("The file declares a document type or entities, which are not accepted. Export it without them."), "entities")
    return root


def name_of(element: Any) -> str:
    """The name of an element without its namespace; empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Any, *names: str) -> list[Any]:
    """Its children of these names, in order."""
    return [child for child in element if name_of(child) in names]


def first(element: Any, name: str) -> Any:
    """Its first descendant of that name, or None."""
    return next((one for one in element.iter() if name_of(one) == name), None)

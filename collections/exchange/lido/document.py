"""The whole record of an object.

One descriptive and one administrative part in the language of the record's title, in which every text names its own language: so LIDO 1.1's own
examples do. A part for each language, as in 1.0, would tell each event once more, and whoever counts events, makers or dates would count them twice.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, indent, tostring

from exchange.lido import PROFILE, SUFFIX
from exchange.lido import terminology as terms
from exchange.lido.administration import administration
from exchange.lido.elements import NAMESPACES, Row, absolute, add, add_filled, known, language, uri
from exchange.lido.events import events
from exchange.lido.identification import classification, identification
from exchange.lido.relations import relations
from iiif.presentation.texts import interface_languages

_SCHEMA = f"{PROFILE} http://www.lido-schema.org/schema/v1.1/lido-v1.1.xsd"


def write(view: Row) -> bytes:
    """The document, UTF-8."""
    path = f"/data/object/{view['id']}.{SUFFIX}"
    root = Element("lido:lido", {**{f"xmlns:{prefix}": name for prefix, name in NAMESPACES.items()}, "xsi:schemaLocation": _SCHEMA})
    museum = (view["museum"] or {}).get("label") or {}
    add(root, "lidoRecID", absolute(path), type=terms.URI, source=next(iter(museum.values()), ""))
    add(root, "objectPublishedID", uri(view), type=terms.URI, pref=terms.PREFERRED)
    known(root, "category", terms.HUMAN_MADE, {"en": "Human-made object"}, terms.HUMAN_MADE_SAME)
    main = next((tag for tag in view["title"] if tag != "und"), interface_languages()[0])
    description = add(root, "descriptiveMetadata", lang=language(main))
    description.extend([classification(view), identification(view)])
    add_filled(description, events(view), relations(view))
    administration(view, path, add(root, "administrativeMetadata", lang=language(main)))
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True)

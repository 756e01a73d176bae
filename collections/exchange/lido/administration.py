"""Rights, the record itself, and the pictures, recordings and models that stand for the object online."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from django.utils.translation import gettext_lazy as _

from exchange.lido import terminology as terms
from exchange.lido.elements import Row, absolute, add, add_filled, known, legal_body, names, texts, uri, wrapper
from exchange.lido.rights import add_rights, of, statement
from iiif.image.addresses import image_url, region_in_percent, service_url
from iiif.presentation import addresses
from iiif.presentation.object_sheets import Sheets, address_of, picture
from iiif.presentation.texts import in_interface_languages, interface_languages

_MANIFEST = 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'
_SERVICE = 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'
_PREVIEW = 400
_TYPES = {"image": _("Picture"), "audio": _("Recording"), "video": _("Film"), "model": _("3D model"), "document": _("Document")}


def rights_of_work(view: Row) -> Element:
    """Rights in the object, and the words that are to stand beside it."""
    element = wrapper("rightsWorkWrap")
    add_rights(element, "rightsWorkSet", of(view["rights"], "work"), view["credit_line"])
    return element


def record(view: Row, path: str) -> Element:
    """This record: whose it is, what it describes, under which licence, since when, and where the same is told in other forms."""
    element = wrapper("recordWrap")
    add(element, "recordID", view["id"], type=terms.LOCAL)
    identifier, name = terms.LEVELS.get(view["record_level"], terms.LEVELS["item"])
    known(element, "recordType", identifier, {"en": name})
    legal_body(element, "recordSource", view["museum"])
    rights = of(view["rights"], "data")
    if view["data_licence"] and view["data_licence"] not in {row.get("statement") for row in rights}:
        statement(add(element, "recordRights"), view["data_licence"])
    add_rights(element, "recordRights", rights, {})
    here = add(element, "recordInfoSet", type=terms.THIS_RECORD)
    add(here, "recordInfoLink", absolute(path), formatResource="application/xml")
    for kind, moment in ((terms.CREATED, view["first_published_on"]), (terms.MODIFIED, view["updated_at"])):
        if moment:
            add(here, "recordMetadataDate", moment.isoformat(timespec="seconds"), type=kind)
    pages = add(element, "recordInfoSet", type=terms.SOURCE_RECORD)
    for tag in interface_languages():
        add(pages, "recordInfoLink", absolute(f"/{tag}/objects/{view['id']}/{view['slug']}/"), formatResource="text/html", lang=tag)
    for ref in [*view["sets"], *([view["department"]] if view["department"] else [])]:
        _collection(element, ref)
    return element


def _collection(parent: Element, ref: Row) -> None:
    """A collection or department that it is in. LIDO wants it by name."""
    element = add(parent, "collection")
    texts(element, "displayObject", ref["label"])
    described = add(element, "object")
    add(described, "objectWebResource", uri(ref), formatResource=_MANIFEST)
    add(described, "objectID", uri(ref), type=terms.URI)
    names(described, "objectName", ref["label"] or {"und": ref["id"]})


def resources(view: Row) -> Element:
    """The manifest, then each picture, recording, model and document that everybody may have.

    Sizes in pixels are left to info.json: where rights limit a picture, what is sent is smaller than the picture is.
    """
    element = wrapper("resourceWrap")
    if Sheets(view["media"]).canvases():
        _manifest(element, view)
    for use in view["media"]:
        if use["state"] == "ready" and not use["restricted"]:
            _resource(element, use, view)
    return element


def _manifest(parent: Element, view: Row) -> None:
    address = absolute(addresses.manifest("object", view["id"]))
    element = add(parent, "resourceSet")
    add(element, "resourceID", address, type=terms.URI)
    add(add(element, "resourceRepresentation", type="IIIF manifest"), "linkResource", address, formatResource=_MANIFEST)
    known(element, "resourceType", "", in_interface_languages(_("IIIF manifest")))


def _resource(parent: Element, use: Row, view: Row) -> None:
    """One use of a file. A region of a picture is what is shown of it."""
    seen = use["type"] == "image" and use["width"]
    file = "" if seen else address_of(use)
    if not (seen or file):
        return
    element = add(parent, "resourceSet", sortorder="1" if use["primary"] else "")
    add(element, "resourceID", use["id"], type=terms.LOCAL)
    if seen:
        region, longer = _shown(use)
        small = image_url(use["asset"], region, "max" if longer <= _PREVIEW else f"!{_PREVIEW},{_PREVIEW}")
        _representation(element, terms.PREVIEW, small, "image/jpeg")
        _representation(element, terms.REPRESENTATIONS["image"], image_url(use["asset"], region), "image/jpeg")
        _representation(element, "IIIF Image API", f"{service_url(use['asset'])}/info.json", _SERVICE)
    else:
        _representation(element, terms.REPRESENTATIONS.get(use["type"], ""), absolute(file), use["mime"])
    known(element, "resourceType", "", in_interface_languages(_TYPES.get(use["type"], use["type"])))
    for kind, text in (("alternative text", use["alt"]), ("view", use["label"]), ("caption", use["caption"])):
        texts(element, "resourceDescription", text, type=kind)
    rights = view["rights"]
    add_rights(element, "rightsResource", of(rights, "image") or of(rights, "work"), view["credit_line"])


def _shown(use: Row) -> tuple[str, int]:
    """What is shown of a picture, as the service takes it, and its longer side in pixels."""
    region = picture(use, 1).region
    if not region:
        return "full", max(use["width"], use["height"])
    x, y, width, height = (int(number) for number in region.split(","))
    return region_in_percent((x, y, width, height), use["width"], use["height"]), max(width, height)


def _representation(parent: Element, kind: str, address: str, media_type: str) -> None:
    add(add(parent, "resourceRepresentation", type=kind), "linkResource", address, formatResource=media_type)


def administration(view: Row, path: str, element: Element) -> None:
    """Fills ``administrativeMetadata``. ``path``: where this record is."""
    add_filled(element, rights_of_work(view), record(view, path), resources(view))

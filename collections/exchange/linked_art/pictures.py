"""How an object is shown and described on the web: pictures (``representation``), pages, manifest, files (``subject_of``)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from exchange.linked_art import aat
from exchange.linked_art.nodes import CONTEXT, Node, View, access, conforms, filled, language, names, statements, titled, typed
from exchange.linked_art.statements import rights_in
from iiif.files.addresses import ENDINGS, file_url
from iiif.image.addresses import image_url, service_url, thumbnail_url
from iiif.presentation import addresses
from iiif.presentation.object_sheets import Sheets
from iiif.presentation.texts import interface_languages

# The pages of a book are in its manifest; more of them here than this would hide what is said of it.
MOST_PICTURES = 24
_IMAGE_API = "http://iiif.io/api/image"
_PRESENTATION_API = "http://iiif.io/api/presentation/3/context.json"
_CAPTIONS = "text/vtt"


def representations(view: View) -> list[Node]:
    """Pictures that everybody may see in full, the main one first; of a book the main one alone. Models beside them."""
    seen = [use for use in view["media"] if _is_seen(use)]
    seen.sort(key=lambda use: not use["primary"])
    shown = seen[:1] if len(seen) > MOST_PICTURES else seen
    rights = rights_in(view, "image")
    return [*(_picture(use, rights) for use in shown), *(_model(use, rights) for use in _files(view) if use["type"] == "model")]


def subjects(view: View) -> list[Node]:
    """What is to be read about it: its page in each language, its manifest, documents and recordings, this description."""
    pages = [_page(view, lang) for lang in interface_languages()]
    files = [_file(use) for use in _files(view) if use["type"] != "model" and use["mime"] != _CAPTIONS]
    return [*pages, *_manifest(view), *files, _itself(view)]


def _is_seen(use: View) -> bool:
    return use["type"] == "image" and not use["restricted"] and use["state"] == "ready" and bool(use["width"] and use["height"])


def _files(view: View) -> list[View]:
    return [use for use in view["media"] if use["mime"] in ENDINGS and use["state"] == "ready" and not use["restricted"]]


def _picture(use: View, rights: list[Node]) -> Node:
    service = filled(
        type="DigitalService",
        access_point=access(service_url(use["asset"])),
        conforms_to=conforms(_IMAGE_API),
    )
    image = filled(
        type="DigitalObject",
        classified_as=[typed(aat.DIGITAL_IMAGE)],
        format="image/jpeg",
        access_point=access(image_url(use["asset"], _region(use))),
        digitally_available_via=[service],
        subject_to=rights,
    )
    small = filled(
        type="DigitalObject",
        identified_by=titled(_("Thumbnail")),
        classified_as=[typed(aat.DIGITAL_IMAGE)],
        format="image/jpeg",
        access_point=access(thumbnail_url(use["asset"])),
        subject_to=rights,
    )
    return filled(
        type="VisualItem",
        identified_by=names(use["label"]),
        referred_to_by=[*statements(use["caption"], aat.NOTE), *statements(use["alt"], aat.DESCRIPTION)],
        digitally_shown_by=[image, small] if use["primary"] else [image],
    )


def _region(use: View) -> str:
    """The part of the picture that shows the object; all of it where that part does not lie within it (any more)."""
    try:
        left, top, width, height = (int(number) for number in use["region"].split(","))
    except ValueError:
        return "full"
    if min(left, top) < 0 or width <= 0 or height <= 0 or left + width > use["width"] or top + height > use["height"]:
        return "full"
    shares = (100 * left / use["width"], 100 * top / use["height"], 100 * width / use["width"], 100 * height / use["height"])
    return "pct:" + ",".join(f"{share:.6f}".rstrip("0").rstrip(".") for share in shares)


def _model(use: View, rights: list[Node]) -> Node:
    model = filled(type="DigitalObject", format=use["mime"], access_point=access(file_url(use["asset"], use["mime"])), subject_to=rights)
    return filled(type="VisualItem", identified_by=names(use["label"]), digitally_shown_by=[model])


def _page(view: View, lang: str) -> Node:
    page = filled(
        type="DigitalObject",
        classified_as=[typed(aat.WEB_PAGE)],
        format="text/html",
        access_point=access(f"/{lang}/objects/{view['id']}/{view['slug']}/"),
    )
    return filled(type="LinguisticObject", language=language(lang), digitally_carried_by=[page])


def _manifest(view: View) -> list[Node]:
    if not Sheets(view["media"]).canvases():
        return []
    manifest = filled(
        type="DigitalObject",
        format=f'application/ld+json;profile="{_PRESENTATION_API}"',
        access_point=access(addresses.manifest("object", view["id"])),
        conforms_to=conforms(_PRESENTATION_API),
    )
    return [filled(type="LinguisticObject", identified_by=titled(_("IIIF manifest")), digitally_carried_by=[manifest])]


def _file(use: View) -> Node:
    carried = filled(type="DigitalObject", format=use["mime"], access_point=access(file_url(use["asset"], use["mime"])))
    return filled(
        type="LinguisticObject",
        identified_by=names(use["label"] or use["caption"]),
        language=language(use["language"]),
        digitally_carried_by=[carried],
    )


def _itself(view: View) -> Node:
    """This description, with the rights in it."""
    document = filled(
        type="DigitalObject",
        format=f'application/ld+json;profile="{CONTEXT}"',
        access_point=access(f"/data/object/{view['id']}.jsonld"),
        conforms_to=conforms(CONTEXT),
        subject_to=rights_in(view, "data"),
    )
    return filled(type="LinguisticObject", identified_by=titled(_("Linked Art")), digitally_carried_by=[document])

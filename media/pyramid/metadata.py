"""What the original says about itself: EXIF, IPTC, XMP and other embedded texts, as plain values for the staff. Never for the public."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import ExifTags, Image, IptcImagePlugin, UnidentifiedImageError

LONGEST = 2000
MOST = 300
LARGEST_PACKET = 2 << 20
_PILLOW = {"jpeg": "JPEG", "png": "PNG", "tiff": "TIFF", "webp": "WEBP", "gif": "GIF", "avif": "AVIF", "jp2": "JPEG2000", "j2k": "JPEG2000"}
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://creativecommons.org/ns#": "cc",
    "http://ns.useplus.org/ldf/xmp/1.0/": "plus",
}
# IPTC-IIM records worth keeping by name (application record, 2:…).
_IPTC = {
    5: "title",
    25: "keywords",
    55: "date_created",
    80: "creator",
    85: "creator_title",
    90: "city",
    101: "country",
    105: "headline",
    110: "credit",
    115: "source",
    116: "copyright",
    120: "caption",
}


def read(path: Path, key: str) -> dict[str, Any]:
    """``{"exif": {…}, "gps": {…}, "iptc": {…}, "xmp": {…}}``, each part only when the file has it. Unreadable parts are named in ``"unread"``."""
    found: dict[str, Any] = {}
    unread: list[str] = []
    try:
        image = Image.open(path, formats=(_PILLOW[key],))
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError):
        return {"unread": ["header"]}
    with image:
        for name, reader in (("exif", _exif), ("iptc", _iptc), ("xmp", _xmp)):
            try:
                part = reader(image)
            except Exception as error:  # foreign metadata breaks readers in every way; the picture is no worse for it
                unread.append(f"{name} ({type(error).__name__})")
                continue
            if name == "exif" and "gps" in part:
                found["gps"] = part.pop("gps")
            if part:
                found[name] = part
    if unread:
        found["unread"] = unread
    return found


# where things lie in the file, and other people's words about it
_NOT_KEPT = (
    "ExifOffset",
    "GPSInfo",
    "XMLPacket",
    "IPTCNAA",
    "InterColorProfile",
    "ImageResources",
    "JPEGTables",
    "StripOffsets",
    "StripByteCounts",
    "TileOffsets",
    "TileByteCounts",
    "PrintImageMatching",
)


def _exif(image: Image.Image) -> dict[str, Any]:
    exif = image.getexif()
    found: dict[str, Any] = {str(ExifTags.TAGS.get(tag, tag)): _plain(value) for tag, value in list(exif.items())[:MOST]}
    for tag, value in list(exif.get_ifd(ExifTags.IFD.Exif).items())[:MOST]:
        name = str(ExifTags.TAGS.get(tag, tag))
        if name not in {"MakerNote", "UserComment"}:
            found[name] = _plain(value)
    for tag_name in _NOT_KEPT:
        found.pop(tag_name, None)
    gps = {ExifTags.GPSTAGS.get(tag, str(tag)): _plain(value) for tag, value in list(exif.get_ifd(ExifTags.IFD.GPSInfo).items())[:MOST]}
    if gps:
        found["gps"] = gps
    return {name: value for name, value in found.items() if value not in (None, "")}


def _iptc(image: Image.Image) -> dict[str, Any]:
    info = IptcImagePlugin.getiptcinfo(image) or {}  # type: ignore[arg-type]
    found = {}
    for (record, dataset), value in list(info.items())[:MOST]:
        if record == 2 and dataset in _IPTC:
            found[_IPTC[dataset]] = _plain(value)
    return found


def _xmp(image: Image.Image) -> dict[str, Any]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    if not packet and image.format == "TIFF":
        with contextlib.suppress(KeyError):
            packet = image.tag_v2[700]  # type: ignore[attr-defined]
    if not packet or len(packet) > LARGEST_PACKET:
        return {}
    data = packet.encode() if isinstance(packet, str) else bytes(packet)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    root = etree.fromstring(data.strip(b"\0 \r\n\t"), parser)
    if root.getroottree().docinfo.doctype:
        raise ValueError("XMP with a DOCTYPE")
    found: dict[str, Any] = {}
    for description in root.iter(_RDF + "Description"):
        for name, value in description.attrib.items():
            _keep(found, name, value)
        for child in description:
            if isinstance(child.tag, str):
                values = [text.strip() for text in child.itertext() if text.strip()]
                if values:
                    _keep(found, child.tag, values[0] if len(values) == 1 else values)
    return found


def _keep(found: dict[str, Any], name: str, value: Any) -> None:
    namespace, _, local = name.removeprefix("{").partition("}")
    if namespace in _PREFIXES and len(found) < MOST:
        found[f"{_PREFIXES[namespace]}:{local}"] = _plain(value)


def _plain(value: Any) -> Any:
    """Something that JSON and PostgreSQL can hold: no NUL, no bytes, no infinities."""
    if isinstance(value, bytes):
        try:
            value = value.decode("utf-8")
        except UnicodeDecodeError:
            value = value.decode("latin-1") if value.isascii() or len(value) < 200 else f"{len(value)} bytes"
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()[:LONGEST].strip()
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if abs(value) < 1 << 53 else str(value)
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in list(value)[:MOST]]
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return str(value)[:LONGEST]
    return round(number, 8) if abs(number) < 1e15 else None

"""Recognises a file by its first bytes, never by its name. No decoder is involved; pure Python.

The allow-list of the museum: what is not here is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from media.errors import RefusedFile

HEAD = 4096


@dataclass(frozen=True)
class Format:
    """A file format: its name for people, media type (RFC 6838), PRONOM-style ``key``, our ``kind`` and usual extension."""

    key: str
    name: str
    mime: str
    kind: str
    extension: str


JPEG = Format("jpeg", "JPEG", "image/jpeg", "image", "jpg")
PNG = Format("png", "PNG", "image/png", "image", "png")
TIFF = Format("tiff", "TIFF", "image/tiff", "image", "tif")
WEBP = Format("webp", "WebP", "image/webp", "image", "webp")
GIF = Format("gif", "GIF", "image/gif", "image", "gif")
AVIF = Format("avif", "AVIF", "image/avif", "image", "avif")
JP2 = Format("jp2", "JPEG 2000", "image/jp2", "image", "jp2")
J2K = Format("j2k", "JPEG 2000 codestream", "image/j2c", "image", "j2k")
PDF = Format("pdf", "PDF", "application/pdf", "document", "pdf")
WEBVTT = Format("vtt", "WebVTT", "text/vtt", "document", "vtt")
GLB = Format("glb", "binary glTF 2.0", "model/gltf-binary", "model", "glb")
MP4 = Format("mp4", "MP4", "video/mp4", "video", "mp4")
QUICKTIME = Format("mov", "QuickTime", "video/quicktime", "video", "mov")
M4A = Format("m4a", "MPEG-4 audio", "audio/mp4", "audio", "m4a")
WEBM = Format("webm", "WebM", "video/webm", "video", "webm")
OGG = Format("ogg", "Ogg", "audio/ogg", "audio", "ogg")
MP3 = Format("mp3", "MP3", "audio/mpeg", "audio", "mp3")
FLAC = Format("flac", "FLAC", "audio/flac", "audio", "flac")
WAV = Format("wav", "WAV", "audio/wav", "audio", "wav")

# What is written on a page. A file of these is taken in with its page alone (``media.textlayers``), so none of them is recognised here.
ALTO = Format("alto", "ALTO", "application/xml", "text", "xml")
PAGE_XML = Format("page", "PAGE XML", "application/vnd.prima.page+xml", "text", "xml")
HOCR = Format("hocr", "hOCR", "text/vnd.hocr+html", "text", "html")
PLAIN_TEXT = Format("text", "plain text", "text/plain", "text", "txt")
TEXTS = (ALTO, PAGE_XML, HOCR, PLAIN_TEXT)

FORMATS = (JPEG, PNG, TIFF, WEBP, GIF, AVIF, JP2, J2K, PDF, WEBVTT, GLB, MP4, QUICKTIME, M4A, WEBM, OGG, MP3, FLAC, WAV)
BY_KEY = {each.key: each for each in (*FORMATS, *TEXTS)}
PICTURES = tuple(each for each in FORMATS if each.kind == "image")

_STARTS: tuple[tuple[bytes, Format], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"II+\0", TIFF),
    (b"MM\0+", TIFF),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"\0\0\0\x0cjP  \r\n\x87\n", JP2),
    (b"\xff\x4f\xff\x51", J2K),
    (b"%PDF-", PDF),
    (b"glTF", GLB),
    (b"\x1aE\xdf\xa3", WEBM),
    (b"OggS", OGG),
    (b"fLaC", FLAC),
    (b"ID3", MP3),
)
_BRANDS = {
    b"avif": AVIF,
    b"avis": AVIF,
    b"qt  ": QUICKTIME,
    b"M4A ": M4A,
    b"M4B ": M4A,
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash", b"MSNV"), MP4),
}


def recognise(head: bytes, size: int) -> Format:
    """The format of a file with these first bytes (up to ``HEAD``) and this size in bytes.

    Raises RefusedFile with a sentence that says what the file seems to be and what to do.
    """
    if size == 0 or not head:
        raise RefusedFile(_("The file is empty (zero bytes). Choose the file again; perhaps its copy was interrupted."), "empty")
    for start, found in _STARTS:
        if head.startswith(start):
            return found
    found_in_container = _container(head)
    if found_in_container:
        return found_in_container
    if head.startswith((b"\xef\xbb\xbfWEBVTT", b"WEBVTT")):
        return WEBVTT
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 in {0xE2, 0xE4, 0xE6} and head[2] & 0xF0 != 0xF0:
        return MP3
    raise RefusedFile(*_foreign(head))


def _container(head: bytes) -> Format | None:
    if head[:4] == b"RIFF":
        return {b"WEBP": WEBP, b"WAVE": WAV}.get(head[8:12])
    if head[4:8] == b"ftyp":
        length = int.from_bytes(head[:4], "big")
        brands = [head[8:12], *(head[at : at + 4] for at in range(16, min(length, len(head), 256), 4))]
        return next((_BRANDS[brand] for brand in brands if brand in _BRANDS), None)
    return None


def _foreign(head: bytes) -> tuple[str, str]:
    """Sentence and code for something that is not on the list."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1024].lower()
    accepted = _("Accepted are JPEG, PNG, TIFF, WebP, AVIF, GIF and JPEG 2000 pictures, PDF, WebVTT, GLB models, common audio and video.")
    if b"<svg" in text or (text.startswith(b"<?xml") and b"svg" in text):
        return _("This is an SVG drawing, which can carry scripts and is not accepted. Export it as PNG or TIFF."), "svg"
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in text:
        return _("This is a web page, not a picture: perhaps a download saved its error page. Fetch the file again."), "html"
    if head[4:8] == b"ftyp":
        return _("This is a HEIC photograph or an unknown MPEG-4 file. Export it as JPEG, TIFF or MP4.") + " " + accepted, "foreign"
    if head.startswith(b"PK\3\4"):
        return _("This is a ZIP archive or an office document. Unpack it and upload the files inside."), "foreign"
    return _("The file's content is of no accepted format, whatever its name says.") + " " + accepted, "foreign"


def head_of(file: BinaryIO) -> bytes:
    """The first bytes of a seekable file, which is left at its start."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return head

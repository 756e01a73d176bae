"""What of an object is heard, watched, turned or read: sounds and films with their captions, 3D models, documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from exhibits import pictures, words
from exhibits.pictures import Picture
from exhibits.words import Said
from iiif.presentation.object_sheets import Sheets, address_of
from records import languages

View = Mapping[str, Any]
AUDIO, VIDEO, MODEL, DOCUMENT = "audio", "video", "model", "document"
_CAPTIONS = "text/vtt"


@dataclass(frozen=True, slots=True)
class Captions:
    """What is said in a recording, as WebVTT in one language."""

    address: str
    lang: str
    label: str
    read: bool  # in the visitor's language


@dataclass(frozen=True, slots=True)
class Recording:
    """One sound, film, model or document. ``address`` is empty for what is shown on request alone; ``length`` reads “1:24”."""

    id: str
    type: str
    name: str
    label: Said
    caption: Said
    about: Said
    invites: str
    address: str
    mime: str
    length: str = ""
    width: int | None = None
    height: int | None = None
    captions: list[Captions] = field(default_factory=list)
    poster: Picture | None = None


def of(view: View, title: Said) -> list[Recording]:
    """What an object has beside its pictures, in the object's order."""
    sheets = Sheets(view["media"])
    invites = {AUDIO: _("Listen"), VIDEO: _("Watch"), MODEL: _("See in 3D"), DOCUMENT: _("Read")}
    names = {AUDIO: _("Recording"), VIDEO: _("Film"), MODEL: _("3D model"), DOCUMENT: _("Document")}
    shown = [use for use in view["media"] if use["type"] in names and use["state"] == "ready" and use["mime"] != _CAPTIONS]
    return [_recording(use, names[use["type"]], invites[use["type"]], sheets, title) for use in shown]


def _recording(use: View, name: str, invites: str, sheets: Sheets, title: Said) -> Recording:
    poster = sheets.poster(use["id"])
    label = words.said(use["label"])
    return Recording(
        id=use["id"],
        type=use["type"],
        name=name[:1].upper() + name[1:],
        label=label or Said(name[:1].upper() + name[1:]),
        caption=words.said(use["caption"]),
        about=words.said(use["alt"]) or Said(f"{title.text} – {label.text or name}", title.lang),
        invites=invites,
        address=address_of(use),
        mime=use["mime"],
        length=clock(use["duration"]) if use["duration"] else "",
        width=use["width"],
        height=use["height"],
        captions=_captions(sheets, use["id"]),
        poster=pictures.of_use(poster, title) if poster else None,
    )


def _captions(sheets: Sheets, recording: str) -> list[Captions]:
    """All of a recording's captions; those that the visitor reads, else the first, are shown from the start."""
    files = sheets.captions(recording)
    tongues = [file.language.split("-")[0] for file in files]
    chosen = tongues.index(words.reader()) if words.reader() in tongues else 0
    return [
        Captions(file.address, file.language, languages.name(file.language, words.reader()) if file.language else name, place == chosen)
        for place, (file, name) in enumerate((file, words.said(file.label).text) for file in files)
    ]


def beside(view: View) -> frozenset[str]:
    """The pictures that stand for a recording and are no views of the object themselves (ids of uses)."""
    recorded = {use["id"] for use in view["media"] if use["type"] in {AUDIO, VIDEO, MODEL}}
    return frozenset(use["id"] for use in view["media"] if use["type"] == "image" and use["accompanies"] in recorded)


def clock(seconds: float) -> str:
    """How long something plays, as players write it: 1:24, 1:02:03."""
    whole = max(1, round(seconds))
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"

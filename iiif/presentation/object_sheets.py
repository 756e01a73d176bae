"""The canvases of an object: its pictures, recordings and models, what accompanies them, and the chapters of a book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from iiif.files.addresses import ENDINGS, file_path
from iiif.presentation.sources import Chapter, File, Link, Model, Picture, Recording, Sheet, Text
from iiif.presentation.texts import in_interface_languages
from records import languages

Use = Mapping[str, Any]
_TYPES = {"audio": "Sound", "video": "Video", "model": "Model", "document": "Text"}
_CAPTIONS = "text/vtt"
_BEHAVIORS = {"spread": "facing-pages", "insert": "non-paged"}
_ALTERNATIVE, _POSTER, _COMPANION, _CAPTIONED = "alternative", "poster", "companion", "captions"


class Sheets:
    """The uses of an object's media, sorted into canvases, what stands beside them, and downloads."""

    def __init__(self, uses: Sequence[Use]) -> None:
        self._uses = [use for use in uses if use["state"] == "ready"]
        self._files = {use["id"]: address for use in self._uses if use["type"] != "image" and (address := address_of(use))}
        leads = {use["id"]: use for use in self._uses if not use["accompanies"]}
        self._beside: dict[str, list[Use]] = {}
        for use in self._uses:
            if use["accompanies"] in leads:
                self._beside.setdefault(use["accompanies"], []).append(use)
        self._leads = list(leads.values())
        self._caption_the_only_recording()

    def _caption_the_only_recording(self) -> None:
        """Captions that name no recording belong to the only one."""
        recordings = [use for use in self._leads if use["type"] in {"audio", "video"}]
        stray = [use for use in self._leads if use["mime"] == _CAPTIONS]
        if len(recordings) == 1 and stray:
            self._beside.setdefault(recordings[0]["id"], []).extend({**use, "role": _CAPTIONED} for use in stray)
            self._leads = [use for use in self._leads if use["mime"] != _CAPTIONS]

    def canvases(self, places: Mapping[str, int] | None = None) -> list[Sheet]:
        """One for each picture and recording; models only where there is neither.

        What nothing labels is called by its place; ``places`` tells it where these are not all uses of the object.
        """
        found: list[Sheet] = []
        for use in self._leads:
            sheet = self._sheet(use, places.get(use["id"], 1) if places else len(found) + 1)
            if sheet is not None:
                found.append(sheet)
        return found or [self._model(use, number) for number, use in enumerate(self._of_type("model"), start=1)]

    def renderings(self) -> Iterator[Link]:
        """Documents and models to be taken along, and recordings whose duration nobody knows."""
        for use in self._leads:
            address = self._files.get(use["id"])
            if address and use["mime"] != _CAPTIONS and not (use["type"] in {"audio", "video"} and use["duration"]):
                label = use["label"] or use["caption"] or in_interface_languages(_RENDERED[use["type"]])
                yield Link(address, label, use["mime"], type=_TYPES[use["type"]])

    def _of_type(self, wanted: str) -> Iterator[Use]:
        return (use for use in self._leads if use["type"] == wanted and use["id"] in self._files)

    def _sheet(self, use: Use, number: int) -> Sheet | None:
        if use["type"] == "image" and use["width"]:
            others = [picture(other, number) for other in self._pictures_beside(use["id"], _ALTERNATIVE)]
            return picture(use, number, others)
        if use["type"] in {"audio", "video"} and use["id"] in self._files and use["duration"]:
            return self._recording(use, number)
        return None

    def _recording(self, use: Use, number: int) -> Recording:
        return Recording(
            id=use["id"],
            file=self._file(use),
            duration=use["duration"],
            width=use["width"],
            height=use["height"],
            label=_label(use, number),
            caption=use["caption"],
            captions=self.captions(use["id"]),
            poster=self._beside_as_picture(use, _POSTER),
            companion=self._beside_as_picture(use, _COMPANION),
        )

    def captions(self, recording: str) -> list[File]:
        """The captions of a recording (a use's id), one file for each language."""
        return [self._file(one) for one in self._beside.get(recording, ()) if one["role"] == _CAPTIONED and one["id"] in self._files]

    def poster(self, recording: str) -> Use | None:
        """The picture that is shown before a recording plays, or while it is heard."""
        return next((use for role in (_POSTER, _COMPANION) for use in self._pictures_beside(recording, role)), None)

    def _model(self, use: Use, number: int) -> Model:
        return Model(use["id"], self._file(use), _label(use, number), use["caption"], self._beside_as_picture(use, _POSTER))

    def _file(self, use: Use) -> File:
        label = use["label"] or _captions_label(use) or in_interface_languages(_RENDERED[use["type"]])
        return File(self._files[use["id"]], _TYPES[use["type"]], use["mime"], label, use["language"])

    def _pictures_beside(self, use: str, role: str) -> Iterator[Use]:
        return (one for one in self._beside.get(use, ()) if one["role"] == role and one["type"] == "image" and one["width"])

    def _beside_as_picture(self, use: Use, role: str) -> Picture | None:
        return next((picture(one, 1) for one in self._pictures_beside(use["id"], role)), None)


def _captions_label(use: Use) -> Text:
    """Captions without a label of their own are told apart by their language, as viewers offer them to choose from."""
    if use["mime"] != _CAPTIONS:
        return {}
    label = in_interface_languages(_("Captions"))
    tag = use["language"]
    return {reader: f"{words} ({languages.name(tag, reader)})" for reader, words in label.items()} if tag else label


_RENDERED = {"audio": _("Recording"), "video": _("Film"), "model": _("3D model"), "document": _("Document")}


def address_of(use: Use) -> str:
    """Where everybody may have the file of a use; nothing for what is shown on request alone."""
    return "" if use["restricted"] or use["mime"] not in ENDINGS else file_path(use["asset"], use["mime"])


def _label(use: Use, number: int) -> Text:
    return use["label"] or {"und": str(number)}


def picture(use: Use, number: int, others: Sequence[Picture] = ()) -> Picture:
    """A use of a picture; without a label it is called by its place."""
    return Picture(
        id=use["id"],
        asset=use["asset"],
        width=use["width"],
        height=use["height"],
        label=_label(use, number),
        caption=use["caption"],
        alt=use["alt"],
        restricted=use["restricted"],
        region=_region(use),
        behavior=_BEHAVIORS.get(use["leaf"], ""),
        others=others,
    )


def _region(use: Use) -> str:
    """The region if it lies within the picture: a smaller picture may have taken the place of the one it was written for."""
    try:
        x, y, width, height = (int(number) for number in (use["region"] or "").split(","))
    except ValueError:
        return ""
    fits = width > 0 and height > 0 and x + width <= use["width"] and y + height <= use["height"]
    return f"{x},{y},{width},{height}" if fits and (width, height) != (use["width"], use["height"]) else ""


def chapters(pages: Iterable[tuple[str, Text, int]]) -> list[Chapter]:
    """The table of contents of a book: (canvas, chapter that begins there or nothing, its level from 1) in the order of the pages.

    A page belongs to the innermost chapter that is open. Pages before the first chapter belong to none.
    """
    root: dict[str, Any] = {"level": 0, "pages": [], "inner": []}
    opened = [root]
    for page, title, level in pages:
        if title:
            while opened[-1]["level"] >= max(1, level):
                opened.pop()
            begun = {"level": max(1, level), "id": page, "label": title, "pages": [], "inner": []}
            opened[-1]["inner"].append(begun)
            opened.append(begun)
        if opened[-1] is not root:
            opened[-1]["pages"].append(page)
    return [_chapter(one) for one in root["inner"]]


def _chapter(found: Mapping[str, Any]) -> Chapter:
    return Chapter(found["id"], found["label"], found["pages"], [_chapter(one) for one in found["inner"]])

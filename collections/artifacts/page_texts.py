"""Texts come to pages: taken in with a picture, matched to pictures by file names, read anew, shown to whom the picture is shown."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from artifacts.models import Artifact, ArtifactMedia, TextLayer
from artifacts.portions import UsesOf, portions
from media import ingest, preservation, removal, storage, textlayers
from media.errors import MediaError, RefusedFile
from media.models import Asset
from media.textlayers import TextPage
from records import journal, walking
from records.models import RecordError
from records.prepared import Prepared

SUFFIXES = frozenset({".xml", ".alto", ".hocr", ".html", ".htm", ".xhtml", ".txt"})
# What programs add to a picture's name: 0007_alto.xml, 0007.page.xml, 0007-ocr.txt
_ADDED = re.compile(r"[\s._-]+(?:alto|page|pagexml|hocr|ocr|text|txt|gt)$", re.IGNORECASE)


def looks_like_text(filename: str, head: bytes) -> bool:
    """True for a file that is a page's text and no picture, by its content, or by its name when the content is plain text."""
    if textlayers.kind_of(head) is not None:
        return True
    suffix = PurePath(filename).suffix.lower()
    return suffix == ".txt" or (suffix in SUFFIXES and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"))


def bare_name(filename: str) -> str:
    """A text file's name without its endings and what programs add to it: ``HUE 12_alto.hocr.html`` is ``HUE 12``."""
    stem = PurePath(filename.replace("\\", "/")).stem
    while PurePath(stem).suffix.lower() in SUFFIXES:
        stem = PurePath(stem).stem
    return _ADDED.sub("", stem)


def stem_of(filename: str) -> str:
    """What a page's picture and its text have in common in their names: ``0007_alto.xml`` and ``0007.jpg`` are both ``0007``."""
    return bare_name(filename).casefold()


def page_for(artifact: Artifact, filename: str) -> ArtifactMedia:
    """The picture of the object whose file bears the same name. Raises RecordError with a sentence when there is none, or several."""
    wanted = stem_of(filename)
    pictures = ArtifactMedia.objects.filter(artifact=artifact, asset__kind=Asset.Kind.IMAGE).select_related("asset")
    found = [use for use in pictures if stem_of(use.asset.original_filename) == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise RecordError(
            _("%(n)d pictures of the object are called “%(name)s”: add the text on the page of the right one.")
            % {"n": len(found), "name": wanted}
        )
    raise RecordError(
        _("No picture of the object is called “%(name)s”: send the picture first, or add the text on the picture’s own page.")
        % {"name": wanted}
    )


def take(use: ArtifactMedia, file: Any, filename: str, *, user: Any = None, **fields: Any) -> TextLayer:
    """Take a page's text in; one that the page had before goes, its file is kept for 30 days like every removed one.

    ``file`` is a binary file or an uploaded one; ``fields``: ``publication_class``, ``language`` (None: what the file says; not given: what
    somebody wrote for the text before, else what the file says).
    Raises RefusedFile or StorageUnavailable with a sentence for the curator; then nothing has changed.
    """
    if use.asset.kind != Asset.Kind.IMAGE:
        raise RefusedFile(_("Only pictures have the text of a page."), "no-picture")
    file.seek(0)
    content = file.read(textlayers.LARGEST + 1)
    reading = textlayers.read(content)
    agent = user.get_username() if user is not None else preservation.SYSTEM
    asset = ingest.receive(io.BytesIO(content), filename, agent=agent, recognised=reading.format)
    return _attach(use, asset, reading.page, user, agent, fields)


@transaction.atomic
def _attach(use: ArtifactMedia, asset: Asset, page: TextPage, user: Any, agent: str, fields: dict[str, Any]) -> TextLayer:
    before = TextLayer.objects.select_for_update().filter(use=use).select_related("asset").first()
    if before is not None:
        fields.setdefault("publication_class", before.publication_class)
        if before.language != said(before):
            fields.setdefault("language", before.language)
        old = before.asset
        before.delete()
        removal.remove(old, agent=agent)
    if fields.get("language") is None:
        fields["language"] = page.language or (before.language if before is not None and "language" not in fields else "")
    layer = TextLayer(use=use, asset=asset, **fields)
    _fill(layer, page)
    layer.save()
    log(
        use.artifact,
        "artifacts.text.attach",
        user=user,
        data={"file": asset.original_filename, "picture": use.public_id, "words": layer.words},
    )
    journal.changed("object", use.artifact_id)
    return layer


def said(layer: TextLayer) -> str:
    """The language that the file of a text names, or nothing."""
    return textlayers.decoded(bytes(layer.packed)).language if layer.packed else ""


def _fill(layer: TextLayer, page: TextPage) -> None:
    layer.lines, layer.words = len(page.lines), page.words
    layer.width, layer.height = page.width, page.height
    layer.packed, layer.recipe = textlayers.encoded(page), textlayers.RECIPE
    layer.state, layer.failure = TextLayer.State.READY, ""


@transaction.atomic
def remove(layers: Iterable[TextLayer], *, user: Any = None) -> int:
    """Take texts off their pages; returns how many."""
    agent = user.get_username() if user is not None else preservation.SYSTEM
    count = 0
    for layer in layers:
        artifact, asset = layer.use.artifact, layer.asset
        log(artifact, "artifacts.text.remove", user=user, data={"file": asset.original_filename, "picture": layer.use.public_id})
        layer.delete()
        removal.remove(asset, agent=agent)
        journal.changed("object", artifact.pk)
        count += 1
    return count


@transaction.atomic
def change(layers: Sequence[TextLayer], *, user: Any = None, **fields: Any) -> int:
    """Set language or publication class of texts."""
    if fields.get("publication_class", TextLayer.PublicationClass.STAFF) not in TextLayer.PublicationClass.values:
        raise RecordError(_("“%(class)s” is not a class of publication.") % {"class": fields["publication_class"]})
    for layer in layers:
        for name, value in fields.items():
            setattr(layer, name, value)
        layer.save(update_fields=[*fields, "updated_at"])
        log(layer.use.artifact, "artifacts.text.change", user=user, data={"picture": layer.use.public_id, **fields})
    journal.changed("object", sorted({layer.use.artifact_id for layer in layers}))
    return len(layers)


def outdated() -> QuerySet[TextLayer]:
    """Texts that were read by other rules than today's, or could not be."""
    return TextLayer.objects.exclude(recipe=textlayers.RECIPE, state=TextLayer.State.READY)


def read_again(layer: TextLayer) -> bool:
    """Make the compact form anew from the file; False, with the reason in ``failure``, when that cannot be done."""
    try:
        with storage.local_copy(storage.ORIGINALS, layer.asset.blob.name) as path:
            page = textlayers.read(path.read_bytes()).page
        _fill(layer, page)
    except MediaError as error:
        layer.state, layer.failure, layer.recipe = TextLayer.State.FAILED, str(error), textlayers.RECIPE
    with transaction.atomic():
        layer.save()
        journal.changed("object", layer.use.artifact_id)
    return layer.state == TextLayer.State.READY


# -- reading

_SHOWN = {
    "state": TextLayer.State.READY,
    "use__published": True,
    "use__publication_class": ArtifactMedia.PublicationClass.PUBLIC,
    "use__asset__state": Asset.State.READY,
}


def public() -> QuerySet[TextLayer]:
    """Texts that everybody may read: their picture is seen by everybody, and they are not kept for staff."""
    return TextLayer.objects.filter(
        **_SHOWN,
        publication_class=TextLayer.PublicationClass.PUBLIC,
        use__artifact__is_public=True,
        use__artifact__access_limit=Artifact.Access.OPEN,
    )


def page_of(layer: TextLayer) -> TextPage:
    """The text measured in the pixels of its picture. ``layer.use.asset`` should have been selected with it."""
    page = textlayers.turned(textlayers.decoded(bytes(layer.packed or b"")), (layer.turn + _lies(layer)) % 360)
    asset = layer.use.asset
    fitted = textlayers.scaled(page, asset.width or 0, asset.height or 0) if asset.width and asset.height else page
    return TextPage(fitted.width, fitted.height, fitted.lines, layer.language)


# EXIF: how far the stored pixels are to be turned clockwise until they stand upright
_UPRIGHT = {3: 180, 6: 90, 8: 270}


def _lies(layer: TextLayer) -> int:
    """How far the text still has to be turned: programs that read texts often take a file's pixels as they are stored, and not as the
    file says that they are to be shown. Its page then lies where the picture stands.
    """
    asset = layer.use.asset
    picture = (asset.width or 0, asset.height or 0)
    if not (layer.width and layer.height and all(picture)) or fits(layer.shape, picture) or not fits(layer.shape[::-1], picture):
        return 0
    stored = asset.technical.get("orientation")
    turn = ((_UPRIGHT.get(stored, 0) if isinstance(stored, int) else 0) + asset.turn - layer.turn) % 360
    return turn if turn in {90, 270} else 0


def of_pictures(public_ids: Iterable[str], *, staff: bool = False) -> dict[str, TextLayer]:
    """Readable texts by the public id of their picture's use; for the public only those that everybody may read."""
    layers = TextLayer.objects.filter(state=TextLayer.State.READY) if staff else public()
    found: dict[str, TextLayer] = {}
    for some in portions(public_ids):
        for layer in layers.filter(use__public_id__in=some).select_related("use", "use__asset", "use__artifact", "asset"):
            found[layer.use.public_id] = layer
    return found


def having(uses: Iterable[str] | UsesOf) -> set[str]:
    """Which of these uses (public ids) have a text that everybody may read."""
    return set(formats(uses))


def _formats(layers: QuerySet[TextLayer]) -> QuerySet[Any, Any]:
    return layers.values("use__public_id", "use__artifact__public_id", format=KeyTextTransform("format", "asset__technical"))


_of_book = Prepared(lambda keys: _formats(public().filter(use__artifact__in=keys)))


def formats(uses: Iterable[str] | UsesOf) -> dict[str, tuple[str, str]]:
    """For those of these uses that have a text that everybody may read: public id of the object, and key of the text's format."""
    if isinstance(uses, UsesOf):
        rows = _of_book.tuples([uses.artifact])
    else:
        rows = [tuple(row.values()) for some in portions(uses) for row in _formats(public().filter(use__public_id__in=some))]
    return {use: (artifact, key or "") for use, artifact, key in rows}


_any_of_object = Prepared(lambda public_ids: public().filter(use__artifact__public_id__in=public_ids).values("pk")[:1], of=str)


def has_any(public_id: str) -> bool:
    """Whether a picture of the object of this public id has a text that everybody may read."""
    return bool(_any_of_object([public_id]))


def of_objects(pks: Sequence[int], *, staff: bool = False) -> dict[int, list[TextLayer]]:
    """Readable texts of objects (by key), in the order of their pages."""
    layers = TextLayer.objects.filter(state=TextLayer.State.READY) if staff else public()
    found: dict[int, list[TextLayer]] = defaultdict(list)
    for some in portions(pks):
        # Asked first which there are: most objects have none, and SQLite would look for them among all pictures of the museum.
        there = list(TextLayer.objects.filter(use__artifact__in=some).values_list("pk", flat=True))
        if not there:
            continue
        rows = layers.filter(pk__in=there, use__artifact__in=some).select_related("use", "use__asset")
        for layer in rows.order_by("use__artifact", "use__sort_order", "use__pk"):
            found[layer.use.artifact_id].append(layer)
    return dict(found)


def sentence(layer: TextLayer) -> str:
    """What a curator is told about a page's text."""
    if layer.state == TextLayer.State.FAILED:
        return layer.failure or _("The text could not be read.")
    lines = ngettext("%(n)d line", "%(n)d lines", layer.lines) % {"n": layer.lines}
    words = ngettext("%(n)d word", "%(n)d words", layer.words) % {"n": layer.words}
    told = _("%(format)s: %(lines)s, %(words)s.") % {"format": _format(layer), "lines": lines, "words": words}
    asset = layer.use.asset
    if not layer.width:
        told += " " + _("Without places on the picture: it is read and searched, but not marked on the picture.")
    elif asset.width and asset.height and not fits(layer.shape, (asset.width, asset.height)) and not _lies(layer):
        wide, high = layer.shape
        told += " " + _("Its page has another shape (%(w)d × %(h)d) than the picture: is it the text of another page?") % {
            "w": wide,
            "h": high,
        }
    if layer.publication_class == TextLayer.PublicationClass.STAFF:
        return f"{told} " + _("For staff only.")
    if not layer.use.published or layer.use.publication_class != ArtifactMedia.PublicationClass.PUBLIC:
        return f"{told} " + _("It is public as soon as its picture is.")
    return told


def fits(shape: tuple[int, int], other: tuple[int, int]) -> bool:
    """True when two pages of these sizes have the same shape, but for 3 %."""
    return abs(shape[0] * other[1] / (shape[1] * other[0]) - 1) <= 0.03


def _format(layer: TextLayer) -> str:
    from media.formats import BY_KEY

    found = BY_KEY.get(layer.asset.technical.get("format", ""))
    return found.name if found else _("text")


def all_layers() -> Iterator[TextLayer]:
    """Every text, for commands."""
    return walking.in_portions(
        TextLayer.objects.select_related("use", "use__artifact", "use__asset", "asset", "asset__blob").order_by("pk"), 100
    )

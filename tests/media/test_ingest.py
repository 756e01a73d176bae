"""From an upload to a ready asset: stored once, hashed, recorded, derived; failures are sentences."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, transaction
from django_tasks_db.models import DBTaskResult
from PIL import Image, ImageCms

from media import derive, ingest, limits, status, storage, tasks
from media.errors import RefusedFile, StorageUnavailable
from media.models import AccessCopy, Asset, Blob, PreservationEvent
from media.pyramid.index import TileIndex
from tests.media import files

pytestmark = pytest.mark.django_db

JPEG = files.encoded(files.mosaic(12, 9))


def media_tasks() -> Any:
    """The tasks of this room; Wagtail's migrations leave some of their own."""
    return DBTaskResult.objects.filter(task_path="media.tasks.prepare")


def received(data: bytes, name: str = "picture.jpg", **options: Any) -> Asset:
    return ingest.receive(io.BytesIO(data), name, **options)


def prepared(data: bytes, name: str = "picture.jpg") -> Asset:
    asset = received(data, name)
    derive.prepare(asset.pk)
    asset.refresh_from_db()
    return asset


def pixels_of(asset: Asset) -> np.ndarray:
    """The largest level, joined from its true tiles."""
    index = TileIndex.unpack(asset.access_copy.index)
    canvas = Image.new("RGB", (index.width, index.height))
    level = index.levels[0]
    for row in range(level.rows):
        for column in range(level.columns):
            span = index.span(0, column, row)
            name = derive.pyramid_name(asset.public_id, asset.version)
            canvas.paste(
                Image.open(io.BytesIO(storage.read_range("derivatives", name, span.offset, span.length))), (column * 512, row * 512)
            )
    return np.asarray(canvas).astype(int)


def test_an_original_is_stored_untouched_under_its_checksum_and_write_protected() -> None:
    asset = received(JPEG)
    blob = asset.blob
    assert (blob.sha256, blob.sha512) == (hashlib.sha256(JPEG).hexdigest(), hashlib.sha512(JPEG).hexdigest())
    assert (blob.size, blob.mime, asset.state, asset.tier) == (len(JPEG), "image/jpeg", "waiting", "hidden")
    with storage.local_copy("originals", blob.name) as path:
        assert path.read_bytes() == JPEG
    assert b"".join(storage.chunks("originals", blob.name)) == JPEG


def test_equal_files_share_one_original() -> None:
    first, second = received(JPEG, "a.jpg"), received(JPEG, "b.jpg")
    assert first.blob == second.blob
    assert (Blob.objects.count(), Asset.objects.count()) == (1, 2)


def test_an_asset_and_its_task_are_written_together_or_not_at_all() -> None:
    asset = received(JPEG)
    task = media_tasks().get()
    assert (task.task_path, task.queue_name, task.args_kwargs["args"]) == ("media.tasks.prepare", "media", [asset.pk])
    with pytest.raises(RuntimeError), transaction.atomic():
        received(JPEG + b"another")
        raise RuntimeError
    assert (Asset.objects.count(), media_tasks().count()) == (1, 1)


@pytest.mark.parametrize(
    "wrap", [lambda data, path: path, lambda data, path: str(path), lambda data, path: SimpleUploadedFile("a.jpg", data)]
)
def test_paths_and_uploads_are_taken_alike(tmp_path: Path, wrap: Any) -> None:
    path = files.saved(tmp_path, "a.jpg", JPEG)
    assert ingest.receive(wrap(JPEG, path), "a.jpg").blob.size == len(JPEG)


def test_an_announced_checksum_is_held_against_what_arrived() -> None:
    assert received(JPEG, sha256=hashlib.sha256(JPEG).hexdigest().upper()).pk
    with pytest.raises(RefusedFile) as caught:
        received(JPEG, sha256="0" * 64)
    assert caught.value.code == "checksum"


@pytest.mark.parametrize("data", [b"", files.SVG, files.HTML, files.lying_png(60000, 60000), files.bomb_png(30000)])
def test_a_refused_file_leaves_nothing_behind(data: bytes) -> None:
    with pytest.raises(RefusedFile):
        received(data)
    assert not Asset.objects.exists()
    assert not Blob.objects.exists()
    assert not list(storage.spool().iterdir())


def test_a_file_larger_than_the_cap_is_refused_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.Limits, "bytes", 1000)
    monkeypatch.setattr(limits, "current", lambda: limits.Limits(bytes=1000))
    with pytest.raises(RefusedFile) as caught:
        received(JPEG)
    assert caught.value.code == "too-large"


def test_a_prepared_picture_has_everything_that_a_page_needs() -> None:
    asset = prepared(JPEG)
    assert (asset.state, asset.width, asset.height, asset.progress) == ("ready", 1200, 900, 100)
    assert asset.color.startswith("#")
    assert sum(each["share"] for each in asset.palette) == pytest.approx(1, abs=0.02)
    assert asset.technical["format"] == "jpeg"
    assert len(asset.perceptual_hash) == 16
    copy = asset.access_copy
    assert (
        hashlib.sha256(b"".join(storage.chunks("derivatives", derive.pyramid_name(asset.public_id, asset.version)))).hexdigest()
        == copy.sha256
    )
    assert [event.type for event in PreservationEvent.objects.filter(asset=asset.public_id)] == [
        "message digest calculation",
        "format identification",
        "ingestion",
        "creation",
    ]


def test_preparing_twice_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asset = prepared(JPEG)
    monkeypatch.setattr(derive, "_decode", lambda *args: pytest.fail("decoded again"))
    assert derive.prepare(asset.pk) == "ready"
    assert derive.prepare(10**9) == "removed"


@pytest.mark.parametrize("data, name", [(files.PDF, "a.pdf"), (files.glb(), "a.glb"), (files.WEBVTT, "a.vtt"), (files.mp4(), "a.mp4")])
def test_other_kinds_are_ready_without_a_pyramid(data: bytes, name: str) -> None:
    asset = prepared(data, name)
    assert (asset.state, AccessCopy.objects.count()) == ("ready", 0)
    assert asset.kind in {"document", "model", "video"}


@pytest.mark.one_stack
@pytest.mark.parametrize("orientation", range(1, 9))
def test_all_eight_orientations_stand_upright(orientation: int) -> None:
    upright = files.mosaic(6, 4)
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    stored = Image.fromarray(upright) if undo is None else Image.fromarray(upright).transpose(undo)
    exif = Image.Exif()
    exif[0x0112] = orientation
    asset = prepared(files.encoded(np.asarray(stored), exif=exif))
    assert (asset.width, asset.height) == (600, 400)
    assert np.abs(pixels_of(asset) - upright).mean() < 4


def test_colour_is_brought_to_srgb_and_alpha_laid_over_white() -> None:
    grey16 = files.encoded((np.linspace(0, 65535, 200 * 100).reshape(100, 200)).astype(np.uint16), "PNG")
    asset = prepared(grey16, "grey16.png")
    assert asset.technical["bits"] == 16
    assert abs(pixels_of(asset)[99, 199, 0] - 255) < 4
    cutout = np.zeros((60, 60, 4), np.uint8)
    assert pixels_of(prepared(files.encoded(cutout, "PNG"), "cutout.png")).min() > 250
    cmyk = io.BytesIO()
    Image.new("CMYK", (64, 64), (0, 255, 255, 0)).save(cmyk, "JPEG", quality=95)
    red, green, blue = pixels_of(prepared(cmyk.getvalue(), "cmyk.jpg"))[32, 32]
    assert red > 180 > 120 > max(green, blue)
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert prepared(files.encoded(files.mosaic(2, 2), icc_profile=lab), "tagged.jpg").technical["profile"]


def test_jpeg_2000_and_several_pages(tmp_path: Path) -> None:
    pixels = files.mosaic(7, 5)
    assert np.abs(pixels_of(prepared(files.encoded(pixels, "JPEG2000"), "a.jp2")) - pixels).mean() < 4
    pages = io.BytesIO()
    Image.fromarray(pixels).save(pages, "TIFF", save_all=True, append_images=[Image.new("RGB", (300, 200))] * 2)
    asset = prepared(pages.getvalue(), "pages.tif")
    assert (asset.width, asset.height, asset.technical["pages"]) == (700, 500, 3)
    assert "several pages, of which the first is shown" in status.sentence(asset)


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_a_picture_that_moves_says_that_its_first_is_shown(kind: str) -> None:
    moving = io.BytesIO()
    first, *others = (Image.new("RGB", (300, 200), colour) for colour in ("red", "blue", "green"))
    first.save(moving, kind, save_all=True, append_images=others, duration=100)
    asset = prepared(moving.getvalue(), f"moving.{kind.lower()}")
    assert (asset.state, asset.technical["pages"]) == ("ready", 3)
    assert "the first is shown" in status.sentence(asset)
    still = io.BytesIO()
    Image.new("RGB", (300, 200), "yellow").save(still, kind)
    assert prepared(still.getvalue(), f"still.{kind.lower()}").warning == ""


def test_smaller_copies_in_a_tiff_are_no_pages() -> None:
    import pyvips

    image = pyvips.Image.new_from_memory(files.mosaic(7, 5).tobytes(), 700, 500, 3, "uchar").copy(interpretation="srgb")
    asset = prepared(image.tiffsave_buffer(bigtiff=True, tile=True, pyramid=True, subifd=False, compression="lzw"), "pyramid.tif")
    assert (asset.width, asset.height, asset.technical["pages"], asset.warning) == (700, 500, 1, "")


def test_samples_that_no_colour_space_explains_are_refused() -> None:
    cells = files.mosaic(2, 2)[:, :, :1]
    for kind in (np.int16, np.int32, np.float32):
        asset = prepared(files.tiff(cells.astype(kind), 1), "elevation.tif")
        assert asset.state == Asset.State.FAILED, kind
        assert status.sentence(asset) == derive.NO_COLOURS  # “damaged” would send people to copy it again


def test_embedded_metadata_is_kept_for_staff_and_in_no_derivative() -> None:
    exif = Image.Exif()
    exif[0x010F] = "TestCam"
    exif.get_ifd(0x8825).update({1: "N", 2: (16.0, 28.0, 0.0), 3: "E", 4: (107.0, 34.0, 0.0)})
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>Canary Photographer</rdf:li></rdf:Seq>'
        b"</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    asset = prepared(files.encoded(files.mosaic(), exif=exif, xmp=xmp))
    assert asset.embedded["gps"]["GPSLatitude"] == [16.0, 28.0, 0.0]
    assert asset.embedded["exif"]["Make"] == "TestCam"
    assert asset.embedded["xmp"]["dc:creator"] == "Canary Photographer"
    stored = b"".join(storage.chunks("derivatives", derive.pyramid_name(asset.public_id, asset.version)))
    for trace in (b"TestCam", b"Canary", b"Exif", b"GPS", b"http://ns.adobe.com"):
        assert trace not in stored


def test_a_damaged_picture_fails_with_a_sentence_and_is_not_tried_again() -> None:
    asset = prepared(JPEG[: len(JPEG) // 2])
    assert asset.state == "failed"
    assert status.sentence(asset) == derive.DAMAGED
    assert media_tasks().count() == 1
    event = PreservationEvent.objects.last()
    assert (event.type, event.outcome) == ("validation", "failure")


def test_errors_that_the_decoder_mends_are_a_remark() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (90, 120, 3)).astype(np.uint8).repeat(4, 0).repeat(4, 1)
    data = bytearray(files.encoded(noise, quality=80))
    at = data.index(b"\xff\xda") + 400
    data[at : at + 3] = b"\xff\xd3\x00"  # a restart marker where none belongs
    asset = prepared(bytes(data))
    assert (asset.state, asset.warning) == ("ready", derive.WARNED)
    assert status.sentence(asset).endswith(derive.WARNED)
    assert PreservationEvent.objects.last().outcome == "warning"


def test_an_unreachable_storage_is_tried_again_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    asset = received(JPEG)
    monkeypatch.setattr(storage, "replace", lambda *args: (_ for _ in ()).throw(StorageUnavailable("down")))
    for attempt in range(1, limits.DECODE_ATTEMPTS):
        assert derive.prepare(asset.pk) == "waiting"
        asset.refresh_from_db()
        assert f"attempt {attempt}" in status.sentence(asset)
        assert media_tasks().count() == attempt + 1
    assert derive.prepare(asset.pk) == "failed"
    asset.refresh_from_db()
    assert status.sentence(asset) == derive.NO_STORAGE
    monkeypatch.undo()
    tasks.retry(asset)
    assert derive.prepare(asset.pk) == "ready"


def test_who_sends_a_file_while_the_storage_is_away_reads_a_sentence(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    down = StorageUnavailable('f7/f7714c: Could not connect to the endpoint URL: "http://10.0.0.1:9000/"')
    monkeypatch.setattr(storage, "put_once", lambda *args: (_ for _ in ()).throw(down))
    with pytest.raises(StorageUnavailable) as told:
        received(JPEG)
    assert str(told.value) == "The museum’s storage cannot be reached right now, so the file was not taken. Send it again in a while."
    assert "10.0.0.1" in caplog.text
    assert not Asset.objects.exists()


def test_a_decoder_that_dies_harms_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    asset = received(JPEG)
    monkeypatch.setattr(limits, "DECODE_MEMORY", 60 << 20)
    monkeypatch.setattr(limits, "DECODE_ATTEMPTS", 1)
    assert derive.prepare(asset.pk) == "failed"
    asset.refresh_from_db()
    assert asset.failure in {derive.TOO_MUCH, derive.CRASHED}


def test_a_busy_database_is_no_fault_of_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    asset = received(JPEG)

    def busy(*_: Any) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(derive, "_finish", busy)
        assert derive.prepare(asset.pk) == "waiting"
    assert derive.prepare(asset.pk) == "ready"


def test_a_task_given_up_leaves_a_sentence() -> None:
    asset = received(JPEG)
    Asset.objects.filter(pk=asset.pk).update(state="processing")
    derive.given_up(asset.pk, "WorkerDied")
    asset.refresh_from_db()
    assert (asset.state, asset.failure) == ("failed", derive.CRASHED)


def test_metadata_fits_into_every_database() -> None:
    exif = Image.Exif()
    exif[0x010E] = "a\0b" * 3000
    asset = prepared(files.encoded(files.mosaic(2, 2), exif=exif))
    assert "\0" not in json.dumps(asset.embedded, ensure_ascii=False)
    assert "\\u0000" not in json.dumps(asset.embedded)

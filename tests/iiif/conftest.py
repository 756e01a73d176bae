"""A mosaic whose every cell has a colour of its own, with a real pyramid in the storage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from iiif.image import access, pictures
from media import derive, storage
from media.models import AccessCopy, Asset, Blob
from media.pyramid.build import Built, PyramidBuilder
from tests.media import files

WIDTH, HEIGHT = 1330, 970


def _pour(pixels: np.ndarray) -> Callable[..., None]:
    def pour(rows: int, sink: Callable[[np.ndarray], None]) -> None:
        for top in range(0, len(pixels), rows):
            sink(pixels[top : top + rows])

    return pour


def mosaic_pixels() -> np.ndarray:
    """14 × 10 cells of 100 pixels, cut so that no edge falls on a tile's."""
    return np.ascontiguousarray(files.mosaic(14, 10)[:HEIGHT, :WIDTH])


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[np.ndarray], tuple[Path, Built]]:
    """Pyramids, each built once for the whole run."""
    folder = tmp_path_factory.mktemp("pyramids")
    held: dict[bytes, tuple[Path, Built]] = {}

    def build(pixels: np.ndarray) -> tuple[Path, Built]:
        key = f"{pixels.shape}".encode() + pixels[::50, ::50].tobytes()
        if key not in held:
            path = folder / f"{len(held)}.tif"
            height, width, bands = pixels.shape
            held[key] = path, PyramidBuilder(path, width, height, bands).run(_pour(pixels))
        return held[key]

    return build


@pytest.fixture
def make_picture(db: None, built: Any) -> Iterator[Callable[..., Asset]]:
    """``make_picture(pixels, tier=…)``: a ready asset with its access copy in the storage."""
    pictures.forget()
    access.forget()

    def make(pixels: np.ndarray | None = None, *, tier: str = "public", **values: Any) -> Asset:
        path, made = built(mosaic_pixels() if pixels is None else pixels)
        number = Blob.objects.count() + 1
        blob = Blob.objects.create(sha256=f"{number:064x}", sha512=f"{number:0128x}", size=1, mime="image/png")
        asset = Asset.objects.create(
            blob=blob,
            original_filename="mosaic.png",
            state="ready",
            tier=tier,
            width=made.index.width,
            height=made.index.height,
            version=derive.version_of(Asset(blob=blob)),
            **values,
        )
        storage.replace(storage.DERIVATIVES, derive.pyramid_name(asset.public_id, asset.version), path)
        AccessCopy.objects.create(
            asset=asset, version=asset.version, original=blob.sha256, size=path.stat().st_size, sha256="0" * 64, index=made.index.pack()
        )
        return asset

    yield make
    pictures.forget()
    access.forget()


@pytest.fixture
def picture(make_picture: Callable[..., Asset]) -> Asset:
    """The mosaic, public."""
    return make_picture()


@pytest.fixture
def gate_client() -> Iterator[Callable[..., Any]]:
    """Asks the whole WSGI application, the gate included: ``(path, method, **environ) -> (status, headers, body)``."""
    from wsgiref.util import setup_testing_defaults

    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    from museum.wsgi import application

    # as Django's own test client does: the connection belongs to the test
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)

    def ask(path: str, method: str = "GET", **environ: str) -> tuple[int, dict[str, str], bytes]:
        asked: dict[str, Any] = {"PATH_INFO": path, "REQUEST_METHOD": method, "HTTP_HOST": "localhost", **environ}
        setup_testing_defaults(asked)
        said: dict[str, Any] = {}

        def start(status: str, lines: list[tuple[str, str]], exc_info: Any = None) -> None:
            said.update(status=int(status.split()[0]), headers=dict(lines))

        result = application(asked, start)
        body = b"".join(result)
        if hasattr(result, "close"):
            result.close()
        return said["status"], said["headers"], body

    yield ask
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)

"""Thousands of generated addresses: whatever is asked, the answer has one of the known statuses, and comes in time."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from artifacts.models import ArtifactMedia
from iiif.image import pictures
from iiif.models import PictureRules
from media.models import Asset
from tests.factories import add_picture, make_object

pytestmark = pytest.mark.django_db

STATUSES = {200, 301, 303, 304, 400, 401, 403, 404, 410, 501, 503}
LONGEST = 5.0
COUNT = int(os.environ.get("GENERATED_ADDRESSES") or 20_000)
SEED = 20261128

_NUMBERS = [
    "0",
    "1",
    "7",
    "99",
    "100",
    "512",
    "970",
    "1330",
    "1331",
    "4096",
    "8192",
    "8193",
    "99999",
    "999999999",
    "9" * 30,
    "-1",
    "1.5",
    "1e3",
    ".5",
    "٣",
    "%31",
    " 1",
    "",
]
_REGIONS = [
    "full",
    "square",
    "Full",
    "max",
    "pct:0,0,100,100",
    "pct:0.0001,0,0.01,1",
    "pct:101,0,1,1",
    "pct:-1,0,1,1",
    "0,0,0,0",
    "",
    "..",
    "%2e%2e",
    "full%00",
    "ful\u0323l",
]
_SIZES = [
    "max",
    "full",
    "^max",
    "!200,200",
    "^!3000,3000",
    "pct:50",
    "^pct:200",
    "pct:0",
    "^8192,",
    "^,8193",
    "w,",
    ",",
    "!,",
    "0,0",
    "^3464,3464",
    "^99999,1",
    "^pct:1000",
    "^pct:99999999",
    "^40,8192",
    "^8192,40",
    "^!8192,8192",
    "1,",
    ",1",
]
_ROTATIONS = [
    "0",
    "90",
    "180",
    "270",
    "360",
    "361",
    "22.5",
    "!0",
    "!45",
    "!!0",
    "359.9999999999",
    "99999999999",
    "1" * 40,
    "-90",
    "nan",
    "inf",
    "1e1",
    "0.000001",
    "",
]
_FILES = [
    f"{quality}.{fmt}"
    for quality in ("default", "color", "gray", "bitonal", "native", "")
    for fmt in ("jpg", "png", "webp", "avif", "tif", "gif", "pdf", "jp2", "exe", "")
]


def _generated(ids: list[str], chance: random.Random) -> Iterator[str]:
    def number() -> str:
        return chance.choice(_NUMBERS) if chance.random() < 0.3 else str(chance.randrange(1, 1400))

    while True:
        public_id = chance.choice(ids)
        if chance.random() < 0.3:  # something that can be answered
            x, y, w, h = chance.randrange(300), chance.randrange(200), chance.randrange(50, 1000), chance.randrange(50, 700)
            size = chance.choice(
                ["max", f"{chance.randrange(1, w)},", f"!{chance.randrange(1, 900)},{chance.randrange(1, 900)}", "^pct:150", "^1000,"]
            )
            plain = size.replace("^", "") if not size.startswith("^") else size
            rest = f"{x},{y},{w},{h}/{plain}/{chance.choice(['0', '90', '!180', '33'])}/{chance.choice(['default', 'gray', 'bitonal'])}"
            yield f"/iiif/{3 if '^' in plain else chance.choice('23')}/{public_id}/{rest}.{chance.choice(['jpg', 'jpg', 'jpg', 'png', 'webp', 'avif'])}"
            continue
        region = chance.choice(_REGIONS) if chance.random() < 0.4 else ",".join(number() for _ in range(4))
        if chance.random() < 0.1:
            region = "pct:" + region
        size = (
            chance.choice(_SIZES)
            if chance.random() < 0.4
            else f"{chance.choice(['', '', '', '^', '!', '^!'])}{number()},{number() if chance.random() < 0.6 else ''}"
        )
        rotation = chance.choice(_ROTATIONS) if chance.random() < 0.5 else chance.choice(["0", "90", "180"])
        file = chance.choice(_FILES) if chance.random() < 0.4 else chance.choice(["default.jpg", "default.png", "gray.jpg", "default.webp"])
        path = f"/iiif/{chance.choice('23')}/{public_id}/{region}/{size}/{rotation}/{file}"
        if chance.random() < 0.05:  # one character of it is another
            at = chance.randrange(len(path))
            path = path[:at] + chr(chance.choice([0, 10, 13, 32, 37, 47, 63, 92, 127, 233, 0x202E, 0x1F5BC])) + path[at + 1 :]
        yield path


@pytest.mark.conformance
def test_generated_addresses_answer_with_known_statuses_in_time(
    gate_client: Callable[..., Any], make_picture: Callable[..., Asset]
) -> None:
    _ask(gate_client, make_picture, COUNT)


def test_some_generated_addresses_answer_with_known_statuses_in_time(
    gate_client: Callable[..., Any], make_picture: Callable[..., Asset]
) -> None:
    _ask(gate_client, make_picture, 80)


def _ask(gate_client: Callable[..., Any], make_picture: Callable[..., Asset], count: int) -> None:
    asset, restricted = make_picture(), make_picture()
    artifact = make_object()
    add_picture(artifact, asset=asset)
    narrow = make_picture(np.tile(np.arange(6000, dtype=np.uint8)[:, None, None], (1, 40, 3)))
    flat = make_picture(np.tile(np.arange(9000, dtype=np.uint8)[None, :, None], (7, 1, 3)))
    add_picture(artifact, asset=narrow)
    add_picture(artifact, asset=flat)
    add_picture(artifact, asset=restricted, publication_class=ArtifactMedia.PublicationClass.RESTRICTED)
    PictureRules.objects.create(museum=artifact.museum, small=400)
    pictures.forget()
    hidden = make_picture(tier="hidden").public_id
    ids = (
        [asset.public_id] * 6
        + [narrow.public_id] * 2
        + [flat.public_id, f"{restricted.public_id}-small", restricted.public_id, hidden, "zzzzzzzzzzzz", "x", "a%2Fb", "..", ""]
    )
    chance = random.Random(SEED)
    seen: Counter[int] = Counter()
    slowest: tuple[float, str] = (0.0, "")
    wrong = []
    for path, _number in zip(_generated(ids, chance), range(count), strict=False):
        begun = time.perf_counter()
        # as a WSGI server hands it over: bytes read as Latin-1 (PEP 3333)
        status, headers, _ = gate_client(path.encode().decode("latin-1"), chance.choice(["GET", "GET", "GET", "GET", "HEAD"]))
        took = time.perf_counter() - begun
        slowest = max(slowest, (took, path))
        seen[status] += 1
        if status not in STATUSES or ("Access-Control-Allow-Origin" not in headers and path.startswith(("/iiif/2/", "/iiif/3/"))):
            wrong.append((status, path))
        if restricted.public_id in path and "-small" not in path and status == 200:
            wrong.append((status, path))
    print(f"\n{count} addresses (seed {SEED}): {dict(sorted(seen.items()))}; slowest {slowest[0]:.2f} s: {slowest[1][:120]!r}")
    assert not wrong, wrong[:10]
    assert slowest[0] <= LONGEST, slowest
    assert seen[200] > count // 40
    assert seen[400] > count // 20

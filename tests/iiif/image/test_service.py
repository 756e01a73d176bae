"""The Image API as a client sees it: pixels, statuses, headers."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from iiif.image import pool, views
from iiif.image.errors import BadRequest
from iiif.image.limits import MAX_AREA
from iiif.image.parameters import resolve, turned_area
from media.models import Asset
from tests.iiif.conftest import HEIGHT, WIDTH
from tests.iiif.image.asking import get
from tests.media.files import CELL, cell_colour

pytestmark = pytest.mark.django_db


def opened(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


def close_to(pixel: np.ndarray, colour: tuple[int, int, int], within: int = 12) -> bool:
    return bool(np.abs(pixel - np.array(colour)).max() <= within)


@pytest.mark.parametrize("column, row", [(0, 0), (5, 5), (6, 4), (12, 8), (4, 9)])
def test_a_region_shows_what_lies_there(client: Client, picture: Asset, column: int, row: int) -> None:
    response = get(client, picture, f"{column * CELL},{row * CELL},{CELL},{CELL}/max/0/default.jpg")
    pixels = opened(response.content)
    expected_height = min(CELL, HEIGHT - row * CELL)
    assert pixels.shape[:2] == (expected_height, CELL)
    assert close_to(pixels[expected_height // 2, 50], cell_colour(column, row))


@pytest.mark.parametrize("scale", [1, 2, 4])
def test_every_tile_of_every_level_shows_its_part_of_the_picture(client: Client, picture: Asset, scale: int) -> None:
    step = 512 * scale
    for x in range(0, WIDTH, step):
        for y in range(0, HEIGHT, step):
            w, h = min(step, WIDTH - x), min(step, HEIGHT - y)
            out = -(-w // scale), -(-h // scale)
            response = get(client, picture, f"{x},{y},{w},{h}/{out[0]},{out[1]}/0/default.jpg")
            pixels = opened(response.content)
            assert pixels.shape[:2] == (out[1], out[0])
            for column in range(x // CELL + 1, (x + w) // CELL):
                for row in range(y // CELL + 1, (y + h) // CELL):
                    at = (row * CELL + 50 - y) // scale, (column * CELL + 50 - x) // scale
                    assert close_to(pixels[at], cell_colour(column, row))


@pytest.mark.parametrize(
    "size, expected",
    [
        ("max", (WIDTH, HEIGHT)),
        ("665,", (665, 485)),
        (",485", (665, 485)),
        ("pct:50", (665, 485)),
        ("300,300", (300, 300)),
        ("!400,400", (400, 292)),
        ("!5000,5000", (WIDTH, HEIGHT)),
        ("^2000,", (2000, 1459)),
        ("^!2660,2660", (2660, 1940)),
        ("^pct:150", (1995, 1455)),
        ("1,1", (1, 1)),
        (f"!{'9' * 20},{'9' * 20}", (WIDTH, HEIGHT)),
    ],
)
def test_sizes_of_the_third_version(client: Client, picture: Asset, size: str, expected: tuple[int, int]) -> None:
    response = get(client, picture, f"full/{size}/0/default.jpg")
    assert response.status_code == 200, response.content
    height, width = opened(response.content).shape[:2]
    assert (width, height) == expected


@pytest.mark.parametrize(
    "size, expected", [("full", (WIDTH, HEIGHT)), ("max", (WIDTH, HEIGHT)), ("!100,100", (100, 73)), ("200,", (200, 146))]
)
def test_sizes_of_the_second_version(client: Client, picture: Asset, size: str, expected: tuple[int, int]) -> None:
    height, width = opened(get(client, picture, f"full/{size}/0/default.jpg", version=2).content).shape[:2]
    assert (width, height) == expected


@pytest.mark.parametrize(
    "rest, status",
    [
        ("0,0,0,10/max/0/default.jpg", 400),
        (f"{WIDTH},0,10,10/max/0/default.jpg", 400),
        ("-1,0,10,10/max/0/default.jpg", 400),
        ("pct:0,0,0,50/max/0/default.jpg", 400),
        ("٣,0,10,10/max/0/default.jpg", 400),
        ("full/2000,/0/default.jpg", 400),
        ("full/0,/0/default.jpg", 400),
        ("full/,/0/default.jpg", 400),
        ("full/full/0/default.jpg", 400),
        ("full/^90000,/0/default.jpg", 400),
        ("full/pct:nan/0/default.jpg", 400),
        ("full/pct:101/0/default.jpg", 400),
        ("full/99999999999999999999,/0/default.jpg", 400),
        ("full/max/361/default.jpg", 400),
        ("full/max/!/default.jpg", 400),
        ("full/max/0/native.jpg", 400),
        ("full/max/0/default.xyz", 400),
        ("full/max/0/default.tif", 501),
        ("full/max/0", 400),
        ("full/max/0/default.jpg/more", 400),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(client: Client, picture: Asset, rest: str, status: int) -> None:
    response = get(client, picture, rest)
    assert response.status_code == status
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.content.decode().strip().endswith(".")


_PIECES = st.one_of(
    st.sampled_from(
        [
            "full",
            "square",
            "max",
            "pct:50",
            "pct:10,10,20,20",
            "10,10,200,200",
            "^max",
            "!100,100",
            "90",
            "!0",
            "12.5",
            "default.jpg",
            "gray.png",
            "",
            "..",
        ]
    ),
    st.from_regex(r"\A[\^!]?[0-9]{0,12},[0-9]{0,12}\Z"),
    st.from_regex(r"\A[0-9.,:pct!^%-]{0,30}\Z"),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/?#"), max_size=12),
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(_PIECES, min_size=1, max_size=5), version=st.sampled_from([2, 3]))
def test_no_address_breaks_the_service(client: Client, picture: Asset, parts: list[str], version: int) -> None:
    response = client.get(f"/iiif/{version}/{picture.public_id}/" + "/".join(quote(part, safe="!^,:") for part in parts))
    assert response.status_code in {200, 303, 400, 404, 501}
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_what_holds_a_turned_picture_is_no_larger_than_any_picture() -> None:
    with pytest.raises(BadRequest, match="Turned by 33 degrees"):
        resolve(3, 58, 346, 3, ("full", "^1000,", "33", "default.webp"))
    for size in ("max", "^max"):
        narrow = resolve(3, 20, 8192, 3, ("full", size, "45", "default.png"))
        assert MAX_AREA * 0.9 < turned_area(narrow.width, narrow.height, 45) <= MAX_AREA
        assert resolve(3, 20, 8192, 3, tuple(narrow.canonical.split("/"))).width == narrow.width  # type: ignore[arg-type]
    assert resolve(3, 3000, 4000, 3, ("full", "max", "90", "default.jpg")).height == 4000


def test_rotation_turns_clockwise_and_mirrors_before(client: Client, picture: Asset) -> None:
    upright = opened(get(client, picture, "full/!400,400/0/default.png").content)
    for rest, turned in [
        ("90", np.rot90(upright, -1)),
        ("180", np.rot90(upright, 2)),
        ("270", np.rot90(upright, 1)),
        ("!0", upright[:, ::-1]),
        ("!90", np.rot90(upright[:, ::-1], -1)),
    ]:
        pixels = opened(get(client, picture, f"full/!400,400/{rest}/default.png").content)
        assert np.abs(pixels - turned).mean() < 1, rest


def test_any_other_angle_lies_on_a_transparent_or_white_ground(client: Client, picture: Asset) -> None:
    png = Image.open(io.BytesIO(get(client, picture, "full/200,/30/default.png").content))
    assert png.mode == "RGBA"
    assert png.getpixel((0, 0))[3] == 0
    assert opened(get(client, picture, "full/200,/30/default.jpg").content)[0, 0].min() > 240


def test_gray_and_bitonal_have_no_colour(client: Client, picture: Asset) -> None:
    grey = opened(get(client, picture, "full/400,/0/gray.jpg").content)
    assert (grey.max(axis=2) == grey.min(axis=2)).all()
    two = opened(get(client, picture, "full/400,/0/bitonal.png").content)
    assert set(np.unique(two)) == {0, 255}


@pytest.mark.parametrize("fmt, kind", [("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP"), ("avif", "AVIF")])
def test_every_format_is_what_it_says_and_carries_no_metadata(client: Client, picture: Asset, fmt: str, kind: str) -> None:
    response = get(client, picture, f"100,100,300,300/150,/0/default.{fmt}")
    image = Image.open(io.BytesIO(response.content))
    assert image.format == kind
    assert response.headers["Content-Type"] == Image.MIME[kind]
    assert not image.getexif()
    assert "xmp" not in image.info


@pytest.mark.parametrize(("asked", "said"), [("0.000001", "0.000001"), ("!.50", "!0.5"), ("90.0", "90"), ("360", "0"), ("22.5", "22.5")])
def test_rotations_are_written_without_an_exponent(asked: str, said: str) -> None:
    canonical = resolve(3, 1000, 800, 3, ("full", "max", asked, "default.jpg")).canonical
    assert canonical == f"full/max/{said}/default.jpg"
    assert resolve(3, 1000, 800, 3, ("full", "max", said, "default.jpg")).canonical == canonical


def test_the_canonical_address_answers_the_same_picture(client: Client, picture: Asset) -> None:
    for version, rest in [
        (3, "pct:25,25,50,50/!300,300/90/color.jpg"),
        (2, "pct:25,25,50,50/!300,300/90/color.jpg"),
        (3, "square/pct:20/0/gray.png"),
    ]:
        response = get(client, picture, rest, version=version)
        link = response.headers["Link"].split(">")[0].removeprefix("<")
        again = client.get(link[link.index("/iiif/") :])
        assert again.content == response.content
        assert again.headers["Link"].split(">")[0].removeprefix("<") == link


def test_info_3_names_everything_that_is_offered(client: Client, picture: Asset, settings: Any) -> None:
    response = get(client, picture, "info.json")
    described = response.json()
    assert described["@context"] == "http://iiif.io/api/image/3/context.json"
    assert described["id"] == f"{settings.MUSEUM_ORIGIN}/iiif/3/{picture.public_id}"
    assert (described["type"], described["profile"]) == ("ImageService3", "level2")
    assert (described["width"], described["height"]) == (WIDTH, HEIGHT)
    assert described["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2, 4]}]
    assert described["sizes"] == [{"width": 333, "height": 243}, {"width": 665, "height": 485}, {"width": WIDTH, "height": HEIGHT}]
    for size in described["sizes"]:
        assert get(client, picture, f"full/{size['width']},{size['height']}/0/default.jpg").status_code == 200
    for fmt in described["extraFormats"]:
        assert get(client, picture, f"full/50,/0/default.{fmt}").status_code == 200


def test_info_2_is_a_document_of_its_own(client: Client, picture: Asset) -> None:
    described = get(client, picture, "info.json", version=2).json()
    assert described["@id"].endswith(f"/iiif/2/{picture.public_id}")
    assert described["profile"][0] == "http://iiif.io/api/image/2/level2.json"
    assert "bitonal" in described["profile"][1]["qualities"]


@pytest.mark.parametrize(
    "version, accept, expected",
    [
        (3, "", 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'),
        (3, "*/*", 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'),
        (3, "application/json", "application/json"),
        (2, "", "application/json"),
        (2, "*/*", "application/json"),
        (2, "application/ld+json", "application/ld+json"),
        (3, "application/json, application/ld+json;q=0.2", "application/json"),
        (3, "application/json;q=0.2, application/ld+json", 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'),
        (2, "application/ld+json;q=0, application/json", "application/json"),
        (2, "application/ld+json;q=0", "application/json"),
    ],
)
def test_the_two_versions_default_to_opposite_media_types(client: Client, picture: Asset, version: int, accept: str, expected: str) -> None:
    response = get(client, picture, "info.json", version=version, **({"Accept": accept} if accept else {}))
    assert response.headers["Content-Type"] == expected
    assert response.headers["Vary"] == "Accept"


def test_info_names_every_quality_beside_the_default(client: Client, picture: Asset) -> None:
    """Image API 3.0, 5.7: those that level 2 demands, too."""
    described = get(client, picture, "info.json").json()
    assert described["extraQualities"] == ["color", "gray", "bitonal"]
    for quality in described["extraQualities"]:
        assert get(client, picture, f"full/50,/0/{quality}.jpg").status_code == 200


@pytest.mark.parametrize("region", [f"0,0,{'9' * 20},{'9' * 11}", f"{WIDTH - 1},{HEIGHT - 1},{'9' * 11},5"])
def test_a_region_may_reach_as_far_beyond_the_picture_as_somebody_writes(client: Client, picture: Asset, region: str) -> None:
    response = get(client, picture, f"{region}/max/0/default.png")
    assert response.status_code == 200
    assert opened(response.content).shape[:2] == ((HEIGHT, WIDTH) if region.startswith("0") else (1, 1))


def test_the_base_address_leads_to_info_json(client: Client, picture: Asset, settings: Any) -> None:
    for rest in ("", "/"):
        response = client.get(f"/iiif/3/{picture.public_id}{rest}")
        assert response.status_code == 303
        assert response.headers["Location"] == f"{settings.MUSEUM_ORIGIN}/iiif/3/{picture.public_id}/info.json"
        assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_options_and_head_and_other_methods(client: Client, picture: Asset) -> None:
    address = f"/iiif/3/{picture.public_id}/10,10,600,600/300,/0/default.jpg"
    preflight = client.options(address)
    assert preflight.status_code == 204
    assert "GET" in preflight.headers["Access-Control-Allow-Methods"]
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"] == "image/jpeg"
    assert head.headers.get("Content-Length") != "0"
    assert client.post(address).status_code == 405


def test_a_known_picture_is_not_rendered_again(client: Client, picture: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"/iiif/3/{picture.public_id}/10,10,600,600/301,/0/default.jpg"
    tag = client.get(address).headers["ETag"]
    monkeypatch.setattr(views.CACHE, "get", lambda key: pytest.fail("looked for the pixels"))
    response = client.get(address, headers={"If-None-Match": tag})
    assert (response.status_code, response.content, response.headers["ETag"]) == (304, b"", tag)
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_machine_addresses_speak_no_language(client: Client, picture: Asset) -> None:
    response = client.get(f"/iiif/3/{picture.public_id}/full/100,/0/default.jpg", headers={"Accept-Language": "vi"})
    assert "Vary" not in response.headers
    assert "Content-Language" not in response.headers
    assert "Set-Cookie" not in response.headers


def test_too_much_at_once_is_answered_with_a_time_to_come_back(client: Client, picture: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "POOL", pool.Pool(workers=0 + 1, waiting=-1))
    response = get(client, picture, "7,7,500,500/333,/0/default.jpg")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_a_lost_derivative_is_a_service_failure_and_not_an_error_page(
    client: Client, picture: Asset, caplog: pytest.LogCaptureFixture
) -> None:
    from media import derive, storage

    storage.delete(storage.DERIVATIVES, derive.pyramid_name(picture.public_id, picture.version))
    response = get(client, picture, "0,0,512,512/512,512/0/default.jpg")
    assert response.status_code == 503
    assert picture.public_id in caplog.text

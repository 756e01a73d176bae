"""The demo museum's data and drawings belong together and say what a demonstration needs."""

from __future__ import annotations

import importlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import pyvips
import yaml

from media import ingest, textlayers
from museum.demo import draw, pictures
from museum.demo.drawing import alto, glyphs
from museum.demo.drawing.writing.thousand import THOUSAND

DATA = Path(draw.__file__).parent / "data"


def objects() -> list[dict[str, Any]]:
    return [entry for file in sorted(DATA.glob("objects*.yaml")) for entry in yaml.safe_load(file.read_text(encoding="utf-8"))]


def test_every_picture_of_an_object_has_a_drawing_and_every_drawing_is_shown() -> None:
    wanted = {picture["draw"] for entry in objects() for picture in entry["pictures"]}
    assert {*wanted, pictures.LOGO} == {*draw.PICTURES, *draw.FILES}
    assert set(draw.TEXTS) <= set(draw.PICTURES)


def test_the_demo_museum_is_large_and_varied_enough() -> None:
    found = objects()
    assert len(found) >= 60
    assert len({entry["department"] for entry in found}) == 6
    states = Counter(entry.get("state", "published") for entry in found)
    assert {"draft", "unpublished", "changed", "embargo"} <= set(states)
    assert any(entry.get("part_of") for entry in found)
    assert any(entry.get("care", {}).get("sensitivity") == "sacred" for entry in found)
    assert any(picture.get("class") == "restricted" for entry in found for picture in entry["pictures"])
    assert any(maker.get("qualifier") for entry in found for maker in entry.get("makers", []))
    assert {Path(draw.filename(picture["draw"])).suffix for entry in found for picture in entry["pictures"]} == {".jpg", ".wav", ".glb"}
    assert sum("chapter" in picture for entry in found for picture in entry["pictures"]) >= 5
    assert any("TCN" in event.get("date", "") for entry in found for event in entry["events"])
    assert any("năm thứ" in event.get("date", "") for entry in found for event in entry["events"])


def test_every_object_speaks_vietnamese_and_english() -> None:
    for entry in objects():
        assert {"vi", "en"} <= {title["language"] for title in entry["titles"]}, entry["key"]
        texts = [row["text"] for row in entry["descriptions"]] + [picture["alt"] for picture in entry["pictures"]]
        texts += [row["translation"] for row in entry.get("inscriptions", [])]
        for words in texts:
            assert words["vi"].strip() and words["en"].strip(), entry["key"]


def test_keys_and_accession_numbers_are_used_once() -> None:
    for name in ("key", "number"):
        counted = Counter(entry[name] for entry in objects())
        assert [value for value, count in counted.items() if count > 1] == []


def test_exhibitions_name_objects_that_visitors_can_see() -> None:
    visible = {entry["key"] for entry in objects() if entry.get("state", "published") in ("published", "changed")}
    for exhibition in yaml.safe_load((DATA / "exhibitions.yaml").read_text(encoding="utf-8")):
        for section in exhibition["sections"]:
            named = [section[kind] for kind in ("object", "detail") if kind in section] + section.get("group", [])
            assert set(named) <= visible, exhibition["slug"]


def test_the_primer_holds_a_thousand_characters_none_of_them_twice() -> None:
    assert len(THOUSAND) == len(set(THOUSAND)) == 1000


def test_the_fonts_hold_every_character_of_the_primer() -> None:
    try:
        missing = [sign for sign in THOUSAND if not (glyphs.outline(glyphs.BRUSH, sign) or glyphs.outline(glyphs.PRINT, sign))]
    except glyphs.MissingFont as absent:
        pytest.skip(str(absent))
    assert missing == []


def test_a_picture_is_the_same_each_time_and_wide_enough_to_zoom_into(tmp_path: Path) -> None:
    # in processes of their own, as load_demo has them drawn: this one may have libvips' SVG loader switched off
    first, second = (draw.draw(["sash"], tmp_path / name, processes=1)["sash"] for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()
    assert pyvips.Image.new_from_file(str(first)).width >= 4000


@pytest.mark.parametrize(
    ("key", "language", "phrase"), [("primer-03", "lzh", "天地玄黃"), ("gazette", "vi", "sông"), ("gazette", "fr", "rivière")]
)
def test_what_a_page_says_stands_in_its_text_with_its_place(key: str, language: str, phrase: str) -> None:
    module, function, arguments = draw.TEXTS[key]
    try:
        page = getattr(importlib.import_module(f"{draw.DRAWING}.{module}"), function)(**arguments)
    except glyphs.MissingFont as absent:
        pytest.skip(str(absent))
    read = textlayers.read(alto.alto(page, 4000, round(4000 * page.height / page.width), f"{key}.jpg")).page
    words = [word for line in read.lines for word in line.words]
    assert phrase in {word.text for word in words}
    for block in page.blocks:
        for line in block.lines:
            for word in line:
                left, top, width, height = word.box
                assert left >= 0 and top >= 0 and left + width <= page.width and top + height <= page.height, word
    assert language in {block.language for block in page.blocks}


def test_described_regions_have_places_and_words_in_both_languages() -> None:
    regions = [region for entry in objects() for picture in entry["pictures"] for region in picture.get("regions", [])]
    assert regions
    for region in regions:
        assert set(region["text"]) == {"vi", "en"}
        assert len(region["box"]) == 4 and all(isinstance(one, int) and one >= 0 for one in region["box"])


def test_captions_of_recordings_are_there_in_both_languages() -> None:
    captions = [picture["captions"] for entry in objects() for picture in entry["pictures"] if "captions" in picture]
    assert captions
    for files in captions:
        assert set(files) == {"vi", "en"}
        for name in files.values():
            with (DATA / name).open("rb") as file:
                assert ingest.check_upload(file, (DATA / name).stat().st_size).key == "vtt"


def test_the_sound_and_the_model_are_files_that_the_museum_takes(tmp_path: Path) -> None:
    files = draw.draw(list(draw.FILES), tmp_path, processes=1)
    for key, kind in (("bell-strokes", "audio"), ("dragon-jar-model", "model")):
        with files[key].open("rb") as file:
            assert ingest.check_upload(file, files[key].stat().st_size).kind == kind


def test_an_unknown_drawing_is_named(tmp_path: Path) -> None:
    with pytest.raises(draw.DrawingError, match="no drawing called unicorn"):
        draw.draw(["unicorn"], tmp_path)

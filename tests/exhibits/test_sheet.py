"""The PDF sheet of an object: its words, its picture, its bounds. Made by the real library and read back."""

from __future__ import annotations

import io
import re
import sys
import time
import unicodedata
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from artifacts import publishing
from artifacts.models import Description, Inscription, Right, Title
from exhibits.printing import content, making, typesetter
from iiif.image import pictures as known
from iiif.image.errors import Busy
from iiif.models import PictureRules
from tests import factories
from tests.exhibits import scene
from tests.factories import text

pytestmark = [pytest.mark.django_db]
OPEN = "http://creativecommons.org/publicdomain/zero/1.0/"


@pytest.fixture(autouse=True)
def _nothing_kept(settings: Any) -> None:
    settings.MUSEUM_IMAGE_CACHE_MB = 0


def asked(artifact: Any, language: str = "en", **headers: str) -> Any:
    return Client().get(f"/{language}/objects/{artifact.public_id}/sheet.pdf", headers=headers)


def read(artifact: Any, language: str = "en") -> PdfReader:
    answer = asked(artifact, language)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf", answer.content[:500]
    return PdfReader(io.BytesIO(answer.content))


def words(sheet: PdfReader) -> str:
    found = "\n".join(page.extract_text() for page in sheet.pages).replace("\u200b", "")
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", found))


def pictures(sheet: PdfReader) -> list[tuple[int, int]]:
    return [image.image.size for page in sheet.pages for image in page.images]


def described(*texts: dict[str, Any], **values: Any) -> Any:
    rows = {"descriptions": [Description(kind="comment", text=one) for one in texts], **values.pop("rows", {})}
    return factories.make_object(rows=rows, **values)


def test_it_says_what_the_page_says_in_its_order() -> None:
    scene.site()
    drum = scene.drum()
    sheet = read(drum)
    said = words(sheet)
    order = [
        "Drum of the Perfume River", "香江銅鼓", "bronze, lost-wax casting", f"/o/{drum.public_id}", "BT 1987.12", "height 53 cm", "Fourteen rays.", "Vớt lên.",
        "Inscriptions", "紹治三年", "Thiệu Trị tam niên", "third year of Thiệu Trị", "Details", "Đông Sơn culture", "City of Huế", "Rights",
        "CC0 1.0", "No rights reserved.",
    ]  # fmt: skip
    body = said[said.index("Drum of the Perfume River") :]
    places = [body.index(one) for one in order]
    assert places == sorted(places), dict(zip(order, places, strict=True))
    assert 1 <= len(sheet.pages) <= 2 and f"Page 1 of {len(sheet.pages)}" in said and "Made on" in said
    assert sheet.metadata and sheet.metadata.title == "Drum of the Perfume River"
    root = sheet.trailer["/Root"]
    assert root["/Lang"] == "en" and root["/MarkInfo"]["/Marked"]
    assert pictures(sheet) == [(1200, 900)], "open rights: at its own size"


def test_it_is_in_the_language_of_its_address() -> None:
    sheet = read(scene.drum(), "vi")
    said = words(sheet)
    for one in ("Trống đồng Sông Hương", "Mười bốn tia.", "đồng, đúc khuôn sáp", "Thành phố Huế", "Bản quyền", "Trang 1 trên", "Lập ngày"):
        assert one in said
    assert sheet.trailer["/Root"]["/Lang"] == "vi"
    assert not re.search(r"Permanent|Details|Made on", said)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("lzh", "明命通寶"),
        ("ja", "染付のカタカナ"),
        ("ar", "إبريق خزفي"),
        ("he", "קערת חרס"),
        ("th", "เครื่องสังคโลก"),
        ("km", "ប្រាសាទ"),
        ("lo", "ຫໍພິພິດ"),
        ("cjm", "ꨀꨇꩉ"),
        ("hi", "कांस्य"),
        ("ru", "Бронзовый барабан"),
        ("el", "Χάλκινο τύμπανο"),
    ],
)
def test_every_script_has_its_font_from_what_was_installed(language, written) -> None:
    chosen, missing = typesetter.needed({ord(sign) for sign in written}, making.FONTS)
    assert not missing
    for sign in written.replace(" ", ""):
        known = [TTFont(io.BytesIO(typesetter.unpacked(file.read_bytes(), "S0S"))) for file in chosen]
        known.append(TTFont(making.FONTS / "printed" / "source-serif-4" / "SourceSerif4_400Regular.ttf"))
        assert any(ord(sign) in font.getBestCmap() for font in known), sign
    sheet = read(described(text(written, language)))
    said = words(sheet)
    found = sum(sign in said for sign in set(written))
    assert found >= len(set(written)) * 0.6, said  # marks of some scripts are joined to other signs
    assert "Shown in" in said


def test_arabic_runs_from_the_right() -> None:
    sheet = read(described(text("إبريق خزفي مزخرف", "ar")))
    places: list[float] = []

    def seen(said: str, page: list[float], matrix: list[float], *_: Any) -> None:
        if re.search("[\u0600-\u06ff\ufe70-\ufeff]", said):
            places.append(matrix[4] * page[0] + page[4])

    sheet.pages[0].extract_text(visitor_text=seen)
    assert places and min(places) > 300, "on the right half of the page"


def test_what_looks_like_commands_is_text() -> None:
    written = '*bold* #let x = read("/etc/passwd") $x^2$ <label> @ref // nothing'
    said = words(read(described(text(written), title="#panic() [x]")))
    assert written in said and "#panic() [x]" in said


def test_a_record_without_end_is_cut_and_says_so() -> None:
    long = described(
        *(text("Một bài dài. " * 16_000) for _ in range(3)), text("a" * 5000),
        rows={"inscriptions": [Inscription(original="x" * 900) for _ in range(200)], "rights": [Right(statement=OPEN)]},
    )  # fmt: skip
    begun = time.monotonic()
    sheet = read(long)
    assert time.monotonic() - begun < making.SECONDS
    said = words(sheet)
    assert 3 < len(sheet.pages) < 30 and "This sheet is shortened." in said and f"/o/{long.public_id}" in said
    assert "CC0 1.0" in said, "the rights are always said"
    widest = max(float(page.mediabox.width) for page in sheet.pages)
    assert widest < 600


def test_a_long_text_goes_on_to_the_next_page_uncut() -> None:
    sentences = [f"Sentence number {number} of the history." for number in range(290)]
    sheet = read(described(text(" ".join(sentences))))
    said = words(sheet)
    assert len(sheet.pages) > 1 and "shortened" not in said
    body = re.sub(r"\S+/o/\S+ · Made on .*?Page \d of \d .*?BT [\d.]+ ", "", said)
    assert all(sentence in body for sentence in sentences)


def test_one_picture_of_hundreds_is_printed() -> None:
    book = factories.make_object(public=False)
    scene.picture(book)
    asset = factories.make_asset()
    for _ in range(600):
        factories.add_picture(book, asset=asset)
    factories.publish(book)
    sheet = read(book)
    assert len(pictures(sheet)) == 1 and "1 of 601" in words(sheet)


def test_without_a_picture_it_says_so() -> None:
    sheet = read(factories.make_object())
    assert not pictures(sheet) and "There is no picture of this object yet." in words(sheet)


def test_a_picture_whose_rights_are_not_open_is_no_larger_than_on_a_screen() -> None:
    artifact = factories.make_object(public=False, rows={"rights": [Right(statement="http://rightsstatements.org/vocab/InC/1.0/")]})
    scene.picture(artifact, (2400, 1200))
    factories.publish(artifact)
    sheet = read(artifact)
    assert pictures(sheet) == [(800, 400)] and "In copyright" in words(sheet)


def test_a_picture_that_asks_for_care_is_not_printed() -> None:
    sheet = read(scene.sacred())
    said = words(sheet)
    assert not pictures(sheet)
    assert said.index("With consent.") < said.index("The picture is not printed") and "TK Notice" in said


def test_what_is_only_said_before_a_picture_hides_it_no_more_than_on_the_page() -> None:
    artifact = factories.make_object(public=False, care_warning=factories.text("Below 50 lux."))
    scene.picture(artifact)
    factories.publish(artifact)
    sheet = read(artifact)
    assert pictures(sheet) and "Below 50 lux." in words(sheet)


def test_of_a_restricted_picture_only_the_substitute_is_printed() -> None:
    artifact = factories.make_object(public=False)
    use = scene.picture(artifact, publication_class="restricted")
    factories.publish(artifact)
    sheet = read(artifact)
    assert not pictures(sheet) and use.asset.public_id not in words(sheet)
    PictureRules.objects.create(museum=artifact.museum, small=200)
    known.forget()
    assert pictures(read(artifact)) == [(200, 150)]


def test_what_is_hidden_merged_or_gone_answers_like_its_page() -> None:
    assert asked(factories.make_object(public=False)).status_code == 404
    gone, merged, kept = factories.make_object(), factories.make_object(), factories.make_object()
    publishing.withdraw(gone, "test")
    publishing.merge(merged, kept)
    assert asked(gone).status_code == 410
    answer = asked(merged, "vi")
    assert answer.status_code == 301 and answer["Location"] == f"/vi/objects/{kept.public_id}/sheet.pdf"
    assert Client().post(f"/en/objects/{kept.public_id}/sheet.pdf").status_code == 405


def test_whoever_has_it_or_asks_for_its_headers_does_not_make_it_be_made(monkeypatch) -> None:
    artifact = factories.make_object()
    whole = asked(artifact)
    assert whole["ETag"] == asked(artifact)["ETag"] != asked(artifact, "vi")["ETag"]
    assert "max-age=20" in whole["Cache-Control"] and "public" in whole["Cache-Control"]
    monkeypatch.setattr(making, "pdf", None)
    kept = asked(artifact, if_none_match=whole["ETag"])
    assert kept.status_code == 304 and kept["ETag"] == whole["ETag"] and not kept.content
    head = Client().head(f"/en/objects/{artifact.public_id}/sheet.pdf")
    assert head.status_code == 200 and head["ETag"] == whole["ETag"] and head["Content-Type"] == "application/pdf"
    assert "Content-Length" not in head


def test_the_same_day_s_sheet_is_made_once(settings, monkeypatch) -> None:
    settings.MUSEUM_IMAGE_CACHE_MB = 50
    artifact = factories.make_object()
    whole = asked(artifact).content
    monkeypatch.setattr(making, "_set", None)
    assert asked(artifact).content == whole


def test_when_too_many_are_made_it_asks_to_come_again(monkeypatch) -> None:
    def busy(*_: Any) -> bytes:
        raise Busy

    monkeypatch.setattr(making.POOL, "run", busy)
    answer = asked(factories.make_object())
    assert answer.status_code == 503 and answer["Retry-After"] and answer["Cache-Control"] == "no-store"


def test_one_that_takes_too_long_is_given_up(monkeypatch, tmp_path) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("while True: pass\n")
    monkeypatch.setattr(making, "MAKER", endless)
    monkeypatch.setattr(making, "SECONDS", 1)
    begun = time.monotonic()
    assert asked(factories.make_object()).status_code == 503
    assert time.monotonic() - begun < 15


def test_one_that_takes_too_much_memory_is_given_up(monkeypatch, tmp_path) -> None:
    greedy = tmp_path / "greedy.py"
    greedy.write_text("held = bytearray(8 << 30)\n")
    monkeypatch.setattr(making, "MAKER", greedy)
    with pytest.raises(making.NotMade):
        asked(factories.make_object())


def test_the_library_is_never_loaded_by_the_museum_itself() -> None:
    asked(factories.make_object())
    assert "typst" not in sys.modules


def test_the_page_leads_to_it_and_robots_are_kept_away() -> None:
    artifact = factories.make_object()
    for language in ("en", "vi"):
        page = Client().get(f"/{language}/objects/{artifact.public_id}/", follow=True).content.decode()
        assert f'href="/{language}/objects/{artifact.public_id}/sheet.pdf"' in page
    assert "Disallow: /vi/objects/*/sheet.pdf" in Client().get(reverse("robots")).content.decode()


@pytest.mark.parametrize("name", ["manifest.json", "manifest-v2.json"])
def test_the_manifest_names_it_in_each_language(name) -> None:
    artifact = factories.make_object()
    factories.add_picture(artifact)
    manifest = Client().get(f"/iiif/objects/{artifact.public_id}/{name}").json()
    found = {one.get("id") or one["@id"]: one for one in manifest["rendering"]}
    for language in ("en", "vi"):
        link = next(one for address, one in found.items() if address.endswith(f"/{language}/objects/{artifact.public_id}/sheet.pdf"))
        assert link["format"] == "application/pdf"
        if name == "manifest.json":
            assert link["type"] == "Text" and "language" not in link  # which iiif-prezi3 would drop
            assert link["label"]["en"] == [f"PDF sheet ({'English' if language == 'en' else 'Vietnamese'})"] and link["label"]["vi"]


def test_original_titles_and_long_words_are_fit_to_be_set() -> None:
    artifact = factories.make_object(rows={"titles": [Title(text="Tro\u0302\u0301ng\x07 " + "w" * 300, language="en")]})
    sheet = read(artifact)
    assert "Trống" + "w" * 300 in words(sheet).replace(" ", "")
    assert content.printable("a\x00b\r\n\tc\ud800") == "ab\n c"

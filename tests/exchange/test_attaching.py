"""Pictures find their objects by name or by table, once, and in the order of their pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from artifacts.models import ArtifactMedia, TextLayer
from media.models import Asset
from tests.factories import make_object
from tests.media import pages_of_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(tmp_path):
    shades = iter(range(0, 250, 7))

    def make(name: str) -> Path:
        path = tmp_path / "pictures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (64, 48), (next(shades), 80, 90)).save(path)
        return path

    return make


def attach(*paths: Path, **options) -> None:
    call_command("attach_media", *map(str, paths), **options)


@pytest.mark.parametrize(
    "name",
    [
        "BT 1987.12.jpg",
        "BT 1987.12_01.jpg",
        "BT 1987.12-2.png",
        "BT 1987.12 (3).jpg",
        "bt_1987-12.jpg",
        "BT 1987.12-verso.jpg",
        "BT 1987.12_a.jpg",
    ],
)
def test_a_file_finds_its_object_by_its_name(picture, name):
    artifact = make_object("BT 1987.12")
    make_object("BT 1987.1")
    attach(picture(name))
    use = artifact.media.get()
    assert use.asset.original_filename == name and use.published and use.primary


def test_a_number_that_looks_like_a_view_is_the_number(picture):
    make_object("BT 1987")
    exact = make_object("BT 1987-12")
    attach(picture("BT 1987-12.jpg"))
    assert exact.media.count() == 1


def test_several_views_come_in_the_order_of_their_names(picture):
    artifact = make_object("BT 1987.12")
    for name in ("BT 1987.12_10.jpg", "BT 1987.12_2.jpg", "BT 1987.12_1.jpg"):
        folder = picture(name).parent
    attach(folder)
    assert [use.asset.original_filename for use in artifact.media.all()] == ["BT 1987.12_1.jpg", "BT 1987.12_2.jpg", "BT 1987.12_10.jpg"]
    assert [use.primary for use in artifact.media.all()] == [True, False, False]


def test_a_second_run_attaches_nothing(picture, capsys):
    make_object("BT 1987.12")
    path = picture("BT 1987.12.jpg")
    attach(path)
    attach(path)
    assert ArtifactMedia.objects.count() == Asset.objects.count() == 1
    assert "0 files attached, 1 already there" in capsys.readouterr().out


def test_a_dry_run_attaches_nothing_and_says_what_it_would(picture, capsys):
    make_object("BT 1987.12")
    attach(picture("BT 1987.12.jpg"), dry_run=True)
    assert not Asset.objects.exists() and "1 files would be attached" in capsys.readouterr().out


def test_files_without_an_object_are_listed_and_the_command_fails(picture, capsys):
    artifact = make_object("BT 1987.12")
    folder = picture("BT 1987.12.jpg").parent
    picture("holiday.jpg")
    with pytest.raises(CommandError, match="1 files were left out"):
        attach(folder)
    assert "holiday.jpg: no object has the number or id “holiday”" in capsys.readouterr().out
    assert artifact.media.count() == 1


def test_a_refused_file_is_told_with_its_reason_and_the_others_go_in(picture, capsys):
    artifact = make_object("BT 1987.12")
    folder = picture("BT 1987.12_2.jpg").parent
    (folder / "BT 1987.12_1.jpg").write_bytes(b"<svg onload='x'/>")
    with pytest.raises(CommandError):
        attach(folder)
    assert "refused:" in capsys.readouterr().out
    assert [use.asset.original_filename for use in artifact.media.all()] == ["BT 1987.12_2.jpg"]


def test_a_table_gives_pages_their_order_and_labels(picture, tmp_path):
    artifact = make_object("kant", source="images", source_id="dta_kant")
    table = tmp_path / "table.csv"
    for page in (1, 2, 3):
        folder = picture(f"p/{page}.jpg").parent.parent
    table.write_text(
        "file,record_id,page_no,page_label\np/3.jpg,dta_kant,3,481\np/1.jpg,dta_kant,1,contents 1\np/2.jpg,dta_kant,2,contents 2\n"
    )
    attach(folder, table=table)
    assert [use.label["und"]["text"] for use in artifact.media.all()] == ["contents 1", "contents 2", "481"]


def test_a_file_of_the_table_that_is_not_there_is_told(tmp_path, capsys):
    make_object("BT 1")
    table = tmp_path / "table.csv"
    table.write_text("file,record\nnone.jpg,BT 1\n")
    with pytest.raises(CommandError):
        attach(tmp_path, table=table)
    assert "row 2, none.jpg: there is no such file" in capsys.readouterr().out


def test_a_table_cannot_reach_outside_its_folder(picture, tmp_path):
    artifact = make_object("BT 1")
    folder = picture("inside.jpg").parent
    Image.new("RGB", (8, 8)).save(tmp_path / "outside.jpg")
    table = tmp_path / "table.csv"
    table.write_text("file,record\n../outside.jpg,BT 1\n")
    with pytest.raises(CommandError):
        attach(folder, table=table)
    assert not artifact.media.exists()


def test_a_table_without_the_columns_is_told_which(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("name,object\na.jpg,BT 1\n")
    with pytest.raises(CommandError, match=r"no column “file”\. Its columns are name, object"):
        attach(tmp_path, table=table)


def test_a_picture_of_a_draft_waits_with_it(picture):
    artifact = make_object("BT 1", public=False)
    attach(picture("BT 1.jpg"))
    use = artifact.media.get()
    assert not use.published and use.asset.tier == Asset.Tier.HIDDEN


def test_a_picture_of_a_public_object_is_public_at_once(picture):
    make_object("BT 1")
    attach(picture("BT 1.jpg"))
    assert Asset.objects.get().tier == Asset.Tier.PUBLIC


def test_a_number_that_several_objects_may_mean_is_not_guessed(picture, capsys):
    make_object("BT 1.2")
    make_object("BT 12")
    with pytest.raises(CommandError):
        attach(picture("bt-12.jpg"))
    assert "may be any of 2 objects" in capsys.readouterr().out


def _text(folder: Path, name: str, content: bytes | None = None) -> Path:
    path = folder / "pictures" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content or pages_of_text.alto())
    return path


def test_texts_of_pages_go_to_the_pictures_of_their_names(picture, tmp_path):
    artifact = make_object("BT 1987.12")
    for name in ("BT 1987.12_01.jpg", "BT 1987.12_02.jpg"):
        picture(name)
    _text(tmp_path, "BT 1987.12_02_alto.xml")
    _text(tmp_path, "BT 1987.12_01.txt", pages_of_text.PLAIN.encode())
    _text(tmp_path, "README.txt", b"not a page")
    attach(tmp_path / "pictures")
    attach(tmp_path / "pictures")
    assert {layer.use.asset.original_filename: layer.words for layer in TextLayer.objects.all()} == {
        "BT 1987.12_01.jpg": 5,
        "BT 1987.12_02.jpg": 5,
    }
    assert artifact.media.count() == 2


def test_a_table_may_name_texts_before_their_pictures(picture, tmp_path):
    artifact = make_object("BT 1987.12")
    for name in ("0001.jpg", "0002.jpg"):
        picture(name)
    _text(tmp_path, "text/0002_page.xml", pages_of_text.PAGE.encode())
    _text(tmp_path, "text/other.xml")
    table = tmp_path / "table.csv"
    table.write_text(
        "file,record,page_no\ntext/0002_page.xml,BT 1987.12,\n0001.jpg,BT 1987.12,1\n0002.jpg,BT 1987.12,2\ntext/other.xml,BT 1987.12,1\n"
    )
    attach(tmp_path / "pictures", table=table)
    assert [use.text_layer.asset.original_filename for use in artifact.media.order_by("sort_order")] == ["other.xml", "0002_page.xml"]


def test_a_broken_text_is_refused_with_a_sentence_and_the_others_are_kept(picture, tmp_path, capsys):
    artifact = make_object("BT 1987.12")
    picture("BT 1987.12_01.jpg")
    _text(tmp_path, "BT 1987.12_01.xml", pages_of_text.alto()[:500])
    with pytest.raises(CommandError):
        attach(tmp_path / "pictures")
    assert "malformed in line" in capsys.readouterr().out
    assert artifact.media.count() == 1 and not TextLayer.objects.exists()


def test_a_table_says_where_chapters_begin_and_what_is_no_page(picture, tmp_path):
    artifact = make_object("TB 1")
    for name in ("a.png", "b.png", "c.png"):
        picture(name)
    table = tmp_path / "pictures" / "pages.csv"
    rows = [
        "file,record,page_no,chapter,chapter_level,leaf",
        "a.png,TB 1,1,Quyển một,1,",
        "b.png,TB 1,2,Tiết hai,2,spread",
        "c.png,TB 1,3,,,insert",
    ]
    table.write_text("\n".join(rows), encoding="utf-8")
    attach(tmp_path / "pictures", table=table)
    found = [(use.chapter.get("und", {}).get("text", ""), use.chapter_level, use.leaf) for use in artifact.media.all()]
    assert found == [("Quyển một", 1, ""), ("Tiết hai", 2, "spread"), ("", 1, "insert")]
    table.write_text("file,record,leaf\na.png,TB 1,scroll", encoding="utf-8")
    with pytest.raises(CommandError, match="row 2: “leaf” is page, spread or insert"):
        attach(tmp_path / "pictures", table=table)


def test_a_dry_run_says_what_the_run_will(picture, capsys):
    make_object("BT 1")
    first = picture("BT 1.jpg")
    (first.parent / "BT 1_02.jpg").write_bytes(first.read_bytes())
    (first.parent / "BT 1_03.jpg").write_text("no picture")
    told = []
    for dry_run in (True, False):
        with pytest.raises(CommandError):
            attach(first.parent, dry_run=dry_run)
        told.append(capsys.readouterr().out.replace("would be ", ""))
    assert "1 files attached, 1 already there, 0 without an object, 0 not found, 1 refused" in told[0] and told[0] == told[1]


@pytest.mark.parametrize(("separator", "encoding"), [(";", "utf-8"), ("\t", "utf-16"), (",", "utf-8-sig")])
def test_a_table_of_any_spreadsheet_is_read(picture, tmp_path, separator, encoding):
    artifact = make_object("BT 1")
    picture("trống.jpg")
    table = tmp_path / "table.csv"
    table.write_bytes("file, record,page_no,page_label\ntrống.jpg,BT 1,3,mặt\n".replace(",", separator).encode(encoding))
    attach(tmp_path / "pictures", table=table)
    use = artifact.media.get()
    assert use.sort_order == 3 and use.label["und"]["text"] == "mặt"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "table.csv is empty"),
        ("file,record,page_no\na.jpg,BT 1,third\n", "row 2: the place of a page is a whole number, not “third”"),
        ("file,record\n,BT 1\n", "row 2: the file is not named"),
    ],
)
def test_a_table_that_cannot_be_meant_is_told_with_its_row(tmp_path, content, told):
    table = tmp_path / "table.csv"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=told):
        attach(tmp_path, table=table)

"""Names of files as other systems write them: accents apart, capitals, links, folders, names that no file can have."""

from __future__ import annotations

import unicodedata

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from tests.factories import make_object

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "pictures"
    made.mkdir()
    return made


def picture(path, shade=10):
    Image.new("RGB", (64, 48), (shade, 80, 90)).save(path, format="PNG" if path.suffix.lower() == ".png" else "JPEG")


def attach(folder, **options):
    call_command("attach_media", str(folder), **options)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_that_are_written_apart_are_the_same_name(folder, form):
    artifact = make_object("Đồ gốm 12")
    picture(folder / unicodedata.normalize(form, "Đồ gốm 12.JPG"))
    attach(folder)
    assert artifact.media.count() == 1


@pytest.mark.parametrize("named", ["trống.jpg", "TRỐNG.JPG"])
def test_a_table_finds_a_file_in_other_capitals_or_with_accents_apart(folder, tmp_path, named):
    artifact = make_object("BT 1")
    picture(folder / unicodedata.normalize("NFD", "trống.JPG"))
    table = tmp_path / "table.csv"
    table.write_text(f"FILE,Record ID\n{named},BT 1\n", encoding="utf-8")
    attach(folder, table=table)
    assert artifact.media.count() == 1


def test_two_files_that_differ_in_capitals_are_not_guessed_between(folder, tmp_path, capsys):
    make_object("BT 1")
    picture(folder / "a.jpg")
    picture(folder / "a.JPG", 20)
    table = tmp_path / "table.csv"
    table.write_text("file,record\nA.JPG,BT 1\n")
    with pytest.raises(CommandError):
        attach(folder, table=table)
    assert "row 2, A.JPG: there is no such file" in capsys.readouterr().out


@pytest.mark.parametrize("dry_run", [True, False])
def test_names_that_no_file_can_have_are_told_and_the_others_go_in(folder, tmp_path, capsys, dry_run):
    artifact = make_object("BT 1")
    picture(folder / "good.jpg")
    (folder / "below").mkdir()
    (folder / "gone.jpg").symlink_to(folder / "nowhere.jpg")
    table = tmp_path / "table.csv"
    names = ["a\0b.jpg", "x" * 5000 + ".jpg", "../../../etc/passwd", "/etc/passwd", "below", "gone.jpg", "good.jpg"]
    table.write_text("file,record\n" + "".join(f"{name},BT 1\n" for name in names), encoding="utf-8")
    with pytest.raises(CommandError, match="6 files were left out"):
        attach(folder, table=table, dry_run=dry_run)
    told = capsys.readouterr().out
    assert all(f"row {row}, " in told for row in range(2, 8)) and "below: this is a folder" in told
    assert artifact.media.count() == (0 if dry_run else 1)


def test_a_link_to_nowhere_in_a_folder_is_told(folder, capsys):
    (folder / "BT 1.jpg").symlink_to(folder / "nowhere.jpg")
    with pytest.raises(CommandError):
        attach(folder)
    assert "BT 1.jpg: there is no such file" in capsys.readouterr().out


def test_a_picture_whose_ending_lies_is_taken_for_what_it_is(folder):
    artifact = make_object("BT 1")
    Image.new("RGB", (64, 48)).save(folder / "BT 1.jpg", format="PNG")
    attach(folder)
    assert artifact.media.get().asset.blob.mime == "image/png"


def test_a_row_with_more_cells_than_the_header_is_told(folder, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("file,record\na.jpg,BT 1\nb.jpg,BT 1,verso\n")
    with pytest.raises(CommandError, match="row 3 has more cells than the header"):
        attach(folder, table=table)


def test_a_folder_with_nothing_in_it_is_told(folder):
    with pytest.raises(CommandError, match="nothing to attach"):
        attach(folder)

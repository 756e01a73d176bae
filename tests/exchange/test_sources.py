"""What cannot be imported at all: one clear sentence, before anything is written."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from artifacts.models import Artifact
from exchange.errors import ExchangeError
from exchange.importing import Importer
from exchange.models import ImportJob
from exchange.profile import load
from exchange.sources import inspect
from exchange.unpacking import unpacked
from tests.exchange.conftest import CREATOR, painting, problems, run

HEADER = "file,record_id,title,creator\n"


def refused(path: Path, profile: str = "images", **options: str) -> str:
    with pytest.raises(ExchangeError) as caught:
        inspect(path, load(profile), **options)
    return str(caught.value)


@pytest.fixture
def given(tmp_path):
    def write(content: bytes | str, name: str = "given.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def test_a_file_that_is_not_there(tmp_path):
    assert refused(tmp_path / "none.csv") == f"There is no file {tmp_path}/none.csv. Check the path."


def test_a_folder_and_a_pipe_are_called_what_they_are(tmp_path):
    assert refused(tmp_path) == f"{tmp_path} is a folder. Name the file in it that is to be imported."
    os.mkfifo(tmp_path / "pipe.csv")
    assert "is a pipe or a device" in refused(tmp_path / "pipe.csv")


def test_headings_in_other_capitals_with_blanks_or_marks_are_recognised(given):
    source = inspect(given("\ufeffFile, RECORD ID ,Page-No,\u200bTitle,Page_Label\na.jpg,1,,Drum,\n"), load("images"), "utf-8")
    assert source.header == ["file", "record_id", "page_no", "title", "page_label"]


def test_a_heading_that_might_mean_two_columns_is_left_as_it_is(given):
    assert inspect(given("file,record_id,title,Title\na.jpg,1,Drum,\n"), load("images")).header == ["file", "record_id", "title", "Title"]
    assert "lacks “title”" in refused(given("file,record_id,TITLE,Title\n"))


def test_an_empty_file(given):
    assert refused(given(b"")) == "given.csv is empty. Choose a file with records in it."


def test_wrong_columns_are_named_with_those_that_are_there(given):
    told = refused(given("id,name,year\n1,Drum,300\n"))
    assert "lacks “file”, “record_id”, “title”" in told and "It has “id”, “name”, “year”" in told and "“images”" in told


def test_a_column_that_stands_there_twice(given):
    assert "“title” twice" in refused(given("file,record_id,title,title\na,b,c,d\n"))


def test_two_names_of_one_column(given):
    assert "“number”" in refused(given("accession_number,number,title\nBT 1,BT 2,Drum\n"), "csv")


def test_a_zero_byte_is_told_with_its_line(given):
    assert "zero byte in line 3" in refused(given(HEADER + "a.jpg,1,Drum,\nb.jpg,2,Bo\0wl,\n"))


@pytest.mark.django_db
def test_vietnamese_of_windows_1258_is_read_when_it_is_named_and_suggested_else(given):
    path = given((HEADER + "a.jpg,1,Bi\u0300nh ng\u01b0\u01a1\u0300i,\n").encode("cp1258"))
    assert "windows-1258 for Vietnamese" in inspect(path, load("images")).findings.problems[0].advice
    Importer(load("images"), inspect(path, load("images"), "windows-1258")).run()
    assert Artifact.objects.get().titles.get().text == "Bình người"


def test_a_spreadsheet(given):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "is a spreadsheet or ZIP file" in refused(given(packed.getvalue(), "given.xlsx"))


def test_a_picture(given):
    assert "is not a text file" in refused(given(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"))


def test_a_json_list(given):
    assert "one record per line" in refused(given('[{"record_id": "a"}]'))


def test_a_file_that_was_cut_off(given):
    whole = gzip.compress((HEADER + "a.jpg,1,Drum,\n" * 5000).encode())
    assert refused(given(whole[: len(whole) // 2], "cut.csv.gz")) == (
        "cut.csv.gz ends in the middle of its compressed data: it was cut off. Fetch the file again."
    )


def test_a_file_that_is_damaged(given):
    whole = bytearray(gzip.compress((HEADER + "a.jpg,1,Drum,\n" * 50).encode()))
    whole[-6] ^= 0xFF
    assert "is damaged" in refused(given(bytes(whole), "bad.csv.gz"))


def test_a_damaged_utf8_file_is_not_taken_for_another_encoding(given):
    content = (HEADER + "a.jpg,1,Trống đồng,\nb.jpg,2,Bát sứ,\n").encode()
    told = refused(given(content.replace(b"b.jpg", b"\xff.jpg")))
    assert "UTF-8 but for byte 0xFF in line 3" in told
    assert "UTF-8 but for byte 0xFF in line 2" in refused(given(content.replace(b"a.jpg", b"\xff.jpg")))


def test_names_of_columns_alone_are_no_table(given):
    assert "no record below them" in refused(given(HEADER))
    assert "no record below them" in refused(given("\n\n" + HEADER + "\n \n"))


@pytest.mark.django_db
@pytest.mark.parametrize("before", ["\n\r\n", "sep=,\n", '"sep=,"\r\n'])
def test_what_stands_before_the_names_of_the_columns_is_passed_over_and_rows_keep_their_numbers(given, before):
    outcome = run("images", given(before + HEADER + "a.jpg,1,Drum,\nb.jpg,2\n"), dry_run=True)
    assert outcome.counts["created"] == 1
    assert [(p.code, p.row) for p in outcome.problems if p.severity == "error"] == [("cells", 3 + before.count("\n"))]


@pytest.mark.django_db
def test_a_table_that_ends_within_quotation_marks_is_told_with_its_row(given):
    outcome = run("images", given(HEADER + 'a.jpg,1,Drum,\nb.jpg,2,Bowl,"Somebody who'), dry_run=True)
    assert outcome.counts["created"] == 1
    assert [(p.code, p.row, p.column) for p in outcome.problems if p.severity == "error"] == [("unclosed", 3, "creator")]


def test_an_encoding_that_is_neither(given):
    assert "neither UTF-8 (byte 0x81 in line 2) nor Windows-1252" in refused(given(HEADER.encode() + b"a,1,Dr\x81m,\n"))


def test_an_encoding_nobody_knows(given):
    assert "There is no encoding “klingon”" in refused(given(HEADER + "a,1,b,\n"), encoding="klingon")


def test_a_profile_nobody_knows():
    with pytest.raises(ExchangeError, match=r"There is no profile “louvre”\. Choose one of .*cmoa"):
        load("louvre")


def test_the_command_answers_with_the_sentence_alone(given):
    with pytest.raises(CommandError, match=r"^given.csv is empty. Choose a file with records in it.$"):
        call_command("import_records", "images", str(given(b"")))


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_every_unicode_encoding_is_read(given, encoding):
    content = (HEADER + "a.jpg,1,Trống đồng,\n").encode(encoding)
    run("images", given(codecs.BOM_UTF16_LE + content if encoding == "utf-16-le" else content))
    assert Artifact.objects.get().titles.get().text == "Trống đồng"


@pytest.mark.django_db
def test_windows_1252_is_found_out_and_told(given):
    outcome = run("images", given((HEADER + "a.jpg,1,Crèche – “Noël”,\n").encode("cp1252")))
    assert Artifact.objects.get().titles.get().text == "Crèche – “Noël”"
    told = outcome.job.problems.get(code="read_as")
    assert "byte 0xE8 in line 2" in told.message and "Windows-1252" in told.message


@pytest.mark.django_db
@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_other_delimiters_are_found_out(given, delimiter):
    run("images", given((HEADER + "a.jpg,1,Drum,\n").replace(",", delimiter)))
    assert Artifact.objects.get().accession_number == "1"


@pytest.mark.django_db
def test_a_row_with_too_many_cells_is_refused_and_the_others_are_let_in(given):
    outcome = run("images", given(HEADER + "a,1,Drum,\nb,2,Bowl,with,commas\nc,3,Map\nd,4,Vase,\n"))
    told = list(outcome.job.problems.filter(code="cells").values_list("row", "message"))
    assert [row for row, _ in told] == [3, 4]
    assert told[0][1].startswith("The row has 5 cells, the header 4")
    assert outcome.counts["created"] == 2 and outcome.counts["refused"] == 2


@pytest.mark.django_db
def test_a_line_that_is_no_json_is_refused_and_the_others_are_let_in(lines):
    path = lines(painting(1), painting(2))
    with gzip.open(path, "at", encoding="utf-8") as file:
        file.write('{"title": "cut o\n[1, 2]\n')
    outcome = run("cmoa", path)
    assert outcome.counts["created"] == 2 and problems(outcome)["json"] == 2
    assert list(outcome.job.problems.values_list("row", flat=True)) == [3, 4]


@pytest.mark.django_db
def test_a_column_the_profile_does_not_know_is_kept_and_told(given):
    from exchange.models import Imprint

    outcome = run("images", given(HEADER.strip() + ",shelf\na,1,Drum,,R 12\n"))
    assert outcome.job.problems.get(code="column_unknown").column == "shelf"
    assert Imprint.objects.get().record["shelf"] == "R 12"


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_leaves_no_import_behind(given):
    with pytest.raises(ExchangeError):
        run("images", given("a,b\n1,2\n"))
    assert not ImportJob.objects.exists()


@pytest.mark.parametrize("name", ["cmoa", "wcma", "images"])
def test_every_shipped_profile_can_be_loaded_and_says_why_a_column_is_only_kept(name):
    profile = load(name)
    assert profile.fields and profile.source
    for column, fate in profile.columns.items():
        if fate.startswith(("kept", "ignored")):
            assert len(fate.partition(":")[2].strip()) > 10, column


def test_the_profiles_account_for_every_column_of_their_sources():
    from tests.exchange.conftest import WCMA_COLUMNS

    assert set(WCMA_COLUMNS) <= set(load("wcma").columns)
    cmoa = load("cmoa").columns
    assert (set(painting()) - {"images"}) | {"image_url"} <= set(cmoa)
    assert {f"creator.{name}" for name in CREATOR} <= set(cmoa)


def test_a_packed_file_is_closed_with_what_is_read_from_it(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n"))
    stream, place = unpacked(path)
    assert stream.read() == b"a,b\n"
    stream.close()
    with pytest.raises(ValueError, match="closed"):
        place()

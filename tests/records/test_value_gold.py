"""The benchmark of dates and dimensions, on a small table written for it."""

import csv

import pytest

from benchmarks import value_gold

DATES = [
    ("c. 1911", "1906", "1916", "4", "1"),
    ("Minh Mạng năm thứ 17", "1836", "1836", "3", "1"),
    ("thế kỷ XIX", "1801", "1900", "2", "1"),
    ("late 18th century", "1750", "1799", "2", "1"),
    ("no date", "", "", "2", "1"),
    ("undated", "0", "0", "1", "1"),
    ("500 BC", "-500", "-500", "1", "1"),
    ("1885", "1985", "1985", "1", "1"),  # the table is wrong here, on purpose
    ("19th century", "1863", "1948", "5", "7"),
    ("1955-1957", "1955", "1957", "3", "2"),
]
DIMENSIONS = [
    ("sheet: 29 5/8 x 21 3/4 in. (75.2 x 55.2 cm)image: 25 3/16 x 20 in. (64 x 50.8 cm)", "image", "64", "50.8", "0"),
    ("12 × 8 cm", "Overall", "12", "8", "0"),
    ("12 × 8 cm", "Overall", "8", "12", "0"),  # wrong on purpose
    ("running time: 24 min", "Overall", "0", "0", "0"),
]


@pytest.fixture
def gold(tmp_path):
    folder = tmp_path / "gold"
    folder.mkdir()
    _write(folder / "town_dates.csv", ["date_text", "earliest", "latest", "records", "distinct_ranges_for_this_text"], DATES)
    _write(folder / "town_dimensions.csv", ["dimensions_text", "element_type", "height_cm", "width_cm", "depth_cm"], DIMENSIONS)
    return folder


def _write(path, columns, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([columns, *rows])


def test_records_are_weighed_and_texts_with_several_ranges_stand_apart(gold):
    dates, dimensions = value_gold.scores(gold)
    assert dates.counts == {"right": 15, "wrong": 1, "right apart": 3, "wrong apart": 5}
    assert dimensions.counts == {"right": 3, "wrong": 1}


def test_the_figures_are_printed_and_the_misses_listed(gold, tmp_path, capsys):
    misses = tmp_path / "lists" / "misses.tsv"
    assert value_gold.main(["--folder", str(gold), "--misses", str(misses)]) == 0
    printed = capsys.readouterr().out
    assert "town_dates: 93.8% of 16 records right; texts with several ranges: 37.5% of 8" in printed
    assert "town_dimensions: 75.0% of 4 records right" in printed
    listed = misses.read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[2] for line in listed] == ["1885", "19th century", "12 × 8 cm"]


def test_a_missing_folder_or_table_gets_a_sentence(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("MUSEUM_GOLD", raising=False)
    assert value_gold.main([]) == 0
    assert "MUSEUM_GOLD" in capsys.readouterr().out
    assert value_gold.main(["--folder", str(tmp_path / "nowhere")]) == 2
    assert "There is no folder" in capsys.readouterr().err
    assert value_gold.main(["--folder", str(tmp_path)]) == 2
    assert "holds no table" in capsys.readouterr().err
    (tmp_path / "odd_dates.csv").write_text("when,what\n", encoding="utf-8")
    assert value_gold.main(["--folder", str(tmp_path)]) == 2
    assert "no column “date_text”" in capsys.readouterr().err


def test_the_folder_may_come_from_the_environment(gold, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MUSEUM_GOLD", str(gold))
    assert value_gold.main(["--misses", str(tmp_path / "misses.tsv")]) == 0
    assert "town_dates" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["19th century", "16th c.", "thế kỷ 19", "TK XIX", "XIXe siècle", "19. Jh.", "19世紀", "abad ke-19", "siglo XIX"]
)
def test_words_for_centuries_are_known_in_every_language(text):
    assert value_gold.speaks_of_centuries(text)
    assert not value_gold.speaks_of_centuries("c. 1850")

"""Rows as real museums publish them, with everything that is wrong with them: handled, and said."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from artifacts.models import Artifact
from exchange.models import Imprint
from tests.exchange.conftest import CREATOR, painting, problems, run
from vocabularies.models import Agent, Period, Place, Term

pytestmark = pytest.mark.django_db


def dates(**changes) -> tuple[int | None, int | None]:
    event = Artifact.objects.get().events.get()
    return event.date_earliest, event.date_latest


def test_windows_1252_characters_in_utf_8_are_put_right_and_told(lines):
    outcome = run("cmoa", lines(painting(title="Boys\x92 \x93Club\x94 \x96 1900\x85")))
    assert Artifact.objects.get().titles.get().text == "Boys’ “Club” – 1900…"
    assert problems(outcome)["character_repaired"] == 1


def test_a_control_character_that_stands_for_nothing_is_kept_and_told(lines):
    outcome = run("cmoa", lines(painting(title="Boys\x81")))
    assert Artifact.objects.get().titles.get().text == "Boys\x81"
    assert outcome.job.problems.get(code="unknown_character").advice


def test_what_no_database_can_hold_is_left_out_and_told(lines):
    outcome = run("cmoa", lines(painting(title="A\x00B\ud800C")))
    assert Artifact.objects.get().titles.get().text == "ABC"
    assert problems(outcome)["removed_character"] == 1


def test_text_that_was_encoded_twice_is_shown_with_its_reading_and_kept(lines):
    outcome = run("cmoa", lines(painting(title="CrÃ¨ches de Noël".replace("ë", "Ã«"))))
    assert "Crèches de Noël" in outcome.job.problems.get(code="double_encoding").message
    assert "Ã¨" in Artifact.objects.get().titles.get().text


def test_years_before_christ_are_counted_as_people_do(lines):
    run("cmoa", lines(painting(creation_date="1122 BCE-255 BCE", creation_date_earliest="-1122-01-12", creation_date_latest="-0255-01-05")))
    assert dates() == (-1121, -254)


def test_the_museums_own_years_win_over_the_text(lines):
    run("cmoa", lines(painting(creation_date="19th century", creation_date_earliest="1830-01-01", creation_date_latest="1840-01-01")))
    assert dates() == (1830, 1840)


def test_years_without_a_text_are_taken(lines):
    run("cmoa", lines(painting(creation_date=None)))
    assert dates() == (1887, 1897)


def test_an_earliest_year_after_the_latest_yields_to_the_text_and_is_told(lines):
    outcome = run(
        "cmoa", lines(painting(creation_date="August 1, 1819", creation_date_earliest="1819-01-01", creation_date_latest="1818-01-01"))
    )
    assert dates() == (1819, 1819)
    told = outcome.job.problems.get(code="bounds_inverted")
    assert "1819-01-01" in told.message and "1818-01-01" in told.message and told.column == "creation_date_earliest"


def test_an_earliest_year_after_the_latest_without_a_text_is_exchanged_and_told(lines):
    outcome = run("cmoa", lines(painting(creation_date=None, creation_date_earliest="1932-01-01", creation_date_latest="1912-01-01")))
    assert dates() == (1912, 1932)
    assert problems(outcome)["bounds_inverted"] == 1


def test_a_year_that_is_none_is_told_and_left_out(lines):
    outcome = run("cmoa", lines(painting(creation_date="c. 1892", creation_date_earliest="soon", creation_date_latest="1897-01-01")))
    assert dates() == (None, 1897)
    assert outcome.job.problems.get(code="year_not_understood").value == "soon"


def test_a_size_of_zero_is_unknown(lines):
    run("cmoa", lines(painting(item_width=0.0, item_height=0.0, item_depth=0.0)))
    assert not Artifact.objects.get().measurements.exists()


def test_a_record_without_a_title_is_let_in_and_told(lines):
    outcome = run("cmoa", lines(painting(title=None)))
    assert Artifact.objects.get().is_public and not Artifact.objects.get().titles.exists()
    assert problems(outcome)["title_missing"] == 1


def test_a_title_longer_than_its_field_is_cut_and_kept_whole_with_the_import(lines):
    title = "A" * 1200
    outcome = run("cmoa", lines(painting(title=title)))
    assert len(Artifact.objects.get().titles.get().text) == 1000
    assert Imprint.objects.get().record["title"] == title and problems(outcome)["too_long"] == 1


def test_line_breaks_of_a_provenance_stay(lines):
    run("cmoa", lines(painting(provenance_text="One;\r\ntwo.\n\nNOTES: 1. Three.")))
    assert Artifact.objects.get().provenance.get().text["en"]["text"] == "One;\ntwo.\n\nNOTES: 1. Three."


def test_capitals_do_not_make_another_term(lines):
    run(
        "cmoa",
        lines(painting(1, classification="Mixed Media"), painting(2, classification="mixed media"), painting(3, classification="prints")),
    )
    assert sorted(str(term) for term in Term.objects.filter(vocabulary__code="classification")) == ["Mixed media", "Prints"]


def test_a_place_with_a_space_before_it_is_the_same_place(lines):
    other = {**CREATOR, "artist_id": "other", "birth_place": "Dorchester, Massachusetts"}
    run("cmoa", lines(painting(creator=[CREATOR, other])))
    assert Place.objects.count() == 1


def test_a_role_says_how_sure_the_attribution_is(lines):
    roles = ["possibly by", "attributed to", "architects", "attributed designer", "publisher?", "Printmaker", "formerly attributed to"]
    run("cmoa", lines(painting(creator=[{**CREATOR, "artist_id": role, "role": role} for role in roles])))
    makers = Artifact.objects.get().makers.all()
    assert [(str(maker.role or ""), maker.qualifier, maker.certainty) for maker in makers] == [
        ("", "", "possible"),
        ("", "attributed", ""),
        ("architect", "", ""),
        ("designer", "attributed", ""),
        ("publisher", "", "possible"),
        ("printmaker", "", ""),
        ("", "formerly", ""),
    ]


def test_an_unknown_maker_gives_the_production_its_culture(lines):
    run("cmoa", lines(painting(creator=[{**CREATOR, "full_name": "unknown Chinese", "cited_name": None, "nationality": "Chinese"}])))
    assert Agent.objects.get().kind == "unknown" and str(Artifact.objects.get().events.get().culture) == "Chinese"


def test_two_nationalities_keep_the_first_and_the_words(lines):
    outcome = run("cmoa", lines(painting(creator=[{**CREATOR, "nationality": "French | Swiss"}])))
    agent = Agent.objects.get()
    assert str(agent.nationality) == "French" and agent.staff_note == "French | Swiss"
    assert problems(outcome)["several_nationalities"] == 1


def test_a_gallery_is_shown_and_not_on_view_says_nothing(lines):
    run("cmoa", lines(painting(physical_location="Not on View")))
    assert Artifact.objects.get().gallery == {}


CSV_COLUMNS = [*[name for name in painting() if name not in ("images", "creator")], "image_url", *CREATOR]


def delimited(path: Path, *records: dict[str, str]) -> Path:
    """The same data as the museum's CSV, where several values share a cell."""
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, CSV_COLUMNS)
        table.writeheader()
        for record in records:
            images, creators = record["images"] or [], record["creator"]
            cells = {name: value for name, value in record.items() if name not in ("images", "creator")}
            cells["image_url"] = "|".join(image["image_url"] for image in images)
            cells |= {name: "|".join(str(creator[name] or "") for creator in creators) for name in CREATOR}
            table.writerow(cells)
    return path


def test_the_csv_and_the_json_of_the_same_data_are_the_same_import(lines, tmp_path):
    two = [CREATOR, {**CREATOR, "artist_id": "starck", "full_name": "Philippe Starck", "role": "designer"}]
    records = [painting(1, creator=two), painting(2, title=None), painting(3, item_depth=2.5)]
    run("cmoa", lines(*records))
    outcome = run("cmoa", delimited(tmp_path / "same.csv.gz", *records))
    assert outcome.counts["unchanged"] == 3


def test_a_separator_inside_a_title_is_kept_whole_and_told(tmp_path):
    outcome = run("cmoa", delimited(tmp_path / "pipes.csv.gz", painting(title="ERO|S| Chair")))
    assert Artifact.objects.get().titles.get().text == "ERO|S| Chair"
    assert outcome.job.problems.get(code="separator_in_value").column == "title"


def test_lists_that_do_not_correspond_are_left_out_and_told(tmp_path):
    creators = [
        {**CREATOR, "nationality": "Austrian"},
        {**CREATOR, "artist_id": "b", "full_name": "Wegelin", "nationality": "French | Swiss"},
    ]
    outcome = run("cmoa", delimited(tmp_path / "lists.csv.gz", painting(creator=creators)))
    told = outcome.job.problems.get(code="list_lengths")
    assert (told.column, told.value) == ("nationality", "Austrian|French | Swiss")
    assert [agent.nationality for agent in Agent.objects.all()] == [None, None]
    assert Artifact.objects.get().makers.count() == 2


# --- WCMA -----------------------------------------------------------------------------------------------------------


def test_a_culture_in_the_makers_column_is_the_culture_of_the_production(wcma):
    run("wcma", wcma({"maker": "Egyptian"}))
    artifact = Artifact.objects.get()
    assert str(artifact.events.get().culture) == "Egyptian" and not artifact.makers.exists()
    assert artifact.makers_display["en"]["text"] == "Egyptian"


def test_a_doubtful_culture_is_possible(wcma):
    run("wcma", wcma({"maker": "Greek?"}))
    event = Artifact.objects.get().events.get()
    assert (str(event.culture), event.certainty) == ("Greek", "possible")


@pytest.mark.parametrize("written", ["Anonymous (Italian)", "Unknown, Italian", "Italian, anonymous"])
def test_an_anonymous_maker_is_no_person_but_an_origin(wcma, written):
    run("wcma", wcma({"maker": written}))
    assert not Agent.objects.exists() and str(Artifact.objects.get().events.get().culture) == "Italian"


def test_a_place_in_the_makers_column_is_the_place_of_the_production(wcma):
    run("wcma", wcma({"maker": "Toledo, Spain"}))
    assert str(Artifact.objects.get().events.get().place) == "Toledo, Spain" and not Agent.objects.exists()


def test_an_attribution_in_the_makers_name_is_no_part_of_the_name(wcma):
    run("wcma", wcma({"maker": "attributed to O. J. Larssen"}, {"maker": "O. J. Larssen"}, {"maker": "Pierre Puget (?)"}))
    makers = [artifact.makers.get() for artifact in Artifact.objects.order_by("source_id")]
    assert [(str(maker.agent), maker.qualifier, maker.certainty) for maker in makers] == [
        ("O. J. Larssen", "attributed", ""),
        ("O. J. Larssen", "", ""),
        ("Pierre Puget", "", "possible"),
    ]
    assert makers[0].agent_id == makers[1].agent_id and makers[0].name_as_written == "attributed to O. J. Larssen"


def test_an_id_in_ulan_with_a_space_before_it_is_linked(wcma):
    run("wcma", wcma({"ULAN": " 500026650"}))
    assert Agent.objects.get().links.get().uri == "http://vocab.getty.edu/ulan/500026650"


def test_one_id_for_two_names_is_linked_once_and_told(wcma):
    outcome = run(
        "wcma",
        wcma(
            {"ULAN": "500009511"},
            {"maker": "Charles Prendergast", "ULAN": "500009511"},
            {"maker": "Charles Prendergast", "ULAN": "500009511"},
        ),
    )
    assert [agent.links.count() for agent in Agent.objects.order_by("pk")] == [1, 0]
    assert outcome.job.problems.filter(code="shared_link").count() == 1
    assert "Thomas Nast" in outcome.job.problems.get(code="shared_link").message


@pytest.mark.parametrize("written", [" Spencer Moore [ [UL", "N 500093370", "61775"])
def test_what_is_no_id_in_ulan_is_told(wcma, written):
    outcome = run("wcma", wcma({"ULAN": written}))
    assert problems(outcome)["odd_link"] == 1 and not Agent.objects.get().links.exists()


def test_no_date_and_two_zeros_are_an_unknown_date(wcma):
    run("wcma", wcma({"creation_date": "no date", "creation_date_earliest": "0", "creation_date_latest": "0"}))
    assert dates() == (None, None) and Artifact.objects.get().events.get().date_text == "no date"


def test_a_zero_beside_a_real_year_before_christ_is_the_last_one(wcma):
    run("wcma", wcma({"creation_date": "3rd-1st century BC", "creation_date_earliest": "-300", "creation_date_latest": "0"}))
    assert dates() == (-299, 0)


def test_a_text_of_several_elements_gives_each_its_sizes(wcma):
    run(
        "wcma",
        wcma(
            {
                "dimensions": "sheet: 29 5/8 x 21 3/4 in. (75.2 x 55.2 cm)image: 25 3/16 x 20 in. (64 x 50.8 cm)",
                "element_type": "image",
                "width_cm": "50.8",
                "height_cm": "64",
                "depth_cm": "0",
            }
        ),
    )
    sizes = [(row.part, row.kind, float(row.value), row.unit) for row in Artifact.objects.get().measurements.all()]
    assert ("image", "height", 64.0, "cm") in sizes and ("sheet", "width", 55.2, "cm") in sizes
    assert Artifact.objects.get().measurements_display["en"]["text"].startswith("sheet: 29 5/8")


def test_columns_that_contradict_the_text_are_told_and_the_text_is_taken(wcma):
    outcome = run(
        "wcma",
        wcma(
            {"dimensions": "Overall: 51.2 x 73.5 cm", "element_type": "Overall", "width_cm": "51.2", "height_cm": "73.5", "depth_cm": "0"}
        ),
    )
    sizes = {row.kind: float(row.value) for row in Artifact.objects.get().measurements.all()}
    assert sizes == {"height": 51.2, "width": 73.5}
    told = outcome.job.problems.get(code="measurements_differ")
    assert "height 51.2" in told.message and "height 73.5" in told.message


def test_columns_are_taken_where_there_is_no_text(wcma):
    run("wcma", wcma({"width_cm": "50.8", "height_cm": "64", "depth_cm": "0"}))
    assert {row.kind: float(row.value) for row in Artifact.objects.get().measurements.all()} == {"height": 64.0, "width": 50.8}


def test_several_object_names_and_materials_in_a_cell_are_several(wcma):
    run("wcma", wcma({"object_name": "scarab | amulet", "medium": "cotton? | silk"}))
    artifact = Artifact.objects.get()
    assert [str(name.term) for name in artifact.object_names.filter(role="name")] == ["scarab", "amulet"]
    assert [(str(use.term), use.certainty) for use in artifact.materials.all()] == [("cotton", "possible"), ("silk", "")]


def test_a_pipe_in_a_title_is_part_of_it(wcma):
    run("wcma", wcma({"title": "But it doesn't mean anything| Mike & Ike - They Look Alike"}))
    assert Artifact.objects.get().titles.get().text == "But it doesn't mean anything| Mike & Ike - They Look Alike"


def test_a_doubtful_period_is_possible(wcma):
    run("wcma", wcma({"period": "Roman Imperial Period (?)"}, {"period": "Roman Imperial Period."}))
    assert str(Period.objects.get()) == "Roman Imperial Period"


def test_no_inscription_is_no_inscription(wcma):
    run("wcma", wcma({"inscription": "no inscription"}, {"inscription": "l.r. in pencil: Kitaj 2/70"}))
    assert [artifact.inscriptions.count() for artifact in Artifact.objects.order_by("source_id")] == [0, 1]


def test_an_accession_number_of_two_digits_says_nothing_of_the_year(wcma):
    run("wcma", wcma({"accession_number": "96.1", "accession_date": "1896-01-01"}, {"accession_number": "96.2"}))
    assert list(Artifact.objects.order_by("accession_number").values_list("acquired_year", flat=True)) == [1896, None]


# --- the manifest of pictures ---------------------------------------------------------------------------------------


def test_lines_of_one_record_are_one_object(tmp_path):
    path = tmp_path / "manifest.csv"
    header = "file,record_id,page_no,page_label,institution,institution_object_id,title,long_title,creator,date_text,rights_work,rights_statement_uri\n"
    line = "p/{0}.jpg,kant,{0},p. {0},Deutsches Textarchiv,16167,Was ist Aufklärung?,,Immanuel Kant (1724–1804),1784,public domain,https://creativecommons.org/publicdomain/mark/1.0/\n"
    path.write_text(header + line.format(1) + line.format(2) + line.format(3), encoding="utf-8")
    outcome = run("images", path)
    artifact = Artifact.objects.get()
    assert outcome.counts["created"] == 1 and artifact.accession_number == "kant"
    assert Imprint.objects.get().record["page_label"] == ["p. 1", "p. 2", "p. 3"]
    assert {right.statement for right in artifact.rights.all()} == {"http://creativecommons.org/publicdomain/mark/1.0/"}
    assert str(artifact.custodian) == "Deutsches Textarchiv"


def test_lines_of_one_record_that_disagree_are_told(tmp_path):
    path = tmp_path / "manifest.csv"
    path.write_text("file,record_id,title\na,kant,Was ist Aufklärung?\nb,kant,Aufklärung\n", encoding="utf-8")
    told = run("images", path).job.problems.get(code="lines_disagree")
    assert (told.row, told.column, told.value) == (2, "title", "Aufklärung") and "Row 3" in told.message

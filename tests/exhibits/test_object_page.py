"""What an object's page says, in which language, and what it keeps back."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from artifacts.models import CareNotice, Description, Event, Inscription, Maker, MeasurementRow, ProvenanceStep, Relation, Right, Title
from exhibits import citing, object_page, words
from records.projection import preview_of, view_of
from tests import factories

pytestmark = pytest.mark.django_db


def page_of(artifact: Any, language: str = "en", query: str = "") -> str:
    return (
        Client().get(f"/{language}/objects/{artifact.public_id}/", follow=True).content.decode()
        if not query
        else Client().get(f"/{language}/objects/{artifact.public_id}/{view_of('object', artifact.pk)['slug']}/{query}").content.decode()
    )


def test_the_title_is_in_the_visitor_s_language_beside_the_original() -> None:
    titles = [
        Title(text="Drum of the Perfume River", language="en"),
        Title(text="香江銅鼓", language="lzh", kind="original", preferred=False),
    ]
    artifact = factories.make_object(title="Trống đồng Sông Hương", rows={"titles": titles})
    english = page_of(artifact)
    assert re.search(r"<h1>Drum of the Perfume River</h1>", english)
    assert '<p class="original-title" lang="lzh" dir="ltr">香江銅鼓</p>' in english
    assert re.search(r"<h1>Trống đồng Sông Hương</h1>", page_of(artifact, "vi"))


def test_a_text_in_another_language_says_so_and_carries_its_language() -> None:
    artifact = factories.make_object(rows={"descriptions": [Description(text=factories.text("Mười bốn tia sáng", "vi"))]})
    english = page_of(artifact)
    assert '<div class="prose lead" lang="vi" dir="ltr">' in english
    assert "Shown in Vietnamese" in english
    vietnamese = page_of(artifact, "vi")
    text = vietnamese[vietnamese.index('<div class="object-text">') : vietnamese.index('<div class="tools">')]
    assert '<div class="prose lead">' in text
    assert "Hiển thị bằng" not in text


def test_an_attribution_is_written_in_words() -> None:
    maker = Maker(agent=factories.make_agent("Lê Thị B"), qualifier="attributed", certainty="possible")
    artifact = factories.make_object(rows={"makers": [maker]})
    assert re.search(r"attributed to\s+<a[^>]+><span lang=\"vi\" dir=\"ltr\">Lê Thị B</span>", page_of(artifact))
    assert re.search(r"được cho là của\s+<a[^>]+>Lê Thị B</a>", page_of(artifact, "vi"))


def test_a_rejected_or_superseded_statement_is_told_as_former_and_never_as_a_fact() -> None:
    former = Maker(agent=factories.make_agent("Trần Văn C"), superseded=True, source_note="Catalogue of 1935")
    artifact = factories.make_object(rows={"makers": [former]})
    body = page_of(artifact)
    known = body[body.index('class="known"') :]
    assert "Trần Văn C" not in body[: body.index('class="known"')]
    assert "Catalogue of 1935" in known and "no longer held" in known


def test_a_date_keeps_the_cataloguer_s_words_and_adds_the_years() -> None:
    event = Event(date_text="Minh Mạng năm thứ 17", date_earliest=1836, date_latest=1836)
    artifact = factories.make_object(rows={"events": [event]})
    assert re.search(r"Minh Mạng năm thứ 17 <span class=\"quiet\">\(1836\)</span>", page_of(artifact))
    with override("vi"):
        assert words.date({"text": "400-200 BC", "display": {"vi": "400–200 TCN"}, "earliest": -399, "latest": -199}).text == "400–200 TCN"


def test_measurements_are_written_in_the_visitor_s_numbers() -> None:
    artifact = factories.make_object(rows={"measurements": [MeasurementRow(kind="height", value="53.5000", unit="cm")]})
    assert "height 53.5\xa0cm" in page_of(artifact)
    assert "cao 53,5\xa0cm" in page_of(artifact, "vi")


def test_inches_are_written_as_people_write_them_with_centimetres_behind() -> None:
    rows = [
        MeasurementRow(kind="height", value="12", unit="[in_i]"),
        MeasurementRow(kind="width", value="11.5", upper_value="12", unit="[in_i]", qualifier="approximate"),
        MeasurementRow(kind="other", value="3", unit="cm", part="lid"),
        MeasurementRow(kind="count", value="4", unit=""),
    ]
    artifact = factories.make_object(rows={"measurements": rows})
    said = "height 12\xa0in (30.5\xa0cm); width c. 11.5–12\xa0in (29.2–30.5\xa0cm); count 4"
    page = page_of(artifact)
    assert said in page
    assert "3\xa0cm" in page and "other 3" not in page and "in_i" not in page
    assert "cao 12\xa0in (30,5\xa0cm); rộng khoảng 11,5–12\xa0in" in page_of(artifact, "vi")


def test_an_inscription_shows_its_versions_side_by_side_each_in_its_language() -> None:
    inscription = Inscription(
        language="lzh", original="紹治三年", reading="Thiệu Trị tam niên", translation=factories.text("third year of Thiệu Trị")
    )
    body = page_of(factories.make_object(rows={"inscriptions": [inscription]}))
    assert '<dd lang="lzh" dir="ltr"><p>紹治三年</p></dd>' in body
    assert '<dd lang="vi" dir="ltr"><p>Thiệu Trị tam niên</p></dd>' in body
    assert "<dd><p>third year of Thiệu Trị</p></dd>" in body


def test_a_restricted_picture_is_explained_and_its_address_is_nowhere() -> None:
    artifact = factories.make_object()
    use = factories.add_picture(artifact, publication_class="restricted")
    body = page_of(artifact)
    assert "The museum shows it on request" in body
    assert use.asset.public_id not in body
    assert "og:image" not in body


def test_an_object_without_pictures_says_so_quietly() -> None:
    body = page_of(factories.make_object(title="Chiếc nghiên"))
    assert "There is no picture of this object yet." in body
    assert "data-open-viewer" not in body


def test_a_care_warning_comes_before_the_picture_and_veils_it() -> None:
    notice = CareNotice(label=factories.text("TK Notice"), uri="https://localcontexts.org/notice/tk-notice/")
    artifact = factories.make_object(
        sensitivity="sacred", care_warning=factories.text("Only with consent."), rows={"care_notices": [notice]}
    )
    factories.add_picture(artifact)
    body = page_of(artifact)
    assert body.index("Only with consent.") < body.index('<details class="veil">') < body.index("stage-picture")
    assert "og:image" not in body


def test_a_book_of_600_pages_shows_60_thumbnails_that_load_when_they_are_seen() -> None:
    artifact = factories.make_object()
    asset = factories.make_asset()
    from artifacts.models import ArtifactMedia

    uses = ArtifactMedia.objects.bulk_create(
        ArtifactMedia(artifact=artifact, asset=asset, sort_order=n, published=True) for n in range(600)
    )
    body = page_of(artifact, query=f"?view={uses[300].public_id}")
    strip = body[body.index('class="views"') : body.index("data-views")]
    assert strip.count("<img") == strip.count('loading="lazy"') == object_page.STRIP
    assert "301 of 600" in body
    (book,) = json.loads(re.search(r"data-views>(.*?)</script>", body)[1])["books"]  # type: ignore[index]
    assert len(book["views"]) == 600
    assert f"view={uses[270 - 1].public_id}" in body  # earlier ones are a link away


def test_a_view_that_is_chosen_is_the_one_shown() -> None:
    artifact = factories.make_object()
    first, second = factories.add_picture(artifact, primary=True), factories.add_picture(artifact)
    body = page_of(artifact, query=f"?view={second.public_id}")
    figure = body[body.index("stage-figure") : body.index("stage-bar")]
    assert second.asset.public_id in figure and first.asset.public_id not in figure


def test_rights_are_said_in_plain_words_and_limit_the_download() -> None:
    closed = factories.make_object(rows={"rights": [Right(statement="http://rightsstatements.org/vocab/InC/1.0/")]})
    opened = factories.make_object(rows={"rights": [Right(statement="http://creativecommons.org/publicdomain/zero/1.0/")]})
    for artifact in (closed, opened):
        factories.add_picture(artifact)
    assert "ask the holder of the rights" in page_of(closed)
    downloads = re.findall(r"download=\"[^\"]+-(\d+)\.jpg\"", page_of(closed))
    assert downloads == ["800"]
    assert re.findall(r"download=\"[^\"]+-(\d+)\.jpg\"", page_of(opened)) == ["800", "1600", "3200", "4000"]


def test_a_hidden_companion_is_not_mentioned() -> None:
    hidden = factories.make_object("XX 1", title="Vật bí mật", public=False)
    shown = factories.make_object("XX 2", title="Vật công khai")
    artifact = factories.make_object(rows={"relations": [Relation(kind="pair", other=hidden), Relation(kind="pair", other=shown)]})
    body = page_of(artifact)
    assert "Vật công khai" in body
    assert "Vật bí mật" not in body and hidden.public_id not in body


def test_provenance_names_its_gaps() -> None:
    steps = [ProvenanceStep(date_text="1843", text=factories.text("Given to the temple.")), ProvenanceStep(gap=True)]
    body = page_of(factories.make_object(rows={"provenance": steps}))
    assert "Given to the temple." in body
    assert "Nothing is known of this time." in body


def test_markup_in_a_record_stays_text_everywhere() -> None:
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    artifact = factories.make_object(title=evil, rows={"descriptions": [Description(text=factories.text(evil))]})
    factories.add_picture(artifact, label=factories.text(evil))
    body = page_of(artifact)
    assert "<script>alert" not in body
    assert "<img src=x" not in body
    structured = re.search(r'<script type="application/ld\+json">(.*?)</script>', body)
    assert json.loads(structured[1])["name"] == evil  # type: ignore[index]


def test_pages_carry_no_inline_script_and_no_event_handler() -> None:
    artifact = factories.make_object()
    factories.add_picture(artifact)
    body = page_of(artifact)
    for script in re.findall(r"<script([^>]*)>", body):
        assert "src=" in script or "json" in script
    assert not re.search(r"\son[a-z]+=", body)


def test_the_preview_of_a_draft_is_the_same_page_with_a_banner() -> None:
    from django.template.loader import render_to_string
    from django.test import RequestFactory

    artifact = factories.make_object(title="Bản thảo", public=False)
    artifact.credit_line = factories.text("Not saved yet")
    with override("en"):
        context = {"object": preview_of("object", artifact), "preview": True, "request": RequestFactory().get("/")}
        body = render_to_string("exhibits/object.html", context, request=context["request"])
    assert "Preview: this is how the page will look" in body
    assert "Bản thảo" in body and "Not saved yet" in body


def test_citations_leave_out_what_nobody_knows() -> None:
    artifact = factories.make_object("BT 7", title="Ấm_trà {100%}", rows={"makers": [Maker(agent=factories.make_agent("Cao Bá D"))]})
    with override("vi"):
        found = dict(citing.citations(view_of("object", artifact.pk) or {}))
    link = f"http://localhost:8000/o/{artifact.public_id}"
    assert found["APA"].startswith("Cao Bá D (n.d.). Ấm_trà {100%}. ") and found["APA"].endswith(link)
    assert found["MLA"].startswith("Cao Bá D. Ấm_trà {100%}. ")
    assert "year" not in found["BibTeX"]
    assert r"title = {{Ấm\_trà \{100\%\}}}" in found["BibTeX"]


@pytest.mark.parametrize(
    ("event", "year"),
    [
        (Event(date_text="Minh Mạng năm thứ 17", date_earliest=1836, date_latest=1836), "1836"),
        (Event(date_text="1836?", date_earliest=1836, date_latest=1836, date_uncertain=True), "1836?"),
        (Event(date_text="thế kỷ XIX", date_earliest=1801, date_latest=1900), "thế kỷ XIX"),
    ],
)
def test_a_sure_year_is_cited_as_a_number_and_other_dates_as_they_are_worded(event: Event, year: str) -> None:
    artifact = factories.make_object("BT 8", title="Ấm", rows={"makers": [Maker(agent=factories.make_agent("Cao"))], "events": [event]})
    with override("vi"):
        found = dict(citing.citations(view_of("object", artifact.pk) or {}))
    assert f"({year})" in found["APA"]
    assert f"year = {{{year}}}" in found["BibTeX"]


def test_the_views_of_a_book_lie_as_it_is_read() -> None:
    for direction, marked in (("right-to-left", True), ("", False)):
        artifact = factories.make_object(public=False, viewing_direction=direction)
        for label in ("1", "2"):
            factories.add_picture(artifact, label=factories.text(label))
        factories.publish(artifact)
        assert ('<nav class="views" dir="rtl"' in page_of(artifact)) is marked

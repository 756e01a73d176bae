"""LIDO of records of which little is known, and of odd ones."""

from __future__ import annotations

import pytest
from lxml import etree

from artifacts.models import Identifier, Maker, ObjectType, Title
from exchange.lido.rights import label
from tests import factories
from tests.exchange.lido_schema import LIDO, XML_LANG
from tests.exchange.test_lido import _N, _T, about, in_languages, said, written

pytestmark = pytest.mark.one_stack


def test_of_an_object_of_which_nothing_is_known_the_mandatory_elements_are_there(db) -> None:
    artifact = factories.make_object(record_level="lot")
    artifact.titles.all().delete()
    artifact.save()
    root = written(artifact)
    assert in_languages(root, "l:objectWorkType/l:term") == {"en": "object of a type not recorded", "vi": "hiện vật chưa ghi loại hình"}
    assert in_languages(root, "l:titleSet/l:appellationValue") == {"zxx": artifact.accession_number}
    assert about(root, "l:recordType") == [f"{_T}00453"] and root.find(".//l:eventWrap", _N) is None
    assert root.find(".//l:resourceWrap", _N) is None
    artifact.object_type = ObjectType.objects.create(code="drum-type", label=factories.text("Drum"))
    artifact.save()
    assert said(written(artifact), "l:objectWorkType/l:term") == ["Drum"]


def test_a_museum_that_is_not_public_is_not_named(db) -> None:
    museum = factories.make_museum(label=factories.text("Canary house"), is_public=False)
    artifact = factories.make_object(department=factories.make_department(museum=museum), status="deaccessioned")
    root = written(artifact)
    assert "Canary" not in etree.tostring(root, encoding="unicode")
    assert [one.get(f"{{{LIDO}}}type") for one in root.iterfind(".//l:repositorySet", _N)] == [f"{_T}00476"]


def test_makers_without_a_date_stand_in_a_production(db) -> None:
    artifact = factories.make_object(rows={"makers": [Maker(agent=factories.make_agent("Nguyễn Văn B"))]})
    assert about(written(artifact), "l:event/l:eventType") == [f"{_T}00007"]


def test_what_is_borrowed_has_not_changed_its_owner(db) -> None:
    mine, borrowed = (
        factories.make_object(acquired_text="before 1990", acquired_year=1990, status=status) for status in ("accessioned", "loan")
    )
    assert (
        said(written(mine), "l:roleActor/l:term") == ["new owner", "chủ sở hữu mới"] and said(written(borrowed), "l:roleActor/l:term") == []
    )
    year = written(mine).find(".//l:eventDate/l:date/l:earliestDate", _N)
    assert year is not None and year.text == "1990" and year.get(f"{{{LIDO}}}type") is None


def test_signs_that_xml_has_no_room_for_break_nothing(db) -> None:
    awkward = "a\x0bb & <c> ]]> \ufffe\U0001f941"
    artifact = factories.make_object(
        title=awkward, rows={"titles": [Title(text="x", language="not a tag!")], "identifiers": [Identifier(value='"\x1f', kind="other")]}
    )
    root = written(artifact)
    assert said(root, "l:titleSet/l:appellationValue")[0] == "a\ufffdb & <c> ]]> \ufffd\U0001f941"
    assert root.find(f".//l:appellationValue[@{XML_LANG}='und']", _N) is not None


def test_licences_are_called_by_their_names() -> None:
    assert label("http://creativecommons.org/publicdomain/zero/1.0/") == "CC0 1.0"
    assert label("http://creativecommons.org/publicdomain/mark/1.0/") == "Public Domain Mark 1.0"
    assert label("http://rightsstatements.org/vocab/InC-EDU/1.0/") == "InC-EDU 1.0"
    assert label("https://museum.example/terms") == "https://museum.example/terms"

"""The curators' language, the same in both engines: fields, ranges, wildcards, presence, logic, and what a reader may not ask."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from search import spans
from search.columns import Columns, scaled
from search.documents import FACETS, FacetValue, Text
from search.language import QueryError, Reader, compile_tree, read
from search.language.comparing import Asked
from search.language.compiling import scope_of
from search.requests import FacetRequest, SearchRequest
from tests.search.conformance.corpus import make

TODAY = date(2026, 11, 28)
STAFF = Reader()
REGISTRAR = Reader(groups=("p", "s", "r_registrar"))

# id | title | material | years | height in cm | state | changed on | department
ROWS = """
drum | Bronze drum with birds | bronze,metal | -300..-200 | 53.2 | live,public | 2026-11-27 | metal
bell | Chuông đồng chùa Thiên Mụ | bronze,metal | 1710..1710 | 250 | live,changed | 2026-11-20 | metal
bowl | Blue-and-white bowl | porcelain,ceramic | 1802..1820 | 7.5 | draft,no_picture | 2026-10-01 | ceramics
dish | Blue dish (broken) | porcelain,ceramic | 1836..1836 | 3 | draft | 2025-12-31 | ceramics
jar | Jar | stoneware,ceramic | 1400..1500 | 31 | live,rights_missing | 2026-11-28 | ceramics
robe | Áo long bào thêu rồng | silk | 1850..1900 | | live,translation_stale | 2026-11-02 | textiles
scroll | 神奈川沖浪裏 | paper | | | draft,failed_picture | 2024-02-29 | textiles
"""


def documents() -> list[Any]:
    found = []
    for line in ROWS.strip().splitlines():
        ident, title, materials, years, height, states, changed, department = (part.strip() for part in line.split("|"))
        told = Columns()
        told.texts["titles.text"].append(title)
        told.texts["materials:material.term"] += materials.split(",")
        told.values["materials:material.term"].add(f"{materials.split(',')[0]:x<12}")
        told.values["state"] |= set(states.split(","))
        told.values["status"].add("accessioned" if ident != "jar" else "deposit")
        told.values["locked"].add("yes" if ident == "bell" else "no")
        told.numbers["changed"].add(date.fromisoformat(changed).toordinal())
        told.numbers["pictures"].add(0 if "no_picture" in states else scaled(2))
        if height:
            told.numbers["extent.height"].add(scaled(float(height)))
        if ident in {"drum", "bell"}:
            told.values["changed_by"].add("user:7" if ident == "drum" else "user:8")
            told.texts["changed_by"].append("Lê Thị Hoa" if ident == "drum" else "Trần Văn Nam")
            told.values["reviewer"].add("team:Senior curators" if ident == "drum" else "team:Senior")
            told.texts["reviewer"].append("Senior curators" if ident == "drum" else "Senior")
        if ident == "robe":
            told.tokens |= spans.told("provenance.years", 1933, 1934) | spans.told("provenance.years", 2001, 2001)
            told.also.add("provenance.years")
        if ident == "drum":
            told.tokens |= spans.told("provenance.years", -12_345, 687)
            told.also.add("provenance.years")
        columns = {"s": told}
        if years:
            told.also.add("date")
        if ident in {"drum", "bowl"}:
            price = Columns()
            price.numbers["provenance.price_amount"].add(scaled(1200 if ident == "drum" else 90))
            price.texts["rights.restrictions"].append("never to leave zyzzyva")
            columns["r_registrar"] = price
        low, _, high = years.partition("..")
        document = make(
            ident,
            title=[Text(title)],
            numbers=[f"HUE 2026.{len(found) + 1}"],
            years=(int(low), int(high)) if low else None,
            facets={"department": [FacetValue(department, {"en": department})], "type": [FacetValue(ident, {"en": ident})]},
        )
        document.columns = columns
        found.append(document)
    return found


@pytest.fixture(scope="module")
def staffed(shared):
    result = shared.index_documents("curatorial", documents())
    assert not result.failed
    shared.refresh("curatorial")
    return shared


def request(query: str, reader: Reader = STAFF, **parts: Any) -> SearchRequest:
    node = compile_tree(read(query), Asked(reader, TODAY))
    return SearchRequest(**{"groups": reader.groups, "node": node, "scope": scope_of(reader), "limit": 100, **parts})


def ids(engine: Any, query: str, reader: Reader = STAFF, **parts: Any) -> set[str]:
    return {hit.id.partition(":")[2] for hit in engine.search("curatorial", request(query, reader, **parts)).hits}


EVERY = {"drum", "bell", "bowl", "dish", "jar", "robe", "scroll"}
CASES = {
    # nothing, words, phrases
    "": EVERY,
    "blue": {"bowl", "dish"},
    "blue & dish": {"dish"},
    "blue … -broken": {"bowl"},
    "! title:blue": {"bowl", "dish"},
    "chuong dong": {"bell"},
    '"blue dish"': {"dish"},
    '"dish blue"': set(),
    "blue -broken": {"bowl"},
    "HUE-2026-3": {"bowl"},
    # fields
    "title:blue": {"bowl", "dish"},
    'reviewer:"Senior curators"': {"drum"},
    "title:BLUE": {"bowl", "dish"},
    'title:"blue dish"': {"dish"},
    'title:"dish blue"': set(),
    "title:chuông": {"bell"},
    "nhan_đề:chuong": {"bell"},
    "TITLE:blue": {"bowl", "dish"},
    "material:ceramic": {"bowl", "dish", "jar"},
    "chất_liệu:ceramic": {"bowl", "dish", "jar"},
    "chat-lieu:bronze": {"drum", "bell"},
    "material:silkxxxxxxxx": {"robe"},
    "title:silk": set(),
    "title:神奈川": {"scroll"},
    "title:=jar": {"jar"},
    "title:=blue": set(),
    'title:="blue dish broken"': {"dish"},
    "title:Blue-and-white": {"bowl"},
    # wildcards
    "title:b*": {"drum", "bowl", "dish", "robe"},
    "title:*owl": {"bowl"},
    "title:b?rds": {"drum"},
    "title:*ro*e*": {"drum", "dish"},
    "title:ch*g": {"bell"},
    "wh*te": {"bowl"},
    r"title:b\*": set(),
    "number:HUE*": EVERY,
    "number:2026.3": {"bowl"},
    "number:=hue2026.3": {"bowl"},
    "number:2026": EVERY,
    # codes, flags, states
    "status:deposit": {"jar"},
    'status:"on deposit"': {"jar"},
    "state:draft": {"bowl", "dish", "scroll"},
    "is:no_picture": {"bowl"},
    'state:"no picture"': {"bowl"},
    "state:(draft OR changed)": {"bowl", "dish", "scroll", "bell"},
    "state:failed_picture": {"scroll"},
    "state:rights-missing": {"jar"},
    "state:translation_stale": {"robe"},
    "locked:yes": {"bell"},
    "locked:không": EVERY - {"bell"},
    # there, or missing
    "date:*": EVERY - {"scroll"},
    "-date:*": {"scroll"},
    "height:*": EVERY - {"robe", "scroll"},
    "NOT height:*": {"robe", "scroll"},
    "-height:* -date:*": {"scroll"},
    "provenance_date:*": {"robe", "drum"},
    # years
    "date:1836": {"dish"},
    "date:>=1836": {"dish", "robe"},
    "date:<0": {"drum"},
    "date:[1800 TO 1850]": {"bowl", "dish", "robe"},
    "date:[* TO 1500]": {"drum", "jar"},
    "date:[1821 TO *]": {"dish", "robe"},
    "date:[* TO *]": EVERY - {"scroll"},
    "date:18??": {"bowl", "dish", "robe"},
    'date:"300 BC"': {"drum"},
    'date:"Minh Mạng 17"': {"dish"},
    "date:>1836": {"robe"},
    "date:[-250 TO -240]": {"drum"},
    "provenance_date:[1933 TO 1945]": {"robe"},
    "provenance_date:[1940 TO 1990]": set(),
    "provenance_date:683": {"drum"},
    "provenance_date:688": set(),
    "provenance_date:-12345": {"drum"},
    "provenance_date:-12346": set(),
    "provenance_date:<-12345": set(),
    "provenance_date:<=0": {"drum"},
    "provenance_date:>687": {"robe"},
    "provenance_date:[* TO 2001]": {"robe", "drum"},
    "-provenance_date:>687": EVERY - {"robe"},
    # numbers and extents
    "height:>50": {"drum", "bell"},
    "height:>=250": {"bell"},
    "height:<10": {"bowl", "dish"},
    "height:7.5": {"bowl"},
    "height:[3 TO 31]": {"bowl", "dish", "jar"},
    "height:>1m": {"bell"},
    "height:<40mm": {"dish"},
    "cao:>1m": {"bell"},
    "pictures:0": {"bowl"},
    "pictures:>=2": EVERY - {"bowl"},
    # days
    "changed:today": {"jar"},
    "changed:hôm_qua": {"drum"},
    "changed:7d": {"drum", "jar"},
    "changed:this_month": {"drum", "bell", "jar", "robe"},
    "changed:last_year": {"dish"},
    "changed:2026-10": {"bowl"},
    "changed:29.2.2024": {"scroll"},
    "changed:<2026": {"dish", "scroll"},
    "changed:>=-8d": {"drum", "bell", "jar"},
    "changed:[2025-12-31 TO 2026-10-01]": {"bowl", "dish"},
    # people
    "changed_by:hoa": {"drum"},
    "changed_by:*": {"drum", "bell"},
    # logic
    "blue OR drum": {"bowl", "dish", "drum"},
    "blue AND broken": {"dish"},
    "blue HOẶC drum": {"bowl", "dish", "drum"},
    "material:ceramic -(blue OR jar)": set(),
    "material:ceramic NOT (state:draft)": {"jar"},
    "(title:blue OR title:jar) height:>5": {"bowl", "jar"},
    "title:blue OR title:jar height:>5": {"bowl", "dish", "jar"},
    "-material:ceramic": {"drum", "bell", "robe", "scroll"},
    "-(-title:blue)": {"bowl", "dish"},
    "-blue": EVERY - {"bowl", "dish"},
    "title:(blue AND broken)": {"dish"},
    "or": set(),
    "title:OR": set(),
}


@pytest.mark.parametrize(("team", "found"), [("Senior curators", {"drum"}), ("Senior", {"bell"}), ("curators", set())])
def test_a_team_is_one_value_whatever_white_space_is_in_its_name(staffed, team, found):
    assert ids(staffed, "reviewer:me", Reader(user=99, teams=(team,))) == found


@pytest.mark.parametrize("query", CASES)
def test_a_query_finds(staffed, query):
    assert ids(staffed, query) == CASES[query]


def test_me_is_whoever_asks(staffed):
    assert ids(staffed, "changed_by:me", Reader(user=7)) == {"drum"}
    assert ids(staffed, "changed_by:tôi", Reader(user=8)) == {"bell"}
    assert ids(staffed, "changed_by:me", Reader(user=9)) == set()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("price:>1000", {"drum"}),
        ("giá:*", {"drum", "bowl"}),
        ("restrictions:zyzzyva", {"drum", "bowl"}),
        ("provenance.price_amount:90", {"bowl"}),
    ],
)
def test_restricted_fields_are_asked_by_their_roles_alone(staffed, query, found):
    assert ids(staffed, query, REGISTRAR) == found
    for reader in (STAFF, Reader(groups=("p", "s", "r_conservator"))):
        with pytest.raises(QueryError) as refused:
            ids(staffed, query, reader)
        with pytest.raises(QueryError) as unknown:
            ids(staffed, "nonsense:" + query.partition(":")[2], reader)
        # the very sentence that a name has which nobody ever gave
        assert refused.value.reason.replace(query.partition(":")[0], "nonsense").partition(" Did")[0] == unknown.value.reason


def test_another_departments_objects_are_neither_found_nor_counted(staffed):
    reader = Reader(departments=("ceramics",))
    result = staffed.search("curatorial", request("", reader, facets=tuple(FacetRequest(name, 50) for name in FACETS)))
    assert {hit.id for hit in result.hits} == {"object:bowl", "object:dish", "object:jar"}
    assert [(bucket.id, bucket.count) for bucket in result.facets["department"].buckets] == [("ceramics", 3)]
    chosen = staffed.search(
        "curatorial",
        request("", reader, filters={"department": ("metal",)}, facets=(FacetRequest("department", 50), FacetRequest("type", 50))),
    )
    assert chosen.total == 0
    assert sum(bucket.count for facet in chosen.facets.values() for bucket in facet.buckets) == 3
    assert not staffed.search("curatorial", request("", Reader(departments=()))).total


def test_numbers_of_another_department_are_told_as_not_found(staffed):
    result = staffed.search("curatorial", request("", Reader(departments=("ceramics",)), numbers=("HUE 2026.1", "HUE 2026.3")))
    assert result.not_found == ("HUE 2026.1",)


def test_every_hit_of_a_query_is_iterated_once(staffed):
    found = [hit.id for hit in staffed.iterate("curatorial", request("material:ceramic"), display=False)]
    assert found == ["object:bowl", "object:dish", "object:jar"]


def test_facets_and_histogram_count_what_the_query_finds(staffed):
    result = staffed.search("curatorial", request("state:draft", facets=(FacetRequest("department", 10),), histogram=True))
    assert {bucket.id: bucket.count for bucket in result.facets["department"].buckets} == {"ceramics": 2, "textiles": 1}
    assert sum(bar.count for bar in result.histogram[:1]) >= 1


def test_words_of_a_query_are_marked(staffed):
    from search.language.compiling import text_query, words_of

    tree = read("material:ceramic blue -broken")
    made = request("material:ceramic blue -broken")
    asked = SearchRequest(groups=made.groups, node=made.node, marked=text_query(words_of(tree)), limit=10)
    hit = staffed.search("curatorial", asked).hits[0]
    assert [one.html for one in hit.highlights if one.field == "title"] == ["<mark>Blue</mark>-and-white bowl"]

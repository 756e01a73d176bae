"""Texts of pages: found by words, phrases and scripts without spaces, within their object, and kept out of everything that is shown."""

from __future__ import annotations

import pytest

from media.textlayers import Line, TextPage, Word
from search.documents import PAGE_FIELD, Document, Text
from search.queries import parse
from search.requests import SearchRequest
from search.texts.flat import flattened, matches


def page(*lines: str, language: str = "", whole: dict[str, str] | None = None) -> TextPage:
    """A page of these lines; ``whole``: words that a hyphen parts."""
    made = []
    for line in lines:
        words, at = [], 0
        for word in line.split():
            at = line.index(word, at)
            words.append(Word(word, None, at, (whole or {}).get(word, "")))
            at += len(word)
        made.append(Line(line, None, tuple(words), 0))
    return TextPage(1000, 800, tuple(made), language)


def document(ident: str, text: TextPage, *related: str, group: str = "p", place: int = 0) -> Document:
    return Document(
        id=f"text:{ident}",
        kind="text",
        version=1,
        query={group: {PAGE_FIELD: [Text(flattened(text).text, text.language)]}},
        filters={"related": list(related)},
        sort={"number": f"{place:06d}"},
        display={"use": ident},
    )


PAGES = {
    "kant1": page(
        "Unmuͤndigkeit iſt das Unvermoͤgen,",
        "ſich ſeines Ver-",
        "ſtandes zu bedienen",
        language="de",
        whole={"Ver-": "Verſtandes", "ſtandes": "Verſtandes"},
    ),
    "kant2": page("Habe Muth dich deines eigenen", "Verſtandes zu bedienen", language="de"),
    "edict": page("奉天承運皇", "帝制曰朕惟", language="lzh"),
    "viet": page("Sông Hương chảy", "qua kinh thành Huế", language="vi"),
}


@pytest.fixture(scope="module")
def filled(shared):
    documents = [
        document("kant1", PAGES["kant1"], "book-kant", "dep", place=1),
        document("kant2", PAGES["kant2"], "book-kant", "dep", place=2),
        document("edict", PAGES["edict"], "book-edict", "dep"),
        document("viet", PAGES["viet"], "book-viet"),
    ]
    for audience in ("public", "curatorial"):
        assert not shared.index_documents(audience, documents).failed
    shared.index_documents("curatorial", [document("secret", page("zyzzyva in the margin"), "book-viet", group="s")])
    for audience in ("public", "curatorial"):
        shared.refresh(audience)
    return shared


def ids(engine, text, scope="", audience="public", groups=("p",), **parts):
    filters = {"related": (scope,)} if scope else {}
    request = SearchRequest(text=text, groups=groups, filters=filters, **parts)
    return [hit.id.partition(":")[2] for hit in engine.search(audience, request).hits]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("unmundigkeit", ["kant1"]),  # u with an e above, long s
        ("verstandes", ["kant1", "kant2"]),  # parted by a hyphen on one of them
        ('"verstandes zu bedienen"', ["kant1", "kant2"]),  # across lines
        ('"deines eigenen verstandes"', ["kant2"]),
        ("muth bedienen", ["kant2"]),
        ("皇帝", ["edict"]),  # across columns
        ("song huong", ["viet"]),
        ("hương kinh", ["viet"]),
        ("bedienen -muth", ["kant1"]),
        ("nowhere", []),
    ],
)
def test_a_page_is_found_by_what_is_written_on_it(filled, typed, wanted):
    assert sorted(ids(filled, typed)) == wanted


def test_a_search_stays_within_its_object_or_collection(filled):
    assert ids(filled, "zu", "book-viet") == []
    assert sorted(ids(filled, "bedienen", "dep")) == ["kant1", "kant2"]


def test_pages_come_in_their_own_order(filled):
    assert ids(filled, "verstandes", "book-kant", sort="number") == ["kant1", "kant2"]


def test_a_page_for_staff_is_found_by_staff_alone(filled):
    assert ids(filled, "zyzzyva") == []
    assert ids(filled, "zyzzyva", audience="curatorial") == []
    assert ids(filled, "zyzzyva", audience="curatorial", groups=("p", "s")) == ["secret"]


def test_the_text_of_pages_is_not_kept_suggested_or_proposed(filled):
    hits = list(filled.iterate("public"))
    assert len(hits) == 4
    assert "Unvermo" not in repr(hits) and "Hương" not in repr(hits)
    assert filled.suggest("public", "bedien", groups=("p",)) == []
    assert filled.did_you_mean("public", "bedienem", groups=("p",)) is None


@pytest.mark.parametrize(
    ("name", "typed", "found"),
    [
        ("kant1", "verstandes", [("Verſtandes", [1, 2])]),
        ("kant1", '"seines verstandes zu"', [("ſeines Verſtandes\nzu", [1, 2])]),
        ("edict", "皇帝", [("皇帝", [0, 1])]),
        ("viet", "song", [("Sông", [0])]),
        ("viet", "sông kinh", [("Sông", [0]), ("kinh", [1])]),
        ("viet", "-sông huế", [("Huế", [1])]),
        ("viet", "nowhere", []),
    ],
)
def test_a_match_knows_its_lines(name, typed, found):
    places = matches(PAGES[name], parse(typed))
    assert [(place.text, [line for line, _box in place.boxes]) for place in places] == found

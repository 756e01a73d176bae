"""The curators' language by itself: what is read, what is refused and where, and that nothing ever breaks it."""

from __future__ import annotations

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.language import QueryError, Reader, compile_tree, from_json, read, to_json, write
from search.language.comparing import Asked, years_of
from search.language.moments import span
from search.language.syntax import And, Between, Compare, Everything, Not, Or, Present, Value, Words

ASKED = Asked(Reader(), date(2026, 11, 28))


def test_a_tree_says_what_was_typed():
    tree = read('blue title:"gold leaf" (date:[1800 TO *] OR -maker:*) height:>=10')
    assert tree == And(
        (
            Words(Value("blue")),
            Compare("title", ":", Value("gold leaf", quoted=True)),
            Or((Between("date", Value("1800"), None), Not(Present("maker")))),
            Compare("height", ">=", Value("10")),
        )
    )


@pytest.mark.parametrize(
    "query",
    ["", "blue bowl", '"blue bowl"', "-blue", "a OR b c", "(a OR b) c", "-(a b)", "-(-a)", "date:[-300 TO -200]", "title:(a OR b)",
     "price:>1000", "price:> 1000", r"title:a\*b", "changed:-7d", "title:“a \" b”", "url:http://x.example/1", "12:30", "d'Orsay", "a-b -c"],
)  # fmt: skip
def test_what_is_written_reads_as_the_same(query):
    tree = read(query)
    assert read(write(tree)) == tree
    assert from_json(to_json(tree)) == tree


REFUSED = {
    '"open': (0, "not closed"),
    "blue (red": (5, "not closed"),
    "blue red)": (8, "no opening"),
    "a OR": (4, "breaks off"),
    "OR a": (0, "both sides"),
    "date:[1800": (5, "from TO to"),
    "date:[1800 TO 1900": (5, "not closed"),
    "date:[1900 TO 1800]": (0, "backwards"),
    "[1 TO 2]": (0, "needs a field"),
    "blue titel:x": (5, "Did you mean “title:”"),
    "blue title:": (5, "must follow"),
    "date:soon": (5, "no date"),
    "changed:someday": (8, "no day"),
    "height:tall": (7, "no number"),
    "height:3kg": (7, "no number"),
    "state:wonderful": (6, "draft"),
    "locked:perhaps": (7, "yes or no"),
    "title:>3": (0, "no order"),
    "title:[a TO b]": (0, "no order"),
    'title:""': (6, "empty"),
    "title:-": (6, "no word"),
    "()": (0, "nothing between"),
    "title:()": (6, "nothing between"),
    "title:(a OR b AND c)": (6, "either AND or OR"),
    "a TO b": (2, "inside a range"),
    "*": (0, "at least 2 letters"),
    "title:a*b*c*d*e*f*g*h": (6, "wildcards"),
    " OR ".join(["*ab*"] * 9): (64, "name the field"),
    "price:3": (0, "There is no field “price”"),
}


@pytest.mark.parametrize("query", REFUSED)
def test_what_is_wrong_is_told_with_its_place(query):
    with pytest.raises(QueryError) as refused:
        compile_tree(read(query), ASKED)
    at, words = REFUSED[query]
    assert (refused.value.start, words in refused.value.reason) == (at, True), refused.value
    assert f"At character {at + 1}" in str(refused.value)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("before", ["", "trống đồng ", "Huế ", "한국 ", "e\u0323\u0302 ", "𡦂 ", "กำ কো "])
def test_a_place_is_one_in_the_text_as_it_was_typed(before: str, form):
    """Macs type decomposed letters; what is marked in the field is what is wrong."""
    for wrong in ('title:"Huế', "titel:Huế", "a TO b", "title:(a OR Huế AND c)", "x “a” ”"):
        query = unicodedata.normalize(form, before + wrong)
        with pytest.raises(QueryError) as refused:
            compile_tree(read(query), ASKED)
        with pytest.raises(QueryError) as alone:
            compile_tree(read(unicodedata.normalize("NFC", wrong)), ASKED)
        said, only = refused.value, alone.value
        plain = unicodedata.normalize("NFC", wrong)[only.start : only.end]
        assert unicodedata.normalize("NFC", query[said.start : said.end]) == plain
        assert query[said.start :].startswith(unicodedata.normalize(form, plain))


@pytest.mark.parametrize(
    "query", ["height:\\ price:>3", "(a OR NOT -\\ ) b", "date:[\\ TO 3] x", "NOT --5 x", "x (NOT −-bowl OR --a)", "\\ \\* a\\"]
)
def test_backslashes_and_dashes_take_nothing_from_what_follows(query):
    tree = read(query)
    assert read(write(tree)) == tree
    assert read("height:\\ price:>3") == And((Compare("height", ":", Value("\\")), Compare("price", ">", Value("3"))))


AWFUL = [
    "(" * 10_000, ")" * 10_000, "-" * 10_000, "NOT " * 2_500, "a " * 5_000, "a OR " * 2_000, "title:" * 1_600, "x" * 10_000, "x" * 10_001,
    "title:" + "x" * 9_000, "date:" + "1" * 5_000, "date:[" + "9" * 4_000 + " TO 1]", "changed:" + "9" * 5 + "y", "title:" + "*a" * 4_000,
    "title:(" + "a OR " * 1_500 + "b)", "\0\x01\x1b\ud800 title:\0", "<script>alert(1)</script>", "“" * 5_000, "\\" * 9_999, "height:" + "9" * 14 + "km",
    "((((title:a OR b)))) " * 100, "date:[[[[", "ấ" * 3_000, "e\u0301" * 5_000, "title:\u202e\u200f\u0000", "date:99999999999999999999",
]  # fmt: skip


@pytest.mark.parametrize("query", AWFUL, ids=range(len(AWFUL)))
def test_nothing_breaks_it_and_nothing_takes_long(query):
    began = time.process_time()
    try:
        compile_tree(read(query), ASKED)
    except QueryError as error:
        assert 0 <= error.start <= error.end <= len(query) + 1 and str(error)
    assert time.process_time() - began < 2


@settings(max_examples=300, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.text(st.sampled_from(' ()[]"“”:*?-<>=\\ABNOTRD tiledah1890.,\0\n'), max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        tree = read(text)
        assert read(write(tree)) == tree
        compile_tree(tree, ASKED)
    except QueryError as error:
        assert str(error)


@pytest.mark.parametrize("stored", [None, 3, [], {}, {"is": "and", "parts": []}, {"is": "compare", "name": "x"}, {"is": "words"}, {"is": "not"},
                                    {"is": "compare", "name": "title", "operator": "~", "value": {"text": "x"}}])  # fmt: skip
def test_a_forged_tree_is_refused(stored):
    with pytest.raises(QueryError):
        from_json(stored)


def test_a_tree_that_is_too_deep_is_refused():
    stored = {"is": "everything"}
    for _ in range(5_000):
        stored = {"is": "not", "part": stored}
    with pytest.raises(QueryError):
        from_json(stored)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("today", "2026-11-28", "2026-11-28"), ("Hôm qua", "2026-11-27", "2026-11-27"), ("last_week", "2026-11-16", "2026-11-22"),
     ("tháng_trước", "2026-10-01", "2026-10-31"), ("7d", "2026-11-21", "2026-11-28"), ("-3m", "2026-08-28", "2026-08-28"),
     ("+1y", "2027-11-28", "2027-11-28"), ("2024-02", "2024-02-01", "2024-02-29"), ("28.11.2026", "2026-11-28", "2026-11-28")],
)  # fmt: skip
def test_days_are_understood(text, first, last):
    assert span(text, date(2026, 11, 28)) == (date.fromisoformat(first), date.fromisoformat(last))


def test_years_are_understood():
    assert years_of("18??") == (1800, 1899)
    assert years_of("183*") == (1830, 1839)
    assert years_of("-400") == (-400, -400)
    assert years_of("19th century") == (1800, 1899)
    assert years_of("before 1800") is None


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("...", (0, 3)),
        ("  !! ", (2, 4)),
        ("! ;!", (0, 1)),
        ("blue OR …", (8, 9)),
        ("-(& /)", (2, 3)),
        ('NOT "—"', (4, 7)),
        ("(a !) OR -“…”", (10, 13)),
    ],
)
def test_signs_without_a_word_are_not_the_whole_catalogue(query: str, place: tuple[int, int]):
    """What stands on the list is what a batch edit changes: a slip of the finger must not be every object."""
    with pytest.raises(QueryError) as wrong:
        compile_tree(read(query), ASKED)
    assert (wrong.value.start, wrong.value.end) == place and "There is no word in" in str(wrong.value)


def test_an_empty_query_is_everything():
    assert read(" \t\n") == Everything()

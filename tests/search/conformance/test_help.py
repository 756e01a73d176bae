"""Suggestions, mended words, similar records, highlights."""

import pytest

from search.documents import Text
from search.requests import SearchRequest
from tests.search.conformance.corpus import make


def suggested(engine, text, **parts):
    return [one.id for one in engine.suggest("public", text, groups=("p",), **parts)]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("hok", "agent:hokusai"), ("kats", "agent:hokusai"), ("trong d", "object:drum2"), ("Trống", "object:drum1"), ("hue", "place:hue"), ("Hu", "place:hue"), ("北", "agent:hokusai"), ("葛飾", "agent:hokusai"), ("левит", "agent:levitan"), ("wave kan", "object:wave"), ("順", "place:hue")],
)  # fmt: skip
def test_any_words_beginning_is_suggested(engine, typed, wanted):
    assert wanted in suggested(engine, typed, limit=20)


def test_suggestions_can_be_asked_for_by_kind(engine):
    kinds = ("agent", "object")
    found = engine.suggest("public", "hok", groups=("p",), kinds=kinds, limit=2)
    assert [one.kind for one in found] == sorted((one.kind for one in found), key=kinds.index)
    assert {one.kind for one in engine.suggest("public", "h", groups=("p",), kinds=("place",))} == {"place"}


def test_a_mended_word_has_the_marks_with_which_it_is_written_most(empty):
    empty.index_documents(
        "public", [make("a", title=[Text("Dòng trống", "vi")]), *(make(f"d{n}", title=[Text("Trống đồng", "vi")]) for n in range(4))]
    )
    empty.refresh("public")
    assert empty.did_you_mean("public", "dongg", groups=("p",)) == "đồng"


def test_numbers_are_suggested(engine):
    assert "object:drum1" in suggested(engine, "1987.12.3")


def test_the_number_itself_is_suggested_before_those_that_go_on(engine):
    found = suggested(engine, "1987.12")
    assert found[0] == "object:number6" and set(found[1:3]) == {"object:drum1", "object:drum2"} and found[3] == "object:drum3"
    for typed in ("BT-1987-12", "bt198712"):
        found = suggested(engine, typed)
        assert set(found[:2]) == {"object:drum1", "object:drum2"} and found[2] == "object:drum3"


def test_labels_that_begin_so_come_first(engine):
    assert suggested(engine, "gold")[0] in {"object:gold1", "object:gold2"}
    assert suggested(engine, "gold leaf")[0] == "object:gold1"


def test_the_suggested_label_is_marked_and_in_the_readers_language(engine):
    (found,) = [s for s in engine.suggest("public", "kanag", groups=("p",), languages=("vi",)) if s.id == "object:wave"]
    assert found.label == "Sóng lừng ngoài khơi Kanagawa" and found.html == "Sóng lừng ngoài khơi <mark>Kanagawa</mark>"


@pytest.mark.parametrize("typed", ["", "  ", "!", "zzzz"])
def test_nothing_is_suggested_for_nothing(engine, typed):
    assert suggested(engine, typed) == []


@pytest.mark.parametrize(
    ("typed", "better"), [("hokusay", "hokusai"), ("kanagwaa", "kanagawa"), ("tromg đồng", "trống đồng"), ("nympheaz", "nymphéas")]
)
def test_a_misspelt_word_is_mended_as_the_record_writes_it(engine, typed, better):
    assert engine.did_you_mean("public", typed, groups=("p",)) == better


@pytest.mark.parametrize("typed", ["hokusai", "drum", "1987.12.9", "qqqqqqqqq", "xokusay", ""])
def test_nothing_is_mended_that_is_right_a_number_or_hopeless(engine, typed):
    assert engine.did_you_mean("public", typed, groups=("p",)) is None


def test_mended_words_are_only_proposed_when_they_find_something_together(engine):
    assert engine.did_you_mean("public", "hokusay lilies", groups=("p",)) is None


def test_similar_records_share_most_and_leave_the_record_out(engine):
    found = [hit.id for hit in engine.similar("public", "object:wave", groups=("p",))]
    assert (
        found[0] == "object:fuji" and "object:wave" not in found and set(found[:3]) == {"object:fuji", "object:hokusai", "object:dragonj"}
    )
    assert all(ident.startswith("object:") for ident in found)


def test_similar_to_what_is_not_there_is_nothing(engine):
    assert engine.similar("public", "object:absent", groups=("p",)) == []


def test_what_shares_nothing_and_has_no_picture_stands_alone(empty):
    empty.index_documents("public", [make("lonely"), make("other")])
    empty.refresh("public")
    assert empty.neighbours("public", "object:lonely") == ([], [])


def marked(engine, text, ident):
    (hit,) = [hit for hit in engine.search("public", SearchRequest(text=text, limit=200)).hits if hit.id == ident]
    return {(h.field, h.language): h.html for h in hit.highlights}


def test_highlights_keep_the_marks_of_the_text(engine):
    assert marked(engine, "trong dong", "object:drum1")["title", "vi"] == "<mark>Trống</mark> <mark>đồng</mark> Ngọc Lũ"
    assert marked(engine, "chu dau", "object:nfd")["title", "vi"].count("<mark>") == 2


def test_highlights_are_escaped(engine):
    found = marked(engine, "alert fragile", "object:markup")
    assert found["title", "en"] == "&lt;script&gt;<mark>alert</mark>(&quot;x&quot;)&lt;/script&gt; &amp; sons"
    assert found["text", "en"] == "Label says &lt;b&gt;<mark>fragile</mark>&lt;/b&gt; &amp; &quot;heavy&quot;."


def test_highlights_join_pairs_of_characters(engine):
    assert marked(engine, "神奈川", "object:wave")["title", "ja"] == "<mark>神奈川</mark>沖浪裏"
    assert marked(engine, "雲龙", "object:dragont")["title", "zh-Hant"] == "<mark>雲龍</mark>圖軸"


def test_other_forms_of_a_word_are_marked(engine):
    assert marked(engine, "horse", "object:stem1")["title", "en"] == "Studies of running <mark>horses</mark>"


def test_long_texts_are_cut_around_the_answer(empty):
    long = "Lorem ipsum dolor sit amet. " * 60 + "Here stands the heron beside the pond. " + "Consectetur adipiscing elit. " * 60
    empty.index_documents("public", [make("long", text=[Text(long, "en")])])
    empty.refresh("public")
    html = marked(empty, "heron pond", "object:long")["text", "en"]
    assert "<mark>heron</mark>" in html and "<mark>pond</mark>" in html and len(html) < 400
    assert html.startswith("…") and html.endswith("…")


def test_a_text_as_long_as_a_book_is_cut_where_most_words_stand_together(empty):
    book = "The heron waits for fish. " * 20_000
    empty.index_documents("public", [make("book", text=[Text(f"{book}A heron beside the pond. {book}", "en")])])
    empty.refresh("public")
    html = marked(empty, "heron pond", "object:book")["text", "en"]
    assert "<mark>heron</mark> beside the <mark>pond</mark>" in html and len(html) < 500


@pytest.mark.parametrize(("typed", "better"), [("troongs ddoongf", "trống đồng"), ("DDOONGF", "đồng"), ("ddoongg", None)])
def test_what_was_typed_by_telex_without_a_keyboard_is_read(empty, typed, better):
    empty.index_documents("public", [make("drum", title=[Text("Trống đồng Ngọc Lũ", "vi")]), make("fish", title=[Text("Lý ngư", "vi")])])
    empty.refresh("public")
    assert empty.did_you_mean("public", typed, groups=("p",)) == better


def test_lý_is_found_as_lí(empty):
    empty.index_documents("public", [make("fish", title=[Text("Lý ngư, thế kỷ 19", "vi")]), make("cake", title=[Text("Ky ly", "en")])])
    empty.refresh("public")
    found = empty.search("public", SearchRequest(text="thế kỉ lí"))
    assert [hit.id for hit in found.hits] == ["object:fish"]

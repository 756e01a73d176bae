"""The one text analysis: folding, tokens with their places, prefixes, keys."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.documents import FacetValue, Text
from search.queries import parse
from search.text import (
    GAP,
    Marker,
    analyse,
    exact_form,
    fold,
    fold_word,
    hyphenated,
    mark,
    may_answer,
    number_forms,
    prefixes,
    query_stems,
    sort_key,
    stem_token,
    streams,
    whole,
    words,
)
from search.text.telex import without_telex


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Đồng", "dong"), ("ƯỜNG", "uong"), ("Łódź", "lodz"), ("Straße", "strasse"), ("İstanbul", "istanbul"), ("ışık", "isik"), ("œuvre", "oeuvre"),
        ("Ærø", "aero"), ("ſ", "s"), ("ǿ", "o"), ("ﬁn", "fin"), ("ＡＢＣ", "abc"), ("Þór", "thor"), ("Ἀθηνᾶ", "αθηνα"), ("λόγος", "λογοσ"),
        ("й", "и"), ("مُحَمَّد", "محمد"), ("ک", "ك"), ("שָׁלוֹם", "שלום"), ("ガ", "が"), ("ﾊﾞ", "ば"), ("한", "한"), ("圖", "图"), ("図", "图"), ("龍", "龙"), ("竜", "龙"),
        ("沢", "泽"), ("𡨸", "𡨸"), ("कि", "कि"), ("कु", "कु"), ("น้ำ", "น\u0e4dา".replace("\u0e4d", "\u0e49\u0e4d")),
    ],
)  # fmt: skip
def test_words_fold_to_what_people_type(word, folded):
    assert fold_word(word) == unicodedata.normalize("NFC", folded)


@pytest.mark.parametrize(("new", "old"), [("hoà", "hòa"), ("Thuý", "thúy"), ("khoẻ", "khỏe"), ("HOẠ", "họa"), ("loã", "lõa")])
def test_both_placements_of_a_tone_are_one_word(new, old):
    assert exact_form(new) == exact_form(old) == unicodedata.normalize("NFC", old)


@pytest.mark.parametrize("word", ["hoàn", "quý", "trống", "mùa", "thuyền"])
def test_words_with_one_placement_stay_as_they_are(word):
    assert exact_form(word) == word or word == "quý"


def test_composed_and_decomposed_forms_are_one_word():
    word = "Trống"
    assert exact_form(unicodedata.normalize("NFD", word)) == exact_form(word) == "trống"


def test_the_exact_form_keeps_marks_apart():
    assert len({exact_form(word) for word in ("hồ", "hổ", "hộ", "ho")}) == 4


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text):
    for word in text.split():
        assert fold_word(fold_word(word)) == fold_word(word) or not word.isalnum()


@given(st.text(max_size=200))
@example("\ufc5e")
@example("\ufdfa \ufc60a")
def test_tokens_point_into_the_text_in_order(text):
    tokens = analyse(text)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert token.folded and " " not in token.folded and token.folded != GAP
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)


@given(st.text(alphabet="aàắđĐeễư XßœǿĳΩ1½²_-.,’'\u0301\u0323\u200dé圖かน้\u00a0", max_size=60))
@example("Đĩa trang trí đèn lồng. Số 19933")
def test_words_are_those_that_have_places(text):
    tokens = analyse(text)
    assert words(text) == ([token.folded for token in tokens], [token.exact for token in tokens])


def test_a_token_stands_where_its_word_stands():
    text = unicodedata.normalize("NFD", "Một trống đồng")
    assert [text[token.start : token.end] for token in analyse(text)] == text.split()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("l’amour d'O’Keeffe", ["amour", "keeffe"]),
        ("Hokusai's wave", ["hokusai", "wave"]),
        ("1987.12.3a", ["1987", "12", "3a"]),
        ("神奈川", ["神奈", "奈川"]),
        ("鼓", ["鼓"]),
        ("北斎Hokusai", ["北斋", "hokusai"]),
        ("snake_case", ["snake", "case"]),
        ("qu'il", ["il"]),
    ],
)
def test_texts_are_parted_into_words_and_pairs(text, tokens):
    assert [token.folded for token in analyse(text)] == tokens


def test_values_of_a_field_are_kept_apart():
    made = streams([Text("one two"), Text("three")])
    assert made.words == f"one two {GAP} three"


def test_stems_carry_their_language():
    assert stem_token("paintings", "en") == "en:paint"
    assert stem_token("chevaux", "fr-CA") == "fr:cheval" or stem_token("chevaux", "fr-CA") == "fr:chevau"
    assert stem_token("trống", "vi") is None and stem_token("the", "en") is None and stem_token("1987x", "en") is None


def test_prefixes_are_every_beginning_of_every_word():
    assert prefixes("Đông Sơn") == {"d", "do", "don", "dong", "^d", "^do", "^don", "^dong", "s", "so", "son"}


def test_a_whole_label_is_one_token():
    assert whole("Trống đồng, Ngọc Lũ!") == "trong_dong_ngoc_lu"


def test_numbers_have_every_beginning_at_a_joint():
    assert {"1987", "1987_12", "198712", "=bt_1987_12", "=bt198712", "=1987_12", "bt_1987", "bt1987"} <= number_forms("BT 1987.12").tokens()
    assert "198" not in number_forms("BT 1987.12").tokens()


def test_a_whole_number_is_known_with_and_without_its_letters():
    assert number_forms("BT 1987.12").wholes() == {"bt198712", "198712"}


def test_thousands_of_figures_are_put_in_order_like_any_others():
    assert sort_key("1" * 40_000) > sort_key("12") and sort_key("0" * 9_000 + "7") == sort_key("0" * 9_000 + "7")


def test_a_long_label_is_cut_in_lists_of_values_and_keeps_nobody_from_being_found():
    """Elasticsearch refuses a document with a term of more than 32,766 bytes."""
    labels = {f"l{number}": "字" * 12_000 for number in range(20)}
    token = FacetValue("abc", labels, ("d" * 12,) * 8).token()
    assert len(token.encode()) < 32_766 and FacetValue.from_token(token).label["l1"].endswith("字…")
    assert FacetValue.from_token(FacetValue("abc", {"vi": "Gốm"}).token()).label == {"vi": "Gốm"}


def test_sort_keys_count_and_leave_articles_out():
    titles = ["The Wave", "A drum", "Drum 10", "Drum 9", "Zebra", "Đá", "Écriture"]
    ordered = sorted(titles, key=lambda title: sort_key(title, "en"))
    assert ordered == ["Đá", "A drum", "Drum 9", "Drum 10", "Écriture", "The Wave", "Zebra"]
    assert sort_key("The", "en").startswith("the")


@given(st.text(max_size=300), st.text(min_size=1, max_size=5))
def test_highlights_are_the_text_escaped_and_nothing_else(text, word):
    html = mark(text, Marker(words=frozenset(token.folded for token in analyse(word))))
    if html is not None:
        import html as escaping

        bare = escaping.unescape(html.replace("<mark>", "").replace("</mark>", ""))
        assert bare == text.strip()
        assert "<" not in html.replace("<mark>", "").replace("</mark>", "")


WORDS = st.sampled_from(["trống", "trong", "Trống đồng", "bronze", "l'or", "銅鼓", "paintings", "lukisan", "Łódź", "đ\n", "ß", ""])
LANGUAGES = st.sampled_from(["", "en", "vi", "fr", "id", "zh-Hant"])


@given(st.lists(st.tuples(st.lists(WORDS, max_size=3).map(" ".join), LANGUAGES), max_size=6), WORDS)
def test_no_text_with_an_answer_is_passed_over(texts, word):
    """Texts are looked through together; whatever would be marked in one alone is among those that may answer."""
    words = frozenset(token.folded for token in analyse(word))
    marker = Marker(words, frozenset(), frozenset(stem for one in words for stem in query_stems(one)))
    answering = may_answer(texts, marker)
    assert {text for text, language in texts if mark(text, marker, language=language)} <= answering


def test_texts_without_the_words_are_passed_over():
    marker = Marker(frozenset(["trong"]))
    assert may_answer([("Bronze", "en"), ("Trống đồng", "vi"), ("Đá", "vi"), ("strong", "en")], marker) == {"Trống đồng"}


def test_nothing_marked_is_none():
    assert mark("Trống đồng", Marker(words=frozenset({"wave"}))) is None


def test_labels_fold_for_comparison():
    assert fold("Thế  kỷ\nXIX") == "the ky xix"


def test_a_syllable_alone_and_words_typed_apart_are_marked():
    assert mark("ที่ระลึก ปีพุทธ", parse("ปี").marker()) == "ที่ระลึก <mark>ปี</mark>พุทธ"
    assert mark("Softground etching", parse("soft-ground").marker()) == "<mark>Softground</mark> etching"


@pytest.mark.parametrize(
    ("one", "other"),
    [["珐琅", "琺瑯"], ["通寶", "通寳"], ["宝", "寳"], ["茶壺", "茶壷"], ["长颈瓶", "長頚瓶"], ["铜鼓", "銅皷"]],
)
def test_forms_of_a_character_are_one(one: str, other: str) -> None:
    assert fold_word(one) == fold_word(other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a well-known potter", {"wellknown"}),
        ("Bull’s-eye and cat's-eye", {"bullseye", "catseye"}),
        ("l’œil-de-bœuf", {"oeilde", "deboeuf", "oeildeboeuf"}),
        ("mother-of-pearl", {"motherofpearl", "motherof", "ofpearl"}),
        ("Việt‑Nam", {"vietnam"}),
        ("19th-century, 1987-12-3a, a - b, x--y, 東-西", set()),
    ],
)
def test_words_with_hyphens_are_one_word_too_and_numbers_are_not(text, found):
    assert hyphenated(text) == found and found <= streams([(text, "en")]).extra


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ddoongf", "dong"), ("troongs", "trong"), ("trongs", "trong"), ("nguyeenx", "nguyen"), ("dragons", ""), ("trong", "")],
)
def test_telex_that_no_keyboard_turned_into_letters_is_read(typed, meant):
    assert without_telex(typed) == meant


@pytest.mark.parametrize(("typed", "written"), [("lí", "Lý ngư"), ("the ki", "thế kỷ"), ("mĩ", "Mỹ thuật"), ("quý", "vật quí")])
def test_i_and_y_at_the_end_of_a_vietnamese_syllable_are_one(typed, written):
    wanted = set(query_stems(typed.split()[-1]))
    assert wanted and wanted & streams([(written, "vi")]).extra and not wanted & streams([(written, "en")]).extra
    assert "<mark>" in mark(written, parse(typed).marker(), language="vi")

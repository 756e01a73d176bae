"""Language maps: tags, validation, choice with a visible fallback, stale translations."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from records import languages
from records.languages import LanguageMapError, entry


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("VI", "vi"),
        ("vi-hani", "vi-Hani"),
        ("zh_hant", "zh-Hant"),
        ("ZH-hant-tw", "zh-Hant-TW"),
        ("lzh", "lzh"),
        ("en-gb", "en-GB"),
        ("de-1901", "de-1901"),
        ("ja-x-kundoku", "ja-x-kundoku"),
    ],
)
def test_tags_take_their_usual_case(typed, tag):
    assert languages.canonical(typed) == tag


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("vn", "“vi”"),
        ("jp", "“ja”"),
        ("english", "not the code of a language"),
        ("", "not the code of a language"),
        ("xx", "does not exist"),
        ("en--gb", "not the code of a language"),
    ],
)
def test_a_wrong_tag_gets_a_sentence_that_helps(typed, said):
    with pytest.raises(LanguageMapError, match=said):
        languages.canonical(typed)


def test_a_map_with_source_and_translation_is_valid():
    languages.validate({"vi": entry("Trống đồng"), "en": entry("Bronze drum", "human", "vi"), "vi-Hani": entry("𪔠銅", "reviewed", "vi")})
    languages.validate({})
    languages.validate(None)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "table of languages"),
        ({"vi": "Trống"}, "Vietnamese .vi.: the text must come with its state"),
        ({"VI": entry("x")}, "as “vi”"),
        ({"en": {"text": "  ", "state": "source"}}, "English .en.: the text is missing"),
        ({"en": {"text": "a", "state": "done"}}, "state must be one of"),
        ({"en": {"text": "a"}}, "state must be one of"),
        ({"en": entry("a", "human", "en")}, "translation of itself"),
        ({"en": entry("a", "source", "vi")}, "no translation"),
        ({"en": entry("a") | {"note": "b"}}, "“note” has no meaning"),
        ({"en": entry("a\x00")}, "NUL"),
        ({"en": entry("a", "human", "vn")}, "“vi”"),
        ({5: entry("a")}, "not the code of a language"),
    ],
)
def test_a_wrong_map_is_refused_with_a_sentence(value, said):
    with pytest.raises(LanguageMapError, match=said) as error:
        languages.validate(value)
    assert str(error.value).endswith(".")


def test_cleaning_drops_empty_languages_and_tidies_the_rest():
    assert languages.clean(
        {"VI": " Trống đồng ", "en": {"text": "", "state": "human"}, "fr": {"text": "Tambour", "of": "vi", "state": ""}}
    ) == {
        "vi": entry("Trống đồng"),
        "fr": entry("Tambour", "human", "vi"),
    }


def test_plain_forgets_states():
    assert languages.plain({"vi": entry("Trống"), "en": entry("Drum", "machine", "vi")}) == {"vi": "Trống", "en": "Drum"}
    assert languages.plain(None) == {}


@pytest.mark.parametrize(
    ("there", "preferred", "chosen"),
    [
        (["vi", "en"], ["en"], "en"),
        (["vi", "en"], ["en-GB", "vi"], "en"),
        (["vi", "en-GB"], ["en"], "en-GB"),
        (["zh-Hans", "en"], ["zh-Hant"], "zh-Hans"),
        (["zh-Hans", "en"], ["zh-Hant", "en"], "en"),
        (["zh-Hans", "zh-Hant"], ["zh-TW"], "zh-Hant"),
        (["vi-Hani", "en"], ["vi", "en"], "en"),
        (["vi-Hani", "fr"], ["vi", "en"], "vi-Hani"),
        (["ja", "fr", "vi"], ["de"], "vi"),
        (["ja", "fr"], ["de"], "ja"),
        (["ja", "fr"], [], "ja"),
    ],
)
def test_the_reader_gets_the_nearest_language_and_is_told_which(there, preferred, chosen):
    texts = {tag: f"text in {tag}" for tag in there}
    assert languages.pick(texts, preferred) == (chosen, f"text in {chosen}")


def test_nothing_to_pick_from_is_empty():
    assert languages.pick({}, ["en"]) == ("", "")
    assert languages.pick({"en": ""}, ["en"]) == ("", "")


def test_a_changed_source_makes_its_translations_stale():
    before = {"vi": entry("Trống"), "en": entry("Drum", "reviewed", "vi"), "fr": entry("Tambour", "machine", "en"), "ja": entry("太鼓")}
    after = before | {"vi": entry("Trống đồng")}
    marked = languages.mark_stale(before, after)
    assert {tag: item["state"] for tag, item in marked.items()} == {"vi": "source", "en": "stale", "fr": "stale", "ja": "source"}
    assert after["en"]["state"] == "reviewed", "the map given is not changed"


def test_a_translation_changed_together_with_its_source_keeps_its_state():
    before = {"vi": entry("Trống"), "en": entry("Drum", "human")}
    assert languages.mark_stale(before, {"vi": entry("Trống đồng"), "en": entry("Bronze drum", "human")})["en"]["state"] == "human"
    assert languages.mark_stale(before, {"vi": entry("Trống đồng"), "en": entry("Drum", "human")})["en"]["state"] == "stale"
    assert languages.mark_stale(before, before)["en"]["state"] == "human"
    assert languages.mark_stale({}, before) == before


def test_languages_have_names_in_english_and_vietnamese():
    assert languages.name("vi", "en") == "Vietnamese"
    assert languages.name("vi", "vi") == "Tiếng Việt"
    assert languages.name("vi-Hani", "vi") == "Tiếng Việt (chữ Hán-Nôm)"
    assert languages.name("lzh", "en") == "Literary Chinese"
    assert languages.name("zh-Hant", "en") == "Chinese (traditional)"
    assert languages.name("id", "en") == "Indonesian"
    assert languages.name("en-GB", "en") == "English (United Kingdom)"
    assert languages.name("qaa", "en") == "qaa"


def test_languages_are_named_in_themselves_when_no_reader_is_given():
    assert [languages.name(tag) for tag in ("vi", "en", "fr", "id", "vi-Hani")] == [
        "Tiếng Việt",
        "English",
        "Français",
        "Indonesia",
        "Tiếng Việt (chữ Hán-Nôm)",
    ]


def test_direction_follows_the_script():
    assert languages.direction("ar") == "rtl"
    assert languages.direction("az-Arab") == "rtl"
    assert languages.direction("vi-Hani") == languages.direction("en") == "ltr"


@given(
    st.dictionaries(st.sampled_from(["vi", "en", "zh-Hant", "vi-Hani", "ar"]), st.text(min_size=1, max_size=5)),
    st.lists(st.sampled_from(["vi", "en-US", "zh-TW", "xx"])),
)
def test_whatever_is_picked_was_there(texts, preferred):
    tag, text = languages.pick(texts, preferred)
    assert (tag, text) == ("", "") if not texts else texts[tag] == text


def test_a_refusal_is_said_in_the_language_of_the_page():
    from django.utils.translation import override

    from records.forms import LanguageMapFormField

    asked = '{"ja": {"text": "a", "state": "done"}}'
    for page, wanted in (("en", "Japanese (ja): the state must be one of"), ("vi", "Tiếng Nhật (ja): trạng thái phải là")):
        with override(page), pytest.raises(ValidationError) as refused:
            LanguageMapFormField().clean(asked)
        assert refused.value.messages[0].startswith(wanted)

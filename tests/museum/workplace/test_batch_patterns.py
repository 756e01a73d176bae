"""Words and patterns that batch edits replace and remove: letters of every script, typed in any way."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from django.urls import reverse

from artifacts.models import Artifact, Title
from museum.workplace.batches import changing, running
from museum.workplace.batches.templates import filled
from tests.museum.workplace.people import client_of, make_user
from tests.museum.workplace.two_departments import house, museum_search, order
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_stack]
__all__ = ["house", "museum_search"]


@pytest.mark.parametrize(
    ("text", "part", "left"),
    [
        ("One two.\n\nTwo  three.\n\nFour", "three", "One two.\n\nTwo.\n\nFour"),
        ("One two.\n\n  Two three", "Two", "One two.\n\nthree"),
        ("old cup, old", "old", "cup,"),
        ("cup (old work), cracked", "old", "cup (work), cracked"),
        ("a bad bad cup", "bad", "a cup"),
        ("cup (sic) of jade", "(sic)", "cup of jade"),
        ("first\nsecond\nthird", "second\n", "first\nthird"),
        ("Gift of Mr Trần", " of Mr Trần", "Gift"),
    ],
)
def test_removing_a_word_keeps_the_paragraphs(text: str, part: str, left: str):
    assert changing.without(text, part) == left


def test_patterns_change_texts_and_none_hangs(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    batch = order(user, "credit_line:*", field="credit_line", act="regex", old=r"Gift of (Mrs|Mr) (\S+)", new=r"\2 family, gift")
    running.run_batch.call(batch.pk)
    row = batch.rows.get(outcome="changed")
    assert (row.before, row.after) == ("Gift of Mrs Lê [en]", "Lê family, gift [en]")
    batch = order(user, "title:blue", field="title.text", act="regex", old="(a+)+$", new="")
    assert running.run_batch.call(batch.pk) == "finished"
    refused = client_of(user).post(
        reverse("workplace:new_batch"), {"field": "title.text", "act": "regex", "old": "(?=x)", "state": "q=title:blue"}
    )
    assert "cannot be read" in refused.content.decode()


@pytest.mark.parametrize(
    ("pattern", "new", "made"),
    [
        ("chạm", "khắc", "Đĩa khắc trúc, 北斎"),
        (r"^(\S+) chạm (.+)$", r"\2 – \1 khắc", "trúc, 北斎 – Đĩa khắc"),
        (r"(?P<what>trúc), ", r"«\g<what>»\\ \g<1> ", "Đĩa chạm «trúc»\\ trúc 北斎"),
        ("北斎", r"葛飾\g<0>\tẤ", "Đĩa chạm trúc, 葛飾北斎\tẤ"),
        ("(x)?chạm", r"[\1]", "Đĩa [] trúc, 北斎"),
    ],
)
def test_replacements_keep_every_letter(pattern: str, new: str, made: str):
    text = "Đĩa chạm trúc, 北斎"
    assert changing.pattern_of(pattern).sub(lambda match: filled(new, match), text) == made


@pytest.mark.parametrize(
    ("pattern", "new", "text", "made"),
    [
        (r"(\w+) (\w+)", r"\2 \1", "Bình tỳ bà", "tỳ Bình bà"),
        (r"\bđồng\b", "sắt", "trống đồng, đồng đồng. bùđồng đồngxu đồng", "trống sắt, sắt sắt. bùđồng đồngxu sắt"),
        (r"(?i)\bbình\b", "x", "Bình bình", "x x"),
        (r"\bgốm", "sứ", "gốm xgốm (gốm) gốm", "sứ xgốm (sứ) sứ"),
        (r"men\b", "M", "men mené men lam", "M mené M lam"),
        (r"\b(?P<a>\w+)-(\w+)\b", r"\2-\g<a>", "Hoàng-thành quốc-ngữ", "thành-Hoàng ngữ-quốc"),
        (r"[]\w-]+", "W", "Hoàng-thành] là", "W W"),
        (r"[a[]\w", "x", "[ồb aé", "xb x"),
        (r"[[:digit:]\w|]+\b", "x", "Bình| 7", "x x"),
        (r"[\]\w]+", "x", "ồ]b", "x"),
        (r"[^\w]+", "_", "Bình tỳ, bà", "Bình_tỳ_bà"),
        (r"\d+", "#", "12 ١٢ ๑๒", "# # #"),
        (r"\s+", " ", "a\u00a0 \u3000b", "a b"),
        (r"\Q\b\E|\\b", "c", r"a\b\b", "acc"),
        (r"\b\S*\b", ".", "a b  c", ". . . ."),
        (r"[\s\S]", "x", "aồ", "xx"),
        (r"\b(one|two)\b", "c", "one two xtwo", "c c xtwo"),
    ],
)
def test_words_of_a_pattern_are_words_of_every_script(pattern: str, new: str, text: str, made: str):
    assert changing.pattern_of(pattern).sub(lambda match: filled(new, match), text) == made


@pytest.mark.parametrize("stored", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("act", "old", "made"), [("replace", "Đĩa sứ", "Bát"), ("regex", r"\bĐĩa sứ\b", "Bát"), ("replace", "Đia", "Đĩa sứ")]
)
def test_letters_are_found_however_they_were_typed(house: Any, stored: str, typed: str, act: str, old: str, made: str):
    user = make_user(Role.CURATOR, house["ours"])
    before = unicodedata.normalize(stored, "Đĩa sứ")
    Title.objects.filter(artifact=house["dish"]).update(text=before)
    batch = order(user, "number:A*", field="title.text", act=act, old=unicodedata.normalize(typed, old), new="Bát")
    running.run_batch.call(batch.pk)
    assert Artifact.objects.get(pk=house["dish"].pk).titles.get().text == (before if made == "Đĩa sứ" else made)


@pytest.mark.parametrize("pattern", [r"\bone|two\b", r"[^\W]", r"a\bb", r"a\Bb", r"\b", "(((", "x" * 501])
def test_a_pattern_that_cannot_be_meant_is_refused_with_a_sentence(pattern: str):
    with pytest.raises(changing.ChangeError):
        changing.pattern_of(pattern)


def test_a_replacement_of_a_pattern_keeps_tone_marks_and_names_no_group_that_is_not_there(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    batch = order(user, "title:dish", field="title.text", act="regex", old="(Blue) dish", new=r"\1 khắc nổi")
    assert running.run_batch.call(batch.pk) == "finished"
    assert Artifact.objects.get(pk=house["dish"].pk).titles.get().text == "Blue khắc nổi"
    batch = order(user, "title:bowl", field="title.text", act="regex", old="Blue", new=r"\2")
    assert batch.rows.get().expected == "refused" and "group" in batch.rows.get().message

"""Folding: the two forms of a word, exact (as written, but for case and tone placement) and folded (as people type it)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import opencc

# Letters that no Unicode decomposition takes apart, and that people type without their stroke or ligature.
_LETTERS = str.maketrans(
    {
        "đ": "d", "ð": "d", "ł": "l", "ø": "o", "œ": "oe", "æ": "ae", "þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "n",
        "ı": "i", "ĸ": "k", "ƀ": "b", "ɖ": "d", "ɨ": "i", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ʻ": "", "ʼ": "", "ˀ": "",
        # Arabic and Persian letters that keyboards mix
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": "",
        "\u05f3": "", "\u05f4": "", "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
    }
)  # fmt: skip

# The figures of every script are one: ١٩٨٧, ๑๙๘๗ and १९८७ are 1987.
_FIGURES = {code: str(unicodedata.decimal(chr(code))) for code in range(0x660, 0x20000) if unicodedata.category(chr(code)) == "Nd"}
_LETTERS |= _FIGURES

# Forms of Han characters that the converter does not join: Japanese and older prints, names of people.
_MORE_HAN = (
    "戸戶 尙尚 闘鬪 呉吳 娯娛 靑青 淸清 頬頰 賎賤 薗園 嶋島 﨑崎 髙高 濵濱 邉邊 鉢缽 略畧 窓窗 "
    "瑯琅 寳寶 寚寶 壷壺 劒劍 鎗槍 讃讚 頚頸 篭籠 皷鼓 飮飲 姫姬 帋紙 廻回 砲炮 鍳鑑 澁澀 欝鬱 繋繫 諌諫 竃竈 躰體 軆體 刼劫 凴憑 鵞鵝 鼇鰲 缾瓶 塡填 "
    "倶俱 舎舍"
)

# Katakana to hiragana: the same sounds. U+30FC (long vowel) stays.
_KANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}

_TONES = "\u0300\u0301\u0303\u0309\u0323"
# A tone on the second vowel of a final oa, oe, uy (new placement) moves to the first (old placement): hoà and hòa are one word.
_NEW_PLACEMENT = re.compile(rf"([oO])([ae])([{_TONES}])$|([uU])(y)([{_TONES}])$")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")


def _is_stripped(char: str) -> bool:
    """True for accents, tone marks and vowel points; false for marks that make another letter (voiced kana, Indic vowels, Thai tones)."""
    order = unicodedata.combining(char)
    return 10 <= order <= 36 or order >= 200 or 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF


@cache
def _han_variants() -> dict[int, str]:
    """Every traditional, simplified and Japanese form of a Han character → one of them. Made once per process (about 50 ms)."""
    ranges = [(0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2FA20)]
    chars = [chr(code) for low, high in ranges for code in range(low, high)]
    # One character a line, so that no phrase rule of the converter sees two of them.
    traditional = opencc.OpenCC("jp2t").convert("\n".join(chars))
    simplified = opencc.OpenCC("t2s").convert(traditional).split("\n")
    table = {ord(char): form for char, form in zip(chars, simplified, strict=True) if char != form}
    for one, other in ((pair[0], pair[1]) for pair in _MORE_HAN.split()):
        form = table.get(ord(other), other)
        table |= {ord(char): form for char in (one, table.get(ord(one), one), other) if char != form}
    return table


def _apart(word: str) -> str:
    """Compatibility characters as what they stand for. One word stays one: some Arabic signs stand for something with spaces (ﱞ, ﷺ)."""
    plain = unicodedata.normalize("NFKC", word)
    return plain if " " in word else plain.replace(" ", "")


@lru_cache(maxsize=200_000)
def exact_form(word: str) -> str:
    """The word as written, in one spelling: composed, lower case, full-width forms made plain, Vietnamese tones in one place.

    ``Hoà`` and ``HÒA`` give ``hòa``; ``trống`` stays apart from ``trong``.
    """
    composed = _apart(word).lower()
    if composed.isascii():
        return composed
    apart = unicodedata.normalize("NFD", composed)
    moved = _NEW_PLACEMENT.sub(lambda m: f"{m[1]}{m[3]}{m[2]}" if m[1] else f"{m[4]}{m[6]}{m[5]}", apart)
    return unicodedata.normalize("NFC", moved)


@lru_cache(maxsize=200_000)
def fold_word(word: str) -> str:
    """The word as people type it: no case, no accents or tone marks, ligatures apart, one form of each Han character and kana.

    ``Đồng`` gives ``dong``, ``Łódź`` ``lodz``, ``Straße`` ``strasse``, ``圖`` and ``図`` give ``图``.
    """
    if word.isascii():
        return word.lower()
    plain = _apart(word).casefold().translate(_LETTERS)
    apart = "".join(char for char in unicodedata.normalize("NFD", plain) if not _is_stripped(char))
    # Once more: letters that were hidden under an accent (ǿ, ǽ, and the dotted capital I).
    folded = unicodedata.normalize("NFC", apart.translate(_LETTERS)).translate(_KANA)
    return folded.translate(_han_variants()) if _HAN.search(folded) else folded


def fold(text: str) -> str:
    """A whole text folded, white space made single; for labels that are compared, not for indexing."""
    return " ".join(fold_word(word) for word in text.split())


@cache
def _one_to_one() -> dict[int, str]:
    """Latin letters that fold to exactly one other, and punctuation that parts words. Plain letters are in it, too: what a table lacks is slow."""
    latin = (chr(code) for low, high in ((0xC0, 0x250), (0x1E00, 0x1F00)) for code in range(low, high))
    table = {ord(char): folded for char in latin if len(folded := fold_word(char)) == 1 and folded.isascii()}
    return {code: chr(code) for code in range(128)} | table | dict.fromkeys(map(ord, "“”„«»‹›–—…·•°×−§©®\u00a0\u2009"), " ")


@cache
def _beside_latin() -> re.Pattern[str]:
    return re.compile(f"[^{re.escape(''.join(map(chr, _one_to_one())))}]")


def is_latin(text: str) -> bool:
    """True for a text of Latin letters that fold one by one, with plain punctuation: no marks by themselves, no other script."""
    return _beside_latin().search(text) is None


def fold_in_place(text: str) -> str | None:
    """A text of Latin letters folded letter by letter, so that every place stays what it was; None for any other text."""
    folded = text.lower() if text.isascii() else text.translate(_one_to_one()).lower()
    return folded if folded.isascii() and len(folded) == len(text) else None

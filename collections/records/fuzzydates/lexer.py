"""From a text to tokens: numbers, words of time, names of eras, separators. Everything else falls away."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from records.fuzzydates import numerals, republican
from records.fuzzydates.eras import Era
from records.fuzzydates.words import cjk, is_ideographic, phrases, simple

Token = tuple[str, Any]


class Number(NamedTuple):
    """A number as written: value, count of digits, and what hung on it ("o" ordinal, "s" plural as in 1830s, "." a stop)."""

    value: int
    digits: int
    suffix: str = ""


_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212~\u301c\u223c\u2043\u30fc"
_CJK = "\u2e80-\u2fff\u3005-\u301b\u301d-\u30fb\u30fd-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(
    rf"""
    (?P<ymd>(?<![\d.])\d{{4}}(?P<s1>[-./])\d{{1,2}}(?P=s1)\d{{1,2}}(?![\d/]))
    |(?P<dmy>(?<![\d.])\d{{1,2}}(?P<s2>[-./]|\ [-/]\ )\d{{1,2}}(?P=s2)\d{{4}}(?!\d))
    |(?P<my>(?<![\d.-])(?:0?[1-9]|1[0-2])(?:[./]\d{{4}}(?!\d)|(?<!-\d)(?<!-\d\d)-(?:1[5-9]|20)\d\d(?![\d-])))
    |(?P<ym>(?<![\d.])\d{{4}}\.(?:0?[1-9]|1[0-2])(?![\d.]))
    |(?P<marc>(?<!\d)(?:\d\d(?:--|__|xx|uu|\?\?)|\d{{3}}(?:-(?=[?\]]|\s*$)|[_xu]\b)|(?:1\d\d|20\d)\?(?!\d)))
    |(?P<big>\d{{1,3}}(?:,\d{{3}}|\.\d{{3}})+(?!\d))
    |(?P<num>\d+)(?:(?P<ordinal>(?:st|nd|rd|th)(?=c\b|half|quarter)|(?:\.[ao](?=\s)|st|nd|rd|th|ste|de|d|eme|ieme|es|er(?!n)|re|e|o|a|te|ter)(?![^\W\d_]))|(?P<plural>(?:'?s|er|ern|-?an|-?tal(?:l?et)?s?|'?erne|-?arene)(?![^\W\d_]))|(?P<stop>\.)(?=\s*[^\d\s]))?
    |\b(?P<c>c)(?=\d{{2}}(?!\d))
    |(?P<cjk>[{_CJK}]+)
    |(?P<word>[^\W\d_{_CJK}]+(?:'[^\W\d_{_CJK}]+)*)
    |(?P<dash>[{_DASHES}]+)
    |(?P<margin>\+/?-|\u00b1)
    |(?<![^\s(\[])(?P<limit>[<>\u2264\u2265])(?=\s?\d)
    |(?P<mark>[?/(),;:\[\]])
    """,
    re.VERBOSE,
)
_INITIALS = re.compile(r"\b[a-z]\.(?:[a-z]\.)*[a-z]?\b(?![a-z])\.?")
_ORDINAL_PREFIX = re.compile(r"\bke[- ](?=[\divx])|n\s?[°º]\s?")
_UNIFORM = str.maketrans(
    {"\u2019": "'", "\u02bc": "'", "\u2018": "'", "`": "'", "\u00ad": None, "\u00a0": " ", "\x92": "'", "\x96": "-", "\x97": "-"}
)
_FRACTION = re.compile(r"\b1/([234]) (?=(?:dau|cuoi|sau|thu) )")  # 1/4 đầu thế kỷ XX
_FRACTIONS = {"2": "nua ", "3": "mot phan ba ", "4": "mot phan tu "}
_DANISH_BEFORE = re.compile(r"\bf\u00f8r\b", re.IGNORECASE)  # folded it would be the English "for"
_GERMAN_DAY = re.compile(r"\bden (?=\d{1,2}\. ?[a-z])")  # Berlin, den 12. März 1848: no Vietnamese "đến"
LONGEST = 600
SIGN = "sign"  # the value of a dash that may be one
_BEFORE_SIGN = frozenset({"", "circa", "from", "before", "till", "after", "since", "("})
_BARE = frozenset({"bare name", "bare era", "bare reign"})
_NAMES = _BARE | {"name"}
_FIGURES = frozenset({"n", "date", "marc"})
_NAMED = {"c": "century", "margin": "±"}
_LIMITS = {"<": "before", ">": "after", "\u2264": "till", "\u2265": "since"}
_PARTS = {"h": 2, "d": 3, "v": 4}


def tokens(text: str) -> list[Token]:
    """The tokens of a text (its first 600 characters)."""
    return read(text)[0]


def read(text: str) -> tuple[list[Token], bool]:
    """The tokens of a text, and whether every word of it was understood."""
    text = text[:LONGEST].translate(_UNIFORM)
    plain = simple(_DANISH_BEFORE.sub("fore", text) if "\u00f8" in text or "\u00d8" in text else text)
    if "." in plain:
        plain = _INITIALS.sub(_without_stops, plain)
    if "ke" in plain or "\u00b0" in plain:
        plain = _ORDINAL_PREFIX.sub("", plain)
    if "1/" in plain:
        plain = _FRACTION.sub(lambda match: _FRACTIONS[match[1]], plain)
    if "an " in plain:
        plain = republican.in_western_years(plain)
    if "den " in plain:
        plain = _GERMAN_DAY.sub("", plain)
    raw: list[tuple[str, str, Any]] = []
    for match in _TOKEN.finditer(plain):
        _add(raw, match)
    found, complete = _grouped(raw)
    kinds = {kind for kind, _ in found}
    if not kinds.isdisjoint(_NAMES):
        found = _of_their_dynasties(found)
    if not kinds.isdisjoint(_BARE):
        found = _without_bare_names(_without_bare_eras(found, complete), text if complete else "")
    if not kinds.isdisjoint(_NAMES):
        found = [(kind, _spelled_so(value, text) if kind == "name" and len(value) > 1 else value) for kind, value in found]
    return (_with_signs(found) if "-" in kinds else found), complete


def _of_their_dynasties(found: list[Token]) -> list[Token]:
    """北宋元豐 is the 元豐 of the Song: of eras of one name, those within the dynasty that stands before them."""
    told = list(found)
    for i in range(1, len(found)):
        (before, dynasties), (kind, eras) = found[i - 1], found[i]
        if before in _NAMES and kind in _NAMES and len(eras) > 1 and all(dynasty.year_one is None for dynasty in dynasties):
            within = [era for era in eras if any(_is_of(era, dynasty) for dynasty in dynasties)]
            told[i] = (kind, tuple(within) or eras)
    return told


def _is_of(era: Era, dynasty: Era) -> bool:
    return era.tradition == dynasty.tradition and era.start <= dynasty.end and era.end >= dynasty.start


def _spelled_so(named: tuple[Era, ...], text: str) -> tuple[Era, ...]:
    """Of several names that differ in their marks alone (Nguyễn, Nguyên), the one that the text spells."""
    return tuple(era for era in named if _is_spelled(era, text)) or named


def _is_spelled(era: Era, text: str) -> bool:
    written = unicodedata.normalize("NFC", text).casefold()
    return any(name.casefold() in written for name in era.spellings) or any(han in text for han in era.han)


def _without_stops(match: re.Match[str]) -> str:
    letters = match[0].replace(".", "")
    return f" {letters} " if len(letters) > 1 else match[0]


def _add(raw: list[tuple[str, str, Any]], match: re.Match[str]) -> None:
    """One match as (kind, surface, value); words are looked up afterwards, since a phrase may be of several."""
    kind = match.lastgroup or ""
    surface = match[0]
    if kind in ("ordinal", "plural", "stop", "num"):
        raw.append(("n", surface, _number(kind, match)))
    elif kind == "word":
        raw.append(("word", surface.replace("'", ""), None))
    elif kind == "cjk":
        _add_ideographs(raw, surface)
    elif kind == "mark":
        raw.append((surface, surface, None))
    elif kind == "dash":
        rest = match.string[match.end() :].strip(" )]?")
        raw.append(("-" if rest else "end", surface, SIGN if _is_sign(match) else None))
    elif kind == "limit":
        raw.append((_LIMITS[surface], surface, None))
    elif kind in _NAMED:
        raw.append((_NAMED[kind], surface, None))
    elif kind == "big":
        raw.append(("n", surface, Number(int(re.sub(r"\D", "", surface)), 6)))
    elif kind == "marc":
        known = re.match(r"\d+", surface)
        raw.append(("marc", surface, int(known[0]) if known else 0))
    else:
        raw.append(("date", surface, _numeric(kind, surface)))


def _number(kind: str, match: re.Match[str]) -> Number:
    digits = match["num"]
    suffix = {"ordinal": "o", "plural": "s", "stop": "."}.get(kind, "")
    if kind == "ordinal" and match["ordinal"] == "er" and len(digits) > 2:
        suffix = "s"  # 1850er is a decade in German, 1er a first in French
    elif kind == "plural" and len(digits) == 1:
        suffix = "o"
    return Number(int(digits[:9]), len(digits), suffix)


def _numeric(kind: str, surface: str) -> tuple[int, int | None, int | None, str]:
    """(year, month, day, separator) of an all-figure date; month and day still in the order written when that is open."""
    surface = surface.replace(" ", "")
    separator = next(c for c in surface if not c.isdigit())
    parts = [int(part) for part in surface.split(separator)]
    if kind == "my":
        return parts[1], parts[0], None, separator
    if kind == "ym":
        return parts[0], parts[1], None, separator
    if kind == "ymd":
        return parts[0], parts[1], parts[2], "iso"
    return parts[2], parts[0], parts[1], separator


def _add_ideographs(raw: list[tuple[str, str, Any]], run: str) -> None:
    _, dense, longest = phrases()
    i, end, understood = 0, len(run), 0
    while i < end:
        for size in range(min(longest, end - i), 0, -1):
            meaning = dense.get(run[i : i + size])
            if meaning is not None and size == 2 and _begins_an_era(run, i + 1):
                continue  # 宋元豐元年: the Song, and no "Song and Yuan"
            if meaning is not None and not (i > understood and run[i : i + size] in cjk.COMMON_WORDS):
                raw.append((meaning[0], run[i : i + size], meaning[1]))
                i = understood = i + size
                break
        else:
            j = i
            while j < end and run[j] in numerals.CJK_NUMERALS:
                j += 1
            value = numerals.chinese(run[i:j])
            if value is not None:
                raw.append(("n", run[i:j], Number(value, len(str(value)))))
                understood = j
            i = max(j, i + 1)


def _begins_an_era(run: str, i: int) -> bool:
    """Whether a dynasty of one character stands before ``i``, and an era with its year from there on."""
    _, dense, _ = phrases()
    if run[i - 1 : i] not in dense or dense[run[i - 1 : i]][0] not in _NAMES:
        return False
    ends = [i + size for size in (2, 4) if dense.get(run[i : i + size], ("",))[0] in _NAMES]
    return any(end < len(run) and (run[end] in numerals.CJK_NUMERALS or run[end] == "元") for end in ends)


def _grouped(raw: list[tuple[str, str, Any]]) -> tuple[list[Token], bool]:
    """Words put together into phrases; unknown words dropped, except Roman numerals. The second value is whether there were none."""
    found: list[Token] = []
    complete = True
    i = 0
    while i < len(raw):
        kind, surface, value = raw[i]
        if _abbreviates(raw, i):
            found.append(("div", _PARTS[surface]))
        elif (phrase := _phrase(raw, i)) is not None:
            meaning, meant, i = phrase
            if meaning == "numbered":  # page 1900
                complete = False
                i += i < len(raw) and raw[i][0] in _FIGURES
            elif meaning != "noise":
                found.append((meaning, meant))
            continue
        elif kind != "word":
            if kind != "noise":
                found.append((kind, value))
        elif number := numerals.roman(surface):
            found.append(("r", Number(number, 2, "o" if surface[-1] not in "ivx" else "")))
        elif year := numerals.roman_year(surface):
            found.append(("n", Number(year, 4)))
        else:
            complete = False
        i += 1
    return found, complete


def _phrase(raw: list[tuple[str, str, Any]], i: int) -> tuple[str, Any, int] | None:
    """The longest phrase that begins at ``i``: what it is, its value, and the position behind it."""
    if raw[i][0] not in ("word", "n"):
        return None
    for rest, meaning, meant in phrases()[0].get(raw[i][1], ()):
        after = _matches(raw, i + 1, rest)
        if after and not (meaning == "name" and rest and _longer_name(raw, i + 1, after)):
            return meaning, meant, after
    return None


def _is_sign(match: re.Match[str]) -> bool:
    """A single dash that touches the figure behind it and nothing before it: -300, not 1850-60 nor 1850 - 60."""
    before, behind = match.string[: match.start()], match.string[match.end() :]
    return len(match[0]) == 1 and (not before or before[-1] in " (") and behind[:1].isdigit()


def _with_signs(found: list[Token]) -> list[Token]:
    """Years with a sign among words ("khoảng -300", "from -300 to 100") as years before Christ, counted as EDTF does: -300 is 301 BC.

    A sign stands first or behind a word of time; behind a number it is a dash.
    """
    if not any(value is SIGN for _, value in found):
        return found
    meant: list[Token] = []
    seen = negative = False
    for i, (kind, value) in enumerate(found):
        before = found[i - 1][0] if i else ""
        if value is SIGN:
            negative = found[i + 1][0] == "n" and (before in _BEFORE_SIGN or (seen and before in ("to", "or")))
            seen = seen or negative
            if not negative:
                meant.append((kind, None))
        elif negative:
            meant += [("n", value._replace(value=value.value + 1)), ("bc", None)]
            negative = False
        else:
            meant.append((kind, value))
    return meant


def _abbreviates(raw: list[tuple[str, str, Any]], i: int) -> bool:
    """The H. and V. of "1. H. 19. Jh." and "2. V. 18. Jh."."""
    if raw[i][1] not in _PARTS or not 0 < i < len(raw) - 1:
        return False
    before, behind = raw[i - 1][2], raw[i + 1][2]
    return all(isinstance(number, Number) and number.suffix in (".", "o") for number in (before, behind))


def _longer_name(raw: list[tuple[str, str, Any]], i: int, end: int) -> bool:
    """Triều Minh Mạng is no "triều Minh": a longer name begins within the phrase and goes on beyond it."""
    by_first, _, _ = phrases()
    for start in range(i, end):
        for rest, meaning, _ in by_first.get(raw[start][1], ()):
            if meaning == "name" and _matches(raw, start + 1, rest) > end:
                return True
    return False


def _without_bare_eras(found: list[Token], complete: bool) -> list[Token]:
    """The 長安 and Kenji that are eras: a year of them follows. In Latin letters nothing but words of time may be there."""
    return [
        ("name", value) if kind.startswith("bare ") and kind != "bare name" else (kind, value)
        for i, (kind, value) in enumerate(found)
        if not (
            (kind == "bare era" and _kinds(found, i + 1) not in (("n", "year"), ("nth year",), ("gz",)))
            or (kind == "bare reign" and not (complete and _kinds(found, i + 1)[:1] in (("n",), ("nth year",))))
        )
    ]


def _kinds(found: list[Token], i: int) -> tuple[str, ...]:
    """The kinds of the tokens at ``i``: two of a number and its noun, else one."""
    kinds = tuple(kind for kind, _ in found[i : i + 2])
    return kinds if kinds[:1] == ("n",) else kinds[:1]


def _without_bare_names(found: list[Token], text: str) -> list[Token]:
    """Names that need a noun, kept where they and words of time are all there is, or where another stands on the other side of a dash or "or"."""
    bare = [value[0] for kind, value in found if kind == "bare name"]
    if not bare:
        return found
    if {kind for kind, _ in found} <= {"bare name", "part"} and all(era.tradition == "vi" and _is_spelled(era, text) for era in bare):
        return [("name" if kind == "bare name" else kind, value) for kind, value in found]  # cuối Lê đầu Nguyễn
    kept: list[Token] = []
    for i, (kind, value) in enumerate(found):
        if kind != "bare name":
            kept.append((kind, value))
        elif _beside_name(found, i, -1) or _beside_name(found, i, 1):
            kept.append(("name", value))
    return kept


def _beside_name(found: list[Token], i: int, step: int) -> bool:
    joint, other = i + step, i + 2 * step
    if not 0 <= other < len(found) or found[joint][0] not in ("-", "or", "/", "to"):
        return False
    kind, named = found[other]
    return kind == "name" or (kind == "bare name" and named[0].tradition == found[i][1][0].tradition == "vi")  # Lý - Trần


def _matches(raw: list[tuple[str, str, Any]], i: int, rest: tuple[str, ...]) -> int:
    """The index after ``rest`` when it stands at ``i`` (hyphens between the words are passed over), else 0."""
    for word in rest:
        while i < len(raw) and raw[i][0] == "-":
            i += 1
        if i >= len(raw) or raw[i][1] != word:
            return 0
        i += 1
    return i


__all__ = ["Number", "Token", "is_ideographic", "tokens"]

"""From a text of dimensions to measurements. Order without names is height × width × depth; metric wins over inches beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from records.identifiers import fold
from records.measurements import words
from records.measurements.groups import BY_UNIT, Extent, Group, tidied
from records.measurements.lexer import PLACES, Token, tokens, unit_of
from records.measurements.value import METRIC, UNITS, Measurement

ORDER = ("height", "width", "depth")
DEFAULT_UNIT = "cm"
LONGEST_PART = 5  # words
NO_UNIT = "unit not stated"
_LABEL_END = re.compile(r"\d+$")
_HEADING_UNITS = frozenset({"cm", "mm", "kg", "m"})
_BEFORE_ENUMERATION = frozenset({"", ";", ",", "\n", "|", ")"})
# Two units of one figure: 5 ft 2 in, 1 h 20 min, 2 m 30 cm.
_COMPOUND = frozenset({("[ft_i]", "[in_i]"), ("h", "min"), ("h", "s"), ("min", "s"), ("m", "cm"), ("kg", "g"), ("[lb_av]", "[oz_av]")})


def parse_dimensions(text: str, languages: Sequence[str] = ()) -> list[Measurement]:
    """The measurements in a text, in its order; an empty list when it has none. Never raises.

    Understands several parts in one text, with or without a separator ("sheet: 29 5/8 x 21 3/4 in. (75.2 x 55.2 cm)image: …"), names of
    extents before or behind the figure in English, Vietnamese, French, German and more, fractions, ranges, feet with inches.
    """
    text = unicodedata.normalize("NFC", text)
    languages = (languages,) if isinstance(languages, str) else languages
    groups = tidied(_Parser(tokens(text)).groups())
    letters = {extent.kind for group in groups for extent in group.extents if len(extent.kind) == 1}
    return [measurement for group in groups for measurement in _measurements(group, letters, languages, text)]


class _Parser:
    def __init__(self, found: Sequence[Token]) -> None:
        self.found = found
        self.all: list[Group] = []
        self.group = Group()
        self.lead: list[str] = []  # words since the last number
        self.kinds: list[str] = []  # kinds named and not yet used
        self.qualifier = ""
        self.part = ""
        self.chained = False  # the last token was ×
        self.fresh = True  # the next number begins a group
        self.stated = ""  # a unit named before the figures
        self.mark: int | None = None  # where the words of the next number begin

    def kind(self, i: int) -> str:
        return self.found[i].kind if 0 <= i < len(self.found) else ""

    def groups(self) -> list[Group]:
        i = 0
        while i < len(self.found):
            i = self._step(i)
        self._close()
        return self.all

    def _step(self, i: int) -> int:
        token = self.found[i]
        match token.kind:
            case "number":
                return self._number(i)
            case "times":
                self.chained = True
            case "word":
                self._word(token, i)
            case "kind" | "letter":
                self._kind(token, i)
            case "qualifier":
                self.qualifier = token.value
                self._mark(token)
            case "(" | "[":
                return self._bracket(i)
            case ":":
                self._label()
            case ";" | "\n" | "|" | "+":
                self._end_of_clause()
            case "/" if self.group.extents and self.group.extents[-1].unit:
                self._close()
            case ",":
                self.lead.clear()
                self.mark = self.mark if self.kinds else None
        return i + 1

    def _mark(self, token: Token) -> None:
        if self.mark is None:
            self.mark = token.start

    def _word(self, token: Token, i: int) -> None:
        if (unit := unit_of(token.value) or "") in _HEADING_UNITS and len(token.value) == len(unit) and (unit != "m" or self.kinds):
            if self.kind(i - 1) in ("kind", "letter") and self.group.extents and not self.kinds:
                self._spread_unit(unit)  # 30 H x 20 W x 10 D cm
            else:
                self.stated = unit  # Hauteur en cm : 34,5
            return
        self._mark(token)
        if self.group.extents and not self.lead and self.kind(i - 1) in ("unit", "number", ")", ","):
            self.fresh = True
        self.lead.append(token.value)

    def _end_of_clause(self) -> None:
        self._close()
        self.lead.clear()
        self.kinds.clear()
        self.mark = None

    def _label(self) -> None:
        """The words before a colon name a part; a kind before it names what is measured."""
        if self.lead:
            self._close()
            self.part = " ".join(self.lead)
            self.lead.clear()
            self.mark = None
        elif not self.kinds and not self.group.extents:
            self.part = ""

    def _kind(self, token: Token, i: int) -> None:
        value = token.value
        before = i - 2 if self.kind(i - 1) == "ignored" else i - 1  # 5 cm in diameter
        behind = (
            self.group.extents
            and self.kind(before) in ("unit", "number", ")")
            and self.kind(i + 1) not in ("number", ":", "qualifier", "word", "ignored")
        )
        if (
            behind
            and not self.group.extents[-1].kind
            and not (token.kind == "letter" and self.kind(i + 1) == "" and not self.chained and not self.group.extents[-1].unit)
        ):
            self.group.extents[-1].kind = value
            self.group.end = token.end
            return
        if self.group.extents and not self.chained and not self.kinds:
            self.fresh = True
        if not self.chained:
            self.kinds = []
        self.chained = False
        self.kinds.append(value)
        self._mark(token)

    def _number(self, i: int) -> int:
        token = self.found[i]
        if self.kind(i + 1) == ")" and self.kind(i - 1) in _BEFORE_ENUMERATION:
            self._end_of_clause()  # 1) 30 x 20 cm
            return i + 2
        if self.kind(i - 1) == "," and self.kind(i + 1) == "word" and not self.kinds and self.group.extents and self.group.extents[-1].unit:
            self.fresh = True  # 30 x 20 cm, 245 pages
        qualifier = self.qualifier
        if self.fresh and not self.chained:
            self._begin(i)
        extent = Extent(token.value, token.start, token.end, qualifier=qualifier)
        i += 1
        if self.kind(i) == "unit":
            extent.unit, extent.end = self.found[i].value, self.found[i].end
            i += 1
        i = self._rest_of_number(extent, i)
        extent.unit = extent.unit or self.stated
        if self.kinds:
            extent.kind = self.kinds.pop(0)
        if not self.group.extents:
            self.group.start = token.start if self.mark is None else self.mark
        self.mark = None
        self.group.extents.append(extent)
        self.group.end = extent.end
        self._spread_unit(extent.unit)
        self.chained = self.fresh = False
        self.lead.clear()
        self.qualifier = "" if extent.unit else qualifier
        return i

    def _begin(self, i: int) -> None:
        """A new group: its part is the words before it, or stays the same within a clause."""
        if self.kind(i - 1) == ")" and self.all_or_group():
            self.part = ""  # "… cm)36 x 39 in.": another part, without a name
        self._close()
        self.group.part = " ".join(self.lead) if 0 < len(self.lead) <= LONGEST_PART else self.part

    def all_or_group(self) -> bool:
        return bool(self.all or self.group.extents)

    def _rest_of_number(self, extent: Extent, i: int) -> int:
        """5' 3 1/2"; 24 min 10 secs; 12-14 cm; từ 2,02 m đến 2,5 m."""
        if self.kind(i) in ("to", "-") and self.kind(i + 1) == "number" and (after := self._upper(extent, i + 1)):
            return after
        if self.kinds[:1] == ["duration"] and not extent.unit and self.kind(i) == ":" and self.kind(i + 1) == "number":
            extent.value, extent.unit, extent.end = (
                extent.value * 60 + self.found[i + 1].value,
                "s",
                self.found[i + 1].end,
            )  # Duration: 3:25
            return i + 2
        j = i + 1 if self.kind(i) in (",", "ignored") and extent.unit not in METRIC - {"h", "min"} else i
        if self.kind(j) == "number" and self.kind(j + 1) == "unit" and (extent.unit, self.found[j + 1].value) in _COMPOUND:
            smaller = self.found[j + 1].value
            extent.value = extent.value * UNITS[extent.unit][1] / UNITS[smaller][1] + self.found[j].value
            extent.unit, extent.end = smaller, self.found[j + 1].end
            return self._rest_of_number(extent, j + 2)
        if extent.unit == "m" and self.kind(i) == "number" and self.found[i].start == extent.end and self.found[i].value < 100:
            tenth = self.found[i].end - self.found[i].start == 1
            extent.value, extent.end = extent.value + self.found[i].value / (10 if tenth else 100), self.found[i].end  # 1m20, 2m5
            return i + 1
        return i

    def _upper(self, extent: Extent, i: int) -> int:
        """The greater number of a range, in the smaller one's unit or its own; the position after it, 0 when it is none."""
        upper, end, unit, after = self.found[i].value, self.found[i].end, extent.unit, i + 1
        if self.kind(after) == "unit":
            unit, end = self.found[after].value, self.found[after].end
            after += 1
        value = extent.value
        if extent.unit and extent.unit != unit:
            if UNITS[extent.unit][0] != UNITS[unit][0]:
                return 0
            value = value * UNITS[extent.unit][1] / UNITS[unit][1]
        if upper <= value:
            return 0
        extent.value, extent.upper, extent.unit, extent.end = value, upper, unit, end
        return after

    def _spread_unit(self, unit: str) -> None:
        """A unit holds for the figures before it that have none: 29 x 21 in."""
        if unit and UNITS[unit][0] == "length":
            for extent in self.group.extents:
                extent.unit = extent.unit or unit

    def _bracket(self, i: int) -> int:
        """What stands in brackets: the same in other units, names of the extents, a part, a remark."""
        end = next((j for j in range(i + 1, len(self.found)) if self.found[j].kind in (")", "]")), len(self.found))
        inside = self.found[i + 1 : end]
        if any(token.kind == "number" for token in inside) and self.kind(end + 1) != ":":
            self._other_units(inside)
        elif self.kind(end + 1) == ":":
            if self.kinds and len(inside) == 1 and inside[0].kind == "word" and (unit := unit_of(inside[0].value)):
                self.stated = unit  # Height (cm): 30
                return end + 1
            self._close()
            if inside and not self.lead:
                self.lead = [token.value for token in inside if token.kind == "word"]
        elif self.group.extents and not self.lead:
            self._remark(inside)
        self.fresh = True
        return end + 1

    def _other_units(self, inside: Sequence[Token]) -> None:
        groups = _Parser(inside).groups()
        inner = [extent for group in groups for extent in group.extents]
        outer = self.group.extents
        if outer and any(group.part for group in groups):
            self._close()
            self.all.extend(groups)
            return
        if not outer:
            self._take(inner)
            return
        if len(inner) == len(outer) and inner[-1].unit in METRIC and outer[-1].unit not in METRIC:
            for mine, other in zip(outer, inner, strict=True):
                mine.value, mine.upper, mine.unit = other.value, other.upper, other.unit or inner[-1].unit
        self.group.end = inside[-1].end if inside else self.group.end

    def _take(self, inner: list[Extent]) -> None:
        self.group.part = " ".join(self.lead) or self.part
        self.group.extents = inner
        self.group.start, self.group.end = inner[0].start, inner[-1].end
        for extent, kind in zip(inner, self.kinds, strict=False):
            extent.kind = extent.kind or kind
        self.lead.clear()
        self.kinds.clear()

    def _remark(self, inside: Sequence[Token]) -> None:
        if len(inside) == 1 and inside[0].kind == "word" and (unit := unit_of(inside[0].value)):
            self._spread_unit(unit)
            return
        for token in inside:
            if token.kind == "qualifier":
                self.group.qualifier = token.value
        kinds = [token.value for token in inside if token.kind in ("kind", "letter")]
        remark = " ".join(str(token.value) for token in inside if token.kind == "word")
        unnamed = [extent for extent in self.group.extents if not extent.kind]
        if kinds and not remark and len(kinds) <= len(unnamed):
            for extent, kind in zip(unnamed[-len(kinds) :], kinds, strict=False):
                extent.kind = kind
        elif remark and not kinds and not self.group.part and len(remark.split()) == 1:
            self.group.part = remark
        elif remark:
            self.group.qualifier = remark[:40]

    def _close(self) -> None:
        if self.group.extents:
            self.all.append(self.group)
        self.group = Group(part=self.part)
        self.chained, self.fresh, self.qualifier = False, True, ""


def _measurements(group: Group, letters: set[str], languages: Sequence[str], text: str) -> list[Measurement]:
    display = text[group.start : group.end].strip()
    if display.count("(") > display.count(")"):
        display += ")"
    extents = group.extents
    for extent in extents:
        extent.kind = _letter_meaning(extent.kind, letters, len(extents), languages) if len(extent.kind) == 1 else extent.kind
        extent.kind = extent.kind or (BY_UNIT.get(UNITS[extent.unit][0], "") if extent.unit else "")
    _name_by_order(group)
    return [
        Measurement(
            extent.kind,
            _rounded(extent.value),
            extent.unit or DEFAULT_UNIT,
            None if extent.upper is None else _rounded(extent.upper),
            _LABEL_END.sub("", group.part).strip(),
            extent.qualifier or group.qualifier or ("" if extent.unit else NO_UNIT),
            display,
        )
        for extent in extents
    ]


def _rounded(value: Decimal) -> Decimal:
    """At most four decimals, as they are stored; what was typed with fewer keeps its own."""
    return value if value.as_tuple().exponent >= -4 else value.quantize(PLACES)  # type: ignore[operator]


def _name_by_order(group: Group) -> None:
    """Figures without names are height × width × depth, as far as these are not named yet; one figure of a rim is its diameter."""
    unnamed = [extent for extent in group.extents if not extent.kind]
    if len(unnamed) == 1 == len(group.extents) and any(fold(word) in words.ROUND_PARTS for word in group.part.split()):
        unnamed[0].kind = "diameter"
        return
    free = iter([kind for kind in ORDER if all(extent.kind != kind for extent in group.extents)])
    for extent in unnamed:
        extent.kind = next(free, "other")


def _letter_meaning(letter: str, letters: set[str], count: int, languages: Sequence[str]) -> str:
    """The single letters that mean two things: D. is depth beside W., Dài beside R. or C., else diameter; l. is width beside H. or L."""
    spoken = {language.split("-")[0] for language in languages}
    if letter in "Dd" and (letters & {"R", "C"} or "vi" in spoken):
        return "length"
    if letter in "Dd":
        return "depth" if letters & {"W", "w", "B", "l"} or count > 2 else "diameter"
    if letter == "l":
        return "width" if letters & {"H", "L"} or "fr" in spoken else "length"
    return words.LETTERS[letter]

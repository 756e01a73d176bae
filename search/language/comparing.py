"""One condition on one field: what the typed value means for the field's kind, and the nodes that look for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import override

from records import fuzzydates
from records.measurements import UNITS
from search import columns, spans
from search.documents import NUMBER_FIELD, STAFF
from search.engines.years import overlapping
from search.language import moments
from search.language.errors import QueryError
from search.language.fields import ORDERED, Field, Kind
from search.language.readers import Reader
from search.language.syntax import Between, Compare, Value
from search.plan import AllOf, AnyOf, Constant, Node, Phrase, Prefix, Range, Term, Terms, Wildcard
from search.text import analyse, fold, fold_word, number_forms

LONGEST_VALUE = 300
MOST_WILDCARDS = 6
LANGUAGES = ("en", "vi")  # of labels that may be typed for a code
YES = frozenset({"yes", "true", "1", "co", "dung", "x"})
NO = frozenset({"no", "false", "0", "khong", "sai"})
ME = frozenset({"me", "toi", "minh"})

# units as people type them; a UCUM code of the catalogue is understood, too
TYPED_UNITS = {"in": "[in_i]", "ft": "[ft_i]", "yd": "[yd_i]", "oz": "[oz_av]", "lb": "[lb_av]", "ml": "mL", "cl": "cL", "l": "L"}
_NUMBER = re.compile(r"([+-]?\d{1,14}(?:[.,]\d{1,6})?)\s*([a-z]*)", re.IGNORECASE)
_YEARS_WILD = re.compile(r"(\d{1,3})(\?+|\*)")


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom, and on which day, a query is compiled."""

    reader: Reader
    today: date


def condition(field: Field, tree: Compare | Between, asked: Asked) -> Node:
    """The nodes of a condition. Raises QueryError with the place of the value that cannot be."""
    if isinstance(tree, Between):
        return _between(field, tree, asked)
    _check(field, tree)
    if tree.value.wild and tree.operator == ":" and field.kind in {Kind.TEXT, Kind.REFERENCE, Kind.PERSON, Kind.IDENTIFIER}:
        return _wild(field, tree.value, asked.reader)
    return _BY_KIND[field.kind](field, tree, asked)


def _check(field: Field, tree: Compare) -> None:
    value = tree.value
    if not value.plain.strip():
        raise QueryError(_("The value is empty."), value.span.start, value.span.end)
    if len(value.text) > LONGEST_VALUE:
        raise QueryError(_("The value is longer than %(most)d characters.") % {"most": LONGEST_VALUE}, value.span.start, value.span.end)
    if tree.operator in {">", ">=", "<", "<="} and field.kind not in ORDERED:
        raise QueryError(
            _("“%(field)s” has no order: “%(sign)s” cannot be asked of it.") % {"field": field.name, "sign": tree.operator},
            tree.span.start,
            value.span.end,
        )


# -- texts


def _anywhere(field: Field, reader: Reader, make: Callable[[str, str], Node]) -> Node:
    """The same question in every column and every class that the reader may read; what it finds counts one."""
    nodes = tuple(make(group, column) for group in reader.own_groups for column in field.columns)
    return Constant(nodes[0] if len(nodes) == 1 else AnyOf(nodes), 1.0)


def _text(field: Field, tree: Compare, asked: Asked) -> Node:
    text = tree.value.plain
    if tree.operator == "=":
        return _anywhere(field, asked.reader, lambda group, column: Term(f"{group}.{columns.VALUES}", columns.whole_value(column, text)))
    tokens = [token.folded for token in analyse(text)]
    if not tokens:
        raise QueryError(_("There is no word in this value."), tree.value.span.start, tree.value.span.end)
    return _anywhere(field, asked.reader, lambda group, column: _in_words(group, column, tokens))


def _in_words(group: str, column: str, tokens: list[str]) -> Node:
    return Phrase(f"{group}.{columns.WORDS}", tuple(columns.word(column, token) for token in tokens))


def _reference(field: Field, tree: Compare, asked: Asked) -> Node:
    """By any name, or by the record's id."""
    ident = tree.value.plain.strip()
    if re.fullmatch(r"[a-z0-9]{12}", ident):
        by_id = _anywhere(field, asked.reader, lambda group, column: Term(f"{group}.{columns.VALUES}", columns.value(column, ident)))
        return AnyOf((by_id, _text(field, tree, asked)))
    return _text(field, tree, asked)


def _person(field: Field, tree: Compare, asked: Asked) -> Node:
    if fold(tree.value.plain) not in ME or tree.value.quoted:
        return _text(field, tree, asked)
    mine = {f"user:{asked.reader.user}", *(f"team:{team}" for team in asked.reader.teams)}
    ways: list[Node] = [
        Term(f"{group}.{columns.VALUES}", columns.value(column, one))
        for group in asked.reader.own_groups
        for column in field.columns
        for one in sorted(mine)
    ]
    for name in asked.reader.names:
        ways += [
            Term(f"{group}.{columns.VALUES}", columns.whole_value(column, name))
            for group in asked.reader.own_groups
            for column in field.columns
        ]
    return Constant(AnyOf(tuple(ways)), 1.0)


def _identifier(field: Field, tree: Compare, asked: Asked) -> Node:
    """A number in any spelling; its beginning, ending where a part ends, is enough, unless it was asked for exactly."""
    forms = number_forms(tree.value.plain)
    if not forms.parts:
        raise QueryError(_("There is no number in this value."), tree.value.span.start, tree.value.span.end)
    sign = "=" if tree.operator == "=" else ""
    wanted = dict.fromkeys((f"{sign}{forms.norm}", f"{sign}{forms.tight}"))
    return Constant(AnyOf(tuple(Term(f"{group}.{NUMBER_FIELD}", form) for group in asked.reader.groups for form in wanted)), 1.0)


# -- wildcards


def _wild(field: Field, value: Value, reader: Reader) -> Node:
    if field.kind is Kind.IDENTIFIER:
        if value.text.endswith("*") and "*" not in value.text[:-1] and "?" not in value.text:
            forms = number_forms(value.text[:-1])
            if forms.parts:
                return AnyOf(tuple(Prefix(f"{g}.{NUMBER_FIELD}", form) for g in reader.groups for form in {forms.norm, forms.tight}))
        return AnyOf(tuple(wildcard(f"{group}.{NUMBER_FIELD}", "", value, number=True) for group in reader.groups))
    return _anywhere(field, reader, lambda group, column: wildcard(f"{group}.{columns.WORDS}", columns.word(column, ""), value))


def wildcard(name: str, before: str, value: Value, *, number: bool = False) -> Wildcard:
    """A word with wildcards in a field of the index; ``before`` is what every such token begins with."""
    pieces: list[str | None] = [before] if before else []
    literal = ""
    text = value.text
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\" and at + 1 < len(text):
            literal += text[at + 1]
            at += 2
            continue
        if char in "*?":
            if literal:
                pieces.append(_folded(literal, number=number))
            literal = ""
            if not (char == "*" and pieces and pieces[-1] == ""):
                pieces.append("" if char == "*" else None)
        else:
            literal += char
        at += 1
    if literal:
        pieces.append(_folded(literal, number=number))
    if sum(1 for piece in pieces if not piece) > MOST_WILDCARDS:
        raise QueryError(_("More than %(most)d wildcards in one word.") % {"most": MOST_WILDCARDS}, value.span.start, value.span.end)
    return Wildcard(name, tuple(pieces))


def _folded(literal: str, *, number: bool) -> str:
    """A piece of a word as it is indexed; between the parts of a number stands ``_``."""
    if number:
        return re.sub(r"[\W_]+", "_", fold(literal)) or "_"
    return fold_word(literal)


# -- codes and flags


def _code(field: Field, tree: Compare, asked: Asked) -> Node:
    typed = tree.value.plain.strip()
    codes = codes_of(field, typed)
    if not codes:
        known = ", ".join(field.choices or ())
        raise QueryError(
            _("“%(value)s” is no value of “%(field)s”; it has: %(known)s.") % {"value": typed[:60], "field": field.name, "known": known},
            tree.value.span.start,
            tree.value.span.end,
        )
    return _anywhere(
        field,
        asked.reader,
        lambda group, column: AnyOf(tuple(Term(f"{group}.{columns.VALUES}", columns.value(column, code)) for code in codes)),
    )


def codes_of(field: Field, typed: str) -> list[str]:
    """The code, or the codes of that label in any language of the interface."""
    choices = field.choices or {}
    spelled = _spelled(typed)
    direct = [code for code in choices if _spelled(code) == spelled]
    if direct:
        return direct
    found = []
    for language in LANGUAGES:
        with override(language):
            found += [code for code, label in choices.items() if _spelled(str(label)) == spelled]
    return list(dict.fromkeys(found))


def _spelled(text: str) -> str:
    return fold(text.replace("_", " ").replace("-", " "))


def _flag(field: Field, tree: Compare, asked: Asked) -> Node:
    typed = _spelled(tree.value.plain)
    if typed not in YES | NO:
        raise QueryError(_("“%(field)s” is yes or no.") % {"field": field.name}, tree.value.span.start, tree.value.span.end)
    said = "yes" if typed in YES else "no"
    return _anywhere(field, asked.reader, lambda group, column: Term(f"{group}.{columns.VALUES}", columns.value(column, said)))


# -- what has an order


def _ordered(field: Field, tree: Compare, asked: Asked) -> Node:
    low, high = _amounts(field, tree.value, asked)
    match tree.operator:
        case ">=":
            return _range(field, low, None, asked.reader)
        case "<=":
            return _range(field, None, high, asked.reader)
        case ">":
            return _range(field, high + 1, None, asked.reader)
        case "<":
            return _range(field, None, low - 1, asked.reader)
    return _range(field, low, high, asked.reader)


def _between(field: Field, tree: Between, asked: Asked) -> Node:
    if field.kind not in ORDERED:
        raise QueryError(_("“%(field)s” has no order: it has no ranges.") % {"field": field.name}, tree.span.start, tree.span.end)
    low = _amounts(field, tree.low, asked)[0] if tree.low else None
    high = _amounts(field, tree.high, asked)[1] if tree.high else None
    if low is not None and high is not None and low > high and tree.low and tree.high:
        raise QueryError(
            _("This range goes backwards: “%(high)s” comes before “%(low)s”.") % {"low": tree.low.text, "high": tree.high.text},
            tree.span.start,
            tree.span.end,
        )
    return _range(field, low, high, asked.reader)


def _range(field: Field, low: int | None, high: int | None, reader: Reader) -> Node:
    """What lies between; of spans of years, what overlaps."""
    if field.own_years:
        return AllOf(filters=overlapping(low, high) or (Term(f"{STAFF}.{columns.PRESENT}", field.columns[0]),))
    if field.kind is Kind.YEARS:
        return _anywhere(field, reader, lambda group, column: Terms(f"{group}.{columns.VALUES}", spans.overlapping(column, low, high)))
    return Constant(
        AnyOf(
            tuple(
                Range(
                    f"{group}.{columns.NUMBERS}",
                    columns.number(column, columns.LOWEST if low is None else low),
                    columns.number(column, columns.HIGHEST if high is None else high),
                )
                for group in reader.own_groups
                for column in field.columns
            )
        ),
        1.0,
    )


def _amounts(field: Field, value: Value, asked: Asked) -> tuple[int, int]:
    """The first and the last whole number that the value means."""
    if len(value.text) > LONGEST_VALUE:
        raise QueryError(_("The value is longer than %(most)d characters.") % {"most": LONGEST_VALUE}, value.span.start, value.span.end)
    text = value.plain.strip()
    found: tuple[int, int] | None
    if field.kind is Kind.DAY:
        days = moments.span(text, asked.today)
        found = (days[0].toordinal(), days[1].toordinal()) if days else None
        sentence = _("“%(value)s” is no day. Write 2026-11-28, 2026-11, 2026, today, last_week, 7d or -3m.")
    elif field.kind is Kind.YEARS:
        found = years_of(value.text if value.wild else text)
        sentence = _('“%(value)s” is no date. Write 1836, -400, 18??, 1800s, "19th century" or "Minh Mạng 17".')
    else:
        found = _extent(text, field)
        sentence = _("“%(value)s” is no number here. Write a number such as 12 or 12.5, with a unit of the field where it has one.")
    if found is None:
        raise QueryError(sentence % {"value": text[:60]}, value.span.start, value.span.end)
    return found


def years_of(text: str) -> tuple[int, int] | None:
    """The years that a text means; None when it names no time with both ends."""
    if wild := _YEARS_WILD.fullmatch(text):
        digits = 4 - len(wild[1]) if wild[2] == "*" else len(wild[2])
        first = int(wild[1]) * 10**digits
        return (first, first + 10**digits - 1) if 0 < digits < 4 else None
    if re.fullmatch(r"-?\d{1,6}", text):
        return int(text), int(text)
    parsed = fuzzydates.parse(text)
    if parsed.earliest is None or parsed.latest is None:
        return None
    return parsed.earliest, parsed.latest


def _extent(text: str, field: Field) -> tuple[int, int] | None:
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    try:
        amount = Decimal(found[1].replace(",", "."))
    except InvalidOperation:
        return None
    unit = found[2].lower()
    if field.kind is Kind.EXTENT:
        unit = TYPED_UNITS.get(unit, unit) or field.unit
        if unit not in UNITS or UNITS[unit][0] != UNITS[field.unit][0]:
            return None
        amount *= UNITS[unit][1]
    elif unit:
        return None
    whole = columns.scaled(amount)
    return whole, whole


_BY_KIND: dict[Kind, Callable[[Field, Compare, Asked], Node]] = {
    Kind.TEXT: _text,
    Kind.REFERENCE: _reference,
    Kind.PERSON: _person,
    Kind.IDENTIFIER: _identifier,
    Kind.CODE: _code,
    Kind.FLAG: _flag,
    **dict.fromkeys(ORDERED, _ordered),
}

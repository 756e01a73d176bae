"""From what is typed to a tree. One pass over the characters, then recursive descent with a bounded depth.

Grammar::

    query  = any
    any    = all { "OR" all }
    all    = one { [ "AND" ] one }
    one    = ( "NOT" | "-" ) one | "(" any ")" | fact | words
    fact   = name ":" ( "*" | "[" bound "TO" bound "]" | "(" { value [ "OR" ] } ")" | [ ">" | ">=" | "<" | "<=" | "=" ] value )
    bound  = value | "*"
    value  = word | '"' … '"'

AND, OR, NOT and TO are written in capitals (in Vietnamese VÀ, HOẶC, KHÔNG, ĐẾN).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.language.errors import QueryError
from search.language.places import composed
from search.language.syntax import OPERATORS, And, Between, Compare, Everything, Not, Operator, Or, Present, Span, Tree, Value, Words

LONGEST = 10_000
MOST_PARTS = 200
DEEPEST = 40

KEYWORDS = {"AND": "and", "OR": "or", "NOT": "not", "TO": "to", "VÀ": "and", "HOẶC": "or", "KHÔNG": "not", "ĐẾN": "to"}
_QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»", "”": "”", "「": "」"}
_SPACE = re.compile(r"\s+")
BARE = re.compile(r"""(?:\\\S|[^\s()\[\]"“”„«»「」\\])+|\\""")
_NAME = re.compile(r"(?P<name>[^\W\d_][\w.-]*):")
_MINUS = re.compile(r"[-−–](?=[^\s\-−–])")


@dataclass(frozen=True, slots=True)
class Token:
    """``kind``: word, quoted, name, minus, and, or, not, to, or one of ``( ) [ ]``."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def read(text: str) -> Tree:
    """The tree of a query. Raises QueryError with the place; never anything else, whatever the text."""
    if len(text) > LONGEST:
        raise QueryError(_("The query is longer than %(most)d characters.") % {"most": LONGEST}, LONGEST, len(text))
    clean, places = composed(text)
    try:
        tokens = _tokens(_clean(clean))
    except QueryError as error:
        raise QueryError(error.reason, *_typed(error.start, error.end, places)) from None
    if places:
        tokens = [Token(token.kind, token.text, *_typed(token.start, token.end, places)) for token in tokens]
    if not tokens:
        return Everything()
    reader = _Descent(tokens, len(text))
    tree = reader.any(0)
    if reader.at < len(tokens):
        raise reader.unexpected()
    return tree


def _clean(text: str) -> str:
    """Control characters count as spaces, so that places in the text stay what they were."""
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in text)


def _typed(start: int, end: int, places: list[int] | None) -> tuple[int, int]:
    """A place in the composed text as one in what was typed."""
    return (places[start], places[end]) if places else (start, end)


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        token = _token(text, at, after_name=bool(found) and found[-1].kind == "name" and found[-1].end == at)
        found.append(token)
        at = token.end
    return found


def _token(text: str, at: int, *, after_name: bool) -> Token:
    char = text[at]
    if char in "()[]":
        return Token(char, char, at, at + 1)
    if char in _QUOTES:
        return _quoted(text, at)
    if not after_name:
        if (minus := _MINUS.match(text, at)) and (at == 0 or text[at - 1] in " \t\n\r(\u00a0\u3000" or text[at - 1].isspace()):
            return Token("minus", minus[0], at, minus.end())
        if name := _NAME.match(text, at):
            return Token("name", name["name"], at, name.end())
    word = BARE.match(text, at)
    if word is None:
        raise QueryError(_("This closing quotation mark has no opening one."), at, at + 1)
    kind = "word" if after_name else KEYWORDS.get(word[0], "word")
    return Token(kind, word[0], at, word.end())


def _quoted(text: str, at: int) -> Token:
    closing = _QUOTES[text[at]]
    for end in range(at + 1, len(text)):
        if text[end] in closing:
            return Token("quoted", text[at + 1 : end], at, end + 1)
    raise QueryError(_("This quotation mark is not closed."), at, at + 1)


class _Descent:
    def __init__(self, tokens: list[Token], length: int) -> None:
        self.tokens = tokens
        self.length = length
        self.at = 0
        self.parts = 0

    def kind(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead].kind if self.at + ahead < len(self.tokens) else ""

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def unexpected(self) -> QueryError:
        """What stands where nothing of its kind may stand."""
        if self.at >= len(self.tokens):
            return QueryError(_("The query breaks off: something must follow here."), self.length, self.length)
        token = self.tokens[self.at]
        sentences = {
            ")": _("This closing parenthesis has no opening one."),
            "[": _("A range needs a field in front of it, as in date:[1800 TO 1850]."),
            "]": _("This closing bracket has no opening one."),
            "to": _("TO stands only inside a range, as in date:[1800 TO 1850]. Put the word in quotation marks to search for it."),
        }
        sentence = sentences.get(token.kind) or _("“%(word)s” needs something on both sides.") % {"word": token.text}
        return QueryError(sentence, token.start, token.end)

    def any(self, depth: int) -> Tree:
        parts = [self.all(depth)]
        while self.kind() == "or":
            self.take()
            parts.append(self.all(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts), _around(parts))

    def all(self, depth: int) -> Tree:
        parts = [self.one(depth)]
        while True:
            if self.kind() == "and":
                self.take()
            elif self.kind() not in {"word", "quoted", "name", "minus", "not", "("}:
                break
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts), _around(parts))

    def one(self, depth: int) -> Tree:
        kind = self.kind()
        if depth > DEEPEST:
            token = self.tokens[min(self.at, len(self.tokens) - 1)]
            raise QueryError(_("Parentheses and negations go deeper than %(most)d.") % {"most": DEEPEST}, token.start, token.end)
        if kind in {"not", "minus"}:
            sign = self.take()
            part = self.one(depth + 1)
            return Not(part, Span(sign.start, _span_of(part).end))
        if kind == "(":
            return self._group(depth)
        if kind not in {"word", "quoted", "name"}:
            raise self.unexpected()
        self._count()
        if kind == "name":
            return self._fact()
        return self._words()

    def _count(self) -> None:
        self.parts += 1
        if self.parts > MOST_PARTS:
            token = self.tokens[self.at]
            raise QueryError(_("The query has more than %(most)d conditions.") % {"most": MOST_PARTS}, token.start, token.end)

    def _group(self, depth: int) -> Tree:
        opening = self.take()
        if self.kind() == ")":
            raise QueryError(_("There is nothing between these parentheses."), opening.start, self.tokens[self.at].end)
        tree = self.any(depth + 1)
        if self.kind() != ")":
            if self.at < len(self.tokens):
                raise self.unexpected()
            raise QueryError(_("This parenthesis is not closed."), opening.start, opening.end)
        self.take()
        return tree

    def _words(self) -> Tree:
        token = self.take()
        value = Value(token.text, token.kind == "quoted", token.span)
        return Words(value, token.span)

    def _fact(self) -> Tree:
        name = self.take()
        kind = self.kind()
        if kind == "[":
            return self._between(name)
        if kind == "(":
            return self._one_of(name)
        if kind == "" or (kind != "quoted" and self.tokens[self.at].start != name.end):
            raise QueryError(
                _("A value must follow “%(name)s:”; %(name)s:* finds what has any.") % {"name": name.text}, name.start, name.end
            )
        return self._compared(name)

    def _compared(self, name: Token) -> Tree:
        token = self.take()
        if token.kind == "quoted":
            value = Value(token.text, True, token.span)
            return Compare(name.text, ":", value, Span(name.start, token.end), name.span)
        if token.kind not in {"word"}:
            raise QueryError(_("“%(word)s” is no value.") % {"word": token.text}, token.start, token.end)
        if token.text == "*":
            return Present(name.text, Span(name.start, token.end))
        return self._with_operator(name, token)

    def _with_operator(self, name: Token, token: Token) -> Tree:
        operator: Operator = next((sign for sign in OPERATORS if token.text.startswith(sign)), ":")
        length = 0 if operator == ":" else len(operator)
        text, start, end, quoted = token.text[length:], token.start + length, token.end, False
        if not text:
            if self.kind() not in {"word", "quoted"}:
                raise QueryError(_("A value must follow “%(sign)s”.") % {"sign": operator}, token.start, token.end)
            following = self.take()
            text, start, end, quoted = following.text, following.start, following.end, following.kind == "quoted"
        return Compare(name.text, operator, Value(text, quoted, Span(start, end)), Span(name.start, end), name.span)

    def _between(self, name: Token) -> Tree:
        opening = self.take()
        low = self._bound(opening)
        if self.kind() != "to":
            raise QueryError(_("A range is written [from TO to]."), opening.start, self._end())
        self.take()
        high = self._bound(opening)
        if self.kind() != "]":
            raise QueryError(_("This bracket is not closed."), opening.start, opening.end)
        closing = self.take()
        return Between(name.text, low, high, Span(name.start, closing.end), name.span)

    def _bound(self, opening: Token) -> Value | None:
        if self.kind() not in {"word", "quoted", "minus", "name"}:
            raise QueryError(_("A range is written [from TO to]."), opening.start, self._end())
        token = self.take()
        if token.kind in {"minus", "name"} and self.kind() == "word" and self.tokens[self.at].start == token.end:
            following = self.take()
            sign = "-" if token.kind == "minus" else f"{token.text}:"
            return Value(sign + following.text, False, Span(token.start, following.end))
        return None if token.text == "*" else Value(token.text, token.kind == "quoted", token.span)

    def _one_of(self, name: Token) -> Tree:
        """``name:(a OR "b c" OR d)``, the same without OR, and with AND."""
        opening = self.take()
        parts: list[Tree] = []
        joints: set[str] = set()
        while self.kind() not in {")", ""}:
            if parts and self.kind() in {"or", "and"}:
                joints.add(self.take().kind)
            if self.kind() not in {"word", "quoted"}:
                raise self.unexpected()
            self._count()
            parts.append(self._compared(name))
        if self.kind() == "":
            raise QueryError(_("This parenthesis is not closed."), opening.start, opening.end)
        closing = self.take()
        if not parts:
            raise QueryError(_("There is nothing between these parentheses."), opening.start, closing.end)
        if len(joints) > 1:
            raise QueryError(_("Use either AND or OR between the values of one field."), opening.start, closing.end)
        span = Span(name.start, closing.end)
        if len(parts) == 1:
            return parts[0]
        return And(tuple(parts), span) if "and" in joints else Or(tuple(parts), span)

    def _end(self) -> int:
        return self.tokens[min(self.at, len(self.tokens) - 1)].end


def _span_of(tree: Tree) -> Span:
    return getattr(tree, "span", Span())


def _around(parts: list[Tree]) -> Span:
    return Span(_span_of(parts[0]).start, _span_of(parts[-1]).end)

"""From a tree to the nodes that both engines know, for one reader: fields that he may not read do not exist, other departments neither."""

from __future__ import annotations

from django.utils.translation import gettext as _

from search import columns
from search.documents import TEXT_FIELDS
from search.language import fields
from search.language.comparing import Asked, condition, wildcard
from search.language.errors import QueryError
from search.language.fields import Field
from search.language.readers import Reader
from search.language.syntax import And, Between, Compare, Everything, Not, Or, Present, Tree, Words
from search.plan import AllOf, AnyOf, Node, Nothing, Term, Terms
from search.plan import Everything as AllDocuments
from search.queries import Clause, TextQuery, text_node
from search.text import analyse, fold_word

MOST_WORDS = 32
MOST_WILD_WORDS = 8  # each is tried on every word of every field: thirty of them took seconds with a few thousand records
SHORTEST_WILD = 2


def compile_tree(tree: Tree, asked: Asked) -> Node:
    """The nodes of a query; where the reader may look is the request's ``scope``. Raises QueryError with the place of what cannot be asked."""
    words = [one for one, _wanted in conditions(tree) if isinstance(one, Words)]
    if len(words) > MOST_WORDS:
        sentence = _("The query has more than %(most)d words; narrow it with fields instead.") % {"most": MOST_WORDS}
        raise QueryError(sentence, words[MOST_WORDS].span.start, words[MOST_WORDS].span.end)
    wild = [one for one in words if one.value.wild]
    if len(wild) > MOST_WILD_WORDS:
        sentence = _("More than %(most)d words with wildcards are looked for in all fields; name the field, such as title:*men*.") % {
            "most": MOST_WILD_WORDS
        }
        raise QueryError(sentence, wild[MOST_WILD_WORDS].span.start, wild[MOST_WILD_WORDS].span.end)
    return node_of(tree, asked)


def scope_of(reader: Reader) -> Node | None:
    """The reader's departments; None when all are his. Part of the question itself: no facet is ever counted without it."""
    if reader.departments is None:
        return None
    return Terms("filter.department", reader.departments) if reader.departments else Nothing()


def conditions(tree: Tree, *, wanted: bool = True) -> list[tuple[Tree, bool]]:
    """The conditions of a query in their order, and whether each is to hold: under NOT it is not to."""
    if isinstance(tree, And | Or):
        return [one for part in tree.parts for one in conditions(part, wanted=wanted)]
    return conditions(tree.part, wanted=not wanted) if isinstance(tree, Not) else [(tree, wanted)]


def words_of(tree: Tree) -> list[Words]:
    """The words and phrases that results are to have: what highlights mark."""
    return [one for one, wanted in conditions(tree) if wanted and isinstance(one, Words)]


def text_query(words: list[Words]) -> TextQuery:
    """Words and phrases as the visitor's search knows them: with ranking, stems and numbers in any spelling."""
    clauses = []
    for one in words:
        tokens = analyse(one.value.plain)
        if tokens:
            folded, exact = tuple(t.folded for t in tokens), tuple(t.exact for t in tokens)
            clauses.append(Clause(one.value.plain, folded, exact, phrase=one.value.quoted))
    return TextQuery(" ".join(one.value.plain for one in words), tuple(clauses))


def wordless(*parts: Tree) -> bool:
    """True for signs in which there is no word: they ask for nothing."""
    return all(isinstance(part, Words) and not part.value.wild and not analyse(part.value.plain) for part in parts)


def node_of(tree: Tree, asked: Asked) -> Node:
    """The nodes of a tree, wherever the records lie."""
    match tree:
        case Everything():
            return AllDocuments()
        case Words():
            return _words([tree], asked)
        case And(parts):
            return _all(parts, asked)
        case Or(parts):
            return AnyOf(tuple(node_of(part, asked) for part in parts))
        case Not(part):
            return AllOf(must=(AllDocuments(),), must_not=(node_of(part, asked),))
        case Present(name):
            return _present(_field(tree, name, asked), asked.reader)
        case Compare(name) | Between(name):
            return condition(_field(tree, name, asked), tree, asked)
    raise TypeError(f"{tree!r} is no query.")


def _all(parts: tuple[Tree, ...], asked: Asked) -> Node:
    """A sign that is no word (``bowl & dish``) is passed over beside a condition, as visitors' searches do."""
    words = [part for part in parts if isinstance(part, Words) and not part.value.wild]
    must = [_words(words, asked)] if words and not (wordless(*words) and len(words) < len(parts)) else []
    absent = []
    for part in parts:
        if isinstance(part, Not):
            absent.append(node_of(part.part, asked))
        elif part not in words:
            must.append(node_of(part, asked))
    return AllOf(must=tuple(must) or (AllDocuments(),), must_not=tuple(absent))


def _words(words: list[Words], asked: Asked) -> Node:
    """Signs alone ask for nothing. They are told, since a batch edit of “…” or of “bowl OR !” would be one of the whole catalogue."""
    if len(words) == 1 and words[0].value.wild:
        return _wild_word(words[0], asked)
    query = text_query(words)
    if not query:
        typed, span = words[0].value.text.strip()[:60], words[0].span
        sentence = _("There is no word in “%(typed)s”. Leave the field empty for the whole catalogue, or name a field: title:*.")
        raise QueryError(sentence % {"typed": typed}, span.start, span.end)
    return text_node(query, asked.reader.groups)


def _wild_word(word: Words, asked: Asked) -> Node:
    """A wildcard word, in any text."""
    if len(fold_word(word.value.plain.replace("*", "").replace("?", ""))) < SHORTEST_WILD:
        sentence = _("A word with wildcards needs at least %(least)d letters.") % {"least": SHORTEST_WILD}
        raise QueryError(sentence, word.span.start, word.span.end)
    return AnyOf(tuple(wildcard(f"{group}.{name}", "", word.value) for group in asked.reader.groups for name in TEXT_FIELDS))


def _field(tree: Present | Compare | Between, name: str, asked: Asked) -> Field:
    found = fields.find(name, asked.reader)
    if found is None:
        near = fields.alike(name, asked.reader)
        hint = _(" Did you mean “%(name)s:”?") % {"name": near} if near else ""
        sentence = _("There is no field “%(name)s”. Put the words in quotation marks to search for them as they stand.") % {
            "name": name[:60]
        }
        named = getattr(tree, "named", None) or tree.span
        raise QueryError(sentence + hint, named.start, named.end)
    return found


def _present(field: Field, reader: Reader) -> Node:
    return AnyOf(tuple(Term(f"{group}.{columns.PRESENT}", column) for group in reader.own_groups for column in field.columns))

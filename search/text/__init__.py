"""The one text analysis of the museum: both engines are given its ready tokens, so that they cannot drift apart."""

from search.text.folding import exact_form, fold, fold_word
from search.text.highlights import Marker, mark, may_answer
from search.text.numbers import NumberForms, looks_like_number, number_forms
from search.text.sorting import sort_key
from search.text.stems import STEMMED_LANGUAGES, query_stems, stem_token
from search.text.tokens import GAP, Streams, Token, analyse, hyphenated, joined_label, prefixes, streams, whole, words

__all__ = [
    "GAP",
    "STEMMED_LANGUAGES",
    "Marker",
    "NumberForms",
    "Streams",
    "Token",
    "analyse",
    "exact_form",
    "fold",
    "fold_word",
    "hyphenated",
    "joined_label",
    "looks_like_number",
    "mark",
    "may_answer",
    "number_forms",
    "prefixes",
    "query_stems",
    "sort_key",
    "stem_token",
    "streams",
    "whole",
    "words",
]

"""What stands in the field when somebody types Vietnamese by Telex and no keyboard turns it into letters: ``ddoongf`` for đồng."""

from __future__ import annotations

import re

_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?(?:[aeiouy]{1,3})(?:ch|ng|nh|[cmnpt])?"
)  # fmt: skip
_TONE = re.compile("(?<=[aeiouyw])[sfrxj](?=(?:ch|ng|nh|[cmnpt])?$)|(?<=[cghmnpt])[sfrxj]$")
_DOUBLED = re.compile("^d(?=d)|a(?=a)|e(?=e)|o(?=o)")
_HORN = re.compile("(?<=[aou])w")


def without_telex(word: str) -> str:
    """The folded syllable that was meant, empty for a word that is no syllable typed so."""
    letters = _HORN.sub("", _DOUBLED.sub("", _TONE.sub("", word, count=1)))
    return letters if letters != word and _SYLLABLE.fullmatch(letters) else ""

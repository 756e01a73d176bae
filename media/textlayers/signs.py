"""Signs of Chinese, Nôm and Japanese with their punctuation: no space is written between them, whatever a program that reads them puts there."""

from __future__ import annotations

import re

SIGN = re.compile(
    "[\u2e80-\u2fd5\u3001-\u3003\u3005-\u3011\u3014\u3015\u3021-\u3029\u3031-\u3035\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe44\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\U00016ff0-\U00016fff\U00020000-\U0003ffff]"
)
_BETWEEN = re.compile(f"(?<={SIGN.pattern})[ \\u00a0](?={SIGN.pattern})")
_FEWEST = 3


def closed_signs(text: str) -> str:
    """A line in which (nearly) every sign stands by itself, as programs write them, without the spaces between; wider gaps stay, and so do
    the spaces of a line whose signs stand in groups: those mean something.
    """
    groups = [group for group in text.split() if SIGN.match(group)]
    single = sum(len(_written(group)) < 2 for group in groups)
    return _BETWEEN.sub("", text) if single >= _FEWEST and single >= 0.8 * len(groups) else text


def _written(group: str) -> str:
    """A group without its punctuation."""
    return "".join(char for char in group if char.isalnum())

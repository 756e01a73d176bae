"""What stands in the place of a match: a text with groups.

The library's own ``expand`` reads escapes in Latin-1, by which every letter beyond it becomes two or three others ("khắc" → "kháº¯c").
"""

from __future__ import annotations

import re
from typing import Any

_ESCAPE = re.compile(r"\\(?:g<(\w+)>|([0-9]{1,2})|(.))", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "\\": "\\"}


def filled(template: str, match: Any) -> str:
    """The template with ``\\1``, ``\\g<1>`` and ``\\g<name>`` as the match has them. Raises IndexError for a group that the pattern does not have."""

    def one(found: re.Match[str]) -> str:
        name, number, sign = found.groups()
        if sign is not None:
            return _SIGNS.get(sign, found[0])
        group = number if name is None else name
        return match.group(int(group) if group.isdigit() else group) or ""

    return _ESCAPE.sub(one, template)

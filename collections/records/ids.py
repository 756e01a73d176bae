"""Public ids: opaque, stable, 12 characters of [a-z0-9]. Integer keys stay inside."""

import re
import secrets

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
LENGTH = 12
PUBLIC_ID = rf"[a-z0-9]{{{LENGTH}}}"
_PATTERN = re.compile(PUBLIC_ID)


def new_public_id() -> str:
    """A fresh id out of 36**12 (62 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def is_public_id(text: str) -> bool:
    """True for a well-formed id, whether or not anything bears it."""
    return _PATTERN.fullmatch(text) is not None

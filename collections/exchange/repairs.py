"""Repairs of text where they are certain: Windows-1252 characters in UTF-8 clothes, outer spaces, what cannot be stored."""

from __future__ import annotations

import re
import unicodedata

from exchange.problems import Findings

_C1 = re.compile("[\x80-\x9f]")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# what UTF-8 looks like when it has been read as Windows-1252: Ã©, â€™, áº¿ …
_TWICE = re.compile("[ÂÃ][\u00a0-\u00bf]|â€|á[º»][\u00a0-\u00bf]")
_WINDOWS_1252 = {code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def repaired(value: str, column: str, findings: Findings) -> str:
    """The value as it is stored: NFC, without outer spaces, certain repairs done; each one is noted in ``findings``."""
    if not value:
        return ""
    text = value
    if not text.isascii():
        text = _foreign(text, column, findings)
    if _UNSTORABLE.search(text):
        found = _UNSTORABLE.search(text)
        findings.add("removed_character", column, _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value), what=f"U+{ord(found[0]):04X}")  # type: ignore[index]
        text = _UNSTORABLE.sub("", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    stripped = text.strip()
    if stripped != text and stripped:
        findings.add("spaces", column)
    return stripped


def _foreign(text: str, column: str, findings: Findings) -> str:
    if _C1.search(text):
        text = text.translate(_WINDOWS_1252)
        findings.add("character_repaired", column, text if len(text) <= 200 else text[:199] + "…")
        if left := _C1.search(text):
            findings.add("unknown_character", column, text, codepoint=f"{ord(left[0]):04X}")
    if _TWICE.search(text) and (reading := _read_once(text)):
        findings.add("double_encoding", column, text, reading=reading)
    return unicodedata.normalize("NFC", text)


def _read_once(text: str) -> str:
    """What the text would be with one encoding less; empty when it cannot have been encoded twice."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""

"""LIDO 1.1 (Lightweight Information Describing Objects): objects written as LIDO records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SUFFIX = "lido.xml"
MEDIA_TYPE = "application/xml"
PROFILE = "http://www.lido-schema.org"


def write(view: Mapping[str, Any]) -> bytes:
    """The record of an object, UTF-8. What writes it is loaded by the first who asks: a process that sends tiles never does."""
    from exchange.lido import document

    return document.write(view)

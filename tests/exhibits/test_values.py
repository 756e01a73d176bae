"""A value as pages write it, in lists and in the middle of sentences."""

from __future__ import annotations

from django.template.loader import render_to_string

from exhibits.words import Said


def test_nothing_stands_between_a_value_and_what_follows_it() -> None:
    """What follows may be a bracket: a break of the line before it leaves it alone on the next."""
    written = render_to_string("exhibits/parts/value.html", {"value": {"url": "/en/people/x", "text": Said("Community of the shrine")}})
    assert written == written.strip()
    assert written.endswith("</a>")

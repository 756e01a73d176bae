"""Descriptions of records for other software, each at ``/data/<kind>/<id>.<suffix>``: what is offered, and what writes it.

Writers read the public view alone, say everything in all its languages, and know nothing of who asks: one description is the same for everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from iiif.presentation import contributions
from iiif.presentation.addresses import absolute
from iiif.presentation.sources import Link
from iiif.presentation.texts import in_interface_languages

View = Mapping[str, Any]


@dataclass(frozen=True)
class Description:
    """One form of description. ``label``: a lazily translated text; ``profile``: the address (a path where it is ours) of what says how
    to read it; ``write``: view → bytes; ``named``: False for what belongs to another form, which refers to it.
    """

    kind: str
    suffix: str
    label: Any
    media_type: str
    profile: str
    write: Callable[[View], bytes]
    named: bool = True

    def path(self, public_id: str) -> str:
        """Below the museum's origin."""
        return f"/data/{self.kind}/{public_id}.{self.suffix}"


_offered: dict[tuple[str, str], Description] = {}


def offer(description: Description) -> None:
    """Answer its address, and name it in manifests (``seeAlso``) and on pages, in the order in which they are offered."""
    if not any(kind == description.kind for kind, _suffix in _offered):
        contributions.offer_see_also(description.kind, lambda view: _links(description.kind, view))
    _offered[description.kind, description.suffix] = description


def find(kind: str, suffix: str) -> Description | None:
    """The description of that kind and suffix; None when nobody offers it."""
    return _offered.get((kind, suffix))


def answered(kind: str) -> list[Description]:
    """All descriptions of records of that kind that have an address."""
    return [one for one in _offered.values() if one.kind == kind]


def offered(kind: str) -> list[Description]:
    """Those that manifests and pages name."""
    return [one for one in answered(kind) if one.named]


def _links(kind: str, view: View) -> Iterator[Link]:
    for one in offered(kind):
        yield Link(one.path(view["id"]), in_interface_languages(one.label), one.media_type, profile=absolute(one.profile))

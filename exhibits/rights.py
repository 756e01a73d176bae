"""Rights statements in plain words (RightsStatements.org 1.0, Creative Commons), and what may be downloaded under them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SCREEN = 800  # what is offered of a work whose rights are not open: pixels of the longer side

_CC = {
    "publicdomain/zero": ("CC0 1.0", gettext_lazy("No rights reserved. You may copy, change and use it for any purpose, without asking.")),
    "publicdomain/mark": (
        gettext_lazy("Public domain"),
        gettext_lazy("Free of known copyright. You may copy, change and use it for any purpose."),
    ),
    "licenses/by": ("CC BY", gettext_lazy("You may copy, change and use it for any purpose if you name the source.")),
    "licenses/by-sa": ("CC BY-SA", gettext_lazy("You may copy, change and use it if you name the source and share your version alike.")),
    "licenses/by-nc": ("CC BY-NC", gettext_lazy("You may copy, change and use it for non-commercial purposes if you name the source.")),
    "licenses/by-nc-sa": (
        "CC BY-NC-SA",
        gettext_lazy("You may copy, change and use it for non-commercial purposes if you name the source and share your version alike."),
    ),
    "licenses/by-nd": ("CC BY-ND", gettext_lazy("You may copy and use it unchanged if you name the source.")),
    "licenses/by-nc-nd": (
        "CC BY-NC-ND",
        gettext_lazy("You may copy and use it unchanged for non-commercial purposes if you name the source."),
    ),
}
_RS = {
    "InC": (
        gettext_lazy("In copyright"),
        gettext_lazy("You may look at it and study it here. For any other use, ask the holder of the rights."),
    ),
    "InC-OW-EU": (
        gettext_lazy("In copyright – orphan work"),
        gettext_lazy("The holder of the rights is not known or could not be found. You may look at it and study it here."),
    ),
    "InC-EDU": (gettext_lazy("In copyright – educational use permitted"), gettext_lazy("You may use it for education without asking.")),
    "InC-NC": (
        gettext_lazy("In copyright – non-commercial use permitted"),
        gettext_lazy("You may use it for non-commercial purposes without asking."),
    ),
    "InC-RUU": (
        gettext_lazy("In copyright – rights-holder cannot be found"),
        gettext_lazy("The holder of the rights could not be found. You may look at it and study it here."),
    ),
    "NoC-CR": (
        gettext_lazy("No copyright – contractual restrictions"),
        gettext_lazy("Free of copyright, but a contract limits how it may be used. Ask the museum first."),
    ),
    "NoC-NC": (
        gettext_lazy("No copyright – non-commercial use only"),
        gettext_lazy("Free of copyright; you may use it for non-commercial purposes."),
    ),
    "NoC-OKLR": (
        gettext_lazy("No copyright – other legal restrictions"),
        gettext_lazy(
            "Free of copyright, but another law limits its use, such as the protection of traditional culture. Ask the museum first."
        ),
    ),
    "NoC-US": (
        gettext_lazy("No copyright – United States"),
        gettext_lazy("Free of copyright in the United States; elsewhere it may be protected."),
    ),
    "CNE": (
        gettext_lazy("Copyright not evaluated"),
        gettext_lazy("Nobody has examined the rights yet. You may look at it and study it here."),
    ),
    "UND": (
        gettext_lazy("Copyright undetermined"),
        gettext_lazy("The rights were examined without a clear result. You may look at it and study it here."),
    ),
    "NKC": (gettext_lazy("No known copyright"), gettext_lazy("The museum believes that it is free of copyright, without a guarantee.")),
}
_OPEN = {"InC-NC", "InC-EDU", "NoC-NC", "NoC-US", "NKC"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A right in plain words. ``open`` says that pictures may be taken away in full size; ``badge`` is a short sign for it."""

    label: str
    sentence: str
    uri: str = ""
    open: bool = False
    badge: str = ""


def statement(uri: str) -> Statement:
    """What a statement's URI means. A URI that is not known is shown as it is, and opens nothing."""
    for host, found in (("creativecommons.org/", _creative_commons), ("rightsstatements.org/vocab/", _rightsstatement)):
        if host in uri:
            result = found(uri.partition(host)[2], uri)
            if result is not None:
                return result
    if uri:
        return Statement(_("Terms of use"), _("The holder of the rights has set terms of their own."), uri)
    return Statement(_("Rights not stated"), _("Nobody has stated the rights yet. You may look at it and study it here."))


def _creative_commons(path: str, uri: str) -> Statement | None:
    parts = path.strip("/").split("/")
    known = _CC.get("/".join(parts[:2]))
    if known is None:
        return None
    label = str(known[0])
    if parts[0] == "licenses" and len(parts) > 2:
        label = f"{label} {parts[2]}"
    badge = {"publicdomain/zero": "0", "publicdomain/mark": "PD"}.get("/".join(parts[:2]), "CC")
    return Statement(label, str(known[1]), uri.replace("http://", "https://", 1), True, badge)


def _rightsstatement(path: str, uri: str) -> Statement | None:
    code = path.strip("/").split("/")[0]
    known = _RS.get(code)
    if known is None:
        return None
    badge = "©" if code.startswith("InC") else "NoC" if code.startswith("NoC") else "?"
    return Statement(str(known[0]), str(known[1]), uri, code in _OPEN, badge)


def of_pictures(rows: list[Mapping[str, Any]]) -> Statement:
    """The statement that holds for an object's pictures: their own, else the work's."""
    for applies_to in ("image", "work"):
        for row in rows:
            if row.get("applies_to") == applies_to and row.get("statement"):
                return statement(row["statement"])
    return statement("")


def sizes(width: int, height: int, allowed: Statement) -> list[tuple[int, int, int]]:
    """The sizes (longer side, width, height) in which a picture may be taken away under ``allowed``, smallest first."""
    longer = max(width, height)
    offered = [SCREEN, 1600, 3200] if allowed.open else [SCREEN]
    result = [(side, *_within(side, width, height)) for side in offered if side < longer]
    if allowed.open or longer <= SCREEN:
        result.append((longer, width, height))
    return result


def _within(side: int, width: int, height: int) -> tuple[int, int]:
    longer = max(width, height)
    return max(1, round(width * side / longer)), max(1, round(height * side / longer))

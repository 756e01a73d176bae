"""The services of a restricted picture or file (Authorization Flow 2.0, 3 to 6) as they stand in info.json and manifests."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from iiif.image import addresses, rules
from iiif.image.pictures import SMALL, Known, small
from iiif.image.rules import Rules
from iiif.presentation.texts import in_interface_languages, language_map

CONTEXT = "http://iiif.io/api/auth/2/context.json"

_HEADING = _("This picture is restricted")
_NOTES = {
    rules.ACTIVE: _("The rights, or the wishes of the people whom it concerns, do not allow it to be shown to everybody. With an account of the museum you can see it."),
    rules.KIOSK: _("The rights, or the wishes of the people whom it concerns, do not allow it to be shown to everybody. You can see it on the terminals in the museum."),
    rules.EXTERNAL: _("The rights, or the wishes of the people whom it concerns, do not allow it to be shown to everybody. You can see it in the networks of institutions that the museum works with."),
    rules.NONE: _("The rights, or the wishes of the people whom it concerns, do not allow it to be shown to everybody. The museum shows it on request."),
}  # fmt: skip
_LABEL, _CONFIRM = _("Log in to the museum"), _("Log in")


def texts(held: Rules) -> tuple[dict[str, str], dict[str, str]]:
    """Heading and note by language, for pages."""
    return dict(held.heading or in_interface_languages(_HEADING)), dict(held.note or in_interface_languages(_NOTES[held.pattern]))


def heading(held: Rules) -> dict[str, list[str]]:
    """The museum's own heading, else ours."""
    return language_map(held.heading or in_interface_languages(_HEADING))


def note(held: Rules) -> dict[str, list[str]]:
    """How to get access, in the museum's own words, else in ours."""
    return language_map(held.note or in_interface_languages(_NOTES[held.pattern]))


def address(what: str, origin: str | None = None) -> str:
    """``…/iiif/auth/<what>``; ``origin`` stands for the museum's own when given."""
    return f"{settings.MUSEUM_ORIGIN if origin is None else origin}/iiif/auth/{what}"


def probe(asset_id: str, held: Rules, *, origin: str | None = None) -> dict[str, Any]:
    """The probe service of an asset, with the way to get access below it."""
    return {
        "id": address(f"probe/{asset_id}", origin),
        "type": "AuthProbeService2",
        "errorHeading": heading(held),
        "errorNote": note(held),
        "service": [_access(held, origin)],
    }


def _access(held: Rules, origin: str | None) -> dict[str, Any]:
    service: dict[str, Any] = {"type": "AuthAccessService2"}
    if held.pattern == rules.ACTIVE:
        service |= {"id": address("login", origin), "profile": "active", "confirmLabel": language_map(in_interface_languages(_CONFIRM))}
    elif held.pattern == rules.KIOSK:
        service |= {"id": address("terminal", origin), "profile": "kiosk"}
    else:  # nothing to open: whoever has access has it already
        service |= {"profile": "external"}
    return {
        **service,
        "label": language_map(in_interface_languages(_LABEL)),
        "heading": heading(held),
        "note": note(held),
        "service": [
            {
                "id": address("token", origin),
                "type": "AuthAccessTokenService2",
                "errorHeading": heading(held),
                "errorNote": note(held),
            },
            {"id": address("logout", origin), "type": "AuthLogoutService2", "label": language_map(in_interface_languages(_("Log out")))},
        ],
    }


def result(picture: Known | None, held: Rules, *, open_to_asker: bool) -> dict[str, Any]:
    """What the probe service answers (4.1): 200, or 401 with the reason and the substitute that everybody may see."""
    found: dict[str, Any] = {"@context": CONTEXT, "type": "AuthProbeResult2", "status": 200 if open_to_asker else 401}
    if open_to_asker:
        return found
    found |= {"heading": heading(held), "note": note(held)}
    instead = small(picture) if picture else None
    if instead:
        found["substitute"] = {
            "id": addresses.service_url(instead.public_id),
            "type": "ImageService3",
            "profile": "level2",
            "width": instead.index.width,
            "height": instead.index.height,
        }
    return found


def small_url(asset_id: str, *, origin: str | None = None) -> str:
    """The address of the substitute's picture for pages; answers 404 where there is none."""
    return addresses.image_url(asset_id + SMALL, size="max", origin=origin)

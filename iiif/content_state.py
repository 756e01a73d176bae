"""IIIF Content State 1.0: a short text that says "this detail of that picture", understood and written. Nothing is fetched."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.utils.translation import gettext as _

LONGEST = 16_384  # characters of an encoded state
MOST_TARGETS = 8
_FARTHEST = 1e9  # pixels: no picture is as large
_CONTEXT = "http://iiif.io/api/presentation/3/context.json"
# what JavaScript's encodeURIComponent leaves as it is, so that both write the same bytes
_SAFE = "!~*'()"
_REGION = re.compile(r"xywh=(?P<unit>pixel:|percent:)?(?P<numbers>[\d.]+,[\d.]+,[\d.]+,[\d.]+)$")
_TIME = re.compile(r"t=(?:npt:)?(?P<begins>\d{1,6}(?:\.\d{1,6})?)(?:,[\d.]*)?$")


class ContentStateError(ValueError):
    """The text is no content state; the message says why."""


@dataclass(frozen=True)
class Target:
    """What is to be shown: a manifest, perhaps one canvas of it, perhaps a part of that.

    ``region``: x, y, width, height in the canvas's units, or in percent of it when ``percent``. ``begins``: seconds from the beginning.
    """

    manifest: str = ""
    canvas: str = ""
    region: tuple[float, float, float, float] | None = None
    percent: bool = False
    begins: float | None = None

    def pixels(self, width: int, height: int) -> str:
        """The region as "x,y,w,h" in whole pixels of a picture of that size; empty when there is none."""
        if self.region is None:
            return ""
        across, down = (width / 100, height / 100) if self.percent else (1.0, 1.0)
        x, y, w, h = self.region
        return f"{round(x * across)},{round(y * down)},{round(w * across)},{round(h * down)}"


def encode(state: Mapping[str, Any]) -> str:
    """Section 6: URI-encoded JSON, then base64url without padding."""
    text = quote(json.dumps(state, ensure_ascii=False, separators=(",", ":")), safe=_SAFE)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def annotation(targets: Sequence[Target]) -> dict[str, Any]:
    """The annotation that says "show this"; several targets are a comparison (section 2.2)."""
    bodies = [_body(target) for target in targets]
    return {
        "@context": _CONTEXT,
        "type": "Annotation",
        "motivation": ["contentState"],
        "target": bodies[0] if len(bodies) == 1 else bodies,
    }


def _body(target: Target) -> dict[str, Any]:
    if not target.canvas:
        return {"id": target.manifest, "type": "Manifest"}
    region = "percent:" * target.percent + ",".join(f"{number:g}" for number in target.region) if target.region else ""
    begins = "" if target.begins is None else f"t={target.begins:g}"
    part = "&".join(one for one in (begins, region and f"xywh={region}") if one)
    body: dict[str, Any] = {"id": f"{target.canvas}#{part}" if part else target.canvas, "type": "Canvas"}
    return {**body, "partOf": [{"id": target.manifest, "type": "Manifest"}]} if target.manifest else body


def read(text: str) -> list[Target]:
    """The targets of a content state in any form of section 3: encoded JSON, plain JSON, or the address of a manifest.

    Raises ContentStateError with a sentence when it is none.
    """
    text = text.strip()
    if not text:
        raise ContentStateError(_("The content state is empty."))
    if len(text) > LONGEST:
        raise ContentStateError(_("The content state is longer than %(n)d characters.") % {"n": LONGEST})
    if text.startswith(("http://", "https://")):
        return [_of_address(text)]
    found = list(_targets(_plain(text) if text.startswith(("{", "[")) else _decoded(text), 0))
    if not found:
        raise ContentStateError(_("The content state names nothing that could be shown."))
    return found[:MOST_TARGETS]


def _plain(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ContentStateError(_("The content state begins as JSON and is none: a part of it may be missing.")) from None


def _decoded(text: str) -> Any:
    """JSON, or an address. Others pad it, write base64 with + and /, or have a + read as a space on its way."""
    bare = text.rstrip("=").replace("-", "+").replace("_", "/").replace(" ", "+")
    try:
        said = unquote(base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True).decode(), errors="strict")
        return said if said.startswith(("http://", "https://")) else json.loads(said)
    except (binascii.Error, ValueError, RecursionError):
        raise ContentStateError(
            _(
                "The content state is neither an address nor base64url-encoded JSON (Content State 1.0, section 6): a part of it may be missing."
            )
        ) from None


def _targets(value: Any, depth: int) -> Iterator[Target]:
    if depth > 4:
        raise ContentStateError(_("The content state is nested too deeply."))
    if isinstance(value, list):
        for one in value:
            yield from _targets(one, depth + 1)
    elif isinstance(value, str):
        yield _of_address(value)
    elif isinstance(value, dict):
        yield from _of_object(value, depth)
    else:
        raise ContentStateError(_("The content state is no JSON object."))


def _of_object(value: dict[str, Any], depth: int) -> Iterator[Target]:
    kind = _kind(value)
    if kind == "Annotation" and "target" in value:
        yield from _targets(value["target"], depth + 1)
    elif kind == "SpecificResource":
        yield from (_selected(one, value.get("selector")) for one in _targets(value.get("source"), depth + 1))
    else:
        where = value.get("id") or value.get("@id")
        if not isinstance(where, str):
            raise ContentStateError(_("A target of the content state has no id."))
        plain = _of_address(where)
        if kind in {"Canvas", "sc:Canvas"}:
            yield replace(plain, manifest=_manifest_of(value.get("partOf")), canvas=plain.canvas or plain.manifest)
        elif kind in {"Manifest", "sc:Manifest", "Collection", "sc:Collection", "Annotation", ""}:
            yield plain
        else:  # a range, an annotation page: the manifest that holds it
            yield Target(_manifest_of(value.get("partOf")) or plain.manifest)


def _kind(value: dict[str, Any]) -> str:
    """The type; of several the first. Others write whatever they like there."""
    said = value.get("type") or value.get("@type") or ""
    first = said[0] if isinstance(said, list) and said else said
    return first if isinstance(first, str) else ""


def _is_address(text: str) -> bool:
    try:
        text.encode()  # JSON may hold half a character
        return urlsplit(text).scheme in {"http", "https"}
    except ValueError:
        return False


def _of_address(text: str) -> Target:
    if not _is_address(text):
        raise ContentStateError(_("A target of the content state is no web address."))
    address, _hash, fragment = text.partition("#")
    part = _part(fragment)
    return replace(part, canvas=address) if part else Target(manifest=address)


def _part(fragment: str) -> Target | None:
    """What ``t=10&xywh=1,2,3,4`` selects; None when it selects nothing that is known."""
    found = None
    for one in fragment.split("&"):
        if region := _REGION.match(one):
            found = replace(found or Target(), region=_numbers(region["numbers"]), percent=region["unit"] == "percent:")
        elif time := _TIME.match(one):
            found = replace(found or Target(), begins=float(time["begins"]))
    return found


def _selected(target: Target, selector: Any) -> Target:
    one = selector[0] if isinstance(selector, list) and selector else selector
    if not isinstance(one, dict):
        return target
    value, moment = one.get("value"), one.get("t")
    if one.get("type") == "PointSelector":
        if isinstance(moment, int | float) and not isinstance(moment, bool) and 0 <= moment < 1_000_000:
            return replace(target, begins=float(moment))
        return target
    part = _part(value) if isinstance(value, str) else None
    return replace(part, manifest=target.manifest, canvas=target.canvas) if part else target


def _numbers(text: str) -> tuple[float, float, float, float] | None:
    try:
        x, y, w, h = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (x, y, w, h) if 0 < w < _FARTHEST and 0 < h < _FARTHEST and max(x, y) < _FARTHEST else None


def _manifest_of(part_of: Any) -> str:
    for one in part_of if isinstance(part_of, list) else [part_of]:
        where = one.get("id") or one.get("@id") if isinstance(one, dict) else one
        if isinstance(where, str) and _is_address(where):
            return where
    return ""

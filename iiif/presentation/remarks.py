"""Annotations beside a resource: their target includes it, or a part of it (Presentation 3.0, 3.4 annotations)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from iiif.presentation.problems import Problem

# what a target may be made of: Web Annotation Data Model 3.2.2, 4, 5
_SEVERAL = ("Choice", "Composite", "List", "Independents")


def faults(path: str, resource: dict[str, Any], parts: Collection[str]) -> Iterator[Problem]:
    """Annotations written out beside ``resource`` that are about something else. ``parts``: the ids of what it is made of."""
    for page_number, page in enumerate(_list(resource.get("annotations"))):
        for number, annotation in enumerate(_list(page.get("items")) if isinstance(page, dict) else ()):
            if not isinstance(annotation, dict) or "target" not in annotation:
                continue
            named = list(_named(annotation["target"]))
            if named and resource.get("id") not in named and not any(one in parts for one in named):
                where = f"{path}.annotations[{page_number}].items[{number}].target".lstrip(".")
                yield Problem(where, f"It is about {named[0]}, not about the {resource['type']} that it stands beside.")


def _named(target: Any) -> Iterator[str]:
    """The ids that a target names, without the parts of them that it selects, and of what those are parts of."""
    if isinstance(target, str):
        yield target
        if "#" in target:
            yield target.partition("#")[0]
    elif isinstance(target, list):
        for one in target:
            yield from _named(one)
    elif isinstance(target, dict):
        within = target.get("items") if target.get("type") in _SEVERAL else target.get("source")
        yield from _named(within if within is not None else target.get("id"))
        for whole in _list(target.get("partOf")):
            yield from _named(whole)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []

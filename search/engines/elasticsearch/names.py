"""What stands behind the museum's names in Elasticsearch: an index of its own making, nothing, or something that it must not touch.

An administrator, a script or another museum of the same cluster may lead an alias elsewhere, or to two indices at once: a kept one
would show again what was hidden since.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError

from search.documents import Audience, schema_hash
from search.engines.base import EngineUnavailableError
from search.engines.elasticsearch.mapping import FORM, index_body

MENDED = "run manage.py rebuild_search, which makes a new index and leaves the others as they are."


def is_own(alias: str, name: str) -> bool:
    """Whether the museum has made this index for this alias: hash of the fields and time follow."""
    return re.fullmatch(rf"{re.escape(alias)}-[0-9a-f]{{8}}-[0-9]{{20}}", name) is not None


def is_current(alias: str, audience: Audience, name: str) -> bool:
    """Whether an index of the museum's is built for today's fields."""
    return name.startswith(f"{alias}-{schema_hash(audience, FORM)}-")


def led_to(client: Elasticsearch, alias: str) -> list[str]:
    """The indices behind an alias, whoever made them. Raises EngineUnavailableError where an index bears that name itself."""
    try:
        return sorted(client.indices.get_alias(name=alias))
    except NotFoundError:
        if client.indices.exists(index=alias):
            raise EngineUnavailableError(taken(alias)) from None
        return []


def the_one(alias: str, names: Iterable[str]) -> str:
    """The museum's index among those behind its alias, or empty where there is none. Raises EngineUnavailableError for anything else."""
    found = list(names)
    if alias in found:
        raise EngineUnavailableError(taken(alias))
    strange = [name for name in found if not is_own(alias, name)]
    if strange:
        raise EngineUnavailableError(f"The alias {alias} leads to {strange[0]}, which the museum did not make: {MENDED}")
    if len(found) > 1:
        raise EngineUnavailableError(f"The alias {alias} leads to several indices ({', '.join(found)}): {MENDED}")
    return found[0] if found else ""


def taken(alias: str) -> str:
    """An index bears the alias's name: nothing but its owner can make room."""
    return (
        f"There is an index called {alias}, a name that the museum needs for an alias: "
        "delete that index, or choose another prefix in SEARCH_URL."
    )


def as_made(client: Elasticsearch, alias: str, audience: Audience) -> str:
    """``the_one`` with a look at its fields. Raises EngineUnavailableError where they are of other types than the museum's.

    One that another version has made may differ: it takes writes until it is built anew.
    """
    try:
        found = client.indices.get(index=alias, features=["aliases", "mappings"])
    except NotFoundError:
        return ""
    name = the_one(alias, found)
    if not is_current(alias, audience, name):
        return name
    there = dict(_types(found[name]["mappings"]))
    made = index_body(audience)["mappings"]
    for field, kind in _types(made):
        if field in there and there[field] != kind:
            raise EngineUnavailableError(f"The field {field} of the index {name} is {there[field]} and not {kind}: {MENDED}")
    return name


def _types(mappings: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, field in mappings.get("properties", {}).items():
        if "properties" in field:
            yield from _types(field, f"{before}{name}.")
        else:
            yield f"{before}{name}", field.get("type", "object")

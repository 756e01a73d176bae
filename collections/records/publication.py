"""Publication classes: for each model and field, who may read it. One table per room, registered in ``ready()``.

A field that stands in no table fails a test; the projection refuses to show it. A change needs no migration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache


class FieldClass(StrEnum):
    """Who may read a field (catalogue rule 7)."""

    PUBLIC = "P"
    STAFF = "S"
    RESTRICTED = "R"  # to the roles that ``RESTRICTED_TO`` names
    POLICY = "C"  # public unless the record's care policy or embargo closes it
    INTERNAL = "I"  # keys, order, derived columns: in no projection


P, S, R, C, I = FieldClass.PUBLIC, FieldClass.STAFF, FieldClass.RESTRICTED, FieldClass.POLICY, FieldClass.INTERNAL  # noqa: E741

# Who reads restricted fields (values, prices, restrictions), unless a room's table says otherwise for a field.
DEFAULT_ROLES = frozenset({"registrar", "administrator"})


@dataclass(frozen=True)
class Audience:
    """For whom something is projected. Decided by the server from the user, never read from a request."""

    name: str
    staff: bool = False
    roles: frozenset[str] = field(default_factory=frozenset)

    def may_read(self, field_class: FieldClass, roles: frozenset[str] = DEFAULT_ROLES, *, policy_open: bool = True) -> bool:
        """True when a value of that class may be shown to this audience."""
        match field_class:
            case FieldClass.PUBLIC:
                return True
            case FieldClass.POLICY:
                return self.staff or policy_open
            case FieldClass.STAFF:
                return self.staff
            case FieldClass.RESTRICTED:
                return self.staff and bool(self.roles & roles)
            case FieldClass.INTERNAL:
                return False


PUBLIC = Audience("public")
CURATORIAL = Audience("curatorial", staff=True)
EVERYTHING = Audience("everything", staff=True, roles=frozenset({"registrar", "conservator", "administrator"}))

_tables: dict[str, dict[str, FieldClass]] = {}
_roles: dict[tuple[str, str], frozenset[str]] = {}


def register(tables: Mapping[str, Mapping[str, FieldClass]], roles: Mapping[tuple[str, str], frozenset[str]] | None = None) -> None:
    """Add a room's tables: ``{"artifacts.Artifact": {"credit_line": P, …}}``, with roles for single restricted fields."""
    for model, table in tables.items():
        _tables[model] = dict(table)
    _roles.update(roles or {})
    _readable.cache_clear()


def class_of(model: str, field_name: str) -> FieldClass:
    """The class of a field. Raises KeyError with a sentence when nobody has classified it."""
    try:
        return _tables[model][field_name]
    except KeyError:
        raise KeyError(f"{model}.{field_name} has no publication class: add it to its room's publication.py.") from None


def readable_fields(model: str, audience: Audience, *, policy_open: bool = True) -> frozenset[str]:
    """Names of the fields of ``model`` that the audience may read."""
    return _readable(model, audience, policy_open)


@lru_cache(maxsize=2_000)  # asked for every row of every record; ``register`` forgets it
def _readable(model: str, audience: Audience, policy_open: bool) -> frozenset[str]:
    return frozenset(
        name
        for name, field_class in _tables.get(model, {}).items()
        if audience.may_read(field_class, _roles.get((model, name), DEFAULT_ROLES), policy_open=policy_open)
    )


def tables() -> Mapping[str, Mapping[str, FieldClass]]:
    """All registered tables, for tests and documentation."""
    return _tables

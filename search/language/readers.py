"""Who asks: what this person may read, in which departments, and what "me" means. Decided by the server from the user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from search.documents import PUBLIC, ROLE_GROUPS, STAFF
from vocabularies.models import Department
from vocabularies.roles import departments_of, roles_of, works_everywhere


@dataclass(frozen=True, slots=True)
class Reader:
    """``groups``: publication classes that may be searched; ``departments``: public ids, None for all of them.

    ``user``: the person's key; ``names``: how texts may name that person; ``teams``: groups of users that the person is in.
    """

    groups: tuple[str, ...] = (PUBLIC, STAFF)
    departments: tuple[str, ...] | None = None
    user: int = 0
    names: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()

    @property
    def own_groups(self) -> tuple[str, ...]:
        """Groups that hold fields: all but the public's, whose texts the staff's fields repeat."""
        return tuple(group for group in self.groups if group != PUBLIC)

    def may_read(self, restricted_to: frozenset[str]) -> bool:
        """True when a field is open to all staff, or to one of the reader's roles."""
        return not restricted_to or any(f"r_{role}" in self.groups for role in restricted_to)


def reader_of(user: Any) -> Reader:
    """The reader that a logged-in member of staff is."""
    roles = {f"r_{role}" for role in roles_of(user)}
    departments = None
    if not works_everywhere(user):
        own = Department.objects.filter(pk__in=departments_of(user)).order_by("pk").values_list("public_id", flat=True)
        departments = tuple(own)
    return Reader(
        groups=(PUBLIC, STAFF, *(group for group in ROLE_GROUPS if group in roles)),
        departments=departments,
        user=user.pk,
        names=tuple(name for name in dict.fromkeys((user.get_full_name(), user.get_username())) if name),
        teams=tuple(sorted(user.groups.values_list("name", flat=True))),
    )

"""Who works in which department and in which role. Roles are groups of users; departments come from ``DepartmentMembership``."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from records.publication import PUBLIC, Audience
from vocabularies.models import DepartmentMembership


class Role(StrEnum):
    """The roles that every museum begins with; each is a group of that name."""

    CONTRIBUTOR = "visitor contributor"
    CATALOGUER = "cataloguer"
    CURATOR = "curator"
    REGISTRAR = "registrar"
    CONSERVATOR = "conservator"
    PHOTOGRAPHER = "photographer"
    PUBLISHER = "publisher"
    ADMINISTRATOR = "administrator"


def roles_of(user: Any) -> frozenset[str]:
    """Names of the user's groups; superusers are administrators."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if not hasattr(user, "_museum_roles"):
        names = set(user.groups.values_list("name", flat=True))
        if user.is_superuser:
            names.add(Role.ADMINISTRATOR)
        user._museum_roles = frozenset(names)
    return user._museum_roles


def works_everywhere(user: Any) -> bool:
    """True for administrators: every department is open to them."""
    return Role.ADMINISTRATOR in roles_of(user)


def departments_of(user: Any) -> frozenset[int]:
    """Keys of the departments in which the user works. Ask ``works_everywhere`` first: administrators need no membership."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if not hasattr(user, "_museum_departments"):
        user._museum_departments = frozenset(DepartmentMembership.objects.filter(user=user).values_list("department_id", flat=True))
    return user._museum_departments


def works_in(user: Any, department_id: int | None) -> bool:
    """True when the user may work on records of that department."""
    return works_everywhere(user) or department_id in departments_of(user)


def audience_of(user: Any) -> Audience:
    """For whom records are projected when this user asks for them inside the workplace."""
    if not user.is_authenticated or not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        return PUBLIC
    return Audience("staff", staff=True, roles=roles_of(user))

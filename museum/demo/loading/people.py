"""The demo museum's users: one for each role that a visitor of the workplace may want to try."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from museum.demo.loading.words import Words
from vocabularies.models import DepartmentMembership
from vocabularies.roles import Role

LOGINS = "demo-logins.txt"
# user name, role, first and last name, number of departments (None: all)
PEOPLE: tuple[tuple[str, Role, str, str, int | None], ...] = (
    ("cataloguer", Role.CATALOGUER, "Lan", "Nguyễn", 2),
    ("curator", Role.CURATOR, "Minh", "Trần", None),
    ("publisher", Role.PUBLISHER, "Hoa", "Lê", None),
    ("registrar", Role.REGISTRAR, "Sơn", "Phạm", None),
    ("photographer", Role.PHOTOGRAPHER, "Mai", "Đặng", None),
    ("administrator", Role.ADMINISTRATOR, "Quang", "Vũ", None),
)


@transaction.atomic
def load(words: Words) -> bool:
    """Make the users that are missing, with passwords made now and kept in ``demo-logins.txt``. Returns whether any was made."""
    departments = list(words.departments.values())
    known = _known_passwords()
    made = False
    for name, role, first, last, count in PEOPLE:
        if get_user_model().objects.filter(username=name).exists():
            continue
        known[name] = secrets.token_urlsafe(9)
        _make(name, known[name], role, first, last, departments if count is None else departments[:count])
        made = True
    if made:
        _keep(known)
    return made


def _make(name: str, password: str, role: Role, first: str, last: str, departments: list[Any]) -> None:
    administrator = role is Role.ADMINISTRATOR
    user = get_user_model().objects.create_user(
        name, f"{name}@example.org", password, first_name=first, last_name=last, is_superuser=administrator, is_staff=administrator
    )
    user.groups.add(Group.objects.get(name=role))
    DepartmentMembership.objects.bulk_create([DepartmentMembership(user=user, department=department) for department in departments])


def _file() -> Path:
    return Path(settings.MUSEUM_VAR) / LOGINS


def _known_passwords() -> dict[str, str]:
    if not _file().exists():
        return {}
    return dict(line.split(None, 1) for line in _file().read_text().splitlines() if line.strip())


def _keep(passwords: dict[str, str]) -> None:
    """For the owner of the folder alone: the file is made with its mode, not changed afterwards."""
    _file().unlink(missing_ok=True)
    _file().touch(mode=0o600)
    _file().write_text("".join(f"{name:<14} {password}\n" for name, password in passwords.items()))

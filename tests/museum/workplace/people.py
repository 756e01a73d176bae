"""Staff for tests, in their roles and departments."""

from __future__ import annotations

import itertools
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from vocabularies.models import DepartmentMembership
from vocabularies.roles import Role

_numbers = itertools.count(1)


def make_user(role: Role | str | None = None, *departments: Any, **values: Any) -> Any:
    """A user in that role, working in those departments."""
    user = get_user_model().objects.create_user(
        username=values.pop("username", f"user-{next(_numbers)}"), password="a-long-password-1", **values
    )
    if role:
        user.groups.add(Group.objects.get(name=str(role)))
    for department in departments:
        DepartmentMembership.objects.create(user=user, department=department)
    return user


def client_of(user: Any) -> Client:
    """A browser in which the user is logged in."""
    client = Client()
    client.force_login(user)
    return client


def log_in(page: Any, server: str, user: Any) -> None:
    """Give a real browser (a page of Playwright) the session of this user: the page to log in and the one after it are long, and have tests of their own."""
    session = client_of(user).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": server}])


def form_data(artifact: Any, user: Any = None, **changes: Any) -> dict[str, Any]:
    """What the form of this object or vocabulary record (or of a new one) would post, with changes."""
    form_class = type(artifact).snippet_viewset.get_form_class()
    form = form_class(instance=artifact, for_user=user)
    data = dict(_values(form))
    for formset in form.formsets.values():
        data |= {f"{formset.prefix}-{name}": value for name, value in formset.management_form.initial.items()}
        for child in formset.forms:
            data |= dict(_values(child))
    return {**data, **changes}


def _values(form: Any) -> Any:
    import json

    from records.forms import LanguageMapFormField

    for bound in form:
        value = bound.value()
        if isinstance(bound.field, LanguageMapFormField):
            value = json.dumps(value or {})
        elif isinstance(value, dict | list):
            value = json.dumps(value)
        if value is not None and value is not False:
            yield bound.html_name, getattr(value, "pk", value)

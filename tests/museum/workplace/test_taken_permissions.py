"""What a person kept in the workplace says nothing any more that this person may no longer read, and does nothing that he may no longer do."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse

from artifacts.models import Artifact
from museum.workplace.batches import running
from museum.workplace.models import BatchEdit, SearchNotice
from museum.workplace.searching import alerts
from tests.factories import make_object
from tests.museum.workplace.people import client_of, make_user
from tests.museum.workplace.two_departments import draft, house, order
from tests.search.conftest import catch_up, museum_search
from vocabularies.models import DepartmentMembership
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_stack]
__all__ = ["house", "museum_search"]


def fresh(user: Any) -> Any:
    """The person without what an earlier request has learnt of him."""
    return get_user_model().objects.get(pk=user.pk)


def move(user: Any, department: Any) -> Any:
    """The person works in that department alone from now on."""
    DepartmentMembership.objects.filter(user=user).delete()
    DepartmentMembership.objects.create(user=user, department=department)
    return fresh(user)


def change_role(user: Any, role: Role | None) -> Any:
    user.groups.set(Group.objects.filter(name=role) if role else [])
    return fresh(user)


def body(user: Any, name: str, *args: Any) -> str:
    return client_of(fresh(user)).get(reverse(f"workplace:{name}", args=args)).content.decode()


def test_rows_of_a_batch_say_nothing_of_objects_that_left_the_departments(house: Any) -> None:
    user = make_user(Role.CURATOR, house["ours"])
    batch = order(user, "title:blue", field="credit_line", act="set", language="en", new="Bequest")
    running.run_batch.call(batch.pk)
    assert all(word in body(user, "batch", batch.pk) for word in ("A 1", "Mrs Lê"))
    move(user, house["secret"].department)
    after = body(user, "batch", batch.pk)
    assert "Batch edit" in after
    assert not any(word in after for word in ("A 1<", "A 2<", "Mrs Lê"))


def test_a_batch_of_a_restricted_field_keeps_its_texts_to_those_who_may_read_it(house: Any) -> None:
    registrar = make_user(Role.REGISTRAR, house["ours"])
    bowl = house["bowl"]
    batch = running.prepare(
        registrar,
        {},
        "",
        [bowl.pk],
        {"field": "right.restrictions", "act": "replace", "language": "", "old": "abroad", "new": "lent"},
        publish=False,
    )
    BatchEdit.objects.filter(pk=batch.pk).update(state=BatchEdit.State.FINISHED, counts={"changed": 1})
    batch.rows.update(before="Never abroad [en]", after="Never lent [en]", outcome="changed")
    assert "Never lent" in body(registrar, "batch", batch.pk)
    change_role(registrar, Role.CURATOR)
    after = body(registrar, "batch", batch.pk)
    assert "A 1" in after
    assert not any(word in after for word in ("Never", "abroad", ">lent<", "estrictions"))


def test_an_undo_publishes_only_what_the_person_may_still_publish(house: Any) -> None:
    user = make_user(Role.CURATOR, house["ours"])
    batch = order(user, "title:dish", field="credit_line", act="set", language="en", new="Bequest")
    running.run_batch.call(batch.pk)
    change_role(user, Role.CATALOGUER)
    running.start_undo(BatchEdit.objects.get(pk=batch.pk))
    running.undo_batch.call(batch.pk)
    dish = Artifact.objects.get(pk=house["dish"].pk)
    assert dish.has_unpublished_changes, "a cataloguer's undo is a draft"
    assert dish.credit_line["en"]["text"] == "Bequest"
    assert "en" not in (draft(dish).credit_line or {})


def test_notices_name_no_objects_of_departments_that_were_left(house: Any) -> None:
    user = make_user(Role.CURATOR, house["ours"])
    client_of(user).post(reverse("workplace:searches"), {"name": "Blue things", "state": "q=title%3Ablue", "alert": "on"})
    make_object("A 33", "Blue cup", department=house["ours"], public=False)
    catch_up()
    assert alerts.check_all() == 1
    assert "A 33" in body(user, "searches")
    move(user, house["secret"].department)
    after = body(user, "searches")
    assert "1 new object" in after and "A 33" not in after


def test_who_works_here_no_longer_is_told_nothing(house: Any) -> None:
    user = make_user(Role.CURATOR, house["ours"], email="hoa@museum.example")
    client_of(user).post(reverse("workplace:searches"), {"name": "Blue things", "state": "q=title%3Ablue", "alert": "on"})
    change_role(user, None)
    make_object("A 33", "Blue cup", department=house["ours"], public=False)
    catch_up()
    assert alerts.check_all() == 0
    assert not mail.outbox and not SearchNotice.objects.exists()

"""A password of the workplace cannot be guessed by trying; colleagues at the same address still get in."""

import pytest
from django.test import Client

from tests.factories import make_department
from tests.museum.workplace.people import make_user
from vocabularies.roles import Role

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password-1"


def tried(name: str, password: str = "wrong", **extra: str) -> bytes | None:
    """What the log-in answers; None when it lets in."""
    answer = Client().post("/admin/login/", {"username": name, "password": password}, **extra)
    return None if answer.status_code == 302 else answer.content


def test_after_ten_wrong_passwords_the_right_one_is_not_asked_for_any_more():
    department = make_department()
    user, colleague = make_user(Role.CURATOR, department), make_user(Role.CATALOGUER, department)
    answers = [tried(user.username) for _ in range(10)]
    assert all(answer and b"match" in answer for answer in answers)
    refused = tried(user.username.upper(), PASSWORD) or b""
    assert b"Too many attempts. Wait a quarter of an hour." in refused
    assert tried(colleague.username, PASSWORD) is None
    assert tried(user.username, PASSWORD, REMOTE_ADDR="192.0.2.7") is None


def test_whoever_gets_in_is_not_counted():
    user = make_user(Role.CURATOR, make_department())
    assert [tried(user.username, PASSWORD) for _ in range(12)] == [None] * 12


def test_many_names_from_one_address_are_counted_together():
    user = make_user(Role.CURATOR, make_department())
    for number in range(50):
        tried(f"nobody-{number}")
    assert b"Too many attempts" in (tried(user.username, PASSWORD) or b"")

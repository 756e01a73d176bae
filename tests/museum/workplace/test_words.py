"""Small words of the workplace: what is said is true, counted rightly, and understood without a standard at hand."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from wagtail.users.models import UserProfile

from artifacts.models import Artifact, Material
from artifacts.page_texts import sentence
from museum.workplace.words.viewsets import Words, WordViewSet
from tests.factories import add_picture, make_department, make_museum, make_object, make_term
from tests.museum.workplace.people import client_of, make_user
from vocabularies.models import Term
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]


def told(record: Any) -> str:
    """The messages after somebody tried to delete the record."""
    name = f"wagtailsnippets_{record._meta.app_label}_{record._meta.model_name}:delete"
    return client_of(make_user(Role.ADMINISTRATOR)).post(reverse(name, args=[record.pk]), follow=True).content.decode()


def test_only_what_can_be_merged_is_told_to_be_merged():
    artifact = make_object("BT 7", department=make_department(museum=make_museum()))
    term = make_term("bronze")
    make_term("gilt bronze", broader=term)
    assert "is still used by 1 record and stays. Merge it into another record" in told(term)
    for record in (artifact.department, artifact.museum, term.vocabulary):
        page = told(record)
        assert "and stays. Choose another one in those records first" in page
        assert "Merge it" not in page


def test_a_word_that_a_draft_names_is_not_deleted():
    artifact, term = make_object("BT 7", versions=True), make_term("lacquer")
    draft = artifact.get_latest_revision_as_object()
    draft.materials.add(Material(term=term))
    draft.save_revision()
    assert "“lacquer” is still named in the draft of 1 object and stays. Merge it into another record" in told(term)
    draft.materials = []
    draft.save_revision()
    assert "still named" not in told(term)
    assert not Term.objects.filter(pk=term.pk).exists()


def test_one_line_is_one_line():
    from artifacts.models import TextLayer

    use = add_picture(make_object("BT 7"))
    layer = TextLayer(use=use, asset=use.asset, lines=1, words=12, state=TextLayer.State.READY)
    assert "1 line, 12 words." in sentence(layer)
    with override("vi"):
        assert "1 dòng, 12 từ." in sentence(layer)


def test_no_help_names_a_standard_that_only_programmers_know():
    models = (model for app in ("artifacts", "vocabularies", "media") for model in apps.get_app_config(app).get_models())
    assert [field for model in models for field in model._meta.get_fields() if "BCP" in str(getattr(field, "help_text", ""))] == []


def test_when_an_object_came_or_went_is_called_by_its_name_in_vietnamese():
    field = Artifact._meta.get_field("visibility_changed_on")
    with override("vi"):
        assert str(field.verbose_name) == "đổi trạng thái hiện ẩn ngày"


def test_every_time_zone_of_the_account_is_known_to_browsers():
    assert "localtime" not in settings.WAGTAIL_USER_TIME_ZONES
    assert settings.TIME_ZONE in settings.WAGTAIL_USER_TIME_ZONES
    assert all(ZoneInfo(name) for name in settings.WAGTAIL_USER_TIME_ZONES)


def test_the_first_page_counts_objects_and_no_pictures_of_wagtails_own():
    for number in ("BT 1", "BT 2"):
        make_object(number)
    page = client_of(make_user(Role.ADMINISTRATOR)).get(reverse("wagtailadmin_home")).content.decode()
    assert " ".join(re.findall(r">\s*(\d+ objects?)\s*<", page)) == "2 objects"
    assert "Images" not in page and "Documents" not in page


@pytest.mark.parametrize(
    "language, expected", [("en", ["celadon", "Lacquer", "teapot", "ngói"]), ("vi", ["teapot", "Lacquer", "celadon", "ngói"])]
)
def test_words_are_listed_by_the_label_that_is_shown(language: str, expected: list[str]):
    for vi, en in (("ấm trà", "teapot"), ("đồ sơn", "Lacquer"), ("men ngọc", "celadon"), ("ngói", None)):
        make_term(vi, label={"vi": {"text": vi}} | ({"en": {"text": en}} if en else {}))
    user = make_user(Role.ADMINISTRATOR)
    UserProfile.objects.create(user=user, preferred_language=language)
    client = client_of(user)
    found = client.get(reverse("wagtailsnippets_vocabularies_term:list")).context["object_list"]
    assert [(each.label.get("en") or each.label["vi"])["text"] for each in found] == expected
    again = client.get(reverse("wagtailsnippets_vocabularies_term:list"), {"ordering": "-updated_at"})
    assert again.status_code == 200 and again.context["object_list"][0].label["vi"]["text"] == "ngói"


@pytest.mark.parametrize("viewset", [one for one in Words.items if issubclass(one, WordViewSet)], ids=lambda one: one.__name__)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_vocabulary_has_its_list(viewset: Any, language: str):
    make_object("BT 1", department=make_department(museum=make_museum()))
    user = make_user(Role.ADMINISTRATOR)
    UserProfile.objects.create(user=user, preferred_language=language)
    name = f"wagtailsnippets_{viewset.model._meta.app_label}_{viewset.model._meta.model_name}:list"
    assert client_of(user).get(reverse(name)).status_code == 200

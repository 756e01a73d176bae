"""Nothing internal ever reaches a public surface: canary words in every hidden place, and a walk through every channel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from wagtail.models import PageViewRestriction

from artifacts import annotating, page_texts
from artifacts.models import Annotation, Artifact, TextLayer
from artifacts.standing import Standing, State
from iiif.models import StoredManifest
from media.models import Asset
from museum.addresses import AddressClass, class_of, patterns
from records import journal, projection, publication
from records.publication import PUBLIC as EVERYBODY
from records.publication import FieldClass
from search.engines import engine
from search.requests import SearchRequest
from search.texts import finding
from search.texts.engine import engine as pages_engine
from tests.house import around, canaries
from tests.house.canaries import MARK
from tests.house.walk import MAY_BE_MISSING, PUBLIC, body_of, walk, without_a_way

pytestmark = [pytest.mark.django_db]


@pytest.fixture(scope="module")
def canary_museum(django_db_setup: None, django_db_blocker: Any) -> Iterator[canaries.CanaryMuseum]:
    """Built once for all tests here, in a transaction that is rolled back in the end."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            call_command("rebuild_search", verbosity=0)  # what other tests left in the index is not ours
            museum = canaries.build()
            around.plant(museum)
            for _ in range(50):
                if not sum(consumer.process() for consumer in journal.consumers.values() if consumer.process):
                    break
            yield museum
            transaction.set_rollback(True)
        call_command("rebuild_search", verbosity=0)


def found_in(museum: canaries.CanaryMuseum, seen: str) -> list[str]:
    """Places whose canaries can be seen."""
    words = set(re.findall(rf"{MARK}[a-z]+", seen.lower()))
    return sorted(museum.words.get(word, word) for word in words)


def test_every_address_has_a_class():
    missing = sorted({f"{route} ({pattern.name})" for route, pattern in patterns() if class_of(route, pattern) is None})
    assert not missing, "without a class in museum/addresses.py: " + ", ".join(missing)


def test_every_address_that_asks_for_staff_turns_strangers_away(canary_museum):
    client = Client()
    for address in staff_addresses():
        response = client.get(address)
        assert response.status_code in {302, 301, 403, 404, 405}, f"{address} answers {response.status_code} to a stranger"
        assert not found_in(canary_museum, body_of(response)), address


def staff_addresses() -> Iterator[str]:
    pk = Artifact.objects.order_by("pk").values_list("pk", flat=True)[0]
    for route, pattern in patterns():
        if class_of(route, pattern) is AddressClass.STAFF and "(?P" not in route and not route.endswith(("login/", "password_reset/")):
            address = "/" + re.sub(r"<(?:\w+:)?\w+>", str(pk), route).lstrip("^").rstrip("$")
            if "\\" not in address and not _open_to_all(address):
                yield address


def _open_to_all(address: str) -> bool:
    """Wagtail's own log-in, password and translation catalogue pages hold no records."""
    return any(part in address for part in ("/login", "/logout", "password_reset", "jsi18n", "sprite"))


def test_the_walk_knows_every_public_address():
    assert not without_a_way(), f"say in tests/house/walk.py how these are asked: {sorted(without_a_way())}"


def test_no_canary_is_seen_at_any_public_address(canary_museum):
    seen: dict[str, list[str]] = {}
    reached: dict[str, int] = {}
    for step in walk():
        assert step.status < 500 or step.status == 503, f"{step.address}: {step.status}"
        reached[step.name] = reached.get(step.name, 0) + (step.status < 400)
        if places := found_in(canary_museum, step.sent):
            seen[step.address] = places[:5]
    assert not seen
    silent = {name for name, answers in reached.items() if not answers} - MAY_BE_MISSING
    assert not silent, f"nothing at all was answered by {sorted(silent)}: the walk does not reach what is there"
    assert set(reached) == set(PUBLIC)


def test_no_canary_is_in_the_public_index(canary_museum):
    hits = list(engine().iterate("public", SearchRequest()))
    assert hits
    assert not found_in(canary_museum, str([(hit.id, hit.display) for hit in hits]))
    # what cannot be seen can still be found: each word is asked for
    for word, place in canary_museum.words.items():
        answer = engine().search("public", SearchRequest(text=word))
        assert answer.total == 0, f"{place} can be searched by the public"


def _written(museum: canaries.CanaryMuseum) -> list[tuple[str, str]]:
    """Words on pages and in annotations, with their places."""
    return [(word, place) for word, place in museum.words.items() if place.endswith(("/text", "/annotation"))]


def test_no_canary_is_in_the_public_index_of_pages(canary_museum):
    assert not found_in(canary_museum, str(list(pages_engine().iterate("public"))))
    for word, place in _written(canary_museum):
        assert pages_engine().search("public", SearchRequest(text=word)).total == 0, f"{place} can be searched by the public"
    assert not finding.words(MARK)
    hidden = [word for word, place in canary_museum.words.items() if place == "text for staff/text"]
    assert pages_engine().search("curatorial", SearchRequest(text=hidden[0], groups=("p", "s"))).total == 1


def test_no_canary_is_found_by_content_search(canary_museum):
    client = Client()
    words = _written(canary_museum)
    assert len(words) > 20
    for word, _place in words:
        for act in ("search", "search-v1"):
            answer = client.get(f"/iiif/collections/all/{act}", {"q": word})
            assert answer.status_code == 200
            assert word not in body_of(answer).replace(f"q={word}", "")


def test_staff_find_what_the_public_does_not(canary_museum):
    word = next(word for word, place in canary_museum.words.items() if place == "newer draft/title")
    assert engine().search("curatorial", SearchRequest(text=word)).total == 1


def test_suggestions_know_no_canary(canary_museum):
    for start in range(2, len(MARK) + 1):
        assert not found_in(canary_museum, str(engine().suggest("public", MARK[:start], groups=("p",))))
    assert found_in(canary_museum, str(engine().suggest("curatorial", MARK, groups=("p", "s"))))


def test_no_canary_is_in_a_stored_manifest(canary_museum):
    stored = list(StoredManifest.objects.values_list("body", "label"))
    assert stored
    assert not found_in(canary_museum, " ".join(bytes(body or b"").decode() + str(label) for body, label in stored))


def test_no_canary_is_in_any_public_view(canary_museum):
    for name in projection.kinds():
        model = projection.kind(name).model
        pks = list(apps.get_model(model)._default_manager.values_list("pk", flat=True))
        assert not found_in(canary_museum, str(list(projection.views(name, pks, EVERYBODY)))), name


def test_pictures_of_hidden_objects_are_hidden(canary_museum):
    for state, artifact in canary_museum.hidden.items():
        for asset in Asset.objects.filter(uses__artifact=artifact):
            assert asset.tier == Asset.Tier.HIDDEN, state


@pytest.mark.parametrize("state", ["draft", "scheduled", "embargo-before", "merged-never-public", "merged-into-hidden"])
def test_what_was_never_public_answers_like_what_never_existed(canary_museum, state):
    client, artifact = Client(), canary_museum.hidden[state]
    for address in ("/iiif/objects/{}/manifest.json", "/o/{}", "/en/objects/{}/x/", "/vi/objects/{}/x/"):
        hidden, absent = client.get(address.format(artifact.public_id)), client.get(address.format("zzzzzzzzzzzz"))
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content.replace(artifact.public_id.encode(), b"") == absent.content.replace(b"zzzzzzzzzzzz", b"")
        assert sorted(hidden.headers) == sorted(absent.headers)


@pytest.mark.parametrize("state", ["unpublished", "expired", "embargo-again", "withdrawn"])
def test_what_was_public_is_gone_with_id_and_date_only(canary_museum, state):
    client, artifact = Client(), canary_museum.hidden[state]
    for address in ("/iiif/objects/{}/manifest.json", "/en/objects/{}/x/"):
        response = client.get(address.format(artifact.public_id))
        assert response.status_code == 410
        assert artifact.accession_number not in body_of(response)


def test_a_merged_object_redirects(canary_museum):
    artifact = canary_museum.hidden["merged-public"]
    response = Client().get(f"/iiif/objects/{artifact.public_id}/manifest.json")
    assert response.status_code == 301


# -- the walk and the words can fail: what would be seen if one wall were taken down


@pytest.fixture
def without_walls(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    publication._readable.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    publication._readable.cache_clear()


@pytest.mark.parametrize(
    ("leaking", "place"),
    [
        (FieldClass.STAFF, "public.staff_notes"),
        (FieldClass.RESTRICTED, "public/Right.restrictions"),
        (FieldClass.POLICY, "limited/Description.text"),
    ],
)
def test_a_class_of_fields_that_leaked_would_be_seen(canary_museum, without_walls, leaking, place):
    def may_read(self: Any, field_class: FieldClass, *_: Any, **__: Any) -> bool:
        return field_class in {FieldClass.PUBLIC, leaking}

    without_walls.setattr(publication.Audience, "may_read", may_read)
    kind = projection.kind("object")
    loaded = [data for data in kind.load(list(Artifact.objects.values_list("pk", flat=True))) if data.is_public]
    filtered = [projection.filtered(data, EVERYBODY) for data in loaded]
    assert place in found_in(canary_museum, str(filtered))


def test_rows_for_staff_that_leaked_would_be_seen_on_pages_and_in_data(canary_museum, without_walls):
    without_walls.setattr(projection, "_visible", lambda row: True)
    for name in ("object", "object-data", "object-sheet"):
        assert any(found_in(canary_museum, step.sent) for step in walk({name})), name


def test_hidden_objects_that_leaked_would_be_seen(canary_museum, without_walls):
    without_walls.setattr("exhibits.views.data.standing", lambda one: Standing(State.PUBLIC, one, pk=_key_of(one)))
    without_walls.setattr(
        "exhibits.views.data.view_of",
        lambda kind, pk: next(projection.with_contributions(list(projection.kind(kind).load([pk])), EVERYBODY)),
    )
    assert "draft/Title.text" in {place for step in walk({"object-data"}) for place in found_in(canary_museum, step.sent)}


def _key_of(public_id: str) -> int | None:
    return Artifact.objects.filter(public_id=public_id).values_list("pk", flat=True).first()


def test_texts_and_private_pages_that_leaked_would_be_seen(canary_museum, without_walls):
    without_walls.setattr(page_texts, "public", lambda: TextLayer.objects.all())
    without_walls.setattr(annotating, "public", lambda: Annotation.objects.all())
    for name in ("page-text-plain", "iiif-part"):
        assert any(found_in(canary_museum, step.sent) for step in walk({name})), name
    PageViewRestriction.objects.all().delete()
    assert any("private exhibition" in place for step in walk({"wagtail_serve"}) for place in found_in(canary_museum, step.sent))

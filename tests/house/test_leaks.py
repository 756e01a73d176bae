"""Nothing internal ever reaches a public surface: canary words in every hidden place, and a walk through every channel."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from artifacts.models import Artifact, ArtifactMedia
from iiif.models import StoredManifest
from media.models import Asset
from museum.addresses import AddressClass, class_of, patterns
from records import journal, projection
from records.publication import PUBLIC
from search.engines import engine
from search.requests import SearchRequest
from search.texts import finding
from search.texts.engine import engine as pages_engine
from tests.house import canaries
from vocabularies.models import Agent, Place, Term

pytestmark = [pytest.mark.django_db]

MARK = "zqkanari"


@pytest.fixture(scope="module")
def canary_museum(django_db_setup: None, django_db_blocker: Any) -> Iterator[canaries.CanaryMuseum]:
    """Built once for all tests here, in a transaction that is rolled back in the end."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            call_command("rebuild_search", verbosity=0)  # what other tests left in the index is not ours
            museum = canaries.build()
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


def body_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    return content.decode("utf-8", "replace") + str(dict(response.headers))


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


def test_no_canary_is_seen_at_any_public_address(canary_museum):
    client = Client()
    seen = {}
    tried = 0
    for address, headers in public_addresses():
        response = client.get(address, headers=headers)
        tried += 1
        assert response.status_code < 500, f"{address}: {response.status_code}"
        places = found_in(canary_museum, body_of(response))
        if places:
            seen[address] = places[:5]
    assert tried > 100
    assert not seen


def public_addresses() -> Iterator[tuple[str, dict[str, str]]]:
    """Every public pattern with every record that could be asked for, hidden ones too."""
    values = {
        "public_id": [*Artifact.objects.values_list("public_id", flat=True), "zzzzzzzzzzzz"],
        "use": [*ArtifactMedia.objects.values_list("public_id", flat=True)],
        "act": ["search?q=a", "search-v1?q=a", "autocomplete?q=z", "autocomplete-v1?q=z"],
        "folder": ["departments"],
        "asset": [*Asset.objects.values_list("public_id", flat=True)],
        "rest": ["canvas/x"],
        "number": ["0", "1"],
        "slug": ["any"],
        "part": ["0", "1"],
        "section": ["objects", "people", "pages"],
    }
    for public_id in values["asset"]:
        for version in (2, 3):
            for rest in ("info.json", "full/200,/0/default.jpg", "full/max/0/default.jpg", "0,0,512,512/512,512/0/default.jpg"):
                yield f"/iiif/{version}/{public_id}/{rest}", {}
    yield from _addresses_of_words()
    for language in ("en", "vi"):
        yield from ((f"/{language}/{rest}", {}) for rest in ("", "exhibitions/", "search/?q=trống", "search/?sort=added&size=96"))
    by_name = {"agent": Agent, "place": Place, "term": Term}
    for route, pattern in patterns():
        if class_of(route, pattern) is not AddressClass.PUBLIC:
            continue
        ids = dict(values)
        kind = next((name for name in by_name if (pattern.name or "").startswith(name)), None)
        if kind:
            ids["public_id"] = [*by_name[kind].objects.values_list("public_id", flat=True)]
        for address in _filled(route, ids):
            yield address, {}
            yield address, {"accept": "application/ld+json"}


def _addresses_of_words() -> Iterator[tuple[str, dict[str, str]]]:
    """What is written on, or said of, each picture."""
    for use in ArtifactMedia.objects.select_related("artifact"):
        for rest in (".json", ".txt", "/original"):
            yield f"/data/object/{use.artifact.public_id}/text/{use.public_id}{rest}", {}
        for name in ("words", "regions"):
            yield f"/iiif/objects/{use.artifact.public_id}/canvas/{use.public_id}/page/{name}", {}
        for name in (f"{use.public_id}-line-0", *use.annotations.values_list("public_id", flat=True)):
            yield f"/iiif/objects/{use.artifact.public_id}/annotation/{name}", {}


def _filled(route: str, values: dict[str, list[str]]) -> Iterator[str]:
    """Addresses of a pattern: its parameters filled in, one after the other."""
    plain = (
        re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", route)
        .replace("^", "")
        .replace("$", "")
        .replace("\\", "")
        .replace("/?", "/")
    )
    parameters = re.findall(r"<(?:\w+:)?(\w+)>", plain)
    main = next((name for name in parameters if name in {"public_id", "asset"}), parameters[0] if parameters else "")
    for value in values.get(main, ["x"]) if main else [""]:
        address = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: value if found[1] == main else values.get(found[1], ["x"])[0], plain)  # noqa: B023
        yield "/" + address.lstrip("/")


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
        assert not found_in(canary_museum, str(list(projection.views(name, pks, PUBLIC)))), name


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

"""{GET, HEAD, OPTIONS} × Accept × {200, 304, 301, 404, 410} for manifests, their 2.1 forms, collections and parts."""

import gzip
import itertools
import json

import brotli
import pytest
from django.test import Client

from artifacts import publishing
from iiif.presentation import documents, store
from tests.factories import add_picture, make_object, text

pytestmark = pytest.mark.django_db

LD_3 = 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'
LD_2 = 'application/ld+json;profile="http://iiif.io/api/presentation/2/context.json"'
# Accept → (version, Content-Type) at a document's own id
ACCEPTS = {
    "": (3, LD_3),
    "*/*": (3, LD_3),
    "application/json": (3, "application/json"),
    "application/ld+json": (3, LD_3),
    LD_2: (2, LD_2),
    LD_3: (3, LD_3),
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": (3, LD_3),
    # unquoted, in capitals, with a rank: still the profile of 2.1
    "Application/LD+JSON; Profile=http://iiif.io/api/presentation/2/context.json": (2, LD_2),
    f"{LD_3};q=0.5, {LD_2}": (2, LD_2),
    f"{LD_2};q=0.5, {LD_3}": (3, LD_3),
    f"{LD_2};q=0, */*": (3, LD_3),
    # what names no profile is 3.0, and may be liked better than 2.1, or as well
    f"application/json, {LD_2};q=0.9": (3, "application/json"),
    f"*/*, {LD_2};q=0.5": (3, LD_3),
    f"application/json;q=0.8, {LD_2}": (2, LD_2),
    f"{LD_2}, */*": (2, LD_2),
    f"{LD_3};q=0, {LD_2};q=0.5, */*": (2, LD_2),
    "application/ld+json;q=0, */*": (3, "application/json"),
    "application/json;q=0, */*": (3, LD_3),
    'application/ld+json;profile="http://iiif.io/api/presentation/9/context.json"': (3, LD_3),
}
METHODS = ("GET", "HEAD", "OPTIONS")
OWN = ("manifest", "collection", "folder", "group")


@pytest.fixture(scope="module")
def addresses(shared_rows):
    """Addresses by what they answer."""
    whole = make_object("S 1", credit_line=text("Gift " * 400))
    add_picture(whole)
    part = make_object("S 1.1", part_of=whole)
    add_picture(part)
    gone, twin, hidden = make_object("G 1"), make_object("T 1"), make_object("H 1", public=False)
    for artifact in (gone, twin, hidden):
        add_picture(artifact)
    publishing.withdraw(gone, "no longer ours")
    publishing.merge(twin, whole)
    store.refresh("object", [whole.pk, part.pk])
    base = f"/iiif/objects/{whole.public_id}"
    return {
        "manifest": f"{base}/manifest.json",
        "manifest 2.1": f"{base}/manifest-v2.json",
        "collection": "/iiif/collection.json",
        "collection 2.1": "/iiif/collection-v2.json",
        "folder": f"/iiif/collections/departments/{whole.department.public_id}/collection.json",
        "folder 2.1": f"/iiif/collections/departments/{whole.department.public_id}/collection-v2.json",
        "group": f"{base}/collection.json",
        "canvas": f"{base}/canvas/{whole.media.get().public_id}",
        "sequence": f"{base}/sequence/normal",
        "sequence of what is gone": f"/iiif/objects/{gone.public_id}/sequence/normal",
        "list 2.1": f"{base}/canvas/{whole.media.get().public_id}/page/painting-v2",
        "gone": f"/iiif/objects/{gone.public_id}/manifest.json",
        "gone 2.1": f"/iiif/objects/{gone.public_id}/manifest-v2.json",
        "moved": f"/iiif/objects/{twin.public_id}/manifest.json",
        "moved 2.1": f"/iiif/objects/{twin.public_id}/manifest-v2.json",
        "hidden": f"/iiif/objects/{hidden.public_id}/manifest.json",
        "never": "/iiif/objects/zzzzzzzzzzzz/manifest.json",
        "no folder": "/iiif/collections/nowhere/zzzzzzzzzzzz/collection.json",
        "no record": "/iiif/collections/people/zzzzzzzzzzzz/collection.json",
        "no part": "/iiif/collections/all/7/collection.json",
    }


STATUS = {
    **dict.fromkeys(
        ("manifest", "manifest 2.1", "collection", "collection 2.1", "folder", "folder 2.1", "group", "canvas", "sequence", "list 2.1"), 200
    ),
    **dict.fromkeys(("gone", "gone 2.1", "sequence of what is gone"), 410),
    **dict.fromkeys(("moved", "moved 2.1"), 301),
    **dict.fromkeys(("hidden", "never", "no folder", "no record", "no part"), 404),
}


def test_every_method_and_accept_at_every_kind_of_address(client, addresses):
    for name, method, accept in itertools.product(STATUS, METHODS, ACCEPTS):
        case = f"{method} {name} {accept!r}"
        response = client.generic(method, addresses[name], headers={"accept": accept} if accept else {})
        assert response.headers["Access-Control-Allow-Origin"] == "*", case
        assert not response.cookies, case
        if method == "OPTIONS":
            assert response.status_code == 204, case
            assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS", case
            assert not response.content, case
            continue
        assert response.status_code == STATUS[name], case
        assert response.headers["Vary"] == "Accept, Accept-Encoding", case
        assert method == "GET" or not response.content, case
        if response.status_code == 200:
            assert "ETag" in response.headers, case
            assert "ETag" in response.headers["Access-Control-Expose-Headers"], case
        if response.status_code == 301:
            assert response.headers["Location"].endswith("/manifest-v2.json" if "2.1" in name else "/manifest.json"), case


def test_what_is_no_question_is_refused_with_a_reason_and_not_for_want_of_a_form_s_token(addresses):
    strict = Client(enforce_csrf_checks=True)
    for path in (
        *addresses.values(),
        f"{addresses['manifest'].rpartition('/')[0]}/search?q=a",
        "/iiif/changes/1.json",
        "/iiif/4/x",
        "/iiif/",
    ):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            response = strict.generic(method, path, headers={"origin": "https://viewer.example"})
            assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS"), (method, path)
            assert response.headers["Access-Control-Allow-Origin"] == "*", (method, path)
        assert strict.options(path).status_code == 204, path


def test_an_answer_without_content_has_neither_its_length_nor_a_type(addresses):
    strict = Client()
    for name in ("canvas", "sequence", "list 2.1", "manifest"):
        known = strict.get(addresses[name]).headers["ETag"]
        for response in (strict.get(addresses[name], headers={"if-none-match": known}), strict.options(addresses[name])):
            assert response.status_code in (204, 304)
            assert not {"Content-Length", "Content-Type"} & set(response.headers)


@pytest.mark.parametrize("accept", ACCEPTS)
def test_the_version_and_type_that_a_client_gets(client, addresses, settings, accept):
    version, media_type = ACCEPTS[accept]
    for name in OWN:
        response = client.get(addresses[name], headers={"accept": accept} if accept else {})
        assert response.headers["Content-Type"] == media_type
        document = response.json()
        context = document["@context"] if isinstance(document["@context"], str) else document["@context"][-1]
        assert context == f"http://iiif.io/api/presentation/{version}/context.json"
        assert document["id" if version == 3 else "@id"] == settings.MUSEUM_ORIGIN + addresses[name]
        assert 'rel="alternate"' in response.headers["Link"]


@pytest.mark.parametrize("accept", ["", "*/*", "application/json", LD_3, "text/html"])
def test_the_address_of_the_older_form_gives_it_to_everybody(client, addresses, settings, accept):
    for name in ("manifest 2.1", "collection 2.1", "folder 2.1", "sequence", "list 2.1"):
        response = client.get(addresses[name], headers={"accept": accept} if accept else {})
        assert response.json()["@id"] == settings.MUSEUM_ORIGIN + addresses[name]
        # 2.1, 7.2: plain JSON unless JSON-LD is asked for
        assert response.headers["Content-Type"] == (LD_2 if "ld+json" in accept else "application/json")


def test_the_sequence_of_the_older_form_is_the_manifests_own(client, addresses):
    manifest = client.get(addresses["manifest 2.1"]).json()
    sequence = client.get(addresses["sequence"]).json()
    assert (sequence.pop("@context"), sequence.pop("within")) == (manifest["@context"], manifest["@id"])
    assert sequence == manifest["sequences"][0]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_known_is_not_sent_again_in_any_form(client, addresses, method):
    tags = set()
    for name, accept, encoding in itertools.product(
        ("manifest", "collection", "canvas"), ("", LD_2, "application/json"), ("", "gzip", "br")
    ):
        headers = {"accept": accept, "accept_encoding": encoding}
        first = client.get(addresses[name], headers=headers)
        for known in (first.headers["ETag"], f"W/{first.headers['ETag']}", f'"other", {first.headers["ETag"]}', "*"):
            again = client.generic(method, addresses[name], headers={**headers, "if_none_match": known})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["ETag"] == first.headers["ETag"]
            assert again.headers["Vary"] == "Accept, Accept-Encoding"
            assert again.headers["Access-Control-Allow-Origin"] == "*"
        assert client.get(addresses[name], headers={**headers, "if_none_match": '"other"'}).status_code == 200
        tags.add(first.headers["ETag"])
    # 3 versions and types of manifest and collection, in 3 encodings where the body is large enough
    assert len(tags) >= 10


def test_each_encoding_holds_the_same_document(client, addresses):
    plain = client.get(addresses["manifest"]).content
    zipped = client.get(addresses["manifest"], headers={"accept_encoding": "gzip"})
    brown = client.get(addresses["manifest"], headers={"accept_encoding": "gzip, deflate, br, zstd"})
    assert gzip.decompress(zipped.content) == plain
    assert (zipped.headers["Content-Encoding"], brown.headers["Content-Encoding"]) == ("gzip", "br")
    assert brotli.decompress(brown.content) == plain
    refused = client.get(addresses["manifest"], headers={"accept_encoding": "br;q=0, gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def _through_the_gate(path, method="GET", **environ):
    from iiif.presentation.gate import Gate

    passed: list[str] = []

    def django(environ, start_response):
        passed.append(environ["PATH_INFO"])
        start_response("299 Passed on", [])
        return [b""]

    said: dict = {}

    def start_response(status, headers):
        said.update(status=int(status.split()[0]), headers=dict(headers))

    body = b"".join(Gate(django)({"PATH_INFO": path, "REQUEST_METHOD": method, **environ}, start_response))
    return said["status"], said["headers"], body


@pytest.fixture(autouse=True)
def nothing_kept():
    documents.forget()
    yield
    documents.forget()


@pytest.mark.parametrize("accept", ACCEPTS)
@pytest.mark.parametrize("name", ["manifest", "manifest 2.1", "collection", "folder", "group"])
def test_the_gate_says_what_django_says(client, addresses, name, accept):
    for encoding in ("", "gzip", "br"):
        status, headers, body = _through_the_gate(addresses[name], HTTP_ACCEPT=accept, HTTP_ACCEPT_ENCODING=encoding)
        response = client.get(addresses[name], headers={"accept": accept, "accept_encoding": encoding})
        assert (status, body) == (response.status_code, response.content)
        assert headers.pop("Content-Length") == str(len(body))
        assert headers == {key: value for key, value in response.headers.items() if key in headers}
        known = _through_the_gate(addresses[name], HTTP_ACCEPT=accept, HTTP_ACCEPT_ENCODING=encoding, HTTP_IF_NONE_MATCH=headers["ETag"])
        assert (known[0], known[2]) == (304, b"")
        assert "Content-Length" not in known[1]
    assert _through_the_gate(addresses[name], "HEAD", HTTP_ACCEPT=accept)[2] == b""


@pytest.mark.parametrize("name", ["gone", "moved", "hidden", "never", "no folder", "canvas"])
def test_the_gate_leaves_the_rest_to_django(addresses, name):
    assert _through_the_gate(addresses[name])[0] == 299
    assert _through_the_gate(addresses["manifest"], "POST")[0] == 299
    assert _through_the_gate(addresses["manifest"], "OPTIONS")[0] == 299


def test_what_the_gate_keeps_is_asked_anew_after_seconds(addresses, monkeypatch):
    from artifacts.models import Artifact

    artifact = Artifact.objects.get(accession_number="S 1")
    assert _through_the_gate(addresses["manifest"])[0] == 200
    publishing.withdraw(artifact, "gone")
    clock = documents.time.monotonic() + documents.KEPT_SECONDS + 0.1
    monkeypatch.setattr(documents.time, "monotonic", lambda: clock)
    assert _through_the_gate(addresses["manifest"])[0] == 299
    listed = json.loads(_through_the_gate(addresses["collection"])[2])
    assert addresses["manifest"] not in json.dumps(listed)


def test_who_asks_for_what_is_not_kept_gets_the_present_state(addresses):
    from artifacts.models import Artifact

    assert _through_the_gate(addresses["manifest"])[0] == 200
    publishing.withdraw(Artifact.objects.get(accession_number="S 1"), "gone")
    assert _through_the_gate(addresses["manifest"], HTTP_CACHE_CONTROL="no-cache")[0] == 299


def test_whoever_read_of_a_change_in_the_feed_is_not_given_what_was_kept_before_it(addresses):
    from artifacts.models import Artifact

    artifact = Artifact.objects.get(accession_number="S 1")
    store.refresh("object", [artifact.pk])
    before = json.loads(_through_the_gate(addresses["manifest"])[2])
    artifact.credit_line = text("Lent by the river")
    artifact.save()
    store.refresh("object", [artifact.pk])
    after = json.loads(_through_the_gate(addresses["manifest"])[2])
    assert before.get("requiredStatement") != after["requiredStatement"]
    assert [*after["requiredStatement"]["value"].values()] == [["Lent by the river"]]


def test_what_is_kept_has_bounds(addresses, monkeypatch):
    monkeypatch.setattr(documents, "KEPT_DOCUMENTS", 2)
    for name in ("manifest", "collection", "folder", "group"):
        _through_the_gate(addresses[name])
    assert len(documents._kept) == 2


def test_a_stranger_gets_no_cookie_and_no_language(addresses):
    response = Client().get(addresses["collection"], headers={"accept_language": "vi"})
    assert not response.cookies
    assert "Content-Language" not in response.headers

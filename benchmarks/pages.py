"""How long a visitor, a cataloguer and a neighbouring museum wait: pages, search, admin, manifests, save to findable.

    python -m benchmarks.pages          with the environment's DATABASE_URL, SEARCH_URL, STORAGE_URL and MUSEUM_VAR

The museum must hold records already (``make demo N=100000``). The worker runs beside the server for save to findable.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from urllib.parse import quote

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "museum.settings")

from benchmarks.serving import ROOT, Client, Figure, machine, museum

WORDS = (
    "drum",
    "bát",
    "rồng",
    "trong dong",
    "dragon vase",
    "sứ",
    "bronze",
    "Nguyễn Văn An",
    "map",
    "hoa sen",
    "lụa",
    "coin",
    "áo thêu",
    "TD 1987",
    "porcelain bowl",
    "sông",
)
FACETS = ("", "&image=yes", "&sort=date", "&from=1800&to=1900", "&sort=title")
PASSWORD = "benchmark-password"


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100, help="requests per figure (default: 100)")
    rounds = parser.parse_args().rounds
    import django

    django.setup()
    from artifacts.models import Artifact
    from search.indexing import catch_up

    total = Artifact.objects.count()
    if not total:
        raise SystemExit("This museum is empty: run `make demo N=100000` first.")
    user, subject = _user(), _subject()
    catch_up()  # while a change waits for the index, every search asks the database as well
    try:
        with museum() as port:
            figures = [
                *_visitor(port, rounds),
                *_neighbour(port, rounds),
                *_cataloguer(port, user, subject, max(10, rounds // 5)),
                _findable(port, user, subject),
            ]
    finally:
        subject.media.all().delete()
        user.delete()
    from django.conf import settings

    engine = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[1]
    print(f"\n{total:,} objects, {engine}, search {settings.SEARCH_URL.split(':')[0]}; {machine()}\n")
    print("| figure (ms over HTTP) | p50 | p95 | n | goal |\n|---|---|---|---|---|")
    for figure in figures:
        print(figure.line())


def _sample(queryset, count: int) -> list:
    """Objects spread over the whole table, found by key and not by offset."""
    low, high = queryset.order_by("pk").values_list("pk", flat=True).first(), queryset.order_by("-pk").values_list("pk", flat=True).first()
    chance = random.Random(7)
    wanted = sorted({chance.randint(low, high) for _ in range(count * 2)})
    return list(queryset.filter(pk__in=wanted)[:count])


def _visitor(port: int, rounds: int) -> list[Figure]:
    from artifacts.models import Artifact

    client = Client(port)
    objects = _sample(Artifact.objects.public(), rounds)
    pages = []
    for number, artifact in enumerate(objects):
        answer = client.get(f"/en/objects/{artifact.public_id}/")
        path = (
            answer.headers.get("location", "").replace(f"http://localhost:{port}", "")
            if answer.status in {301, 302}
            else f"/en/objects/{artifact.public_id}/"
        )
        answer = client.get(path)
        _expect(answer, 200, path)
        if number > 4:
            pages.append(answer.ms)
    queries = [f"/en/search/?q={quote(word)}{facet}" for word in WORDS for facet in FACETS]
    random.Random(7).shuffle(queries)
    found = [_expect(client.get(path), 200, path).ms for path in queries]
    suggestions = [_expect(client.get(f"/api/v1/suggest?q={quote(word[:3])}"), 200, "suggest").ms for word in WORDS for _ in range(3)]
    return [
        Figure("object page", pages, "≤ 60"),
        Figure("search page", found, "p50 ≤ 40, p95 ≤ 100"),
        Figure("suggestions", suggestions, "p95 ≤ 30"),
    ]


def _neighbour(port: int, rounds: int) -> list[Figure]:
    from iiif.models import StoredManifest

    client = Client(port)
    ids = [row.public_id for row in _sample(StoredManifest.objects.filter(kind="object").exclude(body=None), rounds)]
    if not ids:
        raise SystemExit("No manifest is stored: let the worker finish, or run `manage.py rebuild_manifests`.")
    times = [_expect(client.get(f"/iiif/objects/{public_id}/manifest.json"), 200, "manifest").ms for public_id in ids]
    return [Figure("manifest from store", times[5:] or times, "≤ 3")]


def _cataloguer(port: int, user, subject, rounds: int) -> list[Figure]:
    client = _logged_in(port, user)
    listing = "/admin/snippets/artifacts/artifact/"
    edit = f"{listing}edit/{subject.pk}/"
    lists = [_expect(client.get(listing), 200, listing).ms for _ in range(rounds)]
    forms = [_expect(client.get(edit), 200, edit).ms for _ in range(rounds)]
    drafts, publishes = [], []
    for number in range(rounds):
        drafts.append(_saved(client, edit, f"Benchmark {number}", publish=False))
        publishes.append(_saved(client, edit, f"Benchmark published {number}", publish=True))
    return [
        Figure("admin list", lists[1:], "≤ 150"),
        Figure("edit form, 12 rows", forms[1:], "≤ 300"),
        Figure("save a draft", drafts[1:], "≤ 300"),
        Figure("publish", publishes[1:], "≤ 300"),
    ]


def _saved(client: Client, edit: str, title: str, *, publish: bool) -> float:
    form = _form(client.get(edit).body, title)
    if publish:
        form.append(("action-publish", "action-publish"))
    answer = client.request("POST", edit, form=form)
    if answer.status != 302:
        raise SystemExit(f"Saving answers {answer.status}: the form was refused.")
    return answer.ms


def _form(page: bytes, title: str) -> list[tuple[str, str]]:
    """The edit form as a browser would send it, with another title."""
    from lxml import html

    form = next(
        form
        for form in html.fromstring(page).forms
        if form.get("data-edit-form") is not None or ("csrfmiddlewaretoken" in form.fields and "titles-TOTAL_FORMS" in form.fields)
    )
    return [(name, title if name == "titles-0-text" else value) for name, value in form.form_values()]


def _findable(port: int, user, subject) -> Figure:
    """From the answer to a publish until the public search finds the new word."""
    client, visitor = _logged_in(port, user), Client(port)
    worker = subprocess.Popen([sys.executable, "manage.py", "run_worker", "--no-rounds"], cwd=ROOT, stdout=subprocess.DEVNULL)
    times = []
    try:
        time.sleep(6)
        for number in range(10):
            word = f"tim{'abcdefghij'[number]}ra{int(time.time())}"
            _saved(client, f"/admin/snippets/artifacts/artifact/edit/{subject.pk}/", f"Benchmark {word}", publish=True)
            begun = time.perf_counter()
            while b'"total":1' not in visitor.get(f"/api/v1/search?q={word}").body.replace(b" ", b""):
                if time.perf_counter() - begun > 60:
                    raise SystemExit("A saved object was not found within a minute.")
                time.sleep(0.02)
            times.append((time.perf_counter() - begun) * 1000)
    finally:
        worker.terminate()
        worker.wait(60)
    return Figure("save to findable", times, "≤ 2000")


def _logged_in(port: int, user) -> Client:
    client = Client(port)
    client.get("/admin/login/")
    form = [("username", user.get_username()), ("password", PASSWORD), ("csrfmiddlewaretoken", client.cookies.get("csrftoken", ""))]
    answer = client.request("POST", "/admin/login/", form=form)
    if answer.status != 302:
        raise SystemExit(f"The log-in answers {answer.status}.")
    return client


def _user():
    from django.contrib.auth import get_user_model

    get_user_model().objects.filter(username="benchmark").delete()
    return get_user_model().objects.create_superuser("benchmark", "benchmark@example.org", PASSWORD)


def _subject():
    """The object that is edited: twelve child rows of six kinds."""
    from artifacts.models import Artifact, Description, Event, Identifier, Maker, Material, MeasurementRow, Title
    from vocabularies.models import Agent, Department, Term

    found = Artifact.objects.filter(source="benchmark").first()
    if found:
        return found
    department = Department.objects.order_by("pk")[0]
    agent, term = Agent.objects.order_by("pk").first(), Term.objects.order_by("pk").first()
    artifact = Artifact(
        museum=department.museum, department=department, accession_number="BENCHMARK 1", source="benchmark", source_id="1", live=False
    )
    artifact.titles = [Title(text="Benchmark", language="en"), Title(text="Phép đo", language="vi")]
    artifact.identifiers = [Identifier(value="B/1"), Identifier(value="B/2")]
    artifact.events = [Event(date_text="c. 1911", date_earliest=1906, date_latest=1916)]
    artifact.makers = [Maker(agent=agent), Maker(agent=agent, qualifier="workshop")]
    artifact.materials = [Material(term=term), Material(term=term, role="technique")]
    artifact.measurements = [MeasurementRow(kind="height", value=10), MeasurementRow(kind="width", value=12)]
    artifact.descriptions = [Description(kind="label", text={"en": {"text": "An object that is measured.", "state": "source"}})]
    artifact.save()
    artifact.save_revision().publish()
    return artifact


def _expect(answer, status: int, what: str):
    if answer.status != status:
        raise SystemExit(f"{what} answers {answer.status} instead of {status}.")
    return answer


if __name__ == "__main__":
    main()

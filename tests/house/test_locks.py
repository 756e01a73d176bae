"""The locks: floors under versions with security fixes, one version of everything, hashes, no registry's address."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-tools.txt"]
FLOORS = {"pillow": (12, 3), "pyvips-binary": (8, 18, 7), "django": (5, 2, 19), "wagtail": (8, 0, 1)}


def pinned(lock: str) -> dict[str, list[str]]:
    """Versions by package name; a package may have several, for different Pythons."""
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", (ROOT / lock).read_text(), re.MULTILINE):
        versions.setdefault(name, []).append(version)
    return versions


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_a_library_is_not_older_than_its_security_fixes(lock, name, floor):
    for version in pinned(lock)[name]:
        assert tuple(int(part) for part in re.findall(r"\d+", version)[: len(floor)]) >= floor


def test_what_is_installed_is_what_the_floors_ask_for():
    import django
    import PIL
    import wagtail

    assert django.VERSION[:3] >= FLOORS["django"]
    assert wagtail.VERSION[:3] >= FLOORS["wagtail"]
    assert tuple(int(part) for part in PIL.__version__.split(".")[:2]) >= FLOORS["pillow"]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes(lock):
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text())
    assert [block.partition("==")[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_registry(lock):
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert not re.search(r"--(index|extra-index|find-links)", text)


def test_the_lock_of_the_browser_names_no_registry_and_has_hashes():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, facts in packages.items():
        if name:
            assert "resolved" not in facts
            assert facts["integrity"].startswith("sha512-")


def test_development_runs_on_the_museums_own_versions():
    own, dev = pinned("requirements.txt"), pinned("requirements-dev.txt")
    assert {name: versions for name, versions in own.items() if dev.get(name) != versions} == {}


def test_every_direct_dependency_is_locked():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for lock, names in [
        ("requirements.txt", project["project"]["dependencies"]),
        ("requirements-dev.txt", project["dependency-groups"]["dev"]),
    ]:
        wanted = {re.split(r"[\[<>=~! ]", name)[0].lower() for name in names}
        assert wanted - set(pinned(lock)) == set()


def test_nothing_under_a_copyleft_licence_runs_in_the_museum():
    from importlib.metadata import distributions

    # LGPL is dynamically linked (libvips, psycopg); certifi's MPL concerns its own file
    copyleft = []
    for distribution in distributions():
        name = (distribution.metadata["Name"] or "").lower()
        if name in pinned("requirements.txt"):
            told = [distribution.metadata.get("License-Expression") or "", *(distribution.metadata.get_all("Classifier") or [])]
            if any(re.search(r"\bA?GPL|GNU (Affero )?General Public", text) and "Lesser" not in text for text in told):
                copyleft.append(name)
    assert copyleft == []

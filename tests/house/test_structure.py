"""The house's own rules: rooms, layers, the folder ``collections``, one home for each foreign library."""

import ast
import collections
import os
import re
import sysconfig
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent.parent
LAYERS = ["museum", "exhibits", "search", "exchange", "iiif", "procedures", "artifacts", "vocabularies", "media", "records"]
DEPTH = {room: depth for depth, room in enumerate(LAYERS)}
SKIPPED = {".venv", "node_modules", "var", "static", ".git"}


def sources(*suffixes: str) -> list[Path]:
    found = []
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name not in SKIPPED]  # thousands of other people's files are not even looked at
        found += [Path(folder) / name for name in names if name.endswith(suffixes)]
    return found


def test_the_folder_collections_is_no_package():
    assert not (ROOT / "collections" / "__init__.py").exists()


def test_pythons_own_collections_is_not_hidden():
    assert Path(collections.__file__).is_relative_to(sysconfig.get_paths()["stdlib"])


def test_every_room_stands_in_the_layers_of_the_import_linter():
    rooms = {path.parent.name for path in [*ROOT.glob("*/apps.py"), *ROOT.glob("collections/*/apps.py")]}
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert rooms == set(linter["root_packages"])
    layers = linter["contracts"][0]
    assert layers["type"] == "layers"
    assert [layer.strip("()") for layer in layers["layers"]] == LAYERS


def test_every_foreign_key_looks_downstairs():
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        room = model._meta.app_label
        for field in model._meta.get_fields(include_hidden=True):
            target = getattr(field, "related_model", None)
            if not (field.concrete and target) or room not in DEPTH:
                continue
            other = target._meta.app_label
            if other in DEPTH and DEPTH[other] < DEPTH[room]:
                wrong.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert wrong == []


@pytest.mark.parametrize("library", ["pyvips", "boto3"])
def test_a_library_with_sharp_edges_lives_in_one_module(library):
    # the demo's drawing programs read nothing but what they wrote, with the SVG loader that media.vips switches off
    apart = {"museum/demo/drawing/canvas.py"} if library == "pyvips" else set()
    users = []
    for path in sources(".py"):
        if path.relative_to(ROOT).parts[0] in {"tests", "benchmarks"} or str(path.relative_to(ROOT)) in apart:
            continue
        text = path.read_text()
        for node in ast.walk(ast.parse(text)) if library in text else ():
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == library for name in names):
                users.append(str(path.relative_to(ROOT)))
    assert len(set(users)) <= 1, sorted(set(users))


def test_no_module_calls_the_environment_but_the_settings():
    readers = []
    # handing the environment on to another program, or setting a library's switch, is not reading a setting
    # (a WSGI application's own ``environ`` is a request)
    reading = re.compile(r"getenv\(|os\.environ\.get\(|os\.environ\[\"[A-Z]|from os import environ")
    for path in sources(".py"):
        exempt = path.relative_to(ROOT).parts[0] in {"tests", "benchmarks", "bin"} or path.name in {
            "manage.py",
            "wsgi.py",
            "environment.py",
        }
        if not exempt and reading.search(path.read_text()):
            readers.append(str(path.relative_to(ROOT)))
    assert readers == []


def test_there_are_no_drawers():
    drawers = {"utils.py", "helpers.py", "services.py", "managers.py", "misc.py"}
    assert [str(path.relative_to(ROOT)) for path in sources(".py") if path.name in drawers] == []


def test_every_python_file_says_in_one_line_what_it_is_about():
    silent = []
    for path in sources(".py"):
        if "migrations" in path.parts or not path.read_text().strip():
            continue
        if not ast.get_docstring(ast.parse(path.read_text())):
            silent.append(str(path.relative_to(ROOT)))
    assert silent == []


def test_compiled_translations_and_fetched_files_are_ignored_but_the_room_media_is_not():
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert "*.mo" in ignored
    assert "/static/vendor" in ignored
    assert not [line for line in ignored if line.strip("/ ") == "media"]

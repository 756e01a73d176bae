"""Draw the demo museum's pictures, and make its sounds and models: python -m museum.demo.draw --out FOLDER [--only KEY …].

Every picture is always the same: its random numbers come from its name. ``PICTURES`` is the list of them; a key names a picture in
the demo museum's data.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

QUALITY = 90
DRAWING = "museum.demo.drawing"

# key: (module, function, its arguments)
PICTURES: dict[str, tuple[str, str, dict[str, object]]] = {
    "drum": ("bronze", "drum_face", {}),
    "drum-frogs": ("bronze", "drum_face", {"width": 4200, "seed": "frogs", "rays": 12, "birds": 10, "frogs": 4}),
    "situla": ("vessels.cast", "situla", {}),
    "bell": ("vessels.cast", "bell", {}),
    "censer": ("vessels.cast", "censer", {}),
    "mirror": ("metal", "mirror", {}),
    "axes": ("metal", "axes", {}),
    "gong": ("metal", "gong", {}),
    "plaque": ("metal", "plaque", {}),
    "cash": ("metal", "cash", {}),
    "medal": ("metal", "medal", {}),
    "medal-gold": ("metal", "medal", {"metal": "gold"}),
    "seal-face": ("metal", "seal_face", {}),
    "impressions": ("metal", "impressions", {}),
    "vase": ("porcelain", "vase", {}),
    "dragon-jar": ("vessels.blue", "dragon_jar", {}),
    "peony-bottle": ("vessels.blue", "peony_bottle", {}),
    "bowl": ("vessels.blue", "fish_bowl", {}),
    "bowl-pair": ("vessels.blue", "fish_bowl", {"seed": "bowl two", "flip": True}),
    "carp-dish": ("vessels.blue", "dish", {}),
    "phoenix-dish": ("vessels.blue", "dish", {"seed": "phoenix dish", "kind": "phoenix"}),
    "celadon": ("vessels.stoneware", "celadon_bowl", {}),
    "crackle-jar": ("vessels.stoneware", "crackle_vase", {}),
    "lime-pot": ("vessels.stoneware", "lime_pot", {}),
    "teapot": ("vessels.tea", "teapot", {}),
    "cup": ("vessels.tea", "cups", {"count": 1}),
    "cups": ("vessels.tea", "cups", {"count": 3}),
    "barrel-drum": ("vessels.drum", "barrel_drum", {}),
    "dragon-brocade": ("textiles.weave", "dragon_brocade", {}),
    "phoenix-brocade": ("textiles.weave", "phoenix_brocade", {}),
    "badge-crane": ("textiles.embroidery", "rank_badge", {}),
    "badge-lion": ("textiles.embroidery", "rank_badge", {"kind": "lion"}),
    "robe": ("textiles.embroidery", "court_robe", {}),
    "ikat": ("textiles.weave", "ikat", {}),
    "altar-cloth": ("textiles.embroidery", "altar_cloth", {}),
    "sash": ("textiles.weave", "sash", {}),
    "rooster": ("prints.birds", "rooster", {}),
    "carp-print": ("prints.birds", "carp", {}),
    "wedding": ("prints.wedding", "wedding", {}),
    "goddess": ("prints.goddess", "river_goddess", {}),
    "woodblock": ("prints.woodblock", "woodblock", {}),
    "edict": ("writing.patents", "edict", {}),
    "edict-silver": (
        "writing.patents",
        "edict",
        {
            "seed": "edict silver",
            "silver": True,
            "text": [
                "奉天承運",
                "皇帝制曰朕惟守土之臣",
                "能治水者功莫大焉",
                "鏡河堤正黎文江築堤三百丈",
                "捍災禦患民賴以安",
                "茲準陞授鏡河府同知",
                "爾其欽哉勿替",
            ],
            "date": "明命十七年八月十五日",
        },
    ),
    "commission": ("writing.patents", "commission", {}),
    "sentences": ("writing.papers", "parallel_sentences", {}),
    "gazette": ("gazette", "gazette", {}),
    "register": ("writing.papers", "register", {}),
    "river-scroll": ("maps.river", "river_scroll", {}),
    "citadel": ("maps.citadel", "citadel_plan", {}),
    "chart": ("maps.coast", "coast_chart", {}),
    "gate": ("maps.gate", "gate_elevation", {}),
    "pagoda": ("maps.pagoda", "pagoda_section", {}),
    "photo-bridge": ("photographs.city", "bridge_at_dawn", {}),
    "photo-gate": ("photographs.city", "south_gate", {}),
    "photo-market": ("photographs.water", "floating_market", {}),
    "photo-family": ("photographs.family", "portrait", {}),
    "photo-flood": ("photographs.water", "flood", {}),
    "emblem": ("emblem", "emblem", {}),  # the museum's logo
    "buddha": ("sculpture", "buddha", {}),
    "lion": ("sculpture", "temple_lion", {}),
    "stele": ("sculpture", "stele", {}),
    "wooden-fish": ("sculpture", "wooden_fish", {}),
    "gold-landscape": ("lacquer.landscape", "gold_landscape", {}),
    "pearl-tray": ("lacquer.inlaid", "pearl_tray", {}),
    "screen": ("lacquer.landscape", "screen", {}),
    "round-box": ("lacquer.inlaid", "round_box", {}),
    "name-board": ("lacquer.inlaid", "name_board", {}),
    "moon-lute": ("lacquer.instruments", "moon_lute", {}),
    "zither": ("lacquer.instruments", "zither", {}),
    **{f"primer-{page:02}": ("writing.primer", "manuscript_page", {"page": page}) for page in range(1, 25)},
}
# Sounds and models, which are no pictures. key: (module, function that gives the file's bytes, ending)
FILES: dict[str, tuple[str, str, str]] = {
    "bell-strokes": ("sounds", "bell_strokes", "wav"),
    "dragon-jar-model": ("models", "dragon_jar", "glb"),
}

# What is written on a picture, word by word. key: (module, function that gives an alto.Page, its arguments)
TEXTS: dict[str, tuple[str, str, dict[str, object]]] = {
    "gazette": ("gazette", "page_text", {}),
    **{f"primer-{page:02}": ("writing.primer", "page_text", {"page": page}) for page in range(1, 25)},
}


class DrawingError(Exception):
    """A picture cannot be drawn; the message says which, and why."""


def known(key: str) -> bool:
    """Whether there is a picture, sound or model of that name."""
    return key in PICTURES or key in FILES


def filename(key: str) -> str:
    """The file that is made for a key."""
    return f"{key}.{FILES[key][2]}" if key in FILES else f"{key}.jpg"


def text_filename(key: str) -> str:
    """The file beside a picture that says what is written on it; empty when nothing is."""
    return f"{key}.xml" if key in TEXTS else ""


def draw_one(key: str, folder: Path) -> Path:
    """Draw one picture, or make one sound or model, in ``folder``; answers its file. The text of a page is written before it."""
    from museum.demo.drawing import canvas

    target = folder / filename(key)
    if key in FILES:
        module, function, _ = FILES[key]
        canvas.save(_program(module, function)(), target)
        return target
    module, function, arguments = PICTURES[key]
    pixels = _program(module, function)(**arguments)
    if key in TEXTS:
        _write_text(key, pixels.shape[1], pixels.shape[0], folder)
    canvas.save_jpeg(pixels, target, QUALITY)
    return target


def _write_text(key: str, width: int, height: int, folder: Path) -> None:
    from museum.demo.drawing import alto, canvas

    module, function, arguments = TEXTS[key]
    canvas.save(alto.alto(_program(module, function)(**arguments), width, height, filename(key)), folder / text_filename(key))


def _program(module: str, function: str) -> Callable[..., Any]:
    return getattr(importlib.import_module(f"{DRAWING}.{module}"), function)


def draw(
    keys: Sequence[str], folder: Path, processes: int = 2, progress: Callable[[int, int, str], None] = lambda done, total, key: None
) -> dict[str, Path]:
    """The pictures of those keys (sounds, models) as files in ``folder`` (a file that is there is kept), drawn by so many processes.

    With 0 processes this one draws: quicker for a single picture, if libvips has not been used here for strangers' files.
    ``progress`` gets (done, total, key).
    """
    unknown = [key for key in keys if not known(key)]
    if unknown:
        raise DrawingError(f"There is no drawing called {', '.join(unknown)}; museum/demo/draw.py lists them.")
    folder.mkdir(parents=True, exist_ok=True)
    files = {key: folder / filename(key) for key in keys}
    todo = [key for key in files if not files[key].exists()]
    done = len(files) - len(todo)
    os.environ.setdefault("VIPS_CONCURRENCY", "1")  # the processes share the work, not libvips' threads
    with _attempts(todo, folder, processes) as attempts:
        for key, trouble in attempts:
            if trouble:
                raise DrawingError(f"The picture {key} could not be drawn: {trouble}")
            done += 1
            progress(done, len(files), key)
    return files


@contextmanager
def _attempts(todo: Sequence[str], folder: Path, processes: int) -> Iterator[Iterable[tuple[str, str]]]:
    attempt = functools.partial(_attempt, folder=folder)
    if not processes:
        yield map(attempt, todo)
        return
    # a fresh interpreter each: libvips does not survive a fork
    with multiprocessing.get_context("spawn").Pool(processes, maxtasksperchild=60) as pool:
        yield pool.imap_unordered(attempt, todo)


def _attempt(key: str, folder: Path) -> tuple[str, str]:
    try:
        draw_one(key, folder)
    except Exception as trouble:  # every trouble goes to the parent as a sentence, for an exception of a library may not travel
        return key, f"{type(trouble).__name__}: {trouble}"
    return key, ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for the JPEG files")
    parser.add_argument("--only", nargs="*", metavar="KEY", help="these pictures only; without it all of them")
    parser.add_argument("--processes", type=int, default=2, help="how many draw at a time (default: 2; 0: this one)")
    parser.add_argument("--list", action="store_true", help="print the keys and stop")
    options = parser.parse_args()
    if options.list:
        print("\n".join([*PICTURES, *FILES]))
        return 0
    begun = time.monotonic()
    try:
        files = draw(
            options.only or [*PICTURES, *FILES],
            options.out,
            options.processes,
            lambda done, total, key: print(f"{done:3} of {total}  {key}", flush=True),
        )
    except DrawingError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    size = sum(file.stat().st_size for file in files.values())
    print(f"{len(files)} pictures, {size / 1e6:.0f} MB, in {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

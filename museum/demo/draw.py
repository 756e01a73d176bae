"""Draw the demo museum's pictures: python -m museum.demo.draw --out FOLDER [--only KEY …].

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
from collections.abc import Callable, Sequence
from pathlib import Path

QUALITY = 90
DRAWING = "museum.demo.drawing"

# key: (module, function, its arguments)
PICTURES: dict[str, tuple[str, str, dict[str, object]]] = {
    "drum": ("bronze", "drum_face", {}),
    "drum-frogs": ("bronze", "drum_face", {"width": 4200, "seed": "frogs", "rays": 12, "birds": 10, "frogs": 4}),
    "situla": ("vessels", "situla", {}),
    "bell": ("vessels", "bell", {}),
    "censer": ("vessels", "censer", {}),
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
    "dragon-jar": ("vessels", "dragon_jar", {}),
    "peony-bottle": ("vessels", "peony_bottle", {}),
    "bowl": ("vessels", "fish_bowl", {}),
    "bowl-pair": ("vessels", "fish_bowl", {"seed": "bowl two", "flip": True}),
    "carp-dish": ("vessels", "dish", {}),
    "phoenix-dish": ("vessels", "dish", {"seed": "phoenix dish", "kind": "phoenix"}),
    "celadon": ("vessels", "celadon_bowl", {}),
    "crackle-jar": ("vessels", "crackle_vase", {}),
    "lime-pot": ("vessels", "lime_pot", {}),
    "teapot": ("vessels", "teapot", {}),
    "cup": ("vessels", "cups", {"count": 1}),
    "cups": ("vessels", "cups", {"count": 3}),
    "barrel-drum": ("vessels", "barrel_drum", {}),
    "dragon-brocade": ("textiles", "dragon_brocade", {}),
    "phoenix-brocade": ("textiles", "phoenix_brocade", {}),
    "badge-crane": ("textiles", "rank_badge", {}),
    "badge-lion": ("textiles", "rank_badge", {"kind": "lion"}),
    "robe": ("textiles", "court_robe", {}),
    "ikat": ("textiles", "ikat", {}),
    "altar-cloth": ("textiles", "altar_cloth", {}),
    "sash": ("textiles", "sash", {}),
    "rooster": ("prints", "rooster", {}),
    "carp-print": ("prints", "carp", {}),
    "wedding": ("prints", "wedding", {}),
    "goddess": ("prints", "river_goddess", {}),
    "woodblock": ("prints", "woodblock", {}),
    "edict": ("writing", "edict", {}),
    "edict-silver": (
        "writing",
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
    "commission": ("writing", "commission", {}),
    "sentences": ("writing", "parallel_sentences", {}),
    "register": ("writing", "register", {}),
    "river-scroll": ("maps", "river_scroll", {}),
    "citadel": ("maps", "citadel_plan", {}),
    "chart": ("maps", "coast_chart", {}),
    "gate": ("maps", "gate_elevation", {}),
    "pagoda": ("maps", "pagoda_section", {}),
    "photo-bridge": ("photographs", "bridge_at_dawn", {}),
    "photo-gate": ("photographs", "south_gate", {}),
    "photo-market": ("photographs", "floating_market", {}),
    "photo-family": ("photographs", "portrait", {}),
    "photo-flood": ("photographs", "flood", {}),
    "buddha": ("sculpture", "buddha", {}),
    "lion": ("sculpture", "temple_lion", {}),
    "stele": ("sculpture", "stele", {}),
    "wooden-fish": ("sculpture", "wooden_fish", {}),
    "gold-landscape": ("lacquer", "gold_landscape", {}),
    "pearl-tray": ("lacquer", "pearl_tray", {}),
    "screen": ("lacquer", "screen", {}),
    "round-box": ("lacquer", "round_box", {}),
    "name-board": ("lacquer", "name_board", {}),
    "moon-lute": ("lacquer", "moon_lute", {}),
    "zither": ("lacquer", "zither", {}),
    **{f"primer-{page:02}": ("writing", "manuscript_page", {"page": page}) for page in range(1, 25)},
}


class DrawingError(Exception):
    """A picture cannot be drawn; the message says which, and why."""


def draw_one(key: str, folder: Path) -> Path:
    """Draw one picture into ``folder``; answers its file."""
    from museum.demo.drawing import canvas

    module, function, arguments = PICTURES[key]
    target = folder / f"{key}.jpg"
    pixels = getattr(importlib.import_module(f"{DRAWING}.{module}"), function)(**arguments)
    canvas.save_jpeg(pixels, target, QUALITY)
    return target


def draw(
    keys: Sequence[str], folder: Path, processes: int = 2, progress: Callable[[int, int, str], None] = lambda done, total, key: None
) -> dict[str, Path]:
    """The pictures of those keys as JPEG files in ``folder`` (a file that is there is kept). ``progress`` gets (done, total, key)."""
    unknown = [key for key in keys if key not in PICTURES]
    if unknown:
        raise DrawingError(f"There is no drawing called {', '.join(unknown)}; museum/demo/draw.py lists them.")
    folder.mkdir(parents=True, exist_ok=True)
    files = {key: folder / f"{key}.jpg" for key in keys}
    todo = [key for key in files if not files[key].exists()]
    done = len(files) - len(todo)
    os.environ.setdefault("VIPS_CONCURRENCY", "1")  # the processes share the work, not libvips' threads
    # a fresh interpreter each: libvips does not survive a fork
    with multiprocessing.get_context("spawn").Pool(processes, maxtasksperchild=60) as pool:
        for key, trouble in pool.imap_unordered(functools.partial(_attempt, folder=folder), todo):
            if trouble:
                raise DrawingError(f"The picture {key} could not be drawn: {trouble}")
            done += 1
            progress(done, len(files), key)
    return files


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
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="print the keys and stop")
    options = parser.parse_args()
    if options.list:
        print("\n".join(PICTURES))
        return 0
    begun = time.monotonic()
    try:
        files = draw(
            options.only or list(PICTURES),
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

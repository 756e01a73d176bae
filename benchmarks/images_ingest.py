"""Ingest of a picture of 300 megapixels: time and memory of the child process that makes its access copy.

python -m benchmarks.images_ingest [--width 20000 --height 15000]
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def painted(path: Path, width: int, height: int) -> None:
    """A picture with gradients, noise and edges, about as heavy for JPEG as a photograph; JPEG or TIFF by the path's ending."""
    import pyvips

    smooth = pyvips.Image.perlin(2048, 2048, cell_size=180, uchar=True, seed=3)
    fine = pyvips.Image.gaussnoise(2048, 2048, sigma=2, mean=0, seed=5)
    weave = (pyvips.Image.xyz(2048, 2048)[0] % 37 < 3).ifthenelse(24, 0)
    band = (smooth + fine + weave).cast("uchar")
    patch = band.bandjoin([band.rot90(), band.rot180()]).copy(interpretation="srgb")
    picture = patch.replicate(-(-width // 2048), -(-height // 2048)).crop(0, 0, width, height)
    if path.suffix == ".jpg":
        picture.jpegsave(str(path), Q=92, keep="none")
    else:
        picture.tiffsave(str(path), compression="deflate", predictor="horizontal", keep="none")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--width", type=int, default=20000)
    parser.add_argument("--height", type=int, default=15000)
    given = parser.parse_args()
    from benchmarks.serving import machine

    print(f"Measured {machine()}; {given.width} × {given.height} pixels. Goal: 3 s and 200 MB for 300 megapixels.\n")
    print("| original | file MB | wall s | CPU s | peak MB | with mapped file | access copy MB |\n|-|-|-|-|-|-|-|")
    with tempfile.TemporaryDirectory(prefix="museum-bench-") as name:
        for ending, key in ((".jpg", "jpeg"), (".tif", "tiff")):
            source, target = Path(name) / f"source{ending}", Path(name) / "pyramid.tif"
            painted(source, given.width, given.height)
            wall, cpu, own, peak = _run([sys.executable, "-m", "media.pyramid", str(source), key, str(target)])
            print(
                f"| {key} | {source.stat().st_size / 1e6:.0f} | {wall:.1f} | {cpu:.1f} | {own:.0f} | {peak:.0f} | {target.stat().st_size / 1e6:.0f} |"
            )


def _run(command: list[str]) -> tuple[float, float, float, float]:
    """Wall seconds, CPU seconds, peak MB of its own memory (sampled), and peak MB with the mapped pages of the original."""
    environment = {**os.environ, "MALLOC_ARENA_MAX": "2", "VIPS_BLOCK_UNTRUSTED": "1", "VIPS_CONCURRENCY": str(os.cpu_count() or 1)}
    begun = time.perf_counter()
    child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    own = 0.0
    while True:
        pid, status, used = os.wait4(child.pid, os.WNOHANG)
        if pid:
            break
        with contextlib.suppress(OSError, StopIteration):
            lines = Path(f"/proc/{child.pid}/status").read_text().splitlines()
            own = max(own, int(next(line for line in lines if line.startswith("RssAnon")).split()[1]) / 1024)
        time.sleep(0.01)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit("The access copy could not be made.")
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, own, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()

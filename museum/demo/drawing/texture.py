"""Textures without an edge: clouds, grain, cracks, fibres; and the resizing and blurring of arrays."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from museum.demo.drawing.canvas import Image, picture

SIZE = 1024


def blur(array: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian blur; large ones are made on a smaller picture."""
    height, width = array.shape[:2]
    shrink = max(1, int(sigma / 2.5))
    image = picture(array)
    if shrink > 1:
        image = image.resize(max(1, width // shrink) / width, vscale=max(1, height // shrink) / height, kernel="linear")
    image = image.gaussblur(
        sigma / shrink, precision="approximate" if array.dtype == np.uint8 and sigma / shrink > 2 else "float", min_ampl=0.1
    )
    if shrink > 1:
        image = image.resize(width / image.width, vscale=height / image.height, kernel="linear")
    return fit(image.numpy(), height, width).astype(array.dtype, copy=False)


def fit(array: np.ndarray, height: int, width: int) -> np.ndarray:
    """Cut or pad by a pixel or two after a resize."""
    if array.shape[:2] == (height, width):
        return array
    array = array[:height, :width]
    pad = [(0, height - array.shape[0]), (0, width - array.shape[1])] + [(0, 0)] * (array.ndim - 2)
    return np.pad(array, pad, mode="edge")


def enlarge(array: np.ndarray, height: int, width: int, kernel: str = "linear") -> np.ndarray:
    """Any array of (h, w) or (h, w, bands) as (height, width[, bands])."""
    image = picture(array).resize(width / array.shape[1], vscale=height / array.shape[0], kernel=kernel)
    return fit(image.numpy(), height, width)


@lru_cache(maxsize=24)
def spectrum(beta: float, stretch: float = 1.0, seed: int = 0) -> np.ndarray:
    """1/f^beta noise that tiles, (1024, 1024) float32, mean 0, deviation 1. ``stretch`` > 1 draws it out along x."""
    rng = np.random.default_rng(1000 + seed)
    fy = np.fft.fftfreq(SIZE)[:, None] * SIZE
    fx = np.fft.rfftfreq(SIZE)[None, :] * SIZE * stretch
    radius = np.hypot(fx, fy)
    radius[0, 0] = 1
    phase = rng.uniform(0, 2 * np.pi, radius.shape)
    wave = np.exp(1j * phase) / radius ** (beta / 2 + 0.5)
    wave[0, 0] = 0
    noise = np.fft.irfft2(wave, (SIZE, SIZE)).astype(np.float32)
    return (noise - noise.mean()) / noise.std()


def cover(tile: np.ndarray, height: int, width: int, rng: np.random.Generator) -> np.ndarray:
    """The tile repeated over (height, width), shifted at random."""
    dy, dx = rng.integers(0, tile.shape[0]), rng.integers(0, tile.shape[1])
    rows = (np.arange(height) + dy) % tile.shape[0]
    columns = (np.arange(width) + dx) % tile.shape[1]
    return np.take(np.take(tile, columns, axis=1), rows, axis=0)


class Rows:
    """A large texture that is made only where it is looked at: ``rows[y0:y1]`` gives float32 rows."""

    def __init__(self, image: Image, height: int, width: int) -> None:
        self.image, self.height, self.width = image, height, width

    def __getitem__(self, part: slice) -> np.ndarray:
        start, stop, _ = part.indices(self.height)
        return self.image.crop(0, start, self.width, stop - start).numpy()


def clouds(height: int, width: int, rng: np.random.Generator, beta: float = 2.0, scale: float = 4.0, stretch: float = 1.0) -> Rows:
    """Soft fractal noise, deviation about 1, as Rows. ``scale``: how many pixels one pixel of the tile covers."""
    tile = spectrum(beta, stretch, int(rng.integers(0, 3)))
    small = cover(tile, int(height / scale) + 3, int(width / scale) + 3, rng)
    image = picture(small)
    return Rows(image.resize(scale, kernel="linear") if scale > 1 else image, height, width)


def cloud(height: int, width: int, rng: np.random.Generator, beta: float = 2.0, scale: float = 4.0, stretch: float = 1.0) -> np.ndarray:
    """The same as an array, float32."""
    return clouds(height, width, rng, beta, scale, stretch)[0:height]


def grown(array: np.ndarray, height: int, width: int) -> Rows:
    """A small array enlarged, as Rows."""
    image = picture(array).resize((width + 1) / array.shape[1], vscale=(height + 1) / array.shape[0], kernel="linear")
    return Rows(image, height, width)


def grain(height: int, width: int, rng: np.random.Generator) -> np.ndarray:
    """White noise, int8 of about ±60: film grain, paper tooth."""
    return cover(_white(), height, width, rng)


@lru_cache(maxsize=1)
def _white() -> np.ndarray:
    return np.clip(np.random.default_rng(5).normal(0, 24, (SIZE, SIZE)), -90, 90).astype(np.int8)


@lru_cache(maxsize=8)
def cells(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """A tiling net of ``count`` × ``count`` cells: distance to the nearest border (float32, pixels) and the cell's number (int32)."""
    rng = np.random.default_rng(2000 + seed)
    step = SIZE / count
    jitter = rng.uniform(0.05, 0.95, (count, count, 2))
    y, x = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)
    row, column = (y // step).astype(np.int32), (x // step).astype(np.int32)
    first = np.full((SIZE, SIZE), 1e9, np.float32)
    second = first.copy()
    number = np.zeros((SIZE, SIZE), np.int32)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            r, c = row + dy, column + dx
            place = jitter[r % count, c % count]
            distance = np.hypot(x - (c + place[..., 0]) * step, y - (r + place[..., 1]) * step).astype(np.float32)
            nearer = distance < first
            second = np.where(nearer, first, np.minimum(second, distance))
            number = np.where(nearer, (r % count) * count + c % count, number)
            first = np.where(nearer, distance, first)
    return second - first, number


def cracks(height: int, width: int, rng: np.random.Generator, count: int = 24, scale: float = 1.0, thick: float = 1.2) -> np.ndarray:
    """Crackle lines, float32 0..1 (1 on a crack)."""
    tile = np.clip(thick - cells(count, int(rng.integers(0, 3)))[0], 0, 1).astype(np.float32)
    if scale <= 1:
        return cover(tile, height, width, rng)
    small = cover(tile, int(height / scale) + 3, int(width / scale) + 3, rng)
    return picture(small).resize(scale, kernel="cubic").numpy()[:height, :width]


def ramp(stops: list[tuple[float, tuple[int, int, int]]]) -> np.ndarray:
    """A table of 256 colours (float32, 0..255) through (position 0..1, rgb) stops."""
    at = [position * 255 for position, _ in stops]
    return np.stack([np.interp(np.arange(256), at, [color[band] for _, color in stops]) for band in range(3)], 1).astype(np.float32)


def byte(array: np.ndarray) -> np.ndarray:
    """0..1 floats as table positions 0..255."""
    return np.clip(array * 255, 0, 255).astype(np.uint8)

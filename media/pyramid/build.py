"""Cuts a picture, read in strips from top to bottom, into the tiles of all its levels at once.

Memory holds two strips of the first level and one of each other; each level is the one before, halved by the mean of four pixels, odd edges doubled.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import simplejpeg
from PIL import Image

from media import vips
from media.pyramid import bands
from media.pyramid.index import FIXED, TILE, Level, Span, TileIndex, fixed_sizes, levels_of
from media.pyramid.tiff import TiffWriter

QUALITY = 85


def encode(pixels: np.ndarray, quality: int = QUALITY) -> bytes:
    """A baseline JPEG, 4:2:0 for colour, grey for one band, without metadata: sRGB is what a JPEG without profile means."""
    pixels = np.ascontiguousarray(pixels)
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return simplejpeg.encode_jpeg(pixels.reshape(*pixels.shape[:2], 1), quality=quality, colorspace="GRAY", colorsubsampling="Gray")
    return simplejpeg.encode_jpeg(pixels, quality=quality, colorspace="RGB", colorsubsampling="420")


def halve(pixels: np.ndarray) -> np.ndarray:
    """Half the size (ceil) by the mean of 2 × 2 pixels; an odd edge counts twice."""
    height, width, bands = pixels.shape
    if height % 2 or width % 2:
        pixels = np.pad(pixels, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    pixels = np.ascontiguousarray(pixels)
    mode = "L" if bands == 1 else "RGB"
    image = Image.frombuffer(mode, (pixels.shape[1], pixels.shape[0]), pixels, "raw", mode, 0, 1)
    half = np.asarray(image.reduce(2))
    return half.reshape(half.shape[0], half.shape[1], bands)


@dataclass
class _Strip:
    """The rows of a level that wait to become one row of tiles."""

    level: Level
    pixels: np.ndarray
    filled: int = 0
    row: int = 0

    def half_of(self, pixels: np.ndarray, column: int) -> np.ndarray:
        """Where the half of a tile of the level above comes to lie: the rows that are filled next."""
        height, width = ((side + 1) // 2 for side in pixels.shape[:2])
        x = column * TILE // 2
        return self.pixels[self.filled : self.filled + height, x : x + width]


@dataclass(frozen=True)
class Built:
    """What came out: the index, and the smallest level that is not smaller than the largest fixed size (for colours and hashes)."""

    index: TileIndex
    overview: np.ndarray


class PyramidBuilder:
    """Builds the access copy of a picture of ``width × height`` pixels and 1 or 3 bands at ``path``."""

    def __init__(self, path: Path, width: int, height: int, bands: int, progress: Callable[[int], None] = lambda percent: None) -> None:
        self.path, self.width, self.height, self.bands, self.progress = path, width, height, bands, progress
        self.levels = levels_of(width, height)
        count = TileIndex.count(width, height)
        self.true_offsets, self.true_lengths = array("Q", bytes(8 * count)), array("I", bytes(4 * count))
        self.offsets, self.lengths = array("Q", bytes(8 * count)), array("I", bytes(4 * count))
        self.strips = [_Strip(level, np.empty((min(TILE, level.height), level.width, bands), np.uint8)) for level in self.levels[1:]]
        self.taken = 0
        self.pending: list[Future] = []
        self.kept = max(n for n, level in enumerate(self.levels) if n == 0 or max(level.width, level.height) >= FIXED[-1])
        kept = self.levels[self.kept]
        self.overview = np.empty((kept.height, kept.width, bands), np.uint8)

    def run(self, pour: Callable[[int, Callable[[np.ndarray], None]], None]) -> Built:
        """Take the pixels from ``pour`` (``media.vips.Picture.pour``) and write the file. Errors of the reader come through.

        A strip has to stay as it is until the next one was handed over.
        """
        with TiffWriter(self.path) as self.writer, ThreadPoolExecutor(os.cpu_count()) as self.pool:
            pour(TILE, self._take)
            self._collect_pending()
            fixed = self._fixed_sizes()
            self.writer.close(self.levels, self.offsets, self.lengths, bands=self.bands, tile=TILE)
        index = TileIndex(self.width, self.height, self.true_offsets, self.true_lengths, fixed, bands=self.bands)
        return Built(index, self.overview)

    def _take(self, strip: np.ndarray) -> None:
        """Begin with this strip, and finish the one before: its tiles were encoded while this one was decoded."""
        self._collect_pending()
        self.pending = self._submit(0, self.taken, strip)
        self.taken += 1
        self.progress(min(95, 95 * self.taken * TILE // self.height))

    def _collect_pending(self) -> None:
        pending, self.pending = self.pending, []
        if pending:
            self._collect(0, pending)

    def _submit(self, number: int, row: int, strip: np.ndarray) -> list[Future]:
        level = self.levels[number]
        if number == self.kept:
            self.overview[row * TILE : row * TILE + strip.shape[0]] = strip
        last = number == len(self.levels) - 1
        below = None if last else self.strips[number]
        futures = []
        for column in range(level.columns):
            pixels = strip[:, column * TILE : (column + 1) * TILE]
            futures.append(self.pool.submit(self._tile, pixels, row, column, None if below is None else below.half_of(pixels, column)))
        return futures

    @staticmethod
    def _tile(pixels: np.ndarray, row: int, column: int, half: np.ndarray | None) -> tuple[int, int, bytes, bytes | None]:
        """One tile: its JPEG at true size, and the padded one for TIFF readers when it lies at an edge. Its half goes where the next level has it."""
        height, width = pixels.shape[:2]
        pixels = np.ascontiguousarray(pixels)
        true = bands.encode(pixels, encode)
        padded = None
        if height < TILE or width < TILE:
            padded = bands.encode(np.pad(pixels, ((0, TILE - height), (0, TILE - width), (0, 0)), mode="edge"), encode)
        if half is not None:
            half[:] = halve(pixels)
        return row, column, true, padded

    def _collect(self, number: int, futures: list[Future]) -> None:
        """Write a row of tiles in order, and go on with the next level when its row is full."""
        level = self.levels[number]
        row = 0
        for future in futures:
            row, column, true, padded = future.result()
            at = level.first + row * level.columns + column
            self.true_offsets[at], self.true_lengths[at] = self.writer.add(true), len(true)
            self.offsets[at], self.lengths[at] = self.true_offsets[at], self.true_lengths[at]
            if padded is not None:
                self.offsets[at], self.lengths[at] = self.writer.add(padded), len(padded)
        if number == len(self.levels) - 1:
            return
        below = self.strips[number]
        below.filled += (min(TILE, level.height - row * TILE) + 1) // 2
        done = below.row * TILE + below.filled >= below.level.height
        if below.filled == TILE or done:
            rows = below.pixels[: below.filled]
            below.filled = 0
            below.row += 1
            self._collect(number + 1, self._submit(number + 1, below.row - 1, rows))

    def _fixed_sizes(self) -> tuple[Span, ...]:
        spans = []
        for width, height in fixed_sizes(self.width, self.height):
            data = encode(vips.resize(self.overview, width, height))
            spans.append(Span(width, height, self.writer.add(data), len(data)))
        return tuple(spans)

"""Vector drawing: an SVG assembled as text and rendered to pixels, and seeded randomness."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import contextmanager

import numpy as np

from museum.demo.drawing import canvas


def seeded(*words: object) -> np.random.Generator:
    """The random numbers of one picture: always the same for the same words."""
    digest = hashlib.sha256(" ".join(map(str, words)).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def points(xy: Iterable, close: bool = False) -> str:
    """Path data of a polyline through an iterable of (x, y)."""
    array = np.asarray(xy if isinstance(xy, np.ndarray) else list(xy), dtype=float)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in array) + ("Z" if close else "")


def smooth(xy: Iterable, close: bool = False) -> str:
    """Path data of a soft curve through an iterable of (x, y) (Catmull-Rom as cubic Béziers)."""
    p = np.asarray(xy if isinstance(xy, np.ndarray) else list(xy), dtype=float)
    if len(p) < 3:
        return points(p, close)
    if close:
        before, after, after2 = np.roll(p, 1, 0), np.roll(p, -1, 0), np.roll(p, -2, 0)
    else:
        before = np.vstack([p[:1], p[:-2]])
        after, after2 = p[1:], np.vstack([p[2:], p[-1:]])
        p0, p = p[0], p[:-1]
    c1, c2 = p + (after - before) / 6, after - (after2 - p) / 6
    start = p[0] if close else p0
    curve = "".join(f"C{a:.1f} {b:.1f} {c:.1f} {d:.1f} {e:.1f} {f:.1f}" for (a, b), (c, d), (e, f) in zip(c1, c2, after, strict=True))
    return f"M{start[0]:.1f} {start[1]:.1f}{curve}" + ("Z" if close else "")


def ribbon(xy: np.ndarray, widths: np.ndarray) -> str:
    """Path data of a brush stroke: the line ``xy`` (n, 2) with a width in units at each point."""
    p = np.asarray(xy, dtype=float)
    along = np.gradient(p, axis=0)
    normal = np.stack([-along[:, 1], along[:, 0]], 1) / (np.hypot(along[:, 0], along[:, 1])[:, None] + 1e-9)
    half = np.asarray(widths, dtype=float)[:, None] / 2
    return smooth(np.vstack([p + normal * half, (p - normal * half)[::-1]]), close=True)


def veil(opacity: float) -> str:
    """Translucency of fill and stroke. (Opacity of the whole shape would cost the renderer a layer for each.)"""
    return f' fill-opacity="{opacity:.2f}" stroke-opacity="{opacity:.2f}"' if opacity < 1 else ""


class Drawing:
    """An SVG of ``width`` × ``height`` units. Methods append shapes; ``raster`` gives the pixels."""

    def __init__(self, width: float, height: float, background: str = "#000") -> None:
        self.width, self.height, self.background = width, height, background
        self.parts: list[str] = []
        self.definitions: list[str] = []

    def path(self, d: str, fill: str = "none", stroke: str = "none", width: float = 0, opacity: float = 1, extra: str = "") -> None:
        line = f' stroke="{stroke}" stroke-width="{width:.2f}" stroke-linecap="round" stroke-linejoin="round"' if stroke != "none" else ""
        self.parts.append(f'<path d="{d}" fill="{fill}"{line}{veil(opacity)} {extra}/>')

    def circle(self, x: float, y: float, r: float, fill: str = "none", stroke: str = "none", width: float = 0, opacity: float = 1) -> None:
        self.ellipse(x, y, r, r, fill, stroke, width, opacity)

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, fill: str = "none", stroke: str = "none", width: float = 0, opacity: float = 1
    ) -> None:
        self.parts.append(
            f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{fill}" stroke="{stroke}" '
            f'stroke-width="{width:.2f}"{veil(opacity)}/>'
        )

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: str = "none",
        stroke: str = "none",
        width: float = 0,
        radius: float = 0,
        opacity: float = 1,
    ) -> None:
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{radius:.1f}" fill="{fill}" stroke="{stroke}" '
            f'stroke-width="{width:.2f}"{veil(opacity)}/>'
        )

    def define(self, xml: str) -> None:
        self.definitions.append(xml)

    def symbol(self, name: str, content: str) -> None:
        self.definitions.append(f'<g id="{name}">{content}</g>')

    def use(self, name: str, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0, flip: bool = False, extra: str = "") -> None:
        sx = -scale if flip else scale
        self.parts.append(
            f'<use href="#{name}" transform="translate({x:.1f} {y:.1f}) rotate({turn:.2f}) scale({sx:.4f} {scale:.4f})" {extra}/>'
        )

    def gradient(
        self, name: str, stops: list[tuple[float, str]], radial: bool = False, direction: tuple[float, float, float, float] = (0, 0, 0, 1)
    ) -> str:
        inner = "".join(f'<stop offset="{at}" stop-color="{color}"/>' for at, color in stops)
        x1, y1, x2, y2 = direction
        if radial:
            self.define(f'<radialGradient id="{name}">{inner}</radialGradient>')
        else:
            self.define(f'<linearGradient id="{name}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">{inner}</linearGradient>')
        return f"url(#{name})"

    @contextmanager
    def group(self, transform: str = "", extra: str = ""):
        self.parts.append(f'<g transform="{transform}" {extra}>' if transform else f"<g {extra}>")
        yield self
        self.parts.append("</g>")

    def shape(self) -> str:
        """What was drawn, as SVG text for ``symbol``."""
        return "".join(self.parts)

    def svg(self, width: int, height: int) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {self.width} {self.height}" '
            f'preserveAspectRatio="none"><defs>{"".join(self.definitions)}</defs>'
            f'<rect width="100%" height="100%" fill="{self.background}"/>{"".join(self.parts)}</svg>'
        )

    def raster(self, width: int, height: int) -> np.ndarray:
        """The pixels, (height, width, 3) uint8."""
        image = canvas.render(self.svg(width, height))
        return image.extract_band(0, n=3).numpy()

    def mask(self, width: int, height: int) -> np.ndarray:
        """The red channel alone, (height, width) uint8: for heights and masks drawn in grey."""
        image = canvas.render(self.svg(width, height))
        return image.extract_band(0).numpy()

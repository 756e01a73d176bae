"""Bronze: the tympanum of a drum in relief, with its star, birds, dancers and boats."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.light import backdrop, finish, occlusion, place, relief
from museum.demo.drawing.texture import blur, cloud, ramp
from museum.demo.drawing.vector import Drawing, points, seeded, smooth

PATINA = ramp(
    [
        (0, (18, 32, 26)),
        (0.2, (42, 74, 60)),
        (0.4, (74, 112, 92)),
        (0.55, (96, 112, 84)),
        (0.7, (120, 104, 66)),
        (0.86, (176, 146, 88)),
        (1, (226, 198, 136)),
    ]
)

HIGH, MID = "#e8e8e8", "#a8a8a8"


def heron(flip: bool = False) -> str:
    """A long-billed bird in flight, about 100 units long, flying to the right."""
    shapes = Drawing(1, 1)
    shapes.path("M-52 4C-38 -6 -20 -9 -4 -6C8 -8 18 -14 28 -12L62 -9L30 -5C20 -3 14 4 4 8C-14 13 -34 10 -52 4Z", HIGH)
    shapes.path("M-50 4L-78 -4L-72 4L-82 10L-70 10L-76 18L-48 8Z", HIGH)
    shapes.path("M-22 -5C-26 -22 -40 -34 -58 -40C-40 -40 -16 -32 -4 -8Z", HIGH)
    shapes.path("M-6 8C-14 20 -28 28 -46 32C-30 34 -6 26 10 8Z", HIGH)
    shapes.path("M22 -13C14 -24 2 -30 -10 -30C4 -26 12 -20 17 -12Z", HIGH)
    for i in range(6):
        shapes.path(f"M{-20 + i * 2} {-8 - i * 0.5}L{-52 + i * 6} {-38 + i * 2.2}", stroke="#222", width=1.6)
        shapes.path(f"M{-6 + i * 2.4} 10L{-40 + i * 6} {31 - i * 2}", stroke="#222", width=1.6)
    for i in range(5):
        shapes.path(f"M{-52 + i} {4 + i * 0.6}L{-76 + i} {-2 + i * 4}", stroke="#222", width=1.2)
    shapes.path("M-44 3C-26 -2 -10 -2 6 1", stroke="#333", width=2)
    shapes.circle(25, -9, 2.6, "#111")
    shapes.circle(25, -9, 1.1, HIGH)
    return shapes.shape()


def warrior(step: int) -> str:
    """A dancer in a feather crown, about 100 units tall, feet at y = 0."""
    s = Drawing(1, 1)
    lean = [0, 4, -4][step % 3]
    s.path("M-3 -46C-10 -30 -14 -18 -20 -2L-12 -2L-1 -26L10 -2L18 -2C14 -18 10 -30 6 -46Z", HIGH)
    s.path("M-6 -44L-22 -14L-12 -18L-2 -40Z", HIGH)
    s.path("M4 -44L24 -20L14 -18L0 -38Z", HIGH)
    s.path(f"M-7 -44C-8 -54 {-6 + lean} -62 {lean} -66L{7 + lean} -63C{8 + lean} -54 7 -48 7 -44Z", HIGH)
    s.circle(2 + lean, -70, 5.4, HIGH)
    for i in range(9):
        angle = math.radians(-150 + i * 17)
        s.path(points([(lean, -73), (lean + 40 * math.cos(angle) - 6, -74 + 38 * math.sin(angle))]), stroke=HIGH, width=3.4)
    for i in range(9):
        angle = math.radians(-150 + i * 17)
        s.circle(lean + 33 * math.cos(angle) - 5, -74 + 31 * math.sin(angle), 1.7, "#222")
    s.path(f"M{4 + lean} -60L22 -54L34 -66", stroke=HIGH, width=3.6)
    s.path(f"M{-3 + lean} -60L-18 -50L-22 -38", stroke=HIGH, width=3.6)
    if step % 2:
        s.path("M34 -100L34 -30", stroke=HIGH, width=2.6)
        s.path("M34 -112L29 -97L39 -97Z", HIGH)
    else:
        s.path("M28 -72L44 -58L40 -48L24 -62Z", HIGH)
    s.path("M-5 -50L6 -50M-6 -46L7 -46", stroke="#333", width=1.4)
    return s.shape()


def boat() -> str:
    """A long boat with a crew in feathers, about 260 units long, waterline at y = 0."""
    s = Drawing(1, 1)
    s.path(
        "M-120 -22C-126 -34 -118 -46 -104 -44C-112 -38 -110 -30 -100 -22C-60 -8 60 -8 96 -22C110 -30 112 -44 102 -50C120 -50 128 -36 122 -20C112 2 70 8 0 8C-70 8 -110 0 -120 -22Z",
        HIGH,
    )
    s.path("M-104 -12C-60 0 60 0 106 -12", stroke="#333", width=2)
    s.path("M-96 -17C-60 -5 60 -5 98 -17", stroke="#333", width=1.2)
    for k, x in enumerate((-70, -42, -14, 14, 42, 70)):
        with s.group(f"translate({x} -10) scale(.62)"):
            s.parts.append(warrior(k))
        s.path(f"M{x + 8} -30L{x + 24} 10", stroke=HIGH, width=2)
    s.circle(-112, -34, 3, "#222")
    s.circle(113, -36, 3, "#222")
    return s.shape()


def house() -> str:
    """A stilt house with a boat-shaped roof."""
    s = Drawing(1, 1)
    s.path("M-50 -58C-40 -72 -20 -70 0 -70C20 -70 40 -72 50 -58C56 -70 52 -84 44 -88C30 -80 -30 -80 -44 -88C-52 -84 -56 -70 -50 -58Z", HIGH)
    s.path("M-34 -66L-34 -4M34 -66L34 -4M-12 -66L-12 -20M12 -66L12 -20", stroke=HIGH, width=5)
    s.rect(-42, -22, 84, 6, HIGH)
    for i in range(9):
        s.path(f"M{-38 + i * 9} -84L{-36 + i * 9} -70", stroke="#333", width=1.6)
    with s.group("translate(0 -22) scale(.42)"):
        s.parts.append(warrior(1))
    s.path("M-50 -86C-56 -96 -48 -102 -42 -98M50 -86C56 -96 48 -102 42 -98", stroke=HIGH, width=3)
    return s.shape()


def ring(d: Drawing, c: float, r: float, width: float = 3, tone: str = HIGH) -> None:
    d.circle(c, c, r, "none", tone, width)


def around(
    d: Drawing, c: float, r: float, count: int, name: str, scale: float, turn: float = 90, phase: float = 0, outward: bool = True
) -> None:
    """``count`` copies of a symbol on a circle; the symbol's up points outward."""
    for k in range(count):
        angle = 360 * (k + phase) / count
        x, y = c + r * math.sin(math.radians(angle)), c - r * math.cos(math.radians(angle))
        d.use(name, x, y, scale, angle + (0 if outward else 180) + turn - 90)


def band_of_combs(d: Drawing, c: float, inner: float, outer: float, count: int, tone: str = MID) -> None:
    parts = []
    for k in range(count):
        a = 2 * math.pi * k / count
        s, co = math.sin(a), math.cos(a)
        parts.append(f"M{c + inner * s:.1f} {c - inner * co:.1f}L{c + outer * s:.1f} {c - outer * co:.1f}")
    d.path("".join(parts), stroke=tone, width=(2 * math.pi * inner / count) * 0.42)


def band_of_circles(d: Drawing, c: float, r: float, size: float, count: int) -> None:
    for k in range(count):
        a = 2 * math.pi * k / count
        x, y = c + r * math.sin(a), c - r * math.cos(a)
        d.circle(x, y, size, "none", HIGH, size * 0.28)
        d.circle(x, y, size * 0.45, "none", HIGH, size * 0.24)
        d.circle(x, y, size * 0.12, HIGH)
        a2 = 2 * math.pi * (k + 1) / count
        start, end = (a, r - size), (a2, r + size)
        p = [(c + q * math.sin(t), c - q * math.cos(t)) for t, q in (start, end)]
        d.path(points(p), stroke=HIGH, width=size * 0.2)


def meander(d: Drawing, c: float, inner: float, outer: float, count: int) -> None:
    """A band of interlocking spirals."""
    middle, size = (inner + outer) / 2, (outer - inner) / 2
    for k in range(count):
        a0 = 2 * math.pi * k / count
        line = []
        for i in range(26):
            t = i / 25
            radius = size * 0.86 * (1 - t * 0.86)
            phi = t * 4.4 * math.pi + (math.pi if k % 2 else 0)
            x, y = radius * math.cos(phi), radius * math.sin(phi)
            r, a = middle + y, a0 + x / middle
            line.append((c + r * math.sin(a), c - r * math.cos(a)))
        d.path(smooth(line), stroke=HIGH, width=size * 0.12)


def star(d: Drawing, c: float, r: float, rays: int) -> None:
    xy = []
    for k in range(rays * 2):
        a = math.pi * k / rays
        q = r if k % 2 == 0 else r * 0.30
        xy.append((c + q * math.sin(a), c - q * math.cos(a)))
    d.path(points(xy, True), "#ffffff")
    d.circle(c, c, r * 0.36, "#fff")
    for k in range(rays):
        a = math.pi * (2 * k + 1) / rays
        base = [
            (c + q * math.sin(a + s), c - q * math.cos(a + s))
            for q, s in ((r * 0.5, 0), (r * 0.86, -0.13), (r * 0.94, 0), (r * 0.86, 0.13))
        ]
        d.path(points(base, True), "none", MID, r * 0.018)
        inner = [
            (c + q * math.sin(a + s), c - q * math.cos(a + s))
            for q, s in ((r * 0.64, 0), (r * 0.85, -0.075), (r * 0.89, 0), (r * 0.85, 0.075))
        ]
        d.path(points(inner, True), "none", MID, r * 0.016)


def frog(d: Drawing) -> str:
    s = Drawing(1, 1)
    s.ellipse(0, 0, 26, 34, "#fff")
    s.ellipse(0, -30, 20, 17, "#fff")
    s.path(
        "M-22 -12C-44 -20 -46 -38 -34 -46M22 -12C44 -20 46 -38 34 -46M-20 22C-50 10 -54 42 -36 50M20 22C50 10 54 42 36 50",
        stroke="#fff",
        width=10,
    )
    s.circle(-10, -38, 5, "#888")
    s.circle(10, -38, 5, "#888")
    s.path("M0 -20L0 32M-12 -10C-14 6 -12 20 -8 30M12 -10C14 6 12 20 8 30", stroke="#999", width=2)
    return s.shape()


def tympanum(size: int, rays: int, birds: int, frogs: int, rng: np.random.Generator) -> np.ndarray:
    """Height of a drum's face, 0..255, drawn on 2000 units."""
    d = Drawing(2000, 2000)
    c = 1000
    d.symbol("heron", heron())
    d.symbol("frog", frog(d))
    for k in range(3):
        d.symbol(f"dancer{k}", warrior(k))
    d.symbol("boat", boat())
    d.symbol("house", house())
    d.circle(c, c, 990, "#3a3a3a")
    d.circle(c, c, 985, "none", "#909090", 10)
    star(d, c, 205, rays)
    ring(d, c, 222), ring(d, c, 262)
    band_of_circles(d, c, 242, 13, 44)
    ring(d, c, 300)
    band_of_combs(d, c, 268, 294, 150)
    meander(d, c, 306, 356, 40)
    ring(d, c, 362)
    ring(d, c, 372)
    for k in range(36):
        name = f"dancer{k % 3}" if k % 9 else "house"
        angle = 10 * k
        x, y = c + 384 * math.sin(math.radians(angle)), c - 384 * math.cos(math.radians(angle))
        d.use(name, x, y, 0.98 if k % 9 else 1.02, angle, flip=False)
    ring(d, c, 508), ring(d, c, 516)
    band_of_combs(d, c, 522, 550, 240)
    ring(d, c, 556)
    band_of_circles(d, c, 575, 13.5, 96)
    ring(d, c, 594)
    around(d, c, 650, birds, "heron", 1.36 * 18 / birds, 90)
    ring(d, c, 702), ring(d, c, 710)
    meander(d, c, 716, 758, 104)
    ring(d, c, 764)
    around(d, c, 812, 14, "boat", 1.0, 90)
    around(d, c, 826, 14, "heron", 0.62, 90, phase=0.5)
    ring(d, c, 888), ring(d, c, 896)
    band_of_combs(d, c, 902, 928, 420)
    band_of_circles(d, c, 944, 12, 150)
    ring(d, c, 960)
    band_of_combs(d, c, 964, 982, 460)
    around(d, c, 930, frogs, "frog", 0.95)
    return d.mask(size, size)


def lit_drum(drawn: np.ndarray, rng: np.random.Generator, rise: float = 11.0, corroded: float = 1.0) -> np.ndarray:
    """Metal from drawn height: soft edges, pitting, verdigris in the depths, wear on what stands out."""
    rows, columns = drawn.shape
    fine = blur(drawn.astype(np.float32) / 255, rows / 2600)
    broad = blur(drawn.astype(np.float32) / 255, rows / 700)
    swell = cloud(rows, columns, rng, 2.4, rows / 500)
    pits = cloud(rows, columns, rng, 1.2, 2.0)
    height = fine * rise + broad * rise * 0.8 + swell * 2.2 * corroded + pits * 0.42 * corroded
    height -= np.clip(pits - 1.8, 0, 1.2) * 4.5 * corroded
    sky = occlusion(height, rows / 420, 0.075)
    tone = 0.40 + (fine - broad) * 0.62 + swell * 0.085 * corroded + pits * 0.045 + (fine - 0.3) * 0.16
    tone -= np.clip(swell - 0.9, 0, 1) * 0.2 * corroded
    return relief(height, tone, PATINA, sky=sky, ambient=0.42, diffuse=0.95, shine=0.5, doublings=4, glow=np.clip(tone * 1.7 - 0.25, 0, 1))


def drum_face(width: int = 4600, seed: str = "drum", rays: int = 14, birds: int = 18, frogs: int = 0) -> np.ndarray:
    rng = seeded(seed)
    height = int(width * 0.95)
    size = int(height * 0.93)
    metal = lit_drum(tympanum(size, rays, birds, frogs, rng), rng)
    picture = np.zeros((height, width, 3), np.uint8)
    y, x = (height - size) // 2, (width - size) // 2
    picture[y : y + size, x : x + size] = metal
    edge = Drawing(width, height)
    wobble = [
        (width / 2 + size * 0.494 * (1 + 0.0015 * rng.normal()) * math.sin(t), height / 2 - size * 0.494 * math.cos(t))
        for t in np.linspace(0, 2 * math.pi, 240)[:-1]
    ]
    edge.path(smooth(wobble, True), "#fff")
    mask = edge.mask(width, height)
    return finish(place(picture, mask, backdrop(height, width, rng), rng, drop=width / 60, depth=0.75), rng)

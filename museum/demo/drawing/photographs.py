"""Photographs on glass: views of the river city in silver, with the plate's own damage."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.light import finish, strips
from museum.demo.drawing.paper import mount
from museum.demo.drawing.texture import blur, clouds, grain
from museum.demo.drawing.vector import Drawing, ribbon, seeded, smooth

Layer = tuple[str, float]


class Plate:
    """Layers of grey drawing, each softened by its distance, printed in one silver."""

    def __init__(self, seed: str, width: int, ratio: float) -> None:
        self.rng = seeded(seed)
        self.w, self.h = 2000, int(2000 * ratio)
        self.width, self.height = width, int(width * ratio)
        self.image: np.ndarray | None = None

    def layer(self, draw, softness: float, background: str = "#000") -> None:
        """Paint a layer: ``draw`` gets (drawing of greys, drawing of the mask)."""
        grey, mask = Drawing(self.w, self.h, background), Drawing(self.w, self.h)
        draw(grey, mask)
        tone = grey.mask(self.width, self.height)
        if self.image is None:
            self.image = blur(tone, softness)
            return
        cover = blur(mask.mask(self.width, self.height), softness) if softness > 0.6 else mask.mask(self.width, self.height)
        tone = blur(tone, softness) if softness > 0.6 else tone
        for y0, y1 in strips(self.height):
            if cover[y0:y1].any():
                c = cover[y0:y1].astype(np.float32) / 255
                self.image[y0:y1] = self.image[y0:y1] * (1 - c) + tone[y0:y1] * c

    def mirror(self, line: float, bottom: float, calm: float = 0.75) -> None:
        """The water below ``line`` (share of the height) mirrors what is above, broken by ripples."""
        top, end = int(line * self.height), int(bottom * self.height)
        y = np.arange(end - top, dtype=np.float32)[:, None]
        x = np.arange(self.width)[None, :]
        ripple = clouds(end - top, self.width, self.rng, 1.6, 3.0, stretch=0.14)[0 : end - top]
        depth = y / (end - top)
        source = np.clip(top - y * 0.9 - ripple * (6 + 44 * depth), 0, top - 1).astype(np.int32)
        shift = np.clip(x + ripple * (4 + 20 * depth), 0, self.width - 1).astype(np.int32)
        water = self.image[source, shift].astype(np.float32)
        self.image[top:end] = np.clip(water * (calm - 0.12 * depth) + 34 + ripple * (5 + 16 * depth) + 20 * depth, 0, 255)

    def finished(self, tone: str = "warm", plate: bool = True) -> np.ndarray:
        """Grain, halation, fogged edges, scratches and fingerprints; mounted."""
        rng, image = self.rng, self.image
        height, width = image.shape
        glow = blur(image, width / 160)
        fog = clouds(height, width, rng, 2.4, 9.0)
        dust = clouds(height, width, rng, 0.5, 2.0)
        fine = clouds(height, width, rng, 0.9, 1.6)
        noise = grain(height, width, rng)
        damage = Drawing(self.w, self.h)
        for _ in range(26):
            x, y, a = rng.uniform(0, self.w), rng.uniform(0, self.h), rng.uniform(0, 3.1)
            length = rng.uniform(20, 340)
            damage.path(
                f"M{x:.0f} {y:.0f}q{length * 0.5 * math.cos(a):.0f} {length * 0.5 * math.sin(a) + rng.normal() * 12:.0f} {length * math.cos(a):.0f} {length * math.sin(a):.0f}",
                stroke="#fff",
                width=rng.uniform(0.3, 0.9),
            )
        for _ in range(2):
            x, y = (rng.choice([0.04, 0.96]) * self.w, rng.uniform(0.2, 0.9) * self.h)
            for k in range(13):
                damage.ellipse(x, y, 6 + k * 4.2, 8 + k * 6.4, "none", "#8a8a8a", 1.5, 0.5)
        if plate:
            crack = [(self.w * 0.80, 0)]
            while crack[-1][1] < self.h * 0.32:
                crack.append((crack[-1][0] + rng.normal() * 9 + 7, crack[-1][1] + rng.uniform(8, 30)))
            crack.append((self.w, crack[-1][1] - 40))
            damage.path("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in crack), stroke="#fff", width=1.6)
        marks = damage.mask(width, height)
        y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
        x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
        tint = np.array([1.03, 0.97, 0.84] if tone == "warm" else [0.97, 0.98, 1.0], np.float32)
        dark = np.array([34, 26, 20] if tone == "warm" else [24, 26, 30], np.float32)
        out = np.empty((height, width, 3), np.uint8)
        for y0, y1 in strips(height):
            v = image[y0:y1] * 0.82 + glow[y0:y1] * 0.16 + fog[y0:y1] * 3.4 + fine[y0:y1] * 5.0 + noise[y0:y1].astype(np.float32) * 0.16
            v = v - np.clip(dust[y0:y1] - 3.0, 0, 1) * 120
            v = v + marks[y0:y1].astype(np.float32) * 0.5
            edge = np.clip(np.maximum(np.abs(x) - 0.90, np.abs(y[y0:y1]) - 0.87) * 9 + fog[y0:y1] * 0.12, 0, 1) ** 2
            v = v * (1 - 0.14 * (x**2 + y[y0:y1] ** 2) * 0.6) * (1 - edge * 0.35) + edge * 64
            v = np.clip(v, 0, 255)[..., None]
            out[y0:y1] = np.clip(dark + v * (tint * (1 - dark / 255)), 0, 255)
        m = Drawing(self.w, self.h)
        m.rect(2, 2, self.w - 4, self.h - 4, "#fff", radius=4)
        return finish(mount(out, m.mask(width, height), rng, 0.022, (66, 62, 58) if plate else (206, 200, 188)), rng, vignette=0.05)


def grey(value: float) -> str:
    v = int(np.clip(value, 0, 255))
    return f"#{v:02x}{v:02x}{v:02x}"


def hills(rng: np.random.Generator, w: float, base: float, rise: float, rough: float, tone: float):
    xs = np.linspace(-20, w + 20, 160)
    steps = np.cumsum(rng.normal(size=160)) * rough
    steps -= np.linspace(steps[0], steps[-1], 160)
    ridge = base - rise * (0.5 + 0.5 * np.sin(xs / w * rng.uniform(4, 9) + rng.uniform(0, 6))) - np.abs(steps)

    def draw(g: Drawing, m: Drawing) -> None:
        shape = smooth(np.stack([xs, ridge], 1)) + f"L{w + 20} {base + 400}L-20 {base + 400}Z"
        g.path(shape, g.gradient(f"hill{len(g.definitions)}", [(0, grey(tone - 14)), (0.5, grey(tone + 26))]))
        m.path(shape, "#fff")

    return draw


def sky(top: float, low: float):
    def draw(g: Drawing, m: Drawing) -> None:
        g.rect(0, 0, g.width, g.height, g.gradient("sky", [(0, grey(top)), (0.55, grey(low)), (1, grey(low - 20))]))

    return draw


def palm(g: Drawing, m: Drawing, x: float, y: float, h: float, rng: np.random.Generator, tone: float) -> None:
    lean = rng.normal() * h * 0.14
    trunk = np.array([(x, y), (x + lean * 0.3, y - h * 0.4), (x + lean, y - h)])
    d = ribbon(trunk, np.array([h * 0.035, h * 0.026, h * 0.018]))
    for target, fill in ((g, grey(tone)), (m, "#fff")):
        target.path(d, fill)
    top = (x + lean, y - h)
    for k in range(11):
        a = -2.9 + k * 0.53 + rng.normal() * 0.15
        length = h * rng.uniform(0.24, 0.36)
        end = (top[0] + length * math.cos(a), top[1] + length * 0.75 * math.sin(a) + length * 0.35)
        mid = (top[0] + length * 0.55 * math.cos(a), top[1] + length * 0.7 * math.sin(a) - length * 0.06)
        for target, fill in ((g, grey(tone + rng.normal() * 8)), (m, "#fff")):
            target.path(f"M{top[0]:.0f} {top[1]:.0f}Q{mid[0]:.0f} {mid[1]:.0f} {end[0]:.0f} {end[1]:.0f}", stroke=fill, width=h * 0.012)
        for t in np.linspace(0.2, 1, 16):
            px = (1 - t) ** 2 * top[0] + 2 * t * (1 - t) * mid[0] + t * t * end[0]
            py = (1 - t) ** 2 * top[1] + 2 * t * (1 - t) * mid[1] + t * t * end[1]
            for target, fill in ((g, grey(tone - 6)), (m, "#fff")):
                target.path(
                    f"M{px:.1f} {py:.1f}l{-4 + rng.normal() * 2:.1f} {h * 0.05:.1f}M{px:.1f} {py:.1f}l{6 + rng.normal() * 2:.1f} {h * 0.045:.1f}",
                    stroke=fill,
                    width=h * 0.005,
                )


def foliage(g: Drawing, m: Drawing, x: float, y: float, r: float, rng: np.random.Generator, tone: float) -> None:
    for _ in range(46):
        a, q = rng.uniform(0, 6.28), math.sqrt(rng.random())
        px, py, s = x + r * q * math.cos(a), y - r * 0.7 * (1 + q * math.sin(a)), r * rng.uniform(0.10, 0.24)
        lit = tone + 26 * (-(py - y) / r - 0.6) + rng.normal() * 9
        for target, fill in ((g, grey(lit)), (m, "#fff")):
            target.ellipse(px, py, s, s * 0.8, fill)
    leaves = []
    for _ in range(190):
        a, q = rng.uniform(0, 6.28), math.sqrt(rng.random()) * 1.12
        px, py = x + r * q * math.cos(a), y - r * 0.7 * (1 + q * math.sin(a))
        leaves.append(f"M{px:.1f} {py:.1f}q{rng.normal() * 3:.1f} -3 {rng.normal() * 6:.1f} {rng.normal() * 4:.1f}")
    g.path("".join(leaves), stroke=grey(tone + 34), width=1.3)
    g.path("".join(leaves[::2]), stroke=grey(tone - 24), width=1.3)
    m.path("".join(leaves), stroke="#fff", width=1.3)


def boat(g: Drawing, m: Drawing, x: float, y: float, s: float, rng: np.random.Generator, tone: float = 52) -> None:
    flip = -1 if rng.random() < 0.5 else 1
    for target, fill, light in ((g, grey(tone), grey(tone + 42)), (m, "#fff", "#fff")):
        with target.group(f"translate({x:.0f} {y:.0f}) scale({flip * s:.2f} {s:.2f})"):
            target.path("M-100 -14C-50 6 50 6 108 -24C80 16 -70 18 -100 -14Z", fill)
            target.path("M-50 -2C-46 -40 34 -40 40 -4Z", light)
            if target is g:
                target.path("".join(f"M{-46 + k * 9} -8q4 -24 9 -26" for k in range(9)), stroke=grey(tone + 8), width=2)
            target.path("M66 -8C62 -30 66 -46 72 -50C80 -46 82 -26 80 -12ZM74 -58m-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0", fill)
            target.path("M60 -58L74 -72L90 -56Z", light)
            target.path("M78 -40L116 26", stroke=fill, width=3)


def person(g: Drawing, m: Drawing, x: float, y: float, h: float, rng: np.random.Generator, robe: float, seated: bool = False) -> None:
    """Somebody before the camera, features lost in the emulsion."""
    for target in (g, m):
        fill = grey(robe) if target is g else "#fff"
        skin = grey(168) if target is g else "#fff"
        with target.group(f"translate({x:.0f} {y:.0f}) scale({h / 300:.3f})"):
            if seated:
                target.path("M-78 0C-84 -60 -80 -120 -66 -176C-40 -206 40 -206 66 -176C80 -120 84 -60 78 0Z", fill)
                target.path("M-66 -170C-96 -110 -90 -70 -40 -66L40 -66C90 -70 96 -110 66 -170C50 -120 -50 -120 -66 -170Z", fill)
            else:
                target.path("M-60 0C-60 -90 -56 -160 -46 -208C-30 -226 30 -226 46 -208C56 -160 60 -90 60 0Z", fill)
                target.path("M-46 -206C-76 -150 -80 -110 -66 -86L-40 -96L-34 -180ZM46 -206C76 -150 80 -110 66 -86L40 -96L34 -180Z", fill)
            neck = -196 if seated else -222
            target.path(f"M-12 {neck + 10}v-18h24v18Z", skin)
            target.ellipse(0, neck - 34, 25, 32, skin)
            target.path(
                f"M-31 {neck - 40}C-36 {neck - 84} 36 {neck - 84} 31 {neck - 40}C16 {neck - 58} -16 {neck - 58} -31 {neck - 40}Z",
                grey(36) if target is g else "#fff",
            )
            target.ellipse(-16, -78 if seated else -96, 13, 10, skin)
            target.ellipse(16, -78 if seated else -96, 13, 10, skin)
            if target is g:
                for k in range(7):
                    target.path(
                        f"M{-50 + k * 17} 0C{-46 + k * 15} -70 {-34 + k * 12} -130 {-30 + k * 10} -176",
                        stroke=grey(robe - 22 + (k % 2) * 44),
                        width=5,
                        opacity=0.7,
                    )
                target.path(f"M0 {neck + 10}C22 {neck + 50} 30 -90 34 -30", stroke=grey(robe + 50), width=4)
                target.ellipse(-9, neck - 36, 3.4, 2, grey(60))
                target.ellipse(9, neck - 36, 3.4, 2, grey(60))
                target.path(f"M-7 {neck - 18}q7 4 14 0M-2 {neck - 34}q-2 8 3 9", stroke=grey(110), width=2)
                target.ellipse(9, neck - 30, 14, 26, grey(120), opacity=0.35)


def bridge_at_dawn(width: int = 4800) -> np.ndarray:
    """The iron bridge over the river at dawn, sampans below."""
    p = Plate("bridge", width, 0.66)
    w, h, rng = p.w, p.h, p.rng
    p.layer(sky(196, 226), 10)
    for base, rise, tone, soft in ((h * 0.50, 120, 176, 7), (h * 0.53, 90, 150, 4.5), (h * 0.56, 44, 122, 2.4)):
        p.layer(hills(rng, w, base, rise, 5, tone), soft)

    def shore(g: Drawing, m: Drawing) -> None:
        for _ in range(46):
            foliage(g, m, rng.uniform(0, w), h * 0.588 + rng.normal() * 5, rng.uniform(14, 34), rng, 92)
        for _ in range(16):
            palm(g, m, rng.uniform(0, w), h * 0.59, rng.uniform(50, 110), rng, 84)

    p.layer(shore, 1.6)

    def iron(g: Drawing, m: Drawing) -> None:
        deck = h * 0.555
        for target, dark, mid in ((g, grey(58), grey(84)), (m, "#fff", "#fff")):
            for k in range(6):
                x0, span = -80 + k * 365, 365
                target.path(
                    f"M{x0} {deck}C{x0 + span * 0.25:.0f} {deck - 128:.0f} {x0 + span * 0.75:.0f} {deck - 128:.0f} {x0 + span} {deck}",
                    stroke=dark,
                    width=8,
                )
                target.path(
                    f"M{x0} {deck}C{x0 + span * 0.25:.0f} {deck - 104:.0f} {x0 + span * 0.75:.0f} {deck - 104:.0f} {x0 + span} {deck}",
                    stroke=dark,
                    width=3.6,
                )
                for j in range(1, 12):
                    t = j / 12
                    top = deck - 3 * 128 * t * (1 - t) * 1.0
                    target.path(f"M{x0 + span * t:.0f} {deck}V{top:.0f}", stroke=mid, width=3)
                    if j < 11:
                        t2 = (j + 1) / 12
                        target.path(
                            f"M{x0 + span * t:.0f} {deck}L{x0 + span * t2:.0f} {deck - 384 * t2 * (1 - t2):.0f}M{x0 + span * t:.0f} {top:.0f}L{x0 + span * t2:.0f} {deck}",
                            stroke=mid,
                            width=1.5,
                        )
                target.path(f"M{x0 - 18} {deck + 10}h36l6 {h * 0.075:.0f}h-48Z", mid)
                target.path(f"M{x0 - 26} {deck + 4}h52v10h-52Z", dark)
            target.rect(-20, deck - 2, w + 40, 12, dark)
            target.path("".join(f"M{x} {deck - 2}v-22" for x in range(0, w, 15)) + f"M0 {deck - 24}H{w}", stroke=mid, width=1.6)
            for k in range(30):
                x = (k * 137) % w
                target.path(f"M{x} {deck - 2}l3 -24l7 0l3 24ZM{x + 6} {deck - 31}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0", dark)
                if k % 4 == 0:
                    target.path(f"M{x - 14} {deck - 26}q20 -8 44 0M{x - 12} {deck - 26}v12M{x + 28} {deck - 26}v12", stroke=dark, width=1.5)

    p.layer(iron, 0)
    p.mirror(0.632, 1.0, 0.86)

    def near(g: Drawing, m: Drawing) -> None:
        for x, y, s in (
            (420, h * 0.76, 1.3),
            (1330, h * 0.70, 0.8),
            (1620, h * 0.84, 1.7),
            (880, h * 0.675, 0.5),
            (640, h * 0.69, 0.6),
            (1080, h * 0.93, 2.1),
        ):
            boat(g, m, x, y, s, rng)
        for _k in range(46):
            x = rng.uniform(0, w)
            y = h * rng.uniform(0.66, 1)
            g.path(f"M{x:.0f} {y:.0f}q{10 + 30 * (y / h - 0.6):.0f} -3 {20 + 80 * (y / h - 0.6):.0f} 0", stroke=grey(226), width=1.2)
            m.path(f"M{x:.0f} {y:.0f}q{10 + 30 * (y / h - 0.6):.0f} -3 {20 + 80 * (y / h - 0.6):.0f} 0", stroke="#888", width=1.2)

    p.layer(near, 0.9)
    return p.finished("warm")


def south_gate(width: int = 4600) -> np.ndarray:
    """The citadel's gate across the lotus moat."""
    p = Plate("gate photograph", width, 0.74)
    w, h, rng = p.w, p.h, p.rng
    p.layer(sky(186, 222), 12)
    p.layer(hills(rng, w, h * 0.42, 60, 3, 170), 5)

    def trees(g: Drawing, m: Drawing) -> None:
        for _ in range(34):
            foliage(g, m, rng.uniform(0, w), h * 0.55 + rng.normal() * 6, rng.uniform(40, 84), rng, 104)

    p.layer(trees, 2.6)

    def wall(g: Drawing, m: Drawing) -> None:
        base, top = h * 0.62, h * 0.50
        for target in (g, m):
            fill = g.gradient("wall", [(0, grey(178)), (1, grey(126))]) if target is g else "#fff"
            target.rect(0, top, w, base - top, fill)
            target.path(
                f"M600 {base}L640 {h * 0.40:.0f}H1360L1400 {base}Z",
                g.gradient("gate", [(0, grey(196)), (1, grey(132))]) if target is g else "#fff",
            )
        lines = []
        for r in range(30):
            y = h * 0.40 + r * (base - h * 0.40) / 30
            x0, x1 = (0, w) if y > top else (640, 1360)
            lines.append(f"M{x0} {y:.1f}H{x1}")
            lines.extend(f"M{x + (r % 2) * 9} {y:.1f}v{(base - h * 0.4) / 30:.1f}" for x in range(int(x0), int(x1), 18))
        g.path("".join(lines), stroke=grey(112), width=0.8, opacity=0.5)
        for x, r in ((1000, 74), (820, 50), (1180, 50)):
            g.path(f"M{x - r} {base}V{base - r * 1.5:.0f}A{r} {r} 0 0 1 {x + r} {base - r * 1.5:.0f}V{base}Z", grey(34))
        for _ in range(30):
            x, y = rng.uniform(0, w), rng.uniform(top, base)
            g.path(f"M{x:.0f} {y:.0f}v{rng.uniform(20, 80):.0f}", stroke=grey(96), width=rng.uniform(3, 12), opacity=0.25)
        for half, y0 in ((330, h * 0.40), (220, h * 0.315)):
            for target in (g, m):
                body, tiles = (grey(92), grey(64)) if target is g else ("#fff", "#fff")
                target.rect(1000 - half * 0.8, y0 - 60, half * 1.6, 60, body)
                target.path(
                    f"M{1000 - half} {y0 - 60}C{1000 - half * 0.8} {y0 - 70} {1000 - half * 0.66} {y0 - 96} {1000 - half * 0.58} {y0 - 116}H{1000 + half * 0.58}C{1000 + half * 0.66} {y0 - 96} {1000 + half * 0.8} {y0 - 70} {1000 + half} {y0 - 60}Q1000 {y0 - 34} {1000 - half} {y0 - 60}Z",
                    tiles,
                )
            for k in range(13):
                g.rect(1000 - half * 0.8 + k * half * 1.6 / 12.5, y0 - 58, 7, 58, grey(132 if k % 2 else 54))
            g.path(
                "".join(f"M{1000 + k * half * 0.058:.0f} {y0 - 114}L{1000 + k * half * 0.096:.0f} {y0 - 56}" for k in range(-10, 11)),
                stroke=grey(104),
                width=1.8,
            )
        for k in range(9):
            person(g, m, 560 + k * 110 + rng.normal() * 30, base, 46, rng, 60 + 120 * (k % 2))

    p.layer(wall, 0.7)
    p.mirror(0.625, 1.0, 0.74)

    def lotus_leaves(g: Drawing, m: Drawing) -> None:
        for _ in range(240):
            t = rng.random() ** 0.6
            x, y = rng.uniform(-40, w + 40), h * (0.70 + 0.30 * t)
            r = 10 + 62 * t**2
            tone = 110 + rng.normal() * 26
            for target, fill in ((g, grey(tone)), (m, "#fff")):
                target.ellipse(x, y, r, r * 0.36, fill)
            g.path(
                "".join(f"M{x:.0f} {y:.0f}l{r * 0.9 * math.cos(a):.1f} {r * 0.32 * math.sin(a):.1f}" for a in np.linspace(0, 6.28, 13)),
                stroke=grey(tone + 40),
                width=0.8 + t,
            )
            if rng.random() < 0.13:
                for angle in (-40, -18, 0, 18, 40):
                    for target, fill in ((g, grey(226)), (m, "#fff")):
                        with target.group(f"translate({x:.0f} {y - r * 0.9:.0f}) rotate({angle}) scale({r / 90:.2f})"):
                            target.path("M0 10C-20 -10 -16 -44 0 -60C16 -44 20 -10 0 10Z", fill)
                g.path(f"M{x:.0f} {y - r * 0.8:.0f}L{x + 3:.0f} {y:.0f}", stroke=grey(120), width=1.6)

    p.layer(lotus_leaves, 0.9)
    return p.finished("warm")


def floating_market(width: int = 4800) -> np.ndarray:
    """Boats crowding at the landing."""
    p = Plate("market", width, 0.64)
    w, h, rng = p.w, p.h, p.rng
    p.layer(sky(206, 224), 12)
    p.layer(hills(rng, w, h * 0.36, 60, 4, 178), 6)

    def bank(g: Drawing, m: Drawing) -> None:
        for k in range(15):
            x = k * 142 + rng.normal() * 20
            q = rng.uniform(60, 96)
            for target in (g, m):
                body, roof = (grey(150 + rng.normal() * 20), grey(100 + rng.normal() * 16)) if target is g else ("#fff", "#fff")
                target.rect(x - q, h * 0.40 - q * 0.6, 2 * q, q * 0.75, body)
                target.path(
                    f"M{x - q * 1.2:.0f} {h * 0.40 - q * 0.55:.0f}L{x - q * 0.7:.0f} {h * 0.40 - q * 1.25:.0f}H{x + q * 0.7:.0f}L{x + q * 1.2:.0f} {h * 0.40 - q * 0.55:.0f}Z",
                    roof,
                )
            g.path(
                "".join(f"M{x + j * q * 0.16:.0f} {h * 0.40 - q * 1.2:.0f}l{j * 3} {q * 0.6:.0f}" for j in range(-5, 6)),
                stroke=grey(78),
                width=1.4,
            )
            g.rect(x - q * 0.5, h * 0.40 - q * 0.36, q * 0.36, q * 0.5, grey(56))
            g.rect(x + q * 0.1, h * 0.40 - q * 0.36, q * 0.5, q * 0.3, grey(70))
        for _ in range(14):
            palm(g, m, rng.uniform(0, w), h * 0.42, rng.uniform(130, 230), rng, 74)
        for _ in range(70):
            person(g, m, rng.uniform(0, w), h * 0.435 + rng.normal() * 4, rng.uniform(34, 44), rng, rng.choice([52, 90, 190]))

    p.layer(bank, 1.3)
    p.mirror(0.44, 1.0, 0.82)

    def crowd(g: Drawing, m: Drawing) -> None:
        for k in range(54):
            t = (k / 53) ** 1.4
            boat(g, m, rng.uniform(-40, w + 40), h * (0.465 + 0.5 * t), 0.34 + 1.9 * t, rng, 48 + 40 * rng.random())
            if k % 3 == 0:
                x, y, s = rng.uniform(0, w), h * (0.47 + 0.5 * t), 0.3 + 1.6 * t
                for _ in range(8):
                    for target, fill in ((g, grey(rng.uniform(110, 210))), (m, "#fff")):
                        target.circle(x + rng.normal() * 14 * s, y - 4 * s + rng.normal() * 4 * s, 5 * s, fill)

    p.layer(crowd, 0.8)
    return p.finished("warm", plate=False)


def portrait(width: int = 4000) -> np.ndarray:
    """A family before a painted backdrop: studio portrait."""
    p = Plate("family", width, 1.18)
    w, h, rng = p.w, p.h, p.rng
    p.layer(sky(120, 168), 14)

    def backcloth(g: Drawing, m: Drawing) -> None:
        for _ in range(24):
            foliage(g, m, rng.uniform(0, w), h * rng.uniform(0.40, 0.55), rng.uniform(90, 190), rng, 126)
        for x in (210, 1790):
            for target, fill in ((g, grey(172)), (m, "#fff")):
                target.rect(x - 70, 200, 140, h, fill)
            g.path("".join(f"M{x - 60 + k * 20} 220V{h}" for k in range(7)), stroke=grey(138), width=7)

    p.layer(backcloth, 6)

    def carpet(g: Drawing, m: Drawing) -> None:
        for target in (g, m):
            target.rect(0, h * 0.84, w, h * 0.16, g.gradient("floor", [(0, grey(96)), (1, grey(62))]) if target is g else "#fff")
        for r in range(7):
            for c in range(20 - r):
                x, y = (c + 0.5) * w / (20 - r), h * (0.855 + r * 0.021)
                g.path(f"M{x - 34:.0f} {y:.0f}l34 -12l34 12l-34 12Z", "none", grey(150 if (r + c) % 2 else 116), 3)

    p.layer(carpet, 2.2)

    def family(g: Drawing, m: Drawing) -> None:
        for x, y, size, robe in ((620, h * 0.80, 1120, 64), (1400, h * 0.80, 1080, 92)):
            person(g, m, x, y, size, rng, robe)
        for x in (760, 1250):
            for target, fill in ((g, grey(40)), (m, "#fff")):
                target.path(
                    f"M{x - 250} {h * 0.89:.0f}V{h * 0.50:.0f}h22v{h * 0.2:.0f}h456v-{h * 0.2:.0f}h22v{h * 0.39:.0f}h-24v-{h * 0.14:.0f}h-452v{h * 0.14:.0f}Z",
                    fill,
                )
        person(g, m, 760, h * 0.90, 1180, rng, 46, seated=True)
        person(g, m, 1250, h * 0.90, 1150, rng, 132, seated=True)
        for x, size, robe in ((1010, 560, 176), (1660, 640, 190), (360, 600, 158)):
            person(g, m, x, h * 0.92, size, rng, robe)

    p.layer(family, 1.1)
    return p.finished("warm", plate=False)


def flood(width: int = 4600) -> np.ndarray:
    """The street of the eastern ward under water."""
    p = Plate("flood", width, 0.68)
    w, h, rng = p.w, p.h, p.rng
    p.layer(sky(150, 192), 14)

    def row(side: int, depth: float, tone: float):
        def draw(g: Drawing, m: Drawing) -> None:
            for k in range(7):
                t = k / 7
                x0 = (w * (0.02 + 0.40 * t) if side < 0 else w * (0.98 - 0.40 * t)) - side * 4
                x1 = w * (0.02 + 0.40 * (t + 0.13)) if side < 0 else w * (0.98 - 0.40 * (t + 0.13))
                top0, top1 = h * (0.14 + 0.30 * t), h * (0.14 + 0.30 * (t + 0.13))
                base = h * 0.60
                for target in (g, m):
                    target.path(
                        f"M{x0:.0f} {top0:.0f}L{x1:.0f} {top1:.0f}V{base:.0f}H{x0:.0f}Z",
                        grey(tone + 14 * (k % 3) + 30 * t) if target is g else "#fff",
                    )
                    target.path(
                        f"M{x0 + side * 16:.0f} {top0 + 14:.0f}L{(x0 + x1) / 2:.0f} {(top0 + top1) / 2 - h * 0.06 * (1 - t):.0f}L{x1 - side * 10:.0f} {top1 + 12:.0f}Z",
                        grey(tone - 40 + 30 * t) if target is g else "#fff",
                    )
                for j in range(3):
                    a = (j + 0.5) / 3
                    px, top = x0 + (x1 - x0) * a, top0 + (top1 - top0) * a
                    g.rect(px - 16 * (1 - t), top + (base - top) * 0.28, 32 * (1 - t), (base - top) * 0.2, grey(52 + 40 * t))
                    g.rect(px - 18 * (1 - t), top + (base - top) * 0.62, 36 * (1 - t), (base - top) * 0.4, grey(40 + 40 * t))
                g.path(
                    "".join(f"M{x0 + (x1 - x0) * q:.0f} {top0 + (top1 - top0) * q + 16:.0f}V{base:.0f}" for q in np.linspace(0, 1, 9)),
                    stroke=grey(tone - 30 + 30 * t),
                    width=1.4,
                    opacity=0.6,
                )

        return draw

    p.layer(hills(rng, w, h * 0.52, 40, 3, 168), 5)
    p.layer(row(-1, 0, 132), 1.0)
    p.layer(row(1, 0, 112), 1.0)
    p.mirror(0.60, 1.0, 0.88)

    def people(g: Drawing, m: Drawing) -> None:
        for x, y, s in ((960, h * 0.66, 0.7), (700, h * 0.76, 1.2), (1320, h * 0.83, 1.7), (1010, h * 0.62, 0.4)):
            boat(g, m, x, y, s, rng)
        for x, y, q in ((420, 0.72, 90), (480, 0.725, 96), (1620, 0.78, 128), (1560, 0.70, 84), (880, 0.64, 50)):
            person(g, m, x, h * y, q, rng, 70 + 60 * rng.random())

    p.layer(people, 0.9)
    return p.finished("cold")

"""Sounds made by program: the bell of the Fragrant Hill, struck three times."""

from __future__ import annotations

import io
import wave

import numpy as np

from museum.demo.drawing.vector import seeded

RATE = 22_050
STROKES = (0.6, 7.6, 14.6)  # seconds at which the log meets the bell, as the captions say
LENGTH = 24.0
HUM = 98.0  # hertz
# partial: times the hum, loudness, seconds in which it fades to a third, hertz by which its two halves differ (the beat)
PARTIALS = (
    (1.0, 1.00, 5.2, 0.55),
    (2.02, 0.62, 3.6, 0.8),
    (2.41, 0.44, 2.6, 1.1),
    (3.03, 0.34, 1.9, 1.3),
    (4.07, 0.26, 1.3, 1.9),
    (5.43, 0.17, 0.8, 2.3),
    (6.79, 0.11, 0.5, 3.1),
    (8.9, 0.07, 0.3, 4.0),
)


def bell_strokes() -> bytes:
    """A WAV file: 16 bits, one channel."""
    rng = seeded("bell strokes")
    sound = np.zeros(int(LENGTH * RATE), np.float32)
    for number, at in enumerate(STROKES):
        start = int(at * RATE)
        struck = _stroke(len(sound) - start, 1.0 - 0.12 * number, rng)
        sound[start:] += struck
    sound += rng.normal(0, 0.0009, len(sound)).astype(np.float32)  # the yard is not silent
    sound *= np.minimum(1, (len(sound) - np.arange(len(sound))) / (1.5 * RATE))
    samples = (sound / np.abs(sound).max() * 0.85 * 32_767).astype("<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(RATE)
        target.writeframes(samples.tobytes())
    return file.getvalue()


def _stroke(length: int, strength: float, rng: np.random.Generator) -> np.ndarray:
    """One stroke and what follows it: each partial is two tones that drift against each other, as in a bell not quite round."""
    time = np.arange(length, dtype=np.float32) / RATE
    sound = np.zeros(length, np.float32)
    for times, loud, fade, beat in PARTIALS:
        frequency, phase = HUM * times, rng.uniform(0, 2 * np.pi)
        tone = np.sin(2 * np.pi * frequency * time + phase) + 0.7 * np.sin(2 * np.pi * (frequency + beat) * time)
        sound += loud * strength * tone * np.exp(-time / fade) * (1 - np.exp(-time / 0.004))
    knock = rng.normal(0, 1, RATE // 4) * np.exp(-time[: RATE // 4] / 0.012)
    sound[: RATE // 4] += 0.5 * strength * np.convolve(knock, np.ones(24) / 24, "same")  # wood, dull
    return sound

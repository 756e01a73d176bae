"""The demo museum's logo: its name as a square seal. Red to the edge, so that it stands on light and on dark."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.paper import seal
from museum.demo.drawing.vector import Drawing, seeded

RED = "#a5301f"


def emblem(width: int = 800) -> np.ndarray:
    """鏡河博物, the museum of the Mirror River, read from the right."""
    d = Drawing(800, 800, RED)
    seal(d, "鏡河博物", 0, 0, 800, RED, seeded("emblem"), white=True)
    return d.raster(width, width)

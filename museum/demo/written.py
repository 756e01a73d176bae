"""What is written on the demo museum's drawn pages, as the files of text that come in with them."""

from __future__ import annotations

PRIMER = "primer-"


def page(key: str) -> bytes | None:
    """ALTO of the drawing of that key, measured in the drawing's own units; None when nothing is known to be written on it."""
    if not key.startswith(PRIMER):
        return None
    # here, since drawing programs bring much along
    from museum.demo.drawing.alto import alto
    from museum.demo.drawing.writing import primer

    drawn = primer.page_text(int(key.removeprefix(PRIMER)))
    rim = 2 * drawn.margin * drawn.width
    return alto(drawn, round(drawn.width + rim), round(drawn.height + rim), f"{key}.jpg")

"""What is written on a drawn page, word by word with its place, as a file of ALTO 4 (Library of Congress)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Word:
    """A word and where it stands: x, y, width, height, in the drawing's units."""

    text: str
    box: Box


@dataclass(frozen=True)
class Block:
    """Lines of words that belong together, in reading order. ``language`` is a language tag (BCP 47)."""

    lines: Sequence[Sequence[Word]]
    language: str


@dataclass(frozen=True)
class Page:
    """A page of ``width`` × ``height`` units, laid on a ground that is wider by ``margin`` of the width on every side."""

    width: float
    height: float
    blocks: Sequence[Block]
    margin: float = 0.0


def column(text: str, x: float, y: float, size: float, gap: float = 1.0, words: int = 0) -> list[Word]:
    """What ``glyphs.han`` writes downwards, centred on ``x`` from ``y``: as one word, or as words of so many characters."""
    length = words or len(text)
    parts = [text[start : start + length] for start in range(0, len(text), length)]
    return [
        Word(part, (x - size / 2, y + number * length * size * gap, size, size * gap * (len(part) - 1) + size))
        for number, part in enumerate(parts)
    ]


def around(words: Iterable[Word]) -> Box:
    """The box around all of them."""
    boxes = [word.box for word in words]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    return left, top, max(box[0] + box[2] for box in boxes) - left, max(box[1] + box[3] for box in boxes) - top


def alto(page: Page, width: int, height: int, name: str) -> bytes:
    """The file for a picture of ``width`` × ``height`` pixels; ``name`` is the picture's file name."""
    root = ElementTree.Element("alto", {"xmlns": NAMESPACE, "SCHEMAVERSION": "4.4"})
    described = ElementTree.SubElement(root, "Description")
    ElementTree.SubElement(described, "MeasurementUnit").text = "pixel"
    source = ElementTree.SubElement(described, "sourceImageInformation")
    ElementTree.SubElement(source, "fileName").text = name
    layout = ElementTree.SubElement(root, "Layout")
    whole = {"ID": "page", "PHYSICAL_IMG_NR": "1", "WIDTH": str(width), "HEIGHT": str(height)}
    space = ElementTree.SubElement(ElementTree.SubElement(layout, "Page", whole), "PrintSpace", _place((0, 0, width, height)))
    scale = width / (page.width * (1 + 2 * page.margin))
    rim = page.margin * page.width

    def on_picture(box: Box) -> dict[str, str]:
        return _place(((box[0] + rim) * scale, (box[1] + rim) * scale, box[2] * scale, box[3] * scale))

    for number, block in enumerate(page.blocks, start=1):
        everything = [word for line in block.lines for word in line]
        if not everything:
            continue
        drawn = ElementTree.SubElement(
            space, "TextBlock", {"ID": f"block_{number}", "LANG": block.language, **on_picture(around(everything))}
        )
        for line_number, line in enumerate(block.lines, start=1):
            _line(drawn, f"line_{number}_{line_number}", line, on_picture)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _line(block: ElementTree.Element, key: str, words: Sequence[Word], on_picture) -> None:
    line = ElementTree.SubElement(block, "TextLine", {"ID": key, **on_picture(around(words))})
    for number, word in enumerate(words, start=1):
        ElementTree.SubElement(line, "String", {"ID": f"{key}_{number}", "CONTENT": word.text, **on_picture(word.box)})


def _place(box: Box) -> dict[str, str]:
    return {name: str(round(value)) for name, value in zip(("HPOS", "VPOS", "WIDTH", "HEIGHT"), box, strict=True)}

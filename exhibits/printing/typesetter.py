"""The program that makes one sheet, in a process of its own: a folder with ``sheet.json`` (and ``picture.jpg``) in, the PDF on standard output.

It knows nothing of the museum and imports nothing of it: ``python -I typesetter.py <folder> <template> <folder of fonts>``. Texts are
data to the template, never markup. The library is 80 MB that no web process should load, and it may be stopped at any time.
"""

from __future__ import annotations

import json
import re
import struct
import sys
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

WHOLE = ("source-serif-4", "be-vietnam-pro")  # in the folder "printed"
SERIF, SANS = "Source Serif 4", "Be Vietnam Pro"
OTHERS = (
    "noto-naskh-arabic",
    "noto-serif-hebrew",
    "noto-serif-thai",
    "noto-serif-lao",
    "noto-serif-khmer",
    "noto-sans-cham",
    "noto-serif-devanagari",
    "cactus-classical-serif",  # Han
    "yuji-boku",  # kana, and Han that the other lacks
)
_RANGE = re.compile(r"U\+([0-9a-fA-F]+)(?:-([0-9a-fA-F]+))?")
_IGNORED = range(0x2000, 0x2070)  # spaces and marks that every font has or none needs


def covered(listing: Path) -> dict[str, set[int]]:
    """Part of a font → the characters that it is for."""
    ranges = json.loads(listing.read_text()) if listing.is_file() else {}
    return {
        name.strip("[]"): {code for low, high in _RANGE.findall(text) for code in range(int(low, 16), int(high or low, 16) + 1)}
        for name, text in ranges.items()
    }


def needed(characters: set[int], fonts: Path) -> tuple[list[Path], set[int]]:
    """(files beside the whole fonts, in the order in which they are tried; characters that are in none)."""
    missing = {code for code in characters if code > 0x20 and code not in _IGNORED}
    for part in covered(fonts / "printed" / WHOLE[0] / "unicode.json").values():
        missing -= part
    chosen = []
    for package in OTHERS:
        if not missing:
            break
        for name, part in covered(fonts / package / "unicode.json").items():
            file = fonts / package / f"{package}-{name}-400-normal.woff"
            if missing & part and file.is_file():
                chosen.append(file)
                missing -= part
    return chosen, missing


def unpacked(woff: bytes, family: str) -> bytes:
    """A WOFF file as the OpenType font that it holds, called ``family``: its parts are files of one name, which must be told apart."""
    _signature, flavor, _length, count = struct.unpack(">4sIIH", woff[:14])
    tables = {}
    for number in range(count):
        tag, offset, packed, size, _sum = struct.unpack(">4sIIII", woff[44 + number * 20 : 64 + number * 20])
        data = woff[offset : offset + packed]
        tables[tag] = zlib.decompress(data) if packed < size else data
    tables[b"name"] = _name(family)
    return _font(flavor, tables)


def _name(family: str) -> bytes:
    texts = [(number, text.encode("utf-16-be")) for number, text in ((1, family), (2, "Regular"), (4, family), (6, family))]
    records, strings = b"", b""
    for number, text in texts:
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(text), len(strings))
        strings += text
    return struct.pack(">HHH", 0, len(texts), 6 + len(records)) + records + strings


def _font(flavor: int, tables: dict[bytes, bytes]) -> bytes:
    power = 1 << (len(tables).bit_length() - 1)
    head = struct.pack(">IHHHH", flavor, len(tables), power * 16, power.bit_length() - 1, (len(tables) - power) * 16)
    directory, body, offset = b"", b"", 12 + 16 * len(tables)
    for tag in sorted(tables):
        data = tables[tag]
        padded = data + b"\0" * (-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sIII", tag, checksum, offset, len(data))
        body += padded
        offset += len(padded)
    return head + directory + body


def characters(value: object) -> Iterator[str]:
    """Every text in the data of a sheet."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from characters(one)
    elif isinstance(value, list):
        for one in value:
            yield from characters(one)


def prepare(folder: Path, fonts: Path) -> tuple[dict[str, str], bool]:
    """Unpack the fonts that the sheet needs into ``folder``; (what the template is told of them, whether the machine's own are needed)."""
    sheet = json.loads((folder / "sheet.json").read_text())
    chosen, missing = needed({ord(character) for text in characters(sheet) for character in text}, fonts)
    (folder / "fonts").mkdir()
    families = [f"S{number}S" for number in range(len(chosen))]  # a word of a name, such as "ext", could be taken for a style
    for family, file in zip(families, chosen, strict=True):
        (folder / "fonts" / f"{family}.ttf").write_bytes(unpacked(file.read_bytes(), family))
    return {"serif": json.dumps([SERIF, *families]), "sans": json.dumps([SANS, SERIF, *families])}, bool(missing)


def make(folder: Path, template: Path, fonts: Path) -> bytes:
    """The PDF. Tagged and fit for screen readers (PDF/UA-1) where the standard allows what the texts are."""
    import typst

    inputs, system = prepare(folder, fonts)
    (folder / "sheet.typ").write_bytes(template.read_bytes())
    day = json.loads((folder / "sheet.json").read_text())["day"]
    compiler = typst.Compiler(
        folder / "sheet.typ",
        root=folder,
        font_paths=typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=[fonts / "printed", folder / "fonts"]),
        sys_inputs=inputs,
        package_path=folder / "none",
        package_cache_path=folder / "none",
    )
    stamp = datetime.fromisoformat(f"{day}T00:00:00+00:00")
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=stamp)
    except typst.TypstError as error:
        print(error, file=sys.stderr)  # such as a character that no font has
        made = compiler.compile(format="pdf", timestamp=stamp)
    assert isinstance(made, bytes)
    return made


if __name__ == "__main__":
    sys.stdout.buffer.write(make(*(Path(given) for given in sys.argv[1:4])))

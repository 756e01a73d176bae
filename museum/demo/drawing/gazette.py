"""The front page of a weekly in Vietnamese and French, set in three columns, with the place of every word."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from museum.demo.drawing import alto
from museum.demo.drawing.glyphs import SERIF, latin, width_of
from museum.demo.drawing.light import finish
from museum.demo.drawing.paper import sheet
from museum.demo.drawing.vector import Drawing, seeded
from museum.demo.drawing.writing.ink import written

WIDTH, HEIGHT, MARGIN = 3000, 4150, 0.03
LEFT, GUTTER, COLUMN = 170, 60, 847
TOP, BOTTOM = 960, 3990
SIZE, LEADING, INDENT = 54, 72, 66
INK = "#fff"

NAMEPLATE = ("KÍNH HÀ TUẦN BÁO", "HEBDOMADAIRE DE KÍNH HÀ")
DATELINE = ("Năm thứ ba, số 127", "Thứ bảy 12 Septembre 1931", "Giá: bốn xu")
# language, heading, paragraphs
ARTICLES: tuple[tuple[tuple[str, str, tuple[str, ...]], ...], ...] = (
    (
        (
            "vi",
            "Nước sông Kính lên to",
            (
                "Đêm thứ tư vừa rồi trời mưa như trút, nước từ nguồn đổ về rất mạnh. Sáng hôm sau nước đã ngập bến đò Bãi Bạc, "
                "chợ Đông phải dời lên trước cửa đình. Nhà nào ở ven sông cũng kê giường lên cao, buộc thuyền vào cột nhà.",
                "Ông lý trưởng phường Giấy cho hay: phường mất hơn hai trăm thếp giấy phơi, may không ai bị hại. Các thầy trường "
                "làng cho học trò nghỉ ba hôm. Sách vở đã đem lên gác từ chiều hôm trước, vì người già trong phường nhìn mây mà đoán.",
                "Đến trưa thứ sáu nước mới rút. Trên tường đình còn vạch bùn cao bằng vạch năm Giáp Thìn. Có người nói: con sông này "
                "bảy năm về thăm nhà ta một lần.",
            ),
        ),
        (
            "vi",
            "Đua thuyền",
            (
                "Hội đua thuyền rằm tháng tám hoãn lại đến ngày mười chín. Phường Giấy có ba thuyền, Bãi Bạc bốn thuyền. "
                "Giải nhất là một chiếc trống sơn son.",
            ),
        ),
    ),
    (
        (
            "vi",
            "Chuông chùa Hương Sơn",
            (
                "Quả chuông lớn chùa Hương Sơn đúc năm Minh Mạng thứ hai mươi, nay đã gần trăm năm. Tiếng chuông nghe tới Cầu Dài. "
                "Tuần trước thợ đồng lên chùa thay dây treo, nhân đó rập lấy bài minh.",
                "Bài minh có câu: một tiếng chuông vang, muôn tiếng lặng. Sư cụ kể rằng ngày đúc chuông, các bà đi chợ tháo trâm, "
                "tháo khuyên bỏ vào lò; vì thế tiếng chuông trong mà ấm.",
                "Bạn đọc muốn có bản rập xin gửi thư về tòa báo.",
            ),
        ),
        (
            "vi",
            "Rao vặt",
            (
                "Bán một chiếc đàn nguyệt cũ, mặt gỗ ngô đồng, khảm trai. Hỏi tại hiệu ảnh Quang Ấn, phố Cửa Nam.",
                "Cần một người biết chữ nho và chữ quốc ngữ để chép địa bạ. Lương tháng tám đồng.",
                "Hiệu ảnh Quang Ấn chụp ảnh gia đình, có phông vẽ cảnh sông núi; ngày mưa không chụp.",
            ),
        ),
    ),
    (
        (
            "fr",
            "La crue de la rivière",
            (
                "Dans la nuit de mercredi, la rivière du Miroir a débordé. Au matin, l'eau couvrait le débarcadère du banc d'Argent "
                "et le marché de l'Est s'est tenu devant la maison commune. Aucune victime n'est à déplorer.",
                "Le pont Long n'a pas souffert. Les ingénieurs ont mesuré quatre mètres douze à la pile du milieu, soit huit "
                "centimètres de moins qu'en 1904. Le bac a repris son service vendredi.",
            ),
        ),
        (
            "fr",
            "Au musée",
            (
                "La société des amis de Kính Hà a reçu un tambour de bronze trouvé à l'embouchure. Une étoile à quatorze rayons en "
                "occupe le centre ; des oiseaux à long bec volent autour. On le verra dimanche, de neuf heures à midi.",
            ),
        ),
        (
            "fr",
            "Avis",
            (
                "Le tirage de la loterie des inondés aura lieu le dix-neuf, après la course de pirogues.",
                "On demande un papetier habile. S'adresser au quartier du Papier, chez madame Lê.",
            ),
        ),
    ),
)


@dataclass(frozen=True)
class Setting:
    """A line of type: words with the x at which each begins, their baseline, size and weight."""

    words: tuple[tuple[str, float], ...]
    y: float
    size: float
    weight: int = 400


def gazette(width: int = 4200) -> np.ndarray:
    """The printed sheet."""
    rng = seeded("gazette")
    height = int(width * HEIGHT / WIDTH)
    d = Drawing(WIDTH, HEIGHT)
    for _, line in _settings():
        for word, x in line.words:
            latin(d, word, x, line.y + rng.normal() * 0.7, line.size, INK if rng.random() < 0.93 else "#d8d8d8", SERIF, line.weight)
    _furniture(d)
    art = written(d, width, height, rng, None, 1.2)
    paper = sheet(art, rng, tone=(222, 206, 172), age=1.5, holes=9, folds=(1, 1), laid=0.2, ragged=3.0, margin=MARGIN, ink=0.34)
    return finish(paper, rng)


def page_text() -> alto.Page:
    """What the page says, article by article."""
    blocks: dict[tuple[int, str], list[list[alto.Word]]] = {}
    for (number, language), line in _settings():
        words = [
            alto.Word(word, (x, line.y - line.size * 0.92, width_of(word, line.size, SERIF, line.weight), line.size * 1.18))
            for word, x in line.words
        ]
        blocks.setdefault((number, language), []).append(words)
    return alto.Page(WIDTH, HEIGHT, [alto.Block(lines, language) for (_, language), lines in blocks.items()], MARGIN)


def _settings() -> Iterator[tuple[tuple[int, str], Setting]]:
    """All lines of type, each with its article's number and language."""
    name, french = NAMEPLATE
    yield (0, "vi"), _centred(name, 480, 250, 600)
    yield (1, "fr"), _centred(french, 640, 92, 400)
    third = (WIDTH - 2 * LEFT) / 3
    for k, text in enumerate(DATELINE):
        yield (2, "vi"), _from(text, LEFT + third * k + (third - width_of(text, 52)) * k / 2, 792, 52, 400)
    number = 3
    for k, articles in enumerate(ARTICLES):
        left, y = LEFT + k * (COLUMN + GUTTER), TOP
        for language, heading, paragraphs in articles:
            for line in _broken(heading, COLUMN, 72, 600):
                yield (number, language), _from(" ".join(line), left, y + 40, 72, 600)
                y += 84
            y += 10
            for paragraph in paragraphs:
                for line, last, indent in _lines(paragraph):
                    yield (number, language), _justified(line, left + indent, COLUMN - indent, y + SIZE, last)
                    y += LEADING
            y, number = y + 76, number + 1


def _from(text: str, x: float, y: float, size: float, weight: int) -> Setting:
    space = width_of(" ", size, SERIF, weight)
    words = []
    for word in text.split():
        words.append((word, x))
        x += width_of(word, size, SERIF, weight) + space
    return Setting(tuple(words), y, size, weight)


def _centred(text: str, y: float, size: float, weight: int) -> Setting:
    return _from(text, (WIDTH - width_of(text, size, SERIF, weight)) / 2, y, size, weight)


def _lines(paragraph: str) -> Iterator[tuple[list[str], bool, float]]:
    """A paragraph's lines: words, whether it is the last, indent."""
    broken = list(_broken(paragraph, COLUMN, SIZE, 400, INDENT))
    for number, words in enumerate(broken):
        yield words, number == len(broken) - 1, 0 if number else INDENT


def _broken(text: str, measure: float, size: float, weight: int, indent: float = 0) -> Iterator[list[str]]:
    space = width_of(" ", size, SERIF, weight)
    line: list[str] = []
    room = measure - indent
    for word in text.split():
        wide = width_of(word, size, SERIF, weight)
        if line and wide > room:
            yield line
            line, room = [], measure
        line.append(word)
        room -= wide + space
    yield line


def _justified(words: list[str], left: float, measure: float, y: float, last: bool) -> Setting:
    widths = [width_of(word, SIZE) for word in words]
    normal = width_of(" ", SIZE)
    space = normal if last or len(words) < 2 else (measure - sum(widths)) / (len(words) - 1)
    placed, x = [], left
    for word, wide in zip(words, widths, strict=True):
        placed.append((word, x))
        x += wide + space
    return Setting(tuple(placed), y, SIZE)


def _furniture(d: Drawing) -> None:
    """Rules between the columns and around the dateline, and the printer's ornament: boats under a bridge."""
    right = WIDTH - LEFT
    for y, thick in ((180, 14), (206, 4), (704, 4), (838, 4), (856, 12)):
        d.path(f"M{LEFT} {y}H{right}", stroke=INK, width=thick)
    for k in (1, 2):
        x = LEFT + k * (COLUMN + GUTTER) - GUTTER / 2
        d.path(f"M{x} {TOP - 40}V{BOTTOM}", stroke=INK, width=3)
    x0 = LEFT + 2 * (COLUMN + GUTTER)
    y0 = BOTTOM - 330
    d.rect(x0, y0, COLUMN, 330, "none", INK, 7)
    d.rect(x0 + 14, y0 + 14, COLUMN - 28, 302, "none", INK, 2.5)
    for k in range(4):
        x = x0 + 40 + k * 192
        d.path(f"M{x} {y0 + 200}Q{x + 96} {y0 + 60} {x + 192} {y0 + 200}", stroke=INK, width=9)
        d.path(
            "".join(f"M{x + 12 * j} {y0 + 200}V{y0 + 200 - 70 * math.sin(j * math.pi / 16):.0f}" for j in range(17)), stroke=INK, width=3
        )
        d.path(f"M{x + 6} {y0 + 200}v76", stroke=INK, width=18)
    d.path(f"M{x0 + 30} {y0 + 200}h{COLUMN - 60}", stroke=INK, width=8)
    for k in range(6):
        d.path(f"M{x0 + 40} {y0 + 240 + k * 12}" + "q24 -12 48 0t48 0" * 8, stroke=INK, width=2.5)
    for k in range(3):
        x = x0 + 190 + k * 250
        d.path(f"M{x} {y0 + 256}q60 26 130 0q-20 34 -66 34t-64 -34ZM{x + 44} {y0 + 254}q20 -34 50 0", INK)

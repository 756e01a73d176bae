"""The fixture corpus: small records in many languages, made by hand so that every case knows its answers."""

from __future__ import annotations

from typing import Any

from search.documents import Document, FacetValue, Text
from search.text import number_forms, sort_key

LABELS = {
    "bronze": "Bronze", "wood": "Wood", "porcelain": "Porcelain", "silk": "Silk", "paper": "Paper", "gold": "Gold", "jade": "Jade",
    "painting": "Painting", "drum": "Drum", "print": "Print", "vessel": "Vessel", "coin": "Coin", "textile": "Textile", "map": "Map",
    "dongson": "Đông Sơn", "nguyen": "Nguyễn dynasty", "edo": "Edo period", "asia": "Asia", "vietnam": "Vietnam", "hue": "Huế",
    "hokusai": "Katsushika Hokusai", "monet": "Claude Monet", "anon": "Anonymous", "okeeffe": "Georgia O’Keeffe", "levitan": "Isaac Levitan",
}  # fmt: skip

# id | titles (language=text, parted by |) | number | facets | years | words of the description (language=text)
ROWS = """
drum1 | vi=Trống đồng Ngọc Lũ; en=Ngọc Lũ bronze drum | BT 1987.12.3a | type=drum material=bronze culture=dongson place=asia,vietnam | -500..-100 | en=A large drum with flying birds and a star of fourteen rays. *
drum2 | vi=Trống đồng Hoàng Hạ | BT 1987.12.4 | type=drum material=bronze culture=dongson place=asia,vietnam | -400..0 | vi=Trống tìm thấy năm 1937 *
drum3 | vi=Mặt trống | BT 1987.123 | type=drum material=bronze | -300..-200 | en=Fragment of a drum face.
inside | vi=Bên trong kinh thành | BT 1990.1 | type=painting place=asia,vietnam,hue | 1830..1840 | vi=Cảnh bên trong hoàng thành Huế. *
copper | vi=Cánh đồng lúa | BT 1990.2 | type=painting | 1930..1935 | vi=Đồng quê Bắc Bộ *
winter | vi=Mùa đông ở Sa Pa | BT 1990.3 | type=painting | 1950..1950 |
peace | vi=Hoà bình | BT 1991.1 | type=painting | 1975..1975 |
peace2 | vi=Hòa nhạc cung đình | BT 1991.2 | type=painting place=asia,vietnam,hue | 1990..1990 |
water | vi=Thuỷ mặc | BT 1991.3 | type=painting | 1960..1960 |
lake1 | vi=Hồ Gươm | BT 1992.1 | type=print | 1920..1920 |
lake2 | vi=Con hổ | BT 1992.2 | type=print | 1921..1921 |
lake3 | vi=Họ Nguyễn | BT 1992.3 | type=print maker=anon | 1922..1922 |
nguyen | vi=Sắc phong đời Minh Mạng; lzh=敕命明命 | BT 1993.1 | type=map material=paper period=nguyen | 1836..1836 | lzh=明命十七年
hannom | vi-Hani=𡨸喃 𡗶; vi=Chữ Nôm | BT 1993.2 | material=paper | 1800..1850 |
wave | ja=神奈川沖浪裏; en=Under the Wave off Kanagawa; vi=Sóng lừng ngoài khơi Kanagawa | JP 1830-1 | type=print maker=hokusai material=paper period=edo | 1830..1832 | en=The great wave rises over boats. *
fuji | ja=凱風快晴; en=Fine Wind, Clear Morning | JP 1830-2 | type=print maker=hokusai material=paper period=edo | 1830..1832 | en=Mount Fuji in red. *
hokusai | ja=北斎漫画 | JP 1814-1 | type=print maker=hokusai period=edo | 1814..1878 |
dragonj | ja=龍図; en=Dragon | JP 1849 | type=painting maker=hokusai | 1849..1849 |
dragons | zh-Hans=云龙图; en=Dragon among clouds | CN 12 | type=painting material=silk | 1200..1300 |
dragont | zh-Hant=雲龍圖軸 | CN 13 | type=painting material=silk | 1300..1350 |
ceramic | zh-Hant=青花瓷瓶 | CN 14 | type=vessel material=porcelain | 1426..1435 | zh-Hant=宣德年製
onechar | zh-Hant=鼓 | CN 15 | type=drum | -1300..-1046 |
kana | ja=ハンズ・オン展示 | JP 15 | | 2001..2001 |
korean | ko=김홍도의 씨름; en=Ssireum | KR 1 | type=painting material=paper | 1780..1790 |
thai | th=พระพุทธรูป | TH 1 | material=bronze | 1350..1400 |
arabic | ar=مُحَمَّد بن أحمد | AR 1 | type=map material=paper | 1154..1154 | ar=خريطة العالم
persian | fa=شاهنامه | AR 2 | material=paper | 1522..1535 |
hebrew | he=תַּנַ״ךְ | HE 1 | material=paper | 1300..1310 |
greek | el=Ἀθηνᾶ Παρθένος; en=Athena | GR 1 | material=gold | -447..-438 |
russian | ru=Вечный покой; en=Above Eternal Peace | RU 1 | type=painting maker=levitan | 1894..1894 | ru=Картины реки и неба
yolka | ru=Ёлка | RU 2 | | 1911..1911 |
turkish | tr=İstanbul'da ışık | TR 1 | type=painting | 1880..1880 |
polish | pl=Łódź nocą | PL 1 | type=print | 1930..1930 |
danish | da=Smørrebrød; en=Open sandwich | DK 1 | | 1960..1960 |
icelandic | is=Þingvellir; en=Assembly plains | IS 1 | type=painting | 1900..1900 |
german | de=Die Straße im Schnee | DE 1 | type=painting | 1911..1911 | de=Häuser und Bäume
german2 | de=Müllers Mühle | DE 2 | type=print | 1850..1850 |
longs | en=The Paſſions of the Minde | EN 1601 | material=paper | 1601..1601 |
ligature | fr=Le cœur d’une œuvre | FR 1 | type=painting | 1890..1890 |
crete1 | fr=La Crète | FR 2 | type=map | 1700..1700 |
crete2 | fr=Crête de coq | FR 3 | type=print | 1705..1705 |
crete3 | en=Crete | FR 4 | type=map | 1710..1710 |
elision | fr=L’Amour des lettres | FR 5 | type=painting | 1750..1750 |
okeeffe | en=Black Iris | US 1926.1 | type=painting maker=okeeffe | 1926..1926 |
lilies | fr=Les Nymphéas; en=Water Lilies | FR 1906.1 | type=painting maker=monet | 1906..1906 | en=Paintings of the pond. *
haystack | fr=Les Meules; en=Haystacks | FR 1891.7 | type=painting maker=monet | 1890..1891 |
mantua | en=Mantua in winter | IT 1 | type=print | 1580..1580 |
fullwidth | en=ＡＢＣ　Ｐｒｅｓｓ | XX 1 | | 1970..1970 |
nfd | vi=Bình gốm Chu Đậu | XX 2 | type=vessel | 1450..1500 |
markup | en=<script>alert("x")</script> & sons | XX 3 | | 2000..2000 | en=Label says <b>fragile</b> & "heavy".
hyphen | en=Self-portrait of a well-known potter | XX 4 | type=painting | 1980..1980 |
apart | en=Well, the potter is known to all | XX 5 | type=painting | 1981..1981 |
nothing | en=Untitled | XX 6 | | |
stem1 | en=Studies of running horses | XX 7 | type=print | 1888..1888 |
stem2 | fr=Chevaux de course | XX 8 | type=print | 1889..1889 | fr=Les chevaux couraient
stem3 | id=Lukisan pemandangan | ID 1 | type=painting | 1955..1955 |
figures | ar=سنة ١١٥٤ | AR 3 | | |
halves | fa=کاشی هفت‌رنگ | AR 4 | | |
article | ar=إناء من النحاس | AR 5 | | |
cluster | th=ที่ระลึก ปี๒๕๓๐ | TH 2 | | |
household | zh-Hant=戶口册 | CN 16 | | |
okina | haw=Hawaiʻi nei | US 3 | | |
together | en=Softground etching | XX 9 | | |
number1 | en=Blue cup | WMS 682 | type=vessel material=porcelain | 1700..1700 |
number2 | en=Green cup | MS.988/2 | type=vessel material=porcelain | 1701..1701 | en=recipes
number3 | en=Red cup | 27.474A | type=vessel material=porcelain | 1702..1702 |
number4 | en=White cup | 1985.20.23-24 | type=vessel | 1703..1703 |
number5 | en=Grey cup | 2019/00017 | type=vessel | 1704..1704 |
number6 | en=Pale cup | 1987.12 | type=vessel | 1705..1705 |
number7 | en=Old cup | Số Đ.45 | type=vessel | 1706..1706 |
ancient | en=Hand axe | PA 1 | | -300000..-200000 |
crossing | en=Bowl of the turn of the era | PA 2 | type=vessel | -30..30 |
yearone | en=Bowl of the year before | PA 3 | type=vessel | 0..0 |
gold1 | en=Gold leaf | AU 1 | material=gold | 100..200 |
gold2 | en=The gold leaf book | AU 2 | material=gold,paper | 1700..1800 |
gold3 | en=Book about leaves of gold and silver | AU 3 | material=paper | 1800..1900 |
"""


def _value(ident: str, above: tuple[str, ...] = ()) -> FacetValue:
    return FacetValue(ident, {"en": LABELS.get(ident, ident), "vi": LABELS.get(ident, ident)}, above)


def _facets(text: str) -> dict[str, list[FacetValue]]:
    found: dict[str, list[FacetValue]] = {}
    for pair in text.split():
        name, _, values = pair.partition("=")
        ids = values.split(",")
        # A place is written with what lies above it.
        found[name] = [_value(one, tuple(ids[:at]) if name == "place" else ()) for at, one in enumerate(ids)]
    return found


def _texts(text: str, separator: str = ";") -> list[Text]:
    pairs = (one.strip().partition("=") for one in text.split(separator) if one.strip())
    return [Text(value, language) for language, _, value in pairs]


def make(ident: str, version: int = 1, **parts: Any) -> Document:
    """A document of the corpus's kind: ``title``, ``text``: lists of Text; ``number``; ``facets``; ``years``; ``image``."""
    titles: list[Text] = parts.get("title", [Text(ident)])
    facets = dict(parts.get("facets", {}))
    if parts.get("image"):
        facets["image"] = [FacetValue("yes", {"en": "with pictures"})]
    query = {"p": {"title": titles, "text": parts.get("text", []), "number": [Text(n) for n in parts.get("numbers", [])]}}
    query["p"]["maker"] = [Text(LABELS[v.id]) for v in facets.get("maker", []) if v.id in LABELS]
    query["p"]["subject"] = [
        Text(LABELS[v.id], "en") for name in ("material", "type", "culture") for v in facets.get(name, []) if v.id in LABELS
    ]
    query |= parts.get("groups", {})
    key = sort_key(titles[0].text, titles[0].language)
    sort = {"title": key, "browse": key, "number": " ".join(f"{p:0>12}" for n in parts.get("numbers", []) for p in number_forms(n).parts)}
    years = parts.get("years")
    if years:
        sort |= {"oldest": f"{years[0] + 10**8:09d}", "latest": f"{years[1] + 10**8:09d}"}
    if facets.get("maker"):
        sort["maker"] = sort_key(LABELS.get(facets["maker"][0].id, facets["maker"][0].id))
    kind = parts.get("kind", "object")
    return Document(
        id=f"{kind}:{ident}",
        kind=kind,
        version=version,
        query=query,
        facets=facets,
        dates=years,
        sort={name: value for name, value in sort.items() if value},
        display={"id": ident, "title": {t.language or "und": t.text for t in titles}},
    )


def corpus() -> list[Document]:
    """All documents, in the order of their ids' making."""
    found = [_row(line) for line in ROWS.strip().splitlines()]
    # A coin hoard: many values, counts that are known.
    for number in range(120):
        found.append(
            make(
                f"coin{number:03d}",
                title=[Text(f"Coin of the hoard, piece {number}", "en")],
                numbers=[f"HOARD.{number}"],
                facets={
                    "type": [_value("coin")],
                    "material": [_value("bronze" if number % 3 else "gold")],
                    "maker": [_value(f"mint{number % 40:02d}")],
                    "subject": [_value(f"ruler{number:03d}")],
                },
                years=(1000 + number, 1000 + number),
            )
        )
    for ident, name in (("hokusai", "Katsushika Hokusai"), ("monet", "Claude Monet"), ("levitan", "Исаак Левитан")):
        found.append(
            make(ident, kind="agent", title=[Text(name), Text({"hokusai": "葛飾北斎", "monet": "Monet", "levitan": "Levitan"}[ident])])
        )
    found.append(make("hue", kind="place", title=[Text("Huế", "vi"), Text("順化", "lzh")]))
    return found


def _row(line: str) -> Document:
    ident, titles, number, facets, years, text = [part.strip() for part in line.split(" | ")] if line.count(" | ") == 5 else _padded(line)
    low, _, high = years.partition("..")
    values = _texts(titles)
    if ident == "nfd":
        import unicodedata

        values = [Text(unicodedata.normalize("NFD", value.text), value.language) for value in values]
    return make(
        ident,
        title=values,
        numbers=[number],
        facets=_facets(facets),
        years=(int(low), int(high)) if low else None,
        text=_texts(text.removesuffix("*"), "\n"),
        image=text.endswith("*"),
    )


def _padded(line: str) -> list[str]:
    parts = [part.strip() for part in line.split("|")]
    return parts + [""] * (6 - len(parts))

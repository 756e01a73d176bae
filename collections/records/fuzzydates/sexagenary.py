"""The cycle of sixty years: can-chi in Vietnamese, ganzhi in Chinese. Year 1 of a cycle (Giáp Tý, 甲子) is 1984, 1924 … and 4."""

from __future__ import annotations

FIRST = 4  # an astronomical year that begins a cycle
STEMS = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
BRANCHES = ("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi")
HAN_STEMS = "甲乙丙丁戊己庚辛壬癸"
HAN_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
PINYIN_STEMS = ("jia", "yi", "bing", "ding", "wu", "ji", "geng", "xin", "ren", "gui")
PINYIN_BRANCHES = ("zi", "chou", "yin", "mao", "chen", "si", "wu", "wei", "shen", "you", "xu", "hai")
# Other spellings without marks; Tý and Tỵ fall together there, and the stem tells which one is meant.
_OTHER_STEMS = {5: ("ki",), 9: ("qui",)}
_OTHER_BRANCHES = {0: ("ti",), 3: ("meo", "mao"), 5: ("ti",), 7: ("vi",)}


def name(position: int) -> str:
    """The Vietnamese name of a place in the cycle, 0-59: 0 → ``Giáp Tý``."""
    return f"{STEMS[position % 10]} {BRANCHES[position % 12]}"


def position_of(year: int) -> int:
    """The place in the cycle of an astronomical year (the lunar year that begins in it)."""
    return (year - FIRST) % 60


def years(position: int, earliest: int, latest: int) -> list[int]:
    """All years of that name from ``earliest`` to ``latest``, both included."""
    first = earliest + (position - position_of(earliest)) % 60
    return list(range(first, latest + 1, 60))


def spellings() -> dict[str, int]:
    """Every written form without marks → place in the cycle."""
    from records.identifiers import fold

    found: dict[str, int] = {}
    for position in range(60):
        stem, branch = position % 10, position % 12
        for s in (fold(STEMS[stem]), *_OTHER_STEMS.get(stem, ())):
            for b in (fold(BRANCHES[branch]), *_OTHER_BRANCHES.get(branch, ())):
                found[f"{s} {b}"] = position
        found[HAN_STEMS[stem] + HAN_BRANCHES[branch]] = position
        found.setdefault(PINYIN_STEMS[stem] + PINYIN_BRANCHES[branch], position)
    return found

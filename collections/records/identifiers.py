"""Accession numbers and other identifiers: stored as written, found and sorted by normalised forms."""

import re
import unicodedata

DIGITS = 12  # a digit run is padded to this width in a sort key
SORT_KEY_LENGTH = 255
LONGEST_IDENTIFIER = 60

# Letters that have no decomposition in Unicode but that people type without their mark.
_UNMARKED = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_SEPARATORS = re.compile(r"[\W_]+")
_DIGIT_RUN = re.compile(r"\d+")
_PIECES = re.compile(r"[^\W\d_]+|\d+")
_LIST_SEPARATOR = re.compile(r"[\r\n\t\v\f;,|、；，]+")
_YEAR = re.compile(r"(1\d|20)\d\d")
_PREFIXES = frozenset({"no", "nr", "num", "inv", "acc", "so", "sn", "cat", "ref", "id", "kk", "sh"})
_WRAPPING = " \"'“”‘’«»<>()[]{}•*·–—-"


def fold(text: str) -> str:
    """Lower case without marks, full-width forms made plain: ``Số Đ．１２`` → ``so d.12``."""
    if text.isascii():
        return text.lower()
    # Lower case comes before and after: some compatibility forms unfold into capitals.
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold()
    unmarked = "".join(c for c in plain if unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFC", unmarked.translate(_UNMARKED))


def norm(text: str) -> str:
    """Folded, with one space for each run of anything that is neither letter nor digit: ``1987.12-3A`` → ``1987 12 3a``."""
    return _SEPARATORS.sub(" ", fold(text)).strip()


def tight(text: str) -> str:
    """``norm`` without spaces: ``1987.12-3A`` → ``1987123a``. Two different numbers may share it."""
    return norm(text).replace(" ", "")


def tokens(text: str) -> list[str]:
    """The parts of an identifier between its separators: ``1987.12-3A`` → ``["1987", "12", "3a"]``."""
    return norm(text).split()


def sort_key(text: str) -> str:
    """A key of at most 255 characters that sorts as people count: 1987.2 before 1987.12 (compare bytewise, collation "C")."""
    return _DIGIT_RUN.sub(_padded, norm(text))[:SORT_KEY_LENGTH]


def _padded(run: re.Match[str]) -> str:
    digits = str(int(run[0])) if len(run[0]) <= SORT_KEY_LENGTH else run[0].lstrip("0")
    if len(digits) <= DIGITS:
        return digits.zfill(DIGITS)
    # Above every padded run, and the longer number after the shorter one.
    return "9" * DIGITS + f"{min(len(digits), 999):03d}" + digits


def looks_like_identifier(text: str) -> bool:
    """True when a searched text is more likely a number of an object (``1987.12.3a``, ``BTH 1234``) than words or a year."""
    text = text.strip(_WRAPPING + ".,:#№ ")
    if not text or len(text) > LONGEST_IDENTIFIER or not any(c.isdigit() for c in text):
        return False
    parts = text.split()
    if len(parts) > 5:
        return False
    if len(parts) == 1 and _YEAR.fullmatch(fold(text)):
        return False
    return all(_is_code(part) for part in parts)


def _is_code(part: str) -> bool:
    """One word of an identifier: has a digit, or is an abbreviation such as BTH, LSb, K. or No."""
    letters = "".join(c for c in part if c.isalpha())
    if any(c.isdigit() for c in part):
        # 19th, 1930s and the like are words about time; 3a and BTH12 are codes.
        folded = fold(part)
        if re.fullmatch(r"\W*\d+(st|nd|rd|th|s|'s|e|eme|er)\W*", folded) and not re.fullmatch(r"\W*\d{1,3}[se]\W*", folded):
            return False
        return max((len(run) for run in _PIECES.findall(folded) if run.isalpha()), default=0) <= 8
    if not letters:
        return len(part) == 1
    if fold(letters) in _PREFIXES or len(letters) == 1:
        return True
    return len(letters) <= 8 and sum(c.isupper() for c in letters) >= 2


def split_list(pasted: str) -> list[str]:
    """The identifiers in a pasted text, as written, each once: split at lines, tabs, commas, semicolons and bars; at spaces if nothing else splits."""
    pieces = [piece.strip(_WRAPPING) for piece in _LIST_SEPARATOR.split(pasted)]
    pieces = [piece for piece in pieces if norm(piece)]
    if len(pieces) == 1:
        words = pieces[0].split()
        if len(words) > 1 and all(any(c.isdigit() for c in word) for word in words):
            pieces = words
    unique: dict[str, str] = {}
    for piece in pieces:
        unique.setdefault(norm(piece), piece)
    return list(unique.values())

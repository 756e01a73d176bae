"""Language maps: one text in many languages, each with its state; language tags and their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

OFFERED = ("vi", "en")  # the tabs that every form begins with
# What forms propose besides (records/static/records/language-map.js has the same list).
SUGGESTED = ("vi-Hani", "lzh", "zh-Hant", "zh-Hans", "fr", "ja", "ko", "id", "cjm", "km", "lo", "th", "de", "ru", "es")
STATES = ("source", "machine", "human", "reviewed", "stale")
KEYS = ("text", "state", "of")
DEFAULT_ORDER = ("en", "vi")  # when nothing that the reader prefers is there

# RFC 5646: language, script, region, variants, private use (extensions have no use here).
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?(?P<variants>(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)(?P<private>-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
# Codes that people type for a language and that are a country's, or of the old three-letter kind.
_MISTAKEN = {
    "vn": "vi", "vie": "vi", "jp": "ja", "jpn": "ja", "cn": "zh-Hans", "tw": "zh-Hant", "chi": "zh", "zho": "zh", "kr": "ko", "kor": "ko",
    "eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "ind": "id", "in": "id", "spa": "es", "ita": "it", "nld": "nl", "cz": "cs",
    "gr": "el", "dk": "da", "ua": "uk", "uk-ua": "uk",
}  # fmt: skip
# Names that CLDR lacks, or that museums here say otherwise: tag → (English, Vietnamese).
_NAMES = {
    "vi-Hani": ("Vietnamese (Hán-Nôm script)", "Tiếng Việt (chữ Hán-Nôm)"),
    "vi-Latn": ("Vietnamese (Latin script)", "Tiếng Việt (chữ Quốc ngữ)"),
    "lzh": ("Literary Chinese", "Hán văn"),
    "zh-Hans": ("Chinese (simplified)", "Tiếng Trung (giản thể)"),
    "zh-Hant": ("Chinese (traditional)", "Tiếng Trung (phồn thể)"),
    "cjm": ("Cham", "Tiếng Chăm"),
    "rad": ("Rade", "Tiếng Ê Đê"),
    "jra": ("Jarai", "Tiếng Gia Rai"),
    "bdq": ("Bahnar", "Tiếng Ba Na"),
    "tyz": ("Tày", "Tiếng Tày"),
    "mul": ("Multiple languages", "Nhiều ngôn ngữ"),
    "und": ("Language not known", "Không rõ ngôn ngữ"),
    "zxx": ("No linguistic content", "Không có nội dung ngôn ngữ"),
}
_LIKELY_SCRIPTS = {
    "ar": "Arab", "fa": "Arab", "ur": "Arab", "ps": "Arab", "sd": "Arab", "ug": "Arab", "ckb": "Arab", "he": "Hebr", "yi": "Hebr", "dv": "Thaa", "syr": "Syrc",
    "ja": "Jpan", "ko": "Kore", "zh": "Hans", "lzh": "Hant", "ru": "Cyrl", "uk": "Cyrl", "bg": "Cyrl", "el": "Grek", "th": "Thai", "km": "Khmr", "lo": "Laoo",
    "my": "Mymr", "hi": "Deva", "sa": "Deva", "ta": "Taml", "cjm": "Cham",
}  # fmt: skip
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"})


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for translators: whoever shows it translates it (``LanguageMapError.worded``)."""
    return sentence


NO_CODE = gettext_noop("“%(tag)s” is not the code of a language: write one such as “vi”, “en” or “zh-Hant” (traditional Chinese).")


class LanguageMapError(ValueError):
    """A language map or tag that cannot be stored; the message is a sentence for the cataloguer, in English.

    ``sentence`` has places for ``words``; ``language`` is a tag, said with its name; ``named`` one that is said by its name alone.
    """

    def __init__(self, sentence: str, **words: str) -> None:
        self.sentence, self.words = sentence, words
        super().__init__(self.worded(str, "en"))

    def worded(self, translate: Callable[[str], str], reader: str) -> str:
        """The sentence as ``translate`` gives it, with names of languages in the ``reader``'s."""
        said = {"language": lambda tag: f"{name(tag, reader)} ({tag})", "named": lambda tag: name(tag, reader)}
        words = {key: said[key](word) if key in said else word for key, word in self.words.items()}
        return translate(self.sentence) % words if words else translate(self.sentence)


@lru_cache(maxsize=1024)
def canonical(tag: str) -> str:
    """A BCP 47 tag in its usual letter case (``ZH-hant`` → ``zh-Hant``); raises LanguageMapError for what is none."""
    text = tag.strip().replace("_", "-")
    if correct := _MISTAKEN.get(text.lower()):
        raise LanguageMapError(
            gettext_noop("“%(tag)s” is not the code of a language here: use “%(right)s” for %(named)s."),
            tag=tag,
            right=correct,
            named=correct,
        )
    match = _TAG.fullmatch(text)
    if match is None:
        raise LanguageMapError(NO_CODE, tag=tag)
    language = match["language"].lower()
    if len(language) == 2 and language not in _cldr_names("en"):
        raise LanguageMapError(
            gettext_noop(
                "“%(tag)s” begins with a language code that does not exist: write one such as “vi”, “en” or “zh-Hant” (traditional Chinese)."
            ),
            tag=tag,
        )
    parts = [language]
    if match["script"]:
        parts.append(match["script"].title())
    if match["region"]:
        parts.append(match["region"].upper())
    return "-".join(parts) + match["variants"].lower() + (match["private"] or "").lower()


def from_words(text: str) -> str:
    """The tag that somebody means who types one, or the name of a language (“English”, “tiếng Việt”, “Hán văn”); raises LanguageMapError."""
    try:
        return canonical(text)
    except LanguageMapError:
        wanted = _plain_name(text)
        for tag in (*OFFERED, *SUGGESTED):
            if wanted in {_plain_name(name(tag, reader)) for reader in ("en", "vi", "")}:
                return tag
        raise


def _plain_name(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().casefold().removeprefix("tiếng ")


def entry(text: str, state: str = "source", of: str | None = None) -> dict[str, str]:
    """One value of a language map; ``of`` is the language that it was translated from."""
    return {"text": text, "state": state} | ({"of": of} if of else {})


def validate(value: Any) -> None:
    """Raise LanguageMapError, with a sentence that names the language, unless ``value`` is a language map (or empty)."""
    if value is None:
        return
    if not isinstance(value, Mapping):
        raise LanguageMapError(
            gettext_noop("A text in several languages must be a table of languages, for example {“vi”: {“text”: “…”, “state”: “source”}}.")
        )
    for tag, item in value.items():
        _validate_entry(tag, item)


def _validate_entry(tag: Any, item: Any) -> None:
    if not isinstance(tag, str):
        raise LanguageMapError(NO_CODE, tag=str(tag))
    if (right := canonical(tag)) != tag:
        raise LanguageMapError(gettext_noop("Write the language tag “%(tag)s” as “%(right)s”."), tag=tag, right=right)
    if not isinstance(item, Mapping):
        raise LanguageMapError(
            gettext_noop("%(language)s: the text must come with its state, for example {“text”: “…”, “state”: “source”}."), language=tag
        )
    if unknown := sorted(str(key) for key in item if key not in KEYS):
        raise LanguageMapError(
            gettext_noop("%(language)s: “%(key)s” has no meaning here; a text has “text”, “state” and “of”."), language=tag, key=unknown[0]
        )
    text = item.get("text")
    if not isinstance(text, str) or not text.strip():
        raise LanguageMapError(gettext_noop("%(language)s: the text is missing; leave the language out if there is none."), language=tag)
    if "\x00" in text:
        raise LanguageMapError(gettext_noop("%(language)s: the text contains a character that cannot be stored (NUL)."), language=tag)
    if item.get("state") not in STATES:
        raise LanguageMapError(
            gettext_noop("%(language)s: the state must be one of %(states)s, not “%(state)s”."),
            language=tag,
            states=", ".join(STATES),
            state=str(item.get("state")),
        )
    of = item.get("of")
    if of is not None:
        if not isinstance(of, str):
            raise LanguageMapError(gettext_noop("%(language)s: the language translated from must be a language tag."), language=tag)
        canonical(of)
        if of == tag:
            raise LanguageMapError(gettext_noop("%(language)s: a text cannot be the translation of itself."), language=tag)
        if item["state"] == "source":
            raise LanguageMapError(
                gettext_noop("%(language)s: a source text is no translation; leave “of” out or choose another state."), language=tag
            )


def clean(value: Mapping[str, Any] | None) -> dict[str, dict[str, str]]:
    """The map as it is stored: tags in their usual case, text in Unicode NFC without outer space, empty texts left out. Raises LanguageMapError."""
    result: dict[str, dict[str, str]] = {}
    for tag, item in (value or {}).items():
        if not isinstance(item, Mapping):
            item = {"text": item}
        text = item.get("text")
        if text is None or (isinstance(text, str) and not text.strip()):
            continue
        tidy = {key: part for key, part in item.items() if part not in (None, "")} | {"text": text}
        if isinstance(text, str):
            tidy["text"] = unicodedata.normalize("NFC", text).strip()
        tidy.setdefault("state", "human" if tidy.get("of") else "source")
        result[canonical(str(tag))] = tidy
    validate(result)
    return result


def plain(value: Mapping[str, Any] | None) -> dict[str, str]:
    """``{language: text}`` without states, in the map's order."""
    if not value:
        return {}
    texts = ((tag, item.get("text") if isinstance(item, dict | Mapping) else item) for tag, item in value.items())
    return {tag: text for tag, text in texts if text}


def pick(texts: Mapping[str, str], preferred: Sequence[str]) -> tuple[str, str]:
    """The text to show and the language it is in, so that a page can say so when it is not the one asked for.

    Order: each preferred language (RFC 4647 lookup: ``zh-Hant-TW``, ``zh-Hant``, ``zh``, then a regional form such as ``en-GB`` for ``en``);
    the same languages in another script; English, Vietnamese; whatever comes first. ``("", "")`` when there is no text at all.
    """
    there = [tag for tag, text in texts.items() if text]
    if not there:
        return "", ""
    for matches in (_same_script, _same_language):
        for wish in (*preferred, *(DEFAULT_ORDER if matches is _same_language else ())):
            if tag := matches(wish, there):
                return tag, texts[tag]
    return there[0], texts[there[0]]


def _same_script(wish: str, there: Sequence[str]) -> str | None:
    parts = wish.split("-")
    for length in range(len(parts), 0, -1):
        shorter = "-".join(parts[:length])
        if shorter in there and (length == len(parts) or script(shorter) == script(wish)):
            return shorter
    return next((tag for tag in there if tag.split("-")[0] == parts[0] and script(tag) == script(wish)), None)


def _same_language(wish: str, there: Sequence[str]) -> str | None:
    language = wish.split("-")[0]
    return next((tag for tag in there if tag.split("-")[0] == language), None)


def mark_stale(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> dict[str, Any]:
    """``after``, with every translation set to ``stale`` whose source text changed while its own text did not.

    A translation names its source in ``of``; without it, it is a translation of the map's only source text. Translations of a
    translation that has become stale are stale too.
    """
    result = {tag: dict(item) for tag, item in (after or {}).items()}
    old, new = plain(before), plain(after)
    sources = [tag for tag, item in result.items() if item.get("state") == "source"]
    only_source = sources[0] if len(sources) == 1 else None
    outdated = {tag for tag in old if old[tag] != new.get(tag)}
    waiting = [tag for tag in result if result[tag].get("state") != "source" and tag in old and tag not in outdated]
    changed = True
    while changed:
        changed = False
        for tag in list(waiting):
            if (result[tag].get("of") or only_source) in outdated:
                result[tag]["state"] = "stale"
                outdated.add(tag)
                waiting.remove(tag)
                changed = True
    return result


def script(tag: str) -> str:
    """The ISO 15924 code of the script that a text with this tag is in, as far as the tag says or implies."""
    parts = tag.split("-")
    for part in parts[1:]:
        if len(part) == 4 and part.isalpha():
            return part.title()
    if parts[0] == "zh" and any(part.upper() in ("TW", "HK", "MO") for part in parts[1:]):
        return "Hant"
    return _LIKELY_SCRIPTS.get(parts[0], "Latn")


def direction(tag: str) -> str:
    """``rtl`` or ``ltr``, for the ``dir`` attribute."""
    return "rtl" if script(tag) in _RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=1024)
def name(tag: str, interface: str | None = None) -> str:
    """The name of a language in English or Vietnamese (or any language that CLDR knows), without ``interface`` in the language itself.

    The tag itself when nobody names it.
    """
    language, *rest = tag.split("-")
    reader = (interface or language).split("-")[0]
    column = 1 if reader == "vi" else 0
    if own := _NAMES.get(tag):
        return own[column]
    base = _NAMES[language][column] if language in _NAMES else _cldr_names(reader).get(language)
    if base is None:
        return tag
    base = base[0].upper() + base[1:]
    details = [_detail(part, reader) for part in rest]
    return f"{base} ({', '.join(details)})" if details else base


def _detail(part: str, reader: str) -> str:
    locale = _cldr(reader)
    if len(part) == 4 and part.isalpha():
        return locale.scripts.get(part.title(), part)
    return locale.territories.get(part.upper(), part)


def _cldr_names(reader: str) -> Mapping[str, str]:
    return _cldr(reader).languages


@lru_cache(maxsize=32)
def _cldr(reader: str) -> Any:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale(reader)
    except (UnknownLocaleError, ValueError):
        return Locale("en")

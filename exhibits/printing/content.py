"""What the sheet of an object says: the words of its page, in the page's order, as data for the template. Texts are cut to what is fit to print."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import segno
from django.utils.translation import gettext as _

from exhibits import addresses, facts, object_page, rights, words
from exhibits.facts import Fact, Group, Value
from exhibits.printing.illustration import Illustration, illustration
from exhibits.words import NOTHING, Said

View = Mapping[str, Any]
Json = dict[str, Any]
SHEET = 40_000  # characters of a sheet's texts: some twelve pages
TEXT = 12_000  # of one text
LINE = 600  # of a name, a value, a note
VALUES = 25  # of one fact
ROWS = 25  # inscriptions, notices, rights
WORD, NARROW_WORD = 60, 22  # what goes on longer without a blank may be broken; beside a picture lines are short
_UNBROKEN = {most: re.compile(rf"[!-~\u00a1-\u052f\u1e00-\u1fff]{{{most + 1},}}") for most in (WORD, NARROW_WORD)}
_NOT_WRITTEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Room:
    """What there is room for on the sheet, and whether anything was left out."""

    def __init__(self) -> None:
        self.left = SHEET
        self.cut = False
        self.word = WORD

    def text(self, text: str, most: int = LINE) -> str:
        """As much of it as there is room for, with an ellipsis where it was cut, and fit to be set."""
        most = min(most, max(self.left, 0))
        if len(text) > most:
            self.cut = True
            text = f"{text[:most].rstrip()}…" if most else ""
        self.left -= len(text)
        return printable(text, self.word)

    def some(self, rows: Sequence[Any], most: int = ROWS) -> Sequence[Any]:
        """The first of them."""
        self.cut |= len(rows) > most
        return rows[:most]


def printable(text: str, word: int = WORD) -> str:
    """Composed characters, no control characters, and places to break in words of Europe's scripts that no line holds."""
    text = unicodedata.normalize("NFC", _NOT_WRITTEN.sub("", text.replace("\r\n", "\n").replace("\t", " ")))
    return _UNBROKEN[word].sub(lambda found: "\u200b".join(re.findall(f".{{1,{word}}}", found[0])), text)


def of(view: View, day: date) -> tuple[Json, Illustration]:
    """(the data of the sheet in the language that is active, its picture or why there is none)."""
    room = Room()
    cared = object_page.care(view)
    lead, rest = object_page.texts(view)
    key_facts = facts.key_facts(view)
    title, picture = object_page.title_of(view), illustration(view)
    address = addresses.absolute(view["uri"])
    made: Json = {
        "lang": words.reader(),
        "day": day.isoformat(),
        "house": room.text(_house()),
        "number": room.text(view["accession_number"] or "", 80),
        "title": _said(title, room, noted=True),
        "original": _said(object_page.original_title(view), room),
        "subtitle": _said(words.said(view.get("materials_display")), room),
        "care_heading": _("Before you look"),
        "care": _care(cared, room),
        "picture": picture.facts(),
        "picture_notes": [_said(one, room) for one in picture.notes],
        "key_facts": _key_facts(key_facts, room),
        "texts": [_text("", lead, room)] if lead else [],
        "inscriptions_heading": _("Inscriptions"),
        "details_heading": _("Details"),
        "rights_heading": _("Rights"),
    }
    made["rights"] = _rights(view, room)  # before the long texts: what may be done with the object is always said
    made["texts"] += [_text(heading, text, room) for heading, text in room.some(rest)]
    made["inscriptions"] = [_inscription(one, room) for one in room.some(object_page.inscriptions(view))]
    made["groups"] = _groups(facts.groups(view), key_facts, room)
    made.update(_foot(address, day))
    made["cut"] = [_("This sheet is shortened. Everything is on the object’s page: %(address)s") % {"address": address}] if room.cut else []
    return made, picture


def _house() -> str:
    from exhibits import house

    return house.house(None).name.text


def _foot(address: str, day: date) -> Json:
    code = io.BytesIO()
    segno.make(address, error="m").save(code, kind="svg", border=0, xmldecl=False)
    return {
        "address": address,
        "address_heading": _("Permanent address"),
        "qr": code.getvalue().decode(),
        "qr_alt": _("QR code of the permanent address"),
        "printed": _("Made on %(day)s") % {"day": words.day(day)},
        "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }


def _said(said: Said, room: Room, most: int = LINE, noted: bool = False) -> Json:
    """A text with its language (empty: the page's), a mark or (``noted``) a line where it is not the reader's."""
    language = said.lang_attribute.split("-")[0] if re.match(r"[a-z]{2,3}(-|$)", said.lang_attribute) else ""
    return {
        "text": room.text(" ".join(said.text.split()), most),
        "lang": language,
        "rtl": said.dir == "rtl",
        "mark": "" if noted or not said.fallback else said.lang.split("-")[0],
        "note": _("Shown in %(language)s") % {"language": said.language_name} if noted and said.fallback else "",
    }


def _prose(said: Said, room: Room) -> Json:
    """A text of several paragraphs."""
    made = _said(Said("", said.lang, said.fallback), room, noted=True)
    text = room.text(said.text, TEXT)
    return {**made, "paragraphs": Said(text).paragraphs}


def _text(heading: str, said: Said, room: Room) -> Json:
    return {"heading": heading, "text": _prose(said, room)}


def _care(cared: View | None, room: Room) -> list[Json]:
    if cared is None:
        return []
    found = [{**_said(cared["text"], room), "after": ""}] if cared["text"] else []
    for notice in room.some(cared["notices"]):
        community = notice["community"].text.text if notice["community"] else ""
        found.append({**_said(notice["label"], room), "after": room.text(community)})
    return found


def _value(value: Value, room: Room) -> Json:
    return {"before": room.text(value.before), "text": _said(value.text, room), "after": room.text(value.after)}


def _facts(every: Iterable[Fact], room: Room) -> list[Json]:
    return [
        {"label": fact.label, "values": [_value(value, room) for value in room.some(fact.values, VALUES)]}
        for fact in every
        if room.left > 0 or _cut(room)
    ]


def _key_facts(every: Iterable[Fact], room: Room) -> list[Json]:
    room.word = NARROW_WORD
    made = _facts(every, room)
    room.word = WORD
    return made


def _cut(room: Room) -> bool:
    room.cut = True
    return False


def _groups(every: Iterable[Group], said: Sequence[Fact], room: Room) -> list[Json]:
    """The groups without what stands beside the picture already."""
    before = [fact.values for fact in said]
    made = [{"label": group.label, "facts": _facts([fact for fact in group.facts if fact.values not in before], room)} for group in every]
    return [group for group in made if group["facts"]]


def _inscription(one: object_page.Inscribed, room: Room) -> Json:
    return {
        "kind": one.kind,
        "position": _said(one.position, room),
        "versions": [
            {"label": f"{label} · {text.language_name}" if text.lang else label, "text": {**_prose(text, room), "note": ""}}
            for label, text in one.versions
        ],
        "interpretation": {**_prose(one.interpretation, room), "text": "yes" if one.interpretation else ""},
    }


def _rights(view: View, room: Room) -> list[Json]:
    """Each right with its statement, sentence, holder and credit; and the record's credit line is among the facts."""
    found = []
    for row in room.some(object_page.rights_rows(view)):
        statement: rights.Statement = row["statement"]
        lines = [Said(f"{statement.label} · {statement.uri}" if statement.uri else statement.label), Said(statement.sentence)]
        if row["holder"]:
            holder = row["holder"]
            lines.append(Said(f"{_('Holder of the rights:')} {holder.text}", holder.lang, holder.fallback))
        lines.append(row["credit"] or NOTHING)
        found.append({"about": row["about"], "lines": [_said(line, room) for line in lines if line]})
    return found

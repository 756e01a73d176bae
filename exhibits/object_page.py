"""The object page's content, made from an object's view alone: a live record, a draft's preview, another language, all alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from artifacts import annotating
from artifacts.models import Description, Inscription, Relation
from exhibits import addresses, cards, facts, knowing, pictures, recordings, restricted, rights, words
from exhibits.cards import Card, holds
from exhibits.pictures import Picture
from exhibits.restricted import Restricted
from exhibits.words import Said
from records import languages

View = Mapping[str, Any]
STRIP = 60  # views shown in the strip at once; the others are a link away


@dataclass(frozen=True, slots=True)
class ViewOf:
    """One view of the object: its picture, or why there is none to see."""

    id: str
    label: Said
    caption: Said
    picture: Picture | None
    url: str
    position: int
    current: bool
    restricted: bool
    type: str
    regions: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Gallery:
    """The views: the current one, those around it, and where the others are."""

    current: ViewOf | None = None
    strip: list[ViewOf] = field(default_factory=list)
    total: int = 0
    earlier: str = ""
    later: str = ""
    previous: ViewOf | None = None
    next: ViewOf | None = None
    restricted: Restricted | None = None
    every: list[ViewOf] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Inscribed:
    """An inscription: its versions side by side."""

    kind: str
    position: Said
    versions: list[tuple[str, Said]]
    interpretation: Said


def title_of(view: View) -> Said:
    """The title in the visitor's language, or the best other one."""
    return words.said(view["title"], cards.untitled(view["accession_number"]))


def original_title(view: View) -> Said:
    """The original title where the one shown is another."""
    shown = title_of(view)
    for kind in ("original", None):
        for title in view["titles"]:
            other = title.get("text") and title["text"] != shown.text and holds(title)
            if other and (title.get("kind") == "original" if kind else title.get("kind") in {"given", "transliterated"}):
                return Said(title["text"], title.get("language") or "", False)
    return Said("")


def other_titles(view: View) -> list[tuple[str, Said]]:
    """All other titles with their kind."""
    shown = {title_of(view).text, original_title(view).text}
    labels = {"former": _("Former title"), "series": _("Series"), "transliterated": _("Transliterated"), "original": _("Original title")}
    return [
        (labels.get(title.get("kind") or "", _("Title")), Said(title["text"], title.get("language") or ""))
        for title in view["titles"]
        if title.get("text") and title["text"] not in shown and holds(title)
    ]


def gallery(view: View, wanted: str = "") -> Gallery:
    """The object's views around the wanted one (an ArtifactMedia's public id), else around the primary one that may be seen."""
    stand_ins = recordings.beside(view)
    uses = [use for use in view["media"] if use.get("type") == "image" and use["id"] not in stand_ins]
    if not uses:
        return Gallery()
    title, base = title_of(view), addresses.page(view)
    every = [_view(use, place, title, base, len(uses)) for place, use in enumerate(uses, start=1)]
    chosen = next((one for one in every if one.id == wanted), None) or _first(every, view)
    at = chosen.position - 1
    start = max(0, min(at - STRIP // 2, len(every) - STRIP))
    shown = [_marked(one, one.id == chosen.id) for one in every[start : start + STRIP]]
    return Gallery(
        current=_marked(chosen, True),
        strip=shown if len(every) > 1 else [],
        total=len(every),
        earlier=every[start - 1].url if start else "",
        later=every[start + STRIP].url if start + STRIP < len(every) else "",
        previous=every[at - 1] if at else None,
        next=every[at + 1] if at + 1 < len(every) else None,
        every=every,
        restricted=restricted.of(uses[at]["asset"]) if chosen.restricted else None,
    )


def _first(every: list[ViewOf], view: View) -> ViewOf:
    primary = (view.get("primary") or {}).get("id")
    return next((one for one in every if one.id == primary and one.picture), None) or next((one for one in every if one.picture), every[0])


def _view(use: View, place: int, title: Said, base: str, total: int) -> ViewOf:
    label = words.said(use.get("label"))
    name = Said(f"{title.text} – {label.text}", title.lang) if label else title
    if total > 1 and not label:
        label = Said(_("View %(number)s") % {"number": place})
    return ViewOf(
        id=use["id"], label=label, caption=words.said(use.get("caption")), picture=pictures.of_use(use, name), url=f"{base}?view={use['id']}",
        position=place, current=False, restricted=bool(use.get("restricted")), type=use.get("type", ""),
        regions=_regions(use),
    )  # fmt: skip


def _regions(use: View) -> list[dict[str, Any]]:
    """Described parts of a picture, as the deep zoom's layer of regions takes them."""
    found = []
    for region in use.get("regions") or ():
        text = words.said(region.get("text"))
        if text and region.get("box"):
            place = ",".join(map(str, region["box"]))
            found.append({"box": list(region["box"]), "text": text.text, "lang": text.lang_attribute, "detail": place})
    return found


def _marked(one: ViewOf, current: bool) -> ViewOf:
    return replace(one, current=current)


def texts(view: View) -> tuple[Said, list[tuple[str, Said]]]:
    """The leading text (label, else summary, else the first), and the others with their headings."""
    order = [Description.Kind.LABEL, Description.Kind.SUMMARY, Description.Kind.SIGNIFICANCE, Description.Kind.CONTENT]
    rows = [row for row in view["descriptions"] if holds(row) and row.get("audience") != "specialist"]
    rows += [row for row in view["descriptions"] if holds(row) and row.get("audience") == "specialist"]
    found = [(row.get("kind"), words.said(row["text"])) for row in rows]
    found = [(kind, text) for kind, text in found if text]
    lead = next((pair for kind in order for pair in found if pair[0] == kind), None)
    headings = {
        "label": _("Label"), "summary": _("Summary"), "physical": _("What it looks like"), "content": _("What it shows"),
        "significance": _("Why it matters"), "history": _("History"), "comment": _("Comment"),
    }  # fmt: skip
    rest = [(headings.get(kind or "", _("Text")), text) for kind, text in found if (kind, text) != lead]
    return (lead[1] if lead else Said("")), rest


def inscriptions(view: View) -> list[Inscribed]:
    """Inscriptions with original, transcription, reading and translation."""
    found = []
    for row in view["inscriptions"]:
        if not holds(row):
            continue
        language = row.get("language") or ""
        versions = [
            (_("Original"), Said(row.get("original") or "", language)),
            (_("Transcription"), Said(row.get("transcription") or "", language)),
            (_("Reading"), Said(row.get("reading") or "", "vi" if languages.script(language or "vi") in {"Hani", "Hant"} else "")),
            (_("Translation"), words.said(row.get("translation"))),
        ]
        kind = str(Inscription.Kind(row["kind"]).label) if row.get("kind") else _("inscription")
        found.append(
            Inscribed(
                kind[:1].upper() + kind[1:],
                words.said(row.get("position")),
                [(label, text) for label, text in versions if text],
                words.said(row.get("interpretation")),
            )
        )
    return found


def provenance(view: View) -> list[dict[str, Any]]:
    """Steps of ownership, each with its date, what is told, and who handed it to whom."""
    steps = []
    for row in view["provenance"]:
        if not holds(row):
            continue
        steps.append(
            {
                "date": words.date(row.get("date")),
                "text": words.said(row.get("text")),
                "from": facts.ref(row["from_agent"]) if row.get("from_agent") else None,
                "to": facts.ref(row["to_agent"]) if row.get("to_agent") else None,
                "place": facts.ref(row["place"]) if row.get("place") else None,
                "method": row.get("method") or "",
                "gap": bool(row.get("gap")),
                "certainty": facts.certainty(row),
            }
        )
    return steps


def companions(view: View) -> list[tuple[str, list[Card]]]:
    """The whole, the parts, and related objects, as cards under their headings."""
    found: list[tuple[str, list[Card]]] = []
    if view.get("part_of"):
        found.append((_("Part of"), [cards.of_ref(view["part_of"])]))
    if view["parts"]:
        found.append((_("Parts"), cards.of_refs(view["parts"])))
    related = [cards.of_ref(row["other"], _relation(row)) for row in view["relations"] if row.get("other") and holds(row)]
    if related:
        found.append((_("Companions"), related))
    return found


def _relation(row: View) -> Said:
    note = words.said(row.get("note"))
    return note or Said(str(Relation.Kind(row["kind"]).label))


def elsewhere(view: View) -> list[tuple[str, str, str]]:
    """Related objects of other museums: (relation, name, address)."""
    return [
        (str(Relation.Kind(row["kind"]).label), row.get("other_label") or row["other_uri"], row["other_uri"])
        for row in view["relations"]
        if row.get("other_uri") and holds(row)
    ]


def care(view: View) -> dict[str, Any] | None:
    """What must be said before the object is seen: a warning, and the communities' notices."""
    warning = words.said(view["care"]["warning"])
    sentences = {
        "sacred": _("This object is sacred or ceremonial to a community."),
        "remains": _("This record concerns human remains."),
        "dead": _("This record names or shows people who have died."),
        "wording": _("This record quotes historic wording that is harmful today."),
    }
    sensitivity = view["care"]["sensitivity"]
    notices = [
        {
            "label": words.said(notice.get("label")),
            "uri": notice.get("uri") or "",
            "community": facts.ref(notice["community"]) if notice.get("community") else None,
        }
        for notice in view["care"]["notices"]
    ]
    if not (warning or sensitivity or notices):
        return None
    text = warning or Said(sentences.get(sensitivity, ""))
    return {"text": text, "notices": notices, "veil": bool(sensitivity) and sensitivity != "wording"}


def rights_rows(view: View) -> list[dict[str, Any]]:
    """Rights in plain words: in the work, its pictures, its data."""
    about = {"work": _("The work"), "image": _("The pictures"), "data": _("The data")}
    rows = [
        {
            "about": about.get(row.get("applies_to") or "", _("The work")),
            "statement": rights.statement(row.get("statement") or ""),
            "holder": words.said(row["holder"]["label"]) if row.get("holder") else Said(row.get("holder_text") or ""),
            "credit": words.said(row.get("credit_line")),
        }
        for row in view["rights"]
    ]
    if not any(row.get("applies_to") == "data" for row in view["rights"]) and view.get("data_licence"):
        rows.append({"about": about["data"], "statement": rights.statement(view["data_licence"]), "holder": Said(""), "credit": Said("")})
    return rows


def references(view: View) -> list[dict[str, str]]:
    """Literature and sources: citation, pages, address."""
    return [
        {
            "citation": use["reference"].get("citation") or words.said(use["reference"]["label"]).text,
            "pages": use.get("pages") or "",
            "uri": use["reference"].get("uri") or "",
        }
        for use in view["references"]
    ]


def page(view: View, wanted: str = "", detail: str = "") -> dict[str, Any]:
    """Everything that the template shows, by name. ``detail``: the part "x,y,w,h" of the wanted view that somebody shared."""
    from exchange import descriptions
    from exhibits import citing, page_text, structured, zooming

    lead, rest = texts(view)
    shown = gallery(view, wanted)
    allowed = rights.of_pictures(view["rights"])
    picture = shown.current.picture if shown.current else None
    title, cited = title_of(view), citing.citations(view)
    heard = recordings.of(view, title)
    seen = any(one.picture for one in shown.every)
    written = page_text.addresses_of(view) if seen else {}
    return {
        "title": title,
        "original": original_title(view),
        "other_titles": other_titles(view),
        "subtitle": words.said(view.get("materials_display")),
        "lead": lead,
        "texts": rest,
        "gallery": shown,
        "recordings": heard,
        "key_facts": facts.key_facts(view),
        "groups": facts.groups(view),
        "inscriptions": inscriptions(view),
        "provenance": provenance(view),
        "companions": companions(view),
        "elsewhere": elsewhere(view),
        "exhibitions": view.get("exhibitions", []),
        "care": care(view),
        "rights": rights_rows(view),
        "picture_rights": allowed,
        "downloads": [(picture.url(side), width, height) for side, width, height in rights.sizes(picture.width, picture.height, allowed)]
        if picture
        else [],
        "known": knowing.statements(view),
        "references": references(view),
        "citations": cited,
        "permalink": addresses.absolute(view["uri"]),
        "embed": _frame(view, title, shown) if seen else "",
        "url": addresses.page(view),
        "sheet": addresses.sheet(view["id"]),
        "manifest": addresses.absolute(addresses.manifest(view["id"])) if seen or any(one.address for one in heard) else "",
        "viewer": {"books": [zooming.book(view, shown.every, title.text, dict(cited)["Chicago"], written)]} if seen else None,
        "has_texts": bool(written),
        "detail": zooming.detail(shown.current, detail),
        "maps": [addresses.absolute(addresses.georeference(view["id"], use)) for use in annotating.maps_on(view["id"])] if seen else [],
        "structured": structured.of_object(view),
        "descriptions": [
            {"label": one.label, "path": one.path(view["id"]), "media_type": one.media_type} for one in descriptions.offered("object")
        ],
        "description": _description(lead, view),
    }


def _frame(view: View, title: Said, shown: Gallery) -> str:
    """The HTML with which anybody puts the pictures into a page of their own, the shown one first."""
    chosen = f"&view={shown.current.id}" if shown.current and shown.total > 1 else ""
    address = addresses.absolute(f"{addresses.embed(view['id'])}?lang={get_language()}{chosen}")
    size = 'width="640" height="480" loading="lazy" allow="fullscreen; clipboard-write" style="border:0"'
    return f'<iframe src="{escape(address)}" title="{escape(title.text)}" {size}></iframe>'


def _description(lead: Said, view: View) -> str:
    """A sentence or two for search engines and shared links."""
    text = lead.text or " · ".join(
        filter(None, [cards.makers_line(view).text, words.date(view.get("date")).text, view["accession_number"]])
    )
    text = " ".join(text.split())
    return text if len(text) <= 200 else text[:199].rsplit(" ", 1)[0] + "…"

"""Words that LIDO recommends, by their URIs: the LIDO Terminology, and the Art & Architecture Thesaurus for what is measured."""

from __future__ import annotations

_LIDO = "http://terminology.lido-schema.org/lido"
_AAT = "http://vocab.getty.edu/aat/"

# identifiers (type)
URI, LOCAL = f"{_LIDO}00099", f"{_LIDO}00100"
INVENTORY_NUMBER = f"{_LIDO}00113"
# names and terms (pref)
PREFERRED, ALTERNATIVE = f"{_LIDO}00169", f"{_LIDO}00170"
# materials and techniques (type)
MATERIAL, TECHNIQUE = f"{_LIDO}00132", f"{_LIDO}00131"
# dates (type)
EXACT, ESTIMATED = f"{_LIDO}00528", f"{_LIDO}00529"
# repositories (type)
CURRENT, FORMER = f"{_LIDO}00475", f"{_LIDO}00476"
# rights (type): a kind of right such as copyright, or one licence or statement; never both in one set
GENERIC_RIGHT, SPECIFIC_RIGHT = f"{_LIDO}00920", f"{_LIDO}00921"
# the record (type): what a set of information is about, and which day it tells
THIS_RECORD, SOURCE_RECORD = f"{_LIDO}00470", f"{_LIDO}00471"
CREATED, MODIFIED = f"{_LIDO}00472", f"{_LIDO}00473"

HUMAN_MADE = f"{_LIDO}00096"
HUMAN_MADE_SAME = (f"{_AAT}300386957", "http://www.cidoc-crm.org/cidoc-crm/E22_Human-Made_Object")

# kinds of events: as the record names them → concept
EVENTS = {
    "production": f"{_LIDO}00007",
    "collecting": f"{_LIDO}00010",
    "excavation": f"{_LIDO}00033",
    "use": f"{_LIDO}00011",
    "publication": f"{_LIDO}00228",
    "modification": f"{_LIDO}00006",
}
ACQUISITION, PROVENANCE, EXHIBITION = f"{_LIDO}00001", f"{_LIDO}00227", f"{_LIDO}00225"
UNSPECIFIED = f"{_LIDO}00003"

# kinds of agents; of families, peoples and unknown makers LIDO is told nothing
ACTORS = {"person": f"{_LIDO}00163", "group": f"{_LIDO}00413", "workshop": f"{_LIDO}00413"}

# levels of records: (concept, its English name)
_ITEM, _GROUP = (f"{_LIDO}00141", "Item-level record"), (f"{_LIDO}00453", "Group-level record")
LEVELS = {"item": _ITEM, "part": (f"{_LIDO}00447", "Component-level record"), "group": _GROUP, "lot": _GROUP, "set": _GROUP}

HAS_PART, IS_PART_OF = (f"{_LIDO}00573", "has part"), (f"{_LIDO}00574", "is part of")
DOCUMENTED_IN = (f"{_LIDO}00617", "is documented in")

# digital surrogates (type)
PREVIEW = f"{_LIDO}00451"
REPRESENTATIONS = {
    "image": f"{_LIDO}00464",
    "audio": f"{_LIDO}00465",
    "video": f"{_LIDO}00466",
    "model": f"{_LIDO}00468",
    "document": f"{_LIDO}00482",
}

MEASURED = {
    "height": f"{_AAT}300055644",
    "width": f"{_AAT}300055647",
    "depth": f"{_AAT}300072633",
    "length": f"{_AAT}300055645",
    "diameter": f"{_AAT}300055624",
    "thickness": f"{_AAT}300055646",
    "weight": f"{_AAT}300056240",
    "count": f"{_AAT}300404433",
}
UNITS = {"mm": f"{_AAT}300379097", "cm": f"{_AAT}300379098", "m": f"{_AAT}300379099", "g": f"{_AAT}300379225", "kg": f"{_AAT}300379226"}

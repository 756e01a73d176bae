"""Publication classes of the vocabularies' fields (see ``records.publication``)."""

from records.publication import I, P, S

_RECORD = {
    "id": I,
    "public_id": P,
    "created_at": I,
    "updated_at": P,
    "latest_revision": I,
    "label": P,
    "sort_label": I,
    "description": P,
    "status": S,
    "is_public": I,
    "staff_note": S,
    "source": S,
    "source_id": S,
}
_CHILD = {"id": I, "sort_order": I}
_LINK = {**_CHILD, "uri": P, "scheme": P, "match": P, "checked_on": S}
_DATE = {
    "date_text": P,
    "date_display": P,
    "date_edtf": P,
    "date_earliest": P,
    "date_latest": P,
    "date_calendar": P,
    "date_era": P,
    "date_era_year": P,
    "date_circa": P,
    "date_uncertain": P,
}

TABLES = {
    "vocabularies.Agent": {**_RECORD, "kind": P, "nationality": P, "gender": S, "life_dates": P, "birth_year": P, "death_year": P},
    "vocabularies.AgentName": {**_CHILD, "agent": I, "text": P, "language": P, "kind": P},
    "vocabularies.AgentDate": {**_CHILD, **_DATE, "agent": I, "kind": P, "place": P},
    "vocabularies.AgentRelation": {**_CHILD, "agent": I, "kind": P, "other": P},
    "vocabularies.AgentLink": {**_LINK, "agent": I},
    "vocabularies.Place": {
        **_RECORD,
        "kind": P,
        "broader": P,
        # the exact position is for staff; the public gets it as exactly as public_precision says (resolving, views)
        "latitude": S,
        "longitude": S,
        "geometry": S,
        "public_precision": S,
    },
    "vocabularies.PlaceName": {**_CHILD, **_DATE, "place": I, "text": P, "language": P},
    "vocabularies.PlaceLink": {**_LINK, "place": I},
    "vocabularies.Vocabulary": {**_RECORD, "code": P, "uri": P},
    "vocabularies.Term": {**_RECORD, "vocabulary": I, "broader": P, "notation": P, "scope_note": P, "related": I, "replaced_by": P},
    "vocabularies.TermLabel": {**_CHILD, "term": I, "text": P, "language": P, "kind": P},
    "vocabularies.TermBroader": {**_CHILD, "term": I, "broader": P},
    "vocabularies.TermLink": {**_LINK, "term": I},
    "vocabularies.Period": {
        **_RECORD,
        "kind": P,
        "broader": P,
        "earliest": P,
        "latest": P,
        "ruler": P,
        "calendar": P,
        "year_one": P,
    },
    "vocabularies.PeriodLink": {**_LINK, "period": I},
    "vocabularies.Reference": {**_RECORD, "kind": P, "citation": P, "csl": P, "uri": P},
    "vocabularies.Museum": {**_RECORD, "code": P, "isil": P, "place": P, "homepage": P, "accession_pattern": S},
    "vocabularies.Department": {**_RECORD, "code": P, "museum": P, "workflow": I},
    "vocabularies.DepartmentMembership": {"id": I, "department": I, "user": I},
    "vocabularies.MergedRecord": dict.fromkeys(
        (
            "id",
            "kind",
            "old_key",
            "public_id",
            "was_public",
            "into_key",
            "source",
            "source_id",
            "content",
            "merged_at",
            "merged_by",
        ),
        I,
    ),
    "vocabularies.CollectionSet": {**_RECORD, "broader": P, "museum": P},
}

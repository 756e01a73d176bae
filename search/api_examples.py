"""What the API's documentation shows: one answer of each kind, as the museum gives it."""

from __future__ import annotations

from typing import Any

DRUM: dict[str, Any] = {
    "kind": "object",
    "id": "k3v9x2m7q4ab",
    "uri": "/o/k3v9x2m7q4ab",
    "slug": "trong-dong-ngoc-lu",
    "number": "BT 1987.12.3a",
    "title": {"vi": "Trống đồng Ngọc Lũ", "en": "Ngọc Lũ bronze drum"},
    "makers": [],
    "makers_display": {},
    "date": {"text": "khoảng 500–100 TCN", "display": {}, "earliest": -499, "latest": -99},
    "type": {"vi": "trống", "en": "drum"},
    "materials_display": {"vi": "đồng"},
    "image": None,
    "restricted": False,
    "pictures": 0,
    "sensitivity": "",
    "written": False,
}
FOUND: dict[str, Any] = {
    "total": 1,
    "page": 1,
    "pages": 1,
    "items": [
        {
            "kind": "object",
            "id": DRUM["id"],
            "score": 187.2,
            "record": DRUM,
            "highlights": [{"field": "title", "language": "vi", "html": "<mark>Trống</mark> <mark>đồng</mark> Ngọc Lũ"}],
        }
    ],
    "facets": {
        "material": {
            "buckets": [
                {"id": "m5c8t1r9w2zx", "label": {"vi": "đồng", "en": "bronze"}, "count": 1, "selected": False, "path": ["n7d2k4p6s8qy"]}
            ],
            "missing": 0,
            "more": False,
        }
    },
    "histogram": [{"first": -500, "last": -401, "count": 1}],
    "did_you_mean": "",
    "relaxed": "",
    "also": ["bronze drum"],
    "not_found": [],
    "next_cursor": "",
    "degraded": False,
}
REFUSED: dict[str, Any] = {"detail": "The first year (1900) is after the last (1800)."}
AWAY: dict[str, Any] = {"detail": "The search engine is away for a moment: ask again with the same cursor."}
REFUSED_SUGGESTION: dict[str, Any] = {"detail": "limit: Input should be less than or equal to 20."}
SUGGESTED: dict[str, Any] = {
    "items": [
        {
            "kind": "object",
            "id": DRUM["id"],
            "label": "Trống đồng Ngọc Lũ",
            "html": "<mark>Trống</mark> <mark>đồn</mark>g Ngọc Lũ",
            "record": DRUM,
        }
    ]
}


def _shown(example: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"example": example}}}


SEARCH: dict[str, Any] = {"responses": {200: _shown(FOUND), 422: _shown(REFUSED), 503: _shown(AWAY)}}
SUGGEST: dict[str, Any] = {"responses": {200: _shown(SUGGESTED), 422: _shown(REFUSED_SUGGESTION)}}

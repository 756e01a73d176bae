"""Publication classes of what is kept of other museums: nothing of it is in a projection of ours."""

from records.publication import I, P, S

TABLES = {
    "exchange.PeerFeed": dict.fromkeys(("id", "address", "reached_at", "reached_keys", "harvested_at"), I),
    "exchange.Harvested": dict.fromkeys(
        ("id", "feed", "uri", "changed_at", "waiting", "attempts", "problem", "label", "sha256", "etag"), I
    ),
    "exchange.PeerObject": {
        **dict.fromkeys(
            ("address", "public_id", "label", "summary", "provider", "attribution", "rights", "homepage", "canvas", "fetched_at"), P
        ),
        **dict.fromkeys(("width", "height", "color"), P),
        **dict.fromkeys(("state", "problem", "checked_at", "created_at", "updated_at", "page_number"), S),
        **dict.fromkeys(("id", "etag", "picture", "picture_sha256"), I),
    },
}

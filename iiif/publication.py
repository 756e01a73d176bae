"""Publication classes of derived data: nothing of it is in a projection (see ``records.publication``)."""

from records.publication import I

TABLES = {
    "iiif.StoredManifest": dict.fromkeys(
        ("id", "kind", "record_pk", "public_id", "body", "pages", "sha256", "label", "thumbnail", "problems", "version", "built_at"), I
    ),
}

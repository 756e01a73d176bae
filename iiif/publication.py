"""Publication classes of derived data and of rules for pictures: nothing of it is in a projection (see ``records.publication``)."""

from records.publication import I

TABLES = {
    "iiif.PictureRules": dict.fromkeys(
        ("id", "museum", "longest", "mark", "mark_all", "pattern", "small", "networks", "origins", "heading", "note"), I
    ),
    "iiif.StoredManifest": dict.fromkeys(
        (
            "id",
            "kind",
            "record_pk",
            "public_id",
            "body",
            "pages",
            "sha256",
            "label",
            "thumbnail",
            "problems",
            "refused",
            "version",
            "built_at",
        ),
        I,
    ),
    # what the public feed tells of manifests that were public
    "iiif.Activity": dict.fromkeys(("sequence", "type", "kind", "public_id", "target", "sha256", "end_time"), I),
}

"""Publication classes of the media's fields (see ``records.publication``)."""

from records.publication import I, P, S

TABLES = {
    "media.Blob": {"id": I, "sha256": S, "sha512": S, "size": S, "mime": P, "created_at": S},
    "media.Asset": {
        "id": I,
        "public_id": P,
        "created_at": I,
        "updated_at": I,
        "kind": P,
        "blob": I,
        "original_filename": S,
        "state": S,
        "failure": S,
        "width": P,
        "height": P,
        "color": P,
        "version": P,
        "tier": I,
        "alt_text": P,
    },
}

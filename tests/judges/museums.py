"""A museum whose data came without pictures, for the judges of manifests: each object gets one, as a row without a file.

python -m tests.judges.museums        then: manage.py rebuild_manifests, python -m tests.judges.readers

For a copy of a museum only (DATABASE_URL, MUSEUM_VAR): the pictures cannot be opened.
"""

from __future__ import annotations

import os


def main() -> None:
    """Every public object without a picture gets one of the size of a usual photograph."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "museum.settings")
    import django

    django.setup()
    from artifacts.models import Artifact, ArtifactMedia
    from media.models import Asset, Blob

    bare = list(Artifact.objects.public().exclude(pk__in=ArtifactMedia.objects.values("artifact")).values_list("pk", flat=True))
    digits = "for judges of manifests"
    blob, _ = Blob.objects.get_or_create(sha256=f"{digits:0>64}", defaults={"sha512": f"{digits:0>128}", "size": 1, "mime": "image/jpeg"})
    for start in range(0, len(bare), 2000):
        some = bare[start : start + 2000]
        ready = {"state": Asset.State.READY, "width": 3000, "height": 4000, "color": "#886644", "version": "0123456789abcdef"}
        assets = Asset.objects.bulk_create(Asset(blob=blob, original_filename="judged.jpg", **ready) for _ in some)
        ArtifactMedia.objects.bulk_create(
            ArtifactMedia(artifact_id=pk, asset=asset, sort_order=0, primary=True, published=True)
            for pk, asset in zip(some, assets, strict=True)
        )
    print(f"{len(bare):,} objects have a picture now.")


if __name__ == "__main__":
    main()

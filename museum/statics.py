"""Static files as production serves them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModules(CompressedManifestStaticFilesStorage):
    """Imports between our own modules lead to hashed names too, so that no browser mixes the parts of two versions.

    Vendored bundles are left as they are: what looks like an import in them may be anything.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        *(
            (f"{folder}/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1])
            for folder in ("exhibits", "workplace", "records")
        ),
    )

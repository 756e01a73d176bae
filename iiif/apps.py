"""The room ``iiif``: pictures and records in the language of the International Image Interoperability Framework."""

from django.apps import AppConfig


class IiifConfig(AppConfig):
    name = "iiif"

    def ready(self) -> None:
        from iiif.image import access
        from iiif.presentation import collection_kinds, objects, store, written
        from iiif.publication import TABLES
        from records import publication

        access.connect()
        publication.register(TABLES)
        store.register(objects.KIND)
        collection_kinds.register()
        written.register()

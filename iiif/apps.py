"""The room ``iiif``: pictures and records in the language of the International Image Interoperability Framework."""

from django.apps import AppConfig


class IiifConfig(AppConfig):
    name = "iiif"

    def ready(self) -> None:
        from iiif.image import access
        from iiif.presentation import objects, sources, store
        from iiif.publication import TABLES
        from records import journal, publication

        access.connect()
        publication.register(TABLES)
        sources.register("object", objects.describe)
        journal.register(store.CONSUMER, ["object"], store.process)

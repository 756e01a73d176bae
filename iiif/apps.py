"""The room ``iiif``: pictures and records in the language of the International Image Interoperability Framework."""

from django.apps import AppConfig


class IiifConfig(AppConfig):
    name = "iiif"

    def ready(self) -> None:
        from iiif.changes import noting
        from iiif.image import access
        from iiif.presentation import collection_kinds, house, objects, store, written
        from iiif.publication import TABLES
        from iiif.rules import objects_concerned
        from records import publication, ticking
        from records.watching import watch_part

        access.connect()
        watch_part(self.get_model("PictureRules"), objects_concerned)
        publication.register(TABLES)
        store.register(objects.KIND)
        collection_kinds.register()
        written.register()
        house.register()
        ticking.register("changes told", noting.reconcile, seconds=ticking.NIGHTLY)

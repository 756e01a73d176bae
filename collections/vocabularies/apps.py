"""The room ``vocabularies``: what objects are described with."""

from django.apps import AppConfig


class VocabulariesConfig(AppConfig):
    name = "vocabularies"

    def ready(self) -> None:
        from records import publication
        from vocabularies import resolving, views, watching
        from vocabularies.publication import TABLES

        publication.register(TABLES)
        resolving.register()
        views.register()
        watching.connect()

"""The room ``media``: digital assets of every kind."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "media"

    def ready(self) -> None:
        from media import resolving, tasks
        from media.publication import TABLES
        from records import publication

        publication.register(TABLES)
        resolving.register()
        tasks.connect()

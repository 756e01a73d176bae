"""The room ``artifacts``: the object record."""

from django.apps import AppConfig


class ArtifactsConfig(AppConfig):
    name = "artifacts"

    def ready(self) -> None:
        from artifacts import loading, watching
        from artifacts.publication import TABLES
        from records import publication

        publication.register(TABLES)
        loading.register()
        watching.connect()

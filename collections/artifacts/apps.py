"""The room ``artifacts``: the object record."""

from django.apps import AppConfig


class ArtifactsConfig(AppConfig):
    name = "artifacts"

    def ready(self) -> None:
        from artifacts import dependents, loading, publishing, rescanning, watching
        from artifacts.publication import TABLES
        from media import access
        from records import journal, publication, ticking

        publication.register(TABLES)
        loading.register()
        rescanning.register()
        access.register("objects", publishing.uses_of)
        watching.connect()
        journal.register(dependents.CONSUMER, dependents.MODELS, dependents.process, fresh=["object"])
        ticking.register("scheduled publishing", publishing.run_schedule)
        ticking.register("embargoes", publishing.tick)

"""The room ``media``: digital assets of every kind."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "media"

    def ready(self) -> None:
        from media import mending, resolving, rounds, storage, tasks
        from media.publication import TABLES
        from records import publication, ticking

        publication.register(TABLES)
        resolving.register()
        tasks.connect()
        storage.when_doubted(mending.doubted)
        ticking.register("fixity", rounds.verify, seconds=ticking.NIGHTLY)
        ticking.register("broken access copies", rounds.mend, seconds=ticking.NIGHTLY)
        ticking.register("unused files", rounds.clean, seconds=ticking.NIGHTLY)

"""The house: joins the rooms."""

from django.apps import AppConfig


class MuseumConfig(AppConfig):
    name = "museum"
    verbose_name = "Museum"

    def ready(self) -> None:
        from museum import worker

        worker.register()

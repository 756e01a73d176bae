"""The house: joins the rooms."""

from django.apps import AppConfig


class MuseumConfig(AppConfig):
    name = "museum"
    verbose_name = "Museum"

    def ready(self) -> None:
        from museum import health, worker
        from search import health as search_health

        worker.register()
        health.search_check = search_health.sentence
        health.figures.append(("museum_search_documents", "Documents in each search index.", search_health.documents))

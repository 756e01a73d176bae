"""The room ``search``."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from records import journal, ticking
        from search import auditing, builders, indexing
        from search.building import CONSUMER, FALLBACK_CONSUMER

        builders.register()
        journal.register(CONSUMER, process=indexing.catch_up)
        journal.register(FALLBACK_CONSUMER, process=indexing.catch_up_fallback)
        ticking.register("search audit", auditing.nightly, seconds=ticking.NIGHTLY)

"""The room ``search``."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.conf import settings

        from records import journal, ticking
        from search import auditing, builders, content_search, indexing, missed
        from search.building import CONSUMER, FALLBACK_CONSUMER
        from search.engines.addresses import parse_address
        from search.texts import indexing as pages

        parse_address(settings.SEARCH_URL, str(settings.MUSEUM_VAR))  # a wrong address stops the start, not the first visitor
        builders.register()
        content_search.register()
        journal.register(CONSUMER, process=indexing.catch_up)
        journal.register(FALLBACK_CONSUMER, process=indexing.catch_up_fallback)
        journal.register(pages.CONSUMER, ["object"], pages.catch_up)
        ticking.register("audit of pages", pages.nightly, seconds=ticking.NIGHTLY)
        ticking.register("searches without results", missed.nightly, seconds=ticking.NIGHTLY)
        ticking.register("search audit", auditing.nightly, seconds=ticking.NIGHTLY)

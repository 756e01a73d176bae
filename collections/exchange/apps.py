"""The room ``exchange``: data in and out."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"

    def ready(self) -> None:
        from exchange.peers import keeping
        from exchange.publication import TABLES
        from records import publication, ticking

        publication.register(TABLES)
        ticking.register("objects of other museums", keeping.refresh_stale, seconds=ticking.NIGHTLY)

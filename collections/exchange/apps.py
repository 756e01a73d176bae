"""The room ``exchange``: data in and out."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from exchange import descriptions, lido, plain
        from exchange.linked_art import objects, visual
        from exchange.peers import keeping
        from exchange.publication import TABLES
        from records import publication, ticking

        publication.register(TABLES)
        descriptions.offer(
            descriptions.Description("object", "jsonld", _("Linked Art"), "application/ld+json", objects.PROFILE, objects.write)
        )
        descriptions.offer(
            descriptions.Description(
                "object", visual.SUFFIX, _("Linked Art"), "application/ld+json", objects.PROFILE, visual.write, named=False
            )
        )
        descriptions.offer(
            descriptions.Description("object", "json", _("All public data (JSON)"), plain.MEDIA_TYPE, plain.SCHEMA, plain.write)
        )
        descriptions.offer(descriptions.Description("object", lido.SUFFIX, "LIDO", lido.MEDIA_TYPE, lido.PROFILE, lido.write))
        ticking.register("objects of other museums", keeping.refresh_stale, seconds=ticking.NIGHTLY)

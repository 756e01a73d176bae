"""The room ``exhibits``: the visitor's museum."""

from django.apps import AppConfig


class ExhibitsConfig(AppConfig):
    name = "exhibits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from exhibits import following, founding, manifests, projecting, publication, reshaped, watching
        from media import reshaping
        from records import journal
        from records import publication as classes

        classes.register(publication.TABLES)
        projecting.register()
        manifests.register()
        watching.connect()
        journal.register(following.CONSUMER, ["object"], following.process, fresh=())
        reshaping.register("exhibitions", reshaped.follow)
        post_migrate.connect(founding.after_migrate, sender=self, dispatch_uid="exhibits-founding")

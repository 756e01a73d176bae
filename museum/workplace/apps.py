"""The workplace: Wagtail's admin as the museum's staff see it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class WorkplaceConfig(AppConfig):
    name = "museum.workplace"
    label = "workplace"
    verbose_name = "Workplace"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.forms import TaskStateCommentForm
        from wagtail.permissions import register_permission_policy

        from artifacts.models import Artifact
        from artifacts.permissions import DepartmentPolicy
        from media.models import Asset
        from museum.workplace import comparing, roles, status
        from museum.workplace.batches import trying
        from museum.workplace.media.permissions import FilePolicy
        from museum.workplace.searching import alerts
        from records import ticking

        register_permission_policy(Artifact, DepartmentPolicy(Artifact))
        register_permission_policy(Asset, FilePolicy(Asset))
        comparing.register()
        # Wagtail asks for this word once, in the language of the moment
        TaskStateCommentForm.base_fields["comment"].label = _("Comment")
        status.register("publication", _("Publication"), status.publication)
        status.register("pictures", _("Pictures"), status.pictures)
        status.register("manifest", _("Manifest"), status.manifest)
        status.register("journeys", _("On its way"), status.journeys)
        ticking.register("search alerts", alerts.check_all, seconds=alerts.EVERY_SECONDS)
        ticking.register("batch edits never begun", trying.forget, seconds=ticking.NIGHTLY)
        post_migrate.connect(roles.after_migrate, dispatch_uid="workplace-roles")

"""The roles with their permissions, and the default workflow. Made after every migrate; what a museum has added stays."""

from __future__ import annotations

from typing import Any

from django.apps import apps as global_apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, transaction
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowContentType, WorkflowTask
from wagtail.snippets.models import create_extra_permissions

from vocabularies.roles import Role

OBJECT = "artifacts.artifact"
PICTURE = "artifacts.artifactmedia"
FILE = "media.asset"
NOTE = "artifacts.annotation"
WORDS = ("agent", "place", "term", "period", "reference", "collectionset")
HOUSE = ("vocabulary", "museum", "department")

WORKFLOW = "Curator’s review"


def _on(model: str, *actions: str) -> list[str]:
    app, name = model.split(".")
    return [f"{app}.{action}_{name}" for action in actions]


def _words(*actions: str) -> list[str]:
    return [permission for name in WORDS for permission in _on(f"vocabularies.{name}", *actions)]


def _house(*actions: str) -> list[str]:
    names = [*(f"vocabularies.{name}" for name in HOUSE), "artifacts.objecttype"]
    return [permission for name in names for permission in _on(name, *actions)]


ENTER = ["wagtailadmin.access_admin"]
READ = [*ENTER, *_on(OBJECT, "view"), *_on(PICTURE, "view"), *_on(FILE, "view"), *_on(NOTE, "view"), *_words("view"), *_house("view")]
CATALOGUE = [
    *READ,
    *_on(OBJECT, "add", "change"),
    *_on(PICTURE, "add", "change", "delete"),
    *_on(FILE, "add", "change"),
    *_on(NOTE, "add", "change", "delete"),
    *_words("add", "change"),
]
PUBLISH = [*_on(OBJECT, "publish", "lock", "unlock", "withdraw", "merge")]
SYNONYMS = _on("search.synonymrule", "view", "add", "change", "delete")
RESTRICTED = _on(OBJECT, "see_restricted")

PERMISSIONS: dict[str, list[str]] = {
    Role.CONTRIBUTOR: [],
    Role.CATALOGUER: CATALOGUE,
    Role.CURATOR: [*CATALOGUE, *PUBLISH, *_house("change"), *SYNONYMS],
    Role.REGISTRAR: [*CATALOGUE, *RESTRICTED, *_on(OBJECT, "lock", "unlock", "withdraw", "merge"), *_house("change")],
    Role.CONSERVATOR: [
        *READ,
        *_on(OBJECT, "change"),
        *_on(PICTURE, "add", "change"),
        *_on(FILE, "add", "change"),
        *_on(NOTE, "add", "change", "delete"),
    ],
    Role.PHOTOGRAPHER: [*READ, *_on(PICTURE, "add", "change", "delete"), *_on(FILE, "add", "change")],
    Role.PUBLISHER: [*READ, *_on(OBJECT, "change"), *PUBLISH, *SYNONYMS],
}
# Acts on objects that Django does not know by itself: codename → name.
ACTS = {
    "see_restricted_artifact": "Can see prices, restrictions and other restricted fields",
    "withdraw_artifact": "Can withdraw and restore objects",
    "merge_artifact": "Can merge duplicate objects",
}
# Everything in these rooms, and the users, groups and pages of Wagtail, is an administrator's.
ADMINISTERED = (
    "artifacts",
    "vocabularies",
    "media",
    "records",
    "exhibits",
    "iiif",
    "procedures",
    "exchange",
    "search",
    "wagtailcore",
    "wagtailredirects",
    "auth",
)


def after_migrate(sender: Any, using: str = DEFAULT_DB_ALIAS, apps: Any = global_apps, **kwargs: Any) -> None:
    """Make roles once, after the last app has been migrated: permissions exist only then."""
    if sender.label == list(global_apps.app_configs)[-1]:
        make(using)


@transaction.atomic
def make(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make groups, permissions and the default workflow. Running it again changes nothing and removes nothing."""
    create_extra_permissions(global_apps.get_app_config("artifacts"), using=using)
    create_extra_permissions(global_apps.get_app_config("media"), using=using)
    create_extra_permissions(global_apps.get_app_config("vocabularies"), using=using)
    artifact = ContentType.objects.db_manager(using).get(app_label="artifacts", model="artifact")
    for codename, name in ACTS.items():
        Permission.objects.using(using).get_or_create(content_type=artifact, codename=codename, defaults={"name": name})
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for role in Role:
        group, _ = Group.objects.using(using).get_or_create(name=role.value)
        if role is Role.ADMINISTRATOR:
            wanted = [name for name in known if name.partition(".")[0] in ADMINISTERED] + ENTER
        else:
            wanted = PERMISSIONS[role]
        group.permissions.add(*(known[name] for name in wanted))
    _give_pages(using)
    _make_workflow(using, artifact)


def _give_pages(using: str) -> None:
    """Publishers, curators and administrators work on the museum's pages."""
    root = Page.objects.using(using).filter(depth=1).first()
    if root is None:
        return
    for role in (Role.PUBLISHER, Role.CURATOR, Role.ADMINISTRATOR):
        group = Group.objects.using(using).get(name=role.value)
        for codename in ("add_page", "change_page", "publish_page"):
            permission = Permission.objects.using(using).get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.using(using).get_or_create(group=group, page=root, permission=permission)


def _make_workflow(using: str, artifact: ContentType) -> None:
    """“Curator’s review” for objects, unless the museum has chosen a workflow of its own."""
    if WorkflowContentType.objects.using(using).filter(content_type=artifact).exists():
        return
    workflow, fresh = Workflow.objects.using(using).get_or_create(name=WORKFLOW, defaults={"active": True})
    if fresh:
        task = GroupApprovalTask.objects.using(using).create(name=WORKFLOW, active=True)
        task.groups.set(Group.objects.using(using).filter(name__in=[Role.CURATOR.value, Role.PUBLISHER.value]))
        WorkflowTask.objects.using(using).create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.using(using).create(workflow=workflow, content_type=artifact)

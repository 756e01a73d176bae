"""Who may do what with which object: the permissions of the user's roles, within the user's departments."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import GroupApprovalTask, WorkflowState
from wagtail.permission_policies import ModelPermissionPolicy

from artifacts.models import Artifact
from vocabularies.roles import departments_of, works_everywhere, works_in

# See prices, restrictions and other fields of the publication class R.
SEE_RESTRICTED = "artifacts.see_restricted_artifact"
# What a workflow gives to its reviewers, whatever department they work in.
REVIEWERS_ACTIONS = frozenset({"view", "change", "lock", "unlock"})


class DepartmentPolicy(ModelPermissionPolicy):
    """Permissions on objects, department by department. A reviewer of an object's current workflow task is let in, too."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Nothing is deleted: objects are withdrawn."""
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Artifact) -> bool:
        if self.user_has_permission(user, action) and self._works_on(user, instance):
            return True
        return action in REVIEWERS_ACTIONS and reviews(user, instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Artifact]:
        if not self.user_has_any_permission(user, actions):
            return Artifact.objects.none()
        return within_departments(user, Artifact.objects.all())

    def users_with_any_permission_for_instance(self, actions: Collection[str], instance: Artifact) -> Any:
        return self.users_with_any_permission(actions).filter(department_memberships__department=instance.department_id)

    def _works_on(self, user: Any, instance: Artifact) -> bool:
        """A stored object counts by the department it is stored under, whatever a draft or a form says."""
        if instance.pk is None:
            return instance.department_id is None or works_in(user, instance.department_id)
        stored = Artifact.objects.filter(pk=instance.pk).values_list("department_id", flat=True).first()
        return works_in(user, stored)


def within_departments(user: Any, objects: QuerySet[Artifact]) -> QuerySet[Artifact]:
    """Those of ``objects`` that lie in the user's departments."""
    return objects if works_everywhere(user) else objects.filter(department__in=departments_of(user))


def reviews(user: Any, instance: Artifact) -> bool:
    """True when the object is in a workflow and its current task lets the user into the editor."""
    if instance.pk is None or not user.is_authenticated or not user.has_perm("wagtailadmin.access_admin"):
        return False
    task = instance.current_workflow_task
    return task is not None and task.user_can_access_editor(instance, user)


def under_review_by(user: Any, most: int) -> list[int]:
    """Keys of the objects that wait for a review by one of the user's groups, the latest first, at most ``most``."""
    waiting = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Artifact),
        status=WorkflowState.STATUS_IN_PROGRESS,
        current_task_state__task__in=GroupApprovalTask.objects.filter(groups__in=user.groups.all()),
    )
    return [int(key) for key in waiting.order_by("-created_at").values_list("object_id", flat=True)[:most]]

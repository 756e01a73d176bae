"""Keeps every workplace view of a record to those who may work on that record. Wagtail asks for permissions on the model alone."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.views import View
from wagtail.permissions import policy_registry

ANY = ("view", "change", "publish", "lock")


def require(user: Any, record: Model, *actions: str) -> None:
    """Raise Http404 when the user may not know of ``record``, PermissionDenied when none of ``actions`` is allowed on it."""
    policy = policy_registry.get(record)
    if not policy.user_has_any_permission_for_instance(user, ANY, record):
        raise Http404("No such record in your departments.")
    if actions and not policy.user_has_any_permission_for_instance(user, actions, record):
        raise PermissionDenied


class RecordChecked(View):
    """Put in front of a view whose address holds the key of a record."""

    model: type[Model]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        # Before the view's own set-up: that already fetches, and for some views locks or counts.
        if "pk" in kwargs:
            self._check(request, kwargs["pk"])
        super().setup(request, *args, **kwargs)

    def _check(self, request: HttpRequest, pk: Any) -> None:
        try:
            record = self.model._default_manager.get(pk=unquote(str(pk)))
        except (ObjectDoesNotExist, ValueError):
            raise Http404("No such record.") from None
        required = getattr(type(self), "permission_required", None)
        any_required = getattr(type(self), "any_permission_required", None)
        actions = [required] if isinstance(required, str) else list(any_required or [])
        require(request.user, record, *actions)


class Checked:
    """For viewsets: constructs every view with ``RecordChecked`` in front."""

    def construct_view(self, view_class: type[View], **kwargs: Any) -> Any:
        checked = type(view_class.__name__, (RecordChecked, view_class), {})
        return super().construct_view(checked, **kwargs)  # type: ignore[misc]

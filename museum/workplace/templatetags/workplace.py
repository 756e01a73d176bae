"""Words that the workplace's templates need on every page."""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.widgets.button import ListingButton

from artifacts.models import Artifact
from museum.workplace import mistakes as found
from vocabularies.models import Museum

register = template.Library()
KEPT_SECONDS = 60


@register.simple_tag
def museum_name() -> str:
    """The name of the museum; of the house, when it catalogues for several."""
    key = f"workplace-museum-name-{get_language()}"
    name = cache.get(key)
    if name is None:
        museums = list(Museum.objects.all()[:2])
        name = str(museums[0]) if len(museums) == 1 else settings.WAGTAIL_SITE_NAME
        cache.set(key, name, KEPT_SECONDS)
    return name


@register.simple_tag
@lru_cache(maxsize=100)
def kept_icon(name: str) -> str:
    """Wagtail's icon, drawn once: every row of a form has four."""
    return render_to_string("wagtailadmin/shared/icon.html", {"name": name, "classname": "icon"})


@register.simple_tag
def mistakes(form: Any, panel: Any = None) -> list[found.Mistake]:
    """What is wrong with a form that was sent; nothing for one that was not."""
    return found.mistakes(form, panel) if getattr(form, "is_bound", False) and not form.is_valid() else []


@register.simple_tag(takes_context=True)
def object_acts(context: Any) -> list[ListingButton]:
    """Buttons for what the reader may do with ticked objects."""
    app, model = Artifact._meta.app_label, Artifact._meta.model_name
    acts = sorted(bulk_action_registry.get_bulk_actions_for_model(app, model), key=lambda act: act.action_priority)
    return [
        ListingButton(
            act.display_name,
            reverse("wagtail_bulk_action", args=[app, model, act.action_type]),
            attrs={"aria-label": act.aria_label, "data-bulk-action-button": ""},
            classname=" ".join(act.classes | {"bulk-action-btn"}),
        )
        for act in acts
        if act.is_offered(context["request"].user)
    ]

"""Words that the workplace's templates need on every page."""

from typing import Any

from django import template
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language

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
def mistakes(form: Any, panel: Any = None) -> list[found.Mistake]:
    """What is wrong with a form that was sent; nothing for one that was not."""
    return found.mistakes(form, panel) if getattr(form, "is_bound", False) and not form.is_valid() else []

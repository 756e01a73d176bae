"""Two versions of an object side by side: what changed, in words, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import Revision
from wagtail.snippets.views.snippets import RevisionsCompareView

from records.models import Assertion

_LONGEST = 80
_ASSERTION = {column.name for column in Assertion._meta.local_fields}


@dataclass
class Row:
    """One row of a repeatable fact that came, went or changed: its fields as (label, HTML with the difference marked)."""

    state: str  # "addition", "deletion" or "change"
    heading: str
    fields: list[tuple[str, SafeString]]


@dataclass
class Fact:
    """A field of the object (``html``), or a repeatable fact (``rows``, and how many of its rows are as they were)."""

    label: str
    html: SafeString | str = ""
    rows: list[Row] = field(default_factory=list)
    same: int = 0
    reordered: bool = False


class ObjectCompare(RevisionsCompareView):
    """What a curator reads before approving: Wagtail's shows every field of every row, changed or not."""

    template_name = "workplace/objects/compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "facts": list(told(context["comparison"])),
            "older": self._version(self.revision_id_a),
            "newer": self._version(self.revision_id_b),
        }

    def _version(self, key: str) -> str:
        """When it was saved and by whom."""
        if key == "live":
            return _("what is live now")
        revisions = self.object.revisions.order_by("created_at", "id").select_related("user")
        revision: Revision = {"earliest": revisions.first, "latest": revisions.last}.get(key, lambda: revisions.get(pk=key))()
        when = date_format(localtime(revision.created_at), "SHORT_DATETIME_FORMAT")
        who = revision.user and (revision.user.get_full_name() or revision.user.get_username())
        return _("%(date)s by %(name)s") % {"date": when, "name": who} if who else when


def told(comparisons: Iterable[Any]) -> Iterator[Fact]:
    """Wagtail's comparisons that differ → what is shown of them."""
    for comparison in comparisons:
        label = str(comparison.field_label())
        yield Fact(label, comparison.htmldiff()) if comparison.is_field else _rows(label, comparison)


def _rows(label: str, comparison: Any) -> Fact:
    fact = Fact(label)
    for child in comparison.get_child_comparisons():
        fields = child.get_field_comparisons()
        if child.is_addition() or child.is_deletion():
            state = "addition" if child.is_addition() else "deletion"
            fact.rows.append(Row(state, "", [_pair(each) for each in fields if _is_filled(each)]))
            continue
        changed = [each for each in fields if each.has_changed()]
        if changed:
            fact.rows.append(Row("change", _name(fields, changed), [_pair(each) for each in changed]))
        else:
            fact.same += 1
            fact.reordered = fact.reordered or bool(child.get_position_change())
    return fact


def _pair(comparison: Any) -> tuple[str, SafeString]:
    return str(comparison.field_label()), comparison.htmldiff()


def _is_filled(comparison: Any) -> bool:
    """True for what somebody has said: neither empty nor what a row says of itself anyway."""
    column, value = comparison.field, comparison.val_b
    if value in (None, "", False, [], {}):
        return False
    return not ((column.name in _ASSERTION or isinstance(column, BooleanField)) and value == column.get_default())


def _name(fields: list[Any], changed: list[Any]) -> str:
    """What tells a changed row from its neighbours: the first two things that stayed as they were."""
    kept = [each for each in fields if each not in changed and each.field.name not in _ASSERTION and _is_filled(each)]
    words = [strip_tags(str(each.htmldiff())).replace("\n", " ").strip() for each in kept if not isinstance(each.field, BooleanField)]
    name = " · ".join(words[:2])
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST].rstrip()}…"

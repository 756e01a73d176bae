"""Vocabularies in the workplace."""

from __future__ import annotations

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import ProtectedError
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Lower
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets import Button
from wagtail.snippets.views.snippets import DeleteView, EditView, IndexView, SnippetViewSet, SnippetViewSetGroup

from artifacts.dependents import dependents, drafts_showing, mentions
from artifacts.models import Artifact, ObjectType
from artifacts.permissions import within_departments
from museum.workplace.access import Checked
from museum.workplace.conflicts import RevertsHeld, ToldOfConflicts
from museum.workplace.synonyms import SynonymViewSet
from museum.workplace.words import panels
from museum.workplace.words.choosers import WordChooserViewSet
from museum.workplace.words.finding import found
from museum.workplace.words.forms import DepartmentForm, MuseumForm, ObjectTypeForm, WordForm
from museum.workplace.words.merging import may_merge
from vocabularies import merging
from vocabularies.models import Agent, CollectionSet, Department, Museum, Period, Place, Reference, Term, Vocabulary
from vocabularies.resolving import KINDS

SORTED_BY = "vi"  # the language of ``sort_label``, where a record has a label in it


class MentioningPaginator(WagtailPaginator):
    """Adds to the records of a page how often objects name them."""

    def page(self, number: Any) -> Any:
        page = super().page(number)
        records = list(page.object_list)
        found = mentions(type(records[0]), [record.pk for record in records]) if records else {}
        for record in records:
            record.mentions = found.get(record.pk, 0)
        page.object_list = records
        return page


class UsageSidePanel(BaseSidePanel):
    """“Used by n objects”, counted with what lies below the record."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle usage")
        icon_name = "link"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "count": self.panel.used}

    name = "usage"
    title = _("Usage")
    template_name = "workplace/words/usage.html"
    order = 150

    def __init__(self, record: Any, request: Any) -> None:
        super().__init__(record, request)
        self.found = sorted(set(dependents(record)))
        self.used = len(self.found)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        mine = within_departments(self.request.user, Artifact.objects.filter(pk__in=self.found[:400]))
        return {**super().get_context_data(parent_context), "used": self.used, "first": mine[:20]}


class WordEdit(ToldOfConflicts, EditView):
    """A vocabulary record, with its usage beside it."""

    @property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if may_merge(self.request.user, self.object):
            address = reverse("workplace:merge_word", args=[KINDS[type(self.object)], self.object.pk])
            buttons.append(Button(_("Merge into another record"), url=address, icon_name="redirect", priority=50))
        return buttons

    def get_side_panels(self) -> Any:
        panels = list(super().get_side_panels())
        if not self.expects_json_response and not self.hydrate_create_view:
            panels.append(UsageSidePanel(self.object, self.request))
        return MediaContainer(panels)


class WordIndex(IndexView):
    """A list that is searched by label and name."""

    is_searchable = True

    @cached_property
    def paginator_class(self) -> Any:
        return MentioningPaginator

    def search_queryset(self, queryset: Any) -> Any:
        return found(queryset, self.search_query) if self.search_query else queryset

    def order_queryset(self, queryset: Any) -> Any:
        """By the labels that are shown: those of the reader's language; what has none there follows, by the label that it has."""
        queryset = super().order_queryset(queryset)
        language, sorted_already = str(get_language()), "sort_label" in self.model._meta.ordering
        if self.ordering or (sorted_already and language == SORTED_BY):
            return queryset
        shown = KeyTextTransform("text", KeyTransform(language, "label"))
        return queryset.order_by(Lower(shown).asc(nulls_last=True), *self.model._meta.ordering, "pk")


def _still_used(record: Any, number: int) -> str:
    sentence = ngettext(
        "“%(record)s” is still used by %(n)d record and stays.", "“%(record)s” is still used by %(n)d records and stays.", number
    )
    return sentence % {"record": record, "n": number}


def _still_drafted(record: Any, number: int) -> str:
    sentence = ngettext(
        "“%(record)s” is still named in the draft of %(n)d object and stays.",
        "“%(record)s” is still named in the drafts of %(n)d objects and stays.",
        number,
    )
    return sentence % {"record": record, "n": number}


def _instead(model: Any) -> str:
    """What can be done with a record of this kind that is in use."""
    if model in merging.MERGEABLE:
        return _now("Merge it into another record, or set its status to “deprecated”.")
    if hasattr(model, "status"):
        return _now("Choose another one in those records first, or set its status to “deprecated”.")
    return _now("Choose another one in those records first.")


class WordDelete(DeleteView):
    """Only what nothing refers to can be deleted, no object's draft either."""

    def form_valid(self, form: Any) -> Any:
        if drafts := drafts_showing(self.object):
            return self._stays(_still_drafted(self.object, len(drafts)))
        try:
            return super().form_valid(form)
        except ProtectedError as error:
            return self._stays(_still_used(self.object, len(error.protected_objects)))

    def _stays(self, reason: str) -> Any:
        messages.error(self.request, f"{reason} {_instead(self.model)}".strip())
        return redirect(self.model.snippet_viewset.get_url_name("edit"), self.object.pk)


class WordViewSet(RevertsHeld, Checked, SnippetViewSet):
    """What the vocabularies share."""

    delete_view_class = WordDelete
    edit_view_class = WordEdit

    index_view_class = WordIndex
    chooser_viewset_class = WordChooserViewSet
    chooser_per_page = 25
    list_per_page = 50
    add_to_reference_index = False
    copy_view_enabled = False
    related: tuple[str, ...] = ()
    base_form = WordForm
    columns: tuple[Any, ...] = ()

    @cached_property
    def list_display(self) -> list[Any]:
        used = Column("mentions", label=_("Used"), accessor=lambda record: intcomma(record.mentions))
        return ["__str__", *self.columns, used, DateColumn("updated_at", label=_("Last changed"), sort_key="updated_at")]

    @cached_property
    def edit_handler(self) -> Any:
        return panels.form(self.form_panels(), self.base_form)

    def form_panels(self) -> list[Any]:
        raise NotImplementedError

    def get_queryset(self, request: Any) -> Any:
        return self.model._default_manager.select_related(*self.related)


class Agents(WordViewSet):
    model = Agent
    icon = "group"
    columns = (Column("get_kind_display", label=_("Kind")), Column("life_dates", label=_("Dates")))
    list_filter = ["kind", "status", "is_public"]
    form_panels = staticmethod(panels.agent)


class Places(WordViewSet):
    model = Place
    icon = "site"
    related = ("broader",)
    columns = (Column("kind", label=_("Kind")), Column("broader", label=_("Part of")))
    list_filter = ["status", "is_public", "public_precision"]
    form_panels = staticmethod(panels.place)


class Terms(WordViewSet):
    model = Term
    icon = "tag"
    related = ("vocabulary", "broader")
    columns = (Column("vocabulary", label=_("Vocabulary")), Column("broader", label=_("Broader term")))
    list_filter = ["vocabulary", "status", "is_public"]
    form_panels = staticmethod(panels.term)


class Vocabularies(WordViewSet):
    model = Vocabulary
    icon = "list-ul"
    columns = (Column("code", label=_("Code")),)
    form_panels = staticmethod(panels.vocabulary)


class Periods(WordViewSet):
    model = Period
    icon = "time"
    columns = (Column("get_kind_display", label=_("Kind")), Column("earliest", label=_("From")), Column("latest", label=_("To")))
    list_filter = ["kind", "status", "is_public"]
    form_panels = staticmethod(panels.period)


class References(WordViewSet):
    model = Reference
    icon = "openquote"
    columns = (Column("get_kind_display", label=_("Kind")),)
    list_filter = ["kind", "status", "is_public"]
    form_panels = staticmethod(panels.reference)


class Sets(WordViewSet):
    model = CollectionSet
    icon = "folder-open-inverse"
    related = ("broader", "museum")
    columns = (Column("broader", label=_("Part of")), Column("museum", label=_("Museum")))
    list_filter = ["museum", "is_public"]
    form_panels = staticmethod(panels.collection)


class Museums(WordViewSet):
    model = Museum
    icon = "home"
    columns = (Column("code", label=_("Code")),)
    form_panels = staticmethod(panels.museum)
    base_form = MuseumForm


class Departments(WordViewSet):
    model = Department
    icon = "group"
    related = ("museum",)
    columns = (Column("museum", label=_("Museum")), Column("code", label=_("Code")))
    form_panels = staticmethod(panels.department)
    base_form = DepartmentForm


class ObjectTypes(WordViewSet):
    model = ObjectType
    icon = "form"
    columns = (Column("code", label=_("Code")),)
    form_panels = staticmethod(panels.object_type)
    base_form = ObjectTypeForm


class Words(SnippetViewSetGroup):
    """The menu of vocabularies."""

    menu_label = _("Vocabularies")
    menu_icon = "list-ul"
    menu_order = 200
    items = (Agents, Places, Terms, Periods, References, Sets, Vocabularies, Museums, Departments, ObjectTypes, SynonymViewSet)

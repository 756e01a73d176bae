"""Vocabularies in the workplace."""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import DeleteView, IndexView, SnippetViewSet, SnippetViewSetGroup

from artifacts.models import ObjectType
from museum.workplace.access import Checked
from museum.workplace.words import panels
from museum.workplace.words.choosers import WordChooserViewSet
from museum.workplace.words.finding import found
from museum.workplace.words.forms import DepartmentForm, MuseumForm, ObjectTypeForm, WordForm
from vocabularies.models import Agent, CollectionSet, Department, Museum, Period, Place, Reference, Term, Vocabulary


class WordIndex(IndexView):
    """A list that is searched by label and name."""

    is_searchable = True

    def search_queryset(self, queryset: Any) -> Any:
        return found(queryset, self.search_query) if self.search_query else queryset


class WordDelete(DeleteView):
    """Only what nothing refers to can be deleted."""

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)
        except ProtectedError as error:
            messages.error(
                self.request,
                _now("“%(record)s” is still used by %(n)d records and stays. Merge it into another one, or set its status to “deprecated”.")
                % {"record": self.object, "n": len(error.protected_objects)},
            )
            return redirect(self.model.snippet_viewset.get_url_name("edit"), self.object.pk)


class WordViewSet(Checked, SnippetViewSet):
    """What the vocabularies share."""

    delete_view_class = WordDelete

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
        return ["__str__", *self.columns, UpdatedAtColumn()]

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
    items = (Agents, Places, Terms, Periods, References, Sets, Vocabularies, Museums, Departments, ObjectTypes)

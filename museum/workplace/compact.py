"""Panels that are drawn without a template per field: an object form has four hundred fields and opens in a blink."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.template.loader import get_template, render_to_string
from django.utils.functional import cached_property
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.admin.panels.base import get_form_for_model
from wagtail.snippets.widgets import AdminSnippetChooser

from artifacts.permissions import SEE_RESTRICTED
from museum.workplace.objects.extra import ExtraFieldsWidget
from museum.workplace.quick import drawn, escaped, hidden
from records.forms import LanguageMapWidget

# Marks in the kept frame of a chooser.
_ID, _EDIT, _TITLE, _FIELD = (f"chooser-mark-{name}" for name in ("id", "edit", "title", "field"))
_MARKS = re.compile("|".join((_ID, _EDIT, _TITLE, _FIELD)))
# Widgets that need the whole width of the form.
_LONG = 600
_WIDE = (forms.Textarea, LanguageMapWidget, ExtraFieldsWidget, forms.CheckboxSelectMultiple)


class Fields(MultiFieldPanel):
    """Fields beside each other, as many as fit. ``folded`` puts them behind a summary line until they are asked for or hold an error."""

    def __init__(self, children: Any = (), *args: Any, folded: bool = False, **kwargs: Any) -> None:
        children = [child if isinstance(child, Panel) else FieldPanel(child) for child in children]
        super().__init__(children, *args, **kwargs)
        self.folded = folded

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "folded": self.folded}

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return any(True for _pair in self.shown())

        def show_panel_furniture(self) -> bool:
            return self.is_shown()

        def classes(self) -> list[str]:
            return [*super().classes(), "fields-panel"]

        def shown(self) -> Iterator[tuple[BoundField, FieldPanel]]:
            """The fields that this person's form has, each with its panel."""
            for panel in self.panel.children:
                if panel.field_name in self.form.fields:
                    yield self.form[panel.field_name], panel

        @property
        def media(self) -> forms.Media:
            """The form as a whole gives it: see ``kept_media``."""
            return forms.Media()

        def js_opts(self) -> dict[str, Any]:
            return {"type": "Fields", "prefix": self.prefix, "children": []}

        def render_html(self, parent_context: Any = None) -> SafeString:
            shown = list(self.shown())
            html = format_html('<div class="fields">{}</div>', mark_safe("".join(_field(bound, panel) for bound, panel in shown)))  # noqa: S308
            if not self.panel.folded:
                return html
            is_open = any(bound.errors for bound, _panel in shown)
            filled = sum(1 for bound, _panel in shown if _is_filled(bound))
            return format_html(
                '<details class="row-details"{}><summary>{}{}</summary>{}</details>',
                " open" if is_open else "",
                self.panel.heading,
                format_html(' <span class="row-details__count">{}</span>', filled) if filled else "",
                html,
            )


def _is_filled(bound: BoundField) -> bool:
    """True when the value is not what the row would have anyway."""
    form: Any = bound.form
    value = bound.value()
    return bool(value) and value != getattr(form._meta.model._meta.get_field(bound.name), "default", None)


def _field(bound: BoundField, panel: FieldPanel) -> SafeString:
    widget = bound.field.widget
    help_text = panel.help_text or bound.help_text
    label = panel.heading or bound.label
    attrs: dict[str, str | bool] = {}
    described = []
    if help_text:
        described.append(f"{bound.auto_id}-help")
    if bound.errors:
        described.append(f"{bound.auto_id}-errors")
        attrs["aria-invalid"] = "true"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    classes = "field w-field"
    if isinstance(widget, _WIDE) or ((getattr(bound.field, "max_length", None) or 0) >= _LONG):
        classes += " field--wide"
    elif isinstance(widget, forms.CheckboxInput):
        classes += " field--tick"
    if bound.errors:
        classes += " w-field--error"
    helped = f'<div class="help" id="{escaped(bound.auto_id)}-help">{escaped(help_text)}</div>' if help_text else ""
    return mark_safe(  # noqa: S308 every part is HTML or escaped
        f'<div class="{classes}" data-field data-name="{escaped(bound.name)}">{_label(bound, label)}'
        f'<div class="w-field__input" data-field-input>{drawn(bound, attrs)}</div>{_understood(bound)}{helped}{_errors(bound)}</div>'
    )


def _understood(bound: BoundField) -> SafeString:
    """What the museum makes of the field’s value, where its form knows."""
    tell = getattr(bound.form, "understood", None)
    text = tell(bound.name) if tell else ""
    return format_html('<div class="understood" aria-live="polite">{}</div>', text) if text else mark_safe("")


def _label(bound: BoundField, label: Any) -> str:
    text = escaped(label) + ('<span class="w-required-mark">*</span>' if bound.field.required else "")
    target, field_id = bound.id_for_label, escaped(bound.auto_id)
    if target:
        return f'<label class="w-field__label" for="{escaped(target)}" id="{field_id}-label">{text}</label>'
    return f'<div class="w-field__label" id="{field_id}-label">{text}</div>'


def _errors(bound: BoundField) -> SafeString:
    if not bound.errors:
        return mark_safe("<div data-field-errors></div>")
    return format_html(
        '<div class="w-field__errors" data-field-errors id="{}-errors"><p class="error-message">{}</p></div>',
        bound.auto_id,
        format_html_join(" ", "{}", ((error,) for error in bound.errors)),
    )


class KnowsFields:
    """A panel that has put together once which fields its panels draw."""

    @cached_property
    def field_names(self) -> frozenset[str]:
        """Names of the fields that are drawn."""
        return frozenset(self.get_form_options().get("fields", []))  # type: ignore[attr-defined]


class DrawsMissingFields:
    """Draws what no panel draws."""

    panel: Any
    form: Any

    def render_missing_fields(self) -> SafeString:
        """Keys, order and deletion marks."""
        shown = self.panel.field_names
        return mark_safe("".join(drawn(self.form[name], {}) for name in self.form.fields if name not in shown))  # noqa: S308


class RowFields(KnowsFields, MultiFieldPanel):
    """What is drawn of one row: groups of fields, one after the other."""

    class BoundPanel(DrawsMissingFields, MultiFieldPanel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> SafeString:
            return mark_safe("".join(child.render_html(parent_context) for child in self.children))  # noqa: S308


class Rows(InlinePanel):
    """A repeatable fact. Its forms know the user; the form of a row not yet added is drawn once per language and kept."""

    row_form: type[forms.BaseForm] | None = None

    def __init__(self, *args: Any, row_form: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_form = row_form
        self._blank: dict[tuple[Any, ...], SafeString] = {}

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "row_form": self.row_form}

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        formset["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=self.row_form,
            defer_required_on_fields=self.child_edit_handler.get_form_options().get("defer_required_on_fields", []),
        )
        formset["inherit_kwargs"] = ["for_user"]
        return options

    @cached_property
    def child_edit_handler(self) -> Any:
        return RowFields(self.panel_definitions, heading=self.heading).bind_to_model(self.db_field.related_model)

    def classes(self) -> list[str]:
        return [*super().classes(), "rows-panel"]

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "workplace/panels/rows.html"

        def __init__(self, **kwargs: Any) -> None:
            Panel.BoundPanel.__init__(self, **kwargs)
            self.label = self.panel.label
            if self.form is None:
                return
            self.formset = self.form.formsets[self.panel.relation_name]
            fetch_chosen(self.formset.forms)
            self.children = [self._child(subform, index) for index, subform in enumerate(self.formset.forms)]
            if self.formset.can_order and self.formset.is_bound:
                self.children.sort(key=_place)

        def _child(self, subform: Any, index: int | str) -> Any:
            subform.fields[DELETION_FIELD_NAME].widget = forms.HiddenInput()
            if self.formset.can_order:
                attrs = {"value": index + 1} if isinstance(index, int) else {}
                subform.fields[ORDERING_FIELD_NAME].widget = forms.HiddenInput(attrs=attrs)
            return self.panel.child_edit_handler.get_bound_panel(
                instance=subform.instance, request=self.request, form=subform, prefix=f"{self.prefix}-{index}"
            )

        @cached_property
        def empty_child(self) -> Any:
            return self._child(self.formset.empty_form, "__prefix__")

        @property
        def media(self) -> forms.Media:
            """The form as a whole gives it: see ``kept_media``."""
            return forms.Media()

        def management(self) -> SafeString:
            """The counts of rows that Django's formset sends along."""
            return mark_safe("".join(drawn(bound, {}) for bound in self.formset.management_form))  # noqa: S308

        def blank_row(self) -> SafeString:
            """The form of a row that has not been added yet. It holds nothing of the record, so it is kept between requests."""
            key = (get_language(), self.request.user.has_perm(SEE_RESTRICTED), self.formset.prefix, self.formset.can_order)
            if key not in self.panel._blank:
                template = get_template("workplace/panels/row.html")
                self.panel._blank[key] = template.render({"self": self, "child": self.empty_child, "can_order": self.formset.can_order})
            return self.panel._blank[key]

        def js_opts(self) -> dict[str, Any]:
            return {
                "type": "InlinePanel",
                "formsetPrefix": f"id_{self.formset.prefix}",
                "emptyChildFormPrefix": self.formset.add_prefix("__prefix__"),
                "canOrder": self.formset.can_order,
                "maxForms": self.formset.max_num,
                "relationName": self.panel.relation_name,
            }


def _place(child: Any) -> int:
    """Where a row was put before the form was sent, whether or not the form is valid; a row without a place stands last."""
    typed = str(child.form[ORDERING_FIELD_NAME].value() or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else sys.maxsize


def fetch_chosen(subforms: list[Any]) -> None:
    """Fetch what the rows' choosers show with one query per kind of record, not one per row."""
    wanted: dict[Any, set[Any]] = {}
    choosers: list[tuple[Any, Any]] = []
    for subform in subforms:
        for name, field in subform.fields.items():
            if hasattr(field.widget, "known"):
                key = subform[name].value()
                if key not in (None, ""):
                    wanted.setdefault(field.widget.model_class, set()).add(key)
                    choosers.append((field.widget, field.widget.model_class))
    found = {model: {str(pk): record for pk, record in _in_bulk(model, keys).items()} for model, keys in wanted.items()}
    for widget, model in choosers:
        widget.known = found[model]


def _in_bulk(model: Any, keys: set[Any]) -> dict[Any, Any]:
    clean = [key for key in keys if str(key).isascii() and str(key).isdigit()]
    return model._default_manager.in_bulk(clean)


class KnowingChooser(AdminSnippetChooser):
    """A chooser that does not ask the database for what the form has fetched already, and is drawn from a kept frame.

    The frame is Wagtail's own template with marks where the record's facts go: a form has a dozen and a half of them.
    """

    known: dict[str, Any] = {}
    _frames: ClassVar[dict[tuple[Any, ...], str]] = {}

    def get_instance(self, value: Any) -> Any:
        return self.known.get(str(value)) or super().get_instance(value)

    def get_context(self, name: str, value_data: Any, attrs: Any) -> dict[str, Any]:
        """Wagtail puts its words together once, in the language of the moment; here they are in the reader's."""
        what = {"object": self.model._meta.verbose_name}
        self.choose_one_text = _("Choose %(object)s") % what
        self.choose_another_text = _("Choose another %(object)s") % what
        self.link_to_chosen_text = _("Edit this %(object)s") % what
        return super().get_context(name, value_data, attrs)

    def render_html(self, name: str, value_data: Any, attrs: Any) -> SafeString:
        value_data = value_data or {}
        address = value_data.get("edit_url") or ""
        frame = self._frame(filled=bool(value_data), editable=bool(address))
        facts = {
            _ID: attrs["id"],
            _EDIT: address,
            _TITLE: value_data.get(self.display_title_key, ""),
            _FIELD: hidden(name, value_data.get("id"), self.build_attrs(self.attrs, attrs)),
        }
        return mark_safe(_MARKS.sub(lambda mark: conditional_escape(facts[mark[0]]), frame))  # noqa: S308 Wagtail's template, and escaped facts

    def _frame(self, *, filled: bool, editable: bool) -> str:
        shown = (self.icon, self.classname, self.show_edit_link, self.show_clear_link, self.is_required)
        key = (type(self), get_language(), filled, editable, *shown)
        if key not in self._frames:
            data = {"id": 0, "edit_url": _EDIT if editable else "", self.display_title_key: _TITLE} if filled else {}
            context = self.get_context("", data, {"id": _ID}) | {"original_field_html": _FIELD}
            self._frames[key] = render_to_string(self.template_name, context)
        return self._frames[key]


def kept_media(form_class: Any, media: Any) -> forms.Media:
    """The scripts and styles of a form class: they are the same for every form, and putting them together takes long."""
    if "_kept_media" not in form_class.__dict__:
        form_class._kept_media = media()
    return form_class._kept_media


def takes_files(form_class: Any) -> bool:
    """Whether a field of a form or of its rows is for a file: a form asks an empty row of each kind, which it then has to make."""
    if "_takes_files" not in form_class.__dict__:
        rows = (formset.form for formset in form_class.formsets.values())
        fields = (field for form in (form_class, *rows) for field in form.base_fields.values())
        form_class._takes_files = any(field.widget.needs_multipart_form for field in fields)
    return form_class._takes_files

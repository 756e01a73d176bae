"""What is drawn without a template is what Wagtail's own template draws."""

import pytest
from django import forms
from django.template import Context, Template
from django.test.html import parse_html
from django.urls import resolve, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override
from wagtail.admin.panels import MultiFieldPanel, ObjectList
from wagtail.snippets.widgets import AdminSnippetChooser

from artifacts.models import Artifact, Identifier, Maker
from museum.workplace.compact import KnowingChooser, takes_files
from museum.workplace.objects.panels import Group, ObjectForm
from museum.workplace.objects.rows import know_empty
from museum.workplace.quick import escaped
from museum.workplace.templatetags.workplace import kept_icon
from tests.factories import make_department, make_museum, make_object
from tests.museum.workplace.people import make_user
from vocabularies.models import Agent
from vocabularies.roles import Role

FILLED = {"id": 7, "edit_url": "/admin/agents/7/?a=1&b=2", "string": 'Nguyễn <b>"An"</b> & chooser-mark-id'}
UNEDITABLE = {"id": 7, "edit_url": "", "string": "Nguyễn"}


class Knowing(KnowingChooser):
    model = Agent
    icon = "user"


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("data", [None, FILLED, UNEDITABLE], ids=["empty", "filled", "uneditable"])
def test_a_chooser_from_its_kept_frame_is_wagtails_chooser(data, required, language):
    with override(language):
        mine, theirs = Knowing(attrs={"data-x": "1"}), AdminSnippetChooser(model=Agent, icon="user", attrs={"data-x": "1"})
        mine.is_required = theirs.is_required = required
        for number in (1, 2):  # the second comes from the kept frame
            attrs = {"id": f"id_makers-{number}-agent", "aria-describedby": "help"}
            drawn = mine.render_html(f"makers-{number}-agent", data, attrs)
            assert parse_html(drawn) == parse_html(theirs.render_html(f"makers-{number}-agent", data, attrs))


@pytest.fixture
def panel(rf) -> ObjectForm.BoundPanel:
    """The form of an object with rows, as an administrator sees it."""
    museum = make_museum()
    artifact = make_object(
        "A 1", "Bát & <b>đĩa</b>", department=make_department(museum=museum), rows={"identifiers": [Identifier(value="B/1")]}
    )
    request = rf.get("/admin/")
    request.user = make_user(Role.ADMINISTRATOR, username="compact")
    request.resolver_match = resolve(reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk]))
    handler = Artifact.snippet_viewset._edit_handler
    form = handler.get_form_class()(instance=artifact, for_user=request.user)
    return handler.get_bound_panel(instance=artifact, request=request, form=form)


@pytest.mark.django_db
@pytest.mark.one_stack
@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_furniture_of_the_object_form_is_wagtails(panel, language):
    with override(language):
        for _again in range(2):  # the second time it comes from what was kept
            for section in panel.children:
                assert parse_html(section.render_html()) == parse_html(ObjectList.BoundPanel.render_html(section))
                for group in section.visible_children:
                    if isinstance(group, Group.BoundPanel):
                        assert parse_html(group.render_html()) == parse_html(MultiFieldPanel.BoundPanel.render_html(group))
        assert ("Sensitivity and access" in panel.render_html()) == (language == "en")


@pytest.mark.django_db
@pytest.mark.one_stack
def test_the_rows_of_the_object_form_are_counted_as_django_does(panel):
    form = panel.form
    drawn = parse_html(panel.render_form_content())
    for formset in form.formsets.values():
        for bound in formset.management_form:
            assert parse_html(str(bound)) in drawn
    assert panel.panel.field_names == frozenset(panel.panel.get_form_options()["fields"])


def test_an_icon_that_is_kept_is_wagtails():
    theirs = Template('{% load wagtailadmin_tags %}{% icon name="bin" %}').render(Context())
    assert kept_icon("bin") == kept_icon("bin") == theirs


def test_a_form_takes_files_when_a_field_or_a_row_does():
    class Plain(forms.Form):
        formsets = {}
        text = forms.CharField()

    class WithFile(Plain):
        picture = forms.FileField()

    class WithRows(Plain):
        formsets = {"pictures": forms.formset_factory(WithFile)}

    assert [takes_files(one) for one in (Plain, WithFile, WithRows, Plain)] == [False, True, True, False]


@pytest.mark.django_db
@pytest.mark.one_stack
def test_an_object_that_is_shown_knows_which_rows_it_lacks(django_assert_num_queries):
    stored = make_object("A 1", "Bát", rows={"identifiers": [Identifier(value="B/1")]})
    know_empty(Artifact.objects.get(pk=stored.pk))  # its question is prepared
    artifact = Artifact.objects.get(pk=stored.pk)
    with django_assert_num_queries(1):
        know_empty(artifact)
    with django_assert_num_queries(2):
        assert [row.value for row in artifact.identifiers.all()] == ["B/1"]
        assert [row.text for row in artifact.titles.all()] == ["Bát"]
        assert list(artifact.makers.all()) == list(artifact.provenance.all()) == []
    drafted = Artifact.objects.get(pk=stored.pk)
    drafted.makers = [Maker(qualifier="workshop")]
    know_empty(drafted)
    assert [row.qualifier for row in drafted.makers.all()] == ["workshop"]


def test_text_is_escaped_once_and_lazy_text_in_the_language_of_the_moment():
    for text in ("<b>\"a\" & 'b'</b>", mark_safe("<b>"), gettext_lazy("Delete"), 7, format_html("<i>{}</i>", "<")):
        assert escaped(text) == conditional_escape(text)
    with override("vi"):
        assert escaped(gettext_lazy("Delete")) == conditional_escape(gettext_lazy("Delete")) != "Delete"

"""Withdraw, restore, merge: acts on objects that ask to be confirmed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.snippets.widgets import AdminSnippetChooser

from artifacts import publishing
from artifacts.models import Artifact
from artifacts.permissions import within_departments
from exhibits.models import ExhibitionPage
from museum.workplace.pages import ObjectPage
from records.models import RecordError


class WithdrawForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), widget=AdminAutoHeightTextInput, help_text=gettext_lazy("It stays on record with the object.")
    )


class MergeForm(forms.Form):
    """Into which object."""

    into = forms.ModelChoiceField(Artifact.objects.none(), label=gettext_lazy("The object that stays"))

    def __init__(self, *args: Any, user: Any, duplicate: Artifact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        field.queryset = within_departments(user, Artifact.objects.exclude(pk=duplicate.pk))  # type: ignore[attr-defined]
        field.widget = AdminSnippetChooser(model=Artifact)


def shown_in(artifact: Artifact) -> str:
    """Which exhibitions show the object, since it vanishes from them; empty when none does."""
    titles = list(ExhibitionPage.objects.live().filter(shown__artifact=artifact).order_by("title").values_list("title", flat=True))
    if not titles:
        return ""
    told = ngettext(
        "The exhibition %(titles)s shows it; it vanishes from there.",
        "The exhibitions %(titles)s show it; it vanishes from there.",
        len(titles),
    )
    return told % {"titles": ", ".join(f"“{title}”" for title in titles)}


class Act(ObjectPage):
    """A question, a form, an act. ``hides``: the object is out of sight afterwards."""

    template_name = "workplace/objects/act.html"
    explanation: str | Promise = ""
    button: str | Promise = ""
    hides = False

    def form(self, data: Any = None) -> forms.Form:
        return forms.Form(data)

    def act(self, form: forms.Form) -> str:
        """Do it; the sentence that is then shown."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.form()
        explanation = f"{self.explanation} {shown_in(self.artifact) if self.hides else ''}".strip()
        return super().get_context_data(
            form=form, media=form.media, explanation=explanation, button=self.button, locked=self.locked(), **kwargs
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        form = self.form(request.POST)
        if form.is_valid():
            try:
                messages.success(request, self.act(form))
                return redirect(self.edit_url)
            except RecordError as error:
                form.add_error(None, str(error))
        return self.render_to_response(self.get_context_data(form=form))


class Withdraw(Act):
    """Out of sight for good, with a reason."""

    permissions = ("artifacts.withdraw_artifact",)
    page_title = gettext_lazy("Withdraw")
    header_icon = "no-view"
    explanation = gettext_lazy(
        "The object disappears from pages, searches, feeds and manifests; its address answers that it was here. Nothing is deleted, and it can be restored."
    )
    button = gettext_lazy("Withdraw")
    hides = True

    def form(self, data: Any = None) -> forms.Form:
        return WithdrawForm(data)

    def act(self, form: forms.Form) -> str:
        publishing.withdraw(self.artifact, form.cleaned_data["reason"], self.request.user)
        return _("“%(object)s” is withdrawn.") % {"object": self.artifact}


class Restore(Act):
    """Undo a withdrawal."""

    permissions = ("artifacts.withdraw_artifact",)
    page_title = gettext_lazy("Restore")
    header_icon = "resubmit"
    explanation = gettext_lazy("The object is shown again wherever it would be shown had it never been withdrawn.")
    button = gettext_lazy("Restore")

    def act(self, form: forms.Form) -> str:
        publishing.restore(self.artifact, self.request.user)
        return _("“%(object)s” is restored.") % {"object": self.artifact}


class Merge(Act):
    """The duplicate becomes an address of the other object."""

    permissions = ("artifacts.merge_artifact",)
    page_title = gettext_lazy("Merge")
    header_icon = "redirect"
    explanation = gettext_lazy(
        "This record is a duplicate: its address will lead to the object that stays. Its data are kept here, nothing is copied over; copy what is missing there first."
    )
    button = gettext_lazy("Merge")
    hides = True

    def form(self, data: Any = None) -> forms.Form:
        return MergeForm(data, user=self.request.user, duplicate=self.artifact)

    def act(self, form: forms.Form) -> str:
        into = form.cleaned_data["into"]
        publishing.merge(self.artifact, into, self.request.user)
        return _("“%(object)s” now leads to “%(into)s”.") % {"object": self.artifact, "into": into}

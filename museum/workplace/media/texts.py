"""The text of one page in the workplace: take it in, say who reads it, take it off, fetch the file as it came."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from artifacts import page_texts
from artifacts.models import ArtifactMedia, TextLayer
from media import storage, textlayers
from media.errors import MediaError
from museum.workplace.media.listed import ADD, CHANGE, VIEW
from museum.workplace.objects import small
from museum.workplace.pages import UsePage
from records.models import RecordError


class TextForm(forms.Form):
    """A page's text: its file (not needed where there is one), who reads it, in which language it is."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        max_length=255,
        help_text=gettext_lazy("ALTO, PAGE, hOCR or plain text of this one page."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(sorted(page_texts.SUFFIXES))}),
    )
    publication_class = forms.ChoiceField(label=gettext_lazy("Shown to"), choices=TextLayer.PublicationClass.choices)
    language = forms.CharField(
        label=gettext_lazy("Language"),
        required=False,
        max_length=35,
        help_text=gettext_lazy("A tag such as vi, lzh or de; empty: as the file says."),
    )

    def clean_language(self) -> str:
        return small.language(self.cleaned_data["language"])


def context(use: ArtifactMedia) -> dict[str, Any]:
    """What the page of a picture shows of its text."""
    if use.asset.kind != "image":
        return {}
    layer = getattr(use, "text_layer", None)
    initial = {"publication_class": layer.publication_class, "language": layer.language} if layer else {}
    lines = textlayers.decoded(layer.packed).text() if layer and layer.packed else ""
    return {"layer": layer, "text_form": TextForm(initial=initial), "text_of_page": lines}


class PageText(UsePage):
    """POST changes the text of a page, GET answers its file as it came."""

    permissions = (VIEW,)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        layers = TextLayer.objects.filter(use__public_id=kwargs["use"], use__artifact=kwargs["pk"])
        self.layer = layers.select_related("asset", "asset__blob", "use", "use__artifact").first()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.layer is None:
            raise Http404("This page has no text.")
        name = self.layer.asset.original_filename
        answer = StreamingHttpResponse(
            storage.chunks(storage.ORIGINALS, self.layer.asset.blob.name), content_type="application/octet-stream"
        )
        answer.headers["Content-Disposition"] = content_disposition_header(True, name)
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        act = request.POST.get("act")
        if not request.user.has_perm(ADD if act == "take" and self.layer is None else CHANGE):
            raise PermissionDenied
        if act == "remove":
            if self.layer:
                page_texts.remove([self.layer], user=request.user)
                messages.success(request, _("The text was taken off the picture."))
        else:
            self._keep(TextForm(request.POST, request.FILES))
        return redirect("workplace:picture", self.artifact.pk, self.use.public_id)

    def _keep(self, form: TextForm) -> None:
        if not form.is_valid():
            messages.error(self.request, " ".join(sentence for errors in form.errors.values() for sentence in errors))
            return
        facts = form.cleaned_data
        file = facts.pop("file")
        if not facts["language"]:
            facts["language"] = None if file or not self.layer else page_texts.said(self.layer)
        elif file and self.layer and facts["language"] == self.layer.language:
            del facts["language"]  # left as it stood: it was said of the file before
        try:
            if file:
                layer = page_texts.take(self.use, file, file.name, user=self.request.user, **facts)
                messages.success(self.request, page_texts.sentence(layer))
            elif self.layer:
                page_texts.change([self.layer], user=self.request.user, **facts)
                messages.success(self.request, _("The text is changed."))
            else:
                messages.error(self.request, _("Choose a file first."))
        except (MediaError, RecordError) as error:
            messages.error(self.request, str(error))

"""The pictures of one object: its own page, uploads, and the list that the object form shows."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from artifacts import attaching, page_texts, publishing, rescanning
from artifacts.models import ArtifactMedia, TextLayer
from media import tasks
from media.errors import MediaError
from media.models import Asset
from museum.workplace.media import texts, uses
from museum.workplace.media.forms import LabelPagesForm, PictureForm
from museum.workplace.media.listed import ADD, CHANGE, DELETE, PUBLISH, VIEW, list_context, may
from museum.workplace.media.receiving import pictures_first, receive
from museum.workplace.media.rescan import degrees
from museum.workplace.pages import ObjectPage, UsePage
from records.models import RecordError

PER_PAGE = 50


class PicturesPage(ObjectPage):
    """All media of an object, fifty a page: order, labels, who sees them, upload."""

    permissions = (VIEW,)
    template_name = "workplace/media/page.html"
    page_title = gettext_lazy("Pictures")
    header_icon = "image"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(uses.of(self.artifact), PER_PAGE).get_page(self.request.GET.get("p"))
        kwargs.setdefault("label_form", LabelPagesForm(initial={"first": page.start_index() or 1, "last": page.paginator.count or 1}))
        return super().get_context_data(
            page=page,
            shown=uses.shown(page.object_list, page.start_index()),
            may=may(self.request.user),
            classes=ArtifactMedia.PublicationClass.choices,
            texts=TextLayer.objects.filter(use__artifact=self.artifact).exists(),
            text_classes=TextLayer.PublicationClass.choices,
            failed=uses.of(self.artifact).filter(asset__state=Asset.State.FAILED).exists(),
            waiting=ArtifactMedia.objects.filter(artifact=self.artifact, published=False).count(),
            locked=self.locked(),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """One of the page's acts, by the name of the button."""
        act = getattr(self, f"act_{request.POST.get('act', '')}", None)
        if act is None:
            messages.error(request, _("Choose what to do with the pictures."))
            return self.back()
        try:
            return act() or self.back()
        except (RecordError, MediaError) as error:
            messages.error(request, str(error))
            return self.back()

    def back(self) -> HttpResponse:
        number = self.request.POST.get("p", "")
        return redirect(reverse("workplace:pictures", args=[self.artifact.pk]) + (f"?p={number}" if number.isdigit() else ""))

    def need(self, permission: str) -> None:
        if not self.request.user.has_perm(permission):
            raise PermissionDenied

    def chosen(self) -> list[ArtifactMedia]:
        """The ticked media; a RecordError when none is."""
        found = list(uses.of(self.artifact).filter(public_id__in=self.request.POST.getlist("use")))
        if not found:
            raise RecordError(_("Tick the pictures first."))
        return found

    def act_upload(self) -> None:
        self.need(ADD)
        files = self.request.FILES.getlist("files")
        if not files:
            raise RecordError(_("Choose files first."))
        results = [receive(self.artifact, file, self.request.user) for file in pictures_first(files)]
        kept = sum(1 for result in results if result.use)
        if kept:
            messages.success(self.request, ngettext("%(n)d file was taken in.", "%(n)d files were taken in.", kept) % {"n": kept})
        for result in results:
            if result.problem:
                messages.error(self.request, f"{result.filename}: {result.problem}")

    def act_order(self) -> None:
        self.need(CHANGE)
        keys = {use.public_id: use.pk for use in uses.of(self.artifact)}
        places = {}
        for public_id, pk in keys.items():
            typed = self.request.POST.get(f"place-{public_id}", "").strip()
            if typed and typed != self.request.POST.get(f"was-{public_id}"):
                if not (typed.isascii() and typed.isdigit()) or len(typed) > 6 or int(typed) < 1:
                    raise RecordError(_("“%(place)s” is not a place in the order: write a whole number from 1.") % {"place": typed})
                places[pk] = int(typed)
        if places:
            attaching.move(self.artifact, places)
            messages.success(self.request, _("The new order is kept."))

    def act_publish(self) -> None:
        self.need(PUBLISH)
        if not self.artifact.live:
            raise RecordError(_("The object itself is not published: its pictures appear together with it."))
        ticked = self.request.POST.getlist("use")
        waiting = uses.of(self.artifact).filter(published=False)
        chosen = list(waiting.filter(public_id__in=ticked) if ticked else waiting)
        if not chosen:
            raise RecordError(_("No picture waits for publishing."))
        publishing.release_media(chosen)
        messages.success(
            self.request, ngettext("%(n)d picture is published.", "%(n)d pictures are published.", len(chosen)) % {"n": len(chosen)}
        )

    def act_class(self) -> None:
        self.need(CHANGE)
        count = attaching.show_to(self.chosen(), self.request.POST.get("publication_class", ""))
        messages.success(self.request, ngettext("%(n)d picture is changed.", "%(n)d pictures are changed.", count) % {"n": count})

    def act_text_class(self) -> None:
        self.need(CHANGE)
        layers = list(TextLayer.objects.filter(use__in=self.chosen()).select_related("use", "use__artifact"))
        if not layers:
            raise RecordError(_("The ticked pictures have no texts."))
        count = page_texts.change(layers, user=self.request.user, publication_class=self.request.POST.get("text_class", ""))
        messages.success(self.request, ngettext("%(n)d text is changed.", "%(n)d texts are changed.", count) % {"n": count})

    def act_remove(self) -> None:
        self.need(DELETE)
        count = attaching.remove(self.chosen(), user=self.request.user)
        messages.success(
            self.request,
            ngettext(
                "%(n)d picture was taken off the object. The file stays among the media.",
                "%(n)d pictures were taken off the object. The files stay among the media.",
                count,
            )
            % {"n": count},
        )

    def act_primary(self) -> None:
        self.need(CHANGE)
        attaching.make_primary(self.chosen()[0])
        messages.success(self.request, _("The main picture is chosen."))

    def act_turn_left(self) -> None:
        self._turn("left")

    def act_turn_right(self) -> None:
        self._turn("right")

    def _turn(self, way: str) -> None:
        self.need(CHANGE)
        count = rescanning.turn(self.chosen(), degrees(way), user=self.request.user)
        messages.success(self.request, ngettext("%(n)d picture is being turned.", "%(n)d pictures are being turned.", count) % {"n": count})

    def act_retry(self) -> None:
        self.need(CHANGE)
        failed = [use.asset for use in uses.of(self.artifact).filter(asset__state=Asset.State.FAILED)]
        for asset in failed:
            tasks.retry(asset)
        messages.success(
            self.request, ngettext("%(n)d file is tried again.", "%(n)d files are tried again.", len(failed)) % {"n": len(failed)}
        )

    def act_label(self) -> HttpResponseBase | None:
        self.need(CHANGE)
        form = LabelPagesForm(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(label_form=form))
        facts = form.cleaned_data
        chosen = list(uses.of(self.artifact)[facts["first"] - 1 : facts["last"]])
        labels = attaching.page_labels(facts["prefix"], facts["start"], facts["style"], verso_first=facts["verso_first"])
        count = attaching.label(chosen, labels, facts["language"])
        messages.success(self.request, ngettext("%(n)d label is written.", "%(n)d labels are written.", count) % {"n": count})
        return None


class PicturesList(ObjectPage):
    """The first media as the object form shows them: a piece of HTML that is fetched again while files are being prepared."""

    permissions = (VIEW,)

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        return TemplateResponse(request, "workplace/media/list.html", list_context(self.artifact, request.user))


class Upload(ObjectPage):
    """One file per request: ``{"ok": bool, "message": str}``. The script of the form and of the page sends them one after the other."""

    permissions = (ADD,)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> JsonResponse:
        file = request.FILES.get("file")
        if file is None:
            return JsonResponse({"ok": False, "message": _("No file arrived.")}, status=400)
        result = receive(self.artifact, file, request.user)
        if result.use is None:
            return JsonResponse({"ok": False, "message": result.problem}, status=422)
        return JsonResponse({"ok": True, "message": result.text or uses.Shown(result.use, 0).state, "id": result.use.public_id})


class Picture(UsePage):
    """One picture of an object: label, caption, alternative text, region, who sees it."""

    permissions = (VIEW,)
    template_name = "workplace/media/picture.html"
    page_title = gettext_lazy("Picture")
    header_icon = "image"
    related = ("asset", "asset__blob", "text_layer", "text_layer__asset")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or PictureForm(instance=self.use)
        return super().get_context_data(
            form=form,
            media=form.media,
            shown=uses.Shown(self.use, 0),
            may=may(self.request.user),
            locked=self.locked(),
            **texts.context(self.use),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int, use: str) -> HttpResponseBase:
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        form = PictureForm(request.POST, instance=self.use)
        if not form.is_valid():
            messages.validation_error(request, _("The picture could not be saved: mend what is marked below."), form)
            return self.render_to_response(self.get_context_data(form=form))
        form.save()
        messages.success(request, _("The picture is saved."))
        return redirect("workplace:pictures", self.artifact.pk)

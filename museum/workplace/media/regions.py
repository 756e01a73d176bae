"""The editor of annotations: regions of one picture, drawn or typed, with what is said of them; history and export."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from artifacts import annotating, georeferences
from artifacts.models import Annotation, AnnotationVersion
from artifacts.regions import Region, RegionError
from iiif.image.addresses import service_url, thumbnail_url
from museum.workplace.media.listed import PUBLISH
from museum.workplace.pages import ObjectPage, UsePage
from records.forms import LanguageMapFormField
from records.models import RecordError, in_current_language

VIEW = "artifacts.view_annotation"
ADD = "artifacts.add_annotation"
CHANGE = "artifacts.change_annotation"
DELETE = "artifacts.delete_annotation"
# What a version of an annotation came of.
ACTS = {
    "created": gettext_lazy("written"),
    "changed": gettext_lazy("changed"),
    "published": gettext_lazy("published"),
    "removed": gettext_lazy("removed"),
    "restored": gettext_lazy("restored"),
    "moved": gettext_lazy("moved with its picture, which was turned or replaced"),
}
EXPORT_TYPE = 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'


class RegionForm(forms.ModelForm):
    """What is said of a region, and where it is: ``x,y x,y …`` in pixels of the picture, which drawing fills in."""

    shape = forms.ChoiceField(
        label=gettext_lazy("Shape"),
        choices=[(Region.BOX, gettext_lazy("box")), (Region.POLYGON, gettext_lazy("polygon")), (Region.POINT, gettext_lazy("point"))],
    )
    places = forms.CharField(
        label=gettext_lazy("Places"),
        max_length=12_000,
        help_text=gettext_lazy(
            "Pixels from the left and the top: 120,80 640,480 are two opposite corners of a box. Drawing writes them here."
        ),
    )
    text = LanguageMapFormField(label=gettext_lazy("What is said"), multiline=True)
    control_points = forms.CharField(
        label=gettext_lazy("Control points"),
        required=False,
        strip=False,
        max_length=georeferences.MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocapitalize": "off"}),
        help_text=gettext_lazy(
            "Of a map, one in each line: pixels from the left and the top, then latitude and longitude, such as 1200,340 16.4637,107.5909. "
            "With “Point” above, a click on the picture writes the pixels of the next one. Or paste the Georeference Annotation "
            "that another editor, such as Allmaps, has made of this picture. Shape and places are the part that the map covers; none means all of it."
        ),
    )

    class Meta:
        model = Annotation
        fields = ["kind", "text", "publication_class", "transformation"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pasted = georeferences.Written([])  # what came with the control points, when they can be read
        if self.instance.pk:
            self.initial["shape"] = self.instance.shape
            self.initial["places"] = _written(self.instance.points)
            self.initial["control_points"] = georeferences.written(self.instance.control_points)
        self.fields["transformation"].required = False
        self.order_fields(["kind", "text", "publication_class", "shape", "places", "control_points", "transformation"])
        if self.data and self.data.get("kind") == Annotation.Kind.GEOREFERENCE:
            self.fields["places"].required = False  # a map may cover all of its picture
            self.fields["text"].required = False

    def clean_places(self) -> list[list[float]]:
        try:
            pairs = [pair.split(",") for pair in self.cleaned_data["places"].replace(";", " ").split()]
            return [[round(float(x), 1), round(float(y), 1)] for x, y in pairs]
        except ValueError as error:
            raise ValidationError(_("Write places as pairs of numbers such as 120,80 640,480.")) from error

    def clean_control_points(self) -> list[georeferences.ControlPoint]:
        asset, typed = self.instance.use.asset, self.cleaned_data["control_points"]
        if self.cleaned_data.get("kind") != Annotation.Kind.GEOREFERENCE:
            return []
        try:
            self.pasted = georeferences.read(typed, asset.width or 0, asset.height or 0)
        except georeferences.GeoreferenceError as error:
            raise ValidationError(str(error)) from error
        return self.pasted.points

    def clean_transformation(self) -> str:
        """What was pasted says it; else the choice."""
        return self.pasted.transformation or self.cleaned_data["transformation"] or Annotation.Transformation.POLYNOMIAL_1.value

    def _cover(self, cleaned: dict[str, Any]) -> None:
        """The part of the picture that a map covers: what was pasted, or all of it, where none was drawn."""
        if cleaned.get("kind") == Annotation.Kind.GEOREFERENCE and cleaned.get("places") == []:
            asset = self.instance.use.asset
            mask = [list(place) for place in self.pasted.mask]
            cleaned["shape"] = Region.POLYGON if mask else Region.BOX
            cleaned["places"] = mask or [[0, 0], [asset.width or 0, asset.height or 0]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._cover(cleaned)
        if cleaned.get("kind") == Annotation.Kind.GEOREFERENCE and cleaned.get("shape") == Region.POINT:
            self.add_error("shape", _("A map covers a box or a polygon of the picture, not a point."))
        if "shape" in cleaned and "places" in cleaned:
            asset = self.instance.use.asset
            try:
                Region(cleaned["shape"], tuple((x, y) for x, y in cleaned["places"])).checked(asset.width or 0, asset.height or 0)
            except RegionError as error:
                self.add_error("places", str(error))
        return cleaned

    def _post_clean(self) -> None:
        """The model judges what is whole; until then what was typed is answered where it stands."""
        if not self.errors:
            self.instance.shape, self.instance.points = self.cleaned_data["shape"], self.cleaned_data["places"]
            self.instance.control_points = [list(point) for point in self.cleaned_data["control_points"]]
            super()._post_clean()  # type: ignore[misc]


class RegionsPage(UsePage):
    """The annotations of one picture: a list in reading order, the picture to draw on, and the form of one of them."""

    permissions = (VIEW,)
    template_name = "workplace/media/regions.html"
    page_title = gettext_lazy("Annotations")
    header_icon = "edit"
    kind = "image"

    @property
    def notes(self) -> Any:
        return Annotation.objects.filter(use=self.use, removed=False).select_related("author", "use", "use__asset", "use__artifact")

    def note(self, public_id: str) -> Annotation:
        """One annotation of this picture, removed ones too."""
        return get_object_or_404(Annotation.objects.select_related("use", "use__asset", "use__artifact"), use=self.use, public_id=public_id)

    def held(self) -> Annotation:
        """The annotation that is acted on, when it is still what was seen. Raises ``annotating.ChangedMeanwhile``."""
        seen = self.request.POST.get("seen", "")
        note = self.note(self.request.POST.get("note", ""))
        return annotating.held(note, int(seen) if seen.isdecimal() and len(seen) < 9 else None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("use", None)  # the address's own
        chosen = self.request.POST.get("note", "") or self.request.GET.get("note", "")
        note = self.note(chosen) if chosen else None
        versions = list(note.versions.order_by("-number")) if note else []
        form = kwargs.pop("form", None) or RegionForm(instance=note or Annotation(use=self.use))
        shown = [_shown(each) for each in self.notes.annotate(seen=Max("versions__number"))]
        asset = self.use.asset
        return super().get_context_data(
            use=self.use,
            use_label=in_current_language(self.use.label) or asset.original_filename,
            note=note,
            versions=[(version, ACTS.get(version.act, version.act)) for version in versions],
            seen=versions[0].number if versions else "",
            form=form,
            media=form.media,
            fit=_fit(note),
            notes=shown,
            removed=Annotation.objects.filter(use=self.use, removed=True).order_by("-updated_at")[:20],
            picture=thumbnail_url(asset.public_id, 1600) if asset.width else "",
            drawing={
                "view": {
                    "id": self.use.public_id,
                    "service": service_url(asset.public_id, origin=""),
                    "width": asset.width,
                    "height": asset.height,
                    "label": "",
                },
                "regions": [{"id": each["id"], "shape": each["shape"], "points": each["points"]} for each in shown],
                "chosen": note.public_id if note else "",
            },
            may=self._may(),
            locked=self.locked(),
            **kwargs,
        )

    def _may(self) -> dict[str, bool]:
        return {
            name: self.request.user.has_perm(code)
            for name, code in {"add": ADD, "change": CHANGE, "remove": DELETE, "publish": PUBLISH}.items()
        }

    def post(self, request: HttpRequest, pk: int, use: str) -> HttpResponseBase:
        act = getattr(self, f"act_{request.POST.get('act', '')}", None)
        if act is None:
            messages.error(request, _("Choose what to do with the annotation."))
            return self.back()
        try:
            with transaction.atomic():
                return act() or self.back()
        except ValidationError as error:  # a version of before that its picture has no place for any more
            messages.error(request, " ".join(error.messages))
        except RecordError as error:
            messages.error(request, str(error))
        return self.back()

    def back(self, note: Annotation | None = None) -> HttpResponse:
        address = reverse("workplace:regions", args=[self.artifact.pk, self.use.public_id])
        return redirect(f"{address}?note={note.public_id}" if note else address)

    def need(self, permission: str) -> None:
        if not self.request.user.has_perm(permission):
            raise PermissionDenied

    def act_save(self) -> HttpResponseBase | None:
        public_id = self.request.POST.get("note", "")
        self.need(CHANGE if public_id else ADD)
        try:
            note = self.held() if public_id else Annotation(use=self.use)
        except annotating.ChangedMeanwhile as error:
            # what was typed stays; the form that comes back has seen the newest version, so that the next press covers it
            messages.error(self.request, str(error))
            note = self.note(public_id)
            form = RegionForm(_following(self.request.POST, note), instance=note)
            return self.render_to_response(self.get_context_data(form=form, conflict=error.newest))
        was_public = annotating.is_public(note)
        form = RegionForm(self.request.POST, instance=note)
        if not form.is_valid():
            messages.validation_error(self.request, _("The annotation could not be saved: mend what is marked below."), form)
            return self.render_to_response(self.get_context_data(form=form))
        note = form.save(commit=False)
        if note.removed or (was_public and form.has_changed() and not self.request.user.has_perm(PUBLISH)):
            note.removed = note.published = False  # words that nobody who publishes has seen are not public
        annotating.write(note, user=self.request.user)
        waits = note.publication_class == Annotation.PublicationClass.PUBLIC and not note.published
        messages.success(self.request, _("The annotation is kept. It waits to be published.") if waits else _("The annotation is kept."))
        return None

    def act_publish(self) -> None:
        self.need(PUBLISH)
        wanted = self.request.POST.get("note", "")
        notes = [self.held()] if wanted else list(self.notes.filter(publication_class=Annotation.PublicationClass.PUBLIC, published=False))
        count = annotating.publish(notes, user=self.request.user)
        messages.success(self.request, ngettext("%(n)d annotation is published.", "%(n)d annotations are published.", count) % {"n": count})

    def act_remove(self) -> None:
        self.need(DELETE)
        annotating.remove(self.held(), user=self.request.user)
        messages.success(self.request, _("The annotation is removed; it can be restored from its history."))

    def act_restore(self) -> HttpResponseBase:
        self.need(CHANGE)
        note = self.held()
        number = self.request.POST.get("version", "")
        version = get_object_or_404(AnnotationVersion, annotation=note, number=int(number) if number.isdigit() and len(number) < 9 else 0)
        annotating.restore(note, version, user=self.request.user)
        messages.success(self.request, _("The annotation is again as it was in version %(n)d.") % {"n": version.number})
        return self.back(note)

    def act_move(self) -> HttpResponseBase:
        """One step up or down in the reading order."""
        self.need(CHANGE)
        order = list(self.notes.order_by("sort_order", "pk").values_list("public_id", flat=True))
        public_id, step = self.request.POST.get("note", ""), -1 if self.request.POST.get("to") == "up" else 1
        if public_id in order:
            at = order.index(public_id)
            order.insert(max(0, at + step), order.pop(at))
            annotating.reorder(self.use, order, user=self.request.user)
        return self.back()


def _written(points: Any) -> str:
    """Places as they stand in the form."""
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _following(sent: QueryDict, note: Annotation) -> QueryDict:
    """The form as sent. Places that its sender left as they were are where they are now: the picture may have been turned."""
    seen = sent.get("seen", "")
    began = note.versions.filter(number=int(seen)).first() if seen.isdecimal() and len(seen) < 9 else None
    if began is None or sent.get("places", "").split() != _written(began.content["points"]).split():
        return sent
    sent = sent.copy()
    sent["shape"], sent["places"] = note.shape, _written(note.points)
    return sent


def _points_of(note: Annotation) -> str:
    """What stands for the words of a map's place on the earth."""
    count = len(note.control_points)
    return ngettext("%(n)d control point", "%(n)d control points", count) % {"n": count} if count else ""


def _fit(note: Annotation | None) -> list[tuple[int, str]]:
    """(number, metres) for each control point of a map: how far it lies from where all of them together put it."""
    if note is None or note.kind != Annotation.Kind.GEOREFERENCE:
        return []
    found = georeferences.distances(note.control_points, note.transformation)
    return [(number, f"{metres:,.1f}" if metres < 100 else f"{metres:,.0f}") for number, metres in enumerate(found, start=1)]


def _shown(note: Annotation) -> dict[str, Any]:
    if annotating.is_public(note):
        state = _("public")
    elif note.publication_class == Annotation.PublicationClass.PUBLIC:
        state = _("waits to be published")
    else:
        state = _("staff only")
    return {
        "id": note.public_id,
        "seen": note.seen,  # type: ignore[attr-defined]
        "kind": note.get_kind_display(),
        "text": in_current_language(note.text) or _points_of(note),
        "state": state,
        "waits": note.publication_class == Annotation.PublicationClass.PUBLIC and not note.published,
        "by": note.author.get_username() if note.author else "",
        "at": note.updated_at,
        "shape": note.shape,
        "points": note.points,
    }


class RegionsExport(ObjectPage):
    """All annotations of an object, internal ones too, as a page of W3C Web Annotations."""

    permissions = (VIEW,)
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        notes = annotating.of_objects([self.artifact.pk], staff=True)
        page = {
            "@context": [annotating.CONTEXT, {"museum": "https://museum.invalid/terms#"}],
            "id": request.build_absolute_uri(),
            "type": "AnnotationPage",
            "items": [annotating.as_web_annotation(note, staff=True) for note in notes],
        }
        answer = JsonResponse(page, json_dumps_params={"ensure_ascii": False, "indent": 1}, content_type=EXPORT_TYPE)
        answer.headers["Content-Disposition"] = f'attachment; filename="annotations-{self.artifact.public_id}.jsonld"'
        return answer

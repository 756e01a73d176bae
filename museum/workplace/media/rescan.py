"""One picture turned, or replaced by a better scan: both are shown side by side before anything changes for visitors."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from artifacts import rescanning
from artifacts.models import ArtifactMedia
from media.errors import MediaError
from media.models import Asset, FormerOriginal, Replacement
from media.status import being_made_anew
from museum.workplace.media import uses
from museum.workplace.media.listed import ADD, CHANGE, PUBLISH, VIEW, may
from museum.workplace.pages import UsePage
from records.models import RecordError

TURNS = {"left": 270, "right": 90, "half": 180}


def degrees(way: str) -> int:
    """How far a button turns. Raises RecordError."""
    if way not in TURNS:
        raise RecordError(_("A picture is turned left, right or upside down."))
    return TURNS[way]


class RescanPage(UsePage):
    """Turn a picture; send a better scan, compare, put it in place or discard it; put a former one back."""

    permissions = (VIEW,)
    template_name = "workplace/media/rescan.html"
    page_title = gettext_lazy("Turn or replace")
    header_icon = "rotate"
    related = ("asset", "asset__blob", "artifact")
    kind = Asset.Kind.IMAGE.value

    @property
    def replacement(self) -> Replacement | None:
        found = Replacement.objects.select_related("scan", "scan__blob", "asset", "asset__blob").filter(asset=self.use.asset_id)
        return found.first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("use", None)  # the address's own
        asset, replacement = self.use.asset, self.replacement
        scan = uses.Shown(ArtifactMedia(asset=replacement.scan, label=self.use.label), 0) if replacement else None
        elsewhere = ArtifactMedia.objects.filter(asset=asset).exclude(artifact=self.artifact).select_related("artifact")
        return super().get_context_data(
            shown=uses.Shown(self.use, 0),
            scan=scan,
            replacement=replacement,
            other_shape=replacement is not None and _other_shape(asset, replacement.scan),
            unfinished=being_made_anew(asset) or (scan is not None and scan.unfinished),
            former=asset.former_originals.select_related("blob"),
            elsewhere=sorted({use.artifact.accession_number for use in elsewhere}),
            seen=asset.tier != Asset.Tier.HIDDEN,
            may=may(self.request.user),
            locked=self.locked(),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int, use: str) -> HttpResponseBase:
        act = getattr(self, f"act_{request.POST.get('act', '')}", None)
        if act is None:
            messages.error(request, _("Choose what to do with the picture."))
        else:
            try:
                messages.success(request, act())
            except (RecordError, MediaError) as error:
                messages.error(request, str(error))
        return self.back()

    def back(self) -> HttpResponse:
        return redirect("workplace:scan", self.artifact.pk, self.use.public_id)

    def need(self, *permissions: str) -> None:
        """One of these."""
        if not any(self.request.user.has_perm(each) for each in permissions):
            raise PermissionDenied

    def waiting(self) -> Replacement:
        """The new scan; a RecordError when somebody else has decided already."""
        found = self.replacement
        if found is None:
            raise RecordError(_("No new scan waits: somebody else has decided already."))
        return found

    def act_turn(self) -> str:
        self.need(CHANGE)
        rescanning.turn([self.use], degrees(self.request.POST.get("way", "")), user=self.request.user)
        return _("The picture is being turned; it appears here in a moment.")

    def act_turn_scan(self) -> str:
        self.need(CHANGE)
        rescanning.turn_scan(self.waiting(), degrees(self.request.POST.get("way", "")), user=self.request.user)
        return _("The new scan is being turned; it appears here in a moment.")

    def act_offer(self) -> str:
        self.need(ADD)
        file = self.request.FILES.get("file")
        if file is None:
            raise RecordError(_("Choose a file first."))
        rescanning.offer(self.use, file, file.name or "", user=self.request.user)
        return _("The new scan was taken in. Compare it with the picture, then put it in its place.")

    def act_discard(self) -> str:
        self.need(CHANGE)
        rescanning.discard(self.waiting(), user=self.request.user)
        return _("The new scan was discarded; the picture stays as it is.")

    def act_place(self) -> str:
        self.need(CHANGE, PUBLISH)
        rescanning.put_in_place(self.waiting(), user=self.request.user)
        return _("The new scan takes the picture's place as soon as its access copy is made; until then the former one is shown.")

    def act_back(self) -> str:
        self.need(CHANGE, PUBLISH)
        number = self.request.POST.get("former", "")
        former = get_object_or_404(
            FormerOriginal.objects.select_related("asset", "blob"),
            asset=self.use.asset_id,
            pk=int(number) if number.isdigit() and len(number) < 18 else 0,
        )
        rescanning.put_back(former, user=self.request.user)
        return _("The former scan is put back as soon as its access copy is made.")


def _other_shape(asset: Asset, scan: Asset) -> bool:
    """True when the two can hardly be the same view: regions and annotations would be stretched out of place."""
    if not (asset.width and asset.height and scan.width and scan.height):
        return False
    return abs(asset.width * scan.height / (asset.height * scan.width) - 1) > 0.03

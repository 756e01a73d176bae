"""An object's media as the workplace draws them: thumbnail, label, state in one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from artifacts import page_texts
from artifacts.models import Artifact, ArtifactMedia, TextLayer
from iiif.image.addresses import thumbnail_url
from media.models import Asset
from media.status import being_made_anew, sentence
from records.models import in_current_language

UNFINISHED = {Asset.State.WAITING, Asset.State.PROCESSING}


def small_address(asset: Asset, side: int) -> str:
    """A small picture for the workplace: with its version, so that no browser shows the one before it was turned or replaced."""
    return f"{thumbnail_url(asset.public_id, side)}?v={asset.version}"


@dataclass(frozen=True)
class Shown:
    """One use of an asset, ready to be drawn."""

    use: ArtifactMedia
    place: int

    @property
    def asset(self) -> Asset:
        return self.use.asset

    @property
    def thumbnail(self) -> str:
        """Address of a small picture; empty while there is none."""
        if self.asset.kind != Asset.Kind.IMAGE or self.asset.state != Asset.State.READY:
            return ""
        return small_address(self.asset, 240)

    @property
    def label(self) -> str:
        return in_current_language(self.use.label) or self.asset.original_filename

    @property
    def alt(self) -> str:
        return in_current_language(self.asset.alt_text) or self.label

    @property
    def has_alt(self) -> bool:
        """False for what should have one: a picture without."""
        return bool(self.asset.alt_text) or self.asset.kind != Asset.Kind.IMAGE

    @property
    def state(self) -> str:
        return sentence(self.asset)

    @property
    def unfinished(self) -> bool:
        return self.asset.state in UNFINISHED or being_made_anew(self.asset)

    @property
    def failed(self) -> bool:
        return self.asset.state == Asset.State.FAILED

    @property
    def shown_to(self) -> str:
        """Who sees it now."""
        if not self.use.published:
            return _("waits for publishing")
        return str(self.use.get_publication_class_display())

    @property
    def layer(self) -> TextLayer | None:
        """The text of the page, if there is one."""
        return getattr(self.use, "text_layer", None)

    @property
    def text_state(self) -> str:
        """What is known of the page's text; empty when it has none."""
        return page_texts.sentence(self.layer) if self.layer else ""

    @property
    def text_failed(self) -> bool:
        return self.layer is not None and self.layer.state == TextLayer.State.FAILED

    @property
    def turned_or_replaced_url(self) -> str:
        """Where a picture is turned or replaced; empty for other files."""
        if self.asset.kind != Asset.Kind.IMAGE:
            return ""
        return reverse("workplace:scan", args=[self.use.artifact_id, self.use.public_id])

    @property
    def edit_url(self) -> str:
        return reverse("workplace:picture", args=[self.use.artifact_id, self.use.public_id])


def shown(uses: Iterable[ArtifactMedia], start: int = 1) -> list[Shown]:
    """Media in their order, counted from ``start``."""
    return [Shown(use, place) for place, use in enumerate(uses, start)]


def of(artifact: Artifact) -> Any:
    """The object's media with their assets, in their order."""
    found = ArtifactMedia.objects.filter(artifact=artifact).select_related("asset", "asset__blob", "text_layer", "text_layer__asset")
    return found.defer("text_layer__packed").order_by("sort_order", "pk")

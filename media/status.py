"""What a curator is told about an asset, in one sentence."""

from __future__ import annotations

from django.db.models import Count
from django.utils.translation import gettext as _

from media.models import Asset


def being_made_anew(asset: Asset) -> bool:
    """True while a picture that is shown waits for its next access copy: it was turned, replaced, or found broken."""
    return asset.state == Asset.State.READY and asset.kind == Asset.Kind.IMAGE and asset.progress < 100


def sentence(asset: Asset) -> str:
    """Where the asset stands, in the reader's language: waiting, processing with progress, ready with its size, failed and why."""
    match asset.state:
        case Asset.State.WAITING if asset.attempts:
            return _("Waiting to be tried again (attempt %(n)d did not succeed).") % {"n": asset.attempts}
        case Asset.State.WAITING:
            return _("Waiting to be processed.")
        case Asset.State.PROCESSING:
            return _("Being processed: %(percent)d %%.") % {"percent": asset.progress}
        case Asset.State.READY if being_made_anew(asset):
            return _("A new access copy is being made; until it is ready, the former one is shown.")
        case Asset.State.FAILED:
            return _(asset.failure) if asset.failure else _("Processing failed.")
    if asset.kind == Asset.Kind.IMAGE and asset.width and asset.height:
        said = _("Ready: %(w)d × %(h)d pixels.") % {"w": asset.width, "h": asset.height}
    else:
        said = _("Ready.")
    return f"{said} {_(asset.warning)}" if asset.warning else said


def counts() -> dict[str, int]:
    """How many assets stand in each state, for health pages and the workplace."""
    counted = dict(Asset.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: counted.get(state, 0) for state in Asset.State.values}

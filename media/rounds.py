"""What media does every night: originals are verified, access copies mended, unused originals and forgotten files removed."""

from __future__ import annotations

import logging
import math
from itertools import chain

from media import fixity, mending, removal
from media.models import Blob

log = logging.getLogger(__name__)


def verify() -> None:
    """Check the ninetieth part of the originals, the longest unchecked first: each is read at least every ninety days."""
    share = math.ceil(Blob.objects.count() / (fixity.INTERVAL.days * 0.9))
    for number, blob in enumerate(fixity.due(fixity.INTERVAL / 2)):
        if number >= share:
            return
        verdict = fixity.check_original(blob)
        if verdict.outcome != fixity.OUTCOME.SUCCESS:
            log.error("fixity: %s: %s %s", verdict.what, verdict.outcome, verdict.sentence)


def mend() -> None:
    """Have access copies made again that are lost, changed, or of an older recipe."""
    found = mending.look()
    if found:
        log.warning("%d access copies are made again", found)


def clean() -> None:
    """Remove originals whose tombstone has stood long enough, older derivatives, and what interrupted work left behind."""
    for blob in removal.expired_tombstones():
        removal.purge(blob)
    for orphan in chain(removal.orphans(), removal.spooled()):
        if (
            orphan.alias == "originals"
        ):  # an original without a row is a riddle for people: verify_fixity names it, nothing removes it by itself
            continue
        removal.discard(orphan)

"""What media does every night: a share of the originals is verified, unused originals and forgotten files are removed."""

from __future__ import annotations

import logging
import math
from itertools import chain

from media import fixity, removal
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

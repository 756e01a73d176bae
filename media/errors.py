"""What can go wrong with a file, as sentences a curator can act on."""

from __future__ import annotations


class MediaError(Exception):
    """The root of this room's errors. ``str(error)`` is a sentence for people."""


class RefusedFile(MediaError):
    """The file is not taken into the museum. ``code`` names the reason for programs and tests."""

    def __init__(self, sentence: str, code: str) -> None:
        super().__init__(sentence)
        self.code = code


class DamagedFile(MediaError):
    """The file looked right from outside but its pixels cannot be decoded."""


class NoColours(DamagedFile):
    """The file is whole, but its numbers are no colours: heights, temperatures and the like."""


class StorageUnavailable(MediaError):
    """The storage did not answer, or not in time; trying again later may help."""


class MissingFile(MediaError):
    """A file that the database knows is not in the storage."""

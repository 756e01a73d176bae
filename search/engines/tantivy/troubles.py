"""What the disk refuses, as one sentence that says what to do: a folder of somebody else's, a full or read-only disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engines.base import EngineError, EngineUnavailableError

_OF_THE_DISK = ("IO error", "IoError", "os error", "Lockfile")  # Tantivy tells everything as a ValueError


@contextmanager
def told(root: Path) -> Iterator[None]:
    """Errors of the disk as EngineUnavailableError: they pass when somebody has made room, and no change is given up meanwhile."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise refused(root, error) from error
    except ValueError as error:
        if of_the_disk(error):
            raise refused(root, error) from error
        raise EngineError(f"The search index in {root} failed: {error}") from error


def of_the_disk(error: Exception) -> bool:
    """Whether the disk is at fault, and not what was written."""
    return isinstance(error, OSError | sqlite3.Error) or any(sign in str(error) for sign in _OF_THE_DISK)


def refused(root: Path, error: Exception) -> EngineUnavailableError:
    """The sentence."""
    return EngineUnavailableError(
        f"The search index in {root} cannot be read and written ({error}): make room on its disk, "
        "and give the folder to the user as whom the museum runs."
    )

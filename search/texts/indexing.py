"""The journal's part, the rebuild and the audit of the index of pages. A page is written only when it is not there as it is now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from records import journal, ticking
from records.models import JournalEntry
from search.building import logger
from search.documents import AUDIENCES, Audience
from search.engines.base import EngineError, EngineUnavailableError
from search.requests import SearchRequest, Stats
from search.texts import pages
from search.texts.engine import engine

CONSUMER = "page-texts"
BATCH = 50  # objects; a book has 600 pages
MOST_DOCUMENTS = 400


def catch_up() -> int:
    """One batch of changed objects; returns how many entries were dealt with."""
    try:
        _replace_lost()
    except EngineError as error:
        return _put_off(journal.take(CONSUMER, BATCH), error)
    entries = journal.take(CONSUMER, BATCH)
    if not entries:
        return 0
    pks = sorted({entry.record_pk for entry in entries})
    deleted = {entry.public_id for entry in entries if entry.op == JournalEntry.Op.DELETED and entry.public_id}
    try:
        for audience in AUDIENCES:
            refresh(audience, pks, deleted)
    except EngineUnavailableError as error:
        return _put_off(entries, error)
    except Exception as error:
        logger.exception("The pages of %d objects could not be indexed.", len(pks))
        journal.failed(entries, f"{type(error).__name__}: {error}")
        return 0
    journal.done(entries)
    return len(entries)


def _put_off(entries: list[JournalEntry], error: EngineError) -> int:
    if entries:
        logger.warning("%s The pages wait.", error)
        journal.failed(entries, str(error), count_attempt=False)
    return 0


def refresh(audience: Audience, pks: Sequence[int], deleted: Iterable[str] = ()) -> int:
    """Make the index say of these objects what the database says; returns how many pages were written or removed."""
    version = journal.next_version()
    owners = [*pages.ids_of(pks).values(), *deleted]
    engine().ensure(audience)
    there = _there(audience, owners)
    made = {document.id: document for document in pages.documents(pages.with_pages(pks), audience)}
    changed = [document for ident, document in made.items() if there.get(ident) != document.display["stamp"]]
    for batch in _batches(changed):
        for document in batch:
            document.version = version
        _raise_for(engine().index_documents(audience, batch).failed)
    gone = [(ident, version) for ident in there if ident not in made]
    if gone:
        _raise_for(engine().delete(audience, gone).failed)
    return len(changed) + len(gone)


def _there(audience: Audience, owners: Sequence[str]) -> dict[str, str]:
    """Stamps of what the index holds of these objects."""
    found: dict[str, str] = {}
    wanted = set(owners)
    engine().refresh(audience)  # what was written a moment ago counts, too
    for start in range(0, len(owners), 200):
        request = SearchRequest(filters={"related": tuple(owners[start : start + 200])})
        found |= {hit.id: hit.display["stamp"] for hit in engine().iterate(audience, request) if hit.display["object"] in wanted}
    return found


def _raise_for(failed: object) -> None:
    if failed:
        raise EngineError(f"Pages could not be indexed: {str(failed)[:300]}")


def rebuild(audience: Audience, *, progress: Callable[[int], None] = lambda count: None) -> Stats:
    """A new index of pages beside the one that serves, swapped in when it is complete."""
    new = engine().begin_rebuild(audience)
    try:
        for pks in _batches(pages.every_object(), 20):
            version = journal.next_version()
            for batch in _batches(pages.documents(pks, audience)):
                for document in batch:
                    document.version = version
                _raise_for(new.index(batch).failed)
                progress(len(batch))
        return new.commit_and_swap()
    except BaseException:
        new.abort()
        raise


def needed() -> list[Audience]:
    """Audiences whose index of pages is missing, built for other fields, or empty although nothing that waits would fill it."""
    away = lost()
    return [one for one in AUDIENCES if one in away or not engine().ensure(one).current or (_is_empty(one) and _unfilled())]


def lost() -> list[Audience]:
    """Audiences that have no index of pages at all, although nothing that waits would fill one (see ``rebuilding.lost``)."""
    missing = [one for one in AUDIENCES if not engine().exists(one)]
    return missing if missing and _unfilled() else []


def _replace_lost() -> None:
    for audience in lost():
        logger.warning("There is no index of pages for the %s: it is built anew.", audience)
        rebuild(audience, progress=lambda count: ticking.go_on())


def _unfilled() -> bool:
    """Whether there is an object with pages that does not wait to be indexed."""
    return not journal.records_waiting(CONSUMER, "object").issuperset(pages.every_object())


def _is_empty(audience: Audience) -> bool:
    return next(engine().iterate(audience, display=False), None) is None


def audit(audience: Audience, *, repair: bool = False) -> tuple[int, list[str]]:
    """(pages compared, ids of pages that are missing, outdated or should not be there); with ``repair`` they are mended."""
    engine().ensure(audience)
    engine().refresh(audience)
    indexed = {hit.id: hit.display["stamp"] for hit in ticking.heeding(engine().iterate(audience))}
    waiting = set(JournalEntry.objects.filter(consumer=CONSUMER, dead=False).values_list("record_pk", flat=True))
    differing: list[str] = []
    seen = 0
    expected: set[str] = set()
    late = set(pages.ids_of(sorted(waiting)).values())
    for pks in ticking.heeding(_batches(pages.every_object(), 20)):
        wrong = []
        for document in pages.documents(pks, audience):
            expected.add(document.id)
            seen += 1
            if indexed.get(document.id) != document.display["stamp"] and document.display["object"] not in late:
                wrong.append(document)
        differing += [document.id for document in wrong]
        if repair and wrong:
            version = journal.next_version()
            for document in wrong:
                document.version = version
            _raise_for(engine().index_documents(audience, wrong).failed)
    ghosts = sorted(set(indexed) - expected)
    if repair and ghosts:
        version = journal.next_version()
        _raise_for(engine().delete(audience, [(ident, version) for ident in ghosts]).failed)
    return seen, [*differing, *ghosts]


def nightly() -> None:
    """The nightly audit, with repair; what it found goes to the log."""
    for audience in AUDIENCES:
        seen, differing = audit(audience, repair=True)
        if differing:
            logger.warning("The %s index of pages was mended: %d of %d pages.", audience, len(differing), seen)


def _batches(items: Iterable, size: int = MOST_DOCUMENTS) -> Iterator[list]:
    batch: list = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch

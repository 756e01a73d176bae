"""The list of objects is the curators' search: the query, facets and columns that a person chooses, over the newest drafts.

The whole catalogue without a question comes from the database, so that what was just saved is there at once; every question
goes to the search engine. While that is away, numbers and titles are looked up in the database, and the page says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView

from artifacts.models import Artifact
from artifacts.permissions import within_departments
from museum.workplace.models import SavedSearch, SearchNotice, Worklist
from museum.workplace.objects.finding import by_number, found
from museum.workplace.objects.showing import dressed
from museum.workplace.searching import asking, cells, facets
from museum.workplace.searching.columns import BUILT_IN, choices_of, columns, names_of
from museum.workplace.searching.offered import offered
from museum.workplace.searching.ordering import by_database, in_order
from museum.workplace.searching.table import NumberColumn, ObjectTable, TickColumn
from records import identifiers
from search import curators
from search.engines.base import EngineError
from search.language import QueryError, Reader, reader_of
from search.language.syntax import Everything
from search.queries import numbers_left_out
from search.requests import DEEPEST, SearchResult

PER_PAGE = 50


class KeyPaginator(WagtailPaginator):
    """Finds the keys of a page first and fetches what is shown of those rows alone: far pages of a wide table stay quick."""

    def page(self, number: Any) -> Any:
        page = super().page(number)
        if isinstance(self.object_list, Found):
            return page
        first = page.start_index() - 1 if self.count else 0
        keys = list(self.object_list.values_list("pk", flat=True)[first : first + self.per_page])
        rows = {row.pk: row for row in dressed(Artifact.objects.filter(pk__in=keys))}
        page.object_list = [rows[key] for key in keys if key in rows]
        return page

    @cached_property
    def count(self) -> int:
        if isinstance(self.object_list, Found):
            return min(self.object_list.total, DEEPEST)
        return self.object_list.order_by().values("pk").count()


class Found(Sequence):
    """What a question finds, a page at a time: the engine says which and in what order, the database what they are.

    What the database does not have (any more), or has in another department by now, is left out.
    """

    def __init__(self, question: curators.Question, reader: Reader, rows: QuerySet[Artifact], page: int) -> None:
        self.question, self.reader, self.rows = question, reader, rows
        self._first = min((max(page, 1) - 1) * PER_PAGE, DEEPEST - PER_PAGE)
        self.result = curators.search(question, reader, offset=self._first, limit=PER_PAGE, facets=True)
        self.total = self.result.total

    def __len__(self) -> int:
        return min(self.total, DEEPEST)

    def __getitem__(self, wanted: Any) -> Any:
        start, stop = wanted.start or 0, wanted.stop
        result = self.result
        if start != self._first:
            result = curators.search(self.question, self.reader, offset=start, limit=stop - start)
        return self._rows(result)

    def _rows(self, result: SearchResult) -> list[Artifact]:
        ids = [hit.id.partition(":")[2] for hit in result.hits]
        if start := self._fresh():
            ids = list(dict.fromkeys([*start, *ids]))
        by_id = {row.public_id: row for row in dressed(self.rows.filter(public_id__in=ids))}
        hits = {hit.id.partition(":")[2]: hit for hit in result.hits}
        shown = [by_id[ident] for ident in ids if ident in by_id]
        for row in shown:
            row.highlights = hits[row.public_id].highlights if row.public_id in hits else ()  # type: ignore[attr-defined]
        return shown

    def _fresh(self) -> list[str]:
        """What was just saved is found by its number even before the engine has heard of it."""
        text = self.question.text
        if self._first or self.question.filters or self.question.ids is not None or not identifiers.looks_like_identifier(text):
            return []
        return list(by_number(self.rows, text).values_list("public_id", flat=True)[:20])


class ObjectIndex(IndexView):
    """The list."""

    is_searchable = False  # the form of the page is the search
    paginator_class = KeyPaginator
    table_class = ObjectTable
    default_ordering = "accession_sort"
    list_export = ()
    paginate_by = PER_PAGE

    @cached_property
    def reader(self) -> Reader:
        return reader_of(self.request.user)

    @cached_property
    def column_names(self) -> list[str]:
        return names_of(self.request.user, self.reader)

    @cached_property
    def columns(self) -> list[Column]:
        number = self._get_title_column("accession_number", NumberColumn)
        return [TickColumn("bulk_actions", obj_type="snippet"), number, *columns(self.column_names, self.reader)]

    def get_base_queryset(self) -> QuerySet:
        """Counted and ordered as they are; what is shown of them is fetched for a page at a time."""
        return within_departments(self.request.user, Artifact.objects.all())

    def get_list_buttons(self, instance: Artifact) -> list[Any]:
        """The number leads to the record card, and that to everything else: fifty menus would take as long as the list."""
        return []

    def get_edit_url(self, instance: Artifact) -> str | None:
        return f"{self._editing}{instance.pk}/" if self._editing else None

    @cached_property
    def _editing(self) -> str:
        """What the addresses of the edit form begin with; empty for who may change nothing."""
        return reverse(self.edit_url_name, args=[0]).removesuffix("0/") if self.user_has_permission("change") else ""

    def get_valid_orderings(self) -> list[str]:
        return [f"{sign}{name}" for name in asking.ORDERINGS for sign in ("", "-")]

    def get_queryset(self) -> Any:
        """The rows of the whole catalogue, or what the question finds; ``trouble`` and ``away`` say what is wrong."""
        self.trouble: QueryError | None = None
        self.away = False
        self.left_out: list[str] = []
        rows = self.get_base_queryset()
        self.question = curators.Question()
        try:
            self.question = asking.asked(self.request.GET, self.request.user)
            if not by_database(self.question):
                return Found(self.question, self.reader, rows, self._page())
        except QueryError as error:
            self.trouble = error
            return rows.none()
        except EngineError:
            self.away = True
            return in_order(self._meanwhile(rows), self.question)
        return in_order(rows, self.question)

    def _meanwhile(self, rows: QuerySet) -> QuerySet:
        """What the database finds while the engine is away; ``left_out`` are the conditions that it cannot look up."""
        if self.question.numbers:
            return reduce(or_, (found(rows, number) for number in self.question.numbers))
        words, self.left_out = curators.without_engine(self.question)
        if not words:
            return rows.none() if self.left_out else rows
        each = reduce(lambda narrowed, word: found(narrowed, word), words, rows)
        return found(rows, " ".join(words)) | each

    def _page(self) -> int:
        page = self.request.GET.get(self.page_kwarg, "")
        return int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        shown = list(context["object_list"])
        wanted = cells.chosen([name for name in self.column_names if name not in BUILT_IN], self.reader)
        if wanted:
            texts = cells.cells([row.pk for row in shown], wanted, self.request.user)
            for row in shown:
                row.cells = texts.get(row.pk, {})
        source = getattr(context["page_obj"].paginator, "object_list", None)
        result = source.result if isinstance(source, Found) else self._facets_of_all()
        params = self.request.GET
        narrowing = facets.shown(result, params) if result else []
        offer = offered(self.reader)
        return {
            **context,
            "query": params.get("q", ""),
            "trouble": self.trouble,
            "away": self.away,
            "left_out": self.left_out,
            "asks": self.question.asks,
            "total": source.total if isinstance(source, Found) else context["page_obj"].paginator.count,
            "beyond": isinstance(source, Found) and source.total > DEEPEST,
            "not_found": result.not_found if result else (),
            "numbers_left_out": numbers_left_out(params.get("q", "")) if self.question.numbers else 0,
            "facets": narrowing,
            "chosen": facets.chosen(narrowing),
            "state": asking.address(params),
            "saved": SavedSearch.objects.seen_by(self.request.user),
            "worklists": Worklist.objects.seen_by(self.request.user),
            "notices": SearchNotice.objects.filter(search__owner=self.request.user, read_at=None).count(),
            **choices_of(offer, self.column_names),
            "builder": offer.scripts,
            "everything": isinstance(self.question.tree, Everything),
        }

    def _facets_of_all(self) -> SearchResult | None:
        if self.away or self.trouble or self.results_only:
            return None
        try:
            return curators.search(self.question, self.reader, limit=0, facets=True)
        except EngineError:
            self.away = True
            return None

"""Canary words in what the reader may not see appear in no answer of any kind."""

from dataclasses import asdict

import pytest

from search.documents import FACETS, Text
from search.requests import SORT_NAMES, FacetRequest, SearchRequest
from tests.search.conformance.corpus import make

CANARY = "zyzzyva"
TYPED = [CANARY, "zyzzyv", "zyzzyvb", "zyz", f'"{CANARY}"', f"vase {CANARY}", "Z-1.77", "vase"]


@pytest.fixture(scope="module")
def filled(shared):
    hidden = {"title": [Text(CANARY)], "text": [Text(f"{CANARY} in the cellar", "en")], "number": [Text("Z-1.77")]}
    documents = [make("vase", title=[Text("Blue vase")], groups={"s": {"text": [Text("the cellar")]}, "r_registrar": hidden}), make("bowl")]
    shared.index_documents("curatorial", documents)
    shared.index_documents("public", [make("vase", title=[Text("Blue vase")]), make("bowl")])
    shared.refresh("curatorial")
    shared.refresh("public")
    return shared


def answers(engine, audience, groups, typed):
    facets = tuple(FacetRequest(name, 50) for name in FACETS)
    for sort in SORT_NAMES:
        for match in ("all", "most", "fuzzy"):
            yield engine.search(audience, SearchRequest(text=typed, groups=groups, facets=facets, histogram=True, sort=sort, match=match))
    yield engine.search(audience, SearchRequest(numbers=("Z-1.77", "Z-1.78"), groups=groups))
    yield engine.suggest(audience, typed, groups=groups)
    yield engine.did_you_mean(audience, typed, groups=groups)
    yield engine.similar(audience, "object:vase", groups=groups)
    yield engine.get(audience, ["object:vase"])
    yield list(engine.iterate(audience, SearchRequest(text=typed, groups=groups)))


def plain(answer):
    return repr(asdict(answer)) if hasattr(answer, "__dataclass_fields__") else repr(answer)


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize(("audience", "groups"), [("public", ("p",)), ("curatorial", ("p", "s")), ("curatorial", ("p",))])
def test_a_restricted_word_is_in_no_answer(filled, audience, groups, typed):
    for answer in answers(filled, audience, groups, typed):
        assert CANARY not in plain(answer).lower()


@pytest.mark.parametrize("typed", [CANARY, f'"{CANARY}"', f"vase {CANARY}", "Z-1.77"])
def test_a_restricted_word_finds_nothing_and_counts_nothing(filled, typed):
    for audience, groups in (("public", ("p",)), ("curatorial", ("p", "s"))):
        assert filled.search(audience, SearchRequest(text=typed, groups=groups)).total == 0


def test_who_may_read_it_finds_it_and_sees_why(filled):
    result = filled.search("curatorial", SearchRequest(text=CANARY, groups=("p", "s", "r_registrar")))
    assert [hit.id for hit in result.hits] == ["object:vase"]
    assert any(CANARY in h.html for h in result.hits[0].highlights)
    assert filled.did_you_mean("curatorial", "zyzzyvb", groups=("p", "s", "r_registrar")) == CANARY

"""The judge of LIDO sees single faults, and takes a record as small as the schema allows one to be."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree

from tests.exchange.lido_schema import ATTRIBUTES, LIDO, SEQUENCES, XML_LANG, faults, parts

_N = {"l": LIDO, "skos": "http://www.w3.org/2004/02/skos/core#"}
_T = "http://terminology.lido-schema.org/lido"
# a record as small as the schema allows one to be
SMALL = f"""<l:lido xmlns:l="{LIDO}" xmlns:skos="{_N["skos"]}">
  <l:lidoRecID l:type="{_T}00100">1</l:lidoRecID>
  <l:descriptiveMetadata xml:lang="vi">
    <l:objectClassificationWrap><l:objectWorkTypeWrap><l:objectWorkType><l:term>drum</l:term></l:objectWorkType></l:objectWorkTypeWrap></l:objectClassificationWrap>
    <l:objectIdentificationWrap><l:titleWrap><l:titleSet><l:appellationValue>Drum</l:appellationValue></l:titleSet></l:titleWrap></l:objectIdentificationWrap>
  </l:descriptiveMetadata>
  <l:administrativeMetadata xml:lang="vi"><l:recordWrap>
    <l:recordID l:type="{_T}00100">1</l:recordID><l:recordType><l:term>item</l:term></l:recordType><l:recordSource/>
  </l:recordWrap></l:administrativeMetadata>
</l:lido>"""


def _broken() -> Iterator[tuple[str, Any]]:
    """Documents with one fault each."""

    def without(path: str) -> Any:
        def act(root: etree._Element) -> None:
            one = root.find(f".//{path}", _N)
            assert one is not None
            one.getparent().remove(one)

        return act

    def inside(path: str, xml: str, place: int = 99) -> Any:
        def act(root: etree._Element) -> None:
            one = root if path == "." else root.find(f".//{path}", _N)
            assert one is not None
            one.insert(place, etree.fromstring(f'<l:x xmlns:l="{LIDO}" xmlns:skos="{_N["skos"]}">{xml}</l:x>')[0])

        return act

    def attribute(path: str, name: str, value: str) -> Any:
        return lambda root: root.find(f".//{path}", _N).set(name, value)

    for name in (
        "lidoRecID",
        "descriptiveMetadata",
        "objectWorkType",
        "titleSet",
        "appellationValue",
        "recordID",
        "recordType",
        "recordSource",
    ):
        yield f"without {name}", without(f"l:{name}")
    yield "in another order", inside("l:recordWrap", f'<l:recordID l:type="{_T}00100">2</l:recordID>')
    yield "unknown element", inside("l:titleWrap", "<l:title/>")
    yield "two types of record", inside("l:recordWrap", "<l:recordType><l:term>x</l:term></l:recordType>", 1)
    yield "identifier without type", inside(".", "<l:objectPublishedID>1</l:objectPublishedID>", 1)
    yield "a collection without name", inside("l:recordWrap", "<l:collection><l:displayObject>x</l:displayObject></l:collection>")
    yield "a label for a concept", inside("l:objectWorkType", "<skos:prefLabel>x</skos:prefLabel>", 0)
    yield "attribute without prefix", attribute("l:titleSet", "type", "x")
    yield "unknown attribute", attribute("l:titleSet", f"{{{LIDO}}}kind", "x")
    yield "order that is no number", attribute("l:titleSet", f"{{{LIDO}}}sortorder", "first")
    yield "no language tag", attribute("l:descriptiveMetadata", XML_LANG, "Tiếng Việt")
    yield "words among elements", lambda root: setattr(root, "text", "words")


@pytest.mark.parametrize(("name", "act"), [pytest.param(name, act, id=name) for name, act in _broken()])
def test_the_judge_sees_a_single_fault(name: str, act: Any) -> None:
    whole = etree.fromstring(SMALL)
    assert faults(whole) == []
    broken = copy.deepcopy(whole)
    act(broken)
    assert faults(broken), name


def test_the_judge_knows_every_type_that_it_names() -> None:
    named = {of for kind in SEQUENCES for _name, of, _many in parts(kind)}
    assert named - {"foreign"} <= SEQUENCES.keys() | ATTRIBUTES.keys()

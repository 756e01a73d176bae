"""A judge of LIDO 1.1: what its schema (lido-v1.1.xsd) and the rules within it say of elements, their order, their number and their attributes.

Written from the schema's own text as facts, element by element; real records of other museums are held against it as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

LIDO = "http://www.lido-schema.org"
SKOS, OWL, GML = "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/2002/07/owl#", "http://www.opengis.net/gml"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFIXES = {LIDO: "", SKOS: "skos:", OWL: "owl:", GML: "gml:"}
_TERMINOLOGY = "http://terminology.lido-schema.org/lido"

# type: children in their order, each "name[:type]" (its type is called like itself where none is named) with ?, * or + for how many
SEQUENCES = {
    "lidoWrap": "lido+",
    "lido": "lidoRecID:id+ objectPublishedID:id* category:concept? applicationProfile:id? descriptiveMetadata+ administrativeMetadata+",
    "descriptiveMetadata": "objectClassificationWrap objectIdentificationWrap eventWrap? objectRelationWrap?",
    "administrativeMetadata": "rightsWorkWrap? recordWrap resourceWrap?",
    "objectClassificationWrap": "objectWorkTypeWrap classificationWrap?",
    "objectWorkTypeWrap": "objectWorkType:concept+",
    "classificationWrap": "classification:concept*",
    "objectIdentificationWrap": (
        "titleWrap inscriptionsWrap? repositoryWrap? displayStateEditionWrap? objectDescriptionWrap? objectMeasurementsWrap? "
        "objectMaterialsTechWrap?"
    ),
    "titleWrap": "titleSet:appellation+",
    "inscriptionsWrap": "inscriptions*",
    "inscriptions": "inscriptionTranscription:text* inscriptionDescription:note*",
    "repositoryWrap": "repositorySet*",
    "repositorySet": (
        "displayRepository:text* repositoryName:legalBody? workID:number* repositoryLocation:place? sourceRepositorySet:text*"
    ),
    "displayStateEditionWrap": "displayState:text* displayEdition:text* sourceStateEdition:text*",
    "objectDescriptionWrap": "objectDescriptionSet*",
    "note": "descriptiveNoteID:id* descriptiveNoteValue:text* sourceDescriptiveNote:text*",
    "objectDescriptionSet": "descriptiveNoteID:id* descriptiveNoteValue:text* sourceDescriptiveNote:text* objectDescriptionRights:rights*",
    "objectMeasurementsWrap": "objectMeasurementsSet*",
    "objectMeasurementsSet": "displayObjectMeasurements:text* objectMeasurements?",
    "objectMeasurements": (
        "measurementsSet* extentMeasurements:mixed* qualifierMeasurements:mixed* formatMeasurements:mixed* shapeMeasurements:mixed* "
        "scaleMeasurements:mixed*"
    ),
    "measurementsSet": "measurementType:mixed+ measurementUnit:mixed+ measurementValue:text",
    "objectMaterialsTechWrap": "objectMaterialsTechSet:materialsTechSet*",
    "materialsTechSet": "displayMaterialsTech:text* materialsTech*",
    "materialsTech": "termMaterialsTech:concept* extentMaterialsTech:mixed* sourceMaterialsTech:text*",
    "eventWrap": "eventSet*",
    "eventSet": "displayEvent:text* event?",
    "event": (
        "eventID:id* owl:* eventType:concept roleInEvent:concept* eventName:appellation* eventActor:actorInRoleSet* culture:concept* "
        "eventDate:dateSet? periodName:concept* eventPlace:placeSet* eventMethod:concept* eventMaterialsTech:materialsTechSet* "
        "eventObjectMeasurements:objectMeasurementsSet* thingPresent:objectSet* relatedEventSet* eventDescriptionSet:note*"
    ),
    "relatedEventSet": "relatedEvent:eventSet? relatedEventRelType:concept?",
    "actorInRoleSet": "displayActorInRole:text* actorInRole?",
    "actorInRole": "actor roleActor:concept* attributionQualifierActor:mixed* extentActor:mixed* sourceActorInRole:text*",
    "actorSet": "displayActor:text* actor?",
    "actor": (
        "actorID:id* owl:* nameActorSet:appellation+ nationalityActor:concept* vitalDatesActor:date* vitalPlaceActor:place* "
        "genderActor:mixed*"
    ),
    "dateSet": "displayDate:text* date?",
    "date": "earliestDate:day? latestDate:day?",
    "placeSet": "displayPlace:text* place?",
    "place": "placeID:id* owl:* namePlaceSet:appellation* gml* partOfPlace:place* placeClassification:concept*",
    "gml": "gml:Point* gml:LineString* gml:Polygon*",
    "objectRelationWrap": "subjectWrap? relatedWorksWrap?",
    "subjectWrap": "subjectSet*",
    "subjectSet": "displaySubject:text* subject?",
    "subject": (
        "extentSubject:mixed* subjectConcept:concept* subjectActor:actorSet* subjectDate:dateSet* subjectEvent:eventSet* "
        "subjectPlace:placeSet* subjectObject:objectSet*"
    ),
    "relatedWorksWrap": "relatedWorkSet*",
    "relatedWorkSet": "displayRelatedWork:text* relatedWork:objectSet? relatedWorkRelType:concept? sourceRelatedWorkSet:text*",
    "objectSet": "displayObject:text* object?",
    "object": "objectWebResource:web* objectID:id* owl:* objectType:concept* objectName:appellation* objectNote:text*",
    "rightsWorkWrap": "rightsWorkSet:rights*",
    "rights": "rightsType:concept* rightsDate:date? rightsHolder:legalBody* creditLine:text*",
    "recordWrap": "recordID:id+ recordType:concept recordSource:legalBody+ recordRights:rights* recordInfoSet* collection:objectSet*",
    "recordInfoSet": "recordInfoID:id* recordInfoLink:web* recordMetadataDate:text*",
    "legalBody": "legalBodyID:id* owl:* legalBodyName:appellation* legalBodyWeblink:web*",
    "resourceWrap": "resourceSet*",
    "resourceSet": (
        "resourceID:id* resourceRepresentation* resourceType:concept? resourceRelType:concept* resourcePerspective:concept* "
        "resourceDescription:text* resourceDateTaken:dateSet? resourceSource:legalBody* rightsResource:rights*"
    ),
    "resourceRepresentation": "linkResource:web resourceMeasurementsSet:measurementsSet*",
    "appellation": "appellationValue:name+ sourceAppellation:text*",
    "concept": "skos:? conceptID:id* term*",
    "mixed": "skos:? conceptID:id* term*",
}
_TEXT = "xml:lang encodinganalog label"
# of the types that hold words, and of concepts
ATTRIBUTES = {
    "id": "type pref source encodinganalog label",
    "text": _TEXT,
    "term": f"pref addedSearchTerm {_TEXT}",
    "name": f"pref {_TEXT}",
    "web": f"pref formatResource codecResource {_TEXT}",
    "day": "type source encodinganalog label",
    "number": "type sortorder encodinganalog label",
    "concept": _TEXT,
    "mixed": _TEXT,
    "note": "type sortorder",
    "descriptiveMetadata": "xml:lang",
    "administrativeMetadata": "xml:lang",
    "gml": "xml:lang",
    "lido": "relatedencoding sortorder",
    "lidoWrap": "relatedencoding",
    "place": "politicalEntity geographicalEntity",
}
REQUIRED = {"id": "type", "descriptiveMetadata": "xml:lang", "administrativeMetadata": "xml:lang"}
_TYPED = (
    "actor nationalityActor vitalDatesActor vitalPlaceActor genderActor classification objectWorkType termMaterialsTech periodName "
    "eventPlace placeClassification rightsType objectDescriptionSet inscriptions objectMeasurementsSet eventObjectMeasurements recordSource "
    "resourceSource recordInfoSet recordMetadataDate resourceRepresentation resourceDescription repositorySet titleSet objectNote subject"
)
_SORTED = (
    "roleActor nationalityActor eventActor culture periodName eventPlace eventMethod eventMaterialsTech eventObjectMeasurements thingPresent "
    "relatedEventSet classification objectDescriptionSet termMaterialsTech measurementsSet extentMeasurements qualifierMeasurements "
    "formatMeasurements shapeMeasurements scaleMeasurements objectMeasurementsSet objectWorkType recordInfoSet recordRights recordSource "
    "relatedWorkSet repositorySet resourceDescription resourceSource rightsResource resourceSet rightsHolder rightsWorkSet subjectConcept "
    "subjectActor subjectDate subjectEvent subjectPlace subjectObject subjectSet titleSet objectName eventSet inscriptions"
)
# by the element's own name, beside those of its type
OWN_ATTRIBUTES: dict[str, set[str]] = {
    **{name: {"type"} for name in _TYPED.split()},
    **{name: {"sortorder"} | ({"type"} if name in _TYPED.split() else set()) for name in _SORTED.split()},
}
for _name, _more in {
    "titleSet": "pref",
    "objectName": "pref",
    "eventSet": "mostNotableEvent",
    "eventWrap": "mostNotableEvent",
    "recordMetadataDate": "source",
    "objectMeasurementsSet": "measurementsGroup",
    "eventObjectMeasurements": "measurementsGroup",
}.items():
    OWN_ATTRIBUTES.setdefault(_name, set()).add(_more)
_INTEGERS = {"sortorder", "mostNotableEvent"}
_LANGUAGE = re.compile(r"([A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)?")


def faults(root: etree._Element) -> list[str]:
    """What is wrong with a document, each with its place; empty for a valid one."""
    name = _name_of(root)
    return list(_faults(root, name, name)) if name in {"lido", "lidoWrap"} else [f"{name} is no root of LIDO"]


def parts(kind: str) -> list[tuple[str, str, str]]:
    """(name, type, how many) of the children of a type."""
    found = []
    for part in SEQUENCES[kind].split():
        many = part[-1] if part[-1] in "?*+" else ""
        bare = part.removesuffix(many) if many else part
        name, _sep, of = bare.partition(":") if not bare.startswith(("gml:", "owl:", "skos:")) else (bare, "", "foreign")
        found.append((name, of or name, many))
    return found


def _faults(element: etree._Element, kind: str, path: str) -> Iterator[str]:
    yield from _attributes(element, kind, path)
    children = [child for child in element if isinstance(child.tag, str)]
    words = "".join([element.text or "", *(child.tail or "" for child in element)]).strip()
    if kind not in SEQUENCES:
        if children:
            yield f"{path}: holds elements"
        return
    if words and not (kind == "mixed" and not children):
        yield f"{path}: holds words beside elements"
    if kind == "mixed" and children and ({XML_LANG, f"{{{LIDO}}}label", f"{{{LIDO}}}encodinganalog"} & set(element.attrib)):
        yield f"{path}: is a concept and a text"
    yield from _children(children, kind, path)
    yield from _rules(element, path)


def _children(children: list[etree._Element], kind: str, path: str) -> Iterator[str]:
    place = 0
    for name, of, many in parts(kind):
        count = 0
        while place < len(children) and _is(children[place], name):
            count += 1
            inner = f"{path}/{_name_of(children[place])}[{count}]"
            if of == "foreign":
                yield from _foreign(children[place], inner)
            else:
                yield from _faults(children[place], of, inner)
            place += 1
        if count < (0 if many in ("?", "*") else 1) or count > (1 if many in ("", "?") else count):
            yield f"{path}: {count} × {name}"
    if place < len(children):
        yield f"{path}: {_name_of(children[place])} does not stand there"


def _is(element: etree._Element, name: str) -> bool:
    found = _name_of(element)
    return found.startswith(name) if name in ("owl:", "skos:") else found == name


def _attributes(element: etree._Element, kind: str, path: str) -> Iterator[str]:
    name = _name_of(element)
    allowed = set(ATTRIBUTES.get(kind, "").split()) | OWN_ATTRIBUTES.get(name, set())
    found: dict[str, str] = {}
    for key, value in element.attrib.items():
        named = etree.QName(key)
        short = "xml:lang" if key == XML_LANG else named.localname
        if named.namespace == "http://www.w3.org/2001/XMLSchema-instance":
            continue
        if short not in allowed or (short != "xml:lang" and named.namespace != LIDO):
            yield f"{path}: no attribute {key}"
        if (short in _INTEGERS and not re.fullmatch(r"[+-]?\d+", value)) or (short == "xml:lang" and not _LANGUAGE.fullmatch(value)):
            yield f"{path}: {short}={value!r}"
        if short == "addedSearchTerm" and value not in ("yes", "no"):
            yield f"{path}: {short}={value!r}"
        found[short] = value
    if REQUIRED.get(kind, "") not in ("", *found):
        yield f"{path}: needs {REQUIRED[kind]}"


def _foreign(element: etree._Element, path: str) -> Iterator[str]:
    """What the schema says of elements that are not its own."""
    name = _name_of(element)
    if name.startswith("skos:"):
        if name != "skos:Concept":
            yield f"{path}: no skos:Concept"
        yield from (f"{path}: {child.tag}" for child in element if isinstance(child.tag, str) and not _name_of(child).startswith("skos:"))
    elif name.startswith("owl:") and name != "owl:sameAs":
        yield f"{path}: no owl:sameAs"
    elif name == "gml:Point":
        inner = [_name_of(child) for child in element if isinstance(child.tag, str)]
        if inner not in (["gml:pos"], ["gml:coordinates"]):
            yield f"{path}: {inner}"


def _rules(element: etree._Element, path: str) -> Iterator[str]:
    """The Schematron rules within the schema."""
    name = _name_of(element)
    if name == "collection" and element.find(f"{{{LIDO}}}object/{{{LIDO}}}objectName") is None:
        yield f"{path}: a collection without its name"
    kinds = [child.get(f"{{{LIDO}}}type") for child in element.iterfind(f"{{{LIDO}}}rightsType")]
    if set(kinds) - {None, f"{_TERMINOLOGY}00920", f"{_TERMINOLOGY}00921"} or len(set(kinds)) > 1 or (len(kinds) > 1 and None in kinds):
        yield f"{path}: types of rights {kinds}"


def _name_of(element: etree._Element) -> str:
    named = etree.QName(element)
    return _PREFIXES.get(named.namespace or "", f"{{{named.namespace}}}") + named.localname

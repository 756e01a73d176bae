"""The object record and its parts."""

from artifacts.models.artifact import AccessionReservation, Artifact, ArtifactQuerySet
from artifacts.models.context import (
    ArtifactReference,
    ArtifactSet,
    CareNotice,
    ProvenanceStep,
    Relation,
    Right,
    Subject,
)
from artifacts.models.identity import Identifier, ObjectName, Title
from artifacts.models.making import Event, Maker, Material, MeasurementRow
from artifacts.models.media import ArtifactMedia
from artifacts.models.object_types import ObjectType
from artifacts.models.pages import Annotation, AnnotationVersion, TextLayer
from artifacts.models.texts import Description, Inscription

__all__ = [
    "AccessionReservation",
    "Annotation",
    "AnnotationVersion",
    "Artifact",
    "ArtifactMedia",
    "ArtifactQuerySet",
    "ArtifactReference",
    "ArtifactSet",
    "CareNotice",
    "Description",
    "Event",
    "Identifier",
    "Inscription",
    "Maker",
    "Material",
    "MeasurementRow",
    "ObjectName",
    "ObjectType",
    "ProvenanceStep",
    "Relation",
    "Right",
    "Subject",
    "TextLayer",
    "Title",
]

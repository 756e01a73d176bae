"""Agents, places, terms, periods, references, museums and departments: what objects are described with."""

from vocabularies.models.agents import Agent, AgentDate, AgentLink, AgentName, AgentRelation
from vocabularies.models.base import VocabularyRecord, sort_label_of
from vocabularies.models.merged import MergedRecord
from vocabularies.models.museums import CollectionSet, Department, DepartmentMembership, Museum
from vocabularies.models.periods import Period, PeriodLink
from vocabularies.models.places import Place, PlaceLink, PlaceName
from vocabularies.models.references import Reference
from vocabularies.models.terms import Term, TermBroader, TermLabel, TermLink, Vocabulary

__all__ = [
    "Agent",
    "AgentDate",
    "AgentLink",
    "AgentName",
    "AgentRelation",
    "CollectionSet",
    "Department",
    "DepartmentMembership",
    "MergedRecord",
    "Museum",
    "Period",
    "PeriodLink",
    "Place",
    "PlaceLink",
    "PlaceName",
    "Reference",
    "Term",
    "TermBroader",
    "TermLabel",
    "TermLink",
    "Vocabulary",
    "VocabularyRecord",
    "sort_label_of",
]

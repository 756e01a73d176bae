"""Which saves of vocabulary records the journal hears of."""

from modelcluster.models import get_all_child_relations

from records.watching import watch, watch_part
from vocabularies.resolving import KINDS


def connect() -> None:
    """Watch all vocabulary records and their child rows."""
    for model, kind in KINDS.items():
        watch(model, kind)
        for relation in get_all_child_relations(model):
            column = f"{relation.field.name}_id"
            watch_part(relation.related_model, lambda row, column=column, kind=kind: [(kind, getattr(row, column))])

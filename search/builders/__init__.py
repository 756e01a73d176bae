"""Documents of the kinds that lie below search: objects, people, places, terms, periods."""

from search.builders import objects, vocabularies


def register() -> None:
    """Make them searchable (in ``ready()``)."""
    objects.register()
    vocabularies.register()

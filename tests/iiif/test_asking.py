"""Questions to the database in front of Django."""

import threading

import pytest
from django.db import connection

from iiif.asking import twice
from vocabularies.models import Term


@pytest.mark.one_stack
@pytest.mark.django_db(transaction=True)
def test_a_thread_keeps_no_connection_to_sqlite_that_it_did_not_have():
    kept = []

    def ask():
        kept.append(twice(Term.objects.exists))
        kept.append(connection.connection)
        connection.ensure_connection()
        kept.append(twice(Term.objects.exists))
        kept.append(connection.connection is None)
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert kept == [False, None, False, False]

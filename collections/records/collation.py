"""Bytewise comparison of derived keys on PostgreSQL, for columns made before ``DerivedField`` asked for it itself."""

from __future__ import annotations

from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

from records.fields import DerivedField


def compare_bytewise(app_label: str) -> RunPython:
    """The migration step that gives every derived column of an app the collation "C"; nothing to do on SQLite, which compares bytes."""

    def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor != "postgresql":
            return
        for model in apps.get_app_config(app_label).get_models():
            for field in model._meta.local_fields:
                if isinstance(field, DerivedField):
                    editor.execute(_altered(editor, model, field))

    return RunPython(forwards, RunPython.noop)


def _altered(editor: BaseDatabaseSchemaEditor, model: Any, field: DerivedField) -> str:
    table, column = editor.quote_name(model._meta.db_table), editor.quote_name(str(field.column))
    return f'ALTER TABLE {table} ALTER COLUMN {column} TYPE {field.db_type(editor.connection)} COLLATE "C"'

"""The room ``records``: what every record has."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "records"

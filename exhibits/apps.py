"""The room ``exhibits``."""

from django.apps import AppConfig


class ExhibitsConfig(AppConfig):
    name = "exhibits"

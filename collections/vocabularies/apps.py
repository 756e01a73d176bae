"""The room ``vocabularies``."""

from django.apps import AppConfig


class VocabulariesConfig(AppConfig):
    name = "vocabularies"

"""The room ``exchange``: data in and out."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"

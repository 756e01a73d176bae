"""The visitor's museum as the curator edits it: settings, home page, text pages, exhibitions."""

from exhibits.models.exhibitions import ExhibitionIndexPage, ExhibitionPage, Shown
from exhibits.models.pages import HomePage, TextPage, VisitorPage
from exhibits.models.settings import MuseumSettings

__all__ = ["ExhibitionIndexPage", "ExhibitionPage", "HomePage", "MuseumSettings", "Shown", "TextPage", "VisitorPage"]

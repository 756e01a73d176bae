"""What follows when pages are published, taken back or deleted: which objects are shown where, and the journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import Locale, Page, PageViewRestriction, Site, get_page_models
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from artifacts.models import Artifact
from exhibits import house as frame
from exhibits.blocks import object_keys
from exhibits.models import ExhibitionPage, MuseumSettings, Shown, TextPage
from exhibits.projecting import MODELS, public_id_of
from iiif.presentation import house
from media import access
from media.access import refresh_tiers
from media.models import Asset
from records import journal, languages
from records.models import JournalEntry

_KINDS = {model: kind for kind, model in MODELS.items()}


def connect() -> None:
    """Listen."""
    for model in (ExhibitionPage, TextPage):
        uid = f"exhibits-{model.__name__}"
        page_published.connect(_published, sender=model, dispatch_uid=f"{uid}-published")
        page_unpublished.connect(_taken_back, sender=model, dispatch_uid=f"{uid}-unpublished")
        pre_delete.connect(_deleted, sender=model, dispatch_uid=f"{uid}-deleted")
    for signal, name in ((post_save, "set"), (post_delete, "lifted")):
        signal.connect(_privacy_changed, sender=PageViewRestriction, dispatch_uid=f"exhibits-privacy-{name}")
    post_page_move.connect(_moved, dispatch_uid="exhibits-moved")
    pre_save.connect(_face_before, sender=MuseumSettings, dispatch_uid="exhibits-logo-before")
    access.register("logos", logos)
    post_save.connect(_face_chosen, sender=MuseumSettings, dispatch_uid="exhibits-logo")
    _watch_the_frame()


def _watch_the_frame() -> None:
    """Whatever stands around every page: the menu's pages, the site, its languages and settings, the logo."""
    for number, signal in enumerate((page_published, page_unpublished, post_page_move, page_slug_changed)):
        signal.connect(frame.forget, dispatch_uid=f"exhibits-frame-{number}")
    for model in (*get_page_models(), Site, Locale, PageViewRestriction, MuseumSettings):
        post_save.connect(frame.forget, sender=model, dispatch_uid=f"exhibits-frame-{model._meta.label}-saved")
        post_delete.connect(frame.forget, sender=model, dispatch_uid=f"exhibits-frame-{model._meta.label}-deleted")


@transaction.atomic
def _published(instance: Page, **_: Any) -> None:
    page = instance.specific
    if isinstance(page, ExhibitionPage):
        _hang(page)
    _note(page)


@transaction.atomic
def _taken_back(instance: Page, **_: Any) -> None:
    page = instance.specific
    before = list(Shown.objects.filter(exhibition=page.pk).values_list("artifact_id", flat=True))
    Shown.objects.filter(exhibition=page.pk).delete()
    journal.changed("object", before)
    _note(page)


def _privacy_changed(instance: PageViewRestriction, raw: bool = False, **_: Any) -> None:
    if not raw:
        _note_all_below(instance.page)


def _moved(instance: Page, **_: Any) -> None:
    """Into a private part of the site, perhaps, or out of it."""
    _note_all_below(instance)


@transaction.atomic
def _note_all_below(page: Page) -> None:
    """Every exhibition and text page of this part of the site, with the objects that they show: who may read them has changed."""
    for model in (ExhibitionPage, TextPage):
        for one in model.objects.descendant_of(page, inclusive=True):
            _note(one)
    shown = Shown.objects.filter(exhibition__in=ExhibitionPage.objects.descendant_of(page, inclusive=True).values("pk"))
    journal.changed("object", sorted(set(shown.values_list("artifact_id", flat=True))))


def _deleted(instance: Any, **_: Any) -> None:
    journal.changed("object", list(Shown.objects.filter(exhibition=instance.pk).values_list("artifact_id", flat=True)))
    journal.changed(_KINDS[type(instance)], instance.pk, JournalEntry.Op.DELETED, public_id=public_id_of(instance))
    _note(instance)


def _hang(page: ExhibitionPage) -> None:
    """Write down which objects the exhibition shows, as it is published."""
    keys = object_keys(page.body.raw_data)
    there = set(Artifact.objects.filter(pk__in=keys).values_list("pk", flat=True))
    keys = [key for key in keys if key in there]
    before = set(Shown.objects.filter(exhibition=page).values_list("artifact_id", flat=True))
    Shown.objects.filter(exhibition=page).delete()
    Shown.objects.bulk_create(Shown(exhibition=page, artifact_id=key, sort_order=place) for place, key in enumerate(keys))
    journal.changed("object", sorted(before | set(keys)))


def _note(page: Any) -> None:
    """The page and its translations: which of them leads may have changed."""
    keys = type(page).objects.filter(translation_key=page.translation_key).values_list("pk", flat=True)
    journal.changed(_KINDS[type(page)], list(keys))


def _face_before(instance: MuseumSettings, raw: bool = False, **_: Any) -> None:
    """Which logo and name the settings had: the logo loses that use when they are saved."""
    if not raw:
        instance._face_before = MuseumSettings.objects.filter(pk=instance.pk).values_list("logo_id", "name").first() or (None, {})  # type: ignore[attr-defined]


@transaction.atomic
def _face_chosen(instance: MuseumSettings, raw: bool = False, **_: Any) -> None:
    if raw:
        return
    logo, name = instance._face_before  # type: ignore[attr-defined]
    refresh_tiers({logo, instance.logo_id} - {None})
    if (logo, languages.plain(name or {})) != (instance.logo_id, languages.plain(instance.name or {})):
        house.changed(instance.pk)


def logos(asset_ids: Sequence[int]) -> dict[int, str]:
    """A logo is for everybody, whatever else the file is used for."""
    chosen = MuseumSettings.objects.filter(logo__in=asset_ids).values_list("logo_id", flat=True)
    return {pk: Asset.Tier.PUBLIC.value for pk in chosen if pk is not None}

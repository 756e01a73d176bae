"""What a batch edit can do to one draft: add, replace, remove, by a fixed text or a regular expression. No database but look-ups of names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from artifacts.loading import SOURCE
from artifacts.models import Artifact
from museum.workplace.batches.patterns import Pattern, PatternError
from museum.workplace.batches.settling import settle
from museum.workplace.batches.templates import filled
from records import languages
from records.fields import LanguageMapField, refused
from records.models import RecordError
from search.builders.object_columns import MODEL, Column, columns_of_model
from search.builders.object_fields import RELATIONS
from search.language import Reader
from search.language.comparing import NO, YES
from search.text import fold

ACTS: dict[str, str | Promise] = {
    "add": gettext_lazy("Add"),
    "set": gettext_lazy("Set, whatever is there"),
    "replace": gettext_lazy("Replace one value, or a part of the text"),
    "remove": gettext_lazy("Remove a value"),
    "clear": gettext_lazy("Empty the field"),
    "regex": gettext_lazy("Replace by a regular expression"),
}
LONGEST_PATTERN = 500
LONGEST_TEXT = 20_000
# What publishing, numbering and the form itself decide, or what belongs to no one object.
UNTOUCHED = {
    "live", "has_unpublished_changes", "last_published_at", "go_live_at", "expire_at", "expired", "locked", "museum", "department",
    "accession_number", "part_of", "is_public", "first_published_on", "visibility_changed_on", "withdrawn_on", "withdrawn_reason", "source",
    "source_id", "extra", "object_type",
}  # fmt: skip
# relation → the reference by which its rows are known, with values of the rows that are made
LINKED: dict[str, dict[str, tuple[str, dict[str, Any]]]] = {
    "materials": {"material": ("term", {"role": "material"}), "technique": ("term", {"role": "technique"})},
    "object_names": {"name": ("term", {"role": "name"}), "class": ("term", {"role": "classification"})},
    "subjects": {"subject.term": ("term", {}), "subject.agent": ("agent", {}), "subject.place": ("place", {})},
    "makers": {"maker": ("agent", {})},
    "sets": {"collection": ("set", {})},
}

# What is linked, in words; each is also a field of the query language.
LABELS: dict[str, str | Promise] = {
    "material": gettext_lazy("Material"),
    "technique": gettext_lazy("Technique"),
    "name": gettext_lazy("Object name"),
    "class": gettext_lazy("Classification"),
    "subject.term": gettext_lazy("Subject: a term"),
    "subject.agent": gettext_lazy("Subject: a person or group"),
    "subject.place": gettext_lazy("Subject: a place"),
    "maker": gettext_lazy("Maker"),
    "collection": gettext_lazy("Collection"),
}


class ChangeError(RecordError):
    """Why this change cannot be made to this object, in a sentence."""


@dataclass(frozen=True, slots=True)
class Target:
    """A field that can be changed: of the object itself, texts of the rows of a relation, or the rows of a relation by what they refer to."""

    name: str
    label: str | Promise
    relation: str
    field: str
    acts: tuple[str, ...]
    facts: Column
    fixed: tuple[tuple[str, Any], ...] = ()

    @property
    def in_languages(self) -> bool:
        """True when the text has languages."""
        return isinstance(self.facts.source, LanguageMapField)

    @property
    def related(self) -> type[models.Model] | None:
        """The vocabulary that a value is looked up in."""
        return self.facts.source.related_model if self.facts.source.is_relation else None


@cache
def _targets() -> dict[str, Target]:
    found: dict[str, Target] = {}
    for name, facts in columns_of_model(MODEL).items():
        if name not in UNTOUCHED and facts.source.editable:
            found[name] = Target(name, facts.source.verbose_name, "", name, _acts_of(facts), facts)
    for relation, model in SOURCE.child_models.items():
        if relation == "media":
            continue  # pictures are saved apart, and no revision holds them
        table = columns_of_model(model)
        head, _vietnamese, label = RELATIONS.get(relation, (relation, relation, relation))
        for name, (field, fixed) in LINKED.get(relation, {}).items():
            found[name] = Target(name, LABELS[name], relation, field, ("add", "replace", "remove"), table[field], tuple(fixed.items()))
        for name, facts in table.items():
            if _is_text(facts) and not facts.source.choices:
                key = f"{head}.{name}"
                found[key] = Target(
                    key, format_lazy("{}: {}", label, facts.source.verbose_name), relation, name, ("replace", "regex"), facts
                )
    return found


def _acts_of(facts: Column) -> tuple[str, ...]:
    if _is_text(facts) and not facts.source.choices:
        return ("add", "set", "replace", "remove", "clear", "regex") if not facts.source.is_relation else ("set", "clear")
    return ("set", "replace", "clear") if facts.source.null or facts.source.blank else ("set", "replace")


def _is_text(facts: Column) -> bool:
    return isinstance(facts.source, LanguageMapField | models.CharField | models.TextField) and not facts.source.is_relation


def targets(reader: Reader) -> list[Target]:
    """What this person may change: nothing that he may not read."""
    return [one for one in _targets().values() if reader.may_read(one.facts.restricted_to)]


@dataclass(frozen=True, slots=True)
class Change:
    """One change, checked: ``old`` and ``new`` are values of the field, or texts, or a pattern and what stands in its place."""

    target: Target
    act: str
    language: str
    old: Any
    new: Any
    pattern: Any = None

    def apply(self, draft: Artifact) -> bool:
        """Change the draft in memory; True when it is another one now. Raises ChangeError, ValidationError."""
        if not self.target.relation:
            return self._own(draft)
        if self.target.related is not None:
            return self._links(draft)
        rows = list(getattr(draft, self.target.relation).all())
        changed = [self._text_of_row(row) for row in rows]
        if any(changed):
            _kept(draft, self.target.relation, rows)
        return any(changed)

    def _own(self, draft: Artifact) -> bool:
        name, source = self.target.field, self.target.facts.source
        if _is_text(self.target.facts) and not source.choices:
            return self._text_of(draft, name)
        here = getattr(draft, source.attname)
        if self.act == "replace" and here != _key(self.old):
            return False
        wanted = (None if source.null else source.get_default()) if self.act == "clear" else _key(self.new)
        if here == wanted:
            return False
        setattr(draft, source.attname, wanted)
        return True

    def _text_of_row(self, row: Any) -> bool:
        before = getattr(row, self.target.field)
        if not self._text_of(row, self.target.field):
            return False
        settle(row, self.target.field, before)
        return getattr(row, self.target.field) != before

    def _text_of(self, holder: Any, name: str) -> bool:
        value = getattr(holder, name)
        if not self.target.in_languages:
            made = self._mended(value or "")
            if made == (value or ""):
                return False
            _check_length(self.target, made)
            setattr(holder, name, made)
            return True
        before = {tag: dict(entry) for tag, entry in (value or {}).items()}
        made_map = self._mended_map(before)
        if made_map == before:
            return False
        setattr(holder, name, languages.mark_stale(before, made_map))
        return True

    def _mended_map(self, before: dict[str, Any]) -> dict[str, Any]:
        made = {tag: dict(entry) for tag, entry in before.items()}
        if self.act in {"add", "set"}:
            text = self._mended(made.get(self.language, {}).get("text", ""))
            has_source = any(entry.get("state") == "source" for entry in made.values())
            made[self.language] = {**(made.get(self.language) or {"state": "human" if has_source else "source"}), "text": text}
            return made
        for tag in [tag for tag in made if not self.language or tag == self.language]:
            text = self._mended(made[tag]["text"])
            if text.strip():
                made[tag]["text"] = text
            else:
                del made[tag]
        return made

    def _mended(self, text: str) -> str:
        """Letters are compared composed, however they were typed; a text that is not changed stays as it is."""
        composed = unicodedata.normalize("NFC", text)
        made = self._made_of(composed)
        return text if made == composed else made

    def _made_of(self, text: str) -> str:
        match self.act:
            case "add":
                return text if self.new in text else f"{text} {self.new}".strip()
            case "set":
                return self.new
            case "replace":
                return text.replace(self.old, self.new)
            case "remove":
                return without(text, self.old)
            case "clear":
                return ""
        return self._by_pattern(text)

    def _by_pattern(self, text: str) -> str:
        if len(text) > LONGEST_TEXT:
            raise ChangeError(_("The text is longer than %(most)d characters; patterns are not tried on it.") % {"most": LONGEST_TEXT})
        try:
            return self.pattern.sub(lambda match: filled(self.new, match), text)
        except (IndexError, ValueError) as error:
            raise ChangeError(_("The replacement names a group that the pattern does not have.")) from error

    def _links(self, draft: Artifact) -> bool:
        relation, field, fixed = self.target.relation, f"{self.target.field}_id", dict(self.target.fixed)
        rows = list(getattr(draft, relation).all())
        mine = [row for row in rows if all(getattr(row, name) == value for name, value in fixed.items())]
        has_new = self.new is not None and any(getattr(row, field) == self.new.pk for row in mine)
        if self.act == "add":
            if has_new:
                return False
            model = apps.get_model(SOURCE.child_models[relation])
            getattr(draft, relation).add(model(**{field: self.new.pk}, **fixed, sort_order=len(rows)))
            return True
        old = [row for row in mine if getattr(row, field) == self.old.pk]
        if not old:
            return False
        gone = old if self.act == "remove" or has_new else old[1:]
        if self.act == "replace" and not has_new:
            setattr(old[0], self.target.field, self.new)
        _kept(draft, relation, [row for row in rows if row not in gone])
        return True


def without(text: str, part: str) -> str:
    """The text without every such part; of the blanks on both sides of it one stays, none at the ends of a line. All else keeps its lines."""
    if part not in text:
        return text

    def joint(found: re.Match[str]) -> str:
        begins = found.start() == 0 or text[found.start() - 1] == "\n"
        ends = found.end() == len(text) or text[found.end()] == "\n"
        if begins or ends:
            return ""
        apart = text[found.start() - 1].isalnum() and text[found.end()].isalnum()
        return found[1] or found[2] if apart else found[1] and found[2]

    return re.sub(rf"([^\S\n]*)(?:{re.escape(part)})+([^\S\n]*)", joint, text).strip()


def _kept(draft: Artifact, relation: str, rows: list[Any]) -> None:
    """These rows, changed in memory, are what the draft has from now on: an object without a version reads its rows anew at each question."""
    getattr(draft, relation).set(rows)


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _check_length(target: Target, text: str) -> None:
    most = target.facts.source.max_length
    if most and len(text) > most:
        raise ChangeError(_("The text would have %(n)d characters; the field holds %(most)d.") % {"n": len(text), "most": most})


# -- from what was sent


def change_of(told: Any, reader: Reader) -> Change:
    """The change that ``{field, act, language, old, new}`` asks for. Raises ChangeError with a sentence."""
    target = next((one for one in targets(reader) if one.name == told.get("field")), None)
    if target is None:
        raise ChangeError(_("Choose a field."))
    act = str(told.get("act") or "")
    if act not in target.acts:
        raise ChangeError(_("“%(field)s” cannot be changed so.") % {"field": target.label})
    language = _language(str(told.get("language") or ""), act, target)
    old, new = (unicodedata.normalize("NFC", str(told.get(name) or "")) for name in ("old", "new"))
    if act in {"replace", "remove", "regex"} and not old:
        raise ChangeError(_("Say what is to be replaced or removed."))
    if act in {"add", "set"} and not new:
        raise ChangeError(_("Say what is to be added or set."))
    if act == "regex":
        return Change(target, act, language, old, new, pattern_of(old))
    if _is_text(target.facts) and not target.facts.source.choices:
        return Change(target, act, language, old, new)
    if act == "replace" and not new:  # a text may lose a part, a value is taken away by name
        raise ChangeError(_("Say what stands in its place. To take values away, choose to remove them or to empty the field."))
    return Change(target, act, language, _value(target, old) if old else None, _value(target, new) if new and act != "remove" else None)


def _language(tag: str, act: str, target: Target) -> str:
    if not target.in_languages:
        return ""
    if not tag:
        if act in {"add", "set"}:
            raise ChangeError(_("Say in which language the text is: vi, en …"))
        return ""
    try:
        return languages.canonical(tag)
    except languages.LanguageMapError as error:
        raise ChangeError(refused(error).messages[0]) from error


def pattern_of(text: str) -> Pattern:
    """Raises ChangeError."""
    if len(text) > LONGEST_PATTERN:
        raise ChangeError(_("The pattern is longer than %(most)d characters.") % {"most": LONGEST_PATTERN})
    try:
        return Pattern(text)
    except PatternError as error:
        raise ChangeError(str(error)) from error


def _value(target: Target, typed: str) -> Any:
    """A value of the field from what was typed: a record by id or label, a code by code or label, a number, a day."""
    source = target.facts.source
    if target.related is not None:
        return _record(target, typed)
    if source.choices:
        wanted = fold(typed)
        for code, label in source.flatchoices:
            if wanted in {fold(str(code)), fold(str(label))}:
                return code
        raise ChangeError(_("“%(value)s” is no value of “%(field)s”.") % {"value": typed, "field": target.label})
    if isinstance(source, models.BooleanField):
        return _flag(target, typed)
    try:
        value = source.to_python(Decimal(typed) if isinstance(source, models.DecimalField) else typed)
        source.run_validators(value)
    except (ValidationError, InvalidOperation, ValueError) as error:
        raise ChangeError(_("“%(value)s” is no value of “%(field)s”.") % {"value": typed, "field": target.label}) from error
    return value


def _flag(target: Target, typed: str) -> bool:
    """Yes or no, in the words of the query language; anything else is no answer."""
    if (said := fold(typed)) in YES | NO:
        return said in YES
    raise ChangeError(_("“%(field)s” is yes or no.") % {"field": target.label})


def _record(target: Target, typed: str) -> Any:
    model: Any = target.related
    objects = model._default_manager
    if re.fullmatch(r"[a-z0-9]{12}", typed) and (found := objects.filter(public_id=typed).first()):
        return found
    wanted = fold(typed)
    alike = [one for one in _labelled(model, typed) if wanted in {fold(text) for text in languages.plain(one.label or {}).values()}]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise ChangeError(
            _("%(n)d records are called “%(value)s”; give the id of one (%(ids)s).")
            % {"n": len(alike), "value": typed, "ids": ", ".join(one.public_id for one in alike[:5])}
        )
    raise ChangeError(_("No record is called “%(value)s”. Give its label exactly, or its id.") % {"value": typed})


def _labelled(model: Any, typed: str) -> Iterator[Any]:
    """Records that may bear the label: those that bear it letter by letter, else all."""
    objects = model._default_manager.only("pk", "public_id", "label")
    exact = list(objects.filter(Q(label__vi__text=typed) | Q(label__en__text=typed))[:50])
    yield from exact or objects.iterator(chunk_size=2000)


__all__ = ["ACTS", "Change", "ChangeError", "Target", "change_of", "pattern_of", "targets"]

"""The log-in of the workplace: a password cannot be guessed by trying."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import LoginForm

from iiif.auth.attempts import Limit
from iiif.auth.visitors import line_of

# A whole office may stand behind one address: one name is counted there by itself, all names together more generously.
OF_NAME = Limit("login-name", 10)
OF_LINE = Limit("login-line", 50)


class WorkplaceLogin(LoginForm):
    """Wagtail's form, which asks nobody any more after ten wrong passwords for one name, or fifty for all, within a quarter of an hour."""

    def clean(self) -> Any:
        line, name = line_of(self.request), self.cleaned_data.get("username", "").casefold()
        # both are counted, also when the first one is exceeded already
        exceeded = [OF_NAME.exceeded(line, name), OF_LINE.exceeded(line)]
        if any(exceeded):
            raise ValidationError(_("Too many attempts. Wait a quarter of an hour."), code="too_many_attempts")
        cleaned = super().clean()
        OF_NAME.forgive(line, name)
        OF_LINE.forgive(line)
        return cleaned

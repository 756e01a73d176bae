#!/usr/bin/env python
"""Django's command line for the museum."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "museum.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            f"The museum's libraries are not installed ({error}). Run `make run` once, then use .venv/bin/python manage.py."
        ) from error
    from django.core.exceptions import ImproperlyConfigured

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()

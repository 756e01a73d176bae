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
    from django.db import OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error
    except ModuleNotFoundError as error:
        if "--traceback" in sys.argv:
            raise
        raise SystemExit(
            f"The library {error.name} cannot be imported from {sys.prefix}. Delete the folder .venv and run `make run`,"
            " which installs all of them again; --traceback shows where this happened."
        ) from error
    except (OperationalError, ProgrammingError) as error:
        if "--traceback" in sys.argv:
            raise
        cause = str(error).strip().splitlines()[0]
        raise SystemExit(
            f"The database cannot be used: {cause}. If it was never set up, or not since the last update, run manage.py set_up;"
            " --traceback shows where this happened."
        ) from error


if __name__ == "__main__":
    main()

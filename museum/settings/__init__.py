"""Django's settings. Nothing here reads the environment: that is done, and checked, in ``environment``."""

import sys
from pathlib import Path

BASE_DIR: Path = Path(__file__).resolve().parent.parent.parent

# The catalogue's apps live in collections/. The folder is not a package: one of that
# name would hide Python's own ``collections``. So it goes on the path instead.
if str(BASE_DIR / "collections") not in sys.path:
    sys.path.insert(1, str(BASE_DIR / "collections"))

from museum.settings import environment  # noqa: E402

ENV: environment.Environment = environment.read(base=BASE_DIR)

from museum.settings.apps import *  # noqa: E402,F403
from museum.settings.seams import *  # noqa: E402,F403
from museum.settings.security import *  # noqa: E402,F403

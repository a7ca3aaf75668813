"""The key of a checkout that was given none: made once, kept beside the database, mode 0600."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from django.core.management.utils import get_random_secret_key


def checkout_key(path: Path) -> str:
    """Return the key in `path`, making it first when absent. Safe when several processes start."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, draft = mkstemp(dir=path.parent)  # made with mode 0600
        with open(descriptor, "w") as file:
            file.write(get_random_secret_key())
        with suppress(FileExistsError):
            os.link(draft, path)  # unlike rename, never replaces a key that another process made
        os.unlink(draft)
    return path.read_text().strip()

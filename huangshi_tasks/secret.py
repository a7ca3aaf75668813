"""The key of a checkout that was given none: made once, kept beside the database, mode 0600."""

import os
from contextlib import suppress
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def checkout_key(path: Path) -> str:
    """Return the key in `path`, making it first when absent. Safe when several processes start."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(get_random_secret_key())
        with suppress(FileExistsError):
            os.link(draft, path)  # unlike rename, never replaces a key that another process made
        draft.unlink()
    return path.read_text().strip()

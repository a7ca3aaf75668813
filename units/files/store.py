"""Where uploads stand: Django's folder, in which nothing half-written stays, and whether there is
room.
"""

from __future__ import annotations

import errno
import logging
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from units.errors import NotNow

log = logging.getLogger(__name__)
# what stays free: the log of a database on the same disk must not be the one to find it full
SPARE_BYTES = 64 * 1024 * 1024
FULL = "服务器存放文件的空间不足，暂时不能保存文件，其他内容可以照常办理。请告知系统管理员。"
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Store(FileSystemStorage):
    """Says in words that the disk is full (`NotNow`), and takes back what it had begun."""

    def _save(self, name: str, content: Any) -> str:
        try:
            kept: str = super()._save(name, content)  # type: ignore[misc]  # the stubs leave it out
        except OSError as error:
            # names are random: what stands there is ours
            Path(self.path(name)).unlink(missing_ok=True)
            if error.errno not in NO_ROOM:
                raise
            log.exception("FILES_DIR is full")
            raise NotNow(FULL) from error
        return kept


def has_room(size: int) -> bool:
    """Whether a file of `size` bytes can be kept."""
    try:
        free = shutil.disk_usage(_standing(settings.FILES_DIR)).free
    except OSError:
        return True  # it is for the saving to say what is wrong
    return free >= size + SPARE_BYTES


def _standing(folder: Path) -> Path:
    """The folder, or the nearest above it that is there already."""
    return next(each for each in (folder, *folder.parents) if each.exists())

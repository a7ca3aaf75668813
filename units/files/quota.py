"""How much one person may send in a day: nobody fills the disk, by mistake or by a script."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from units.actors import Actor
from units.models import UploadDay

MEGABYTE = 1024 * 1024
FULL = "今天上传的文件合计已达{most}MB，请明天再上传，或联系系统管理员。"


class OverQuota(ValueError):  # noqa: N818  # an answer, not a fault
    """`str()` is a whole Chinese sentence."""


@transaction.atomic
def take(actor: Actor, size: int) -> None:
    """Count `size` bytes to what `actor` sent today. Raises `OverQuota`; then nothing is counted.
    Real days.
    """
    most = settings.UPLOADS_PER_DAY
    row, _ = UploadDay.objects.select_for_update().get_or_create(
        user=actor.user, day=timezone.localdate()
    )
    if row.size + size > most * MEGABYTE:
        raise OverQuota(FULL.format(most=most))
    row.size += size
    row.save(update_fields=["size"])

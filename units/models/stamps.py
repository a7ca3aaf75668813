"""How often what pages show was written; raised by triggers (`units.stamps.triggers`)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Stamp(models.Model):
    """`n` writes of one topic. Its rows are added up: nobody waits for another's transaction to
    raise a counter, and no sum comes twice.
    """

    topic = models.CharField("类别", max_length=10)
    n = models.BigIntegerField("次数")

    class Meta:
        verbose_name = verbose_name_plural = "变动次数"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.topic} {self.n}"

"""收藏的筛选: how somebody looks at a list, under a name."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """The query of a list of `view` (the name of its address), whatever year it is opened in.
    `is_shared`: everybody in the office finds it too.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="收藏人"
    )
    owner_name = models.CharField("收藏人姓名", max_length=120)
    view = models.CharField("列表", max_length=60)
    name = models.CharField("名称", max_length=20)
    query = models.CharField("条件", max_length=800, blank=True)
    is_shared = models.BooleanField("督查室共用", default=False)
    kept_at = models.DateTimeField("收藏时间")

    class Meta:
        verbose_name = verbose_name_plural = "收藏的筛选"
        ordering: ClassVar = ["view", "name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "view", "name"],
                name="one_saved_view_per_name",
                violation_error_message="已有同名的收藏。",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["view", "is_shared"], name="saved_view_of_list")]

    def __str__(self) -> str:
        return self.name

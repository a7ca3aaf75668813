"""The place that the system serves: its name, its office, and the words it is spoken of with."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

SUBJECT = "重点工作督查系统"


class Level(models.TextChoices):
    """What kind of place it is; it proposes the words."""

    CITY = "city", "设区的市、自治州"
    COUNTY_CITY = "county_city", "县级市"
    COUNTY = "county", "县"
    DISTRICT = "district", "区"


class City(models.Model):
    """One row, or none while nobody has named the place. What is left empty follows from the level
    (`units.city.words`).
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    level = models.CharField("级别", max_length=12, choices=Level, default=Level.CITY)
    name = models.CharField("地名", max_length=20, blank=True)
    organisation = models.CharField("机关名称", max_length=60, blank=True)
    bureau = models.CharField("督查机构", max_length=30, blank=True)
    phone = models.CharField("业务咨询电话", max_length=40, blank=True)
    title = models.CharField("系统名称", max_length=40, blank=True)
    sender = models.CharField("短信和邮件署名", max_length=20, blank=True)
    letterhead = models.CharField("文件版头署名", max_length=60, blank=True)
    head = models.CharField("政府主要领导", max_length=10, blank=True)
    leaders = models.CharField("政府领导统称", max_length=10, blank=True)
    regions = models.CharField("下级地方统称", max_length=20, blank=True)
    addressee = models.CharField("通报主送", max_length=120, blank=True)
    kind_words: Any = models.JSONField("单位类别名称", default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "名称和称谓"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_city"),
        ]

    def __str__(self) -> str:
        return self.name or self.organisation

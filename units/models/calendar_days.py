"""工作日安排: days that differ from what the calendar library knows, entered by the office; and by
which working days the stored due days were counted.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class CalendarDay(models.Model):
    """One day of a yearly arrangement, or a closure that the city orders itself. Kept, never
    deleted: a mistake is put right by changing the row, and the log says who did.
    """

    day = models.DateField("日期", unique=True)
    is_worked = models.BooleanField("上班")
    source = models.CharField("依据", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "工作日安排"
        ordering: ClassVar = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.is_worked else '休息'}"


class KnownCalendar(models.Model):
    """The working days of a year as they were when due days were last looked through: `days` has
    those that differ from plain weekends, ISO day → is it worked.
    """

    year = models.PositiveSmallIntegerField("年度", unique=True)
    days = models.JSONField("与周末不同的日期")

    class Meta:
        verbose_name = verbose_name_plural = "已核对的工作日安排"
        ordering: ClassVar = ["year"]

    def __str__(self) -> str:
        return str(self.year)

"""工作日安排: days that differ from what the calendar library knows, entered by the office."""

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

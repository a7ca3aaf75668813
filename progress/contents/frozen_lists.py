"""子项 frozen with a version when it is sent for signing, so that readers see what was accepted."""

from __future__ import annotations

from django.db.models import Q

from progress.models import ProgressReport, ReportVersion, SubItemReading
from tasks.models import REPORTING, SubItem


def freeze(version: ReportVersion) -> int:
    """Keep with `version` the present state of the rows that its report answers for; how many.

    The item's report freezes every row of the item, a co-lead those of its own numbers, a county
    its own rows. Sent again after a withdrawal, the version says what holds then.
    """
    report = version.report
    rows = SubItem.objects.standing().filter(indicator__task=report.task)
    if not report.is_main:
        rows = rows.filter(Q(indicator__in=_own_numbers(report)) | Q(unit=report.unit))
    version.sub_item_readings.all().delete()
    frozen = SubItemReading.objects.bulk_create(
        SubItemReading(
            version=version,
            sub_item=row,
            stage=row.stage,
            started_on=row.started_on,
            finished_on=row.finished_on,
            invested=row.invested,
        )
        for row in rows
    )
    return len(frozen)


def _own_numbers(report: ProgressReport) -> list[int]:
    """The numbers that the row of the report reports at the period's date."""
    day = report.period.data_as_of
    own = []
    for each in report.task.indicators.select_related(*REPORTING):
        owner = each.responsibility.line_on(day) if each.responsibility is not None else None
        if owner is not None and owner.pk == report.responsibility_id:
            own.append(each.pk)
    return own

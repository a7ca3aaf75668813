"""需市政府协调解决的问题: what units asked of the city in the reports behind a 定稿."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from progress.board.shown import Asking, Frozen, Said, Source, UnitName
from progress.models import Decision, Duty, ReportVersion

OF = "report__responsibility__"
READ = (
    *("number", "decided_at", "coordination", "coordination_lead", "coordination_by"),
    *("report__duty", "report__period", f"{OF}task", f"{OF}unit__name", f"{OF}unit__kind"),
    *(f"{OF}unit__ordinal", f"{OF}unit__pinyin"),
)


def problems_at(
    frozen: Mapping[int, Frozen], plans: Iterable[int], names: Mapping[int, str] | None = None
) -> dict[int, list[Asking]]:
    """Task id → its problems: of the primary, a co-lead, a county; one query. `names`: unit id →
    how it was called then.
    """
    last: dict[int, ReportVersion] = {}
    for version in _versions(frozen, plans):
        row = frozen[version.report.responsibility.task_id]
        if version.report.duty == Duty.MAIN:
            counts = version.pk == row.version_id
        else:
            is_of_period = version.report.period_id == row.period_id
            decided_at = version.decided_at
            counts = is_of_period and decided_at is not None and decided_at <= row.frozen_at
        if counts:
            last[version.report_id] = version
    found: dict[int, list[Asking]] = defaultdict(list)
    for version in last.values():
        if version.coordination:
            unit = UnitName.named(version.report.unit, names or {})
            row = frozen[version.report.responsibility.task_id]
            said = Asking(unit=unit, version=Said.of(version), source=_source(version, row))
            found[version.report.responsibility.task_id].append(said)
    return found


def _source(version: ReportVersion, row: Frozen) -> Source | None:
    """Of the item's own report what the 定稿 says; all others are of its period."""
    if version.pk == row.version_id:
        return row.source
    return Source(
        report_id=version.report_id,
        number=version.number,
        label=row.period.label,
        data_as_of=row.period.data_as_of,
    )


def _versions(frozen: Mapping[int, Frozen], plans: Iterable[int]) -> Sequence[ReportVersion]:
    """Accepted versions that may carry a problem, of each report the later one last."""
    rows = frozen.values()
    asked = ReportVersion.objects.exclude(coordination="").filter(
        # the plan too: found by its periods, not among the reports of every year
        report__period__plan__in=set(plans),
        report__responsibility__task__in=list(frozen),
    )
    main = Q(pk__in=[each.version_id for each in rows if each.version_id is not None])
    others = ~Q(report__duty=Duty.MAIN) & Q(report__period__in={each.period_id for each in rows})
    return list(
        ReportVersion.objects.filter(main | others, decision=Decision.ACCEPTED)
        .filter(report__in=asked.values("report"))
        .select_related("report__responsibility__unit")
        .only(*READ)
        .order_by("number", "pk")
    )

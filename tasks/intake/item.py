"""One parsed item to its rows: task, designations, responsibilities, indicators, deadline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tasks.intake.answering import answering, awaited
from tasks.models import (
    Area,
    Designation,
    Indicator,
    IndicatorTarget,
    Plan,
    Responsibility,
    ResponsibilityRole,
    Task,
    TaskDeadline,
    TaskLeader,
    TaskPart,
    Theme,
)
from tasks.reader.parsed import (
    GROUP,
    UNIT,
    ParsedDesignation,
    ParsedIndicator,
    ParsedItem,
    ParsedSubItem,
)
from units.models import Unit, UnitGroup


class ItemIntake:
    """Writes the items of one plan; call inside its transaction.

    Reads the directory once. Everything starts on the notice's date; what prints no day is due on
    31 December.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.starts_on = plan.issued_on
        self.units = {unit.name: unit for unit in Unit.objects.all()}
        self.groups = {group.name: group for group in UnitGroup.objects.all()}
        self.members = {
            name: list(group.members_on(self.starts_on)) for name, group in self.groups.items()
        }

    def add_headline(self, targets: Sequence[ParsedIndicator]) -> None:
        """主要预期目标: the plan's own indicators, of no task and no unit."""
        self._add_indicators(targets, None, {})

    def add(
        self, item: ParsedItem, area: Area | None, theme: Theme | None, *, aside: str = ""
    ) -> Task:
        """`aside`: why nobody leads it yet (暂缓). Where nobody knows whom the notice names first,
        that is why 汇总牵头 is 待定.
        """
        task = Task.objects.create(
            plan=self.plan,
            kind=item.kind,
            number=item.number,
            area=area,
            theme=theme,
            text=item.text,
            short_title=item.short_title,
            tracking=item.tracking,
            cycle=item.cycle,
            printed_number=item.printed_number,
            deadline_text=item.deadline_text,
            aside_reason=aside or awaited(item.designations),
        )
        designations = Designation.objects.bulk_create(
            self._designation(task, each) for each in item.designations
        )
        responsibilities = Responsibility.objects.bulk_create(
            self._responsibilities(task, designations, is_aside=bool(aside))
        )
        TaskDeadline.objects.create(
            task=task,
            starts_on=self.starts_on,
            due_on=item.deadline or date(self.plan.year, 12, 31),
        )
        TaskLeader.objects.bulk_create(
            TaskLeader(task=task, starts_on=self.starts_on, ordinal=place, printed=name)
            for place, name in enumerate(item.leaders, start=1)
        )
        TaskPart.objects.bulk_create(
            _part(task, place, each) for place, each in enumerate(item.sub_items, start=1)
        )
        self._add_indicators(item.indicators, task, _reporters(responsibilities))
        return task

    def _designation(self, task: Task, parsed: ParsedDesignation) -> Designation:
        return Designation(
            task=task,
            role=parsed.role,
            ordinal=parsed.order,
            printed=parsed.printed_name,
            unit=self.units[parsed.name] if parsed.target == UNIT else None,
            group=self.groups[parsed.name] if parsed.target == GROUP else None,
        )

    def _responsibilities(
        self, task: Task, designations: Sequence[Designation], *, is_aside: bool
    ) -> Iterator[Responsibility]:
        """One per unit; 各… counts for every member, 相关… and …成员单位 for nobody yet."""
        found = answering(designations, self._units_of, is_aside=is_aside)
        for place, each in enumerate(found, start=1):
            yield Responsibility(
                task=task,
                unit=each.unit,
                role=each.role,
                designation=each.named,
                ordinal=place,
                is_primary=each.is_primary,
                starts_on=self.starts_on,
            )

    def _units_of(self, designation: Designation) -> list[Unit] | None:
        if designation.unit is not None:
            return [designation.unit]
        return self.members[designation.group.name] if designation.group is not None else None

    def _add_indicators(
        self,
        parsed: Sequence[ParsedIndicator],
        task: Task | None,
        reporters: dict[str, Responsibility],
    ) -> None:
        primary = next((each for each in reporters.values() if each.is_primary), None)
        indicators = Indicator.objects.bulk_create(
            self._indicator(each, place, task, reporters.get(each.reporting, primary))
            for place, each in enumerate(parsed, start=1)
        )
        IndicatorTarget.objects.bulk_create(
            IndicatorTarget(
                indicator=indicator, starts_on=self.starts_on, value=each.value, upper=each.upper
            )
            for indicator, each in zip(indicators, parsed, strict=True)
        )

    def _indicator(
        self,
        parsed: ParsedIndicator,
        place: int,
        task: Task | None,
        responsibility: Responsibility | None,
    ) -> Indicator:
        return Indicator(
            plan=self.plan,
            task=task,
            ordinal=place,
            name=parsed.name,
            unit_of_measure=parsed.unit,
            comparator=parsed.comparator,
            direction=parsed.direction,
            kind=parsed.kind,
            tracks_start=parsed.tracks_start,
            responsibility=responsibility,
            span_start=parsed.start,
            span_end=parsed.end,
            source_text=parsed.source_text,
        )


def _part(task: Task, place: int, part: ParsedSubItem) -> TaskPart:
    return TaskPart(
        task=task,
        ordinal=place,
        number=part.number,
        text=part.text,
        units=[
            {"role": each.role, "printed": each.printed_name, "name": each.name}
            for each in part.designations
        ],
        leaders=list(part.leaders),
        deadline_text=part.deadline_text,
        due_on=part.deadline,
    )


def _reporters(responsibilities: Sequence[Responsibility]) -> dict[str, Responsibility]:
    """Who can file a number of the item, by name of the unit."""
    return {
        each.unit.name: each for each in responsibilities if each.role != ResponsibilityRole.SUPPORT
    }

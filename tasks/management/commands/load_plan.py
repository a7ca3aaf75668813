from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from huangshi_tasks.lib import clock
from tasks.commitments.acts import stored
from tasks.intake import plan as intake
from tasks.models import Plan, PlanState
from tasks.reader.document import from_reviewed
from tasks.reader.reference import (
    commitments_document,
    notice_text,
    plan_document,
    reference_directory,
)


class Command(BaseCommand):
    """The reviewed plan of 2022 and the unit directory, in force at once. Safe to run again."""

    help = "载入2022年市政府重点工作和十件实事责任分解及单位名录；已载入的不再重复载入"

    def handle(self, *args: Any, **options: Any) -> None:
        notice = from_reviewed(plan_document(), reference_directory())
        existing = intake.find_plan(notice.head)
        if existing is not None:
            self.stdout.write(f"《{existing.title}》已经载入，未作改动。")
            return
        intake.load_reference_units()
        try:
            plan = intake.create_plan(
                notice=notice,
                source_text=notice_text(),
                state=PlanState.ACTIVE,
                now=clock.now(),
            )
        except intake.NotImportable as refusal:
            raise CommandError("\n".join(refusal.reasons)) from None
        _store_commitments(plan)
        self.stdout.write(f"已载入《{plan.title}》，共{len(notice.items)}项。")


@transaction.atomic
def _store_commitments(plan: Plan) -> None:
    written = commitments_document()
    for task in plan.tasks.all():
        stored(task, written[f"{'p' if task.is_project else 'k'}{task.number}"])

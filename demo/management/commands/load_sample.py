from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo.load import NotEmpty, is_loaded, load_sample


class Command(BaseCommand):
    """Sample accounts and progress, for training and demonstration. Safe to run again."""

    help = "载入示例账号和示例进展；库中已有实际数据时拒绝，已载入的不再重复载入"

    def handle(self, *args: Any, **options: Any) -> None:
        if is_loaded():
            self.stdout.write("示例数据已经载入，未作改动。")
            return
        try:
            plan = load_sample()
        except NotEmpty as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"已载入《{plan.title}》的示例账号和示例进展。")

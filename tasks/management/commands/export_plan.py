import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tasks.intake.publication import export
from tasks.models import Plan


class Command(BaseCommand):
    """A plan as JSON, alone on stdout, in the schema of `import_notice --format json`."""

    help = "输出一年的责任分解（JSON）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "year", metavar="YEAR", help="年度，如 2022；同年有几本时写地址，如 2022-2"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        plan = Plan.objects.filter(slug=options["year"]).first()
        if plan is None:
            raise CommandError(f"没有{options['year']}年的责任分解。")
        self.stdout.write(json.dumps(export(plan), ensure_ascii=False, indent=1))

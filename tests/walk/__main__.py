"""`bin/walk-year YEAR [--seed N] [--until DAY]`: walk a year, and compare with the oracle;
`bin/walk-year turn`: November to March with the old plan, the new one and a special one open.

The last line is one JSON object; the exit code is 0 when nothing is missing, doubled, on a day off
or after filing, and the board of every evening said what the tables say. With WALK_BREAK=drop,
double or late a fault is put in, which must be found.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path
from random import Random


def main() -> int:
    """Parse the arguments, prepare an empty database, walk, judge."""
    parser = argparse.ArgumentParser(prog="bin/walk-year")
    parser.add_argument("year", choices=["2022", "2023", "turn"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--until", type=date.fromisoformat, default=None)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="walk-year-") as folder:
        _set_up(Path(folder), is_empty=options.year == "turn")
        if options.year == "turn":
            return _turn(options.seed, options.until)
        from tests.walk.judge import judge, report

        found = judge(int(options.year), Random(options.seed), options.until)
    report(found)
    return 0 if found.is_clean else 1


def _turn(seed: int, until: date | None) -> int:
    from tests.walk.turn import LAST, walk_turn

    found = walk_turn(Random(seed), until or LAST)
    sys.stdout.write(f"{json.dumps(asdict(found), ensure_ascii=False)}\n")
    return 0 if found.is_clean else 1


def _set_up(folder: Path, *, is_empty: bool) -> None:
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'walk.sqlite3'}"
    os.environ["FILES_DIR"] = str(folder / "files")
    os.environ["DJANGO_SETTINGS_MODULE"] = "huangshi_tasks.settings"
    os.environ.pop("BUSINESS_DATE", None)
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("migrate", verbosity=0)
    if not is_empty:
        call_command("load_plan", stdout=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

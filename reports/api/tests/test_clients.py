"""The client that docs/api.md shows reads from a real server with a real token."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from reports.tests.factories import freeze
from tests.cast import Cast, at, make_item, make_plan
from units.tokens import acts

pytestmark = pytest.mark.django_db(transaction=True)
DOCS = Path(settings.BASE_DIR) / "docs" / "api.md"
MOST_LINES = 30


def client_of(heading: str) -> str:
    """The lines of Python under a heading of the document."""
    part = DOCS.read_text(encoding="utf-8").partition(f"## {heading}\n")[2]
    found = re.search(r"```python\n(.*?)```", part, re.S)
    assert found is not None, heading
    assert len(found[1].splitlines()) <= MOST_LINES
    return found[1]


def test_a_client_of_thirty_lines_reads_all_items(live_server: object, tmp_path: Path) -> None:
    cast, plan = Cast(), make_plan()
    for number in (1, 2):
        freeze(make_item(plan, cast, number), "late", percent=20)
    now, script = at("2022-08-02"), tmp_path / "read.py"
    token = acts.ask(
        actor=cast.office,
        now=now,
        name="示例平台",
        purpose="示例",
        scopes=["read_finalized"],
        addresses=["127.0.0.1", "::1"],
        expires_on=date(2100, 1, 1),
    )
    acts.release(token=token, actor=cast.admin, now=now)
    secret = acts.collect(token=token, actor=cast.office, now=now)
    script.write_text(client_of("Read all items"), encoding="utf-8")
    command = [sys.executable, str(script), str(live_server), secret, plan.slug]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [
        ["key_task-1", "滞后"],
        ["key_task-2", "滞后"],
    ]
    wrong = subprocess.run([*command[:3], "wrong", plan.slug], capture_output=True, text=True)
    assert "令牌不存在" in wrong.stderr

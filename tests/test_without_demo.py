"""A production machine does without `demo/`: the product starts from its own folders alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("huangshi_tasks", "units", "tasks", "progress", "reports", "templates", "static")


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders that a production machine needs, with nothing beside them."""
    place = tmp_path_factory.mktemp("product")
    for folder in PRODUCT:
        without_tests = shutil.ignore_patterns("tests", "conftest.py", "__pycache__")
        shutil.copytree(ROOT / folder, place / folder, ignore=without_tests)
    shutil.copy(ROOT / "manage.py", place)
    return place


def manage(product: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=product,
        env={**environment, "SECRET_KEY": "only for this test"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_page_of_the_product_is_found_without_the_demonstration(product: Path) -> None:
    checked = manage(product, "check")
    assert checked.returncode == 0, checked.stderr


def test_the_commands_of_the_demonstration_are_not_there(product: Path) -> None:
    listed = manage(product, "help", "--commands").stdout.split()
    assert {"load_plan", "send_reminders"} <= set(listed)
    assert not {"load_sample", "sample_accounts", "prepare_demo"} & set(listed)

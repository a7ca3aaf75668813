"""The OpenAPI in the repository is that of the code, and the code answers as it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as how
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from reports.tests.factories import freeze
from tasks.models import Plan
from tests.cast import Cast, make_item
from tests.matters import make_instruction
from tests.pages import browser

pytestmark = pytest.mark.django_db
KEPT = Path(settings.BASE_DIR) / "docs" / "openapi.json"
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
QUICK, LONG = 4, 150


def generated(path: Path) -> dict[str, Any]:
    call_command("spectacular", format="openapi-json", file=str(path), validate=True)
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_the_file_in_the_repository_is_what_the_code_says(tmp_path: Path) -> None:
    """Written anew by `manage.py spectacular --format openapi-json --file docs/openapi.json`."""
    said = generated(tmp_path / "openapi.json")
    assert said["openapi"].startswith("3.1")
    assert json.loads(KEPT.read_text(encoding="utf-8")) == said


def test_everything_is_described_in_words(tmp_path: Path) -> None:
    said = generated(tmp_path / "openapi.json")
    for operations in said["paths"].values():
        for operation in operations.values():
            assert operation["summary"]
            assert all(each["description"] for each in operation["parameters"])
    for name, shape in said["components"]["schemas"].items():
        assert shape["description"].endswith("。"), name


@pytest.fixture
def one_connection() -> Iterator[None]:
    """As with Django's own client: a request leaves the transaction of the test open."""
    signals = (request_started, request_finished)
    for each in signals:
        each.disconnect(close_old_connections)
    yield
    for each in signals:
        each.connect(close_old_connections)


@pytest.mark.parametrize(
    "examples", [QUICK, pytest.param(LONG, marks=pytest.mark.slow)], ids=["short", "long"]
)
def test_whatever_is_asked_the_answer_is_as_it_was_said(
    examples: int, cast: Cast, plan: Plan, one_connection: None
) -> None:
    freeze(make_item(plan, cast, 17), "late", percent=20)
    make_instruction(cast, plan)
    session = browser(cast.office).cookies[settings.SESSION_COOKIE_NAME].value
    site = get_wsgi_application()

    def logged_in(environ: dict[str, Any], start: Any) -> Any:
        environ.pop("HTTP_ACCEPT_ENCODING", None)  # it does not unpack what it asked for
        environ["HTTP_COOKIE"] = f"{settings.SESSION_COOKIE_NAME}={session}"
        return site(environ, start)

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", logged_in)
    for result in schema.get_all_operations():
        _asked(result.ok(), examples)  # type: ignore[union-attr]  # of what is kept all can be asked


def _asked(operation: Any, examples: int) -> None:
    """As many questions to one address as `examples`, right and wrong ones."""

    @seed(20220803)
    @how(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        if "slug" in case.path_parameters:
            case.path_parameters["slug"] = "2022"
        case.call_and_validate(checks=CHECKS)

    ask()

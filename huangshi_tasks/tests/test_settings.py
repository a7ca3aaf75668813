"""The settings as a process sees them: each case starts one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from huangshi_tasks.checks import check_front_end

ROOT = Path(__file__).resolve().parents[2]
OWN = {
    "DEBUG",
    "SECRET_KEY",
    "DATABASE_URL",
    "BUSINESS_DATE",
    "ALLOW_BUSINESS_DATE",
    "REDIS_URL",
    "CLAMD_URL",
    "DJANGO_ALLOW_ASYNC_UNSAFE",  # set by browser tests in the same process
}
PRODUCTION = {
    "SECRET_KEY": "$0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGH",
    "SITE_URL": "https://ducha.example.gov.cn",
    "ALLOWED_HOSTS": "ducha.example.gov.cn",
    "DATABASE_URL": "postgres://ducha:$1@database.example/ducha",
    "REDIS_URL": "redis://redis.example:6379/0",
    "CLAMD_URL": "tcp://clamd.example:3310",
}


def manage(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    inherited = {name: value for name, value in os.environ.items() if name not in OWN}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=inherited | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def settings_of(*names: str, **variables: str) -> dict[str, object]:
    program = (
        "import json; from django.conf import settings as s;"
        f"print(json.dumps({{n: getattr(s, n) for n in {names!r}}}, default=str))"
    )
    result = manage("shell", "-v0", "-c", program, **variables)
    assert result.returncode == 0, result.stderr
    loaded: dict[str, object] = json.loads(result.stdout)
    return loaded


def test_a_wrong_setting_is_one_chinese_sentence_and_not_a_traceback() -> None:
    result = manage("check", DEBUG="ture")
    assert result.returncode == 2
    assert result.stderr.strip().splitlines() == [
        "环境变量 DEBUG 有误：“ture”不是开关值，只能是 1 或 0（true、false 亦可）"
    ]


def test_without_any_variable_it_is_sqlite_and_not_debug() -> None:
    found = settings_of("DEBUG", "IS_SQLITE", "REDIS_URL", "SESSION_COOKIE_SECURE")
    assert found == {
        "DEBUG": False,
        "IS_SQLITE": True,
        "REDIS_URL": None,
        "SESSION_COOKIE_SECURE": False,
    }


@pytest.mark.parametrize(
    ("variables", "accepted"),
    [
        ({}, False),
        ({"ALLOW_BUSINESS_DATE": "1"}, True),
        ({"ALLOW_BUSINESS_DATE": "0"}, False),
        ({"DEBUG": "1"}, True),
    ],
)
def test_a_business_date_needs_debug_or_permission(
    variables: dict[str, str], accepted: bool
) -> None:
    result = manage("check", BUSINESS_DATE="2022-08-03", **variables)
    assert (result.returncode == 0) == accepted
    assert ("BUSINESS_DATE 有误" in result.stderr) != accepted


def test_nonsense_for_the_permission_is_an_error_even_when_it_is_not_needed() -> None:
    assert "ALLOW_BUSINESS_DATE 有误" in manage("check", ALLOW_BUSINESS_DATE="maybe").stderr


def test_https_in_the_site_address_switches_everything_to_https() -> None:
    found = settings_of(
        "SECRET_KEY", "SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "DATABASES", **PRODUCTION
    )
    assert found["SECRET_KEY"] == PRODUCTION["SECRET_KEY"]
    assert found["SESSION_COOKIE_SECURE"] is True
    assert found["SECURE_SSL_REDIRECT"] is True
    databases = found["DATABASES"]
    assert isinstance(databases, dict)
    assert databases["default"]["PASSWORD"] == "$1"
    assert databases["default"]["CONN_HEALTH_CHECKS"] is True


def test_a_production_environment_passes_the_deploy_check() -> None:
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"BUSINESS_DATE": "2022-08-03", "ALLOW_BUSINESS_DATE": "1"}, "huangshi_tasks.E002"),
        ({"REDIS_URL": ""}, "huangshi_tasks.W001"),
        ({"CLAMD_URL": ""}, "huangshi_tasks.W002"),
        ({"SITE_URL": "http://ducha.example.gov.cn"}, "security.W012"),
    ],
)
def test_a_doubtful_production_environment_does_not(change: dict[str, str], finding: str) -> None:
    result = manage("check", "--deploy", "--fail-level", "WARNING", **(PRODUCTION | change))
    assert result.returncode == 1
    assert finding in result.stderr


def test_postgresql_without_a_key_of_its_own_does_not_pass_either() -> None:
    variables = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}
    assert "huangshi_tasks.E001" in manage("check", "--deploy", **variables).stderr


def test_postgresql_plans_for_memory_unless_the_address_has_options_of_its_own() -> None:
    production = {name: value for name, value in PRODUCTION.items() if name != "DATABASE_URL"}
    address = "postgres://ducha@database.example/ducha?sslmode=require"
    for asked, expected in (
        (address, "-c random_page_cost=1.1 -c jit=off"),
        (f"{address}&options=-c%20work_mem%3D64MB", "-c work_mem=64MB"),
        (f"{address}&options=", ""),
    ):
        databases = settings_of("DATABASES", **production, DATABASE_URL=asked)["DATABASES"]
        assert isinstance(databases, dict)
        options = databases["default"]["OPTIONS"]
        assert options == {"sslmode": "require", "options": expected}


def test_a_production_machine_without_the_built_front_end_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert check_front_end(None) == []
    monkeypatch.setattr("huangshi_tasks.checks.finders.find", lambda path: None)
    (found,) = check_front_end(None)
    assert found.id == "huangshi_tasks.E003"
    assert "npm run build" in str(found.hint)

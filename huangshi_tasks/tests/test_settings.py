"""The settings as a process sees them: each case starts one."""

import json
import os
import subprocess
import sys
import tempfile
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
    "LOG_KEY_FILE",
    "SECOND_FACTOR",
    "TRUSTED_PROXIES",
    "DJANGO_ALLOW_ASYNC_UNSAFE",  # set by browser tests in the same process
}
KEY = Path(tempfile.mkdtemp(prefix="key-")) / "log.key"
KEY.write_text("k" * 40 + "\n")
KEY.chmod(0o600)
PRODUCTION = {
    "SECRET_KEY": "$0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGH",
    "SITE_URL": "https://ducha.example.gov.cn",
    "ALLOWED_HOSTS": "ducha.example.gov.cn",
    "DATABASE_URL": "postgres://ducha:$1@database.example/ducha",
    "REDIS_URL": "redis://redis.example:6379/0",
    "CLAMD_URL": "tcp://clamd.example:3310",
    "SECOND_FACTOR": "required",
    "TRUSTED_PROXIES": "127.0.0.1",
    "LOG_KEY_FILE": str(KEY),
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
        ({"CLAMD_URL": ""}, "huangshi_tasks.E005"),
        ({"TRUSTED_PROXIES": ""}, "huangshi_tasks.E006"),
        ({"LOG_KEY_FILE": ""}, "huangshi_tasks.W002"),
        ({"LOG_KEY_FILE": "/nowhere/log.key"}, "huangshi_tasks.E007"),
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


def test_a_pool_of_connections_gets_no_cursor_that_outlives_a_transaction() -> None:
    for pooled in ("0", "1"):
        databases = settings_of("DATABASES", **PRODUCTION, DATABASE_POOLED=pooled)["DATABASES"]
        assert isinstance(databases, dict)
        assert databases["default"]["DISABLE_SERVER_SIDE_CURSORS"] is (pooled == "1")


def without(name: str) -> dict[str, str]:
    return {key: value for key, value in PRODUCTION.items() if key != name}


def test_who_deploys_says_whether_a_second_factor_is_asked() -> None:
    assert "huangshi_tasks.E004" in manage("check", "--deploy", **without("SECOND_FACTOR")).stderr
    assert settings_of("SECOND_FACTOR")["SECOND_FACTOR"] == "required"


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"SECOND_FACTOR": "on"}, "SECOND_FACTOR 有误"),
        ({"TRUSTED_PROXIES": "nginx"}, "TRUSTED_PROXIES 有误"),
        ({"TRUSTED_PROXIES": "10.0.0.1/8"}, "TRUSTED_PROXIES 有误"),
        ({"CLIENT_CERT_HEADER": "X-Client-Subject"}, "CLIENT_CERT_HEADER 有误"),
        ({"CLIENT_CERT_HEADER": "甲", "TRUSTED_PROXIES": "::1"}, "CLIENT_CERT_HEADER 有误"),
        ({"PASSWORD_LENGTH": "7"}, "PASSWORD_LENGTH 有误"),
        ({"PASSWORD_HASHER": "md5"}, "PASSWORD_HASHER 有误"),
        (
            {"SMS_URL": "http://localhost/sms", "SMS_TOKEN": "geheim"},
            "SMS_URL 有误：设置了SMS_TOKEN时必须用https",
        ),
    ],
)
def test_a_setting_that_would_weaken_the_door_is_refused(
    variables: dict[str, str], said: str
) -> None:
    result = manage("check", **variables)
    assert result.returncode == 2
    assert said in result.stderr
    assert "geheim" not in result.stderr


def test_over_https_cookies_are_of_this_host_alone_and_neighbours_are_left_alone() -> None:
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "DEVICE_COOKIE_NAME")
    found = settings_of(
        *names, "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD", **PRODUCTION
    )
    assert [found[name] for name in names] == [
        "__Host-session",
        "__Host-csrftoken",
        "__Host-device",
    ]
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is False
    assert found["SECURE_HSTS_PRELOAD"] is False
    told = settings_of("SECURE_HSTS_INCLUDE_SUBDOMAINS", **PRODUCTION, HSTS_SUBDOMAINS="1")
    assert told["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True


def test_keys_of_before_are_read() -> None:
    found = settings_of("SECRET_KEY_FALLBACKS", **PRODUCTION, SECRET_KEY_FALLBACKS="$eins zwei")
    assert found["SECRET_KEY_FALLBACKS"] == ["$eins", "zwei"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"SECRET_KEY": None}, "必须用环境变量SECRET_KEY"),
        ({"SECRET_KEY": "x" * 49}, "SECRET_KEY太短"),
        ({"DEBUG": "1"}, "不得设置DEBUG"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS不得为*"),
    ],
)
def test_a_server_on_postgresql_does_not_start_with_the_door_open(
    change: dict[str, str | None], said: str
) -> None:
    chosen = {name: value for name, value in (PRODUCTION | change).items() if value is not None}
    inherited = {name: value for name, value in os.environ.items() if name not in OWN}
    options = ["-c", "python:huangshi_tasks.gunicorn_conf", "-b", "127.0.0.1:0"]
    result = subprocess.run(
        [sys.executable, "-m", "gunicorn", "huangshi_tasks.wsgi", *options],
        cwd=ROOT,
        env=inherited | chosen,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode != 0
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_the_sample_needs_to_be_allowed() -> None:
    assert settings_of("ALLOW_SAMPLE")["ALLOW_SAMPLE"] is False
    assert settings_of("ALLOW_SAMPLE", ALLOW_SAMPLE="1")["ALLOW_SAMPLE"] is True

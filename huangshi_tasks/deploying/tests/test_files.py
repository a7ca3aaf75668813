"""What `deployment_files` writes: for whom, with which settings, and that nothing is forgotten."""

from __future__ import annotations

import ast
import os
import re
import subprocess
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from huangshi_tasks.addresses import database
from huangshi_tasks.deploying.tree import environment_file, quoted
from huangshi_tasks.deploying.variables import NAMES, VARIABLES

ROOT = settings.BASE_DIR
ODD = "a'b\"c$d`e\\f #g 甲"


@pytest.fixture
def production(settings: Any) -> Any:
    """As two machines are set."""
    settings.DATABASE = database("postgres://ducha:x@10.1.1.11/ducha", ROOT)
    settings.IS_SQLITE = False
    settings.REDIS_URL = "redis://:secret@10.1.1.11:6379/0"
    return settings


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_every_setting_is_explained_and_no_other() -> None:
    """The settings are read in one module, by the readers of `env`."""
    tree = ast.parse((ROOT / "huangshi_tasks" / "settings.py").read_text())
    read = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).startswith("env.")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert read == NAMES


def test_tests_and_readme_know_every_setting() -> None:
    unset = (ROOT / "bin" / "test").read_text()
    readme = (ROOT / "README.md").read_text()
    for name in NAMES:
        assert re.search(rf"\b{name}\b", unset), name
        assert re.search(rf"`{name}[=`]", readme), name


def test_the_environment_is_read_by_a_shell_as_it_was_given(tmp_path: Path) -> None:
    given = {each.name: f"{each.name} {ODD}" for each in VARIABLES if not each.is_training}
    (tmp_path / "env").write_text(environment_file(given))
    script = f"set -a; . {tmp_path}/env; env -0"
    said = subprocess.run(
        ["sh", "-c", script], env={"PATH": os.environ["PATH"]}, capture_output=True, check=True
    )
    found = dict(line.split("=", 1) for line in said.stdout.decode().split("\0") if line)
    assert {name: found[name] for name in given} == given


def test_what_is_not_set_is_offered_as_an_example() -> None:
    text = environment_file({})
    assert "\n#CLAMD_URL='unix:/run/clamav/clamd.ctl'\n" in text
    assert "\nSITE_URL='https://ducha.example.gov.cn'\n" in text
    assert "BUSINESS_DATE" not in text


def test_a_key_is_made_and_another_every_time() -> None:
    made = [re.findall("^SECRET_KEY=(.*)$", environment_file({}), re.M) for _ in range(3)]
    keys = {key for found in made for key in found}
    assert len(keys) == 3
    assert all(len(key) > 50 for key in keys)


def test_a_value_is_quoted() -> None:
    assert quoted("a b") == "'a b'"
    assert quoted("it's") == "'it'\"'\"'s'"


def test_one_machine_gets_everything(production: Any, tmp_path: Path) -> None:
    call_command("deployment_files", str(tmp_path), "--for", "one", stdout=StringIO())
    found = files(tmp_path)
    assert {name.split("/")[0] for name in found} == {"machine-1"}
    for name in ("web", "worker", "beat", "backup"):
        assert f"machine-1/etc/systemd/system/ducha-{name}.service" in found
    assert "machine-1/etc/ducha/postgresql.sql" in found


def test_of_two_machines_one_has_the_clock_and_one_the_data(
    production: Any, tmp_path: Path
) -> None:
    nodes = ["--nodes", "10.1.1.10,10.1.1.11"]
    call_command("deployment_files", str(tmp_path), "--for", "two", *nodes, stdout=StringIO())
    found = files(tmp_path)
    beats = [name for name in found if name.endswith("ducha-beat.service")]
    assert beats == ["machine-1/etc/systemd/system/ducha-beat.service"]
    assert [name for name in found if name.endswith("redis.conf")] == [
        "machine-2/etc/ducha/redis.conf"
    ]
    keys = {
        line
        for number in (1, 2)
        for line in (tmp_path / f"machine-{number}/etc/ducha/ducha.env").read_text().splitlines()
        if line.startswith("SECRET_KEY=")
    }
    assert len(keys) == 1
    proxy = (tmp_path / "machine-2/etc/nginx/conf.d/ducha.conf").read_text()
    assert "server 10.1.1.10:8000 max_fails=2 fail_timeout=2s;" in proxy
    assert "server 10.1.1.11:8000" in proxy


def nginx(folder: Path) -> tuple[str, str]:
    """Its site, and what it hands on."""
    call_command("deployment_files", str(folder), "--for", "one", stdout=StringIO())
    place = folder / "machine-1/etc/nginx"
    return (place / "conf.d/ducha.conf").read_text(), (place / "ducha/proxy.conf").read_text()


def test_a_certificate_is_what_nginx_verified_and_no_header_of_a_visitor(
    production: Any, tmp_path: Path
) -> None:
    production.HTTPS = True
    site, proxy = nginx(tmp_path / "off")
    assert 'proxy_set_header X-Client-Subject "";' in proxy
    assert "ssl_verify_client" not in site
    production.CLIENT_CERT_HEADER = "X-Key"
    site, proxy = nginx(tmp_path / "on")
    assert "\nproxy_set_header X-Key $ducha_client_subject;" in proxy
    subject = re.search(r"map \$ssl_client_verify \$ducha_client_subject \{(.*?)\}", site, re.S)
    assert subject is not None
    assert subject[1].split() == ["SUCCESS", "$ssl_client_s_dn;", "default", '"";']
    assert "    ssl_verify_client optional;\n" in site
    production.HTTPS = False
    site, proxy = nginx(tmp_path / "plain")
    assert '\nproxy_set_header X-Key "";' in proxy
    assert "ssl_" not in site


@pytest.mark.parametrize(
    ("arguments", "before", "proxies"),
    [
        (["one"], "", "127.0.0.1"),
        (["two", "--nodes", "10.1.1.10,10.1.1.11"], "", "10.1.1.10,10.1.1.11"),
        (["two", "--nodes", "10.1.1.10,10.1.1.11"], "10.1.1.11", "10.1.1.11,10.1.1.10"),
    ],
)
def test_the_web_knows_its_nginx(
    production: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    before: str,
    proxies: str,
) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", before)
    call_command("deployment_files", str(tmp_path), "--for", *arguments, stdout=StringIO())
    text = (tmp_path / "machine-1/etc/ducha/ducha.env").read_text()
    assert f"\nTRUSTED_PROXIES='{proxies}'\n" in text


def test_what_holds_a_password_is_for_its_owner_alone(production: Any, tmp_path: Path) -> None:
    call_command("deployment_files", str(tmp_path), "--for", "one", stdout=StringIO())
    for name in ("ducha.env", "postgresql.sql", "redis.conf"):
        assert (tmp_path / "machine-1/etc/ducha" / name).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--for", "two"], "需要 2 个不同的地址"),
        (["--for", "two", "--nodes", "10.1.1.1,10.1.1.1"], "需要 2 个不同的地址"),
        (["--for", "one", "--nodes", "a b"], "不是机器的地址"),
        (["--for", "one", "--workers", "0"], "不小于1"),
    ],
)
def test_what_makes_no_sense_is_refused(
    production: Any, tmp_path: Path, arguments: list[str], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("deployment_files", str(tmp_path), *arguments)
    assert not files(tmp_path)


def test_sqlite_and_a_database_of_one_machine_alone_are_refused(
    production: Any, tmp_path: Path
) -> None:
    nodes = ["--for", "two", "--nodes", "10.1.1.10,10.1.1.11"]
    production.DATABASE = database("postgres://ducha:x@127.0.0.1/ducha", ROOT)
    with pytest.raises(CommandError, match="DATABASE_URL 是本机地址"):
        call_command("deployment_files", str(tmp_path), *nodes)
    production.IS_SQLITE = True
    with pytest.raises(CommandError, match="应为 PostgreSQL"):
        call_command("deployment_files", str(tmp_path), "--for", "one")

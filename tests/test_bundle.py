"""The archive for a machine without a network. The long form makes it, and installs it where there
is no route to anywhere, from nothing to the plan of a year in its tables.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from conftest import lacking
from huangshi_tasks.deploying import bundle
from tests.machine import Machine
from tests.servers import Missing, find_program, wait_for

ROOT = settings.BASE_DIR
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
INSTALL = ROOT / "huangshi_tasks" / "deploying" / "install.sh"
SERVER = "postgres://ducha@127.0.0.1:5432/ducha"


def test_the_oldest_glibc_is_read_from_the_wheels() -> None:
    wheels = [
        "pure-1.0-py3-none-any.whl",
        "two-1.0-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
        "both-1.0-cp311-cp311-manylinux_2_26_x86_64.manylinux_2_28_x86_64.whl",
    ]
    assert bundle.floor(map(Path, wheels)) == "2.26"
    assert bundle.floor(map(Path, wheels[:2])) == "2.17"
    assert bundle.floor(map(Path, wheels[:1])) == "2.5"


def test_each_wheel_is_locked_by_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "some_name-1.2.3-py3-none-any.whl"
    path.write_bytes(b"wheel")
    (line,) = bundle.lock([path])
    assert line == f"some-name==1.2.3 --hash=sha256:{bundle.digest(path)}\n"


def test_what_only_developers_need_stays_at_home() -> None:
    names = {str(name) for name in bundle.sources()}
    assert {"manage.py", "requirements.txt", "units/models/log.py", "build/site.css"} <= names
    assert not [
        name for name in names if "/tests/" in name or name.startswith(("tests/", "bench/"))
    ]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """As small as a package can be, and whole: it would install nothing but itself."""
    folder = tmp_path / "package"
    (folder / "code").mkdir(parents=True)
    (folder / "code" / "manage.py").write_text("")
    (folder / "wheels").mkdir()
    (folder / "requirements.lock").write_text("")
    shutil.copy(INSTALL, folder / "install.sh")
    about(folder)
    return folder


def about(folder: Path, **other: str) -> None:
    facts = {"VERSION": "1", "MACHINE": platform.machine(), "PYTHON": PYTHON, "GLIBC": "2.5"}
    lines = [f"{name}={value}\n" for name, value in (facts | other).items()]
    (folder / "about").write_text("".join(lines))
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "SHA256SUMS")
    sums = [f"{bundle.digest(path)}  {path.relative_to(folder)}\n" for path in paths]
    (folder / "SHA256SUMS").write_text("".join(sums))


def install(folder: Path, target: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(folder / "install.sh"), str(target)],
        env=os.environ | {"PYTHON_PROGRAM": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"MACHINE": "mips"}, "安装包是 mips 的"),
        ({"GLIBC": "2.99"}, "需要 glibc 2.99 或更高"),
        ({"PYTHON": "3.10"}, "不是 Python 3.10"),
    ],
)
def test_another_machine_is_refused_before_anything_is_written(
    package: Path, tmp_path: Path, other: dict[str, str], said: str
) -> None:
    about(package, **other)
    refused = install(package, tmp_path / "target")
    assert refused.returncode == 1
    assert said in refused.stderr
    assert not (tmp_path / "target").exists()


def test_a_package_that_was_touched_is_refused(package: Path, tmp_path: Path) -> None:
    (package / "code" / "manage.py").write_text("other")
    refused = install(package, tmp_path / "target")
    assert "安装包不完整或被改动" in refused.stderr
    assert not (tmp_path / "target").exists()


def test_a_folder_that_is_in_use_is_not_written_over(package: Path, tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "manage.py").write_text("ours")
    refused = install(package, tmp_path / "target")
    assert "不是空的" in refused.stderr
    assert (tmp_path / "target" / "manage.py").read_text() == "ours"


@pytest.mark.slow
@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_wheels_of_both_platforms_are_complete(tmp_path: Path, machine: str) -> None:
    """`complete` lets pip resolve them by hash for that machine, with no index."""
    bundle.fill(tmp_path / "bundle", machine, "3.11")
    assert "psycopg2-binary==" in (tmp_path / "bundle" / "requirements.lock").read_text()


@pytest.fixture
def offline(tmp_path: Path) -> Iterator[Machine]:
    """A machine without a route, on which the archive lies unpacked."""
    asked = ["--platform", platform.machine(), "--python", PYTHON, "--output", str(tmp_path)]
    made = subprocess.run(
        [ROOT / "bin" / "bundle", *asked], capture_output=True, text=True, check=True
    )
    with tarfile.open(made.stdout.strip()) as archive:
        archive.extractall(tmp_path, filter="data")
    (folder,) = [path for path in tmp_path.glob("ducha-*") if path.is_dir()]
    try:
        with Machine(folder, "/opt/package", network=False) as machine:
            yield machine
    except Missing as missing:
        lacking(str(missing))


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.redis
def test_it_installs_without_a_network(offline: Machine) -> None:
    """From nothing: install, deployment files, role and database, tables, the plan of a year."""
    alone = offline.run("ip", "route", check=False)
    assert alone.stdout == ""
    offline.run("sh", "/opt/package/install.sh", "/opt/ducha")
    offline.run("useradd", "--system", "--home-dir", "/var/lib/ducha", "ducha")
    given = {
        "SITE_URL": "http://127.0.0.1:8000",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": SERVER,
        "REDIS_URL": "redis://127.0.0.1:6379/0",
        "FILES_DIR": "/var/lib/ducha/files",
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "STATIC_MANIFEST": "1",
    }
    made = (
        "/opt/ducha/.venv/bin/python /opt/ducha/manage.py deployment_files --for one /root/deploy"
    )
    offline.run("sh", "-ec", f"{made}; cp -rT /root/deploy/machine-1 /", given=given)
    servers = [database(offline), redis(offline)]
    try:
        offline.run("chown", "root:ducha", "/etc/ducha/ducha.env")
        psql = ["psql", "-q", "-v", "ON_ERROR_STOP=1", "postgres://postgres@127.0.0.1/postgres"]
        offline.run(*psql, "-f", "/etc/ducha/postgresql.sql")
        offline.run("ducha", "migrate", "--verbosity", "0")
        offline.run("ducha", "load_plan")
    finally:
        for server in servers:
            server.terminate()
            server.wait()


def database(machine: Machine) -> subprocess.Popen[bytes]:
    initdb, postgres = (find_program("postgresql", name) for name in ("initdb", "postgres"))
    machine.run("install", "-d", "-o", "postgres", "/var/pg")
    as_postgres = ["runuser", "-u", "postgres", "--"]
    machine.run(*as_postgres, initdb, "-D", "/var/pg/data", "-A", "trust", "--locale=C.UTF-8")
    options = ["-D", "/var/pg/data", "-c", "unix_socket_directories=", "-c", "fsync=off"]
    running = subprocess.Popen(machine.inside(*as_postgres, postgres, *options))
    ask = ["psql", "-c", "SELECT 1", "postgres://postgres@127.0.0.1/postgres"]
    wait_for(lambda: machine.run(*ask, check=False).returncode == 0)
    return running


def redis(machine: Machine) -> subprocess.Popen[bytes]:
    program = find_program("redis-server", "redis-server")
    return subprocess.Popen(machine.inside(program, "--save", "", "--dir", "/var"))

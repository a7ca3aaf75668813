"""The deployment files, installed on a machine of its own and used: PostgreSQL by its roles, web,
worker and beat by their units, nginx in front.
"""

from __future__ import annotations

import http.client
import json
import re
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

from conftest import lacking
from tests.machine import Machine, Unit, read_unit
from tests.servers import Missing, RedisServer, find_program, free_port, wait_for

pytestmark = [pytest.mark.postgres, pytest.mark.redis]

NAME = "drill_deployed"
DRILL = "drill_deployed_again"
PASSWORD = "it's #1 Mi-ma"
HOST = "ducha.test"
UNITS = ("ducha-web", "ducha-worker", "ducha-beat")
NGINX = "/usr/sbin/nginx"
MANUAL = settings.BASE_DIR / "docs" / "运维手册.md"


class Deployed:
    """The machine after its installation, with what was started on it."""

    def __init__(self, machine: Machine, port: int) -> None:
        self.machine, self.port = machine, port
        self.units: dict[str, Unit] = {}

    def ask(
        self, path: str, form: dict[str, str] | None = None, cookies: str = "", **more: Any
    ) -> http.client.HTTPResponse:
        """One request through nginx, as a browser sends it."""
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        line = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=trusting)
        site = f"https://{HOST}:{self.port}"
        headers = {"Host": f"{HOST}:{self.port}", "Cookie": cookies, "Referer": f"{site}{path}"}
        body = more.get("body") or (urlencode(form) if form is not None else None)
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request("GET" if body is None else "POST", path, body=body, headers=headers)
        return line.getresponse()


@pytest.fixture(scope="module")
def deployed(
    django_db_setup: None, django_db_blocker: Any, redis_server: RedisServer
) -> Iterator[Deployed]:
    try:
        find_program("nginx-light", "nginx")
        machine = Machine(settings.BASE_DIR)
        with django_db_blocker.unblock(), machine:
            yield from installed(machine, redis_server)
    except Missing as missing:
        lacking(str(missing))
    finally:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            for name in (NAME, DRILL):
                cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            cursor.execute(f"DROP ROLE IF EXISTS {NAME}")


def installed(machine: Machine, redis: RedisServer) -> Iterator[Deployed]:
    """Everything that the manual says, in its order."""
    here = connection.settings_dict
    server = f"{here['HOST']}:{here['PORT']}"
    given = {
        "SITE_URL": f"https://{HOST}:{free_port()}",
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": f"postgres://{NAME}:it%27s%20%231%20Mi-ma@{server}/{NAME}",
        "REDIS_URL": redis.url,
        "FILES_DIR": "/var/lib/ducha/files",
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "CLAMD_URL": "unix:/run/clamav/clamd.ctl",
        "STATIC_MANIFEST": "1",
    }
    libpq = {
        "PGHOST": here["HOST"],
        "PGPORT": str(here["PORT"]),
        "PGUSER": here["USER"],
        "PGDATABASE": "postgres",
    }
    said = [line for title in ("能连软件源", "部署文件") for line in lines_of(title)]
    for line in [*said, *OF_THE_TEST]:
        if not line.startswith(("export ", "python3 -m venv", ".venv/bin/pip", "npm ")):
            machine.run("sh", "-ec", f"cd {machine.code}; {line}", given=given | libpq)
    copy_tables(f"postgres://{here['USER']}@{server}")
    site = Deployed(machine, int(given["SITE_URL"].rpartition(":")[2]))
    for line in lines_of("第一次启动"):
        if "ducha " in line and "systemctl" not in line:
            machine.run("sh", "-ec", line)
    for name in UNITS:
        site.units[name] = machine.start(name)
    nginx = subprocess.Popen(machine.inside(NGINX, "-g", "daemon off;"), start_new_session=True)
    try:
        wait_for(lambda: answers(site))
        yield site
    finally:
        nginx.terminate()
        nginx.wait()


# what the manual says in words: a certificate, and nginx without its first page
OF_THE_TEST = (
    "rm -f /etc/nginx/sites-enabled/default",
    "mkdir -p /etc/ducha/tls /var/lib/nginx",
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
    f" -subj /CN={HOST} -out /etc/ducha/tls/site.crt -keyout /etc/ducha/tls/site.key",
)


def blocks() -> dict[str, list[str]]:
    """The shell lines of the manual of operations, by the heading above them."""
    found: dict[str, list[str]] = {}
    for part in re.split(r"^#+ ", MANUAL.read_text(), flags=re.MULTILINE)[1:]:
        title = part.partition("\n")[0]
        for block in re.findall(r"```sh\n(.*?)```", part, re.DOTALL):
            found.setdefault(title, []).extend(block.splitlines())
    return found


def lines_of(title: str) -> list[str]:
    return next(lines for found, lines in blocks().items() if title in found)


def copy_tables(server: str) -> None:
    """Into the new database, from the test database: migrating costs twenty seconds."""
    dump = [find_program("postgresql", "pg_dump"), "-Fc", "-d"]
    restore = ["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "-d"]
    own = f"{server.replace('//' + connection.settings_dict['USER'], '//' + NAME)}/{NAME}"
    made = subprocess.run(
        [*dump, f"{server}/{connection.settings_dict['NAME']}"], check=True, capture_output=True
    )
    subprocess.run([*restore, own], input=made.stdout, check=True)


def answers(site: Deployed) -> bool:
    try:
        return site.ask("/readyz").status == 200
    except OSError:
        return False


def test_the_units_are_what_systemd_understands(deployed: Deployed) -> None:
    names = deployed.machine.run("ls", "/root/deploy/machine-1/etc/systemd/system").stdout.split()
    assert {"ducha.target", "ducha-web.socket", "ducha-backup.timer"} < set(names)
    paths = [f"/etc/systemd/system/{name}" for name in names if name.startswith("ducha")]
    said = deployed.machine.run("systemd-analyze", "verify", "--man=no", *paths)
    assert "ducha" not in said.stdout + said.stderr


@pytest.mark.parametrize("name", UNITS)
def test_a_process_may_do_little_on_its_machine(deployed: Deployed, name: str) -> None:
    """2.5 of 10: what is left are its network and its own files."""
    judged = deployed.machine.run(
        "systemd-analyze", "security", "--offline=yes", "--no-pager", f"{name}.service"
    )
    exposure = re.search(r"exposure level for .*: ([0-9.]+)", judged.stdout + judged.stderr)
    assert exposure is not None
    assert float(exposure[1]) <= 2.5


def test_nginx_understands_its_files(deployed: Deployed) -> None:
    said = deployed.machine.run(NGINX, "-t")
    assert "[warn]" not in said.stderr


def test_the_site_is_ready_and_lets_its_administrator_in(deployed: Deployed) -> None:
    ready = deployed.ask("/readyz")
    assert ready.status == 200
    assert b"failing" not in ready.read()
    page = deployed.ask("/login/")
    cookies = SimpleCookie(page.headers["Set-Cookie"])
    text = page.read().decode()
    found = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', text)
    assert found is not None
    form = {"csrfmiddlewaretoken": found[1], "username": "glpt-gly", "password": "Shili-2022"}
    sent = "; ".join(f"{name}={each.value}" for name, each in cookies.items())
    answer = deployed.ask("/login/", form, sent)
    assert answer.status == 302
    given = answer.headers.get_all("Set-Cookie") or []
    assert any(each.startswith("__Host-session=") for each in given)
    assert all("Secure" in each for each in given)


def test_worker_and_beat_do_the_jobs(deployed: Deployed) -> None:
    wait_for(lambda: "progress.jobs.accept_held" in jobs_done(deployed))


def jobs_done(site: Deployed) -> list[str]:
    return asked(site, "SELECT name FROM units_jobrun WHERE finished_at IS NOT NULL").split()


def asked(site: Deployed, query: str) -> str:
    here = connection.settings_dict
    address = f"postgres://{NAME}@{here['HOST']}:{here['PORT']}/{NAME}"
    return site.machine.run("psql", "-At", address, "-c", query).stdout


def last_run(site: Deployed) -> str:
    return asked(
        site, "SELECT finished_at FROM units_jobrun WHERE name = 'progress.jobs.accept_held'"
    )


def test_a_restarted_database_costs_no_page_and_no_job(deployed: Deployed) -> None:
    """Every connection is cut, as a restart does; each process takes a new one by itself."""
    before = last_run(deployed)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [NAME]
        )
    for _ in range(6):  # each thread of each process
        assert deployed.ask("/login/").status == 200
    assert deployed.ask("/readyz").status == 200
    wait_for(lambda: last_run(deployed) > before)


def test_without_redis_pages_come_and_the_node_stays(
    deployed: Deployed, redis_server: RedisServer
) -> None:
    redis_server.stop()
    try:
        assert deployed.ask("/login/").status == 200
        wait_for(lambda: b"redis: degraded" in told(deployed))  # an answer stands two seconds
    finally:
        redis_server.start()
    wait_for(lambda: b"redis" not in told(deployed))


def told(deployed: Deployed) -> bytes:
    """What the node says of itself; it stays in use."""
    ready = deployed.ask("/readyz")
    assert ready.status == 200
    found: bytes = ready.read()
    return found


@pytest.mark.slow
def test_after_redis_the_jobs_go_on_by_themselves(
    deployed: Deployed, redis_server: RedisServer
) -> None:
    redis_server.stop()
    time.sleep(15)
    before = last_run(deployed)
    redis_server.start()
    wait_for(lambda: last_run(deployed) > before)


def test_too_large_a_body_gets_a_chinese_page(deployed: Deployed) -> None:
    answer = deployed.ask("/login/", body=b"x" * (settings.BODY_MAX_BYTES + 1))
    assert answer.status == 413
    assert "提交的内容过大" in answer.read().decode()


def test_the_log_of_nginx_is_json_and_names_the_request(deployed: Deployed) -> None:
    deployed.ask("/login/")
    lines = deployed.machine.run("cat", "/var/log/nginx/ducha/access.log").stdout.splitlines()
    entry = json.loads(lines[-1])
    assert (entry["path"], entry["status"], entry["address"]) == ("/login/", 200, "127.0.0.1")
    assert len(entry["request_id"]) == 32


def test_a_restart_of_the_web_loses_no_request(deployed: Deployed) -> None:
    """systemd holds the port: who comes in between waits."""
    statuses: list[int] = []
    stop = threading.Event()

    def visit() -> None:
        while not stop.is_set():
            statuses.append(deployed.ask("/login/").status)
            time.sleep(0.05)

    visitors = [threading.Thread(target=visit) for _ in range(3)]
    for each in visitors:
        each.start()
    wait_for(lambda: len(statuses) >= 10)
    web = deployed.units["ducha-web"]
    web.stop()
    web.start()
    before = len(statuses)
    wait_for(lambda: len(statuses) >= before + 10)
    stop.set()
    for each in visitors:
        each.join()
    assert set(statuses) == {200}


def test_where_no_process_answers_there_is_a_chinese_page(deployed: Deployed) -> None:
    """And the page comes back with the process at once: nginx keeps nobody aside."""
    web = deployed.units["ducha-web"]
    web.stop()
    web.unplug()
    answer = deployed.ask("/login/")
    assert answer.status == 502
    assert "系统正在启动" in answer.read().decode()
    web.start()
    assert deployed.ask("/login/").status == 200


def test_backup_and_restore_are_what_the_manual_says(deployed: Deployed) -> None:
    """Into a second database and store, by the settings of a drill."""
    here = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DRILL} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {DRILL} OWNER {NAME}")
    address = f"postgres://{NAME}:x@{here['HOST']}:{here['PORT']}/{DRILL}"
    change = (
        f"sed -e \"s#^DATABASE_URL=.*#DATABASE_URL='{address}'#\""
        " -e \"s#^FILES_DIR=.*#FILES_DIR='/var/lib/ducha/drill'#\""
        " /etc/ducha/ducha.env > /etc/ducha/drill.env"
    )
    deployed.machine.run("sh", "-ec", change)
    said = {line: deployed.machine.run("sh", "-ec", line).stdout for line in lines_of("备份")}
    assert said["ducha backup /var/lib/ducha/backups --keep 14"].startswith("backup ok ")
    for line in lines_of("恢复"):
        deployed.machine.run("sh", "-ec", line)


def test_two_machines_are_what_the_manual_says(deployed: Deployed) -> None:
    (line,) = lines_of("两台机器")
    given = {
        "SITE_URL": f"https://{HOST}",
        "DATABASE_URL": "postgres://ducha:x@10.1.1.11/ducha",
        "REDIS_URL": "redis://:x@10.1.1.11:6379/0",
    }
    deployed.machine.run("sh", "-ec", line, given=given)
    folder = "/root/deploy-two/machine-2/etc"
    names = deployed.machine.run("ls", f"{folder}/systemd/system").stdout.split()
    paths = [f"{folder}/systemd/system/{name}" for name in names if name.startswith("ducha")]
    assert not any("beat" in path for path in paths)
    said = deployed.machine.run("systemd-analyze", "verify", "--man=no", *paths)
    assert "ducha" not in said.stdout + said.stderr
    deployed.machine.run("cp", "-rT", f"{folder}/nginx", "/etc/nginx")
    try:
        deployed.machine.run(NGINX, "-t")
    finally:
        deployed.machine.run("cp", "-rT", "/root/deploy/machine-1/etc/nginx", "/etc/nginx")


def test_no_command_of_the_manual_is_left_out() -> None:
    """Each is run above, in the test of the offline archive, or says again what was run."""
    run = {"部署文件", "能连软件源", "三、第一次启动", "四、两台机器", "五、备份", "六、恢复"}
    ran = {line for title in run for line in blocks()[title]}
    ran |= set(blocks()["没有网络（离线安装包）"])
    for title, lines in blocks().items():
        for line in lines:
            is_ours = (
                re.search(r"(^|[ =])ducha |manage\.py|^bin/", line) and "systemctl" not in line
            )
            assert not is_ours or line in ran, f"{title}：{line}"
        subprocess.run(["sh", "-n"], input="\n".join(lines), text=True, check=True)


def test_the_settings_of_postgresql_are_known_to_it(deployed: Deployed) -> None:
    text = deployed.machine.run("cat", "/etc/ducha/postgresql.conf").stdout
    given = dict(re.findall(r"^(\w+) = '?([^'\n]*)'?$", text, re.MULTILINE))
    assert given.keys() >= {"max_connections", "shared_buffers", "synchronous_commit"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_settings WHERE name = ANY(%s)", [list(given)])
        assert {name for (name,) in cursor.fetchall()} == given.keys()


def test_redis_starts_with_its_file(deployed: Deployed, tmp_path: Path) -> None:
    text = deployed.machine.run("cat", "/etc/ducha/redis.conf").stdout
    (tmp_path / "redis.conf").write_text(text)
    program = find_program("redis-server", "redis-server")
    port = free_port()
    options = ["--port", str(port), "--dir", str(tmp_path)]
    server = subprocess.Popen([program, str(tmp_path / "redis.conf"), *options])
    try:
        ask = [shutil.which("redis-cli") or "redis-cli", "-p", str(port)]
        wait_for(lambda: subprocess.run([*ask, "ping"], capture_output=True).stdout == b"PONG\n")
        policy = subprocess.run(
            [*ask, "config", "get", "maxmemory-policy"], capture_output=True, text=True, check=True
        )
        assert "volatile-lru" in policy.stdout
    finally:
        server.terminate()
        server.wait()


def test_logrotate_understands_its_file(deployed: Deployed) -> None:
    deployed.machine.run("logrotate", "--debug", "/etc/logrotate.d/ducha")


def test_the_unit_is_read_as_systemd_reads_it() -> None:
    text = "[Service]\nEnvironment=A=1\n# User=x\nEnvironment=B=2\nUser=ducha\n"
    assert read_unit(text) == {"Environment": ["A=1", "B=2"], "User": ["ducha"]}

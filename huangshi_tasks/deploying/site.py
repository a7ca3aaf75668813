"""What the files say of one deployment, taken from the settings and from how the parts are set."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from huangshi_tasks import gunicorn_conf
from huangshi_tasks.addresses import split
from huangshi_tasks.celery import configuration

PORT = 8000
LOCAL = "127.0.0.1"
LOOPBACK = frozenset({LOCAL, "localhost", "::1", ""})
IPV4 = re.compile(r"[0-9]+(\.[0-9]+){3}")
MEGABYTE = 1024 * 1024
WORKER_MEGABYTES = 600  # a worker had 240 MB after thousands of pages; a large workbook takes more
# connections to the database beside those of the web's threads: Celery, beat, commands, a backup
OTHER_CONNECTIONS = 20


@dataclass(frozen=True)
class Site:
    """One deployment. `nodes` are the addresses of the machines that serve pages; `behind` those of
    proxies in front of nginx; `memory` is of the machine with the database, in gigabytes.
    """

    nodes: tuple[str, ...] = (LOCAL,)
    behind: tuple[str, ...] = ()
    workers: int = 3
    memory: int = 8
    user: str = "ducha"

    @property
    def host(self) -> str:
        return settings.SITE.hostname or ""

    @property
    def is_https(self) -> bool:
        return settings.HTTPS

    @property
    def certificate_header(self) -> str:
        """In which nginx hands on the subject of a client certificate; empty where none is read."""
        return settings.CLIENT_CERT_HEADER or ""

    @property
    def reads_certificates(self) -> bool:
        """Whether nginx asks for client certificates; without TLS there are none."""
        return self.is_https and bool(self.certificate_header)

    def proxies(self, named: str) -> str:
        """TRUSTED_PROXIES: those `named` there already, and every nginx as the web sees it."""
        known = [each.strip() for each in named.split(",") if each.strip()]
        return ",".join(dict.fromkeys([*known, *self.nodes]))

    @property
    def outer_port(self) -> int:
        """Where nginx listens."""
        return settings.SITE.port or (443 if self.is_https else 80)

    @property
    def root(self) -> Path:
        return settings.BASE_DIR

    @property
    def python(self) -> Path:
        return Path(sys.prefix) / "bin" / "python"

    @property
    def files(self) -> Path:
        return settings.FILES_DIR

    @property
    def body_bytes(self) -> int:
        return settings.BODY_MAX_BYTES

    @property
    def body_megabytes(self) -> int:
        return self.body_bytes // MEGABYTE

    @property
    def upload_megabytes(self) -> int:
        return settings.UPLOAD_MAX_BYTES // MEGABYTE

    @property
    def port(self) -> int:
        return PORT

    @property
    def answer_seconds(self) -> int:
        """After which gunicorn gives a request up."""
        return gunicorn_conf.timeout

    @property
    def stop_seconds(self) -> int:
        """What a web process may take to finish what it has begun."""
        return gunicorn_conf.graceful_timeout + 20

    @property
    def job_seconds(self) -> int:
        """What a worker may take: the longest job, and a little."""
        return int(configuration()["task_time_limit"]) + 10

    @property
    def web_megabytes(self) -> int:
        return WORKER_MEGABYTES * (self.workers + 1)

    @property
    def connections(self) -> int:
        """A connection for each thread of each web process, and for the rest."""
        return len(self.nodes) * (self.workers * gunicorn_conf.threads + OTHER_CONNECTIONS)

    @property
    def shared_buffers(self) -> int:
        """Megabytes: a quarter of the machine's memory, as PostgreSQL's manual advises."""
        return self.memory * 1024 // 4

    @property
    def cache_megabytes(self) -> int:
        return self.memory * 1024 // 2

    @property
    def database(self) -> dict[str, str]:
        return settings.DATABASE

    @property
    def database_host(self) -> str:
        return str(self.database.get("HOST", ""))

    @property
    def database_password(self) -> str:
        """As SQL writes it between quotes."""
        return str(self.database.get("PASSWORD", "")).replace("'", "''")

    @property
    def listen(self) -> str:
        """Where PostgreSQL listens beside the loopback."""
        return ",".join(dict.fromkeys((LOCAL, self.database_host)))

    @property
    def redis_listen(self) -> str:
        return " ".join(dict.fromkeys((LOCAL, self.redis_host)))

    @property
    def clients(self) -> list[str]:
        """Who may come to the database, as pg_hba.conf writes addresses."""
        return [f"{node}/32" if IPV4.fullmatch(node) else node for node in self.nodes]

    @property
    def redis_host(self) -> str:
        return split(settings.REDIS_URL or "").hostname or ""

    @property
    def redis_port(self) -> int:
        return split(settings.REDIS_URL or "").port or 6379

    @property
    def redis_password(self) -> str:
        return split(settings.REDIS_URL or "").password or ""

    @property
    def clamd_socket(self) -> str:
        parts = split(settings.CLAMD_URL or "")
        return parts.path if parts.scheme == "unix" else ""

    @property
    def clamd_host(self) -> str:
        return split(settings.CLAMD_URL or "").hostname or ""

    @property
    def clamd_port(self) -> int:
        return split(settings.CLAMD_URL or "").port or 3310

    def problems(self) -> list[str]:
        """What keeps these settings from being deployed, as sentences."""
        found = []
        if settings.IS_SQLITE:
            found.append("DATABASE_URL 应为 PostgreSQL 的地址（postgres://…），再生成部署文件。")
        if not settings.REDIS_URL:
            found.append("没有设置 REDIS_URL，后台任务需要它，请设置后再生成部署文件。")
        far = [node for node in self.nodes if node not in LOOPBACK]
        for name, host in (("DATABASE_URL", self.database_host), ("REDIS_URL", self.redis_host)):
            if far and host in LOOPBACK:
                found.append(f"{name} 是本机地址，另一台机器连不上，请写成网络地址。")
        return found

    def is_data_on(self, node: str) -> bool:
        """Whether the database (or the only machine's everything) stands on `node`."""
        return len(self.nodes) == 1 or self.database_host == node

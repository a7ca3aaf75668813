"""Real servers for tests: the suite's own instances, on free ports, ended by their process.

Each class is a context manager. `python -m tests.servers COMMAND…` runs COMMAND with DATABASE_URL
naming a PostgreSQL of its own.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

START_SECONDS = 30


class Missing(Exception):  # noqa: N818  (an absence, not a fault)
    """A program that this machine does not have; the text names the package."""


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find_program(package: str, *names: str) -> str:
    """The path of the first of `names` on this machine, or Missing."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    search = os.pathsep.join([*map(str, folders), os.environ.get("PATH", ""), "/usr/sbin"])
    for name in names:
        if found := shutil.which(name, path=search):
            return found
    raise Missing(f"没有 {names[0]}；请运行 apt-get install {package}")


class Server:
    """A process with a folder of its own that goes when it ends."""

    name = "server"

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{self.name}-"))
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        """The command line that runs in the foreground."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Does something listen on the port?"""
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def start(self) -> None:
        """Start and wait until it answers."""
        with (self.folder / "log").open("ab") as output:
            self._process = subprocess.Popen(self.command(), stdout=output, stderr=output)
        wait_for(self.answers, self._failed)

    def _failed(self) -> str | None:
        if self._process is not None and self._process.poll() is not None:
            return f"{self.name} ended: {(self.folder / 'log').read_text()[-2000:]}"
        return None

    def stop(self, signal_number: int = signal.SIGTERM) -> None:
        """Ask it to end (or kill it, with SIGKILL) and wait."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal_number)
            try:
                self._process.wait(timeout=START_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def wait_for(is_ready: Callable[[], bool], failed: Callable[[], str | None] = lambda: None) -> None:
    """Return once `is_ready`; raise what `failed` says, or a TimeoutError."""
    end = time.monotonic() + START_SECONDS
    while not is_ready():
        if problem := failed():
            raise RuntimeError(problem)
        if time.monotonic() > end:
            raise TimeoutError(f"not ready after {START_SECONDS} s")
        time.sleep(0.05)


class RedisServer(Server):
    """Redis without a file; `stop()` and `start()` lose what it held, as a crash would."""

    name = "redis"

    def __init__(self) -> None:
        self._program = find_program("redis-server", "redis-server")
        super().__init__()

    def command(self) -> list[str]:
        options = {"port": self.port, "bind": "127.0.0.1", "save": "", "dir": self.folder}
        return [self._program, *(str(x) for k, v in options.items() for x in (f"--{k}", v))]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"


class PostgresServer(Server):
    """PostgreSQL in a folder of its own, without fsync: fast, and worth nothing after a crash."""

    name = "postgres"

    def __init__(self) -> None:
        self._initdb = find_program("postgresql", "initdb")
        self._postgres = find_program("postgresql", "postgres")
        self._prefix = _as_other_user()
        super().__init__()

    def start(self) -> None:
        if self._prefix:
            account = pwd.getpwnam(self._prefix[2])
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        if not self._data.exists():
            locale = ["--encoding=UTF8", "--locale=C.UTF-8"]
            initdb = [self._initdb, "-D", str(self._data), "-U", "tests", "-A", "trust", *locale]
            subprocess.run(
                [*self._prefix, *initdb], check=True, stdout=subprocess.DEVNULL, cwd=self.folder
            )
        super().start()

    def command(self) -> list[str]:
        options = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "jit": "off",
        }
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return [*self._prefix, self._postgres, "-D", str(self._data), *flags]

    def stop(self, signal_number: int = signal.SIGINT) -> None:
        """SIGINT is PostgreSQL's fast shutdown. runuser passes no SIGINT on, so it goes by pid."""
        pid_file = self._data / "postmaster.pid"
        if pid_file.exists():
            os.kill(int(pid_file.read_text().split()[0]), signal_number)
            if self._process is not None:
                self._process.wait(timeout=START_SECONDS)
        super().stop()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        return f"postgres://tests@127.0.0.1:{self.port}/postgres"


def _as_other_user() -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    return [find_program("util-linux", "runuser"), "-u", user, "--"]


class CeleryWorker(Server):
    """A real worker process on the given Redis and database."""

    name = "celery"

    def __init__(self, redis_url: str, environment: dict[str, str]) -> None:
        super().__init__()
        self._redis_url = redis_url
        self._environment = environment

    def command(self) -> list[str]:
        variables = self._environment | {"REDIS_URL": self._redis_url}
        given = [f"{name}={value}" for name, value in variables.items()]
        options = ["--concurrency=1", "--loglevel=INFO", "--without-mingle", "--without-gossip"]
        celery = [sys.executable, "-m", "celery", "-A", "huangshi_tasks", "worker", *options]
        return ["/usr/bin/env", *given, *celery]

    def answers(self) -> bool:
        return " ready." in self.output()

    def output(self) -> str:
        """What the worker has logged so far."""
        return (self.folder / "log").read_text()


def main(command: list[str]) -> int:
    """Run `command` on a PostgreSQL of its own; its exit code, or 3 when there is no PostgreSQL."""
    try:
        server = PostgresServer()
    except Missing as missing:
        sys.stderr.write(f"{missing}\n")
        return 3
    with server:
        return subprocess.call(command, env=os.environ | {"DATABASE_URL": server.url})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Real servers for tests: the suite's own instances, on free ports, ended by their process.

Each class is a context manager.
"""

import os
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

START_SECONDS = 120  # only a bound: a loaded machine is slow to start what it is asked for


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
            # Ctrl-C is for us: who ends in the middle of our cleaning up would spoil it
            self._process = subprocess.Popen(
                self.command(), stdout=output, stderr=output, start_new_session=True
            )
        wait_for(self.answers, self._failed)

    def output(self) -> str:
        """What it has written so far."""
        return (self.folder / "log").read_text()

    def _failed(self) -> str | None:
        if self._process is not None and self._process.poll() is not None:
            return f"{self.name} ended: {self.output()[-2000:]}"
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
        try:
            self.start()
        except BaseException:  # it may be running all the same, only too slowly
            self.stop(signal.SIGKILL)
            raise
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
        # one process: what is killed is what works
        options = ["--pool=solo", "--loglevel=INFO", "--without-mingle", "--without-gossip"]
        celery = [sys.executable, "-m", "celery", "-A", "huangshi_tasks", "worker", *options]
        return ["/usr/bin/env", *given, *celery]

    def answers(self) -> bool:
        return " ready." in self.output()


class WebServer(Server):
    """The site as `bin/demo` serves it: gunicorn, one process, the schedule in a thread."""

    name = "web"

    def __init__(self, environment: dict[str, str]) -> None:
        super().__init__()
        self._environment = environment

    def command(self) -> list[str]:
        given = [f"{name}={value}" for name, value in self._environment.items()]
        options = ["-c", "python:huangshi_tasks.gunicorn_conf", "-b", f"127.0.0.1:{self.port}"]
        gunicorn = [sys.executable, "-m", "gunicorn", "huangshi_tasks.wsgi", *options]
        return ["/usr/bin/env", *given, *gunicorn]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

"""A PostgreSQL of the suite's own.

`python -m tests.postgres COMMAND…` runs COMMAND with DATABASE_URL naming one.
"""

import os
import pwd
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2

from tests.servers import START_SECONDS, Missing, Server, find_program


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
            # it would count the tables between two tests, when they are empty: the planner then
            # joins a full year row by row, for minutes
            "autovacuum": "off",
        }
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return [*self._prefix, self._postgres, "-D", str(self._data), *flags]

    def answers(self) -> bool:
        """It listens a little before it lets anybody in."""
        try:
            psycopg2.connect(self.url).close()
        except psycopg2.OperationalError:
            return False
        return True

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

"""A machine to install on: this one, with folders of its own in a mount namespace. What is written
to /etc, /opt, /root, /usr/local and /var stays in memory and goes with it. Needs root.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.servers import START_SECONDS, Missing, find_program, wait_for

OWN = ("/etc", "/opt", "/root", "/usr/local", "/var")
HELD = """set -e
mount -t tmpfs -o size=2g none /mnt
for folder in {own}; do
  upper=/mnt/upper$folder work=/mnt/work$folder
  mkdir -p $upper $work
  mount -t overlay overlay -o lowerdir=$folder,upperdir=$upper,workdir=$work $folder
done
chmod o+x /root
mount -t tmpfs none /run
{loopback}
mkdir -p {code}
mount --bind {source} {code}
echo ready
exec sleep infinity
"""
CLEAN = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}


class Machine:
    """Context manager. `code` is where the checkout `source` stands in it; without `network` it has
    a loopback and nothing else.
    """

    def __init__(self, source: Path, code: str = "/opt/ducha", *, network: bool = True) -> None:
        if os.geteuid() != 0:
            raise Missing("安装测试需要 root")
        self._unshare = find_program("util-linux", "unshare")
        self._source, self.code, self._network = source, code, network
        self._holder: subprocess.Popen[str] | None = None
        self._running: list[Unit] = []

    def __enter__(self) -> Self:
        script = HELD.format(
            own=" ".join(OWN),
            code=self.code,
            source=self._source,
            loopback=":" if self._network else "ip link set lo up",
        )
        alone = [] if self._network else ["--net"]
        self._holder = subprocess.Popen(
            [self._unshare, "--mount", "--propagation", "private", *alone, "sh", "-c", script],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self._holder.stdout is not None
        said = self._holder.stdout.readline()
        if said != "ready\n":
            self._holder.kill()
            raise Missing(f"不能建立安装测试用的文件夹：{said}")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for unit in reversed(self._running):
            unit.stop(signal.SIGKILL)
        assert self._holder is not None
        self._holder.kill()
        self._holder.wait()

    def inside(self, *command: str) -> list[str]:
        """The command line that runs `command` on this machine."""
        assert self._holder is not None
        spaces = ["--mount"] if self._network else ["--mount", "--net"]
        return ["nsenter", *spaces, "--target", str(self._holder.pid), "--", *command]

    def run(
        self, *command: str, check: bool = True, given: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run as root, in a clean environment; a failure shows what it said."""
        result = subprocess.run(
            self.inside(*command),
            env=CLEAN | dict(given or {}),
            capture_output=True,
            text=True,
            cwd="/",
            timeout=START_SECONDS * 3,
            check=False,
        )
        if check and result.returncode:
            raise AssertionError(f"{command}: {result.returncode}\n{result.stdout}{result.stderr}")
        return result

    def start(self, name: str) -> Unit:
        """Start a service as its unit says."""
        unit = Unit(self, name)
        self._running.append(unit)
        unit.start()
        return unit


class Unit:
    """A service started as systemd would: its user, environment, folders, socket and notification.

    Not its fences: those are systemd's own (`systemd-analyze security` judges them).
    """

    def __init__(self, machine: Machine, name: str) -> None:
        self._machine = machine
        self.name = name
        self.says = read_unit(machine.run("cat", f"/etc/systemd/system/{name}.service").stdout)
        self.log = Path(machine._source) / "build" / f"{name}-{os.getpid()}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self._listener: socket.socket | None = None

    def listen(self) -> None:
        """Hold the port of its socket unit, as systemd does for as long as the machine runs."""
        text = self._machine.run(
            "cat", f"/etc/systemd/system/{self.name}.socket", check=False
        ).stdout
        if text and self._listener is None:
            host, _, port = read_unit(text)["ListenStream"][0].rpartition(":")
            self._listener = socket.create_server((host, int(port)), backlog=1024)

    def start(self) -> None:
        self.listen()
        user = self.says["User"][0]
        for setting, place in (("StateDirectory", "/var/lib"), ("RuntimeDirectory", "/run")):
            for folder in self.says.get(setting, []):
                self._machine.run("install", "-d", "-o", user, "-g", user, f"{place}/{folder}")
        for command in self.says.get("ExecStartPre", []):
            self._machine.run("sh", "-c", self._script(command))
        self._launch(self.says["ExecStart"][0])

    def _script(self, command: str) -> str:
        """`command` in the environment of the unit, as its user."""
        given = " ".join(self.says.get("Environment", []))
        user = self.says["User"][0]
        return (
            f"set -ea; . {self.says['EnvironmentFile'][0]}; cd {self.says['WorkingDirectory'][0]};"
            f" export {given or 'LANG'}; export LISTEN_PID=$$;"
            f" exec setpriv --reuid={user} --regid={user} --init-groups --no-new-privs"
            f" {command.replace('%H', 'localhost')}"
        )

    def _launch(self, command: str) -> None:
        variables, script = dict(CLEAN), self._script(command)
        handed: tuple[int, ...] = ()
        if self._listener is not None:  # as descriptor 3
            variables["LISTEN_FDS"] = "1"
            handed = (self._listener.fileno(),)
            script = f"exec 3<&{handed[0]}; {script}"
        told = self._notified(variables) if self.says.get("Type") == ["notify"] else None
        self.log.parent.mkdir(exist_ok=True)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self._machine.inside("bash", "-c", script),  # dash knows no descriptor 10
                env=variables,
                stdout=output,
                stderr=output,
                start_new_session=True,
                pass_fds=handed,
            )
        if told is not None:
            wait_for(lambda: _is_ready(told), self._ended)
            told.close()

    def _notified(self, variables: dict[str, str]) -> socket.socket:
        """The socket on which the process says that it is ready; an abstract one, reached from
        within every mount namespace.
        """
        told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        told.bind(f"\0{self.name}-{os.getpid()}-{time.monotonic_ns()}")
        told.settimeout(0.2)
        variables["NOTIFY_SOCKET"] = "@" + told.getsockname()[1:].decode()
        return told

    def _ended(self) -> str | None:
        assert self.process is not None
        return f"{self.name} ended: {self.output()[-3000:]}" if self.process.poll() else None

    def output(self) -> str:
        return self.log.read_text()

    def stop(self, number: int = signal.SIGTERM) -> None:
        """As KillMode=mixed: `number` to the main process, what is left of its group is killed."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=START_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
        if number == signal.SIGKILL:
            self.log.unlink(missing_ok=True)
            self.unplug()

    def unplug(self) -> None:
        """Give the port back: the machine is off."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None


def _is_ready(told: socket.socket) -> bool:
    with suppress(TimeoutError):
        return b"READY=1" in told.recv(4096)
    return False


def read_unit(text: str) -> dict[str, list[str]]:
    """The settings of a unit file, all sections together; a name may come several times."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if match := re.match(r"([A-Za-z]+)=(.*)", line):
            found.setdefault(match[1], []).append(match[2].strip())
    return found

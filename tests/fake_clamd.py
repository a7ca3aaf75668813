"""A clamd for tests: speaks the INSTREAM protocol over a real socket, knows one virus."""

from __future__ import annotations

import socketserver
import struct
import threading
from pathlib import Path
from typing import Any

EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
LIMIT = 25 * 1024 * 1024


class _Talk(socketserver.StreamRequestHandler):
    """One connection: a command up to NUL, chunks after their length, a zero, the answer."""

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command == b"zPING\0":
            self.wfile.write(b"PONG\0")
        elif command == b"zINSTREAM\0":
            self.wfile.write(self._scan())
        else:
            self.wfile.write(b"UNKNOWN COMMAND\0")

    def _scan(self) -> bytes:
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > LIMIT:
                return b"INSTREAM size limit exceeded. ERROR\0"
        self.server.seen.append(content)  # type: ignore[attr-defined]
        return b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


class FakeClamd:
    """`with FakeClamd() as clamd:` then `clamd.url`; `seen` are the contents it was sent."""

    def __init__(self, path: Path | None = None) -> None:
        self.server: Any
        if path is None:
            tcp = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk)
            self.server, self.url = tcp, f"tcp://127.0.0.1:{tcp.server_address[1]}"
        else:
            self.server = socketserver.ThreadingUnixStreamServer(str(path), _Talk)
            self.url = f"unix:{path}"
        self.seen: list[bytes] = []
        self.server.seen = self.seen

    def __enter__(self) -> FakeClamd:
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()
        return self

    def __exit__(self, *details: object) -> None:
        self.server.shutdown()
        self.server.server_close()

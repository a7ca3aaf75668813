"""Encrypting with the machine's own OpenSSL, so that a backup opens without this program:
`openssl enc -d -aes-256-cbc -pbkdf2 -pass file:KEY -in X.enc -out X`.

The key is a file of at least 32 random characters, so the derivation need not be slow. Whether
something was changed is what the hashes of the manifest say.
"""

from __future__ import annotations

import hashlib
import stat
import subprocess
from pathlib import Path
from typing import IO

ENDING = ".enc"
CIPHER = ("enc", "-aes-256-cbc", "-pbkdf2")
LEAST_CHARACTERS = 32


class KeyUnusableError(Exception):
    """The file with the key is missing, too short or open to everybody; a Chinese sentence."""


class Key:
    """The key of the backups; `mark` tells one from another without giving it away."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            text = path.read_text().strip()
            mode = path.stat().st_mode
        except (OSError, UnicodeDecodeError) as error:
            raise KeyUnusableError(f"读不到备份口令文件{path}，请核对 BACKUP_KEY_FILE。") from error
        if len(text) < LEAST_CHARACTERS:
            raise KeyUnusableError(
                f"备份口令少于{LEAST_CHARACTERS}个字符，请用 openssl rand -base64 48 生成。"
            )
        if mode & stat.S_IROTH:
            raise KeyUnusableError(f"备份口令文件{path}人人可读，请运行 chmod 600。")
        self.mark = hashlib.sha256(f"ducha backup {text}".encode()).hexdigest()[:12]

    def seal(self, source: Path | IO[bytes], target: Path) -> None:
        """Encrypt a file, or what comes out of a pipe, into `target`."""
        self._openssl(source, target)

    def open(self, source: Path, target: Path) -> None:
        """Decrypt into `target`. Raises KeyUnusableError for another key."""
        try:
            self._openssl(source, target, "-d")
        except subprocess.CalledProcessError as error:
            raise KeyUnusableError("备份口令与备份时的不同，解不开。") from error

    def _openssl(self, source: Path | IO[bytes], target: Path, *options: str) -> None:
        command = ["openssl", *CIPHER, *options, "-pass", f"file:{self.path}", "-out", str(target)]
        if isinstance(source, Path):
            command += ["-in", str(source)]
        subprocess.run(  # noqa: S603  # OpenSSL and names of our own files
            command,
            stdin=None if isinstance(source, Path) else source,
            stderr=subprocess.PIPE,
            check=True,
        )

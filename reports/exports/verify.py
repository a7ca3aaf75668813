"""Is an archive whole?

Every file as the manifest has it, none too many, none missing; and the chain of its log.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error

from reports.exports.archive import AUDITOR, MANIFEST, VERSION
from reports.exports.package import CHUNK
from units.files.sealing import sealed_zip
from units.log.chain import GENESIS, Told, is_made, told_by

READABLE = (1, 2, VERSION)
UNPAIRED = "审计部分与归档包不是同时生成的，不能一起恢复。"
WRONG = "打不开{path}：口令不对，或不是审计部分。"
LOG = "data/units.logentry.jsonl"


class UnreadableError(Exception):
    """No archive of ours; the text says why."""


def open_archive(path: Path) -> tuple[ZipFile, dict[str, Any]]:
    """The zip and its manifest. Raises `UnreadableError`."""
    try:
        package = ZipFile(path)
        manifest = json.loads(package.read(MANIFEST))
    except (OSError, BadZipFile, KeyError, ValueError) as error:
        raise UnreadableError(f"{path} 不是本系统的归档包，或已损坏。") from error
    if not isinstance(manifest, dict) or manifest.get("version") not in READABLE:
        raise UnreadableError(f"{path} 的版本不受支持。")
    return package, manifest


def open_sealed(
    path: Path, password: str, of: dict[str, Any] | None = None
) -> tuple[ZipFile, dict[str, Any]]:
    """审计部分 and its manifest; `of`: that of the office's part it must belong to. Raises
    `UnreadableError`.
    """
    try:
        package = sealed_zip(path, "r", password)
        told = package.read(MANIFEST)
        manifest = json.loads(told)
    except (OSError, BadZipFile, KeyError, ValueError, RuntimeError, error) as problem:
        raise UnreadableError(WRONG.format(path=path)) from problem
    if not isinstance(manifest, dict) or manifest.get("part") != AUDITOR:
        raise UnreadableError(WRONG.format(path=path))
    if of is not None and of.get("auditor") != hashlib.sha256(told).hexdigest():
        raise UnreadableError(UNPAIRED)
    return package, manifest


def problems(package: ZipFile, manifest: dict[str, Any]) -> Iterator[str]:
    """What does not fit, one sentence each; nothing when the archive is whole."""
    listed: dict[str, dict[str, Any]] = manifest["files"]
    present = set(package.namelist()) - {MANIFEST}
    yield from (f"缺少文件：{name}" for name in sorted(listed.keys() - present))
    yield from (f"多出文件：{name}" for name in sorted(present - listed.keys()))
    for name in sorted(listed.keys() & present):
        if _digest(package, name) != listed[name]["sha256"]:
            yield f"文件内容与校验值不符：{name}"
    position = _first_bad_entry(package) if LOG in present else None
    if position is not None:
        yield f"操作日志第{position}号与前后不连续"


def _digest(package: ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with package.open(name) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except (BadZipFile, OSError, RuntimeError, error):
        return ""
    return digest.hexdigest()


def _first_bad_entry(package: ZipFile) -> int | None:
    previous, told = GENESIS, None
    with package.open(LOG) as file:  # line by line of bytes: a text may hold other ends of lines
        for place, line in enumerate(file, start=1):
            fields = json.loads(line)["fields"]
            payload = fields["payload"]
            told = _told(payload) or told
            fits = fields["position"] == place and fields["previous_hash"] == previous
            if not fits or not is_made(fields["hash"], previous, payload, told):
                return place
            previous = fields["hash"]
    return None


def _told(payload: str) -> Told | None:
    """What an entry says of a keyed part that begins with it."""
    try:
        return told_by(json.loads(payload))
    except (ValueError, AttributeError):
        return None

"""The zip of an archive: every entry with its hash, and the stored files that its rows name."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.storage import default_storage
from django.db import models

from reports.exports.scope import rows_of
from tasks.models import Plan
from units.files.sealing import sealed_zip

CHUNK = 1024 * 1024
FILES, INDEX = "files/", "files/index.csv"
HASHES = {"file": "sha256", "scan": "scan_sha256"}  # column of a file → column of its hash
MISSING, CHANGED = "缺失", "与登记的校验值不符"


class Package:
    """A zip that remembers the hash of everything put into it; with a password encrypted."""

    def __init__(self, target: IO[bytes], password: str = "") -> None:
        self.zip: ZipFile = (
            sealed_zip(target, "w", password)
            if password
            else ZipFile(target, "w", ZIP_DEFLATED, allowZip64=True)
        )
        self.hashes: dict[str, dict[str, Any]] = {}

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        with self.zip.open(name, "w", force_zip64=True) as entry:
            for chunk in chunks:
                entry.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.hashes[name] = {"sha256": digest.hexdigest(), "size": size}

    def add_text(self, name: str, text: str) -> None:
        self.add(name, [text.encode()])


def add_files(package: Package, plan: Plan, models_in: Iterable[type[models.Model]]) -> list[str]:
    """Every stored file that a row of the archive names, under its stored name, with an index;
    returns what is not as its row says, one sentence each.
    """
    index, lost = [line_of(["file", "name", "sha256", "note"])], []
    for model in models_in:
        fields = [f for f in model._meta.concrete_fields if isinstance(f, models.FileField)]
        for row in rows_of(model, plan).iterator(chunk_size=500) if fields else ():
            for field in fields:
                if stored := getattr(row, field.attname).name:
                    name = str(getattr(row, "name", row))
                    note = _add_file(package, stored, getattr(row, HASHES.get(field.name, ""), ""))
                    inside = f"{FILES}{stored}"
                    known = package.hashes.get(inside, {}).get("sha256", "")
                    index.append(line_of([inside, name, known, note]))
                    lost += [f"文件{note}：{name}（{inside}）"] if note else []
    package.add(INDEX, [b"\xef\xbb\xbf", *index])
    return lost


def _add_file(package: Package, stored: str, wanted: str) -> str:
    """What is to be said of it: nothing where it is as its row says."""
    inside = f"{FILES}{stored}"
    if inside not in package.hashes:
        try:
            file = default_storage.open(stored)
        except FileNotFoundError:
            return MISSING
        with file:
            package.add(inside, iter(lambda: file.read(CHUNK), b""))
    return CHANGED if wanted and package.hashes[inside]["sha256"] != wanted else ""


def line_of(values: Iterable[str]) -> bytes:
    """One line of CSV."""
    stream = io.StringIO()
    csv.writer(stream).writerow([_harmless(value) for value in values])
    return stream.getvalue().encode()


def _harmless(value: str) -> str:
    """A cell that begins like a formula is text."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value

"""One archive that installs without a network: `bin/bundle [--platform P] [--python V]`.

Code, wheels with their hashes, front-end files, the manuals, and `install.sh`, which proves all
of it before it writes anything.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.utils import parse_wheel_filename

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).parent
# Kylin V10 and openEuler 20.03 have 2.28: nothing newer is taken, whatever its package also offers
GLIBC = range(28, 4, -1)
NAMED = {"manylinux1": 5, "manylinux2010": 12, "manylinux2014": 17}
PLATFORMS = ("x86_64", "aarch64")
FRONT = ("build/site.css", "build/site.js", "node_modules/echarts/dist/echarts.common.min.js")
# not needed where it only runs
LEFT_OUT = re.compile(r"docs/(screenshots|examples)/|\.ci/|(.*/)?tests/|tests/|bench/|conftest\.py")
TAG = re.compile(r"manylinux_2_([0-9]+)_(.+)|(manylinux1|manylinux2010|manylinux2014)_(.+)")


class BundleError(Exception):
    """What is missing; a Chinese sentence."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bin/bundle", description="离线安装包")
    parser.add_argument("--platform", choices=PLATFORMS, default="x86_64")
    parser.add_argument("--python", default="3.11", metavar="3.11")
    parser.add_argument("--output", type=Path, default=ROOT / "build")
    given = parser.parse_args(arguments)
    if not re.fullmatch(r"3\.(1[1-9]|[2-9][0-9])", given.python):
        parser.error("--python 应为 3.11 或更高")
    try:
        path = make(given.platform, given.python, given.output)
    except (BundleError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"没有做成离线安装包：{error}\n")
        return 1
    sys.stdout.write(f"{path}\n")
    return 0


def make(platform: str, python: str, output: Path) -> Path:
    """Make the archive in `output`; its path."""
    name = f"ducha-{version()}-{platform}-py{python.replace('.', '')}"
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output, prefix=".bundle-") as place:
        folder = Path(place) / name
        fill(folder, platform, python)
        path = output / f"{name}.tar.gz"
        with tarfile.open(path, "w:gz", compresslevel=6) as archive:
            archive.add(folder, arcname=name)
    return path


def fill(folder: Path, platform: str, python: str) -> None:
    """Everything that goes into the archive, under `folder`."""
    copy(sources(), folder / "code")
    wheels = folder / "wheels"
    download(wheels, platform, python)
    found = sorted(wheels.iterdir())
    (folder / "requirements.lock").write_text("".join(lock(found)))
    complete(folder, platform, python)
    shutil.copy(HERE / "install.sh", folder / "install.sh")
    for manual in ("运维手册.md", "使用手册.md"):
        if (ROOT / "docs" / manual).is_file():
            shutil.copy(ROOT / "docs" / manual, folder / manual)
    about = {"VERSION": version(), "MACHINE": platform, "PYTHON": python, "GLIBC": floor(found)}
    (folder / "about").write_text("".join(f"{key}={value}\n" for key, value in about.items()))
    sums = [f"{digest(path)}  {path.relative_to(folder)}\n" for path in _files(folder)]
    (folder / "SHA256SUMS").write_text("".join(sums))


def version() -> str:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def sources() -> Iterator[Path]:
    """What git knows, without what only developers need; the front-end's files."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607  # the checkout's own
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in listing.stdout.decode().split("\0"):
        if name and not LEFT_OUT.match(name) and (ROOT / name).is_file():
            yield Path(name)
    for name in FRONT:
        if not (ROOT / name).is_file():
            raise BundleError(f"缺少 {name}，请先运行 npm ci --ignore-scripts 和 npm run build。")
        yield Path(name)


def copy(names: Iterable[Path], target: Path) -> None:
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target / name)


def download(wheels: Path, platform: str, python: str) -> None:
    """The wheels of requirements.txt, by their hashes, for a machine other than this one too."""
    wanted = ["--require-hashes", "-r", str(ROOT / "requirements.txt")]
    _pip("download", "-d", str(wheels), *wanted, *_for(platform, python))


def complete(folder: Path, platform: str, python: str) -> None:
    """Raise unless the wheels alone, by their hashes, install on that machine."""
    where = ["--no-index", "--find-links", str(folder / "wheels"), "--require-hashes"]
    lock_file = ["-r", str(folder / "requirements.lock")]
    nowhere = ["--dry-run", "--target", str(folder / "nowhere")]
    _pip("install", *where, *lock_file, *nowhere, *_for(platform, python))


def _for(platform: str, python: str) -> list[str]:
    tags = [f"manylinux_2_{minor}_{platform}" for minor in GLIBC]
    tags += [f"{name}_{platform}" for name in NAMED]
    given = [part for tag in tags for part in ("--platform", tag)]
    wanted = ["--implementation", "cp", "--python-version", python]
    abis = [f"cp{python.replace('.', '')}", "abi3", "none"]
    return [
        "--only-binary=:all:",
        *given,
        *wanted,
        *(part for abi in abis for part in ("--abi", abi)),
    ]


def _pip(*arguments: str) -> None:
    quiet = ["--quiet", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", *arguments, *quiet]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our pip
    if done.returncode:
        raise BundleError(done.stderr.strip()[-600:])


def lock(wheels: Iterable[Path]) -> Iterator[str]:
    """Lines of a requirements file, each with the hash of its wheel."""
    for path in wheels:
        name, number, _, _ = parse_wheel_filename(path.name)
        yield f"{name}=={number} --hash=sha256:{digest(path)}\n"


def floor(wheels: Iterable[Path]) -> str:
    """The oldest glibc on which all of them run, as 2.28."""
    return f"2.{max((_oldest(path.name) for path in wheels), default=5)}"


def _oldest(name: str) -> int:
    """Of the glibcs that a wheel names, the oldest; 5 where it has no compiled part."""
    _, _, _, tags = parse_wheel_filename(name)
    found = [TAG.fullmatch(tag.platform) for tag in tags]
    minors = [int(each[1]) if each[1] else NAMED[each[3]] for each in found if each]
    return min(minors, default=5)


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    sys.exit(main())

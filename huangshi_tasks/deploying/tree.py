"""The files of a deployment: templates that stand under `files/` as they will under `/`.

`node` goes to every machine that serves pages, `first` to one of them (there is one beat and one
backup), `data` to the machine of database, Redis and virus scanner.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.core.management.utils import get_random_secret_key
from django.template import Context, Engine

from huangshi_tasks.deploying.site import Site
from huangshi_tasks.deploying.variables import VARIABLES, Variable

HERE = Path(__file__).parent / "files"
PARTS = ("node", "first", "data")
ENVIRONMENT = Path("etc/ducha/ducha.env")
# what others on the machine may not read: it holds passwords
SECRET = frozenset({ENVIRONMENT, Path("etc/ducha/postgresql.sql"), Path("etc/ducha/redis.conf")})
PROGRAMS = Path("usr/local/bin")


def machines(site: Site) -> dict[str, tuple[str, ...]]:
    """Folder of each machine and which parts it gets. The data stand on the node that the address
    of the database names, or on a machine of their own.
    """
    found: dict[str, tuple[str, ...]] = {}
    for number, node in enumerate(site.nodes, 1):
        parts = ["node"] + ["first"] * (number == 1) + ["data"] * site.is_data_on(node)
        found[f"machine-{number}"] = tuple(parts)
    if not any("data" in parts for parts in found.values()):
        found["machine-data"] = ("data",)
    return found


def write(site: Site, folder: Path, given: Mapping[str, str] = os.environ) -> list[Path]:
    """Write the files of every machine under `folder`; their paths, relative to it."""
    engine = Engine(dirs=[str(HERE)], autoescape=False)
    # once: the key is the same on every machine
    proxies = site.proxies(given.get("TRUSTED_PROXIES", ""))
    environment = environment_file({**given, "TRUSTED_PROXIES": proxies})
    written = []
    for machine, parts in machines(site).items():
        node = dict(zip(machines(site), site.nodes, strict=False)).get(machine, "")
        context = {"site": site, "node": node, "environment": environment, "parts": parts}
        for part in parts:
            for name in _templates(part):
                place = name.relative_to(part)
                text = engine.get_template(str(name)).render(Context(context, autoescape=False))
                _put(folder / machine / place, text, place)
                written.append(Path(machine) / place)
    return sorted(written)


def _templates(part: str) -> Iterator[Path]:
    for path in sorted((HERE / part).rglob("*")):
        if path.is_file():
            yield path.relative_to(HERE)


def _put(path: Path, text: str, place: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    mode = 0o600 if place in SECRET else 0o755 if place.parent == PROGRAMS else 0o644
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text.strip() + "\n")
    path.chmod(mode)


def environment_file(given: Mapping[str, str]) -> str:
    """Every setting with its meaning: as it is set now, else as an example to be filled in. Read
    alike by systemd and by a shell.
    """
    return "\n".join(_entry(each, given) for each in VARIABLES if not each.is_training)


def _entry(variable: Variable, given: Mapping[str, str]) -> str:
    value = given.get(variable.name, "")
    if not value and variable.name == "SECRET_KEY":
        value = get_random_secret_key()
    is_set = bool(value) or variable.needed
    note = "，必填" if variable.needed else ""
    line = f"{variable.name}={quoted(value or variable.example)}"
    return f"# {variable.meaning}{note}。\n{line if is_set else f'#{line}'}\n"


def quoted(value: str) -> str:
    """In single quotes, where neither systemd nor a shell replaces anything."""
    return "'" + value.replace("'", "'\"'\"'") + "'"

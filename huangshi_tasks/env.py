"""Reads settings from the environment, strictly: what makes no sense is an error at start.

Every reader names the variable, shows what stood there (never for secrets) and says what is
accepted. Values are taken literally: a `$` in a secret is a `$`. Pure: the mapping is passed in.
"""

import re
from collections.abc import Mapping
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})
POSTGRES_OPTIONS = frozenset(
    {"host", "sslmode", "sslrootcert", "connect_timeout", "application_name", "options"}
)
HOST = re.compile(r"\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]|\*")
EMAIL_PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}


class SettingError(Exception):
    """A variable of the environment cannot be understood; the text says which and why."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"环境变量 {name} 有误：{problem}")
        self.name = name


class Environment:
    """One reader per kind of value. A variable that is not set takes the default."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str, default: str) -> str:
        """Any text, literally; set but empty is an error."""
        value = self._values.get(name, default)
        if not value.strip():
            raise SettingError(name, "不能为空；不需要时请不要设置")
        if "\0" in value or "\n" in value:
            raise SettingError(name, "不能含有换行或空字符")
        return value

    def optional(self, name: str) -> str | None:
        """Text, or None when not set or empty (empty switches it off)."""
        return self.text(name, "") if self._values.get(name, "").strip() else None

    def flag(self, name: str, default: bool = False) -> bool:
        """1/0, true/false, yes/no, on/off."""
        value = self._values.get(name)
        if value is None:
            return default
        word = value.strip().lower()
        if word not in TRUE | FALSE:
            raise SettingError(name, f"“{value}”不是开关值，只能是 1 或 0（true、false 亦可）")
        return word in TRUE

    def hosts(self, name: str, default: str) -> list[str]:
        """Host names separated by commas: no scheme, no port, no path."""
        hosts = [part.strip() for part in self.text(name, default).split(",")]
        for host in hosts:
            if not HOST.fullmatch(host):
                raise SettingError(name, f"“{host}”不是主机名；用逗号分隔，不带 http:// 和端口")
        return hosts

    def day(self, name: str) -> date | None:
        """A date as 2022-08-03, or None when not set or empty."""
        value = self.optional(name)
        if value is None:
            return None
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise SettingError(name, f"“{value}”不是日期，应形如 2022-08-03") from None

    def site(self, name: str, default: str) -> SplitResult:
        """The address people open: http or https, a host, no path."""
        value = self.text(name, default)
        parts = split_url(name, value)
        bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
        if parts.scheme not in {"http", "https"} or not parts.hostname or not bare:
            raise SettingError(name, f"“{value}”不是网址，应形如 https://ducha.example.gov.cn")
        return parts

    def folder(self, name: str, default: Path, base: Path) -> Path:
        """A folder; a relative one starts at `base`. It may not exist yet, but may be no file."""
        path = base / self.text(name, str(default))
        if path.exists() and not path.is_dir():
            raise SettingError(name, f"“{path}”不是文件夹")
        return path

    def redis(self, name: str) -> str | None:
        """A redis:// or rediss:// address, or None when not set."""
        value = self.optional(name)
        if value is None:
            return None
        parts = split_url(name, value)
        if parts.scheme not in {"redis", "rediss"} or not parts.hostname:
            raise SettingError(name, "应形如 redis://127.0.0.1:6379/0")
        if not re.fullmatch(r"/?[0-9]{0,3}", parts.path):
            raise SettingError(name, f"库号“{parts.path[1:]}”应为数字")
        return value

    def database(self, name: str, default: str, base: Path) -> dict[str, Any]:
        """sqlite:///file (relative to `base`), sqlite:////file, postgres://user:word@host/name."""
        parts = split_url(name, self.text(name, default))
        if parts.scheme == "sqlite":
            return _sqlite(name, parts, base)
        if parts.scheme in {"postgres", "postgresql"}:
            return _postgres(name, parts)
        raise SettingError(name, "只能是 sqlite:///文件 或 postgres://USER:PASSWORD@HOST/NAME")

    def email(self, name: str, default: str, base: Path) -> dict[str, Any]:
        """Django's mail settings from smtp:// smtp+tls:// smtps:// or file:///folder."""
        parts = split_url(name, self.text(name, default))
        if parts.scheme == "file" and not parts.netloc and parts.path.strip("/"):
            return {
                "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
                "EMAIL_FILE_PATH": base / _local_path(parts.path),
            }
        if parts.scheme not in EMAIL_PORTS or not parts.hostname:
            raise SettingError(
                name, "只能是 smtp:// smtp+tls:// smtps:// 加主机，或 file:///文件夹"
            )
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": parts.port or EMAIL_PORTS[parts.scheme],
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
            "EMAIL_USE_SSL": parts.scheme == "smtps",
        }

    def refuse_misspelt(self, known: frozenset[str]) -> None:
        """Raise for a variable one letter away from a known name: it would be ignored silently."""
        for name in self._values.keys() - known:
            for right in known:
                if len(right) >= 7 and _one_letter_apart(name, right):
                    raise SettingError(name, f"没有这个变量，是否应为 {right}？")


def split_url(name: str, value: str) -> SplitResult:
    """urlsplit that also reads the port now, and never repeats the value: it may hold a secret."""
    try:
        parts = urlsplit(value.strip())
        _ = parts.port
    except ValueError:
        raise SettingError(
            name, "不是有效的地址；口令中的特殊字符要写成百分号编码（如 # 写成 %23）"
        ) from None
    return parts


def _local_path(path: str) -> str:
    """SQLAlchemy's habit: three slashes are relative, four absolute."""
    return unquote(path.removeprefix("/"))


def _sqlite(name: str, parts: SplitResult, base: Path) -> dict[str, Any]:
    path = _local_path(parts.path) or parts.netloc
    if (parts.netloc and parts.netloc != ":memory:") or not path or parts.query:
        raise SettingError(name, "应形如 sqlite:///var/db.sqlite3（绝对路径用四个斜杠）")
    file = ":memory:" if path == ":memory:" else str(base / path)
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": file}


def _postgres(name: str, parts: SplitResult) -> dict[str, Any]:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := options.keys() - POSTGRES_OPTIONS:
        raise SettingError(name, f"不认识的参数 {'、'.join(sorted(unknown))}")
    database = unquote(parts.path.removeprefix("/"))
    if not database or "/" in database or parts.fragment:
        raise SettingError(name, "缺少库名，应形如 postgres://USER:PASSWORD@HOST:5432/NAME")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def _one_letter_apart(left: str, right: str) -> bool:
    """One letter more, less, other, or two neighbours swapped."""
    if abs(len(left) - len(right)) > 1 or left == right:
        return False
    if sorted(left) == sorted(right):
        different = [
            i for i, pair in enumerate(zip(left, right, strict=True)) if len(set(pair)) > 1
        ]
        return len(different) == 2 and different[1] - different[0] == 1
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) >= max(len(left), len(right)) - 1

"""Addresses of the servers we use, and what Django wants to know from them. Pure."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

POSTGRES_OPTIONS = frozenset(
    {"host", "sslmode", "sslrootcert", "connect_timeout", "application_name", "options"}
)
EMAIL_PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}


class AddressError(ValueError):
    """What is wrong, in Chinese. Never repeats the address: it may hold a password."""


def split(value: str) -> SplitResult:
    """urlsplit that reads the port too. Raises AddressError."""
    try:
        parts = urlsplit(value.strip())
        _ = parts.port
    except ValueError:
        raise AddressError(
            "不是有效的地址；密码中的特殊字符要写成百分号编码（如 # 写成 %23）"
        ) from None
    return parts


def redis(value: str) -> str:
    """`value` itself when it is redis://host:port/number (rediss:// for TLS)."""
    parts = split(value)
    if parts.scheme not in {"redis", "rediss"} or not parts.hostname:
        raise AddressError("应形如 redis://127.0.0.1:6379/0")
    if not re.fullmatch(r"/?[0-9]{0,3}", parts.path):
        raise AddressError("库号应为数字，如 redis://127.0.0.1:6379/0")
    return value


def clamd(value: str) -> str:
    """`value` itself when it is tcp://host:port or unix:/path."""
    parts = split(value)
    is_tcp = parts.scheme == "tcp" and parts.hostname and not parts.path.strip("/")
    is_unix = parts.scheme == "unix" and not parts.netloc and len(parts.path) > 1
    if not (is_tcp or is_unix):
        raise AddressError("应形如 tcp://127.0.0.1:3310 或 unix:/run/clamav/clamd.ctl")
    return value.strip()


def database(value: str, base: Path) -> dict[str, Any]:
    """An entry of DATABASES. sqlite:///file is relative to `base`, sqlite:////file absolute."""
    if value.strip() == "sqlite://:memory:":  # the usual spelling; no valid address
        value = "sqlite:///:memory:"
    parts = split(value)
    if parts.scheme == "sqlite":
        return _sqlite(parts, base)
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgres(parts)
    raise AddressError("只能是 sqlite:///文件 或 postgres://USER:PASSWORD@HOST/NAME")


def email(value: str, base: Path) -> dict[str, Any]:
    """Mail settings from smtp://, smtp+tls:// (STARTTLS), smtps:// or file:///folder."""
    parts = split(value)
    if folder := file_folder(value, base):
        return {
            "EMAIL_BACKEND": "huangshi_tasks.private.MailFolder",
            "EMAIL_FILE_PATH": folder,
        }
    if parts.scheme not in EMAIL_PORTS or not parts.hostname:
        raise AddressError("只能是 smtp:// smtp+tls:// smtps:// 加主机，或 file:///文件夹")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or EMAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def file_folder(value: str, base: Path) -> Path | None:
    """The folder of file:///folder (relative to `base`; four slashes absolute); else None."""
    parts = split(value)
    if parts.scheme != "file":
        return None
    if parts.netloc or not parts.path.strip("/"):
        raise AddressError("应形如 file:///var/sms（绝对路径用四个斜杠）")
    return base / _local_path(parts.path)


def _local_path(path: str) -> str:
    """The usual habit: three slashes are relative, four absolute."""
    return unquote(path.removeprefix("/"))


def _sqlite(parts: SplitResult, base: Path) -> dict[str, Any]:
    path = _local_path(parts.path)
    if parts.netloc or not path or parts.query:
        raise AddressError("应形如 sqlite:///var/db.sqlite3（绝对路径用四个斜杠）")
    file = ":memory:" if path == ":memory:" else str(base / path)
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": file}


def _postgres(parts: SplitResult) -> dict[str, Any]:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := options.keys() - POSTGRES_OPTIONS:
        raise AddressError(f"不认识的参数 {'、'.join(sorted(unknown))}")
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name or parts.fragment:
        raise AddressError("缺少库名，应形如 postgres://USER:PASSWORD@HOST:5432/NAME")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }

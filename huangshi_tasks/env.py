"""Reads settings from the environment, strictly: what makes no sense is an error at start.

Every reader names the variable, shows what stood there (never for secrets) and says what is
accepted. Values are taken literally: a `$` in a secret is a `$`. Pure: the mapping is passed in.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from urllib.parse import SplitResult

from huangshi_tasks import addresses
from huangshi_tasks.lib import client_address

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})
HOST = re.compile(r"\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]|\*")
P = ParamSpec("P")
T = TypeVar("T")


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

    def texts(self, name: str) -> list[str]:
        """Texts separated by blanks, literally; none when not set."""
        return (self.optional(name) or "").split()

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
        parts = self._address(name, addresses.split, value)
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
        return None if value is None else self._address(name, addresses.redis, value)

    def outbound(self, name: str, hosts: Sequence[str]) -> str | None:
        """An http(s) address on one of `hosts`, or None when not set. Never repeated in errors: it
        may hold a key.
        """
        value = self.optional(name)
        if value is None:
            return None
        parts = self._address(name, addresses.split, value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise SettingError(name, "不是网址，应以 https:// 或 http:// 开头")
        if parts.hostname not in hosts:
            raise SettingError(name, f"主机 {parts.hostname} 不在 OUTBOUND_HOSTS 中，请先列入")
        return value

    def file_folder(self, name: str, base: Path) -> Path | None:
        """The folder of a file:///folder address; None for anything else."""
        value = self.optional(name) or ""
        return self._address(name, addresses.file_folder, value, base)

    def witness(self, name: str) -> SplitResult | None:
        """file:///PATH, syslog://HOST:PORT or syslog:///SOCKET; None when not set."""
        value = self.optional(name)
        if value is None:
            return None
        parts = self._address(name, addresses.split, value)
        is_file = parts.scheme == "file" and not parts.hostname and parts.path.startswith("/")
        if not is_file and not (parts.scheme == "syslog" and (parts.hostname or parts.path)):
            raise SettingError(name, "应写成 file:///路径 或 syslog://HOST:514")
        return parts

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        value = self.text(name, str(default)).strip()
        if not re.fullmatch("[0-9]{1,9}", value) or not least <= int(value) <= most:
            raise SettingError(name, f"“{value}”应为{least}到{most}的整数")
        return int(value)

    def choice(self, name: str, default: str, words: Sequence[str]) -> str:
        """One of `words`."""
        value = self.text(name, default).strip()
        if value not in words:
            raise SettingError(name, f"“{value}”应为{'、'.join(words)}之一")
        return value

    def networks(self, name: str) -> tuple[client_address.Network | str, ...]:
        """Addresses and networks separated by commas, `unix` for a socket; empty when not set."""
        value = self.optional(name)
        if value is None:
            return ()
        names = [part.strip() for part in value.split(",")]
        try:
            return client_address.networks(names)
        except ValueError:
            told = (
                f"“{value}”不是地址或网段；用逗号分隔，如 127.0.0.1,10.1.2.0/24，本机套接字写unix"
            )
            raise SettingError(name, told) from None

    def header(self, name: str) -> str | None:
        """The name of a header of HTTP, or None when not set."""
        value = self.optional(name)
        if value is not None and not re.fullmatch("[A-Za-z][A-Za-z0-9-]*", value):
            raise SettingError(name, f"“{value}”不是请求头名称，应形如 X-Client-Subject")
        return value

    def clamd(self, name: str) -> str | None:
        """The address of a virus scanner, or None when not set; see `addresses.clamd`."""
        value = self.optional(name)
        return None if value is None else self._address(name, addresses.clamd, value)

    def database(self, name: str, default: str, base: Path) -> dict[str, Any]:
        """An entry of Django's DATABASES from an address; see `addresses.database`."""
        return self._address(name, addresses.database, self.text(name, default), base)

    def email(self, name: str, default: str, base: Path) -> dict[str, Any]:
        """Django's mail settings from an address; see `addresses.email`."""
        return self._address(name, addresses.email, self.text(name, default), base)

    def _address(self, name: str, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return read(*args, **kwargs)
        except addresses.AddressError as error:
            raise SettingError(name, str(error)) from None

    def refuse_misspelt(self, known: frozenset[str]) -> None:
        """Raise for a variable one letter away from a known name: it would be ignored silently."""
        for name in self._values.keys() - known:
            for right in known:
                if len(right) >= 7 and _one_letter_apart(name, right):
                    raise SettingError(name, f"没有这个变量，是否应为 {right}？")


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

"""From where a request comes: the address of the client, not of the front end that passed it on.

A header is believed only where it was written by a proxy that was named; anybody can send one.
"""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
SOCKET = "unix"  # named as a proxy: who connects through a socket of this machine
UNKNOWN = ""


def networks(names: Sequence[str]) -> tuple[Network | str, ...]:
    """Addresses and networks (``10.0.0.0/8``) from their names. Raises ValueError for others."""
    return tuple(SOCKET if name == SOCKET else ip_network(name) for name in names)


def is_from_proxy(meta: Mapping[str, str], proxies: Sequence[Network | str]) -> bool:
    """Whether the request was handed on by one of `proxies`: only then its headers count."""
    return _is_proxy(meta.get("REMOTE_ADDR", ""), proxies)


def client_address(meta: Mapping[str, str], proxies: Sequence[Network | str]) -> str:
    """The address that the last named proxy saw; without one, that of the connection.

    Each proxy appends to X-Forwarded-For whom it saw, so it is read from the right, past those that
    were named; what stands further left was written by the client, or by nobody we know.
    """
    seen = meta.get("REMOTE_ADDR", "")
    if not _is_proxy(seen, proxies):
        return _plain(seen)
    for hop in reversed(meta.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        address = _plain(hop.strip())
        if address == UNKNOWN:
            break
        seen = address
        if not _is_proxy(address, proxies):
            break
    return _plain(seen)


def _is_proxy(name: str, proxies: Sequence[Network | str]) -> bool:
    if not name:
        return SOCKET in proxies
    address = _parsed(name)
    if address is None:
        return False
    return any(not isinstance(each, str) and address in each for each in proxies)


def _plain(name: str) -> str:
    """One spelling; empty of what is no address."""
    address = _parsed(name)
    return UNKNOWN if address is None else str(address)


def _parsed(name: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(name)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address

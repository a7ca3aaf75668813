"""From where a request comes, whatever its headers say."""

from __future__ import annotations

import pytest

from huangshi_tasks.lib.client_address import client_address, networks

NGINX = networks(["10.0.0.0/24", "127.0.0.1"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "1.2.3.4", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.5", "1.2.3.4, 203.0.113.7", "203.0.113.7"),
        ("10.0.0.5", "1.2.3.4, 203.0.113.7, 10.0.0.9", "203.0.113.7"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("10.0.0.5", "unsinn", "10.0.0.5"),
        ("10.0.0.5", "203.0.113.7, unsinn", "10.0.0.5"),
        ("10.0.0.5", "203.0.113.7:443", "10.0.0.5"),
        ("10.0.0.5", "2001:DB8::1", "2001:db8::1"),
        ("::ffff:10.0.0.5", "203.0.113.7", "203.0.113.7"),
        ("", "203.0.113.7", ""),
    ],
)
def test_only_what_a_named_proxy_saw_counts(peer: str, forwarded: str, found: str) -> None:
    meta = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(meta, NGINX) == found


def test_without_a_named_proxy_no_header_counts() -> None:
    meta = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}
    assert client_address(meta, ()) == "127.0.0.1"


def test_through_a_socket_of_this_machine() -> None:
    meta = {"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}
    assert client_address(meta, networks(["unix"])) == "203.0.113.7"


@pytest.mark.parametrize("name", ["nginx", "10.0.0.5/8", "", "10.0.0.0/99"])
def test_a_name_that_is_no_network_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        networks([name])

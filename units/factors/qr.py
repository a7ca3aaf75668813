"""The QR code of a telephone's set-up, drawn here: the secret goes to no other host."""

from __future__ import annotations

from base64 import b32encode
from urllib.parse import quote, urlencode

import segno
from django.utils.safestring import SafeString, mark_safe

BORDER, SCALE = 2, 5


def address_of(seed: str, *, account: str, issuer: str) -> str:
    """What an authenticator reads (Key URI Format); `seed` in hexadecimal digits."""
    issuer = issuer.replace(":", "")
    words = {"secret": secret_of(seed), "algorithm": "SHA1", "digits": "6", "period": "30"}
    query = urlencode(words | {"issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(account)}?{query}"


def secret_of(seed: str) -> str:
    """The same in base32, as it is typed by hand."""
    return b32encode(bytes.fromhex(seed)).decode().rstrip("=")


def drawing(address: str) -> SafeString:
    """An SVG without style attributes, which the Content-Security-Policy does not allow."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(scale=SCALE, border=BORDER, svgclass="qr", lineclass=None, dark="#17222e")
    return mark_safe(svg)  # noqa: S308  # paths only: the address is not in it

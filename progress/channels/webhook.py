"""Any other system: one JSON per message, signed."""

from __future__ import annotations

import hashlib
import hmac

from progress.channels.base import Letter
from progress.channels.posting import encoded, post
from units.models import User


class Webhook:
    """`WEBHOOK_URL` gets `{"id", "text", "lines"}`; `X-Signature: sha256=…` is the HMAC of the body
    under `WEBHOOK_SECRET`. A status of 2xx is a success.
    """

    key, label, is_group = "webhook", "其他系统", True

    def __init__(self, url: str, secret: str | None) -> None:
        self._url, self._secret = url, secret

    def address_of(self, person: User) -> str:
        return ""

    def send(self, letter: Letter) -> str:
        lines = [{"text": line.text, "link": line.link} for line in letter.lines]
        body = encoded({"id": letter.reference, "text": letter.subject, "lines": lines})
        headers = {}
        if self._secret:
            digest = hmac.new(self._secret.encode(), body, hashlib.sha256).hexdigest()
            headers["X-Signature"] = f"sha256={digest}"
        post(self._url, body, headers)
        return "对方系统已接收"

    def close(self) -> None:
        """Nothing is kept open."""

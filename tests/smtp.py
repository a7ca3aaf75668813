"""A mail server that keeps what it is given."""

import asyncio
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.servers import free_port


class SmtpSink:
    """Accepts every mail; `messages` holds them in order of arrival."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuse_recipients = ""  # an answer such as 550 no such user
        self.connections = 0
        # a fault test stops the dialogue at a step (hello, before_answer) until it clears this
        self.hold_at = ""
        self.reached = threading.Event()
        self.port = free_port()
        self._controller: Controller | None = None

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        await self._hold("hello")
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.refuse_recipients:
            return self.refuse_recipients
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """aiosmtpd's hook, named by it."""
        await self._hold("before_answer")
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 OK"

    async def _hold(self, step: str) -> None:
        while self.hold_at == step:
            self.reached.set()
            await asyncio.sleep(0.02)

    @property
    def ids(self) -> list[str]:
        """The Message-IDs in order of arrival."""
        return [str(message["Message-ID"]) for message in self.messages]

    def start(self) -> None:
        """Listen; again on the same port after `stop`."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Answer nobody any more. Twice is once."""
        controller, self._controller = self._controller, None
        if controller is not None:
            controller.stop()

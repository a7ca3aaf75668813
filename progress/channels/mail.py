"""Mail, over one connection for as long as it holds."""

from __future__ import annotations

from email.utils import formataddr, parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from huangshi_tasks.lib import tracing
from progress.channels.base import Letter, NotTakenError, RejectedError
from units.city.names import Names, city
from units.models import User

PERMANENT = 500  # SMTP answers from here on: this recipient will not be taken later either


class Mail:
    """Django's mail settings decide where to (`EMAIL_URL`)."""

    key, label, is_group = "mail", "邮件", False

    def __init__(self) -> None:
        self._connection: Any = None

    def address_of(self, person: User) -> str:
        return person.email

    def send(self, letter: Letter) -> str:
        try:
            if self._connection is None:
                self._connection = get_connection()
                self._connection.open()
            _mail(letter, self._connection).send()
        except SMTPRecipientsRefused as error:
            self.close()
            raise _refused(error) from error
        except (SMTPException, OSError) as error:
            self.close()
            raise NotTakenError(f"邮件服务器没有接收：{_reason(error)}") from error
        return "邮件服务器已接收"

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.close()
        except (SMTPException, OSError):
            return  # it was gone already


def _mail(letter: Letter, connection: Any) -> EmailMultiAlternatives:
    names = city()
    context = {"letter": letter, "names": names}
    message = EmailMultiAlternatives(
        subject=letter.subject,
        from_email=_sender(names),
        body=render_to_string("progress/channels/reminders.txt", context),
        to=[letter.address],
        headers={"Message-ID": letter.reference} | _number(),
        connection=connection,
    )
    message.attach_alternative(
        render_to_string("progress/channels/reminders.html", context), "text/html"
    )
    return message


def _sender(names: Names) -> str:
    """The configured address, under the name of the office where it has none of its own."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or names.sender, address))


def _number() -> dict[str, str]:
    """The number under which the log tells how this mail was sent."""
    number = tracing.current.get()
    return {"X-Request-ID": number} if number else {}


def _refused(error: SMTPRecipientsRefused) -> Exception:
    codes = [code for code, _ in error.recipients.values()]
    if codes and min(codes) >= PERMANENT:
        return RejectedError(f"邮件地址被拒收（{codes[0]}）")
    return NotTakenError(f"邮件服务器暂不接收（{codes[0] if codes else '无答复'}）")


def _reason(error: Exception) -> str:
    if isinstance(error, SMTPServerDisconnected):
        return "连接中断"
    return type(error).__name__

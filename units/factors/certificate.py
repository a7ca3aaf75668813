"""The client certificate (UKey) that the TLS front end verified, by its subject.

The front end writes the subject into the header that CLIENT_CERT_HEADER names, and empties it where
it verified none; it counts only from a proxy that TRUSTED_PROXIES names.
"""

from __future__ import annotations

from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest

from huangshi_tasks.lib.client_address import is_from_proxy
from units.models import Certificate, User

LONGEST = 300


def subject_of(request: HttpRequest) -> str:
    """Whose certificate came with this request; empty of none, and of a header from elsewhere."""
    name = settings.CLIENT_CERT_HEADER
    if not name or not is_from_proxy(request.META, settings.TRUSTED_PROXIES):
        return ""
    value = str(request.META.get("HTTP_" + name.upper().replace("-", "_"), ""))
    subject = unquote(value).strip()
    return "" if len(subject) > LONGEST or "\0" in subject else subject


def opens(request: HttpRequest, user: User) -> bool:
    """Whether the certificate of this request is the one of `user`."""
    subject = subject_of(request)
    return bool(subject) and Certificate.objects.filter(user=user, subject=subject).exists()

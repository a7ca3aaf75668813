"""Files as the answer to a request: made just now, or stored."""

from __future__ import annotations

from typing import IO, Any, TypeVar

from django.db.models.fields.files import FieldFile
from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from units.errors import NotNow

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
R = TypeVar("R", bound=HttpResponseBase)


def attachment(content: bytes, name: str, content_type: str = XLSX) -> HttpResponse:
    """What was made just now, to be saved and not shown."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return served(response)


def opened(name: str, stored: FieldFile) -> IO[Any]:
    """The stored file. Raises `NotNow` when the server has lost it."""
    try:
        return stored.open("rb")
    except FileNotFoundError:
        raise NotNow(f"{name}的文件不在服务器上，请联系系统管理员。") from None


def served(response: R) -> R:
    """With what keeps a browser from guessing a type, and others from keeping it."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

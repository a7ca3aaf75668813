"""Files as the answer to a request, made just now or stored: to be saved and not shown, and logged
as what left the house.
"""

from __future__ import annotations

from typing import IO, Any

from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from units import log
from units.errors import NotNow
from units.http import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def hand_out(
    request: Request,
    stored: FieldFile,
    name: str,
    *,
    subject: models.Model,
    summary: str,
    action: str = "",
    called: str = "",
    content_type: str | None = None,
    changes: dict[str, Any] | None = None,
) -> FileResponse:
    """A stored file, to be saved as `name`; `called` is what a person misses when it is gone.

    Whether it may be read is the caller's to ask.
    """
    file = opened(called or name, stored)
    _note(request, action or f"{subject._meta.model_name}.download", summary, subject, changes)
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type)


def hand_out_made(
    request: Request,
    content: bytes,
    name: str,
    *,
    summary: str,
    subject: models.Model | None = None,
    action: str = "export",
    content_type: str = XLSX,
    **changes: Any,
) -> HttpResponse:
    """What was made just now, to be saved as `name`; the log has the name, and `changes`."""
    _note(request, action, summary, subject, {"file": name, **changes})
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@transaction.atomic
def _note(
    request: Request,
    action: str,
    summary: str,
    subject: models.Model | None,
    changes: dict[str, Any] | None,
) -> None:
    log.record(
        actor=request.actor,
        action=action,
        subject=subject,
        summary=summary,
        changes=changes,
        now=request.now,
    )


def opened(name: str, stored: FieldFile) -> IO[Any]:
    """The stored file. Raises `NotNow` when the server has lost it."""
    try:
        return stored.open("rb")
    except FileNotFoundError:
        raise NotNow(f"{name}的文件不在服务器上，请联系系统管理员。") from None

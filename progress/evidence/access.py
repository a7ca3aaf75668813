"""The file that an address names, for whoever may see it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from progress.models import Evidence
from tasks.access import may_write_in
from units.http import Request
from units.permissions import require


def evidence_or_404(request: Request, slug: str, pk: int) -> Evidence:
    """A file that this person may know of."""
    visible = Evidence.objects.visible_to(request.actor).filter(task__plan__slug=slug)
    related = visible.select_related(
        "task__plan", "version__report__period__plan", "version__report__responsibility__unit"
    )
    found: Evidence = get_object_or_404(related, pk=pk)
    require(may_write_in(found.task.plan, request))
    return found

"""The file that an address names, for whoever may see it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from progress.models import Evidence
from units.http import Request


def evidence_or_404(request: Request, slug: str, pk: int) -> Evidence:
    """A file that this person may know of."""
    visible = Evidence.objects.visible_to(request.actor).filter(task__plan__slug=slug)
    related = visible.select_related(
        "version__report__period__plan", "version__report__responsibility__unit"
    )
    return get_object_or_404(related, pk=pk)

"""The draft that an address names, and where its steps stand."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.urls import reverse

from tasks.models import NoticeDraft
from units.http import Request


def draft_or_404(request: Request, pk: int) -> NoticeDraft:
    """A draft is the office's alone."""
    drafts = NoticeDraft.objects.visible_to(request.actor)
    return get_object_or_404(drafts.select_related("plan", "supplements"), pk=pk)


def items_of(draft: NoticeDraft) -> str:
    """Where 核对 is."""
    return f"{reverse('tasks:draft', args=[draft.pk])}items/"

"""The bell: what the machine told this person, newest first."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.models import Reminder
from units.http import Request

PER_PAGE = 50


@require_safe
def notices(request: Request) -> HttpResponse:
    """List them; what was shown once counts as read."""
    shown = Reminder.objects.in_bell_of(request.user).select_related("report__period")
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)  # read_at as it was before this visit
    unread = Reminder.objects.filter(pk__in=[row.pk for row in rows], read_at=None)
    response = render(request, "progress/telling/notices.html", {"page": page, "rows": rows})
    unread.update(read_at=request.now)
    return response

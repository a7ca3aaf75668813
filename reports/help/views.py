"""帮助: all chapters with their search, one chapter, and the part that stands beside a page."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from reports.help.manual import chapter_called, chapters, hits
from reports.help.places import EVERYWHERE, QUESTIONS, REVIEWING, keys_for, place_for
from units.http import Request


@require_safe
def help_all(request: Request) -> HttpResponse:
    """The chapters, or what was looked for; without a script, first what helps on the page from
    which somebody comes.
    """
    asked = request.GET.get("q", "").strip()[:40]
    context = {
        "chapters": chapters(),
        "asked": asked,
        "hits": hits(asked),
        "place": place_for(_view_of(request.headers.get("Referer", "")), request.actor.role),
        "keys": (*EVERYWHERE, *REVIEWING),
    }
    return render(request, "reports/help/all.html", context)


@require_safe
def help_chapter(request: Request, chapter: int) -> HttpResponse:
    """One chapter, as it is printed."""
    found = next((each for each in chapters() if each.number == chapter), None)
    if found is None:
        raise Http404
    context = {"chapter": found, "chapters": chapters()}
    return render(request, "reports/help/chapter.html", context)


@require_safe
def help_beside(request: Request) -> HttpResponse:
    """For the page of `?at=`: a part of a page, which a script puts beside it."""
    view = _view_of(request.GET.get("at", ""))
    context = {
        "place": place_for(view, request.actor.role),
        "questions": chapter_called(QUESTIONS),
        "keys": keys_for(view),
    }
    return render(request, "reports/help/_beside.html", context)


def _view_of(address: str) -> str:
    """The name of the view that an address leads to; empty where there is none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except (Resolver404, ValueError):
        return ""

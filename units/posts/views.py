"""职务: the list with who holds each, and one post."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from units.http import Request, posted
from units.models import Post
from units.once.claims import once
from units.permissions import can_administer, require
from units.posts import acts
from units.posts.forms import PostForm
from units.posts.page import posts_with_holders

TWICE = "该职务已新增过，没有重复登记。"


@require_http_methods(["GET", "HEAD", "POST"])
def posts(request: Request) -> HttpResponse:
    """The list, and a form for one that is missing."""
    require(can_administer(request.actor))
    form = PostForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with once(request, TWICE) as claim:
            made = acts.put(post=None, actor=request.actor, now=request.now, **form.cleaned_data)
            claim.leads_to("units:posts")
        messages.success(request, f"已新增：{made}。")
        return redirect("units:posts")
    return _page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def post(request: Request, pk: int) -> HttpResponse:
    """The same page, with the form of one post."""
    require(can_administer(request.actor))
    found = get_object_or_404(Post, pk=pk)
    form = PostForm(posted(request), instance=found)
    if request.method == "POST" and form.is_valid():
        kept = Post.objects.get(pk=pk)  # the form has written into the other
        acts.put(post=kept, actor=request.actor, now=request.now, **form.cleaned_data)
        messages.success(request, f"已保存：{found}。")
        return redirect("units:posts")
    return _page(request, form, Post.objects.get(pk=pk))


def _page(request: Request, form: PostForm, edited: Post | None = None) -> HttpResponse:
    context = {"rows": posts_with_holders(request.today), "form": form, "edited": edited}
    status = 409 if request.method == "POST" else 200
    return render(request, "units/posts/posts.html", context, status=status)

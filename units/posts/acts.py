"""A post is added, changed, retired; never deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from units.actors import Actor
from units.models import Post
from units.people.saved import saved
from units.permissions import can_administer, require
from units.posts.forms import PostForm


@transaction.atomic
def put(*, post: Post | None, actor: Actor, now: datetime, **values: Any) -> Post:
    """A new post, or one that is changed. Raises `NotSaved`."""
    require(can_administer(actor))
    made: Post = saved(PostForm(values, instance=post), actor=actor, now=now)
    return made

"""What the list of posts shows."""

from __future__ import annotations

from datetime import date

from units.models import Appointment, Post


def posts_with_holders(today: date) -> list[tuple[Post, list[str]]]:
    """Each post with who holds it today; two queries."""
    holders: dict[int, list[str]] = {}
    held = Appointment.objects.on(today).filter(post__isnull=False).select_related("user")
    for each in held:
        holders.setdefault(each.post_id, []).append(str(each.user))
    return [(post, holders.get(post.pk, [])) for post in Post.objects.all()]

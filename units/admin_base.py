"""What all pages of the admin share: nothing is deleted, every change is in our log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin import ModelAdmin
from django.db import models
from django.http import HttpRequest

from huangshi_tasks.lib import clock
from units import log
from units.actors import Actor

# Django's classes take their type arguments only where types are checked.
if TYPE_CHECKING:
    Base = ModelAdmin[Any]
else:
    Base = ModelAdmin


def actor_of(request: HttpRequest) -> Actor:
    """The administrator who acts; the site's door has checked it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


class LoggedAdmin(Base):
    """The door of the site decides who comes in; inside, everything but deleting is allowed."""

    actions_selection_counter = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        kept = {name: [form.initial.get(name), _spelled(form, name)] for name in form.changed_data}
        secret = {name for name in kept if "password" in name}
        log.record(
            actor=actor_of(request),
            action=f"{obj._meta.model_name}.{'change' if change else 'add'}",
            subject=obj,
            summary=f"{'修改' if change else '新增'}{obj._meta.verbose_name}：{obj}",
            changes={name: value for name, value in kept.items() if name not in secret},
            now=clock.now(),
        )

    # Django's own history is a second, erasable log; ours is the one.
    def log_addition(self, *args: Any) -> Any: ...

    def log_change(self, *args: Any) -> Any: ...


def _spelled(form: Any, name: str) -> Any:
    value = form.cleaned_data.get(name)
    return value.pk if isinstance(value, models.Model) else value

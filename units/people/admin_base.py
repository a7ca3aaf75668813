"""What all pages of the admin share: nothing is deleted, every change is in our log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin import ModelAdmin, TabularInline
from django.db import models
from django.http import Http404, HttpRequest

from units import log
from units.actors import Actor

# Django's classes take their type arguments only where types are checked.
if TYPE_CHECKING:
    Base = ModelAdmin[Any]
    Inline = TabularInline[Any, Any]
else:
    Base = ModelAdmin
    Inline = TabularInline


def actor_of(request: HttpRequest) -> Actor:
    """The administrator who acts; the site's door has checked it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


class NothingDeleted:
    """The door of the site decides who comes in; inside, everything but deleting is allowed."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LoggedAdmin(NothingDeleted, Base):
    """One page of the admin. What is saved through it, rows of its inlines too, is logged."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        _note(request, obj, form, is_new=not change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        was_new = {id(each.instance): each.instance.pk is None for each in formset.forms}
        super().save_formset(request, form, formset, change)
        for each in formset.forms:
            if each.has_changed():
                _note(request, each.instance, each, is_new=was_new[id(each.instance)])

    def history_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The log is the auditor's (三权分立)."""
        raise Http404

    # Django's own history is a second, erasable log; ours is the one.
    def log_addition(self, *args: Any) -> Any: ...

    def log_change(self, *args: Any) -> Any: ...


def _note(request: Any, obj: models.Model, form: Any, *, is_new: bool) -> None:
    """One entry with from and to of every changed field, passwords left out."""
    named = [name for name in form.changed_data if "password" not in name]
    log.record(
        actor=actor_of(request),
        action=f"{obj._meta.model_name}.{'add' if is_new else 'change'}",
        subject=obj,
        summary=f"{'新增' if is_new else '修改'}{obj._meta.verbose_name}：{obj}",
        changes={name: [form.initial.get(name), _spelled(form, name)] for name in named},
        now=request.now,
    )


def _spelled(form: Any, name: str) -> Any:
    value = form.cleaned_data.get(name)
    return value.pk if isinstance(value, models.Model) else value

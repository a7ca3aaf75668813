"""What all pages of the admin share: nothing is deleted, every change is in our log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib.admin import ModelAdmin, TabularInline
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from huangshi_tasks.lib.fold import pattern, words_of
from units.actors import Actor
from units.http import Request
from units.log.saved_forms import record_saved
from units.once.claims import once

# Django's classes take their type arguments only where types are checked.
if TYPE_CHECKING:
    Base = ModelAdmin[Any]
    Inline = TabularInline[Any, Any]
else:
    Base = ModelAdmin
    Inline = TabularInline

ASKED = ("exact", "isnull", "id__exact")  # how Django's own filters ask


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
        if change:
            super().save_model(request, obj, form, change)
        else:
            with once(cast(Request, request), f"{obj}已新增过，没有重复登记。") as claim:
                super().save_model(request, obj, form, change)
                name = f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change"
                claim.leads_to(name, obj.pk)
        _note(request, form, is_new=not change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        was_new = {id(each.instance): each.instance.pk is None for each in formset.forms}
        super().save_formset(request, form, formset, change)
        for each in formset.forms:
            if each.has_changed():
                _note(request, each, is_new=was_new[id(each.instance)])

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """What the filters of the page itself ask, nothing else: any column that may be asked by
        its beginning (`password__startswith`) gives itself away letter by letter.
        """
        names = {getattr(each, "parameter_name", each) for each in self.list_filter}
        return lookup in names | {f"{name}__{how}" for name in names for how in ASKED}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Every word is found somewhere in the row, compared folded as in every search."""
        for word in words_of(search_term):
            wanted = Q()
            for name in self.get_search_fields(request):
                wanted |= Q(**{f"{name}__iregex": pattern(word)})
            queryset = queryset.filter(wanted)
        return queryset, True

    def history_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The log is the auditor's (三权分立)."""
        raise Http404

    # Django's own history is a second, erasable log; ours is the one.
    def log_addition(self, *args: Any) -> Any: ...

    def log_change(self, *args: Any) -> Any: ...


def _note(request: Any, form: Any, *, is_new: bool) -> None:
    record_saved(form, is_new=is_new, actor=actor_of(request), now=request.now)

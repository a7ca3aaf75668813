"""Accounts, appointments, units and their names, in Django's admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.forms import BaseUserCreationForm
from django.db.models import QuerySet
from django.http import HttpRequest

from units.accounts import reset_password, unlock
from units.admin_base import LoggedAdmin, actor_of
from units.admin_site import site
from units.models import Appointment, Post, Unit, UnitAlias, UnitGroup, UnitGroupMember, User

OWN_POWERS = "不能给自己的账号设置任职，请由另一名系统管理员办理。"


class NewUserForm(BaseUserCreationForm):  # type: ignore[type-arg]  # not at run time
    """The first password is the administrator's; the person must change it."""

    class Meta:
        model = User
        fields = ["username", "display_name", "telephone", "email"]


@admin.register(User, site=site)
class UserAdmin(LoggedAdmin):
    list_display = ["username", "display_name", "telephone", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["username", "display_name"]
    fields = ["username", "display_name", "telephone", "email", "is_active", "must_change_password"]
    actions = ["unlock", "reset"]

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            return NewUserForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return [*NewUserForm.Meta.fields, "password1", "password2"]
        return super().get_fields(request, obj)

    @admin.action(description="解除登录锁定")
    def unlock(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        for user in chosen:
            unlock(user=user, actor=actor_of(request))
        self.message_user(request, f"已解除{len(chosen)}个账号的登录锁定。")

    @admin.action(description="重置密码")
    def reset(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        for user in chosen:
            password = reset_password(user=user, actor=actor_of(request))
            self.message_user(
                request, f"{user}（{user.username}）的初始密码：{password}，只显示这一次。"
            )


class AppointmentForm(forms.ModelForm):  # type: ignore[type-arg]  # not at run time
    """三权分立: nobody gives themselves a role."""

    actor_id: int | None = None

    def clean_user(self) -> User:
        user: User = self.cleaned_data["user"]
        if user.pk == self.actor_id:
            raise forms.ValidationError(OWN_POWERS)
        return user


@admin.register(Appointment, site=site)
class AppointmentAdmin(LoggedAdmin):
    form = AppointmentForm
    list_display = ["user", "role", "unit", "post", "is_head", "starts_on", "ends_on"]
    list_filter = ["role", "is_head"]
    search_fields = ["user__username", "user__display_name", "unit__name"]
    list_select_related = ["user", "unit", "post"]

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type("BoundForm", (form,), {"actor_id": actor_of(request).user.pk})

    def get_readonly_fields(self, request: HttpRequest, obj: Appointment | None = None) -> Any:
        """What was appointed stands; it is ended by a date and made anew."""
        return ["user", "role", "unit", "starts_on"] if obj else []


class AliasInline(admin.TabularInline):  # type: ignore[type-arg]  # not at run time
    model = UnitAlias
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


@admin.register(Unit, site=site)
class UnitAdmin(LoggedAdmin):
    list_display = ["name", "kind", "rank_group", "telephone", "retired_on"]
    list_filter = ["kind"]
    search_fields = ["name", "pinyin", "aliases__name"]
    inlines = [AliasInline]


@admin.register(UnitGroup, site=site)
class UnitGroupAdmin(LoggedAdmin):
    list_display = ["name", "mode", "member_kind"]
    list_filter = ["mode"]
    search_fields = ["name"]


@admin.register(UnitGroupMember, site=site)
class UnitGroupMemberAdmin(LoggedAdmin):
    list_display = ["group", "unit", "starts_on", "ends_on"]
    list_filter = ["group"]
    list_select_related = ["group", "unit"]


@admin.register(Post, site=site)
class PostAdmin(LoggedAdmin):
    list_display = ["title", "kind", "ordinal", "retired_on"]
    list_filter = ["kind"]
    search_fields = ["title"]

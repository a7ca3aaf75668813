"""Accounts, appointments, units and their names, in Django's admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from units.city.words import kind_choices, kind_word
from units.models import (
    Appointment,
    Post,
    Unit,
    UnitAlias,
    UnitGroup,
    UnitGroupAlias,
    UnitGroupMember,
    User,
)
from units.once.claims import once
from units.people.accounts import unlock, without_mobile
from units.people.admin_base import Inline, LoggedAdmin, NothingDeleted, actor_of
from units.people.admin_forms import (
    AppointmentForm,
    DatedForm,
    NewUserForm,
    UserForm,
    is_over,
)
from units.people.admin_site import site
from units.people.unit_names import NameForm, UnitForm, keep_old_name
from units.powers import acts as powers
from units.renaming.acts import named_by_hand


class ActorAdmin(LoggedAdmin):
    """Pages whose form asks who is typing."""

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"actor_id": actor_of(request).user.pk})

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """It stands, or waits for a second person."""
        if change:
            request.waits = powers.save(form, actor=actor_of(request), now=request.now)
            return
        with once(request, f"{obj}已新增过，没有重复登记。") as claim:
            request.waits = powers.save(form, actor=actor_of(request), now=request.now)
            name = f"admin:{obj._meta.app_label}_{obj._meta.model_name}"
            if request.waits is None:
                claim.leads_to(f"{name}_change", obj.pk)
            else:
                claim.leads_to(f"{name}_changelist")

    def response_add(self, request: Any, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        return self._waiting(request) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: Any, obj: Any) -> HttpResponse:
        return self._waiting(request) or super().response_change(request, obj)

    def _waiting(self, request: Any) -> HttpResponse | None:
        if request.waits is None:
            return None
        self.message_user(request, f"{request.waits}：{powers.WAITS}")
        return redirect("units:powers")


class Reached(admin.SimpleListFilter):
    """Whom no short message reaches: of all that people write as a telephone."""

    title = "短信"
    parameter_name = "sms"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "在用账号中没有手机号、收不到短信的")]

    def queryset(self, request: Any, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() != "no":
            return queryset
        return queryset.filter(pk__in=[each.pk for each in without_mobile()])


@admin.register(User, site=site)
class UserAdmin(ActorAdmin):
    form = UserForm
    list_display = ["username", "display_name", "telephone", "is_active", "last_login"]
    list_filter = ["is_active", Reached]
    search_fields = ["username", "display_name"]
    fields = ["username", "display_name", "telephone", "email", "is_active", "must_change_password"]
    actions = ["unlock", "reset", "reset_factor"]

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **kwargs) if obj else NewUserForm

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
    def reset(self, request: HttpRequest, chosen: QuerySet[User]) -> HttpResponse:
        """The page itself carries the passwords: a message would keep them in a cookie."""
        actor = actor_of(request)
        now = request.now  # type: ignore[attr-defined]
        with transaction.atomic():
            done = [
                (user, powers.reset_password(user=user, actor=actor, now=now)) for user in chosen
            ]
        passwords = [(user, reset.password) for user, reset in done if reset.password]
        waits = [user for user, reset in done if reset.waits]
        context = {
            **site.each_context(request),
            "title": "初始密码",
            "passwords": passwords,
            "waits": waits,
        }
        return TemplateResponse(request, "admin/first_passwords.html", context)

    @admin.action(description="重置登录保护")
    def reset_factor(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Of others: the own one is reset by another administrator."""
        actor = actor_of(request)
        now = request.now  # type: ignore[attr-defined]
        with transaction.atomic():
            waits = [powers.reset_factor(user=user, actor=actor, now=now) for user in chosen]
        done = sum(each is None for each in waits)
        if done:
            self.message_user(request, f"已重置{done}个账号的登录保护，下次登录须重新设置。")
        if done < len(waits):
            self.message_user(request, f"{len(waits) - done}个账号的重置{powers.WAITS}")


@admin.register(Appointment, site=site)
class AppointmentAdmin(ActorAdmin):
    form = AppointmentForm
    list_display = ["user", "role", "unit", "post", "is_head", "starts_on", "ends_on"]
    list_filter = ["role", "is_head"]
    search_fields = ["user__username", "user__display_name", "unit__name"]
    list_select_related = ["user", "unit", "post"]
    fields = ["user", "role", "unit", "post", "is_head", "stands_in_for", "starts_on", "ends_on"]

    def get_readonly_fields(self, request: Any, obj: Appointment | None = None) -> Any:
        """What was appointed stands; it is ended by a date and made anew."""
        if obj is None:
            return []
        fixed = ["user", "role", "unit", "starts_on", "stands_in_for"]
        return [*fixed, "post", "is_head", "ends_on"] if is_over(obj, request.today) else fixed

    def get_changeform_initial_data(self, request: Any) -> dict[str, Any]:
        return {**super().get_changeform_initial_data(request), "starts_on": request.today}


class AliasInline(NothingDeleted, Inline):
    model: type[UnitAlias] | type[UnitGroupAlias] = UnitAlias
    form = NameForm
    extra = 0
    can_delete = False


class NamedAdmin(LoggedAdmin):
    """Of what a notice names: renamed, it keeps its old name as an alias."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            old, now = form.initial["name"], request.now  # type: ignore[attr-defined]
            keep_old_name(renamed=obj, old=old, actor=actor_of(request), now=now)
            if isinstance(obj, Unit):
                named_by_hand(unit=obj, old=old, now=now)


class OfKind(admin.SimpleListFilter):
    """Kinds as the place calls them."""

    title = "单位类别"
    parameter_name = "kind"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return kind_choices()

    def queryset(self, request: Any, queryset: QuerySet[Unit]) -> QuerySet[Unit]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Unit, site=site)
class UnitAdmin(NamedAdmin):
    form = UnitForm
    list_display = ["name", "kind_in_words", "rank_group", "telephone", "retired_on"]
    list_filter = [OfKind]
    search_fields = ["name", "pinyin", "aliases__name"]
    inlines = [AliasInline]

    @admin.display(description="单位类别", ordering="kind")
    def kind_in_words(self, unit: Unit) -> str:
        return kind_word(unit.kind)


class GroupAliasInline(NothingDeleted, Inline):
    model = UnitGroupAlias
    form = NameForm
    extra = 0
    can_delete = False


@admin.register(UnitGroup, site=site)
class UnitGroupAdmin(NamedAdmin):
    form = NameForm
    list_display = ["name", "mode", "members_in_words"]
    list_filter = ["mode"]
    search_fields = ["name", "aliases__name"]
    inlines = [GroupAliasInline]

    @admin.display(description="成员类别", ordering="member_kind")
    def members_in_words(self, group: UnitGroup) -> str:
        return kind_word(group.member_kind)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "member_kind":
            kwargs["choices"] = [("", "---------"), *kind_choices()]
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(UnitGroupMember, site=site)
class UnitGroupMemberAdmin(LoggedAdmin):
    form = DatedForm
    list_display = ["group", "unit", "starts_on", "ends_on"]
    list_filter = ["group"]
    search_fields = ["group__name", "unit__name"]
    list_select_related = ["group", "unit"]
    fields = ["group", "unit", "starts_on", "ends_on"]

    def get_readonly_fields(self, request: Any, obj: UnitGroupMember | None = None) -> Any:
        """A membership is ended by a date and made anew."""
        if obj is None:
            return []
        fixed = ["group", "unit", "starts_on"]
        return [*fixed, "ends_on"] if is_over(obj, request.today) else fixed


@admin.register(Post, site=site)
class PostAdmin(LoggedAdmin):
    list_display = ["title", "kind", "ordinal", "retired_on"]
    list_filter = ["kind"]
    search_fields = ["title"]

"""Which addresses create something, and so take a one-time key; and why the others need none.

`CREATING`: who sends what, on the rows of the small year. `WITHOUT_KEY`: every other address that
takes a form, by the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from progress.matters.fields import written
from progress.models import Period, SupportRequest
from progress.starting.page import page_of_start
from progress.supplementing.page import page_of
from tasks.desk.acts import correct, supplement
from tasks.desk.changes import Change
from tasks.desk.content import content_of
from tasks.models import NoticeDraft
from tasks.reader.decisions import HEAD
from tests.addresses import JUNE, SmallYear, address
from tests.cast import at
from tests.matters import make_instruction, make_post
from tests.office_files import PDF
from units.models import Post

Sent = tuple[str, str, dict[str, Any]]  # the role, the address, the fields
APPROVED = {
    "decided_by": "市政府常务会议",
    "decided_on": "2022-08-02",
    "authority": "示例纪要",
}


def _matter_new(year: SmallYear) -> dict[str, Any]:
    return {
        "source": "written",
        "title": "示例事项",
        "text": "示例：请抓紧。",
        "post": make_post().pk,
        "decided_on": "2022-08-02",
        "urgency": "urgent",
        "visibility": "normal",
        "lead": year.cast.lead.pk,
    }


def _token(year: SmallYear) -> dict[str, Any]:
    return {
        "name": "示例平台二",
        "purpose": "示例",
        "scopes": ["read_finalized"],
        "addresses": "127.0.0.1",
        "expires_on": "2022-12-31",
    }


def _meeting(year: SmallYear) -> dict[str, Any]:
    return {"title": "示例调度会二", "held_on": "2022-08-03"}


def _meeting_item(year: SmallYear) -> dict[str, Any]:
    return {"text": "示例：月底前开工。", "unit": year.cast.lead.pk, "due_on": "2022-08-31"}


def _order_new(year: SmallYear) -> dict[str, Any]:
    return {
        "title": "示例督办",
        "unit": year.cast.lead.pk,
        "due_on": "2022-08-09",
        "colour": "yellow",
        "text": "示例：未达序时进度。",
        "requirement": "示例：列出倒排计划。",
    }


def _draft_check(year: SmallYear) -> dict[str, Any]:
    """The draft has no day of its own: it is said, so that the year can begin."""
    draft, office = NoticeDraft.objects.get(), year.cast.office
    said = Change(HEAD, "issued_on", "2023-01-20")
    correct(draft=draft, changes=[said], words="成文日期", actor=office, now=at("2022-08-02"))
    seen = page_of_start(content_of(draft), date(2022, 8, 3)).seen
    return {"seen": seen, "checked": "on", "confirmed": "1"}


def _draft_supplement(year: SmallYear) -> dict[str, Any]:
    """The one item of the draft is new in the plan that it supplements."""
    draft, office = NoticeDraft.objects.get(), year.cast.office
    supplement(draft=draft, plan=year.plan, actor=office, now=at("2022-08-02"))
    if (area := year.plan.areas.first()) is None:
        area = year.plan.areas.create(ordinal=1, title="示例方面")
    page = page_of(content_of(draft), year.plan, date(2022, 8, 3))
    key = page.rows[0].each.key
    given = {f"what-{key}": "add", f"area-{key}": area.pk, "seen": page.seen, "act": "take"}
    return APPROVED | given | {"starts_on": "2022-08-01", "checked": "on"}


def _item_add(year: SmallYear) -> dict[str, Any]:
    area = year.plan.areas.first()
    if area is None:
        area = year.plan.areas.create(ordinal=1, title="示例方面")
    theme = area.themes.first()
    return APPROVED | {
        "text": "新建示例泵站1座。",
        "short_title": "示例泵站",
        "theme": f"t{theme.pk}" if theme else f"a{area.pk}",
        "tracking": "milestone",
        "cycle": "monthly",
        "primary": year.cast.lead.pk,
        "starts_on": "2022-08-03",
        "due_on": "2022-12-31",
    }


def _number(year: SmallYear) -> dict[str, Any]:
    number = {
        "name": "新建泵站",
        "unit_of_measure": "座",
        "kind": "cumulative",
        "comparator": "ge",
        "value": "3",
        "starts_on": "2022-08-03",
        **APPROVED,
    }
    return {f"number-{key}": value for key, value in number.items()}


def _officer(year: SmallYear) -> dict[str, Any]:
    post = Post.objects.create(title="责任督查员二（示例）", kind="supervisor")
    return {"post": post.pk, "unit": year.cast.county.pk, "starts_on": "2022-08-03"}


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("依据.pdf", PDF, content_type="application/pdf")


def _claim(year: SmallYear) -> dict[str, Any]:
    reached = {f"figure:{each.pk}": "300" for each in year.task.indicators.all()}
    return {"statement": "示例：全部完工。", "file": paper(), **reached}


def _sub_item(year: SmallYear) -> dict[str, Any]:
    year.task.indicators.update(unit_of_measure="个")
    return {"unit": year.cast.lead.pk, "name": "示例二路", "stage": "preparing"}


def _late_matter(year: SmallYear) -> dict[str, Any]:
    return {"matter": make_instruction(year.cast, year.plan, due_on=date(2022, 8, 2)).pk}


def _support_ask(year: SmallYear) -> dict[str, Any]:
    SupportRequest.objects.all().delete()
    day = year.july.due_on
    return {"units": year.cast.support.pk, "question": "示例：请提供数据。", "due_on": str(day)}


def _finalized(year: SmallYear) -> Period:
    june = Period.objects.get(plan=year.plan, code=JUNE)
    Period.objects.filter(pk=june.pk).update(state="finalized", finalized_at=at("2022-07-15"))
    return june


def _bulletin(year: SmallYear) -> dict[str, Any]:
    return {"kind": "bulletin", "period": _finalized(year).pk}


def _standing(year: SmallYear) -> dict[str, Any]:
    return {"day": str(_finalized(year).data_as_of)}


def _decided(_: SmallYear) -> dict[str, Any]:
    return APPROVED | {"due_on": "2023-03-31", "starts_on": "2022-08-03", "reason": "示例"}


def _person(year: SmallYear) -> dict[str, Any]:
    role = {"role": "reporter", "unit": year.cast.lead.pk, "starts_on": "2022-08-03"}
    return {"display_name": "联络员二（示例）", **role}


def _appointed(_: SmallYear) -> dict[str, Any]:
    return {"act": "appoint", "role": "observer", "starts_on": "2022-08-03"}


Fields = Callable[[SmallYear], dict[str, Any]]
CREATING: dict[str, tuple[str, Fields]] = {
    "progress:matter_new": ("office", _matter_new),
    "progress:meetings": ("office", _meeting),
    "units:tokens": ("office", _token),
    "progress:meeting_item": ("office", _meeting_item),
    "progress:order_new": ("office", _order_new),
    "progress:matter_do": ("reporter", lambda _: {"reason": "示例", "wanted_on": "2022-12-01"}),
    "progress:ask": (
        "reporter",
        lambda _: {
            "due_on": "2023-06-30",
            "starts_on": "2022-08-03",
            "reason": "示例：迁改。",
            "file": paper(),
        },
    ),
    "progress:claim": ("reporter", _claim),
    "progress:adjustment_new": ("office", _decided),
    "progress:visit_draw": ("office", lambda _: {"pool": "all", "how_many": "1"}),
    "progress:visit_choose": (
        "office",
        lambda year: {"task": written(year.project), "because": "示例：群众反映。"},
    ),
    "progress:urge": ("office", _late_matter),
    "progress:urge_note": (
        "office",
        lambda year: {
            "unit": year.cast.lead.pk,
            "report": year.july.pk,
            "channel": "telephone",
            "reached": "示例科长",
            "answer": "示例：明天报。",
        },
    ),
    "progress:duty_object": ("reporter", lambda _: {"about": "role", "reason": "示例"}),
    "progress:sub_item_add": ("reporter", _sub_item),
    "progress:support_ask": ("reporter", _support_ask),
    "tasks:item_add": ("office", _item_add),
    "tasks:change_number": ("office", _number),
    "tasks:change_wording": (
        "office",
        lambda _: (
            APPROVED | {"text": "改造示例道路。", "short_title": "示例道路", "reason": "示例"}
        ),
    ),
    "tasks:commitment_add": ("office", lambda _: {"text": "道路"}),
    "tasks:change_cycle": ("office", lambda _: {"cycle": "quarterly", "reason": "示例"}),
    "tasks:change_visibility": (
        "office",
        lambda _: {"visibility": "restricted", "reason": "示例"},
    ),
    "tasks:officer_assign": ("office", _officer),
    "tasks:draft_carry": ("office", lambda year: {"plan": year.plan.pk}),
    "tasks:draft_new": ("office", lambda _: {"way": "text", "text": "2024年重点工作\n1.建桥。"}),
    "tasks:naming_name": (
        "office",
        lambda year: {"units": year.cast.county.pk, "starts_on": "2022-08-03"},
    ),
    "reports:bulletin_draft": ("office", _bulletin),
    "reports:standing_draft": ("office", _standing),
    "progress:draft_check": ("office", _draft_check),
    "progress:draft_supplement": ("office", _draft_supplement),
    "reports:archive": ("office", lambda _: {}),
    "units:people": ("admin", _person),
    "units:person": ("admin", _appointed),
    "units:groups": ("admin", lambda _: {"name": "各示例单位", "mode": "all", "ordinal": "9"}),
    "units:group": (
        "admin",
        lambda year: {"act": "join", "unit": year.cast.county.pk, "starts_on": "2022-08-03"},
    ),
    "units:posts": (
        "admin",
        lambda _: {"title": "示例职务二", "kind": "city_leader", "ordinal": "9"},
    ),
}
STATE = "moves a state; the second time its transition is not there"
VALUE = "sets a value, the same the second time"
SAME = "the same file of the same place is kept once (progress.evidence.uploads.attach_once)"
WITHOUT_KEY: dict[str, str] = {
    "units:token_do": STATE,
    "progress:accept": STATE,
    "progress:accept_batch": STATE,
    "progress:activate": STATE,
    "progress:adjustment_decline": STATE,
    "progress:adjustment_end": STATE,
    "progress:adjustment_register": STATE,
    "progress:adjustment_revoke": STATE,
    "progress:autosave": VALUE,
    "progress:carry_over": VALUE,
    "progress:channel_trial": "a trial asked for twice is two trials",
    "progress:closure_check": STATE,
    "progress:closure_close": STATE,
    "progress:closure_decline": STATE,
    "progress:closure_reopen": STATE,
    "progress:coordination_hand_on": STATE,
    "progress:correct": STATE,
    "progress:due_days": STATE,
    "progress:duty_contacts": VALUE,
    "progress:duty_receive": STATE,
    "progress:evidence_upload": SAME,
    "progress:evidence_withdraw": STATE,
    "progress:finalize": STATE,
    "progress:handover": STATE,
    "progress:judge_empty": VALUE,
    "progress:ladder": VALUE,
    "progress:left_open_name": STATE,
    "progress:left_open_number": VALUE,
    "progress:left_open_solve": STATE,
    "progress:matter_request": STATE,
    "progress:meeting_drop": STATE,
    "progress:meeting_send": STATE,
    "progress:naming_answer": STATE,
    "progress:batch": STATE,
    "progress:notice_rule": VALUE,
    "progress:notice_settings": VALUE,
    "progress:notices_read": STATE,
    "progress:numbers": VALUE,
    "progress:order_do": STATE,
    "progress:order_edit": VALUE,
    "progress:outcomes": VALUE,
    "tasks:area_names": VALUE,
    "progress:period_move": VALUE,
    "progress:project_photos": VALUE,
    "progress:quote": VALUE,
    "progress:receive_all": STATE,
    "progress:reopen": STATE,
    "progress:report": VALUE,
    "progress:return_to_liaison": STATE,
    "progress:return_to_unit": STATE,
    "progress:send_unsigned": STATE,
    "progress:sheet": "a rehearsal writes nothing",
    "progress:sheet_upload": STATE,
    "progress:sign": STATE,
    "progress:sign_offline": STATE,
    "progress:signing_batch": STATE,
    "progress:sub_item_change": VALUE,
    "progress:sub_item_photo": SAME,
    "progress:sub_item_retire": STATE,
    "progress:submit": STATE,
    "progress:support_answer": STATE,
    "progress:support_take_back": STATE,
    "progress:undo_accept": STATE,
    "progress:visit_close": STATE,
    "progress:visit_drop": STATE,
    "progress:visit_mend": STATE,
    "progress:visit_photo": SAME,
    "progress:visit_record": STATE,
    "progress:turn_answer": VALUE,
    "progress:turn_carry": "what is there already is not offered again",
    "progress:turn_confirm": VALUE,
    "progress:turn_take_back": VALUE,
    "progress:withdraw": STATE,
    "reports:bulletin_add_scan": VALUE,
    "reports:bulletin_answer": VALUE,
    "reports:bulletin_answer_all": STATE,
    "reports:bulletin_answer_list": VALUE,
    "reports:bulletin_ask": STATE,
    "reports:bulletin_correct": STATE,
    "reports:bulletin_drop": STATE,
    "reports:bulletin_edit": VALUE,
    "reports:bulletin_issue": STATE,
    "reports:bulletin_list_items": STATE,
    "progress:sign_on_paper": STATE,
    "reports:bulletin_refresh": VALUE,
    "reports:bulletin_sign": STATE,
    "reports:bulletin_take_back": STATE,
    "reports:bulletin_withdraw": STATE,
    "reports:export_cancel": STATE,
    "reports:plan_archive": STATE,
    "reports:plan_main": VALUE,
    "reports:plan_reopen": STATE,
    "reports:standing_approve": STATE,
    "reports:standing_drop": STATE,
    "reports:standing_refresh": VALUE,
    "reports:standing_revoke": STATE,
    "reports:standing_weights": VALUE,
    "reports:watermark": VALUE,
    "tasks:action_plan_accept": STATE,
    "tasks:action_plan_return": STATE,
    "tasks:action_plan_return_to_liaison": STATE,
    "tasks:action_plan_revise": STATE,
    "tasks:action_plan_save": VALUE,
    "tasks:action_plan_sign": STATE,
    "tasks:action_plan_unsigned": STATE,
    "tasks:action_plan_withdraw": STATE,
    "tasks:commitment_decide": VALUE,
    "tasks:stated_save": VALUE,
    "tasks:draft": "values are set; the same original of a draft is kept once",
    "tasks:draft_columns": VALUE,
    "tasks:draft_discard": STATE,
    "tasks:draft_answer": "the doubt is not open the second time",
    "tasks:draft_item": "the stamp of the item is another one the second time",
    "tasks:draft_title": VALUE,
    "tasks:draft_undo": "takes back the step that was shown, which is not the last one then",
    "tasks:naming_decide": STATE,
    "tasks:naming_nobody": STATE,
    "tasks:officer_end": STATE,
    "progress:unit_list": "a name leads to one unit: it is refused the second time",
    "progress:unit_kept": "a name or a day that stands is refused the second time",
    "units:city": VALUE,
    "units:post": VALUE,
    "units:first_run": "the key opens once",
    "units:first_run_step": "what is entered twice is there already, and said so",
    "units:calendar": VALUE,
    "units:login_again": "lets somebody in",
    "units:logout": "lets somebody out",
    "units:factor": STATE,
    "units:factor_certificate": VALUE,
    "units:factor_codes": "it only shows, and takes no form",
    "units:factor_new": "a code proves it once",
    "units:factor_prove": STATE,
    "units:factor_recovery": "codes asked for twice are new twice; the page shows those that count",
    "units:factor_stop": STATE,
    "units:factors": "it only shows, and takes no form",
    "units:password_change": VALUE,
    "units:power_confirm": STATE,
    "units:power_refuse": STATE,
    "units:power_withdraw": STATE,
    "units:sessions_end": STATE,
    "units:view_drop": STATE,
    "units:view_keep": VALUE,
    "units:sheet": "a rehearsal writes nothing",
    "units:sheet_sealed": "makes a file that is kept nowhere",
    "reports:sealed_password": "shows what is there",
    "units:sheet_upload": STATE,
    "units:switch": VALUE,
}


def sent(name: str, year: SmallYear) -> Sent:
    """Who sends what where, so that `name` creates something."""
    role, fields = CREATING[name]
    url = address(name, year)
    if name == "progress:order_new":
        url += f"?task={year.task.pk}"
    if name == "progress:matter_do":
        one = make_instruction(year.cast, year.plan, due_on=date(2022, 8, 20))
        url = reverse(name, args=[year.plan.slug, one.pk, "extend"])
    return role, url, fields(year)

"""Which part of the manual helps where: by the page and the role. A test holds every title here to
a heading of the manual.
"""

from __future__ import annotations

from typing import NamedTuple

from reports.help.manual import Chapter, Section, chapter_called, chapters
from units.models import Role

OF_ALL = "一、登录和当前身份"
QUESTIONS = "九、常见问题"
OF_ROLE: dict[str, str] = {
    Role.REPORTER: "二、联络员",
    Role.SIGNER: "三、单位负责人",
    Role.OFFICE: "四、督查室",
    Role.LEADER: "五、领导和查阅人员",
    Role.OBSERVER: "五、领导和查阅人员",
    Role.ADMIN: "六、系统管理员",
    Role.AUDITOR: "七、审计员",
}
# view name → heading; where a role's own chapter has it, that one, else the first that has
OF_PAGE = {
    "reports:desk": "我的工作台",
    "progress:duties": "签收、联系人和异议",
    "progress:duty": "签收、联系人和异议",
    "tasks:action_plan": "办理方案",
    "progress:report": "填报",
    "progress:numbers": "一页填完本期数据",
    "progress:batch": "一并送审签",
    "progress:sheet": "用Excel填报",
    "progress:sub_items_of": "子项清单",
    "progress:visit": "核查结果",
    "progress:matters": "交办事项和督办单",
    "progress:matter": "交办事项和督办单",
    "progress:orders": "交办事项和督办单",
    "progress:order": "交办事项和督办单",
    "progress:notice_settings": "提醒",
    "progress:notices": "提醒",
    "reports:unit": "单位主页",
    "reports:office": "督查室页",
    "reports:ledger": "总览、台账、事项",
    "reports:overview": "总览、台账、事项",
    "reports:item": "总览、台账、事项",
    "progress:review": "审核",
    "progress:review_report": "审核",
    "progress:periods": "定稿",
    "progress:period": "定稿",
    "progress:adjustments": "调整和办结销号",
    "progress:adjustment": "调整和办结销号",
    "progress:closures": "调整和办结销号",
    "progress:closure": "调整和办结销号",
    "progress:visits": "核查",
    "progress:meetings": "调度会",
    "progress:meeting": "调度会",
    "progress:unreported": "未报清单和催办",
    "progress:urge": "未报清单和催办",
    "progress:urges": "未报清单和催办",
    "progress:ladders": "提醒规则、工作日和提醒台账",
    "units:calendar": "提醒规则、工作日和提醒台账",
    "reports:reminders": "提醒规则、工作日和提醒台账",
    "reports:exports": "导出任务、归档包和水印",
    "reports:bulletins": "督查通报、专报、公示稿",
    "reports:bulletin": "督查通报、专报、公示稿",
    "reports:standings": "单位推进情况",
    "reports:workbooks": "台账报表",
    "reports:counties": "分县（市、区）",
    "progress:handovers": "联络员交接",
    "progress:handover": "联络员交接",
    "progress:unit_list": "单位更名、合并、拆分、停用",
    "progress:unit_kept": "单位更名、合并、拆分、停用",
    "tasks:plans": "导入年度责任分解",
    "tasks:draft_new": "导入年度责任分解",
    "tasks:draft": "导入年度责任分解",
    "progress:turn": "年度衔接",
    "units:factors": "登录保护（第二重验证）",
    "units:sessions": "登录中的电脑",
    "reports:search": "搜索",
}
EVERYWHERE = (
    (("?",), "打开、关闭帮助"),
    (("/",), "搜索编号、关键词、单位"),
    (("↑", "↓", "Enter"), "在搜索结果中移动、打开"),
    (("Ctrl", "Enter"), "确认打开的面板，如确认退回、送审签"),
    (("Esc",), "关闭对话框、帮助"),
)
REVIEWING = (
    (("J", "K"), "下一项、上一项"),
    (("A",), "通过"),
    (("R",), "退回"),
    (("Z",), "撤销刚才的通过"),
)
Keys = tuple[tuple[tuple[str, ...], str], ...]


class Place(NamedTuple):
    """The part of the manual for a page: `section` None is the chapter as a whole."""

    chapter: Chapter
    section: Section | None


def place_for(view: str, role: str | None) -> Place:
    """What helps somebody in `role` on the page `view`."""
    own = chapter_called(OF_ROLE.get(role or "", OF_ALL)) or chapters()[0]
    wanted = OF_PAGE.get(view)
    if wanted is not None:
        for chapter in (own, *chapters()):
            section = chapter.called(wanted)
            if section is not None:
                return Place(chapter, section)
    return Place(own, None)


def keys_for(view: str) -> Keys:
    """The keys that work there."""
    reviews = view.startswith(("progress:review", "progress:sign"))
    return (*EVERYWHERE, *REVIEWING) if reviews else EVERYWHERE

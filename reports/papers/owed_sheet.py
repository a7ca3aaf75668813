"""启用后各单位应报 as a workbook, for the units to check before their year is switched on."""

from __future__ import annotations

from datetime import date

from huangshi_tasks.lib import text
from progress.starting.page import Option
from reports.excel.book import A4_ACROSS, Column, Sheet
from tasks.models import NoticeDraft

BEFORE = (
    Column("序号", 6, "center"),
    Column("单位", 20),
    Column("牵头", 8, "right"),
    Column("实事责任", 10, "right"),
    Column("配合", 8, "right"),
)
NOTE = "牵头、实事责任、配合为事项数，其余各列为应报进展的份数；配合单位只在征询时报送。"


def owed_sheet(draft: NoticeDraft, option: Option, today: date) -> Sheet:
    """A row a unit: its items by role, and its filings by month and in the whole year."""
    days = option.planned.days
    months = [Column(f"{day.month}月", 7, "right") for day in days]
    return Sheet(
        name="各单位应报",
        title=f"{draft}：各单位应报",
        facts=(option.first_in_words, f"导出日期：{text.long_day(today)}"),
        columns=(*BEFORE, *months, Column("全年", 8, "right")),
        rows=[
            [
                place,
                text.full_width(each.unit.name),
                each.leads,
                each.projects,
                each.supports,
                *(each.filings[day] for day in days),
                each.year,
            ]
            for place, each in enumerate(option.planned.units, start=1)
        ],
        fixed=2,
        paper=A4_ACROSS,
        empty="没有单位需要报送。",
        notes=(NOTE,),
    )

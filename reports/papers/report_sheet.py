"""《进展情况报送单》: a report on paper, for the stamp and signature of its unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from huangshi_tasks.lib.text import full_width, number, percent
from progress.checking.look import Look
from progress.filing.lines import NumberLine, StepLine
from progress.filing.page import FormPage, page_of
from progress.models import ProgressReport, ReportVersion
from reports.bulletins.paper.words import printed_day
from reports.word.blocks import Block, Column, Form, Paper, Paragraph, Table, Title

HEAD = (
    Column("填报单位（盖章）", 46, "center"),
    Column("审签人", 36, "center"),
    Column("填报人", 36, "center"),
    Column("联系电话", 32, "center"),
    Column("填报日期", 38, "center"),
)
NUMBERS = (
    Column("指标", 44),
    Column("年度目标", 22, "center"),
    Column("上期累计", 18, "center"),
    Column("本期计划", 18, "center"),
    Column("累计开工", 18, "center"),
    Column("本期累计", 18, "center"),
    Column("完成率", 16, "center"),
    Column("备注", 34),
)
STEPS = (
    Column("节点", 70),
    Column("计划完成", 36, "center"),
    Column("实际完成", 36, "center"),
    Column("情况", 46),
)
SIGN = "\n　　　　　　　　　　　　　　审签人：　　　　　　　（盖章）　　　　年　月　日"


def sheet_of(report: ProgressReport, look: Look, day: date) -> Paper:
    """The sheet of the version that `look` shows; without one a sheet to fill in by hand."""
    title = f"{full_width(str(report.period))}进展情况报送单"
    return Paper(
        title=f"{title} {report.task}",
        author=full_width(report.unit_name),
        day=day,
        blocks=list(_blocks(report, look, title)),
        is_dense=True,
    )


def _blocks(report: ProgressReport, look: Look, title: str) -> Iterator[Block]:
    page, version = page_of(look), look.version
    sample = "（示例）" if report.task.plan.is_sample else ""
    yield Title(f"{title}{sample}", is_small=True)
    yield Table(HEAD, [_head(report, version)])
    yield Paragraph("", is_flush=True)
    yield _what(report, version)
    yield from _tables(page)
    yield Paragraph("", is_flush=True)
    yield _texts(report, version)


def _head(report: ProgressReport, version: ReportVersion | None) -> list[str]:
    """填报单位（盖章） 审签人 填报人 联系电话 填报日期; what is not known is left to write in."""
    person = version.submitted_by or version.edited_by if version is not None else None
    filed = version.submitted_at or version.edited_at if version is not None else None
    signed = version.signed_by_name if version is not None else ""
    return [
        full_width(report.unit_name),
        signed,
        str(person) if person is not None else "",
        person.telephone if person is not None else "",
        printed_day(filed.date() if filed is not None else None),
    ]


def _what(report: ProgressReport, version: ReportVersion | None) -> Form:
    task = report.task
    as_of = version.data_as_of if version is not None else None
    role = "汇总牵头" if report.is_main else report.get_duty_display()
    return Form(
        rows=(
            ("事项", f"{task.code}　{full_width(task.short_title)}", "责任", role),
            ("任务内容", full_width(task.text)),
            (
                "数据截至",
                printed_day(as_of or report.period.data_as_of),
                "报送截止",
                f"{printed_day(report.due_on)}24时",
            ),
        ),
        widths=(22, 92, 22, 52),
        size=10.5,
    )


def _tables(page: FormPage) -> Iterator[Block]:
    lines = [*page.numbers, *(line for table in page.counties for line in table.lines)]
    if lines:
        yield Paragraph("指标完成情况", is_flush=True)
        yield Table(NUMBERS, [_number_row(line) for line in lines], 9)
    if page.steps:
        yield Paragraph("节点完成情况", is_flush=True)
        yield Table(STEPS, [_step_row(line) for line in page.steps], 9)


def _number_row(line: NumberLine) -> list[str]:
    row, reading = line.row, line.row.reading
    unit = row.indicator.unit_of_measure
    name = full_width(row.indicator.name)
    remarks = []
    if reading is not None:
        said = (reading.source, reading.blank_reason)
        remarks = [text for text in said if text]
        remarks += ["更正上期数据"] if reading.is_correction else []
    target = f"{number(row.target)}{unit}" if row.target is not None else ""
    return [
        f"{name}（{full_width(row.unit.place)}）" if row.unit is not None else name,
        target,
        _figure(row.previous),
        _figure(row.planned),
        _figure(line.started),
        _figure(reading.value if reading is not None else None),
        percent(line.percent) if line.percent is not None else "",
        "；".join(remarks),
    ]


def _figure(value: Decimal | None) -> str:
    return number(value) if value is not None else ""


def _step_row(line: StepLine) -> list[str]:
    milestone, reading = line.row.milestone, line.row.reading
    done = reading.done_on if reading is not None else None
    return [
        full_width(milestone.title),
        printed_day(milestone.due_on),
        printed_day(done) if done is not None else "",
        "",
    ]


def _texts(report: ProgressReport, version: ReportVersion | None) -> Form:
    """The texts, and the box of the signature."""
    said = [("进展情况", _progress(version), 40), ("存在问题", _text(version, "problems"), 18)]
    said.append(("下一步\n工作安排", _text(version, "next_steps"), 24))
    if version is None or version.coordination:
        said.append(("需协调解决\n的问题", _text(version, "coordination"), 14))
    if version is not None and version.light_reason:
        said.append(("未达序时\n进度原因", version.light_reason, 12))
    said.append(("单位负责人\n审签意见", SIGN, 24))
    return Form(
        rows=[(label, text) for label, text, _ in said],
        widths=(26, 162),
        heights=[height for _, _, height in said],
        size=10.5,
    )


def _progress(version: ReportVersion | None) -> str:
    if version is not None and version.no_progress:
        return f"本期无新进展：{version.no_progress_reason}"
    return _text(version, "progress")


def _text(version: ReportVersion | None, name: str) -> str:
    return str(getattr(version, name)) if version is not None else ""

"""What is answered, field by field: encoded as it stands here, and described so in the OpenAPI."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

Number = Decimal  # a number in JSON, with every digit that is stored


def said(words: str) -> Meta:
    """What a field is, for people."""
    return Meta(description=words)


class Shape(Struct, frozen=True, kw_only=True):
    """One object of an answer."""


class PlanShape(Shape, frozen=True, kw_only=True):
    """年度责任分解。"""

    slug: Annotated[str, said("地址中的名称，如2022")]
    year: Annotated[int, said("年度")]
    series: Annotated[str, said("系列")]
    title: Annotated[str, said("标题")]
    document_number: Annotated[str, said("文号")]
    issued_on: Annotated[date, said("成文日期")]
    state: Annotated[str, said("状态：draft草稿，active执行中，archived已归档")]
    is_main: Annotated[bool, said("是否主系列")]
    url: Annotated[str, said("台账页面的地址")]


class UnitShape(Shape, frozen=True, kw_only=True):
    """单位。"""

    id: Annotated[int, said("单位编号")]
    name: Annotated[str, said("单位名称；问往期时为当时的名称")]
    kind: Annotated[str, said("单位类别")]


class UnitItemsShape(Shape, frozen=True, kw_only=True):
    """本年度有责任的单位，及其事项数。"""

    unit: UnitShape
    leads: Annotated[int, said("牵头和责任单位的事项数")]
    supports: Annotated[int, said("配合的事项数")]


class HolderShape(Shape, frozen=True, kw_only=True):
    """现在对事项负责的单位。"""

    unit: UnitShape
    role: Annotated[str, said("lead牵头，support配合，responsible责任单位")]
    is_primary: Annotated[bool, said("是否汇总牵头单位")]


class DesignationShape(Shape, frozen=True, kw_only=True):
    """通知里的责任表述，一字不改。"""

    item: Annotated[str, said("事项，如key_task-17")]
    role: Annotated[str, said("lead牵头，support配合，responsible责任单位")]
    printed: Annotated[str, said("原文")]
    unit_id: Annotated[int | None, said("所指单位的编号；集合称谓和未对上的为空")]


class PostShape(Shape, frozen=True, kw_only=True):
    """职务。"""

    id: Annotated[int, said("编号")]
    title: Annotated[str, said("职务名称")]


class ItemShape(Shape, frozen=True, kw_only=True):
    """一个事项，与台账同一行同一数。"""

    id: Annotated[str, said("事项，类别和编号，如key_task-17")]
    kind: Annotated[str, said("key_task重点工作，practical_project十件实事")]
    number: Annotated[int, said("编号")]
    title: Annotated[str, said("简称")]
    text: Annotated[str, said("现行表述")]
    area: Annotated[str, said("方面")]
    theme: Annotated[str, said("小标题")]
    tracking: Annotated[str, said("quantitative定量，milestone节点，qualitative定性，ongoing长期")]
    cycle: Annotated[str, said("monthly按月，quarterly按季，half_yearly按半年")]
    is_restricted: Annotated[bool, said("是否限定知悉范围")]
    due_on: Annotated[date, said("完成时限")]
    holders: tuple[HolderShape, ...]
    posts: Annotated[tuple[PostShape, ...], said("分管领导的职务")]
    light: Annotated[str, said("状态，最近一次定稿的；尚无定稿的为no_data")]
    light_words: Annotated[str, said("状态的中文名称")]
    percent: Annotated[Number | None, said("完成率，百分数；文字评定的为空")]
    expected: Annotated[Number | None, said("应完成，百分数")]
    data_as_of: Annotated[date | None, said("数据截至")]
    marks: Annotated[tuple[str, ...], said("标注，如未报送、已更正")]
    filing: Annotated[str | None, said("本期报送的状态；没有问到或现在不需报送的为空")]
    url: Annotated[str, said("事项页面的固定地址")]


class FinalizedShape(Shape, frozen=True, kw_only=True):
    """一个事项的定稿。"""

    item: Annotated[str, said("事项，如key_task-17")]
    title: Annotated[str, said("简称")]
    period: Annotated[str, said("填报期编号，如2022-07")]
    period_label: Annotated[str, said("填报期名称，如7月")]
    data_as_of: Annotated[date, said("数据截至")]
    frozen_at: Annotated[datetime, said("定稿时间")]
    supplement: Annotated[int, said("补充定稿的次数，0为首次定稿")]
    light: Annotated[str, said("状态")]
    light_words: Annotated[str, said("状态的中文名称")]
    computed_light: Annotated[str, said("按规则算得的状态")]
    override_reason: Annotated[str, said("督查室改判的理由")]
    before: Annotated[str, said("上次定稿的状态")]
    percent: Annotated[Number | None, said("完成率，百分数")]
    expected: Annotated[Number | None, said("应完成，百分数")]
    expected_basis: Annotated[str, said("应完成的依据，如按时间折算")]
    gap: Annotated[Number | None, said("完成率减应完成，百分点")]
    reason: Annotated[str, said("为什么是这个状态")]
    unit_reason: Annotated[str, said("单位说明的原因，早于本期的带标注")]
    digest: Annotated[str, said("采用稿，早于本期的带标注")]
    next_step: Annotated[str, said("下一步工作安排")]
    problems: Annotated[str, said("存在问题")]
    marks: Annotated[tuple[str, ...], said("标注，如未报送、已更正")]


class LineShape(Shape, frozen=True, kw_only=True):
    """一个数在数据截至日的目标、计划和实际。"""

    target: Annotated[Number | None, said("目标值")]
    upper: Annotated[Number | None, said("目标上限")]
    planned: Annotated[Number | None, said("计划值")]
    actual: Annotated[Number | None, said("累计完成；有核定数的为核定数")]
    started: Annotated[Number | None, said("累计开工")]
    percent: Annotated[Number | None, said("完成率，百分数")]
    as_of: Annotated[date | None, said("实际数所在填报期的数据截至")]


class ShareShape(Shape, frozen=True, kw_only=True):
    """一个单位的分解任务。"""

    unit: UnitShape
    line: LineShape


class ReadingShape(Shape, frozen=True, kw_only=True):
    """一次已通过的读数。"""

    unit_id: Annotated[int | None, said("单位编号；全域的为空")]
    as_of: Annotated[date, said("填报期的数据截至")]
    value: Annotated[Number | None, said("填报的累计数")]
    verified: Annotated[Number | None, said("核定数")]
    started: Annotated[Number | None, said("累计开工")]
    source: Annotated[str, said("来源")]


class IndicatorShape(Shape, frozen=True, kw_only=True):
    """一个量化指标，连同分解任务和读数，均为定稿时的。"""

    id: Annotated[int, said("指标编号")]
    item: Annotated[str, said("事项，如key_task-17")]
    name: Annotated[str, said("指标名称")]
    unit_of_measure: Annotated[str, said("计量单位")]
    kind: Annotated[str, said("cumulative累计，rate比率")]
    comparator: Annotated[str, said("ge以上，le以内，eq达到，about左右，between区间")]
    direction: Annotated[str, said("up越高越好，down越低越好")]
    stated: Annotated[str, said("来源、口径、说明")]
    baseline: Annotated[Number | None, said("上年底数")]
    line: LineShape
    shares: tuple[ShareShape, ...]
    readings: tuple[ReadingShape, ...]


class PeriodShape(Shape, frozen=True, kw_only=True):
    """填报期。"""

    code: Annotated[str, said("编号，如2022-07")]
    label: Annotated[str, said("名称，如7月")]
    cycle: Annotated[str, said("monthly按月，quarterly按季，half_yearly按半年")]
    data_as_of: Annotated[date, said("数据截至")]
    opens_on: Annotated[date, said("开始报送")]
    due_on: Annotated[date, said("报送截止，当日24时")]
    closes_on: Annotated[date, said("关闭日期")]
    state: Annotated[str, said("before启用前，collecting报送中，finalized已定稿")]
    finalized_at: Annotated[datetime | None, said("定稿时间")]


class CountShape(Shape, frozen=True, kw_only=True):
    """总览上的一个数，及台账中列出它的筛选条件。"""

    name: Annotated[str, said("数的名称，与页面data-n同名")]
    title: Annotated[str, said("所数为何")]
    count: Annotated[int, said("数")]
    filters: Annotated[dict[str, str], said("在items中列出这些事项的条件")]


class CountsShape(Shape, frozen=True, kw_only=True):
    """总览的数，各部分之和等于总数。"""

    data_as_of: Annotated[date | None, said("数据截至")]
    total: Annotated[int, said("事项总数")]
    counts: tuple[CountShape, ...]


class MatterShape(Shape, frozen=True, kw_only=True):
    """交办事项或督办单。"""

    kind: Annotated[str, said("instruction交办事项，order督办单")]
    id: Annotated[int, said("编号")]
    code: Annotated[str, said("文号，如批示〔2022〕3号")]
    source: Annotated[str, said("来源：written批示，meeting会议议定，check督查发现等；督办单为空")]
    title: Annotated[str, said("事项")]
    unit: UnitShape
    state: Annotated[str, said("状态")]
    state_words: Annotated[str, said("状态的中文名称")]
    due_on: Annotated[date, said("办理期限，重报的为重报期限")]
    is_overdue: Annotated[bool, said("今天是否逾期")]
    closed_on: Annotated[date | None, said("办结日期")]
    url: Annotated[str, said("页面的固定地址")]


class BulletinShape(Shape, frozen=True, kw_only=True):
    """通报、专报或公示稿。"""

    id: Annotated[int, said("编号")]
    kind: Annotated[str, said("bulletin督查通报，special督查专报，publication公示稿")]
    issue: Annotated[str, said("期数，如2022年第3期")]
    title: Annotated[str, said("标题")]
    state: Annotated[str, said("draft草稿，checking核对中，signed已签发，frozen已印发")]
    period: Annotated[str, said("填报期编号")]
    issued_on: Annotated[date | None, said("印发日期")]
    sha256: Annotated[str, said("印发文件的校验值")]
    url: Annotated[str, said("页面的固定地址")]


class Page(Shape, frozen=True, kw_only=True):
    """一页；没有下一页时next为空。"""

    count: Annotated[int, said("总数，不止本页")]
    page: Annotated[int, said("页码，从1起")]
    pages: Annotated[int, said("页数")]
    next: Annotated[str | None, said("下一页的地址")]


class Plans(Page, frozen=True, kw_only=True):
    """年度责任分解的一页。"""

    results: tuple[PlanShape, ...]


class Units(Page, frozen=True, kw_only=True):
    """单位的一页。"""

    results: tuple[UnitItemsShape, ...]


class Items(Page, frozen=True, kw_only=True):
    """事项的一页。"""

    results: tuple[ItemShape, ...]


class Designations(Page, frozen=True, kw_only=True):
    """责任表述的一页。"""

    results: tuple[DesignationShape, ...]


class Periods(Page, frozen=True, kw_only=True):
    """填报期的一页。"""

    results: tuple[PeriodShape, ...]


class Finalized(Page, frozen=True, kw_only=True):
    """定稿的一页。"""

    results: tuple[FinalizedShape, ...]


class Indicators(Page, frozen=True, kw_only=True):
    """指标的一页。"""

    results: tuple[IndicatorShape, ...]


class Matters(Page, frozen=True, kw_only=True):
    """交办事项或督办单的一页。"""

    results: tuple[MatterShape, ...]


class Bulletins(Page, frozen=True, kw_only=True):
    """通报的一页。"""

    results: tuple[BulletinShape, ...]


class Problem(Shape, frozen=True, kw_only=True):
    """为什么没有办成。"""

    detail: Annotated[str, said("一句话说明")]


ANSWERS: tuple[type[Shape], ...] = (
    *(Plans, Units, Items, Designations, Periods, Finalized, Indicators, Matters, Bulletins),
    *(CountsShape, Problem),
)
to_json = msgspec.json.Encoder(decimal_format="number").encode
PLACE = "#/components/schemas/{name}"


def components() -> dict[str, Any]:
    """Every shape as the OpenAPI has it, by name."""
    _, found = msgspec.json.schema_components(ANSWERS, ref_template=PLACE)
    return {name: _in_numbers(each) for name, each in found.items()}


def _in_numbers(schema: Any) -> Any:
    """With decimals said to be the numbers as which `to_json` writes them."""
    if isinstance(schema, list):
        return [_in_numbers(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "decimal":
        return {**schema, "type": "number"}
    return {name: _in_numbers(each) for name, each in schema.items()}


def reference(shape: type[Shape]) -> dict[str, str]:
    return {"$ref": PLACE.format(name=shape.__name__)}

"""Which figures are promises, and what each one counts, in sentences no notice has printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tasks.reader.directory import Directory
from tasks.reader.parsed import ParsedIndicator
from tasks.reader.parser import parse_notice
from tasks.reader.promised.promises import find_promises


def only(text: str) -> ParsedIndicator:
    (indicator,) = find_promises(text)
    return indicator


@pytest.mark.parametrize(
    ("text", "name", "value", "unit", "comparator"),
    [
        ("力争新增示例企业50家以上。", "新增示例企业", "50", "家", "ge"),
        ("建成公园3个;优化环境。", "建成公园", "3", "个", "eq"),
        ("贷款余额增长5%左右。", "贷款余额增长", "5", "%", "about"),
        ("城镇登记失业率控制在4%以内。", "城镇登记失业率", "4", "%", "le"),
        ("城镇登记失业率控制在4%。", "城镇登记失业率", "4", "%", "le"),
        ("债务率不超过60%。", "债务率", "60", "%", "le"),
        ("农村自来水普及率达到91%。", "农村自来水普及率", "91", "%", "eq"),
        ("营业收入突破120亿元。", "营业收入", "120", "亿元", "ge"),
        ("报批建设用地1.5万亩。", "报批建设用地", "1.5", "万亩", "eq"),
        ("培训农民１,２00人次。", "培训农民", "1200", "人次", "eq"),
        ("推动100余家企业上云。", "企业上云", "100", "家", "ge"),
        ("新增学位6400。", "新增学位", "6400", "个", "eq"),
        ("打通城区15条断头路。", "打通城区断头路", "15", "条", "eq"),
        ("拓宽示例路等3条瓶颈路。", "拓宽瓶颈路", "3", "条", "eq"),
        ("实施A厂改造、B厂搬迁等亿元以上项目7个。", "亿元以上项目", "7", "个", "eq"),
        ("新建5公里绿道。", "新建绿道", "5", "公里", "eq"),
        ("继续整合1亿元资金支持乡村振兴。", "整合资金", "1", "亿元", "eq"),
        ("引进投资5亿元以上项目20个。", "引进投资5亿元以上项目", "20", "个", "eq"),
        ("到2025年建成5G基站1000个。", "建成5G基站", "1000", "个", "eq"),
        ("推动10家以上企业挂牌上市。", "企业挂牌上市", "10", "家", "ge"),
        ("力争GDP突破2000亿元大关。", "GDP", "2000", "亿元", "ge"),
        ("粮食产量稳定在60万吨以上。", "粮食产量", "60", "万吨", "ge"),
        ("空气质量优良天数达到300天以上。", "空气质量优良天数", "300", "天", "ge"),
        ("审批时限压缩至3个工作日以内。", "审批时限", "3", "个工作日", "le"),
    ],
)
def test_a_promised_number_is_read_as_printed(
    text: str, name: str, value: str, unit: str, comparator: str
) -> None:
    found = only(text)
    assert (found.name, found.value, found.unit, found.comparator) == (
        name,
        Decimal(value),
        unit,
        comparator,
    )
    assert text[found.start : found.end] == found.source_text


@pytest.mark.parametrize(
    "text",
    [
        "引入时速350公里高铁。",
        "共同构筑200公里产业链闭环。",
        "网格化构建15分钟生活圈。",
        "完成停用时间3年以上的尾矿库整治。",
        "聚焦12条主导产业链。",
        "实施“5G+光网”和“人才10条”。",
        "落实《2022年行动方案(第3版)》。",
        "冲刺全国100强。",
        "推进PM2.5协同控制。",
        "力争负债50万元以下的村债务清零。",
        "开工S203、G106改建。",
        "备战第16届运动会。",
        "2022年12月底前完成。",
        "进入全国前50名。",
        "服务100人以上企业。",
        "投资50亿元的示例项目开工建设。",
        "",
    ],
)
def test_a_figure_that_describes_is_no_promise(text: str) -> None:
    assert find_promises(text) == ()


def test_a_range_has_an_upper_value() -> None:
    for text in ("推动1-2家企业上市。", "推动1—2家企业上市。", "推动1至2家企业上市。"):
        found = only(text)
        assert (found.value, found.upper) == (Decimal(1), Decimal(2))
        assert found.comparator == "between"


def test_an_enumeration_carries_its_verb_and_each_part_its_own_span() -> None:
    text = "改造老旧小区131个、背街小巷38条,惠及居民52630户。"
    found = find_promises(text)
    assert [each.name for each in found] == ["改造老旧小区", "改造背街小巷", "惠及居民"]
    assert [each.source_text for each in found] == [
        "改造老旧小区131个",
        "背街小巷38条",
        "惠及居民52630户",
    ]


def test_what_is_said_apart_is_shared_out_in_order() -> None:
    found = find_promises("电子信息、装备制造业产值分别突破300亿和400亿元。")
    assert [(each.name, each.value, each.unit, each.comparator) for each in found] == [
        ("电子信息业产值", Decimal(300), "亿元", "ge"),
        ("装备制造业产值", Decimal(400), "亿元", "ge"),
    ]


def test_stages_of_one_thing_are_named_after_it() -> None:
    found = find_promises("实施重大项目70个,开工入库25个以上,竣工投产20个以上。")
    assert [each.name for each in found] == [
        "重大项目",
        "重大项目开工入库",
        "重大项目竣工投产",
    ]


def test_equal_names_are_told_apart_by_what_stands_before_them() -> None:
    found = find_promises("新建小学3所,增加学位900个;新建初中2所,增加学位600个。")
    assert [each.name for each in found] == [
        "新建小学",
        "小学增加学位",
        "新建初中",
        "初中增加学位",
    ]


def test_shares_are_rates_unless_something_is_worked_off() -> None:
    assert only("污水处理率达33%以上。").kind == "rate"
    assert only("消化闲置土地30%以上。").kind == "cumulative"
    assert only("建成公园3个。").kind == "cumulative"


def test_what_is_to_be_kept_down_points_down() -> None:
    assert only("居民消费价格指数控制在3%以内。").direction == "down"
    assert only("地区生产总值增长8.5%左右。").direction == "up"


def test_starts_are_tracked_for_works_that_are_counted_one_by_one() -> None:
    assert only("加固改造危桥120座。").tracks_start
    assert not only("新增外贸企业30家以上。").tracks_start
    assert not only("优化调整公交路线10条。").tracks_start


@pytest.mark.parametrize(
    ("sentence", "readings"),
    [
        ("完成投资2,8亿元", "“2,8”有两种读法，请写2.8或28。"),
        ("完成投资2，8亿元", "“2,8”有两种读法，请写2.8或28。"),
        ("新增学位1 2个", "“1 2”有两种读法，请写1.2或12。"),
    ],
)
def test_a_figure_of_two_readings_is_no_indicator_but_a_warning(
    sentence: str, readings: str
) -> None:
    assert find_promises(sentence) == ()
    notice = parse_notice(
        f"一、发展\n1. {sentence}。（市住建局）", Directory.of(units=[], aliases={}, groups=[])
    )
    [warned] = [each for each in notice.warnings if "读法" in each.reason]
    assert (warned.line, warned.reason) == (2, f"{readings}未读入为指标")


@pytest.mark.parametrize("sentence", ["新增学位1,200个", "新增学位1 200个", "新增学位１，２００个"])
def test_separators_between_groups_of_three_are_read(sentence: str) -> None:
    assert [each.value for each in find_promises(sentence)] == [1200]


@pytest.mark.parametrize(
    "text",
    [
        "规上工业企业总数达到700家。",
        "高新技术企业达到300家以上。",
        "市场主体总量突破30万户。",
        "耕地保有量不低于100万亩。",
        "5G基站累计达到3000个。",
        "公办幼儿园学位保持在5万个以上。",
        "项目储备存量不少于200个。",
        "每千人口医疗床位不低于8张。",
        "城镇常住人口稳定在90万人。",
    ],
)
def test_a_height_that_is_there_already_is_no_amount_of_the_year(text: str) -> None:
    found = only(text)
    assert (found.kind, found.tracks_start) == ("rate", False)


@pytest.mark.parametrize(
    "text",
    [
        "新增规上企业达到100家。",
        "港口货物吞吐总量达到5000万吨。",
        "粮食产量稳定在60万吨以上。",
        "工业总产值达到3000亿元。",
        "全年累计培训达到5000人次。",
        "新签约项目达到50个。",
        "城镇新增就业不少于2万人。",
        "接待游客总数突破1000万人次。",
        "建成公园总数不少于3个。",
    ],
)
def test_what_a_year_brings_forth_is_counted_from_january(text: str) -> None:
    assert only(text).kind == "cumulative"


def test_a_total_is_one_of_what_was_said_before_it() -> None:
    found = find_promises("新增规上企业100家，总数达到700家。")
    assert [(each.name, each.kind) for each in found] == [
        ("新增规上企业", "cumulative"),
        ("规上企业总数", "rate"),
    ]

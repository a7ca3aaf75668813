"""What a person decides changes the next reading of the same source, and nothing else does."""

from __future__ import annotations

import pytest

from tasks.reader import decisions as decided
from tasks.reader.body.draft import demanded
from tasks.reader.decisions import NOTHING, Decision, Decisions
from tasks.reader.directory import Directory
from tasks.reader.finish.doubts import unused
from tasks.reader.parser import parse_notice
from tasks.reader.passages import Passage
from tasks.reader.read import read
from tasks.reader.reading import Doubt, Reading
from tasks.reader.reference import notice_text, reference_directory
from tasks.reader.sources.lines import Cell, Line, Source
from tasks.reader.sources.opening import open_file
from tasks.reader.sources.text import from_text
from tasks.reader.tests.labelled import DATA, NOBODY

SMALL = """云川县2023年重点工作任务分解表
一、工业
1.新建厂房3万平方米。（责任单位：县工信局、县财政局）
这一句谁也不认识，它说的是另外一件事情，没有编号。
2.培育企业12家。（责任单位：县科技局、县工信局）
"""


def small(*decisions: Decision, directory: Directory = NOBODY) -> Reading:
    return read(from_text(SMALL), directory, NOTHING.having(*decisions))


def doubt(reading: Reading, kind: str) -> Doubt:
    return next(each for each in reading.doubts if each.kind == kind)


def choose(of: Doubt, words: str) -> Decision:
    return next(each.decision for each in of.answers if each.words == words)


def test_the_same_source_and_decisions_give_the_same_reading() -> None:
    assert small() == small()


def test_decisions_survive_being_stored() -> None:
    made = NOTHING.having(
        Decision(decided.STYLE, "", "arabic"), Decision(decided.NAME, "县工信局", "县经信局")
    )
    assert Decisions.from_json(made.to_json()) == made
    assert made.without(decided.STYLE, "").of(decided.STYLE) == {}


def test_a_convention_is_off_until_a_person_says_yes() -> None:
    before = small()
    assert [(each.key, each.is_on, each.said) for each in before.conventions] == [
        ("first_leads", False, None)
    ]
    assert before.items[0].names("lead") == ["县工信局", "县财政局"]
    after = small(Decision(decided.CONVENTION, "first_leads", "yes"))
    assert after.items[0].names("lead") == ["县工信局"]
    assert after.items[0].names("support") == ["县财政局"]
    assert after.conventions[0].is_confirmed


def test_a_convention_that_the_notice_states_is_on_until_a_person_says_no() -> None:
    source = open_file(DATA / "c7_restart_gb18030.txt")
    before = read(source, NOBODY)
    (convention,) = before.conventions
    assert (convention.is_on, convention.is_confirmed) == (True, False)
    assert convention.said is not None
    assert convention.text.startswith("列第一位者为牵头单位")
    after = read(source, NOBODY, NOTHING.having(Decision(decided.CONVENTION, "first_leads", "no")))
    assert len(after.items[0].names("lead")) == 3


def test_a_name_is_answered_once_for_all_its_places() -> None:
    directory = Directory.of(units=["县经济和信息化局"], aliases={}, groups=[])
    before = small(directory=directory)
    unknown = {each.key: each for each in before.doubts if each.kind == "unknown_unit"}
    assert len(unknown["unknown_unit@县工信局"].places) == 2
    after = small(Decision(decided.NAME, "县工信局", "县经济和信息化局"), directory=directory)
    assert [each.names("lead") for each in after.items] == [
        ["县经济和信息化局", "县财政局"],
        ["县科技局", "县经济和信息化局"],
    ]
    assert "unknown_unit@县工信局" not in {each.key for each in after.doubts}
    without = small(Decision(decided.NAME, "县工信局", ""))
    assert [each.names("lead") for each in without.items] == [["县财政局"], ["县科技局"]]


def test_text_that_nobody_knows_becomes_what_is_answered() -> None:
    of = doubt(small(), "unused")
    assert of.text == "这一句谁也不认识，它说的是另外一件事情，没有编号。"
    assert [each.words for each in of.answers] == [
        "也是一项", "工作要求", "标题", "上一行的内容", "不采用", "原文如此",
    ]  # fmt: skip
    item = small(choose(of, "也是一项"))
    assert [each.number for each in item.items] == [1, 3, 2]
    assert item.items[1].text == of.text
    plan = small(choose(of, "工作要求"))
    assert (plan.paragraphs[-1].kind, plan.paragraphs[-1].text) == ("requirement", of.text)
    left = small(choose(of, "不采用"))
    assert of.text in {each.text for each in left.unused}
    for each in (item, plan, left, small(choose(of, "原文如此"))):
        assert "unused" not in {one.kind for one in each.doubts}


def likely_for(name: str) -> list[str]:
    text = SMALL.replace("县科技局、县工信局", name)
    doubts = read(from_text(text), reference_directory()).doubts
    of = next(each for each in doubts if each.key == f"unknown_unit@{name}")
    return [each.words for each in of.answers if each.is_likely]


def test_only_a_name_that_may_be_the_unit_is_the_likely_answer() -> None:
    assert likely_for("市发改局") == ["= 市发改委"]
    assert likely_for("市水利湖泊局") == ["= 市水利和湖泊局"]
    assert likely_for("市文旅投集团") == []  # near to 市东楚投资集团 by its letters


def test_a_missing_number_is_at_the_item_before_it() -> None:
    of = doubt(small_of("2.培育企业12家。", "4.培育企业12家。"), "gap")
    assert (of.sentence, of.item) == ("重点工作第2、3项缺号", 0)
    assert doubt(small_of("1.新建厂房", "2.新建厂房"), "gap").item == 0


def small_of(old: str, new: str) -> Reading:
    return read(from_text(SMALL.replace(old, new)), NOBODY)


def test_text_that_says_when_to_report_is_kept_as_that() -> None:
    passage = Passage.of(9, "以上任务由市发改局每月25日前汇总报市政府办公室。")
    of = unused(passage, "未识别的内容", is_whole_line=True)
    likely = [each for each in of.answers if each.is_likely]
    assert [(each.words, each.decision.value) for each in likely] == [("报送要求", decided.PLAN)]
    assert demanded(passage.text) == "reporting"


def test_the_two_promises_of_the_letter_become_what_is_decided() -> None:
    source, directory = from_text(notice_text()), reference_directory()
    before = read(source, directory)
    first, second = [each for each in before.doubts if each.kind == "promise"]
    assert first.text == "全面完成省下达的节能减排任务。"
    assert second.text == "确保各项主要经济指标增速进入全省第一方阵。"
    made = NOTHING.having(choose(first, "也是一项"), choose(second, "工作要求"))
    after = read(source, directory, made)
    assert len(after.items) == 145
    assert after.items[0].text == first.text
    assert after.items[0].number == 135
    assert second.text in {each.text for each in after.paragraphs if each.kind == "requirement"}
    assert not [each for each in after.doubts if each.kind == "promise"]
    assert after.items[1:] == before.items


def test_another_style_can_be_chosen() -> None:
    source = open_file(DATA / "16_fsou_zeren_bumen_p3.txt")
    assert read(source, NOBODY).style == "arabic"
    other = read(source, NOBODY, NOTHING.having(Decision(decided.STYLE, "", "arabic_paren")))
    assert other.style == "arabic_paren"
    assert len(other.items) == 13
    assert [each.name for each in other.candidates if each.is_chosen] == ["arabic_paren"]


def test_a_style_that_is_not_there_is_passed_over() -> None:
    assert small(Decision(decided.STYLE, "", "nobody")).style == "arabic"


def test_columns_are_mapped_by_hand() -> None:
    source = open_file(DATA / "c1_table.docx")
    (table,) = read(source, NOBODY).tables
    assert [table.fields[at] for at in sorted(table.fields)] == [
        "number", "text", "lead", "responsible", "deadline",
    ]  # fmt: skip
    assert table.heads[2] == "牵头单位"
    made = NOTHING.having(Decision(decided.COLUMN, f"{table.key}:2", "unused"))
    item = read(source, NOBODY, made).items[0]
    assert "市发改局" not in {each.name for each in item.designations}


def test_the_head_is_typed_where_it_is_not_read() -> None:
    assert small().head.issued_on is None
    after = small(
        Decision(decided.HEAD, "issued_on", "2023-02-01"),
        Decision(decided.HEAD, "document_number", "云政发〔2023〕1号"),
    )
    assert str(after.head.issued_on) == "2023-02-01"
    assert after.head.document_number == "云政发〔2023〕1号"
    assert "head" not in {each.kind for each in after.doubts}


def test_decisions_about_places_that_are_not_there_change_nothing() -> None:
    odd = [
        Decision(decided.PLACE, key, decided.ITEM)
        for key in ("9:0:9:4", "x", "0:0:0:0", "2:3:1:0", "1:900:1:901")
    ]
    odd += [Decision(decided.LINE, "77", decided.ITEM), Decision(decided.COLUMN, "t9:x", "text")]
    assert small(*odd) == small()


def test_a_notice_goes_through_the_same_decisions() -> None:
    notice = parse_notice(SMALL, NOBODY, NOTHING.having(Decision(decided.NAME, "县财政局", "")))
    assert notice.items[0].names("lead") == ["县工信局"]


def _merged() -> Source:
    """A table whose number, title and lead are merged over two rows of one item."""
    rows: list[list[tuple[str, int]]] = [
        [("序号", 1), ("项目名称", 1), ("工作内容", 1), ("牵头单位", 1), ("配合单位", 1)],
        [("1", 2), ("教育工程", 2), ("新建小学3所", 1), ("市教育局", 2), ("市住建局", 1)],
        [("改建中学2所", 1), ("市财政局", 1)],
        [("2", 1), ("道路工程", 1), ("改造道路5条", 1), ("市住建局", 1), ("市财政局", 1)],
    ]
    columns = [range(5), range(5), (2, 4), range(5)]
    cells = [
        (text, Cell(0, row, column, rows=height))
        for row, (texts, places) in enumerate(zip(rows, columns, strict=True))
        for (text, height), column in zip(texts, places, strict=True)
    ]
    return Source("docx", tuple(Line(n, *each) for n, each in enumerate(cells, start=1)))


def test_what_is_merged_over_the_rows_of_an_item_is_the_items() -> None:
    title = Decision(decided.COLUMN, "t0:1", "title")
    parts = Decision(decided.TABLE, "t0:parts", "yes")
    apart = read(_merged(), NOBODY, NOTHING.having(title))
    joined = read(_merged(), NOBODY, NOTHING.having(title, parts))
    assert apart.tables[0].shares_numbers
    assert [each.number for each in apart.items] == [1, 1, 2]
    first, second = joined.items
    assert first.text == "教育工程新建小学3所改建中学2所"
    assert first.names("lead") == ["市教育局"]
    assert [(each.text, each.names("support")) for each in first.sub_items] == [
        ("新建小学3所", ["市住建局"]),
        ("改建中学2所", ["市财政局"]),
    ]
    assert (second.number, second.sub_items) == (2, ())
    assert not joined.unused


@pytest.mark.parametrize("name", ["c1_table.docx", "c2_sheet.xlsx"])
def test_any_table_may_be_read_with_parts_and_as_projects(name: str) -> None:
    source = open_file(DATA / name)
    tables = read(source, NOBODY).tables
    chosen = [
        Decision(decided.TABLE, f"{table.key}:{option}", value)
        for table in tables
        for option, value in (("parts", "yes"), ("kind", "practical_project"))
    ]
    reading = read(source, NOBODY, NOTHING.having(*chosen))
    assert {each.kind for each in reading.items} == {"practical_project"}
    assert len(reading.items) == len(read(source, NOBODY).items)  # no two rows share a number
    assert all(each.kind == "practical_project" and each.has_parts for each in reading.tables)

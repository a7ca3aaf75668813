"""A pasted list of units, as people copy it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from units.first_run import pasted
from units.first_run.pasted import Row

KINDS = {"municipal_department": "市直部门", "county_government": "县市区政府", "park": "园区"}


def rows(text: str, known: tuple[str, ...] = ()) -> list[Row]:
    return pasted.read(text, kinds=KINDS, known=known)


def test_a_line_is_a_unit_and_its_brackets_hold_other_names() -> None:
    found = rows("市政府办公室\n\n  市发展和改革局（市发改局、发改局）\r\n3、市教育局\n")
    assert [(each.line, each.name) for each in found] == [
        (1, "市政府办公室"),
        (3, "市发展和改革局"),
        (4, "市教育局"),
    ]
    assert found[1].aliases == ("市发改局", "发改局")
    assert found[1].notes == ()


def test_columns_copied_from_a_table_say_kind_and_aliases() -> None:
    (only,) = rows("7\t江口新城\t园区\t江口")
    assert (only.name, only.kind, only.aliases, only.notes) == ("江口新城", "park", ("江口",), ())


def test_kinds_are_guessed_by_the_last_word_and_doubtful_ones_say_so() -> None:
    guessed = {
        "市住房和城乡建设局": "municipal_department",
        "江北区政府": "county_government",
        "绣林街道办事处": "county_government",
        "新厂镇人民政府": "county_government",
        "高新区管委会": "park",
        "市城投公司": "state_enterprise",
        "市第一人民医院": "institution",
        "市委宣传部": "party_mass",
        "市残联": "party_mass",
        "市税务局": "central_provincial",
        "临江海关": "central_provincial",
    }
    found = rows("\n".join(guessed))
    assert {each.name: each.kind for each in found} == guessed
    (doubtful,) = rows("江上明珠专班")
    assert doubtful.notes == ("类别是推测的，请确认",)


def test_short_names_are_guessed_and_marked() -> None:
    (only,) = rows("市住房和城乡建设局")
    assert only.aliases == ("市住建局",)
    assert "别名按惯例推测" in only.notes


def test_a_unit_that_is_listed_twice_is_one_and_the_row_is_named() -> None:
    found = rows("市住房和城乡建设局\n市教育局\n市住建局\n市教育局")
    assert [each.same for each in found] == [
        "",
        "",
        "与第1行是同一单位，将合并",
        "与第2行是同一单位，将合并",
    ]
    shorter_first = rows("市住建局\n市住房和城乡建设局")
    assert shorter_first[1].same == "与第1行是同一单位，将合并"
    assert shorter_first[0].aliases == ("市住房和城乡建设局",)


def test_a_unit_that_is_there_is_not_entered_again() -> None:
    (only,) = rows("市教育局", known=("市教育局",))
    assert only.same == "已有这个单位，不再新增"


def test_an_alias_stays_with_the_first_that_claims_it() -> None:
    first, second = rows("市文旅集团（文旅）\n市文化和旅游局（文旅）")
    assert first.aliases == ("文旅",)
    assert second.aliases == ()
    assert "“文旅”是其他单位的名称，没有列为别名" in second.notes


def test_what_is_no_list_is_refused_with_a_sentence() -> None:
    assert pasted.objection(rows(" \n\n")) == pasted.EMPTY
    assert pasted.objection(rows("市教育局、市财政局、市公安局")) == pasted.ONE_LINE
    assert pasted.objection(rows("\n".join(f"示例{n}局" for n in range(201)))) == pasted.TOO_MANY
    assert pasted.objection(rows("市教育局")) == ""


@given(st.text(max_size=300))
def test_nothing_that_is_pasted_fails(text: str) -> None:
    for each in rows(text):
        assert pasted.row_of(each.kept()) == each


def test_a_name_in_brackets_may_have_another_in_brackets() -> None:
    found = rows(
        "市城管执法局（市城管委（市综合执法局））\n"
        "市商务局（市口岸办、市招商局(市投促局)）\n"
        "各县(市、区)政府"
    )
    assert found[0].aliases == ("市城管委", "市综合执法局")
    assert found[1].aliases == ("市口岸办", "市招商局", "市投促局")
    names = [each.name for each in found]
    assert names == ["市城管执法局", "市商务局", "各县(市、区)政府"]

"""Names as they are printed, resolved by the directory."""

from __future__ import annotations

from tasks.reader.directory import Directory
from tasks.reader.letter import withdraws
from tasks.reader.parsed import GROUP, UNIT, UNKNOWN
from tasks.reader.read import read
from tasks.reader.sources.text import from_text

KNOWN = Directory.of(
    units=["市商务局", "市林业局", "新港(物流)园区"], aliases={}, groups=["各县(市、区)政府"]
)


def test_one_unit_under_two_names_is_known_by_either() -> None:
    assert KNOWN.resolve("市商务局（市口岸办）") == ("市商务局", UNIT)
    assert KNOWN.resolve("市绿化办(市林业局)") == ("市林业局", UNIT)
    assert KNOWN.resolve("市口岸办（市绿化办）")[1] == UNKNOWN


def test_brackets_that_belong_to_a_name_stay_in_it() -> None:
    assert KNOWN.resolve("新港（物流）园区") == ("新港(物流)园区", UNIT)
    assert KNOWN.resolve("各县（市、区）政府") == ("各县(市、区)政府", GROUP)


def test_the_second_name_is_no_unit_of_its_own_in_a_notice() -> None:
    text = "2023年重点工作\n1.出口增长5%。（牵头单位：市商务局（市口岸办）；配合单位：市林业局）\n"
    (item,) = read(from_text(text), KNOWN).items
    named = [(one.role, one.printed_name, one.name) for one in item.designations]
    assert named == [
        ("lead", "市商务局（市口岸办）", "市商务局"),
        ("support", "市林业局", "市林业局"),
    ]


def test_what_takes_an_item_back_is_an_item_and_no_heading() -> None:
    text = "关于调整2023年重点工作的通知\n1.造林1万亩。（牵头单位：市林业局）\n2.取消第31项。\n"
    assert [each.text for each in read(from_text(text), KNOWN).items] == [
        "造林1万亩。",
        "取消第31项。",
    ]
    assert withdraws("第17项“改造道路”不再列入年度重点工作。")
    assert not withdraws("取消证明事项100项。")

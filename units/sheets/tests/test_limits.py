"""No workbook of 5 MB takes more than 5 seconds or 300 MB, whatever somebody put into it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from units.sheets.package import FILE_LIMIT
from units.sheets.tests.filled import made_strict
from units.sheets.tests.measured import FAILED, MEGABYTES, REFUSED, SECONDS, TABLE, Meter, meter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OF_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
LETTERS = "ABCDEFGHIJKL"
HEAD = "".join(
    f'<c r="{letter}1" t="inlineStr"><is><t>{column.title}</t></is></c>'
    for letter, column in zip(LETTERS, TABLE.columns, strict=True)
)


def book(
    cells: str = "", *, strings: str = "", styles: str = "", after: str = "", **parts: str
) -> bytes:
    """A workbook by hand: `cells` are rows under the head, `parts` more parts by their name."""
    written = {
        "[Content_Types].xml": f'<Types xmlns="{OF_PACKAGE}/content-types"/>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
        '<sheet name="数字" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{OF_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{at}" Type="{LINKS}/{kind}" Target="{target}"/>'
            for at, (kind, target) in enumerate(
                (
                    ("worksheet", "worksheets/sheet1.xml"),
                    ("sharedStrings", "sharedStrings.xml"),
                    ("styles", "styles.xml"),
                ),
                start=1,
            )
        )
        + "</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{HEAD}</row>'
        f"{cells}</sheetData>{after}</worksheet>",
    } | {name.replace("__", "/").replace("_DOT_", "."): text for name, text in parts.items()}
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name, text in written.items():
            target.writestr(name, text)
    content = stream.getvalue()
    assert len(content) < FILE_LIMIT
    return content


def many(rows: int, columns: int, cell: str) -> str:
    found = []
    for row in range(2, rows + 2):
        cells = "".join(cell.format(p=f"{letter}{row}") for letter in LETTERS[:columns])
        found.append(f'<row r="{row}">{cells}</row>')
    return "".join(found)


def hostile() -> Iterator[tuple[str, bytes]]:
    """The worst of each kind that anybody could think of."""
    yield (
        "two far cells",
        book(
            '<row r="2"><c r="A2"><v>1</v></c></row>'
            '<row r="20000"><c r="SF20000"><v>1</v></c></row>'
        ),
    )
    yield "the last cell", book('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    yield "as many cells as may be", book(many(16_000, 12, '<c r="{p}"><v>1.5</v></c>'))
    yield "more cells than may be", book(many(18_000, 12, '<c r="{p}"><v>1.5</v></c>'))
    yield "a million blanks", book(many(80_000, 12, '<c r="{p}" s="1"/>'))
    yield (
        "one text everywhere",
        book(
            many(9_000, 12, '<c r="{p}" t="s"><v>0</v></c>'),
            strings=f"<si><t>{'长' * 32_000}</t></si>",
        ),
    )
    yield (
        "one text of 30 MB",
        book(
            '<row r="2"><c r="A2" t="inlineStr"><is><t>' + "x" * 30_000_000 + "</t></is></c></row>"
        ),
    )
    yield "an attribute of 30 MB", book(f'<row r="2"><c r="A2" x="{"x" * 30_000_000}"/></row>')
    yield "a million strings", book(strings="<si><t>a</t></si>" * 1_000_000)
    yield "nested deep", book("<a>" * 3_000_000)
    yield "nested deep in another part", book(xl__drawings__a_DOT_xml="<a>" * 3_000_000)
    yield "ten million elements", book(xl__drawings__a_DOT_xml=f"<a>{'<b/>' * 8_000_000}</a>")
    yield (
        "merged everywhere",
        book(after="<mergeCells>" + '<mergeCell ref="A1:L16000"/>' * 5 + "</mergeCells>"),
    )
    yield (
        "backward merges",
        book(after="<mergeCells>" + '<mergeCell ref="B9:A1"/>' * 500_000 + "</mergeCells>"),
    )
    yield (
        "links over everything",
        book(
            after="<hyperlinks>"
            + '<hyperlink ref="A1:XFD1048576" location="a"/>' * 9
            + "</hyperlinks>"
        ),
    )
    yield (
        "one sheet a thousand times",
        book(
            many(10_000, 12, '<c r="{p}"><v>1</v></c>'),
            xl__workbook_DOT_xml=f'<workbook xmlns:r="{LINKS}"><sheets>'
            + "".join(f'<sheet name="{at}" r:id="rId1"/>' for at in range(1000))
            + "</sheets></workbook>",
        ),
    )
    yield (
        "formats without end",
        book(
            many(4_000, 12, '<c r="{p}" s="1"><v>1</v></c>'),
            styles=f'<numFmts><numFmt numFmtId="164" formatCode="{"0," * 9_000_000}"/></numFmts>'
            '<cellXfs><xf/><xf numFmtId="164"/></cellXfs>',
        ),
    )
    yield (
        "a format for every cell",
        book(
            "".join(
                f'<row r="{at}"><c r="A{at}" s="{at}"><v>1</v></c></row>' for at in range(2, 20_000)
            ),
            styles="<numFmts>"
            + "".join(
                f'<numFmt numFmtId="{at + 164}" formatCode="0\'{at}\'"/>' for at in range(20_000)
            )
            + "</numFmts><cellXfs>"
            + "".join(f'<xf numFmtId="{at + 164}"/>' for at in range(20_000))
            + "</cellXfs>",
        ),
    )
    yield "a bad row each", book(many(19_990, 2, '<c r="{p}" t="inlineStr"><is><t>甲</t></is></c>'))


@pytest.fixture(scope="module")
def running(tmp_path_factory: Any) -> Iterator[Meter]:
    folder: Path = tmp_path_factory.mktemp("books")
    with meter(folder) as found:
        yield found


def test_the_worst_of_each_kind_stays_within_the_limits(running: Meter) -> None:
    over = {}
    for name, content in hostile():
        cost = running.cost_of(content)
        if cost.seconds > SECONDS or cost.megabytes > MEGABYTES or cost.end not in (0, REFUSED):
            over[name] = cost
    assert over == {}


VALUES = st.sampled_from(
    [
        "<v>1.5</v>",
        "<v>44773</v>",
        "<f>1+1</f>",
        "<f>1+1</f><v>2</v>",
        "<v>x</v>",
        "",
        "<is><t>甲\u200b</t></is>",
        '<f>_xlfn.DISPIMG("a",1)</f><v>=DISPIMG("a",1)</v>',
    ]
)
KINDS = st.sampled_from(["n", "s", "str", "inlineStr", "b", "e", "d", "?"])
PLACES = st.builds(
    "{}{}".format,
    st.sampled_from([*LETTERS, "SF", "XFD", "ZZZ", "a"]),
    st.sampled_from([0, 1, 2, 3, 9, 500, 19_999, 20_001, 1_048_576]),
)
CODES = st.text('0#?.,%"\\_*[]$;@-/Eehmsdy 个红', max_size=20)


@st.composite
def workbooks(draw: Any) -> bytes:
    """Anything that may stand in a workbook, in any combination."""
    cells = "".join(
        f'<row><c r="{place}" t="{kind}" s="{style}">{value}</c></row>'
        for place, kind, style, value in draw(
            st.lists(st.tuples(PLACES, KINDS, st.integers(0, 4), VALUES), max_size=30)
        )
    )
    codes = draw(st.lists(CODES, max_size=4))
    escaped = [code.replace("&", "&amp;").replace('"', "&quot;") for code in codes]
    areas = draw(st.lists(st.tuples(PLACES, PLACES), max_size=4))
    content = book(
        cells * draw(st.sampled_from([1, 1, 40, 2_000])),
        strings="<si><t>甲</t></si>" * draw(st.integers(0, 3)),
        styles="<numFmts>"
        + "".join(
            f'<numFmt numFmtId="{at}" formatCode="{code}"/>' for at, code in enumerate(escaped, 164)
        )
        + "</numFmts><cellXfs><xf/>"
        + "".join(f'<xf numFmtId="{164 + at}"/>' for at in range(len(codes)))
        + "</cellXfs>",
        after="<mergeCells>"
        + "".join(f'<mergeCell ref="{first}:{last}"/>' for first, last in areas)
        + "</mergeCells>",
        xl__a_DOT_xml="<a>" * draw(st.sampled_from([0, 90, 200, 100_000])),
    )
    return made_strict(content) if draw(st.booleans()) else content


def check(running: Meter, examples: int) -> None:
    @given(workbooks())
    @settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    def stays_within(content: bytes) -> None:
        cost = running.cost_of(content)
        assert cost.end != FAILED
        assert cost.seconds <= SECONDS
        assert cost.megabytes <= MEGABYTES

    stays_within()


def test_any_workbook_stays_within_the_limits(running: Meter) -> None:
    check(running, 25)


@pytest.mark.slow
def test_many_workbooks_stay_within_the_limits(running: Meter) -> None:
    check(running, 600)

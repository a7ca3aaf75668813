"""Cells out of the parts of a workbook: each as the text that is seen in it, or why there is none.

Looks, drawings and properties are never read, so nothing damaged in them keeps a workbook out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from huangshi_tasks.lib.cell_text import LONGEST_TEXT, utf16_length
from huangshi_tasks.lib.figures import trimmed
from units.sheets.formats import FIRST_OWN, Formats, Seen, code_of, day_text
from units.sheets.parts import TOO_MUCH, Malformed, PartReader, TooMuch

CELLS_LIMIT = 200_000  # with something in them
MERGES_LIMIT = 20_000
FORMATS_LIMIT = 4_000
TEXT_LIMIT = 10_000_000  # characters of all cells
ROWS_LIMIT, COLUMNS_LIMIT = 20_000, 500
RETURN = "_x000D_"  # of line ends that were pasted from Windows programs
ESCAPED = re.compile(f"_x005F_(?=x[0-9A-Fa-f]{{4}}_)|{RETURN}")
LONGEST_FIGURE = 40

NO_RESULT = "单元格是没有结果的公式，请改为直接填写内容。"
FAULTY = "单元格是公式错误，请改为直接填写内容。"
PICTURE = "单元格里是嵌入的图片，读不出内容；请写成文字，图片在填报页面的“佐证材料”上传。"
TOO_LONG = "内容超过32767字，请删减。"
TOO_FAR = "工作表“{}”的{}单元格有内容，离表格太远，请删除后上传。"

_PICTURE = re.compile(r"\s*=?\s*(?:_xlfn\.)?(?:DISPIMG|IMAGE)\s*\(", re.IGNORECASE)
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6}):\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
Area = tuple[int, int, int, int]  # first row, first column, last row, last column


def text_seen(written: str) -> Seen:
    """What a cell of text says, spelled as a person would type it."""
    if _PICTURE.match(written):
        return Seen(trimmed(written), PICTURE)
    if len(written) * 2 > LONGEST_TEXT and utf16_length(written) > LONGEST_TEXT:
        return Seen(written[:100], TOO_LONG)
    if "_x" in written:
        written = ESCAPED.sub(lambda found: "" if found[0] == RETURN else "_", written)
    return Seen(trimmed(written.replace("\r\n", "\n")))


class WorkbookReader(PartReader):
    """The sheets in their order, as name and id of the link to the part; the first day of dates."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.epoch: datetime = WINDOWS_EPOCH

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            link = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes.get("name", ""), link))
        elif name == "workbookPr" and attributes.get("date1904") in ("1", "true", "on"):
            self.epoch = MAC_EPOCH


class StylesReader(PartReader):
    """The number format of each style. `is_whole` once all of them were heard."""

    def __init__(self) -> None:
        self.own: dict[int, str] = {}
        self.numbers: list[int] = []
        self.is_inside = self.is_whole = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "cellXfs":
            self.is_inside = True
        elif name == "xf" and self.is_inside:
            self.numbers.append(_whole(attributes.get("numFmtId", "0")))
        elif name == "numFmt":
            number = _whole(attributes.get("numFmtId", ""))
            if number >= FIRST_OWN:
                self.own.setdefault(number, attributes.get("formatCode", ""))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.is_inside, self.is_whole = False, True

    @property
    def codes(self) -> tuple[str, ...] | None:
        """By number of the style; None where there are more than any program writes."""
        if len(self.own) > FORMATS_LIMIT:
            return None
        return tuple(code_of(number, self.own) for number in self.numbers)


class StringsReader(PartReader):
    """The texts that cells share, in order."""

    def __init__(self) -> None:
        self.texts: list[Seen] = []
        self.pieces: list[str] = []
        self.length = 0
        self.is_text = self.is_aside = False  # aside: how a word is pronounced

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.is_aside = self.is_aside or name == "rPh"
        self.is_text = name == "t" and not self.is_aside

    def end(self, name: str) -> None:
        self.is_text = False
        if name == "rPh":
            self.is_aside = False
        elif name == "si":
            self.texts.append(text_seen("".join(self.pieces)))
            self.pieces, self.length = [], 0
            if len(self.texts) > CELLS_LIMIT:
                raise TooMuch(TOO_MUCH)

    def text(self, written: str) -> None:
        if self.is_text and self.length <= LONGEST_TEXT:
            self.length += len(written)
            self.pieces.append(written)


class SheetReader(PartReader):
    """The cells of one sheet that have something in them, and what is merged.

    `weight` counts all cells, those without value too. Raises `TooMuch`.
    """

    def __init__(self, name: str, strings: list[Seen], formats: Formats) -> None:
        self.name, self.strings, self.formats = name, strings, formats
        self.rows: dict[int, dict[int, Seen]] = {}
        self.merges: list[Area] = []
        self.weight = self.filled = self.size = self.covered = 0
        self.row = self.column = 0
        self.cell: Mapping[str, str] | None = None
        self.has_formula = self.has_value = self.is_aside = False
        self.pieces: list[str] | None = None
        self.value = self.formula = ""
        self.length = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._open(attributes)
        elif self.cell is not None:
            self.is_aside = self.is_aside or name == "rPh"
            if name in ("v", "f") or (name == "t" and not self.is_aside):
                self.pieces = []
        elif name == "row":
            self.row, self.column = _whole(attributes.get("r", "")) or self.row + 1, 0
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "hyperlink":
            self.weight += weight_of(attributes.get("ref", ""))
        elif name == "sheetData":
            self.row = 0

    def _merge(self, reference: str) -> None:
        area = area_of(reference)
        self.covered += size_of(area) if area is not None else CELLS_LIMIT + 1
        if area is None or self.covered > CELLS_LIMIT or len(self.merges) >= MERGES_LIMIT:
            raise TooMuch(TOO_MUCH)
        self.merges.append(area)

    def _open(self, attributes: Mapping[str, str]) -> None:
        self.weight += 1
        self.cell, self.value, self.formula, self.length = attributes, "", "", 0
        self.has_value = self.has_formula = False
        place = attributes.get("r")
        if place is None:
            self.column += 1
        else:
            found = _PLACE.fullmatch(place)
            if found is None:
                raise Malformed
            self.column, self.row = column_index_from_string(found[1]), int(found[2])

    def text(self, written: str) -> None:
        if self.pieces is not None and self.length <= LONGEST_TEXT:
            self.length += len(written)
            self.pieces.append(written)

    def end(self, name: str) -> None:
        if self.cell is None:
            return
        if name in ("v", "t", "f") and self.pieces is not None:
            if name == "f":
                self.has_formula, self.formula = True, "".join(self.pieces)
            else:
                self.has_value, self.value = True, self.value + "".join(self.pieces)
            self.pieces = None
        elif name == "rPh":
            self.is_aside = False
        elif name == "c":
            self._close(self.cell)
            self.cell = None

    def _close(self, cell: Mapping[str, str]) -> None:
        if not (self.has_value or self.has_formula):
            return
        seen = self._seen(cell)
        if not (seen.text or seen.problem):
            return
        self.filled += 1
        self.size += len(seen.text)
        if self.filled > CELLS_LIMIT or self.size > TEXT_LIMIT:
            raise TooMuch(TOO_MUCH)
        if self.row > ROWS_LIMIT or self.column > COLUMNS_LIMIT:
            place = cell.get("r") or f"第{self.row}行第{self.column}列"
            raise TooMuch(TOO_FAR.format(self.name, place))
        self.rows.setdefault(self.row, {})[self.column] = seen

    def _seen(self, cell: Mapping[str, str]) -> Seen:
        kind, value = cell.get("t", "n"), self.value
        is_picture = _PICTURE.match(self.formula) or (kind == "e" and "vm" in cell)
        if is_picture:
            return Seen(f"={self.formula}" if self.formula else value, PICTURE)
        if self.has_formula and not value and kind != "str":
            return Seen(f"={self.formula}" if self.formula else "", NO_RESULT)
        if kind in ("inlineStr", "str"):
            return text_seen(value)
        if not value:
            return Seen()
        if kind == "s":
            return self._shared(value)
        if kind == "b":
            return Seen("是" if value in ("1", "true") else "否")
        if kind == "e":
            return Seen(value, FAULTY)
        return _dated(value) if kind == "d" else self._figure(cell, value)

    def _shared(self, value: str) -> Seen:
        place = _whole(value)
        if place >= len(self.strings) or not value.strip().isdecimal():
            raise Malformed
        return self.strings[place]

    def _figure(self, cell: Mapping[str, str], value: str) -> Seen:
        plain = value.strip()
        if len(plain) > LONGEST_FIGURE:
            raise Malformed
        try:
            number = int(plain) if plain.lstrip("-").isdecimal() else float(plain)
        except ValueError:
            raise Malformed from None
        return self.formats.seen(number, _whole(cell.get("s", "0")))


def area_of(reference: str) -> Area | None:
    """The bounds of A1:B2, or of one cell; None for whole columns and rows."""
    found = _AREA.fullmatch(reference if ":" in reference else f"{reference}:{reference}")
    if found is None:
        return None
    first, last = column_index_from_string(found[1]), column_index_from_string(found[3])
    return int(found[2]), first, int(found[4]), last


def size_of(area: Area) -> int:
    return max(area[2] - area[0] + 1, 0) * max(area[3] - area[1] + 1, 0)


def weight_of(reference: str) -> int:
    """How many cells openpyxl makes of a reference."""
    area = area_of(reference)
    return size_of(area) if area is not None else COLUMNS_LIMIT * ROWS_LIMIT


def _dated(value: str) -> Seen:
    """A day of a strict workbook, which writes it out."""
    try:
        return Seen(day_text(datetime.fromisoformat(value.strip()).replace(tzinfo=None)))
    except ValueError:
        return Seen(value.strip())


def _whole(text: str) -> int:
    """A number in an attribute; 0 where there is none."""
    plain = text.strip()
    return int(plain) if plain.isdecimal() and len(plain) < 10 else 0

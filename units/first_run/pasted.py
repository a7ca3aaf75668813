"""A pasted list of units: one a line, other names in brackets; kinds and short names guessed by the
words that offices are named with. Pure: the words come in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from huangshi_tasks.lib.fold import fold

MOST_LINES = 200
NAME_LENGTH = 60
ONE_LINE = "只读到1个单位，请每行一个。"
TOO_MANY = f"一次最多读取{MOST_LINES}行，请分几次粘贴。"
EMPTY = "没有读到单位，请每行写一个单位名称。"

DEPARTMENT, COUNTY, PARK = "municipal_department", "county_government", "park"
ENTERPRISE, INSTITUTION = "state_enterprise", "institution"
PARTY, OUTSIDE = "party_mass", "central_provincial"
# the first that fits decides; the last word of a Chinese name says what a body is
_KINDS = (
    (OUTSIDE, r"税务局$|海关$|气象局$|烟草|邮政(?!.*局$)|供电|电信|移动|联通|铁塔|人民银行|人行|"
              r"监管分局$|监管支局$|海事|消防救援|国家.*(?:局|队)$|调查队$"),
    (PARTY, r"委(?:办|宣传部|组织部|统战部|政法委|编办|网信办|文明办|党校|巡察办|社会工作部)|"
            r"总工会$|团.?委$|妇联$|残联$|工商联$|文联$|科协$|侨联$|社科联$|红十字会$|纪委|"
            r"人大|政协|法院$|检察院$"),
    (PARK, r"(?:园区|开发区|高新区|新区|示范区|度假区|工业园|产业园|景区)(?:管委会|管理委员会)?$|"
           r"管委会$"),
    (COUNTY, r"(?:[县市区镇乡旗]|街道)(?:人民政府|政府|办事处)$|街道办?$|[镇乡]$|^.{1,4}[县区]$"),
    (ENTERPRISE, r"(?:集团|公司|银行|农商行)$"),
    (INSTITUTION, r"(?:中心|医院|学院|学校|大学|图书馆|博物馆|文化馆|研究院|研究所|台|报社|站)$"),
    (DEPARTMENT, r"(?:局|委|办|办公室|委员会|署|总队|支队)$"),
)  # fmt: skip
_SEPARATORS = "、，,;；/"
_KIND_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_SHORT = (
    ("发展和改革", "发改"),
    ("经济和信息化", "经信"),
    ("科技和经济信息化", "科经"),
    ("工业和信息化", "工信"),
    ("科学技术", "科技"),
    ("民族宗教事务", "民宗"),
    ("人力资源和社会保障", "人社"),
    ("自然资源和规划", "资规"),
    ("住房和城乡建设", "住建"),
    ("文化和旅游", "文旅"),
    ("卫生健康", "卫健"),
    ("市场监督管理", "市场监管"),
    ("医疗保障", "医保"),
    ("城市管理执法", "城管"),
    ("城市管理", "城管"),
    ("国有资产监督管理", "国资"),
    ("机构编制委员会办公室", "编办"),
    ("人民防空", "人防"),
    ("国防动员", "国动"),
    ("街道办事处", "街道"),
    ("人民政府", "政府"),
    ("政府办公室", "政府办"),
    ("委员会", "委"),
)


@dataclass(frozen=True)
class Row:
    """One unit as it will be entered. `line` is that of the pasted text, `notes` what was guessed,
    `same` a unit that it is one with, and why.
    """

    line: int
    name: str
    kind: str = DEPARTMENT
    aliases: tuple[str, ...] = ()
    rank_group: str = ""
    notes: tuple[str, ...] = ()
    same: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def alias_text(self) -> str:
        return "、".join(self.aliases)

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return {**asdict(self), "aliases": list(self.aliases), "notes": list(self.notes)}


def row_of(kept: Mapping[str, Any]) -> Row:
    """What `Row.kept` made."""
    return Row(**{**kept, "aliases": tuple(kept["aliases"]), "notes": tuple(kept["notes"])})


def read(text: str, *, kinds: Mapping[str, str], known: Iterable[str] = ()) -> list[Row]:
    """The rows of a list. `kinds`: kind → how the place calls it, which a second column may say;
    `known`: names that units have already. Columns may be set apart by tabs: name, kind, aliases.
    """
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            rows.append(_row(number, line, kinds))
    return without_doubles(rows, known)


def objection(rows: list[Row]) -> str:
    """What is wrong with the list as a whole; empty where nothing is."""
    if not rows:
        return EMPTY
    if len(rows) > MOST_LINES:
        return TOO_MANY
    only = rows[0].name
    if len(rows) == 1 and (len(only) > NAME_LENGTH or re.search(r"[、，,；; ]", only)):
        return ONE_LINE
    return ""


def _row(number: int, line: str, kinds: Mapping[str, str]) -> Row:
    cells = [cell.strip() for cell in line.split("\t")]
    cells = [cell for cell in cells if cell] or [""]
    if len(cells) > 1 and cells[0].isdigit():  # the number before a row of a table
        cells = cells[1:]
    name, aliases = _names(re.sub(r"^\d+[.．、)）]\s*", "", cells[0]))
    kind, notes = "", []
    for cell in cells[1:]:
        said = next((each for each, word in kinds.items() if fold(word) == fold(cell)), "")
        if said:
            kind = said
        else:
            aliases += split(cell)
    if not kind:
        kind, is_sure = kind_of(name)
        if not is_sure:
            notes.append("类别是推测的，请确认")
    if not aliases and (short := short_of(name)) and short != name:
        aliases = [short]
        notes.append("别名按惯例推测")
    return Row(number, name, kind, tuple(dict.fromkeys(aliases)), notes=tuple(notes))


def _names(text: str) -> tuple[str, list[str]]:
    """市发展和改革局（市发改局） → its name, and what stands in the last brackets. A name there may
    have another in brackets itself.
    """
    text = text.strip()
    opened = _opening(text)
    if not opened:
        return text, []
    inside = re.sub(r"^(?:简称|别名|原)[:：]?", "", text[opened + 1 : -1].strip())
    aliases: list[str] = []
    for part in _outside_brackets(inside):
        name, others = _names(part)
        aliases += [name, *others]
    return (text[:opened].strip(), aliases) if aliases else (text, [])


def _opening(text: str) -> int:
    """Where the brackets open that close at the end of a name; 0 where none do."""
    depth = 0
    if not text.endswith((")", "）")):
        return 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in ")）") - (text[at] in "(（")
        if depth == 0:
            return at
    return 0


def _outside_brackets(text: str) -> list[str]:
    """Cut at separators, never inside brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in "(（") - (sign in ")）")
        if depth <= 0 and sign in _SEPARATORS:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def split(text: str) -> list[str]:
    """The names of a cell that holds several."""
    return [part.strip() for part in re.split(r"[、，,;；/]", text) if part.strip()]


def kind_of(name: str) -> tuple[str, bool]:
    """The kind that a name speaks of, and whether it says so plainly."""
    for kind, pattern in _KIND_PATTERNS:
        if pattern.search(name):
            return kind, True
    return DEPARTMENT, False


def short_of(name: str) -> str:
    """市发展和改革局 → 市发改局, as notices print it."""
    for long, short in _SHORT:
        name = name.replace(long, short)
    return name


def without_doubles(rows: Iterable[Row], known: Iterable[str] = ()) -> list[Row]:
    """The rows, those marked (`same`) that name a unit of an earlier row, or one that is there.

    市住建局 after 市住房和城乡建设局（市住建局） is the same unit, and so it is before it: its name
    becomes another name of the first. An alias that two units claim stays with the first.
    """
    there = {fold(name) for name in known}
    found: list[Row] = []
    named: dict[str, int] = {}  # folded name → place in `found`
    called: dict[str, int] = {}  # folded alias → place
    for row in rows:
        key, place = fold(row.name), len(found)
        if key in there:
            found.append(replace(row, same="已有这个单位，不再新增"))
            continue
        aliases = {fold(alias): alias for alias in row.aliases if fold(alias) != key}
        claims = [key, *aliases]
        first = next((named[each] for each in claims if each in named), called.get(key))
        if first is not None:
            found.append(replace(row, same=f"与第{found[first].line}行是同一单位，将合并"))
            other = row.name if key not in {*named, *called} else ""
            if other:
                found[first] = replace(found[first], aliases=(*found[first].aliases, other))
                called[key] = first
            continue
        taken = [each for each in aliases if each in called or each in there]
        notes = [f"“{aliases[each]}”是其他单位的名称，没有列为别名" for each in taken]
        kept = {each: alias for each, alias in aliases.items() if each not in taken}
        named[key] = place
        called |= dict.fromkeys(kept, place)
        found.append(
            replace(row, aliases=tuple(kept.values()), notes=(*row.notes, *notes), same="")
        )
    return found

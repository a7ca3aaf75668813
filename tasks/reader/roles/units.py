"""What looks like the name of a unit, and where a list of names is cut."""

from __future__ import annotations

import re

from tasks.reader.directory import Directory
from tasks.reader.passages import BLANK, Passage

OPEN, CLOSE = "(（[【［〔", ")）]】］〕"
_SEPARATORS = "、,，;；\n|/／"
_JOINED = re.compile("以及|[和及与]")
_LONGEST = 40
_ENDS = (
    "局|委|办|部|厅|署|院|所|站|中心|公司|集团|银行|支行|分行|政府|管委会|管理会|委员会|办公室|办公厅|联合会|总会|工会|商会|妇联|残联|工商联|文联|科协|侨联|社科联|作协"
    "|红十字会|供销社|合作社|合作联社|联社|信用社|大队|支队|总队|中队|海关|大学|学院|学校|中学|医院|法院|检察院|街道|乡镇|镇街|乡镇办|镇|乡|县|市|区|旗|州|办事处|部门|单位|企业|园区|高新区"
    "|开发区|新区|景区|示范区|度假区|保税区|分局|协会|学会|报社|电视台|广播台|台|馆|队|处|科|股|室|指挥部|领导小组|专班|军分区|武装部|人武部|工委|团委|党委|党校|党组|机关|机构|团队|总站|银保监分局"
    "|监管组|行|社|会|局\\(.*\\)|组|厂|矿|港|场|各县市区|县市区|地方|地区|属地|高校|院校|部委|科室|业主|成员|基地|平台|办\\(局\\)|电力|电网|移动|联通|电信|铁塔|邮政|烟草|石化|石油|气象|城投|交投|国资|水务|街办|园办|分公司|子公司|代建"
)
_UNIT = re.compile(
    rf"(?:共青团|团|各|相关|有关|市|县|区|省|州|国)?[\u4e00-\u9fffA-Za-z0-9·“”\"《》()、\-—]{{0,{_LONGEST}}}(?:{_ENDS})(?:\(.{{1,30}}\))?(?:等(?:相关|有关)?(?:部门|单位)?)?"
)
_WHOLE = re.compile(
    r"团[省市县区州旗]委|共青团.{1,8}委|[省市县区州旗](?:委|政府|纪委监委|人大|政协|直)|各.{1,16}|(?:相关|有关).{1,14}|.{1,12}(?:相关|有关)(?:部门|单位|企业|乡镇).{0,4}"
)
_SENTENCE = re.compile(
    r"[。！!？?:：]|完成|推进|推动|建设(?!局|委|集团|投资|工程|指挥|厅|公司|管理|银行|兵团|办|中心|部)|实施|力争|确保|不低于|以上|增长|达到|加快|提升|突破|争取"
)


# 各县、区人民政府 is one name.
_PLACE = r"(?:[县市区乡镇旗州]|街道|乡镇|镇街|园区|开发区|功能区|高新区)"
_OFFICE = r"(?:人民政府|政府|管委会|办事处|管理委员会)"
_ONE_NAME = re.compile(
    rf"各{_PLACE}{{1,2}}(?:[、,，]{_PLACE}{{1,2}})+{_OFFICE}?(?=[、,，;；)）\]】。\s]|$)"
)


def looks_like_unit(name: str, directory: Directory) -> bool:
    """Whether a name is known, or is built like the name of a unit."""
    plain = name.strip(BLANK).translate(str.maketrans("（）", "()"))
    if not plain or len(plain) > _LONGEST:
        return False
    if directory.knows(plain):
        return True
    if _SENTENCE.search(re.sub(r"\(.*?\)", "", plain)):
        return False
    if re.search(r"[0-9０-９]", plain) and not plain.startswith("各"):
        return False
    return bool(_WHOLE.fullmatch(plain) or (len(plain) > 2 and _UNIT.fullmatch(plain)))


def are_units(names: Passage, directory: Directory) -> bool:
    """Whether a passage is a list of units and nothing else."""
    pieces = [each for each in cut(names, by_blank=True) if each]
    return bool(pieces) and all(looks_like_unit(each.text, directory) for each in pieces)


def cut(names: Passage, *, by_blank: bool = False) -> list[Passage]:
    """Cut at separators, never inside brackets; what is empty is left out."""
    pieces, start, depth = [], 0, 0
    text = names.text
    kept = {at for found in _ONE_NAME.finditer(text) for at in range(*found.span())}
    for at, sign in enumerate(text):
        if at in kept:
            continue
        depth += (sign in OPEN) - (sign in CLOSE and depth > 0)
        is_blank = by_blank and sign in BLANK
        if sign in ";；\n" or (depth == 0 and (sign in _SEPARATORS or is_blank)):
            pieces.append(names[start:at])
            start, depth = at + 1, 0
    pieces.append(names[start:])
    return [each for each in (piece.strip(f"{BLANK};；。.:：,，、") for piece in pieces) if each]


def split_names(names: Passage, directory: Directory) -> list[Passage]:
    """A list of names as single ones: parted by signs, by blanks between units, by 和."""
    found: list[Passage] = []
    for piece in cut(names):
        for one in _by_blanks(piece, directory):
            found.extend(_joined(_without_etc(one), directory))
    return found


def _by_blanks(piece: Passage, directory: Directory) -> list[Passage]:
    """市财政局 市审计局 is two; 市 财政局 is one with a blank in it."""
    if not re.search(r"\s", piece.text):
        return [piece]
    parts = cut(piece, by_blank=True)
    if len(parts) > 1 and all(looks_like_unit(each.text, directory) for each in parts):
        return parts
    return [piece.without(re.compile(r"\s+"))]


def _without_etc(name: Passage) -> Passage:
    """市发改委等, 市发改委等部门 are 市发改委."""
    etc = re.search(r"(?<=..)等(?:部门|单位)?$", name.text)
    return name[: etc.start()] if etc else name


def _joined(name: Passage, directory: Directory) -> list[Passage]:
    """市财政局和市审计局 printed as one: cut where the directory knows both halves, or where both
    begin and end like units.
    """
    if len(name) > 80 or directory.knows(name.text):
        return [name]
    etc = re.fullmatch(r"(.+?)等((?:相关|有关).{2,8})", name.text)
    if etc and looks_like_unit(etc[1], directory):
        return [name[: etc.end(1)], name[etc.start(2) :]]
    for joint in _JOINED.finditer(name.text):
        halves = [name[: joint.start()], name[joint.end() :]]
        if all(directory.knows(half.text) for half in halves):
            return halves
        if _like_twins(*(half.text for half in halves)) and all(
            looks_like_unit(half.text, directory) for half in halves
        ):
            return halves
    return [name]


_BEGINS = re.compile(r"(?:各|[省市县区州](?![级]))")


def _like_twins(one: str, other: str) -> bool:
    """Both begin as full names do: 市水利和湖泊局 is one name, 市财政局和市审计局 is two."""
    return bool(_BEGINS.match(one) and _BEGINS.match(other)) or (
        len(one) > 3 and other.startswith(("相关", "有关", "各"))
    )

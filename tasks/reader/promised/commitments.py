"""What a sentence commits to: each verb with its thing, with a number or without.

By clauses: one that holds a promised number, or begins with a verb of doing once its adverbs are
gone. What only says why, how or to what effect is left out. A person reviews the proposal; the
verbs are those of such notices, no sentence of any one is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》|[(（][^()（）]*[)）]")
_CLAUSE = re.compile(r"(?:[^,，;；。!！?？]|(?<=[0-9])[,，](?=[0-9]{3}(?![0-9])))+")
_ADVERBS = re.compile(
    r"^(?:要|力争|确保|加快|加紧|抓紧|全力|全面|全方位|大力|着力|积极|深入|深化|扎实|持续|继续|稳步"
    r"|稳妥|统筹|系统|精准|抓实|联合|进一步|高标准|高水平|高质量|按期|坚定不移|常态化|大规模|有效"
    r"|切实|严格|探索|引导|鼓励|组织|对标|整体|滚动|继续|和|并|及)+"
)
_DOES = re.compile(
    r"^(?:开工|建成|建设|建强|建立|新建|新改扩建|新改建|改扩建|改造|扩建|构建|搭建|打造|打通|拓宽"
    r"|完成|竣工|投产|出台|印发|制定|编制|组建|设立|成立|创建|举办|办好|引进|引入|培育|新增|新认定"
    r"|新签约|实施|启动|开展|推进|推动|支持|争取|落实|整合|消化|报批|化解|拆除|整治|加固|优化调整"
    r"|增加|惠及|兑现|培育壮大|申报|巩固|拓展|抓好|保障|推广|推行|整理|修复|关停|取缔|发放|补贴"
    r"|发展|扩大|健全|完善|深化|选派|招引|盘活|清零|用好|控制|执行)"
)
# What follows shows an effect hoped for and nothing to do.
_EFFECT = re.compile(r"(?:能力|水平|格局|优势|质效|氛围|满意度|获得感|步伐|动能|活力|距离|品质)$")
_VAGUE_END = re.compile(r"(?:发展|提升|提速|见效|增效|升级|融合|普惠|互动|协调|共享)$")
# 加快…等项目建设: the verb stands behind its thing.
_DONE_TO = re.compile(
    r"^(?:加快|确保|推动|抓紧).+(?:项目|工程|体系|系统|码头|园区?|区)?(?:建设|实施|投产|投用|使用|运营)$"
)
_SHORTEST = 5  # 完善机制 says too little to be measured apart


@dataclass(frozen=True, slots=True)
class ParsedCommitment:
    """One commitment, verbatim, with its offsets in the sentence."""

    text: str
    start: int
    end: int


def find_commitments(
    text: str, numbers: Sequence[tuple[int, int]] = ()
) -> tuple[ParsedCommitment, ...]:
    """Those of one item in the order of its text; `numbers`: where its promised numbers stand.

    Where no clause commits to anything, the whole sentence does.
    """
    found = tuple(_found(text, numbers))
    if found:
        return found
    whole = text.rstrip("。 \n")
    return (ParsedCommitment(whole, 0, len(whole)),) if whole else ()


def placed(text: str, written: Sequence[str]) -> tuple[ParsedCommitment, ...]:
    """Commitments that a person has written out of the sentence, at their places in it.

    Raises ValueError where one does not stand there, or not in this order.
    """
    found, begin = [], 0
    for words in written:
        start = text.index(words, begin)
        begin = start + len(words)
        found.append(ParsedCommitment(words, start, begin))
    return tuple(found)


def _found(text: str, numbers: Sequence[tuple[int, int]]) -> Iterator[ParsedCommitment]:
    shown = _QUOTED.sub(lambda found: "〇" * len(found[0]), text)
    for clause in _CLAUSE.finditer(shown):
        start, end = clause.start(), clause.end()
        holds_number = any(start < last and first < end for first, last in numbers)
        if holds_number or _commits(clause[0]):
            yield ParsedCommitment(text[start:end].strip(), start, end)


def _commits(clause: str) -> bool:
    plain = clause.strip()
    bare = _ADVERBS.sub("", plain)
    if _DONE_TO.match(plain):
        return True
    if len(bare) < _SHORTEST or not _DOES.match(bare):
        return False
    return not _EFFECT.search(bare) and not (_VAGUE_END.search(bare) and len(bare) < 14)

"""Which number of the item a few words speak of. Pure.

Officials shorten names: 老旧小区 for 改造老旧小区, 规上企业 for 新增规模以上企业. So a name is
looked for by its pairs of characters; what is left without name and small words must be little.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from progress.quality.amounts import are_alike, base_of, plain
from progress.quality.facts import Measure

ENOUGH = 0.3  # of the pairs of a name
_SHORT = (("规模以上", "规上"), ("限额以上", "限上"), ("高新技术企业", "高企"), ("平方公里", ""))
_VERBS = re.compile(
    "^(?:新改扩建|新建改建|新建|改建|扩建|改造|新增|增加|建成|打通|更新|拆除|引进|加固|完成|实施|培育|治理|整治|推广|惠及"
    "|创建|发展|城区|全市|城市|市级|提升|开展|打造|建设|、)+"
)
_TAILS = re.compile("(?:长效治理|治理|项目|工程|建设|工作|面积|数量|数|总量)$")
_SIGNS = re.compile(r"[“”\"《》·\s(),。、]")
# words that say nothing of what is counted
_SMALL_WORDS = """
    创建 铺设
    截至 截止 目前 当前 现已 现 其中 今年 本年 本年度 全年 年度 年初以来 全市 全部 全域 我市
    我局 我委 城区 各县市区 各地 累计 共计 总计 合计 共有 共 总 已 已经 均 都 约 近 超 超过 逾
    达到 达 为 是 有 了 的 等 在 并 及 和 与 又 再 也 仅 顺利 实际 正式 完成率 完工率 开工率
    竣工率 完成 完工 竣工 开工 动工 建成 投用 投入使用 新建 改建 扩建 新改扩建 改造 新增 增加
    打通 更新 拆除 引进 治理 整治 到位 落实 实施 打造 推出 发布 建设 续建 在建 正在 施工 未 尚
    余下 剩余 其余 还差 还有 尚有 尚余 仍 差 缺 目标 任务 计划 指标 占 占比 本月 本期 当月
    本季度 本季 上月 上期 月份 月底 月末 月 底 末 年 日 一是 二是 三是 四是 较 比 由 从 至 到
    提高 提升 增长 提前 如期 按期 对 将 拟 力争 确保 预计 安排 第 个 条 家 座 所 台 辆 处 项 户
    人 公里 万 亿 元 亩 平方米 距 离 任务数 示例 分别 数 率 现有 以来 前 后 内 批 全面 整体 总体
    数量 低于 高于 落后 序时进度 序时 进度 上半年 季度 同比 环比 保持 稳定
"""
_SMALL = re.compile(
    "|".join(sorted(_SMALL_WORDS.split(), key=len, reverse=True)) + r"|[0-9.\-%:：\s]"
)


@dataclass(frozen=True)
class Names:
    """The numbers of one item, with the pairs of characters of each name."""

    measures: tuple[Measure, ...]
    pairs: tuple[frozenset[str], ...]
    cores: tuple[str, ...]

    def best(self, words: str, *, base: str = "") -> list[int]:
        """Places of the measures that `words` name best, those with unit `base` only if given."""
        scores = {
            at: score
            for at in range(len(self.pairs))
            if not base or self.counts(at, base)
            if (score := self.score(at, words)) >= ENOUGH
        }
        if not scores:
            return []
        # of 亿元以上项目 and 亿元以上项目竣工投产, both in full, the longer is meant
        top = max(scores, key=lambda at: (round(scores[at], 1), len(self._hits(at, words))))
        hits = self._hits(top, words)
        return [at for at in scores if self._hits(at, words) == hits]

    def _hits(self, at: int, words: str) -> frozenset[str]:
        said = _shortened(words)
        return frozenset(pair for pair in self.pairs[at] if pair in said)

    def score(self, at: int, words: str) -> float:
        """How much of the name is there, from 0 to 1; a name in full counts a little more."""
        pairs, said = self.pairs[at], _shortened(words)
        left = left_of(words)
        if len(left) > 1 and self.cores[at].endswith(left):
            return 0.5  # the thing alone: 学位 for 幼儿园增加学位
        hits = sum(pair in said for pair in pairs)
        whole = 0.1 if self.cores[at] in said else 0
        full = _pairs(_shortened(self.measures[at].name))
        return hits / len(pairs) + whole + 0.1 * sum(p in said for p in full) / len(full)

    def without(self, at: int, words: str) -> str:
        """`words` with everything of the name taken out."""
        core = self.cores[at]
        kept = [True] * len(words)
        for place in range(len(words) - 1):
            if words[place : place + 2] in core:
                kept[place] = kept[place + 1] = False
        return "".join(sign for sign, is_kept in zip(words, kept, strict=True) if is_kept)

    def counts(self, at: int, base: str) -> bool:
        """Whether an amount in `base` can be one of this measure."""
        return are_alike(base_of(self.measures[at].unit)[0], base)

    def last_own(self, at: int, words: str, among: Sequence[int] = ()) -> int:
        """Where in `words` something last stands that only this one of them is called; or -1."""
        others = [self.pairs[each] for each in among or range(len(self.pairs)) if each != at]
        said = _shortened(words)
        own = self.pairs[at].difference(*others)
        return max((said.rfind(pair) for pair in own), default=-1)


@lru_cache(maxsize=256)
def names_of(measures: tuple[Measure, ...]) -> Names:
    """`Names` of the numbers of an item; remembered, for pages read many texts of one item."""
    cores = tuple(core_of(each.name) for each in measures)
    pairs = tuple(_pairs(core) for core in cores)
    return Names(measures, pairs, cores)


def core_of(name: str) -> str:
    """A name without the verb before and the general word behind: 渍水点 of 城区渍水点长效治理."""
    short = _shortened(name)
    core = _TAILS.sub("", _VERBS.sub("", short))
    return core if len(core) > 1 else short


def left_of(words: str, names: Sequence[str] = ()) -> str:
    """What remains of `words` once names and small words are taken off."""
    said = _shortened(words)
    for name in names:
        for pair in sorted(_pairs(_shortened(name))):
            said = said.replace(pair, "")
    return _SMALL.sub("", said)


def _shortened(words: str) -> str:
    said = _SIGNS.sub("", plain(words))
    for long, short in _SHORT:
        said = said.replace(long, short)
    return said


def _pairs(core: str) -> frozenset[str]:
    return frozenset(core[at : at + 2] for at in range(len(core) - 1)) or frozenset({core})

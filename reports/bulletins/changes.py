"""What newer figures change in a draft, in sentences: nothing is taken over silently. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from reports.before_signing.shapes import Figures, Item
from units.city.words import said_later

MOST = 40  # sentences shown; more says that there are more


def fingerprint(figures: Figures) -> str:
    """Names one state of the figures, so that what is taken over is what was shown."""
    text = json.dumps(figures, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def changes_between(old: Figures, new: Figures) -> list[str]:
    """Sentences, the counts first; empty where nothing in the paper would change."""
    found = [
        *_counts(old, new),
        *_items(old["behind"], new["behind"], "未达序时进度和未启动事项"),
        *_items(old["reached"], new["reached"], "按序时推进事项"),
        *_named(
            {
                str(each["unit"]): f"{each['unit_name']}：{each['facts']}"
                for each in old["unpunctual"]
            },
            {
                str(each["unit"]): f"{each['unit_name']}：{each['facts']}"
                for each in new["unpunctual"]
            },
            "未按时报送单位",
        ),
        *_named(_problems(old), _problems(new), "需协调解决的问题"),
        *_named(_projects(old), _projects(new), "十件实事"),
    ]
    if len(found) > MOST:
        return [*found[:MOST], f"另有{len(found) - MOST}处变化。"]
    return found


def _counts(old: Figures, new: Figures) -> Iterable[str]:
    before = {word: count for _, word, count in old["parts"]}
    after = {word: count for _, word, count in new["parts"]}
    if old["total"] != new["total"]:
        yield f"总数：{old['total']}项改为{new['total']}项。"
    for word in dict.fromkeys([*before, *after]):
        was, now = before.get(word, 0), after.get(word, 0)
        if was != now:
            yield f"{word}：{was}项改为{now}项。"
    if old["share"] != new["share"]:
        yield f"达到序时进度及以上的占比：{old['share']}改为{new['share']}。"
    if old["hidden"] != new["hidden"]:
        yield f"限定知悉范围、不列出的：{old['hidden']}项改为{new['hidden']}项。"


def _items(old: Iterable[Item], new: Iterable[Item], name: str) -> Iterable[str]:
    before = {str(item["task"]): item for item in old}
    after = {str(item["task"]): item for item in new}
    for key, item in after.items():
        if key not in before:
            yield f"{name}：增加{item['title']}（{item['unit_name']}）。"
    for key, item in before.items():
        if key not in after:
            yield f"{name}：减去{item['title']}（{item['unit_name']}）。"
        elif (words := _differences(item, after[key])) != "":
            yield f"{item['title']}（{item['code']}）：{words}。"


WORDS = {
    "word": "状态",
    "percent": "完成率",
    "expected": "应达进度",
    "gap": "序时差",
    "facts": "情况",
    "reason": "原因",
    "next_step": "下一步工作安排",
    "unit_name": "牵头单位",
    "leads": "责任单位",
    "posts": said_later("分管市领导"),
    "title": "短标题",
}


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    found = [
        f"{word}由“{old[key]}”改为“{new[key]}”"
        for key, word in WORDS.items()
        if old[key] != new[key]
    ]
    return "，".join(found)


def _unpunctual(figures: Figures) -> dict[str, str]:
    return {
        str(each["unit"]): f"{each['unit_name']}：{each['facts']}" for each in figures["unpunctual"]
    }


def _problems(figures: Figures) -> dict[str, str]:
    found = {}
    for each in figures["problems"]:
        who = f"{each['title']}（{each['unit_name']}）"
        found[f"{each['code']}{each['unit_name']}"] = f"{who}{each['text']}"
    return found


def _projects(figures: Figures) -> dict[str, str]:
    return {
        str(each["number"]): f"第{each['number']}件 {each['sentence']}{each['plan_sentence']}"
        for each in figures["projects"]
    }


def _named(old: Mapping[str, str], new: Mapping[str, str], name: str) -> Iterable[str]:
    for key, words in new.items():
        if key not in old:
            yield f"{name}：增加“{words}”。"
        elif old[key] != words:
            yield f"{name}：“{old[key]}”改为“{words}”。"
    for key, words in old.items():
        if key not in new:
            yield f"{name}：减去“{words}”。"

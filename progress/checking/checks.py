"""Findings on a filing before it leaves: what is wrong (blocking), what looks odd (warning). Pure.

Source: design.md section 4, "Findings". A warning is answered with one sentence that the reviewer
sees; a blocking finding has to be mended.
"""

from collections.abc import Callable, Iterator

from progress.checking.doubts import doubts_about
from progress.checking.figure_checks import FIGURE_CHECKS
from progress.checking.findings import BLOCKING, STEPS_FIELD, WARNING, Filing, Finding
from progress.contents.oddities import is_same
from progress.contents.promises import OPEN


def findings_for(filing: Filing) -> list[Finding]:
    """Every finding, blocking ones first, in the order of the form. Never raises."""
    found = [finding for check in _CHECKS for finding in check(filing)]
    return sorted(found, key=lambda finding: not finding.is_blocking)


def _texts(filing: Filing) -> Iterator[Finding]:
    if filing.no_progress:
        if not filing.no_progress_reason.strip():
            sentence = "请写明本期无新进展的原因。"
            yield Finding("no_reason", BLOCKING, "no_progress_reason", sentence)
        if filing.previous_no_progress:
            sentence = "已连续两期报无新进展，请说明。"
            yield Finding("no_progress_again", WARNING, "no_progress", sentence)
    elif filing.wants_text and not filing.progress.strip():
        yield Finding("no_text", BLOCKING, "progress", "请填写进展情况。")
    elif is_same(filing.progress, filing.previous_progress):
        yield Finding("same_text", WARNING, "progress", "进展情况与上期基本相同，请说明。")


def _what_must_be_there(filing: Filing) -> Iterator[Finding]:
    """存在问题 and 下一步 of the item's own report; 无 is an answer to the first."""
    if not filing.wants_all:
        return
    if not filing.problems.strip():
        sentence = "请填写存在问题；没有问题的，填“无”。"
        yield Finding("no_problems", BLOCKING, "problems", sentence)
    if not filing.next_steps.strip():
        sentence = "请填写下一步工作安排，写明事项和完成时间。"
        yield Finding("no_next_steps", BLOCKING, "next_steps", sentence)


def _promises(filing: Filing) -> Iterator[Finding]:
    """Steps announced last time: of the item's own report each by its own answer, whatever words
    the text has in common with it; who says 未完成 says why and until when.
    """
    if filing.no_progress or not filing.wants_text:
        return
    level = BLOCKING if filing.wants_all else WARNING
    unsaid = [each.line for each in filing.promises if not each.state]
    if unsaid and filing.wants_all:
        rest = f"等{len(unsaid)}项" if len(unsaid) > 1 else ""
        sentence = f"请逐项选择上期下一步工作完成情况（{unsaid[0][:30]}{rest}）。"
        yield Finding("unanswered", level, STEPS_FIELD, sentence)
    for step in filing.promises:
        if step.state == OPEN and not step.note.strip():
            sentence = f"上期下一步工作未完成（{step.line[:30]}），请写明原因和新的完成时间。"
            yield Finding("unanswered", level, STEPS_FIELD, sentence)
            return


def _doubts(filing: Filing) -> Iterator[Finding]:
    """What the text says against figures, steps and days; one finding for a sentence and kind."""
    if filing.facts is None or filing.no_progress or not filing.wants_text:
        return
    yield from doubts_about(filing.progress, filing.facts)


def _lights(filing: Filing) -> Iterator[Finding]:
    if filing.says_done and not filing.has_evidence:
        sentence = "报告已完成的，请上传佐证材料。"
        yield Finding("no_evidence", BLOCKING, "evidence", sentence)
    if filing.wants_light and not filing.proposed_light:
        yield Finding("no_light", BLOCKING, "proposed_light", "请选择进度状态。")
    if filing.is_behind and not filing.light_reason.strip():
        sentence = "未达序时进度的，请写明原因。"
        yield Finding("no_light_reason", BLOCKING, "light_reason", sentence)


_CHECKS: tuple[Callable[[Filing], Iterator[Finding]], ...] = (
    *FIGURE_CHECKS,
    _texts,
    _what_must_be_there,
    _promises,
    _lights,
    _doubts,
)

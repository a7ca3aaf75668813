"""Findings on a filing before it leaves: what is wrong (blocking), what looks odd (warning). Pure.

Source: design.md section 4, "Findings". A warning is answered with one sentence that the reviewer
sees; a blocking finding has to be mended.
"""

from collections.abc import Callable, Iterator

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


def _promises(filing: Filing) -> Iterator[Finding]:
    """Steps announced last time, neither answered line by line nor come back to in the text."""
    if filing.no_progress or not filing.wants_text:
        return
    open_steps = [each for each in filing.promises if not each.is_answered(filing.progress)]
    if not open_steps:
        return
    step = open_steps[0]
    rest = f"等{len(open_steps)}项" if len(open_steps) > 1 else ""
    sentence = f"未说明上期下一步工作完成情况（{step.line[:30]}{rest}），请说明。"
    if step.state == OPEN:
        sentence = f"上期下一步工作未完成（{step.line[:30]}），请写明原因和新的完成时间。"
    yield Finding("unanswered", WARNING, STEPS_FIELD, sentence)


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
    _promises,
    _lights,
)

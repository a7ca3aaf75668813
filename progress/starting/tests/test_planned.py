"""各单位应报 before 启用 is what is owed after it, on notices made at random."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest

from progress.models import Period, PeriodState
from progress.periods.owed import duties_of
from progress.starting.page import page_of_start
from progress.starting.planned import Planned
from progress.starting.tests.drafts import make_draft, say, switch_on
from tasks.desk.changes import ASIDE, FIELD, Change
from tasks.desk.content import content_of
from tasks.models import Cycle, NoticeDraft, Plan, Responsibility
from tests.cast import Cast, at
from units.models import GroupMode, UnitGroup

pytestmark = pytest.mark.django_db

HEAD = "关于印发2023年重点工作责任分解的通知\n甲政办发〔2023〕1号\n一、产业\n"
NOBODY_YET = ("相关部门", "市河湖保护中心")
UNITS = ("市财政局", "市体育局", "市住建局", "市城管委", "各县市区政府", *NOBODY_YET)
DAYS = ("2023-01-28", "2023-03-29", "2023-05-05", "2023-11-20")


def _notice(rng: Random) -> str:
    rows = []
    for number in range(1, 13):
        named = rng.sample(UNITS, rng.randint(2, 4))
        if named[0] in NOBODY_YET:  # before or behind it one that is known
            named.insert(rng.randint(0, 1), "市财政局")
        cut = rng.randint(2, len(named)) if named[0] in NOBODY_YET else rng.randint(1, len(named))
        roles = (
            f"牵头单位：{'、'.join(named[:cut])}；配合单位：{'、'.join(named[cut:]) or '市体育局'}"
        )
        text = rng.choice(("建成泊位600个。", "出台方案。", "新增企业20家，开工项目3个。"))
        rows.append(f"{number}.{text}({roles})")
    issued = rng.choice(("1月20日", "2月6日", "3月2日"))
    return f"{HEAD}{chr(10).join(rows)}\n2023年{issued}\n"


def _changed(draft: NoticeDraft, cast: Cast, rng: Random) -> None:
    """Cycles at random, and one item set aside."""
    items = content_of(draft).items
    for each in items:
        say(draft, cast.office, Change(FIELD, f"{each.key}:cycle", rng.choice(Cycle.values)))
    say(draft, cast.office, Change(ASIDE, rng.choice(items).key, "等方案"))


def _owed(plan: Plan) -> dict[str, Counter[date]]:
    """Unit → 数据截至 → filings, by what the periods ask once they open."""
    found: dict[str, Counter[date]] = {}
    for period in Period.objects.filter(plan=plan).exclude(state=PeriodState.BEFORE):
        for each in duties_of(plan, period.cycle, period.data_as_of):
            own = found.setdefault(each.responsibility.unit.name, Counter())
            own[period.data_as_of] += 1
    return found


def _planned(planned: Planned) -> dict[str, Counter[date]]:
    return {each.unit.name: each.filings for each in planned.units if each.year}


@pytest.mark.parametrize("seed", range(8))
def test_what_is_reckoned_is_what_is_owed(cast: Cast, seed: int) -> None:
    rng = Random(seed)
    UnitGroup.objects.create(
        name="各县市区政府", mode=GroupMode.ALL, member_kind="county_government"
    )
    UnitGroup.objects.create(name="相关部门", mode=GroupMode.RELEVANT)
    now = at(rng.choice(DAYS))
    draft = make_draft(cast.office, _notice(rng), now)
    assert len(content_of(draft).items) == 12
    _changed(draft, cast, rng)
    page = page_of_start(content_of(draft), now.date())
    option = rng.choice(list(page.options.values()))
    plan = switch_on(draft, cast.office, now, option.value)
    assert _planned(option.planned) == _owed(plan)
    supports = Responsibility.objects.filter(task__plan=plan, role="support").count()
    assert sum(each.supports for each in option.planned.units) == supports
    assert option.planned.year or now == at("2023-11-20")

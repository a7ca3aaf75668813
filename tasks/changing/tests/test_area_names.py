"""方面简称: what is proposed, and what the office sets."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tasks.models import Area
from tasks.models.areas import proposed_name
from tests.cast import Cast, make_plan
from tests.pages import browser, text_of
from units.models import LogEntry

TITLES = {
    "突出优势互补,全力在武汉城市圈同城化发展示范区建设上攻坚突破": "同城化",
    "突出集群强链,全力在提升产业能级价值上攻坚突破": "产业能级",
    "突出系统治理,全力在推动“三生融合”上攻坚突破": "三生融合",
    "突出拼搏赶超,全力在推动干部作风转变上攻坚突破": "干部作风",
    "加快建设现代化产业体系": "现代化产",
    "经济发展": "经济发展",
    "2": "",
}


@pytest.mark.parametrize("title", TITLES)
def test_a_short_name_is_proposed_out_of_the_title(title: str) -> None:
    assert proposed_name(title) == TITLES[title]


@pytest.mark.django_db
def test_the_office_names_an_area_and_takes_the_name_back() -> None:
    cast, plan = Cast(), make_plan()
    area = Area.objects.create(plan=plan, ordinal=1, title="全力在推进乡村振兴上攻坚突破")
    url = reverse("tasks:area_names", args=[plan.slug])
    client = browser(cast.office)
    assert 'value="乡村振兴"' in text_of(client.get(url))
    client.post(url, {str(area.pk): "乡村"})
    area.refresh_from_db()
    assert area.called == "乡村"
    assert client.post(url, {str(area.pk): "乡村振兴好"}).status_code == 409
    client.post(url, {str(area.pk): ""})
    area.refresh_from_db()
    assert (area.short_name, area.called) == ("", "乡村振兴")
    assert LogEntry.objects.filter(action="plan.area_names").count() == 2

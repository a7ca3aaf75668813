"""The filters of the ledger, read from the address. Choices are those of rows the actor may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet

from reports.ledger.facets import NOT_OFFERED, ONLY, SEARCH, Facet, LedgerIndex, chosen_ids
from reports.ledger.rows import LedgerRow, ledger_tasks
from tasks.models import Plan, Task
from units.actors import Actor
from units.city.words import said_later
from units.models import UnitAlias

LONGEST_SEARCH = 100
LONGEST_CHOICE = 4000


class LedgerFilter(FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Filters one queryset, used by page and Excel alike. A value it does not offer finds nothing.

    `rows` are all rows the actor may see; counts are taken from them.
    """

    q = CharFilter(label="关键词", max_length=LONGEST_SEARCH)
    kind = ChoiceFilter(label="类别")
    area = ChoiceFilter(label="方面")
    theme = ChoiceFilter(label="小标题")
    unit = ChoiceFilter(label="单位")
    role = ChoiceFilter(label="责任类别")
    leader = ChoiceFilter(label=said_later("分管市领导"))
    light = ChoiceFilter(label="状态")
    move = ChoiceFilter(label="较上期")
    outlook = ChoiceFilter(label="年底推算")
    problem = ChoiceFilter(label="需协调")
    live = ChoiceFilter(label="数据")
    period = ChoiceFilter(label="填报期")
    filing = ChoiceFilter(label="报送")
    only = CharFilter(label="所选", max_length=LONGEST_CHOICE)

    class Meta:
        model = Task
        fields: Sequence[str] = ()

    def __init__(
        self, data: Mapping[str, str], *, plan: Plan, actor: Actor, rows: Sequence[LedgerRow]
    ) -> None:
        super().__init__(data, queryset=ledger_tasks(plan, actor))
        self.rows, self.actor = rows, actor
        aliases = _aliases() if data.get(SEARCH) else {}
        own_unit = actor.unit_id if actor.is_of_a_unit else None
        self.index = LedgerIndex(rows, own_unit=own_unit, aliases=aliases)
        if actor.is_reader:  # where a filing stands is internal to units and office
            del self.filters["filing"]
        if not actor.is_office:  # others read what is finalized
            del self.filters["live"]
        for name in self._choice_names:
            if data.get(name):  # what nobody chose needs no choices
                choices = [*self.index.choices(name), *NOT_OFFERED.get(name, ())]
                self.filters[name].extra["choices"] = choices

    @property
    def _choice_names(self) -> list[str]:
        return [name for name in self.filters if name not in (SEARCH, ONLY)]

    @property
    def chosen(self) -> dict[str, str]:
        """Filter name → valid value; only those that are set."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def chosen_words(self) -> list[tuple[str, str]]:
        """The choices as people read them: 单位, 市住建局."""
        words = []
        for name, value in self.chosen.items():
            if name == ONLY:
                words.append((str(self.filters[name].label), f"{len(chosen_ids(value))}项"))
                continue
            options = dict(self.filters[name].extra.get("choices", ()))
            words.append((str(self.filters[name].label), options.get(value, value)))
        return words

    @property
    def is_filtering(self) -> bool:
        return bool(self.chosen) or not self.is_valid()

    @property
    def invalid_labels(self) -> str:
        """The filters that the address sets to something they do not offer."""
        return "、".join(str(self.filters[name].label) for name in self.form.errors)

    @property
    def query(self) -> str:
        """The choices as they stand in the address, without the page."""
        return urlencode(self.chosen)

    def filter_queryset(self, queryset: QuerySet[Task]) -> QuerySet[Task]:
        if not self.is_valid():
            return queryset.none()
        return queryset.filter(pk__in=self.index.matching(self.chosen))

    def matching_rows(self) -> list[LedgerRow]:
        """The rows of the filtered queryset, as numbered."""
        if not self.is_valid():
            return []
        found = self.index.matching(self.chosen)
        return [row for row in self.rows if row.task.pk in found]

    def facets(self) -> dict[str, Facet]:
        """Every filter with counts on its options, by name."""
        chosen = self.chosen
        return {
            name: self.index.facet(name, str(self.filters[name].label), chosen)
            for name in self._choice_names
        }


def _aliases() -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    for unit_id, name in UnitAlias.objects.values_list("unit_id", "name"):
        names.setdefault(unit_id, []).append(name)
    return names

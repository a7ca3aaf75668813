"""The chosen draft to the reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tasks.reader import reading as shown
from tasks.reader.body.draft import Draft, DraftItem, DraftPart
from tasks.reader.decisions import ANSWERED, CONVENTION, HEAD, Decisions
from tasks.reader.directory import Directory
from tasks.reader.finish import doubts as doubting
from tasks.reader.finish.around import Around
from tasks.reader.finish.designating import Names, deadline_of, leaders_of, of_parts, one_role
from tasks.reader.finish.spans import Paint
from tasks.reader.head import declared_counts, read_head
from tasks.reader.parsed import (
    KEY_TASK,
    PRACTICAL_PROJECT,
    SUPPORT,
    ParsedArea,
    ParsedIndicator,
    ParsedItem,
    ParsedParagraph,
    ParsedSubItem,
    ParsedUnused,
    PlanHead,
)
from tasks.reader.passages import BLANK, Passage, Span, joined, places_of
from tasks.reader.promised.defaults import cycle_for, short_title_for, tracking_for
from tasks.reader.promised.promises import bare_figures, find_in_parts, find_promises
from tasks.reader.reading import Candidate, Convention, Doubt, Reading
from tasks.reader.roles import conventions
from tasks.reader.roles.conventions import FIRST_LEADS, SENTENCES
from tasks.reader.roles.deadlines import day_of
from tasks.reader.roles.labels import DEADLINE, LEAD, LEADER, RESPONSIBLE
from tasks.reader.sources.lines import Source


def front_of(draft: Draft) -> list[str]:
    """The lines around the plan, in the order of the source."""
    lines = [passage for _, passage in draft.paragraphs]
    lines += [passage for passage, _ in draft.unused]
    lines.sort(key=lambda each: (each.line, each.start))
    return [each.text for each in lines]


def finish(
    draft: Draft,
    source: Source,
    directory: Directory,
    decisions: Decisions,
    *,
    style: str,
    candidates: tuple[Candidate, ...],
) -> Reading:
    """Everything that a page shows of one draft."""
    return _Finishing(draft, source, directory, decisions).reading(style, candidates)


@dataclass(slots=True)
class _Finishing:
    draft: Draft
    source: Source
    directory: Directory
    decisions: Decisions
    doubts: list[Doubt] = field(default_factory=list)

    def reading(self, style: str, candidates: tuple[Candidate, ...]) -> Reading:
        draft = self.draft
        front = front_of(draft)
        paint = Paint(self.source)
        for passage, kind in draft.claims:
            paint.put(passage, kind)
        for number in self.source.dropped:
            line = self.source.lines[number - 1]
            paint.put(Passage.of(number, line.text), shown.FURNITURE)
        around = Around(draft, self.source, self.decisions, paint)
        around.read()
        self.doubts.extend(around.doubts)
        head = self._head(front)
        found, said = self._conventions(paint)
        first_leads = any(each.key == FIRST_LEADS and each.is_on for each in found)
        names = Names(self.directory, self.decisions, first_leads)
        has_one_role = one_role(draft.items)
        items, places = [], []
        self._number()
        for at, each in enumerate(draft.items):
            item, place = self._item(at, each, names, head, paint, has_one_role=has_one_role)
            items.append(item)
            places.append(place)
        paint.put_signs()
        spans = paint.spans()
        unused = self._unused(spans)
        self._all_doubts(names, head, front, said)
        return Reading(
            source=self.source,
            style=style,
            candidates=candidates,
            head=head,
            headline=tuple(around.headline),
            areas=tuple(ParsedArea(a.ordinal, a.title, tuple(a.themes)) for a in draft.areas),
            items=tuple(items),
            places=tuple(places),
            paragraphs=tuple(
                ParsedParagraph(passage.line, kind, passage.text)
                for kind, passage in draft.paragraphs
            ),
            unused=unused,
            spans=spans,
            doubts=self._open_doubts(),
            conventions=tuple(found),
            tables=tuple(draft.tables),
            unread_tables=tuple(draft.unread_tables),
            sections=tuple(each.text for each in draft.sections),
            declared=max((count for count, _ in declared_counts(front)), default=None),
        )  # fmt: skip

    # head and conventions

    def _head(self, front: Sequence[str]) -> PlanHead:
        sections = [each.text for each in self.draft.sections]
        head = read_head([line for line in front if line], sections)
        given = self.decisions.of(HEAD)
        if not given:
            return head
        year = given.get("year", "")
        day = given.get("issued_on", "")
        return PlanHead(
            int(year) if year.isdigit() else head.year,
            given.get("title") or head.title,
            given.get("document_number") or head.document_number,
            day_of(day, None) if day else head.issued_on,
        )

    def _conventions(self, paint: Paint) -> tuple[list[Convention], list[Passage]]:
        said: dict[str, Passage] = {}
        for item in self.draft.items:
            for part in (item, *item.subs):
                for key, passage in part.roles.conventions:
                    said.setdefault(key, passage)
        for _, paragraph in self.draft.paragraphs:
            for key, start, end in conventions.find(paragraph.text):
                said.setdefault(key, paragraph[start:end])
        bare = any(_only_responsible(each) for each in self.draft.items)
        found = []
        for key in (FIRST_LEADS, conventions.EVERYBODY):
            decision = self.decisions.get(CONVENTION, key)
            if key not in said and (key != FIRST_LEADS or not bare):
                continue
            place = said.get(key)
            is_on = decision == "yes" if decision else key in said
            found.append(
                Convention(
                    key, SENTENCES[key], is_on, place.spans()[0] if place and place.parts else None,
                    place.text.strip("，,；;。 ") if place else "", decision is not None,
                )
            )  # fmt: skip
        return found, list(said.values())

    # the items

    def _number(self) -> None:
        """Items without a printed number follow the highest of their kind."""
        for item in self.draft.items:
            if item.number is None:
                taken = [e.number for e in self.draft.items if e.kind == item.kind and e.number]
                item.number = max(taken, default=0) + 1
                if item.printed == "":
                    self.draft.remark(
                        "no_number",
                        f"原文没有编号，暂编为{item.number}",
                        _first_text(item),
                        item=item,
                        is_small=True,
                    )

    def _item(
        self,
        at: int,
        each: DraftItem,
        names: Names,
        head: PlanHead,
        paint: Paint,
        *,
        has_one_role: bool,
    ) -> tuple[ParsedItem, tuple[Span, ...]]:
        whole = joined(each.texts).strip(BLANK)
        self._inherit(each)
        self._paint(each, at, paint)
        designations = names.designations(each, each.kind, projects_have_one_role=has_one_role)
        subs = tuple(
            self._sub(sub, at, each.kind, names, head, paint, has_one_role=has_one_role)
            for sub in each.subs
        )
        if all(one.role == SUPPORT for one in designations):
            designations = of_parts(subs, designations)
        first = next((one for one in designations if one.role != "support"), None)
        reporting = first.name if first else ""
        indicators = _promises(each, whole, reporting)
        for one in indicators:
            paint.put(whole[one.start : one.end], shown.NUMBER, at)
        indicators += find_in_parts(subs, whole.text, reporting=reporting)
        for sub in each.subs if not each.is_of_rows else ():
            words = joined(sub.texts).strip(BLANK)
            for one in find_promises(words.text):
                paint.put(words[one.start : one.end], shown.NUMBER, at)
        self._item_doubts(at, each, whole, designations, subs)
        tracking = tracking_for(
            whole.text, promises=len(indicators), area_title=each.area.title if each.area else ""
        )
        printed = deadline_of(each)
        item = ParsedItem(
            kind=each.kind,
            number=each.number or 0,
            area=each.area.ordinal if each.area else None,
            theme=each.theme,
            text=whole.text,
            designations=designations,
            indicators=indicators,
            line=each.line,
            short_title=short_title_for(whole.text),
            tracking=tracking,
            cycle=cycle_for(tracking, is_project=each.kind == PRACTICAL_PROJECT),
            deadline_text=printed,
            deadline=day_of(printed, head.year) if printed else None,
            leaders=leaders_of(each),
            sub_items=subs,
            printed_number=each.printed,
            printed_roles=" ".join(one.text for one in each.carriers),
        )
        return item, whole.spans()

    def _sub(
        self,
        sub: DraftPart,
        at: int,
        kind: str,
        names: Names,
        head: PlanHead,
        paint: Paint,
        *,
        has_one_role: bool,
    ) -> ParsedSubItem:
        self._paint(sub, at, paint)
        printed = deadline_of(sub)
        return ParsedSubItem(
            number=sub.printed,
            text=sub.text,
            designations=names.designations(sub, kind, projects_have_one_role=has_one_role),
            deadline_text=printed,
            deadline=day_of(printed, head.year) if printed else None,
            leaders=leaders_of(sub),
        )

    def _inherit(self, each: DraftItem) -> None:
        """Roles that stand on a heading hold for the items below it that have none: all of them, or
        who leads where an item names supporters alone; its leader and its time limit beside units
        of the item's own.
        """
        heading = each.heading_roles
        if heading is None:
            return
        own = {one.field for one in each.roles.assigned}
        taken = heading.assigned
        if not each.answers():
            each.roles.add(heading)
        else:
            wanted = {LEADER, DEADLINE} - own
            if not own & {LEAD, RESPONSIBLE} and not each.subs:
                wanted |= {LEAD, RESPONSIBLE}
            taken = [one for one in heading.assigned if one.field in wanted]
            each.roles.assigned += taken
        if any(one.field in (LEAD, RESPONSIBLE) for one in taken):
            self.draft.remark(
                "inherited",
                "本项没有责任单位，按标题所列读入",
                _first_text(each),
                item=each,
                is_small=True,
            )

    def _paint(self, part: DraftPart, at: int, paint: Paint) -> None:
        for text in part.texts:
            paint.put(text, shown.ITEM, at)
        for carrier in part.carriers:
            paint.put(carrier, shown.LABEL, at)
        for each in part.roles.assigned:
            kind = {"leader": shown.LEADER, "deadline": shown.DEADLINE, "contact": shown.PLAN}.get(
                each.field, shown.UNIT
            )
            for passage in each.names or (each.text,):
                paint.put(passage, kind, at)
        for _, passage in part.roles.conventions:
            paint.put(passage, shown.PLAN, at)
        for passage, _ in part.roles.odd:
            paint.put(passage, shown.UNUSED, at)

    # doubts

    def _item_doubts(
        self, at: int, each: DraftItem, whole: Passage, designations: Sequence[object],
        subs: Sequence[ParsedSubItem],
    ) -> None:  # fmt: skip
        add = self.doubts.append
        carriers = joined(each.carriers)
        if not whole.text:
            add(doubting.doubt("no_text", f"第{each.number}项没有内容", carriers, text="", item=at))
        if not designations and not any(sub.designations for sub in subs):
            add(doubting.doubt("no_unit", "没有责任单位", whole, item=at))
        if each.is_open:
            add(
                doubting.doubt(
                    "open_bracket",
                    "责任单位括号没有收尾",
                    each.carriers[-1],
                    item=at,
                    is_small=True,
                )
            )
        for part in (each, *each.subs):
            bracket = joined(part.carriers)
            for passage, reason in part.roles.odd:
                place = passage if passage.parts else bracket
                is_small = not passage.parts
                add(
                    doubting.doubt(
                        "odd_role",
                        reason,
                        place,
                        text=bracket.text,
                        item=at,
                        is_small=is_small,
                        words=reason[:20],
                    )
                )
        if each.kind == KEY_TASK and each.area is None and self.draft.areas:
            add(doubting.doubt("no_area", "事项不在任何方面之下", whole, item=at, is_small=True))
        self.doubts.extend(doubting.unclear(whole, at))
        for figure in bare_figures(whole.text):
            start = whole.text.find(figure)
            add(
                doubting.doubt(
                    "bare_figure",
                    "数字后没有计量单位，按“个”读入",
                    whole[start : start + len(figure)],
                    item=at,
                    is_small=True,
                )
            )

    def _unused(self, spans: Sequence[shown.Colored]) -> tuple[ParsedUnused, ...]:
        """What the draft left, and whatever else no rule took."""
        told = sorted(self.draft.unused, key=lambda each: (each[0].line, each[0].start))
        found = [ParsedUnused(p.line, p.text.strip(BLANK), reason) for p, reason in told]
        known = places_of([passage for passage, _ in told] + list(self._odd()))
        for passage, reason in told:
            if reason:
                line = self.source.lines[passage.line - 1]
                is_whole = len(passage.text.strip(BLANK)) >= len(line.text.strip(BLANK))
                is_whole = is_whole and line.cell is None
                self.doubts.append(doubting.unused(passage, reason, is_whole_line=is_whole))
        for each in spans:
            span = each.span
            is_known = all((span.line, at) in known for at in range(span.start, span.end))
            if each.kind != shown.UNUSED or is_known:
                continue
            whole = Passage.of(span.line, self.source.lines[span.line - 1].text)
            passage = whole.between(span.start, span.end)
            found.append(ParsedUnused(span.line, passage.text, ""))
            if re.search(r"\w", passage.text):
                self.doubts.append(doubting.unused(passage, "没有读入的文字", is_whole_line=False))
        return tuple(sorted(found, key=lambda one: one.line))

    def _odd(self) -> Iterator[Passage]:
        """What stands in carriers and was not understood; it has doubts of its own."""
        for item in self.draft.items:
            for part in (item, *item.subs):
                yield from (passage for passage, _ in part.roles.odd)

    def _all_doubts(
        self, names: Names, head: PlanHead, front: Sequence[str], said: Sequence[Passage]
    ) -> None:
        at_of = {id(each): at for at, each in enumerate(self.draft.items)}
        brackets = {
            name.text: joined(part.carriers).text
            for item in self.draft.items
            for part in (item, *item.subs)
            for one in part.roles.assigned
            for name in one.names
        }
        self.doubts.extend(doubting.remarks(self.draft, at_of))
        self.doubts.extend(doubting.of_head(head, has_items=bool(self.draft.items)))
        self.doubts.extend(doubting.of_signs(self.source))
        self.doubts.extend(doubting.of_numbers(self.draft.items))
        self.doubts.extend(doubting.of_declared(declared_counts(front), self.draft.items))
        self.doubts.extend(doubting.unknown_names(names.unknown, self.directory, brackets))
        for item, label in names.led_projects:
            self.doubts.append(
                doubting.doubt(
                    "led_project",
                    f"十件实事中写作“{label}”，按责任单位读入",
                    joined(item.carriers),
                    item=at_of.get(id(item)),
                    is_small=True,
                )
            )

    def _open_doubts(self) -> tuple[Doubt, ...]:
        """Without those that a person answered, in the order of the source; no key twice."""
        answered = self.decisions.of(ANSWERED)
        kept: dict[str, Doubt] = {}
        for each in sorted(self.doubts, key=lambda one: one.line):
            key, count = each.key, 1
            while key in kept:
                count += 1
                key = f"{each.key}#{count}"
            kept[key] = replace(each, key=key)
        return tuple(each for key, each in kept.items() if key not in answered)


def _first_text(item: DraftItem) -> Passage:
    return item.texts[0] if item.texts else Passage()


def _only_responsible(item: DraftItem) -> bool:
    fields = [each.field for each in item.roles.assigned if each.names]
    units = [each for each in item.roles.assigned if each.field == "responsible"]
    return "lead" not in fields and sum(len(each.names) for each in units) > 1


def _promises(each: DraftItem, whole: Passage, reporting: str) -> tuple[ParsedIndicator, ...]:
    """Those of an item; of rows of a table each for itself, for no sign stands between them."""
    if not each.is_of_rows:
        return find_promises(whole.text, reporting=reporting)
    found: list[ParsedIndicator] = []
    at = 0
    for text in each.texts:
        for one in find_promises(text.text, reporting=reporting):
            found.append(replace(one, start=one.start + at, end=one.end + at))
        at += len(text.text)
    return tuple(found)

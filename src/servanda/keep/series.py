"""Programmes of events: what takes place in the course of a visit, and numbered meetings with what comes beside."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from servanda.keep.names import plain
from servanda.keep.resolve import Resolved
from servanda.keep.steps import Programme, Step, StepStatus, scheme
from servanda.keep.telling import Telling
from servanda.keep.when import apart, last_before, when
from servanda.records import Filed

RANGE = 1100  # days: a range of dates that spans more of them is no cycle
YEARS = 360  # days: one that spans fewer is no cycle either
HELD, TO_COME = "held", ("planned", "proposed")
ENDED: dict[str, StepStatus] = {"postponed": "postponed", "cancelled": "cancelled"}
FEWEST = 3  # words of a series' own name


@dataclass(slots=True)
class Numbered:
    """A meeting with a number: the name of its series, plain, and the number."""

    series: str
    number: str
    engagement: Resolved
    telling: Telling


@dataclass(slots=True)
class Line:
    """The meetings of one series."""

    name: str
    members: list[Numbered] = field(default_factory=list)


def visits(engagements: Sequence[Resolved]) -> list[Programme]:
    """Each visit in whose course two or more other engagements stand, planned or held."""
    parts: dict[tuple[int, str], list[Resolved]] = defaultdict(list)
    for engagement in engagements:
        for telling in engagement.tellings:
            if telling.whole:
                parts[telling.number, telling.whole].append(engagement)
    found = []
    for visit in (e for e in engagements if e.first.kind == "visit"):
        within = {e.id: e for t in visit.tellings for e in parts.get(t.id, ()) if e is not visit}
        if within:
            steps = [step(visit, (0,)), *(step(e, (1,)) for e in within.values())]
            name = visit.first.passages[0].quote if len(visit.first.passages[0].quote) <= NAME else _title(visit)
            found.append(_programme("visit", visit.id, name, steps, visit.first.who))
    return found


NAME = 120  # code points


def _title(engagement: Resolved) -> str:
    first = engagement.first
    return ", ".join([*(w.name for w in first.who[:2]), first.occasion or first.place or first.date or first.kind])


def series(documents: Iterable[Filed], engagements: Sequence[Resolved]) -> list[Programme]:
    """Numbered meetings of one name, and with them the events to come that are told in one breath with one of them."""
    lines = _lines(engagements)
    by_document: dict[int, list[tuple[Telling, Resolved]]] = defaultdict(list)
    for engagement in engagements:
        for telling in engagement.tellings:
            by_document[telling.number].append((telling, engagement))
    spans = {d.number: _cycle_years(d) for d in documents}
    return [_of_line(line, by_document, spans) for line in lines]


def _lines(engagements: Iterable[Resolved]) -> list[Line]:
    lines: list[Line] = []
    by_word: dict[str, list[Line]] = defaultdict(list)
    for engagement in engagements:
        for told in _numbered(engagement):
            near = {id(line): line for word in told.series.split() if word not in scheme().generic
                    for line in by_word[word][-20:]}  # fmt: skip
            best = next((line for line in near.values() if _same_name(line.name, told.series)), None)
            if best is None:
                best = Line(told.series)
                lines.append(best)
                for word in set(told.series.split()) - set(scheme().generic):
                    by_word[word].append(best)
            best.members.append(told)
    return lines


def _same_name(a: str, b: str) -> bool:
    """One name holds all proper words of the other, or they share so many that it is one body's."""
    first, second = set(_own(a)), set(_own(b))
    shared = first & second
    return first == second or (shared in (first, second) and len(shared) >= FEWEST) or len(shared) >= scheme().shared


def _own(name: str) -> list[str]:
    return [word for word in name.split() if word not in scheme().generic]


def has_number(occasion: str | None) -> bool:
    """Whether the name of an event gives it a number among those of its series."""
    return occasion is not None and _number(plain(occasion)) is not None


def _number(called: str) -> re.Match[str] | None:
    return next((m for pattern in scheme().numbers if (m := re.search(pattern, called))), None)


def _numbered(engagement: Resolved) -> Iterator[Numbered]:
    """The number of a meeting, and the name of its series: what stands before the number, else what comes after."""
    for telling in engagement.tellings:
        found = _number(telling.called)
        if found is None:
            continue
        number = scheme().roman.get(found.group(1), found.group(1))
        before, after = telling.called[: found.start()].split(), telling.called[found.end() :].split()
        own = _own(" ".join(before))
        name = before if own else after[:12]
        if len(_own(" ".join(name))) and len(name) >= FEWEST:
            yield Numbered(" ".join(name), number, engagement, telling)
            return


def _of_line(
    line: Line,
    by_document: dict[int, list[tuple[Telling, Resolved]]],
    spans: dict[int, tuple[str, str] | None],
) -> Programme:
    members = {m.engagement.id: m for m in line.members}
    beside = {e.id: e for m in line.members for e in _in_one_breath(m, by_document) if e.id not in members}
    years = _years(line, spans) if beside else None
    told = plain(" ".join(p.quote for m in line.members for t in m.engagement.tellings for p in t.passages))
    cycle = bool(beside) and (years is not None or any(re.search(pattern, told) for pattern in scheme().cycles))
    steps = [step(m.engagement, () if cycle else (0, 0), number=m.number) for m in members.values()]
    _dated_by_the_next(steps)
    steps += [step(e, (0, 0)) for e in beside.values()]
    for made in steps if cycle else ():
        made.order = (0,) if made.shown else (1,)
    who = [w for m in line.members for w in m.telling.who]
    found = _programme("cycle" if cycle else "series", min(members), _name(line), steps, who)
    found.also += [line.name, *(m.telling.occasion for m in line.members if m.telling.occasion)]
    found.since, found.until = years or (None, None)
    return found


def _dated_by_the_next(steps: Iterable[Step]) -> None:
    """A meeting held on a day of an unknown year was the last such day before the next of its numbers is planned."""
    planned = {s.unit: s.planned for s in steps if s.planned and s.unit}
    for made in (s for s in steps if s.date and s.unit and s.unit.isdecimal()):
        ahead = planned.get(str(int(made.unit or "0") + 1))
        dated = last_before(made.date, ahead)
        if dated != made.date:
            made.note = f"told as {made.date}; the last before the next, planned for {ahead}"
            made.date = dated


def _years(line: Line, spans: dict[int, tuple[str, str] | None]) -> tuple[str, str] | None:
    numbers = [t.number for m in line.members for t in m.engagement.tellings]
    return next((years for number in numbers if (years := spans.get(number))), None)


def _name(line: Line) -> str:
    """The fullest name of one of its meetings, without the number."""
    named = max((m.telling.occasion or line.name for m in line.members), key=len)
    numbers = {m.number for m in line.members} | set(scheme().roman)
    words = named.split()
    places = [n for n, word in enumerate(words) if plain(word) in numbers]
    for place in reversed(places[:1]):
        first = place
        while first and plain(words[first - 1]) in scheme().number_words:
            first -= 1
        words[first : place + 1] = []
    return " ".join(words)


def _in_one_breath(member: Numbered, by_document: dict[int, list[tuple[Telling, Resolved]]]) -> list[Resolved]:
    """Events to come that the same document tells next to this one, itself to come, each no further than `touch`."""
    telling = member.telling
    if telling.status not in TO_COME:
        return []
    others = sorted(((t.passages[0], e) for t, e in by_document[telling.number] if t.status in TO_COME),
                    key=lambda it: it[0].start)  # fmt: skip
    found, end = [], telling.passages[0].end
    for passage, engagement in others:
        if telling.passages[0].start <= passage.start <= end + scheme().touch:
            found.append(engagement)
            end = max(end, passage.end)
    return found if len(found) > 1 else []


def _cycle_years(document: Filed) -> tuple[str, str] | None:
    """The first range of years that a document tells: `giai đoạn 2021 – 2023`."""
    for record in (r for r in document.records.values() if r.kind == "date"):
        told = (record.value("edtf") or "").split("/")
        days = when(record.value("edtf"))
        if len(told) == 2 and days and all(len(end) == 4 for end in told) and YEARS <= days.days <= RANGE:
            return told[0], told[1]
    return None


def step(engagement: Resolved, order: tuple[int, ...], number: str | None = None) -> Step:
    """An engagement as a step: its tellings as still to come beside those of it as held."""
    planned = [t for t in engagement.tellings if t.status in TO_COME]
    held = [t for t in engagement.tellings if t.status == HELD]
    ended = next((t.status for t in engagement.tellings if t.status in ENDED), None)
    first = engagement.first
    due, day = _date(planned), _date(held)
    status: StepStatus = "held" if held else ENDED[ended] if ended else "planned"
    if held and _moved(due, day):
        status = "changed"
    return Step(
        kind=first.kind, name=first.occasion or first.passages[0].quote[:NAME],
        labels={"en": first.kind, "vi": first.kind}, status=status, planned=due, date=day, place=first.place,
        unit=number, who=list(dict.fromkeys(w.name for w in first.who)),
        told=[t.passages[0] for t in planned], shown=[t.passages[0] for t in held], engagement=engagement.id,
        order=order if number is None or not number.isdecimal() else (*order, int(number)),
    )  # fmt: skip


def _date(tellings: Iterable[Telling]) -> str | None:
    """The date most exactly told, of a known year before one of an unknown."""
    dated = [(t.date, day) for t in tellings if (day := when(t.date))]
    return min(dated, key=lambda it: (it[1].yearless, it[1].days))[0] if dated else None


def _moved(planned: str | None, held: str | None) -> bool:
    a, b = when(planned), when(held)
    return bool(a and b and apart(a, b) > 0)


def _programme(kind: str, key: str, name: str, steps: list[Step], who: Iterable[object]) -> Programme:
    parties = list(dict.fromkeys(getattr(w, "name", "") for w in who))
    labels = {"en": scheme().kinds[kind].en, "vi": scheme().kinds[kind].vi}
    return Programme(f"{kind}-{key}", kind, name, labels, parties, steps)  # type: ignore[arg-type]

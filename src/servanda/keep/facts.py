"""Coded facts of documents that make a promise or answer one, ready for comparison."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from servanda.keep.names import Who, plain
from servanda.keep.rules import rules
from servanda.keep.telling import Passage, actors, era, passage
from servanda.keep.times import MONTH, PAST, Span, written
from servanda.keep.when import anchored, when
from servanda.records import Filed, Record

YEAR = 365  # days: of a plan that was to be carried out longer ago, the date is another's
CODED = ("act", "contribution", "plan", "agreement")
DUE = {"act": "due", "contribution": "date", "plan": "due", "agreement": "date"}
BY = {"act": "speaker", "contribution": "contributor", "plan": "by", "agreement": "party"}
TO = {"act": "addressee", "contribution": "mission", "plan": "by", "agreement": "party"}


@dataclass(slots=True)
class Fact:
    """What one document says that somebody is going to do, asks, refuses, gives, has sent or signed.

    `kind` is that of the promise it makes, empty where it makes none. `era` (EDTF) and `time` say when its document was
    written; `said`: its words, plain; `called`: the name of an agreement or occasion, plain; `states` (ISO): those its
    words name; `into`: those its place is in; `mode`: how an act is done.
    """

    key: str
    record: str
    kind: str
    status: str
    by: list[Who]
    to: list[Who]
    passage: Passage
    number: int
    era: str | None
    due: str | None = None
    what: str | None = None
    unit: str | None = None
    mission: str | None = None
    count: int | None = None
    women: int | None = None
    measure: str | None = None
    topics: tuple[str, ...] = ()
    asserted_by: str | None = None
    said: str = ""
    called: str = ""
    form: str | None = None
    states: frozenset[str] = frozenset()
    into: frozenset[str] = frozenset()
    time: Span = field(default_factory=Span)
    mode: str = ""


def facts(documents: Iterable[Filed]) -> list[Fact]:
    """Acts, contributions, plans and agreements of these documents; those of grafted passages left out."""
    return [fact for document in documents for fact in _of(document)]


def _of(document: Filed) -> list[Fact]:
    known, told_in, time = actors(document), era(document), written(document)
    coded = [r for r in document.records.values() if r.kind in CODED and not r.passage]
    told = [_fact(document, record, known, told_in, time) for record in coded]
    states = {form: w.code for w in known.values() if w.kind == "state" and w.code for form in w.forms}
    for fact in told:
        spaced = f" {fact.said} "
        fact.states = frozenset(code for form, code in states.items() if f" {form} " in spaced)
    dates = [r for r in document.records.values() if r.kind == "date" and not r.passage]
    past = {date for record in document.records.values() if (date := _past(record, document.published, told_in))}
    for fact in (f for f in told if f.kind and f.due):
        if (fact.record == "agreement" and _is_term(fact.due)) or gone(
            fact.due or "", time, days=YEAR if fact.record == "plan" else 0
        ):
            fact.due = None
    for fact in (f for f in told if f.kind and not f.due and f.record == "contribution"):
        due = _to_come(fact, dates, document.published)
        fact.due = due if due not in past else None
    return told


def _is_term(due: str | None) -> bool:
    """Several years: those for which an agreement is made, not the day on which it is to be."""
    day = when(due)
    return bool(day and day.days > YEAR + 1)


def gone(due: str, time: Span, *, days: int = 0) -> bool:
    """A date that lies wholly, and by so many days, before its document was written: nothing is due then."""
    day = when(due)
    return bool(day and not day.yearless and time.first and (time.first - day.last).days > days)


def _past(record: Record, published: str | None, told_in: str | None) -> str | None:
    """The date of what the document tells as having happened."""
    if record.passage or record.value("status") not in PAST.get(record.kind, ()):
        return None
    date = anchored(anchored(record.value("date"), published), told_in)
    day = when(date)
    return date if day and day.days <= MONTH else None


def _to_come(fact: Fact, dates: Sequence[Record], published: str | None) -> str | None:
    """The only date in a promise's words, where it lies ahead of its document."""
    known = {(r.start, r.end): anchored(anchored(r.value("edtf"), published), fact.era) for r in dates}
    told = {date for (start, _), date in known.items() if fact.passage.start <= start < fact.passage.end}
    due = told.pop() if len(told) == 1 else None
    return due if _ahead(due, fact, [date for date in known.values() if date != due]) else None


def _ahead(due: str | None, fact: Fact, others: Iterable[str | None]) -> bool:
    """After the document's own time; where its year is unknown, after every other year that it tells."""
    day, now = when(due), when(fact.era)
    if day is None or now is None:
        return False
    if day.yearless == now.yearless:
        return day.last > now.last
    if not day.yearless and fact.time.last:
        return day.last > fact.time.last
    years = [w.last for other in others if (w := when(other)) and not w.yearless]
    return not day.yearless and bool(years) and day.first > max(years)


def _fact(document: Filed, record: Record, known: dict[int, Who], told_in: str | None, time: Span) -> Fact:
    def who(name: str) -> list[Who]:
        return [known[it.about] for it in record.all(name) if it.about in known]

    by, to = who(BY[record.kind]), who(TO[record.kind])
    if BY[record.kind] == TO[record.kind]:
        by, to = by[:1], by[1:]
    act, demanded = record.kind == "act", record.kind == "plan" and record.value("status") in rules().demands
    if demanded:
        by, to = [], [*by, *to]
    mission = next(iter(who("mission")), None)
    first = record.statements[0] if record.statements else None
    return Fact(
        key=record.key, record=record.kind,
        kind=_kind(record), status=record.value("type" if act else "status") or "", by=by, to=to,
        passage=passage(document, record), number=document.number, era=told_in,
        due=anchored(anchored(record.value(DUE[record.kind]), document.published), told_in),
        what=record.value("what") if record.kind == "contribution" else None, unit=record.value("unit"),
        mission=mission.code if mission else None,
        count=_number(record.value("count")), women=_number(record.value("women")),
        measure=record.value("measure"), topics=tuple(s.value for s in record.all("topic") if s.value),
        asserted_by=first.asserted_by if first else None, said=plain(record.words),
        called=plain(record.value("name") or "") if record.kind == "agreement" else "",
        form=record.value("kind"), time=time, mode=record.value("mode") or "",
    )  # fmt: skip


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isdecimal() else None


def _kind(record: Record) -> str:
    r = rules()
    if record.kind == "plan":
        return r.demands.get(record.value("status") or "", "plan")
    if record.kind == "act":
        return r.modes.get(record.value("mode") or "") or r.kinds.get(record.value("type") or "", "")
    return r.statuses.get(record.value("status") or "", "")


def same_unit(a: Fact, b: Fact) -> bool:
    """No word says that these are different units; numbers of a unit's name that differ do."""
    first, second = unit_number(a.unit), unit_number(b.unit)
    return first == second or first is None or second is None


def unit_number(unit: str | None) -> str | None:
    """The number in a unit's name, `2` of `Bệnh viện dã chiến cấp 2 (số hai)`: the last, and not that of its level."""
    r, words = rules(), plain(unit or "").split()
    told = list(zip(["", *words], words, strict=False))
    numbers = [r.numerals.get(b, b) for a, b in told if a in r.ordinals or (b.isdecimal() and a not in r.levels)]
    numbers = [number for number in numbers if number.isdecimal()]
    return numbers[-1] if numbers else None

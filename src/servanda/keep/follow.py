"""The ledger: every undertaking with its due date and what the documents show of its outcome.

A status moves only by evidence of the thing promised, or by a person. "Overdue" accuses nobody: the due date passed
before the newest document that speaks of who promised, and no evidence was found in so many documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from servanda.keep.answers import Answers, keys
from servanda.keep.deeds import deeds
from servanda.keep.ended import ended_before
from servanda.keep.facts import Fact, facts
from servanda.keep.names import Who
from servanda.keep.outcomes import Evidence, Outcome, Status, Weighed, too_early, weigh
from servanda.keep.promises import Promise, moved, promises, told_at
from servanda.keep.resolve import Resolved
from servanda.keep.settled import FIRM, SHOWN, settled
from servanda.keep.telling import Passage
from servanda.keep.times import Span, spans
from servanda.keep.when import anchored, when, within
from servanda.keep.years import years, years_of_units
from servanda.records import Filed

ANY = 10**6  # days: of a date that nobody can read
YEARLESS = 0  # days between a date without year and that on which it came about, whose year it then has
Texts = Mapping[int, str]
NO_TEXTS: Texts = {}
Grade = Literal["dated", "concrete", "exhortation"]
Kind = Literal["plan", "pledge", "invitation", "request", "proposal"]


@dataclass(slots=True)
class Undertaking:
    """One entry of the ledger. `due` is EDTF, None where none is told: then it can never be overdue.

    `doubtful`: words that may show an outcome, below what asserts one. `conflict`: its evidence tells two outcomes.
    `renews`: the entry of the same promise for an earlier date, `renewed_by`: that for a later one; each date is
    followed to its own outcome.
    """

    id: str
    kind: str
    by: list[str]
    to: list[str]
    what: str
    topics: list[str]
    grade: Grade
    due: str | None
    status: Status
    made: Passage
    told_again: list[Passage]
    evidence: list[Evidence]
    engagement: str | None
    asserted_by: str | None
    history: list[str] = field(default_factory=list)
    doubtful: list[Evidence] = field(default_factory=list)
    conflict: bool = False
    renews: str | None = None
    renewed_by: str | None = None


def ledger(
    documents: Sequence[Filed], engagements: Sequence[Resolved], today: str | None = None, texts: Texts = NO_TEXTS
) -> list[Undertaking]:
    """Every undertaking of these documents. `today` (ISO) makes due dates pass; else the newest document does.

    `texts` by number of document: where they are at hand, what they tell in passing shows outcomes too."""
    made, answers, known = _gathered(documents, engagements, texts)
    return concluded(made, answers, today, known)


def _renewals(entries: list[Undertaking]) -> list[Undertaking]:
    """Of a promise put off to a later date, the entry of that date says from which it was, and names the earlier."""
    told = {passage: entry for entry in entries for passage in (entry.made, *entry.told_again)}
    for entry in (e for e in entries if e.status == "postponed" and e.due):
        for later in {id(e): e for shown in entry.evidence if (e := told.get(shown.passage))}.values():
            if later is not entry and later.renews is None:
                later.renews, entry.renewed_by = entry.id, later.id
                later.history.insert(0, f"due told before as {entry.made.source}: {entry.due}")
    return entries


def weighed(
    id: str, documents: Sequence[Filed], engagements: Sequence[Resolved], texts: Texts = NO_TEXTS
) -> list[Weighed]:
    """What was weighed as the outcome of one undertaking, the likeliest first; nothing for an unknown id."""
    made, answers, _ = _gathered(documents, engagements, texts)
    return [it for promise in made if promise.made.key == id for it in weigh(promise, answers)]


def doubted(
    documents: Sequence[Filed], engagements: Sequence[Resolved], texts: Texts = NO_TEXTS
) -> dict[str, list[Weighed]]:
    """By undertaking, the likeliest first: what may show its outcome and does not reach what asserts one."""
    made, answers, _ = _gathered(documents, engagements, texts)
    found = {p.made.key: [it for it in weigh(p, answers) if it.review <= it.score < it.least] for p in made}
    return {id: them[:SHOWN] for id, them in found.items() if them}


@dataclass(slots=True)
class _Known:
    """Who is spoken of in which documents (a bit for each), and on which day the newest was written."""

    speaks: dict[str, int]
    newest: dict[str, str]


def gathered(
    found: Sequence[Fact],
    engagements: Sequence[Resolved],
    times: dict[int, Span],
    only: Collection[tuple[int, str]] | None = None,
) -> list[Promise]:
    """The promises of these facts and engagements, with the years of their dates; `only`: of these facts and tellings,
    beside which the others say when."""
    told_in = years(engagements)
    made = promises(found, engagements, times, only)
    told_in |= years_of_units(found)
    for fact in (f for p in made for f in p.facts if f.due and "XXXX" in f.due):
        year = told_in.get(fact.number) or fact.time.year
        fact.due = (fact.due or "").replace("XXXX", year) if year else fact.due
    return made


def concluded(made: Sequence[Promise], answers: Answers, today: str | None, known: _Known | None = None
              ) -> list[Undertaking]:  # fmt: skip
    """Each promise with what its answers show of its outcome."""
    return _renewals([_entry(promise, answers, known or _speaking((), (), {}), today) for promise in made])


def _gathered(
    documents: Sequence[Filed], engagements: Sequence[Resolved], texts: Texts
) -> tuple[list[Promise], Answers, _Known]:
    times, found = spans(documents), facts(documents)
    made = gathered(found, engagements, times)
    told = [*found, *deeds(documents, texts)]
    return made, Answers(told, engagements, times), _speaking(found, engagements, times)


def _speaking(found: Iterable[Fact], engagements: Iterable[Resolved], times: Mapping[int, Span]) -> _Known:
    known, place = _Known(defaultdict(int), defaultdict(str)), dict[int, int]()
    for who, number in _spoken(found, engagements):
        bit = 1 << place.setdefault(number, len(place))
        time = times.get(number)
        day = time.last.isoformat() if time and time.last else ""
        for key in keys(who):
            known.speaks[key] |= bit
            known.newest[key] = max(known.newest[key], day)
    return known


def _spoken(found: Iterable[Fact], engagements: Iterable[Resolved]) -> Iterable[tuple[list[Who], int]]:
    yield from (([*f.by, *f.to], f.number) for f in found)
    yield from ((t.who, t.number) for e in engagements for t in e.tellings)


def _could_tell(promise: Promise, known: _Known) -> tuple[int, str | None]:
    """How many documents speak of who was to bring it about or for whom, and the day of the newest."""
    who = keys([w for f in promise.facts for w in (*f.by, *f.to)])
    documents = 0
    for key in who:
        documents |= known.speaks.get(key, 0)
    return documents.bit_count(), max((known.newest.get(key, "") for key in who), default="") or None


def _entry(promise: Promise, answers: Answers, known: _Known, today: str | None) -> Undertaking:
    made = promise.made
    due, history = _due(promise)
    found = weigh(promise, answers)
    outcome = settled(promise, found, answers)
    status, due = outcome.status, _in_its_year(due, outcome.status, found)
    gone = [code for code in sorted(_bodies(promise)) if ended_before(code, made.time)]
    history += [f"{code} had ended before this was said" for code in gone]
    history += [f"told by {it.passage.source} of before the promise: no evidence" for it in found if too_early(it)]
    if status in ("open", "accepted") and due:
        looked_at, newest = _could_tell(promise, known)
        newest = today or newest
        if _passed(due, newest):
            status = "overdue"
            history = [*history, f"due passed, no evidence in {looked_at} documents, the newest of {newest}"]
    by, to = _sides(promise)
    return Undertaking(
        id=made.key, kind=_kind(promise), by=by, to=to, what=made.passage.quote,
        topics=sorted({t for f in promise.facts for t in f.topics}), grade=_grade(promise, due), due=due, status=status,
        made=made.passage, told_again=[f.passage for f in promise.facts if f.passage != made.passage],
        evidence=list(outcome.evidence), engagement=promise.engagement.id if promise.engagement else None,
        asserted_by=made.asserted_by, history=[*history, *outcome.history], doubtful=list(outcome.doubtful),
        conflict=outcome.conflict or bool(gone),
    )  # fmt: skip


def _bodies(promise: Promise) -> set[str]:
    """The codes of bodies by or to which it is promised."""
    who = [w for f in promise.facts for w in (*f.by, *f.to) if w.kind in ("mission", "organisation")]
    return {w.code for w in who if w.code} | {f.mission for f in promise.facts if f.mission}


def _kind(promise: Promise) -> str:
    """An act says best what kind of promise it is; else the plan."""
    first = promise.made.number
    acts = [f.kind for f in promise.facts if f.record == "act" and f.number == first]
    return acts[0] if acts else promise.made.kind


def _sides(promise: Promise) -> tuple[list[str], list[str]]:
    """Who undertakes it and towards whom: as the acts say, which know who speaks; else as those who take part."""
    told = [f for f in promise.facts if f.record == "act"] or promise.facts
    by = _names(w for fact in told for w in fact.by)
    return by, [name for name in _names(w for fact in told for w in fact.to) if name not in by]


def _names(who: Iterable[Who]) -> list[str]:
    return list(dict.fromkeys(w.name for w in who if w.name))


def _due(promise: Promise) -> tuple[str | None, list[str]]:
    """The date a promise was first given, as exactly as any telling has it, and how later tellings moved it."""
    dated = [f for f in promise.facts if f.due]
    if not dated:
        return None, []
    first = min(dated, key=told_at).number
    event = all(f.form not in ("visit", "ongoing_mission_trip") for f in dated)
    dues = [f.due for f in dated if f.number == first and f.due]
    told = min(dues, key=_exactness) if event else max(dues, key=len)
    finer = [f.due for f in dated if f.due and _finer(told, f.due, event=event)]
    history = dict.fromkeys(f"due told as {f.passage.source}: {f.due}" for f in dated if moved(told, f.due))
    return (finer[0] if finer else told), list(history)


def _exactness(due: str) -> tuple[bool, int]:
    """Smaller for a date that leaves fewer days open; a known year first."""
    day = when(due)
    return (day.yearless, day.days) if day else (True, ANY)


def _in_its_year(due: str | None, status: Status, found: Sequence[Weighed]) -> str | None:
    """A date without a year has that of the day on which, as others tell, it came about."""
    if not due or "XXXX" not in due or status not in FIRM:
        return due
    told = (it.day for it in found if it.score >= it.review and it.day and "XXXX" not in it.day)
    days = (day for day in told if within(anchored(due, day), day, YEARLESS))
    return anchored(due, next(days, None))


def _finer(told: str, other: str, *, event: bool) -> bool:
    """The same date told more exactly: a month of that year, a day of that month, of an event's several days."""
    a, b = when(told), when(other)
    if a is None or b is None or a.yearless != b.yearless:
        return False
    return a.days > (1 if event else 10) and b.days < a.days and a.first <= b.first and b.last <= a.last


def _grade(promise: Promise, due: str | None) -> Grade:
    if due:
        return "dated"
    concrete = promise.engagement or any(f.what or f.unit or f.count or f.called for f in promise.facts)
    return "concrete" if concrete or any(c.isdigit() for c in promise.made.passage.quote) else "exhortation"


def _passed(due: str | None, now: str | None) -> bool:
    a, b = when(due), when(now)
    return a is not None and b is not None and not a.yearless and not b.yearless and a.last < b.last


__all__ = [
    "Evidence", "Grade", "Kind", "Outcome", "Status", "Undertaking", "Weighed", "concluded", "doubted", "gathered",
    "ledger", "weighed",
]  # fmt: skip

"""What someone is now expected to do: pledges, requests, invitations, proposals, plans, each told once however often.

A promise stands on the words that make it. Two facts on the same words are one promise, and so are two tellings by one
speaker in like words, a planned engagement told in many documents, and a unit's deployment planned in many.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from rapidfuzz.fuzz import token_set_ratio

from servanda.errors import BadData
from servanda.keep.names import Who, alike, plain
from servanda.keep.resolve import Resolved
from servanda.keep.telling import Passage, Telling, actors, era, passage
from servanda.keep.when import anchored, apart, when
from servanda.records import Filed, Record

FILE = Path(__file__).parents[1] / "schema" / "follow.yaml"
CODED = ("act", "contribution", "plan")
DUE = {"act": "due", "contribution": "date", "plan": "due"}
BY = {"act": "speaker", "contribution": "contributor", "plan": "by"}
MONTH = 28  # days: two different months are two dates
OPEN = ("planned", "proposed", "postponed", "cancelled")


class Rules(BaseModel):
    """schema/follow.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: dict[str, str]
    modes: dict[str, str]
    statuses: dict[str, str]
    same_words: float
    overlap: float
    covers: float
    own_words: list[str]
    due_moved: int
    least: float
    review: float
    later: int
    numerals: dict[str, str]
    levels: list[str]
    officers: list[str]
    answers: dict[str, str]
    reversed: list[str]
    named: float
    words_of_name: int
    least_act: float
    acts: dict[str, float]
    weights: dict[str, float]


@dataclass(slots=True)
class Fact:
    """A coded fact of one document that makes a promise or answers one."""

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


@dataclass(slots=True)
class Promise:
    """One undertaking: the fact that makes it, the others that tell it, and the engagement it is about, if one."""

    facts: list[Fact]
    engagement: Resolved | None = None

    @property
    def made(self) -> Fact:
        """The telling it is known by: the first document's, the fullest there."""
        first = min(f.number for f in self.facts)
        return max((f for f in self.facts if f.number == first), key=lambda f: (f.record != "act", bool(f.due)))


@cache
def rules() -> Rules:
    """The data file, checked. Raises BadData."""
    try:
        return Rules.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise BadData(f"{FILE.name}: {' '.join(str(error).split())}") from error


def facts(documents: Iterable[Filed]) -> list[Fact]:
    """Acts and contributions of these documents, with who, to whom, what and when; grafted passages left out."""
    found: list[Fact] = []
    for document in documents:
        known, time = actors(document), era(document)
        coded = [r for r in document.records.values() if r.kind in CODED and not r.passage]
        told = [_fact(document, record, known, time) for record in coded]
        dates = [r for r in document.records.values() if r.kind == "date" and not r.passage]
        for fact in (f for f in told if f.kind and not f.due):
            fact.due = _to_come(fact, dates, document.published)
        found += told
    return found


def _to_come(fact: Fact, dates: Sequence[Record], published: str | None) -> str | None:
    """The only date in a promise's words, where it lies ahead of its document."""
    known = {(r.start, r.end): anchored(anchored(r.value("edtf"), published), fact.era) for r in dates}
    told = {date for (start, _), date in known.items() if fact.passage.start <= start < fact.passage.end}
    due = told.pop() if len(told) == 1 else None
    return due if _ahead(due, fact.era, [date for date in known.values() if date != due]) else None


def _ahead(due: str | None, era: str | None, others: Iterable[str | None]) -> bool:
    """After the document's own time; where its year is unknown, after every other year that it tells."""
    day, now = when(due), when(era)
    if day is None or now is None:
        return False
    if day.yearless == now.yearless:
        return day.last > now.last
    years = [w.last for other in others if (w := when(other)) and not w.yearless]
    return not day.yearless and bool(years) and day.first > max(years)


def _fact(document: Filed, record: Record, known: dict[int, Who], time: str | None) -> Fact:
    def who(name: str) -> list[Who]:
        return [known[it.about] for it in record.all(name) if it.about in known]

    act = record.kind == "act"
    mission = next(iter(who("mission")), None)
    count, women = record.value("count"), record.value("women")
    first = record.statements[0] if record.statements else None
    return Fact(
        key=record.key, record=record.kind,
        kind=_kind(record), status=record.value("type" if act else "status") or "",
        by=who(BY[record.kind]), to=who("addressee" if act else "mission"),
        passage=passage(document, record), number=document.number, era=time,
        due=anchored(anchored(record.value(DUE[record.kind]), document.published), time),
        what=None if act else record.value("what"), unit=record.value("unit"),
        mission=mission.code if mission else None,
        count=int(count) if count and count.isdecimal() else None,
        women=int(women) if women and women.isdecimal() else None,
        measure=record.value("measure"), topics=tuple(s.value for s in record.all("topic") if s.value),
        asserted_by=first.asserted_by if first else None, said=plain(record.words),
    )  # fmt: skip


def _kind(record: Record) -> str:
    r = rules()
    if record.kind == "plan":
        return "plan"
    if record.kind == "act":
        return r.modes.get(record.value("mode") or "") or r.kinds.get(record.value("type") or "", "")
    return r.statuses.get(record.value("status") or "", "")


def promises(found: Sequence[Fact], engagements: Iterable[Resolved]) -> list[Promise]:
    """Every promise these facts and engagements make, told once, in the order of the documents."""
    resolved = list(engagements)
    visits = _visits(resolved)
    made = [p for e in resolved if (p := _of_engagement(e, visits))]
    made += [Promise([fact]) for fact in found if fact.kind]
    made = _on_the_same_words(made)
    made = _in_like_words(made)
    return sorted(made, key=lambda p: (p.made.number, p.made.passage.start))


def years(engagements: Iterable[Resolved]) -> dict[int, str]:
    """The year of documents that tell none, from an engagement that another document dates in full."""
    found: dict[int, str] = {}
    for engagement in engagements:
        dated = [(t.number, t.date[:4]) for t in engagement.tellings if t.date and _year_known(t.date)]
        for telling in engagement.tellings:
            others = {year for number, year in dated if number != telling.number}
            if len(others) == 1 and not _year_known(telling.era) and not _year_known(telling.date):
                found.setdefault(telling.number, min(others))
    return found


def _year_known(edtf: str | None) -> bool:
    found = when(edtf)
    return found is not None and not found.yearless


Visits = dict[int, list[tuple[Telling, Resolved]]]


def _visits(engagements: Iterable[Resolved]) -> Visits:
    """The visits that each document tells."""
    found: Visits = defaultdict(list)
    for engagement in engagements:
        for telling in engagement.tellings:
            if telling.kind == "visit":
                found[telling.number].append((telling, engagement))
    return found


def _visit(telling: Telling, visits: Visits) -> str | None:
    """The dates, as most documents tell them, of the visit in whose course an undated engagement is planned."""
    people = {w.key for w in telling.who if w.kind == "person"}
    found: set[str] = set()
    for visit, engagement in visits.get(telling.number, ()):
        if visit.key == telling.whole or (visit.status == "planned" and people & {w.key for w in visit.who}):
            dates = Counter(t.date for t in engagement.tellings if t.date)
            found.update(date for date, _ in dates.most_common(1))
    return found.pop() if len(found) == 1 else None


def _of_engagement(engagement: Resolved, visits: Visits) -> Promise | None:
    """The promise of an engagement that some document tells as still to come."""
    told = [t for t in engagement.tellings if t.status in OPEN]
    if not told:
        return None
    facts = [
        Fact(
            key=t.key, record="engagement",
            kind=rules().statuses.get(t.status, "plan"), status=t.status,
            by=[w for w in t.who if t.roles.get(w.key) != "host"][:1] or t.who[:1], to=t.who[1:],
            passage=p, number=t.number, era=t.era, due=t.date or _visit(t, visits),
            topics=t.topics, asserted_by=t.asserted_by,
            said=plain(p.quote),
        )
        for t in told for p in t.passages[:1]
    ]  # fmt: skip
    return Promise(facts, engagement)


def _on_the_same_words(made: list[Promise]) -> list[Promise]:
    by_document: dict[int, list[tuple[Fact, int]]] = defaultdict(list)
    for place, promise in enumerate(made):
        for fact in promise.facts:
            by_document[fact.number].append((fact, place))
    pairs = []
    for told in by_document.values():
        told.sort(key=lambda it: it[0].passage.start)
        for n, (a, i) in enumerate(told):
            for b, j in told[n + 1 :]:
                if b.passage.start >= a.passage.end:
                    break
                if i != j and overlap(a.passage, b.passage) >= rules().overlap and _about(made[i], made[j], a, b):
                    pairs.append((i, j))
    return _merge(made, pairs)


def _about(one: Promise, other: Promise, a: Fact, b: Fact) -> bool:
    """A request or a pledge is the planned engagement on its words only where these speak of little else."""
    if (one.engagement is None) == (other.engagement is None):
        return True
    act, told = (a, b) if one.engagement is None else (b, a)
    if act.kind not in rules().own_words:
        return True
    shared = min(act.passage.end, told.passage.end) - max(act.passage.start, told.passage.start)
    return shared >= rules().covers * (act.passage.end - act.passage.start)


def _in_like_words(made: list[Promise]) -> list[Promise]:
    """Tellings by one speaker in like words, and plans of one unit, in different documents."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, promise in enumerate(made):
        for key in {key for fact in promise.facts for w in fact.by for key in w.forms | set(filter(None, [w.code]))}:
            holders[key].append(place)
    pairs = {pair for places in holders.values() if len(places) < 500 for pair in combinations(places, 2)}
    return _merge(made, [(i, j) for i, j in sorted(pairs) if _same(made[i].made, made[j].made)], apart_if_moved=True)


def _same(a: Fact, b: Fact) -> bool:
    if not any(alike(x, y) >= 0.6 for x in a.by for y in b.by):
        return False
    if a.number == b.number:
        return a.due is not None and a.due == b.due and token_set_ratio(a.said, b.said) >= rules().same_words
    if a.what and b.what:
        numbered = unit_number(a.unit) is not None and unit_number(a.unit) == unit_number(b.unit)
        alike_told = token_set_ratio(a.said, b.said) >= rules().same_words
        return a.what == b.what and not moved(a.due, b.due) and same_unit(a, b) and (numbered or alike_told)
    if "engagement" in (a.record, b.record):
        return False
    return a.status == b.status and token_set_ratio(a.said, b.said) >= rules().same_words


def same_unit(a: Fact, b: Fact) -> bool:
    """No word says that these are different units; numbers of a unit's name that differ do."""
    first, second = unit_number(a.unit), unit_number(b.unit)
    return first == second or first is None or second is None


def unit_number(unit: str | None) -> str | None:
    """The number in a unit's name, `2` of `Bệnh viện dã chiến cấp 2 (số hai)`: the last, and not that of its level."""
    words = [rules().numerals.get(word, word) for word in plain(unit or "").split()]
    numbers = [b for a, b in zip(["", *words], words, strict=False) if b.isdecimal() and a not in rules().levels]
    return numbers[-1] if numbers else None


def moved(before: str | None, after: str | None) -> bool:
    """Another date, rather than the same told less exactly."""
    a, b = when(before), when(after)
    if a is None or b is None:
        return False
    return apart(a, b) > (0 if min(a.days, b.days) >= MONTH else rules().due_moved)


def _merge(made: list[Promise], pairs: Iterable[tuple[int, int]], *, apart_if_moved: bool = False) -> list[Promise]:
    group = list(range(len(made)))

    def find(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, j in pairs:
        a, b = sorted((find(i), find(j)))
        one, other = made[a].engagement, made[b].engagement
        if apart_if_moved and any(moved(x.due, y.due) for x in made[a].facts for y in made[b].facts):
            continue
        if a != b and (one is None or other is None or one is other):
            group[b] = a
            made[a] = Promise(made[a].facts + made[b].facts, one or other)
    return [promise for n, promise in enumerate(made) if find(n) == n]


def overlap(a: Passage, b: Passage) -> float:
    """The part of the shorter passage that stands in the other; 0 in two documents."""
    if a.source != b.source:
        return 0.0
    shared = min(a.end, b.end) - max(a.start, b.start)
    return max(0, shared) / max(1, min(a.end - a.start, b.end - b.start))


def newest(found: Iterable[str | None]) -> str | None:
    """The latest of these dates, by its last day; years unknown left out."""
    known = [(w.last.isoformat(), edtf) for edtf in found if edtf and (w := when(edtf)) and not w.yearless]
    return max(known)[1] if known else None

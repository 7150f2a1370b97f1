"""What someone is now expected to do: pledges, requests, invitations, proposals, plans, each told once however often.

A promise stands on the words that make it. Two facts on the same words are one promise, and so are two tellings by one
speaker in like words, a planned engagement told in many documents, and a unit's deployment planned in many. Compared
are only tellings that share a speaker and a run of words (or a unit), so that the time grows with the documents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio

from servanda.keep.facts import Fact, facts, gone, same_unit, unit_number
from servanda.keep.names import Who, alike, plain
from servanda.keep.resolve import BARE, Resolved
from servanda.keep.rules import rules
from servanda.keep.telling import Passage, Telling
from servanda.keep.times import Span
from servanda.keep.weighing import any_alike, states_of
from servanda.keep.when import apart, when
from servanda.keep.wording import own_words

MONTH = 28  # days: two different months are two dates
YEAR = 365  # days
CHANGED, SHARED = "changed", 1  # words of its own that a plan shares with what came of it
OPEN = ("planned", "proposed", "postponed", "cancelled")


@dataclass(slots=True)
class Promise:
    """One undertaking: the facts that make and tell it, and the engagement it is about, if one."""

    facts: list[Fact]
    engagement: Resolved | None = None

    @property
    def made(self) -> Fact:
        """The telling it is known by: the earliest page's, the fullest there."""
        first = min(self.facts, key=told_at).number
        return max((f for f in self.facts if f.number == first), key=lambda f: (f.record != "act", bool(f.due)))


def told_at(fact: Fact) -> tuple[date, str]:
    """By which tellings are in order, whichever page came first to the register: when it was told, then where."""
    return fact.time.first or date.max, fact.passage.source


def promises(
    found: Sequence[Fact], engagements: Iterable[Resolved], times: dict[int, Span] | None = None,
    only: Collection[tuple[int, str]] | None = None,
) -> list[Promise]:  # fmt: skip
    """Every promise these facts and engagements make, told once, in the order of the documents; `only`: those that
    these facts and tellings make, the others saying when."""
    resolved = list(engagements)
    visits = _visits(resolved)
    for fact in (f for f in found if f.kind and not f.due and f.record == "plan"):
        fact.due = _in_visit(fact, visits)
    _due_when_it_came([f for f in found if f.kind and not f.due and f.status == CHANGED], resolved)
    _due_in_like_words(found)
    made = [p for e in resolved if (p := _of_engagement(e, visits, times or {}))]
    made += [Promise([fact]) for fact in found if fact.kind]
    if only is not None:
        made = [p for p in made if any((f.number, f.key) in only for f in p.facts)]
    made = _on_the_same_words(made)
    made = _told_again(made)
    return sorted(made, key=lambda p: (p.made.number, p.made.passage.start))


def _due_in_like_words(found: Iterable[Fact]) -> None:
    """Two who promise in one document the same in so many words promise it for one time: the date told of one."""
    run, by_document = rules().long_run, defaultdict[int, list[Fact]](list)
    for fact in (f for f in found if f.kind):
        by_document[fact.number].append(fact)
    for told in by_document.values():
        undated = [fact for fact in told if not fact.due]
        dated = [(fact.due, _runs(fact, run)) for fact in told if fact.due and undated]
        for fact in undated if dated else ():
            own = _runs(fact, run)
            dues = {due for due, runs in dated if own & runs}
            fact.due = dues.pop() if len(dues) == 1 else None


def _runs(fact: Fact, length: int) -> set[str]:
    words = fact.said.split()
    return {" ".join(words[n : n + length]) for n in range(len(words) - length + 1)}


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
    if telling.kind == "visit" or telling.status != "planned":
        return None
    people = {w.key for w in telling.who if w.kind == "person"}
    told = visits.get(telling.number, ())
    return course(e for v, e in told if v.key == telling.whole or (v.status == "planned" and people & _keys_of(v.who)))


def _due_when_it_came(changed: Iterable[Fact], engagements: Iterable[Resolved]) -> None:
    """What was first planned otherwise was due on the day of the one engagement that came of it in that document."""
    by_document = {fact.number: fact for fact in changed}
    days: dict[int, set[str]] = defaultdict(set)
    for telling in (t for e in engagements for t in e.tellings if t.number in by_document) if by_document else ():
        fact = by_document[telling.number]
        if telling.status == "held" and telling.date and _came_of(fact, telling):
            days[telling.number].add(telling.date)
    for number, dates in days.items():
        by_document[number].due = dates.pop() if len(dates) == 1 else None


def _came_of(fact: Fact, telling: Telling) -> bool:
    """Of who planned it, in some of its words."""
    names = {word for w in fact.by for form in w.forms for word in form.split()}
    shared = set(own_words(fact.said)) & set(own_words(telling.said)) - names
    return any_alike(fact.by, telling.who) and len(shared) >= SHARED


def _in_visit(fact: Fact, visits: Visits) -> str | None:
    """The dates of the one visit to come of who plans something, told in the same document."""
    people = {w.key for w in fact.by if w.kind == "person"}
    told = [(v, e) for v, e in visits.get(fact.number, ()) if v.status == "planned"]
    return course(e for v, e in told if people & _keys_of(w for w in v.who if v.roles.get(w.key) != "host"))


def _keys_of(who: Iterable[Who]) -> set[str]:
    return {w.key for w in who}


def course(engagements: Iterable[Resolved]) -> str | None:
    """The dates, as most tellings have them, of engagements that are dated alike: of what falls due in their course."""
    found: set[str] = set()
    for engagement in engagements:
        dates = Counter(t.date for t in engagement.tellings if t.date)
        found.update(date for date, _ in dates.most_common(1))
    return found.pop() if len(found) == 1 else None


def _ahead(due: str | None, time: Span) -> str | None:
    """A date that does not lie before its document; a mere year only where the document's own time is known."""
    day = when(due)
    vague = day is not None and day.days >= YEAR and not time.first
    return None if vague or (due and gone(due, time)) else due


def _of_engagement(engagement: Resolved, visits: Visits, times: dict[int, Span]) -> Promise | None:
    """The promise of an engagement that some document tells as still to come."""
    told = [t for t in engagement.tellings if t.status in OPEN]
    if not told:
        return None
    facts = [
        Fact(
            key=t.key, record="engagement",
            kind=rules().statuses.get(t.status, "plan"), status=t.status,
            by=[w for w in t.who if t.roles.get(w.key) != "host"][:1] or t.who[:1], to=t.who[1:],
            passage=p, number=t.number, era=t.era, due=_ahead(t.date, times.get(t.number, Span())) or _visit(t, visits),
            topics=t.topics, asserted_by=t.asserted_by,
            said=plain(p.quote), called=t.called, form=t.kind, time=times.get(t.number, Span()),
            states=t.states, into=t.to,
        )
        for t in told for n, p in enumerate(t.passages) if n == 0 or len(p.quote) >= BARE
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
    groups = _Groups(made)
    for i, j in pairs:
        groups.join(i, j)
    return groups.promises()


def _about(one: Promise, other: Promise, a: Fact, b: Fact) -> bool:
    """A request or a pledge is the planned engagement on its words only where these speak of little else."""
    if (one.engagement is None) == (other.engagement is None):
        return True
    act, told = (a, b) if one.engagement is None else (b, a)
    if act.kind not in rules().own_words:
        return True
    shared = min(act.passage.end, told.passage.end) - max(act.passage.start, told.passage.start)
    return shared >= rules().covers * (act.passage.end - act.passage.start)


def _told_again(made: list[Promise]) -> list[Promise]:
    """Tellings by one speaker in like words, and plans of one unit, in different documents."""
    groups = _Groups(made)
    for i, j in sorted(set(_candidates(made))):
        if _same(made[i].made, made[j].made) and not _to_others(made[i], made[j]):
            groups.join(i, j, unmoved=True)
    return groups.promises()


def _to_others(one: Promise, other: Promise) -> bool:
    """The acts that tell them are towards others: what is asked of one neighbour is not what is asked of another."""
    first, second = ([w for f in promise.facts if f.record == "act" for w in f.to] for promise in (one, other))
    return bool(first and second) and not any_alike(first, second) and not states_of(first) & states_of(second)


def _candidates(made: Sequence[Promise]) -> Iterator[tuple[int, int]]:
    """Each promise with the last few before it that share a speaker and a run of words, or a speaker and a unit."""
    before: dict[str, list[int]] = defaultdict(list)
    for place, promise in enumerate(made):
        for key in keys(promise.made):
            for other in before[key][-rules().few :]:
                yield other, place
            before[key].append(place)


def keys(fact: Fact) -> set[str]:
    """What tellings of one promise share: who speaks, with a run of words or with the unit that is sent."""
    words = fact.said.split()
    run = rules().run
    runs = {" ".join(words[n : n + run]) for n in range(max(1, len(words) - run + 1))}
    if fact.what:
        runs.add(f"{fact.what} {unit_number(fact.unit)}")
    speakers = {key for w in fact.by for key in (w.code or "", *_last(w))} - {""}
    return {f"{speaker}|{words}" for speaker in speakers for words in runs}


def _last(who: Who) -> set[str]:
    """A word by which an actor is found under shorter and longer names."""
    return {form.split()[-1] for form in who.forms if form} if who.kind == "person" else set(who.forms)


def _same(a: Fact, b: Fact) -> bool:
    if not any(alike(x, y) >= 0.6 for x in a.by for y in b.by):
        return False
    if a.number == b.number:
        return a.due is not None and a.due == b.due and _alike_told(a, b)
    if a.what and b.what:
        numbered = unit_number(a.unit) is not None and unit_number(a.unit) == unit_number(b.unit)
        return a.what == b.what and not moved(a.due, b.due) and same_unit(a, b) and (numbered or _alike_told(a, b))
    if "engagement" in (a.record, b.record) or _strangers(_sides([a]), _sides([b])):
        return False
    return a.status == b.status and _alike_told(a, b) and (_vague(a, b) or _as_long(a, b))


def kindred(a: Fact, b: Fact) -> bool:
    """Whether two tellings may be of one promise, whenever it is due."""
    if not any(alike(x, y) >= 0.6 for x in a.by for y in b.by):
        return False
    unit = bool(a.what) and a.what == b.what and same_unit(a, b) and unit_number(a.unit) is not None
    return (unit and a.number != b.number) or _alike_told(a, b)


def _sides(facts: Iterable[Fact]) -> frozenset[str]:
    """Who undertakes and towards whom: the states they speak for, else their names."""
    who = (w for fact in facts for w in (*fact.by, *fact.to))
    return frozenset(side for w in who for side in (w.states or sorted(w.forms)[:1]))


def _strangers(a: frozenset[str], b: frozenset[str]) -> bool:
    """Two sides and two others: what one promises to a neighbour is not what it promises to another."""
    return min(len(a), len(b)) >= 2 and len(a & b) < 2


def _alike_told(a: Fact, b: Fact) -> bool:
    return token_set_ratio(a.said, b.said) >= rules().same_words


def _vague(a: Fact, b: Fact) -> bool:
    """Neither is due on a day nor says how many: one exhortation stands for the other."""
    return not any(f.due or f.unit or any(c.isdigit() for c in f.said) for f in (a, b))


def _as_long(a: Fact, b: Fact) -> bool:
    """Alike as wholes, rather than one's words within the other's."""
    return token_sort_ratio(a.said, b.said) >= rules().same_whole


def moved(before: str | None, after: str | None) -> bool:
    """Another date, rather than the same told less exactly."""
    a, b = when(before), when(after)
    if a is None or b is None:
        return False
    return apart(a, b) > (0 if min(a.days, b.days) >= MONTH else rules().due_moved)


class _Groups:
    """Promises becoming one, by their places; what each group is about, and when it is due, without looking at all."""

    def __init__(self, made: Sequence[Promise]) -> None:
        self.made = made
        self.of = list(range(len(made)))
        self.engagements = [promise.engagement for promise in made]
        self.dues = [{fact.due for fact in promise.facts if fact.due} for promise in made]
        self.sides = [_sides(promise.facts) for promise in made]

    def find(self, place: int) -> int:
        while self.of[place] != place:
            self.of[place] = self.of[self.of[place]]
            place = self.of[place]
        return place

    def join(self, i: int, j: int, *, unmoved: bool = False) -> None:
        """Two groups become one unless they are about two engagements or, if so asked, due at different times or
        between different sides."""
        a, b = sorted((self.find(i), self.find(j)))
        one, other = self.engagements[a], self.engagements[b]
        if a == b or not (one is None or other is None or one is other):
            return
        if unmoved and (_strangers(self.sides[a], self.sides[b])
                        or any(moved(x, y) for x in self.dues[a] for y in self.dues[b])):  # fmt: skip
            return
        self.of[b] = a
        self.sides[a] |= self.sides[b]
        self.engagements[a] = one or other
        self.dues[a] |= self.dues[b]

    def promises(self) -> list[Promise]:
        """One promise for each group, its facts in the order of the places."""
        facts: dict[int, list[Fact]] = defaultdict(list)
        for place, promise in enumerate(self.made):
            facts[self.find(place)] += promise.facts
        return [Promise(told, self.engagements[root]) for root, told in facts.items()]


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


__all__ = [
    "Fact",
    "Promise",
    "facts",
    "keys",
    "kindred",
    "moved",
    "newest",
    "promises",
    "rules",
    "same_unit",
    "told_at",
    "unit_number",
]

"""Where the outcomes of promises are looked for: what was held, sent, given, refused and signed, under who and what.

Each lookup gives a bounded number of candidates, those nearest in time to the promise, so that following a promise
costs the same in a register of a hundred documents and of a hundred thousand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from servanda.keep.deeds import Deed
from servanda.keep.deeds import keys as deed_keys
from servanda.keep.facts import Fact, unit_number
from servanda.keep.names import Who
from servanda.keep.promises import Promise
from servanda.keep.resolve import Resolved
from servanda.keep.rules import rules
from servanda.keep.telling import Passage, Telling
from servanda.keep.times import Span, span
from servanda.keep.when import When, when
from servanda.keep.wording import own_words, runs

SENT = ("deployed", "returned")
MONTHS = 3  # a due date that spans more of them is no key
FEW = 25  # of two words in a row: more sentences than this share them by chance
COMMON = 300  # of two words in a row: more engagements than this share them by chance
RARE = {"deeds": FEW, "named": COMMON, "spoken": COMMON}
Item = TypeVar("Item", Fact, Telling)


@dataclass(slots=True)
class Shelf(Generic[Item]):
    """What stands under one key: in the order of time, and what nothing dates."""

    dated: list[tuple[int, Item]] = field(default_factory=list)
    undated: list[Item] = field(default_factory=list)

    def put(self, item: Item, time: Span) -> None:
        """Sorted in only when asked."""
        if time.first:
            self.dated.append((time.first.toordinal(), item))
        else:
            self.undated.append(item)

    def from_then(self, time: Span, most: int) -> list[Item]:
        """So many told since, the nearest first; all that is undated, as far as there is room."""
        start = bisect_left(self.dated, time.first.toordinal(), key=lambda it: it[0]) if time.first else 0
        return [item for _, item in self.dated[max(0, start - most // 4) : start + most]] + self.undated[:most]


Index = dict[str, Shelf[Item]]
INDEXES = ("sent", "acts", "signed", "planned", "deeds", "held", "named", "help", "spoken")


class Meant:
    """How documents mean what they tell, by number: the words that promise, what was adopted, how many were sent."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self.promised: dict[int, list[Passage]] = defaultdict(list)
        self.adopted: dict[int, list[Fact]] = defaultdict(list)
        self.totals: dict[int, int] = defaultdict(int)
        for fact in facts:
            self._mean(fact)

    def _mean(self, fact: Fact) -> None:
        if fact.kind and fact.record in ("act", "plan"):
            self.promised[fact.number].append(fact.passage)
        if fact.what in rules().officers and fact.status in SENT:
            self.totals[fact.number] = max(self.totals[fact.number], fact.count or 0)
        if _signed(fact):
            self.adopted[fact.number].append(fact)


def _signed(fact: Fact) -> bool:
    return fact.record == "agreement" and fact.status in rules().signs["planned"]


class Answers(Meant):
    """What may be the outcome of a promise, found by who did it."""

    def __init__(self, facts: Iterable[Fact], engagements: Iterable[Resolved], times: dict[int, Span]) -> None:
        super().__init__()
        self.times = times
        self.sent: Index[Fact] = defaultdict(Shelf)
        self.acts: Index[Fact] = defaultdict(Shelf)
        self.signed: Index[Fact] = defaultdict(Shelf)
        self.planned: Index[Fact] = defaultdict(Shelf)
        self.deeds: Index[Fact] = defaultdict(Shelf)
        self.held: Index[Telling] = defaultdict(Shelf)
        self.named: Index[Telling] = defaultdict(Shelf)
        self.help: Index[Telling] = defaultdict(Shelf)
        self.spoken: Index[Telling] = defaultdict(Shelf)
        for fact in facts:
            self._file(fact)
        for telling in (t for e in engagements for t in e.tellings if t.status == "held"):
            self._file_held(telling)
        for index in (self.sent, self.acts, self.signed, self.planned, self.deeds):
            _sort(index)
        for other in (self.held, self.named, self.help, self.spoken):
            _sort(other)

    def _file(self, fact: Fact) -> None:
        if isinstance(fact, Deed):
            self._under(self.deeds, fact, deed_keys(fact))
            return
        self._mean(fact)
        if fact.what and fact.status in SENT:
            self._under(self.sent, fact, units(fact))
        elif fact.what and fact.kind:
            self._under(self.planned, fact, units(fact))
        elif fact.record == "act" and (fact.status in rules().answers or fact.mode in rules().accepts):
            self._under(
                self.acts, fact, (f"{a}|{b}" for a in keys(fact.by) for b in (*about(fact, fact.to), fact.mode))
            )
        elif _signed(fact):
            self._under(self.signed, fact, (f"{key}|{fact.form}" for key in keys([*fact.by, *fact.to])))

    def _file_held(self, telling: Telling) -> None:
        who = keys(telling.who)
        self._under(self.held, telling, (f"{key}|{month}" for key in who for month in months(when(telling.date))))
        if telling.kind == "visit":
            self._under(self.held, telling, journeys(telling.who, telling.to))
        self._under(self.named, telling, runs(own_words(telling.called), 2))
        self._under(self.spoken, telling, runs(own_words(telling.said), 2))
        if telling.kind in rules().shows_help:
            self._under(self.help, telling, who | {f"#{state}" for state in telling.states})

    def _under(self, index: Index[Item], item: Item, found: Iterable[str]) -> None:
        time = self.when(item)
        for key in set(found):
            index[key].put(item, time)

    def few(self, index: Index[Item], wanted: Iterable[str], most: int) -> list[str]:
        """Those of these keys that no more than `most` share."""
        return [key for key in wanted if key in index and len(index[key].dated) + len(index[key].undated) <= most]

    def near(self, index: Index[Item], wanted: Iterable[str], time: Span, *, rare: int = 0) -> list[Item]:
        """Under these keys, each item once; of many, the first told since the promise; only of those keys that no more
        than `rare` share, where that is told."""
        most = rules().nearest
        keys = dict.fromkeys(self.few(index, wanted, rare) if rare else wanted)
        shelves = [index[key] for key in keys if key in index]
        return list({id(item): item for shelf in shelves for item in shelf.from_then(time, most)}.values())

    def when(self, item: Fact | Telling) -> Span:
        """When what is told came about: its own day, else when its document was written."""
        if isinstance(item, Telling):
            own = span(when(item.date))
            return own if own.first else self.times.get(item.number, Span())
        own = span(when(item.due)) if item.measure not in ("strength", "cumulative") else Span()
        return own if own.first else item.time


class Filed(NamedTuple):
    """A thing, when it came about, and under which keys it is found: the name of an index with each."""

    item: Fact | Telling
    time: Span
    keys: set[str]

    @property
    def id(self) -> tuple[int, str]:
        return self.item.number, self.item.key


class Keys(Answers):
    """Under which keys things are filed and looked up, noted rather than answered: for who keeps the shelves elsewhere.

    `sought`: keys that were looked up, from when on, and of how many alone they count (0 where of any).
    """

    def __init__(self) -> None:
        super().__init__((), (), {})
        self.sought: set[tuple[str, Span, int]] = set()
        self._filed: dict[int, Filed] = {}
        self._names = _names(self)

    def file(self, facts: Iterable[Fact], tellings: Iterable[Telling], times: Mapping[int, Span]) -> list[Filed]:
        """Under which keys these stand; `times`: of their documents."""
        self.times |= times
        for fact in facts:
            self._file(fact)
        for telling in (t for t in tellings if t.status == "held"):
            self._file_held(telling)
        return list(self._filed.values())

    def _under(self, index: Index[Item], item: Item, found: Iterable[str]) -> None:
        if id(item) not in self._filed:
            self._filed[id(item)] = Filed(item, self.when(item), set())
        name = self._names[id(index)]
        self._filed[id(item)].keys.update(f"#{name}|{key}" for key in found)

    def near(self, index: Index[Item], wanted: Iterable[str], time: Span, *, rare: int = 0) -> list[Item]:
        name = self._names[id(index)]
        self.sought.update((f"#{name}|{key}", time, rare) for key in wanted)
        return []


class Beside(Answers):
    """Only these are found, and only under the keys `wanted`; what else their documents tell (`meant`: each by itself)
    says how they are meant.

    `common`: keys that too many share where everything is. Keys are as `Keys` has them.
    """

    def __init__(
        self,
        filed: Iterable[Filed],
        wanted: Collection[str],
        common: Collection[str],
        times: dict[int, Span],
        meant: Iterable[Meant],
    ) -> None:
        super().__init__((), (), times)
        self._names, self._common = _names(self), common
        indexes: dict[str, Index[Any]] = {name: getattr(self, name) for name in self._names.values()}
        for item, time, keys in filed:
            for key in keys.intersection(wanted):
                name, _, own = key[1:].partition("|")
                indexes[name][own].put(item, time)
        for index in indexes.values():
            _sort(index)
        for told in meant:
            self.promised |= told.promised
            self.adopted |= told.adopted
            self.totals |= told.totals

    def few(self, index: Index[Item], wanted: Iterable[str], most: int) -> list[str]:
        name = self._names[id(index)]
        return [key for key in wanted if key in index and f"#{name}|{key}" not in self._common]


def counts_of(key: str) -> int:
    """While no more than how many stand under a key, as `Keys` has it, it counts at all; 0 where always."""
    return RARE.get(key[1:].partition("|")[0], 0)


def _names(answers: Answers) -> dict[int, str]:
    """The name of each index, by its identity."""
    return {id(getattr(answers, name)): name for name in INDEXES}


def _sort(index: Index[Item]) -> None:
    for shelf in index.values():
        shelf.dated.sort(key=lambda it: it[0])


def units(fact: Fact) -> list[str]:
    """Under whose people, of what kind, of which number a contribution is found."""
    number = unit_number(fact.unit) or ""
    return [key for by in keys(fact.by) for key in (by, f"{by}|{fact.what}", f"{by}|{fact.what}|{number}")]


def about(fact: Fact, receivers: Iterable[Who]) -> Iterator[str]:
    """For whom or on what: one of them is shared with the promise."""
    yield from keys(receivers)
    yield from (f"topic {topic}" for topic in fact.topics)


def keys(who: Iterable[Who]) -> set[str]:
    """What an actor is found under: a code, the last word of a person's name, a body's names, states spoken for."""
    found: set[str] = set()
    for it in who:
        found |= {f"#{state}" for state in it.states}
        found |= {form.split()[-1] for form in it.forms if form} if it.kind == "person" else set(it.forms)
        if it.code:
            found.add(f"#{it.code}")
    return found


def journeys(who: Iterable[Who], to: Iterable[str]) -> list[str]:
    """Under which people and states (ISO) gone to a visit is found, whenever it was."""
    people = keys(w for w in who if w.kind == "person")
    return [f"{person}>{state}" for person in people if not person.startswith("#") for state in to]


def months(day: When | None) -> list[str]:
    """The months a date may mean, `2017-05`; of a date without a year, `-05`; too many of them: none."""
    if day is None or day.days > MONTHS * 31:
        return []
    ends = {(day.first.year, day.first.month), (day.last.year, day.last.month)}
    return [f"-{month:02}" for _, month in ends] + (
        [] if day.yearless else [f"{year}-{month:02}" for year, month in ends]
    )


def answerers(fact: Fact) -> list[Who]:
    """Who says yes or no to what is asked, offered or planned with them."""
    return fact.to if fact.kind in rules().refusable else fact.by


def doers(promise: Promise) -> list[Who]:
    """Who is to do it: who promised or planned, or was asked or invited."""
    fact = promise.made
    return fact.to if fact.kind in ("request", "invitation") else fact.by


def receivers(promise: Promise) -> list[Who]:
    """For whom it is to be done."""
    fact = promise.made
    return fact.by if fact.kind in ("request", "invitation") else fact.to

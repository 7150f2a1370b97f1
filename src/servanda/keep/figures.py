"""Figures that two documents give otherwise to one thing, known by the words around them.

A figure counts something, is an amount of money or a length, or says which one of a row something is. Two are of one
thing where their sentences share most of their own words, or fewer of them where both documents tell an event of one
day. What the sentences date to different days is not one thing; nor is a figure that the other document tells as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

from servanda.folding import fold
from servanda.keep.clock import AT, TAKES, clash, times
from servanda.keep.counted import END
from servanda.keep.disagreement import Found, Value
from servanda.keep.events import Event, day_keys, events, one_event
from servanda.keep.names import plain
from servanda.keep.quantities import Quantity, quantities, rows, rules
from servanda.keep.telling import Passage, era
from servanda.keep.when import When, anchored, apart, when
from servanda.records import Filed

NO_COUNT = re.compile(r"\d\s*[%\]]|\d['’]")  # a share, a note, a minute of a match
WORDS = re.compile(r"\w+|[^\w ]")
AHEAD = ("planned", "proposed", "pledged", "ready")
BEFORE, AFTER = 8, 7  # words right beside a figure
MONTH = 31  # days
ANCHORS = 3  # days, and names, by which a figure is found
BITS = 128
MANY = 60  # figures of one kind that are compared


@dataclass(slots=True, frozen=True)
class Figure:
    """A quantity of `what` with the own words of its sentence and those right beside it (plain).

    `days`, `names` and `states` (ISO): those that the sentence tells; `ahead` where it is still to come. `events`: what
    the document has happen; `time`: when it was written; both as far as known.
    """

    source: str
    told: Quantity
    what: str
    amount: float
    quote: str
    sentence: int
    words: frozenset[str]
    beside: frozenset[str]
    days: tuple[When, ...]
    names: tuple[str, ...]
    states: frozenset[str]
    ahead: bool
    events: tuple[Event, ...]
    time: When | None


def figures(document: Filed, text: str) -> list[Figure]:
    """The figures of a document that others may tell otherwise, in its order."""
    dates = [(r.start, r.end, when(anchored(r.value("edtf"), document.published)))
             for r in document.records.values() if r.kind == "date" and not r.passage]  # fmt: skip
    states, ahead = list(_states(document)), list(_ahead(document))
    happened, time, found = events(document), when(era(document)), []
    for told in (*quantities(text), *rows(text), *times(text)):
        what = _what(told)
        dated = what != AT and any(start < told.end and told.start < end for start, end, _ in dates)
        if what is None or dated or _names(text, told) or NO_COUNT.search(text[told.start : told.end]):
            continue
        start, end = _sentence(text, told)
        days = tuple(day for at, _, day in dates if start <= at < end and day)
        before, after = plain(text[start : told.start]), plain(f"{' '.join(told.head[2:])} {text[told.end : end]}")
        words = _own(f"{before} {after}")
        near = (*before.split()[-BEFORE:], *after.split()[:AFTER])
        own = frozenset(code for at, code in states if start <= at < end)
        names = tuple(dict.fromkeys(_named(text[start:end])))
        come = any(first <= told.start < last for first, last in ahead)
        quote = text[told.start : told.end]
        beside = words.intersection(near)
        amount = _amount(told)
        found.append(
            Figure(
                document.source, told, what, amount, quote, start, words, beside, days, names, own, come, happened, time
            )
        )
    return [figure for figure in found if sum(_beside(figure, other) for other in found) == 1]


def _states(document: Filed) -> Iterator[tuple[int, str]]:
    for record in document.records.values():
        if record.kind == "actor" and record.value("kind") == "state":
            yield from ((said.start, record.value("code") or "") for said in record.all("mention"))


def _ahead(document: Filed) -> Iterator[tuple[int, int]]:
    """Where it is told what is planned, promised or asked."""
    for record in document.records.values():
        if record.kind in ("plan", "act") or record.value("status") in AHEAD:
            yield record.start, record.end


def _named(words: str) -> Iterator[str]:
    """Runs of capitalised words, plain."""
    run: list[str] = []
    for word in (*WORDS.findall(words), "."):
        if word[0].isupper():
            run.append(word)
        elif run:
            yield plain(" ".join(run))
            run = []


def _beside(a: Figure, b: Figure) -> bool:
    """They count one thing in one sentence: which of them another document means is not known."""
    return a.what == b.what and a.sentence == b.sentence


def _what(told: Quantity) -> str | None:
    """What is counted, as a key: a currency or measure, what a row is of, else its first words."""
    r, head = rules(), told.head
    if told.row:
        return f"thứ {told.row}"
    if told.since:
        return None
    if head[0] in (AT, TAKES):
        return head[0]
    if told.lasting and head[0] in r.times:
        return "lasting"
    head = head[1:] if head[0] in r.scales else head
    unit = next((r.measures[word] for word in (" ".join(head[:2]), *head[:1]) if word in r.measures), None)
    if unit or not head:
        return unit
    counted = r.one_name.get(" ".join(head[:2])) or r.one_name.get(head[0])
    if counted or head[0] in r.alone:
        return counted or _alone(head)
    vague = len(head) < 2 or head[0] in r.anyones or fold(head[1]) in r.small
    return None if vague or told.value < r.fewest else " ".join(head[:2])


def _alone(head: Sequence[str]) -> str:
    two = " ".join(head[:2])
    return two if two in rules().growing else rules().alone[head[0]]


def _names(text: str, told: Quantity) -> bool:
    """The number is a name's: `lần thứ 39`, `khóa 12`."""
    before = f" {plain(text[max(0, told.start - 24) : told.start])}"
    return not told.row and before.endswith(tuple(f" {word}" for word in rules().naming))


def _amount(told: Quantity) -> float:
    r, first = rules(), told.head[0]
    return told.value * (r.times[first] if told.lasting and first in r.times else r.scales.get(first, 1))


def _sentence(text: str, told: Quantity) -> tuple[int, int]:
    reach = rules().sentence
    stops = [found.end() for found in END.finditer(text, max(0, told.start - reach), told.start)]
    stop = END.search(text, told.end, told.end + reach)
    first = stops[-1] if stops else max(0, told.start - reach)
    return first, stop.start() if stop else min(len(text), told.end + reach)


def _own(words: str) -> frozenset[str]:
    small = rules().plain_small
    return frozenset(word for word in plain(words).split() if word not in small and not word.isdecimal())


def claimed(document: Filed, text: str) -> Iterator[tuple[str, str]]:
    """Each figure under the keys by which documents that give it otherwise find each other: the days of what the
    document tells, names in the sentence; its amount, what bounds it and a mark of the words around it."""
    for figure in figures(document, text):
        told = f"{figure.amount:g};{figure.told.bound or ''};{_mark(figure.words):x}"
        yield from ((f"#figure {figure.what}|{anchor}", told) for anchor in _anchors(figure))


def _anchors(figure: Figure) -> Iterator[str]:
    """By what a figure is found; hours by days alone, as so many pages tell some."""
    days = sorted(day_keys(figure.events))[:ANCHORS]
    if figure.what in (AT, TAKES):
        own = {f"{day.first:%m-%d}" for day in figure.days if day.days == 1}
        yield from sorted(own | set(days))[:ANCHORS]
        return
    yield from (*days, *sorted(figure.names, key=len, reverse=True)[:ANCHORS])
    yield from sorted({f"month {day.first.month}" for day in figure.days if day.days <= MONTH})[:ANCHORS]


def _mark(words: Iterable[str]) -> int:
    """A bit for each word, of `BITS`: many that two sentences share are words that they share."""
    found = 0
    for word in words:
        found |= 1 << crc32(word.encode()) % BITS
    return found


def may_differ(one: str, other: str) -> bool:
    """Whether two figures as they are claimed may contradict each other."""
    (a, bound, words), (b, other_bound, others) = (told.split(";") for told in (one, other))
    less, more = sorted((float(a), float(b)))
    apart = less != more or {bound, other_bound} == {"more", "less"}
    return apart and (int(words, 16) & int(others, 16)).bit_count() >= rules().few


def contradictory(
    documents: Iterable[Filed], texts: Mapping[int, str], together: Collection[frozenset[str]] = ()
) -> Iterator[Found]:
    """Figures of one thing that two of these documents give otherwise, all that are of it together.

    `together`: pairs of sources that tell one engagement.
    """
    by_what: dict[str, list[Figure]] = defaultdict(list)
    told: dict[tuple[str, str], set[float]] = defaultdict(set)
    for document in documents:
        for figure in figures(document, texts.get(document.number, "")):
            by_what[figure.what].append(figure)
            told[figure.source, figure.what].add(figure.amount)
    for what, found in by_what.items():
        pairs = [
            (a, b)
            for a, b in combinations(found[:MANY], 2)
            if differ(a, b, told=frozenset((a.source, b.source)) in together)
            and (
                a.source == b.source
                or a.amount == b.amount
                or not (a.amount in told[b.source, what] or b.amount in told[a.source, what])
            )
        ]
        for group in _groups(pairs):
            yield _subject(group), what, [_value(figure) for figure in group]


def _groups(pairs: Sequence[tuple[Figure, Figure]]) -> Iterator[list[Figure]]:
    """What differs from each other, directly or by what lies between."""
    of: dict[Figure, list[Figure]] = {}
    for a, b in pairs:
        one, other = of.setdefault(a, [a]), of.setdefault(b, [b])
        if one is not other:
            one += other
            of |= dict.fromkeys(other, one)
    yield from {id(group): group for group in of.values()}.values()


def _subject(group: Sequence[Figure]) -> str:
    names = set(group[0].names).intersection(*(figure.names for figure in group))
    return ", ".join(name for name in group[0].names if name in names and name not in rules().measures) or group[0].what


def _value(figure: Figure) -> Value:
    place = Passage(figure.source, figure.told.start, figure.told.end, figure.quote)
    return Value(" ".join(figure.quote.split()), place)


def differ(a: Figure, b: Figure, *, told: bool = False) -> bool:
    """They are of one thing and cannot both be right; `told`: their documents tell one engagement."""
    if not _against(a, b) or _other_name(a, b) or not _at_one_time(a, b):
        return False
    return _told_twice(a, b) if a.source == b.source else _of_one_thing(a, b, told=told)


def _told_twice(a: Figure, b: Figure) -> bool:
    """One text says nearly the same sentence again, with another number."""
    r, shared = rules(), len(a.words & b.words)
    share = shared / max(1, min(len(a.words), len(b.words)))
    near = len(a.beside & b.beside) >= r.beside and a.states == b.states
    return near and share >= r.wholly and shared >= r.words and not a.told.row and a.what not in r.measures.values()


def _other_name(a: Figure, b: Figure) -> bool:
    """The one counts what has a name that the other sentence has not: `300 doanh nghiệp Hà Lan`, `450 doanh nghiệp`."""
    last = [(figure.quote.split()[-1], other.words) for figure, other in ((a, b), (b, a))]
    return any(word[:1].isupper() and plain(word) not in words for word, words in last)


def _of_one_thing(a: Figure, b: Figure, *, told: bool) -> bool:
    r, shared, near = rules(), len(a.words & b.words), len(a.beside & b.beside)
    share = shared / max(1, min(len(a.words), len(b.words)))
    if a.states - b.states and b.states - a.states:
        return False
    if a.what in (AT, TAKES):
        return _timed_otherwise(a, b, shared, share, told=told)
    if not (near or a.told.row):
        return False
    some = near >= r.beside or (shared >= r.few and share >= r.partly)
    if some and a.ahead == b.ahead and (told or one_event(a.events, b.events)):
        return True
    vague = a.what in (*r.measures.values(), *r.alone.values())
    named = a.states or set(a.names) & set(b.names)
    known = not vague or (bool(named) and a.states == b.states and _dated(a, b))
    alike = (near >= r.beside or share >= r.wholly) and shared >= r.words and share >= r.mostly
    return known and alike and not a.told.row and a.what != "lasting" and a.what not in r.growing


def _timed_otherwise(a: Figure, b: Figure, shared: int, share: float, *, told: bool) -> bool:
    """Hours of one event of a day, or how long it took; hours also of one day alone."""
    r, event = rules(), told or one_event(a.events, b.events)
    if a.what == TAKES:
        return event and shared >= r.few and share >= r.partly
    one_day = any(x.days == y.days == 1 and apart(x, y) == 0 for x in a.days for y in b.days)
    return (event or one_day) and shared > r.few and share >= r.nearly


def _dated(a: Figure, b: Figure) -> bool:
    """Known to be told of one time: the sentences share a day or a year, or the documents are of one season."""
    shared = ((x, y) for x in a.days for y in b.days if apart(x, y) == 0)
    told = any(x.days == y.days == 1 or not (x.yearless or y.yearless) for x, y in shared)
    return told or (a.time is not None and b.time is not None and not a.time.yearless and not b.time.yearless)


def _at_one_time(a: Figure, b: Figure) -> bool:
    """The sentences tell no different days, and the documents are of one season, as far as that is known."""
    if a.days and b.days and not any(apart(x, y) == 0 for x in a.days for y in b.days):
        return False
    if a.what in rules().growing and a.time and b.time and a.time != b.time:
        first, last = (a, b) if a.time.first < b.time.first else (b, a)
        return first.amount > last.amount
    one_day = bool(a.days and b.days)  # of that day both tell, however much later
    return one_day or a.time is None or b.time is None or apart(a.time, b.time) <= rules().season


def _against(a: Figure, b: Figure) -> bool:
    """Two numbers that cannot be of one thing, and are not so far from each other that they are of two."""
    r, (less, more) = rules(), sorted((a, b), key=lambda figure: figure.amount)
    if a.told.row:
        return a.amount != b.amount
    if a.what == AT:
        return clash(a.told, b.told)
    if not 0 < more.amount <= r.alike * less.amount:
        return False
    if more.amount == less.amount:
        return {a.told.bound, b.told.bound} == {"more", "less"}
    if a.what in r.measures.values() and more.amount < r.rounded * less.amount:
        return False
    below = less.told.bound in ("more", "about") or more.told.bound in ("less", "about")
    return not (below and more.amount <= r.compatible * less.amount)

"""Where documents disagree: one subject, one property, two values, both kept, one preferred and why.

A plan beside a later fact is no conflict: only values that claim to be of the same state of affairs are set beside each
other, that is those held with those held, and what is to come with what is to come.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

from servanda.keep.counted import dated, of_units, within_texts
from servanda.keep.disagreement import Conflict, Found, Origins, Value, side_by_side
from servanda.keep.events import days
from servanda.keep.facts import Fact, same_unit, unit_number
from servanda.keep.figures import contradictory
from servanda.keep.match import PUT_OFF
from servanda.keep.names import Who, plain
from servanda.keep.offices import rules as offices
from servanda.keep.quantities import quantities, rules
from servanda.keep.resolve import Resolved
from servanda.keep.spellings import spellings
from servanda.keep.telling import Passage, Telling, era, passage
from servanda.keep.when import When, apart, when, within
from servanda.records import Filed, Record, Statement

BEFORE, AFTER = 60, 60  # code points around the words of a telling in which its own date may stand
TWO_WORDS = re.compile(r"\b[A-ZĐ]\w+ [A-ZĐ]\w+")
COMPARED = 8  # documents of one conflict of which it is asked whether they are copies
NEAR = 400  # code points between a telling and the words of its place
WEEKS = 31  # days of a span that is told to the day
LONGEST = 31  # days that a date may leave open and still contradict another


def conflicts(
    documents: Sequence[Filed],
    engagements: Iterable[Resolved],
    facts: Sequence[Fact],
    *,
    texts: Mapping[int, str] | None = None,
    ranks: Collection[str] = (),
    people: Mapping[str, Mapping[int, Who]] | None = None,
) -> list[Conflict]:
    """Every disagreement of these documents, over engagements, names, posts and contributions.

    `texts` by number of document, where names that nobody knows are to be compared with known ones; `ranks`: words of
    which a person has one at a time, plain. `people`: the actors of each source by their places, where at hand.
    """
    resolved, words, days = list(engagements), texts or {}, _own_days(documents)
    found = [told for e in resolved for told in (*_dates(e, days), *_places(e, words))]
    found += spellings(documents, resolved, words, people)
    found += [*_ranks(documents, frozenset(ranks)), *_figures(facts)]
    together = {frozenset((a.source, b.source)) for e in resolved for a, b in combinations(e.tellings, 2)}
    found += [*_ranks_between(documents, frozenset(ranks), together), *of_units(documents, facts, words)]
    found += [*within_texts(documents, words), *dated(documents, words)]
    found += _others(contradictory(documents, words, together), found)
    origins, written = _origins(documents, words), {d.source: d.published for d in documents if d.published}
    return [side_by_side(subject, name, values, origins, written) for subject, name, values in found]


def _others(more: Iterable[Found], found: Iterable[Found]) -> list[Found]:
    """Of these those whose words are not in another conflict already."""
    told = [{v.passage for v in values} for _, _, values in found]
    return [it for it in more if not any(_shared(it[2], passages) > 1 for passages in told)]


def _shared(values: Iterable[Value], passages: Collection[Passage]) -> int:
    """How many of these values stand in words that touch these."""
    return sum(any(p.source == v.passage.source and p.start < v.passage.end and v.passage.start < p.end
                   for p in passages) for v in values)  # fmt: skip


def _origins(documents: Sequence[Filed], texts: Mapping[int, str]) -> Origins:
    """For the sources of one conflict: the first of those that are one text, the same or a rewrite of it."""
    from servanda.keep.duplicates import Text, likeness  # by numpy, which loads slowly: few questions compare texts

    known = {d.source: d for d in documents}

    @cache
    def one_text(a: str, b: str) -> bool:
        if known[a].id == known[b].id:
            return True
        first, second = (Text(source, texts.get(known[source].number, "")) for source in (a, b))
        return bool(first.text and second.text) and likeness(first, second).same

    def origins(sources: Iterable[str]) -> dict[str, str]:
        own = list(dict.fromkeys(source for source in sources if source in known))[:COMPARED]
        found: dict[str, str] = {}
        for source in own:
            found[source] = next((other for other in dict.fromkeys(found.values()) if one_text(other, source)), source)
        return found

    return origins


def _dates(engagement: Resolved, days: _Days) -> Iterator[Found]:
    """Days that cannot be the same, told of what was held (or is planned) alike; a day of a visit is no other day.

    Only days that stand in or right before the words of the telling: what a page tells of all that is on it may be
    another's.
    """
    for held in (True, False):
        told = [t for t in engagement.tellings if (t.status == "held") == held and t.status != PUT_OFF]
        told = [t for t in told if _exact(t.date) and days(t)]
        spans = [t.date for t in told if (w := when(t.date)) and w.days > 1]
        told = [t for t in told if t.date in spans or not any(within(t.date, span, 1) for span in spans)]
        tour = engagement.first.kind == "conference"  # a journey to it and beyond has days of its own
        if not spans and engagement.first.kind == "visit":
            continue
        if any(_differ(a.date, b.date) for a, b in combinations(told, 2)) or (not tour and _spans(spans)):
            yield (_title(engagement), "date", [Value(t.date or "", t.passages[0]) for t in told])


def _spans(spans: Sequence[str | None]) -> bool:
    known = [day for span in spans if (day := when(span))]
    return any(spans_differ(a, b) for a, b in combinations(known, 2))


def spans_differ(a: When, b: When) -> bool:
    """Two spans of days that begin or end on different days."""
    spans = 1 < a.days <= WEEKS and 1 < b.days <= WEEKS and a.yearless == b.yearless
    return spans and apart(a, b) == 0 and (a.first, a.last) != (b.first, b.last)


_Days = Callable[[Telling], bool]


def _own_days(documents: Sequence[Filed]) -> _Days:
    """Whether a telling's date stands in its own words or right before them; so where no dates are known at all."""
    known = {d.source: [r for r in d.records.values() if r.kind == "date"] for d in documents}

    def own(telling: Telling) -> bool:
        first, dates = telling.passages[0], known.get(telling.source)
        around = (r for r in dates or () if first.start - BEFORE <= r.start < first.end + AFTER)
        day = (telling.date or "")[4:]
        return not dates or any((r.value("edtf") or "")[4:] == day for r in around)

    return own


def _exact(edtf: str | None) -> bool:
    found = when(edtf)
    return found is not None and found.days <= LONGEST


def _differ(a: str | None, b: str | None) -> bool:
    first, second = when(a), when(b)
    return first is not None and second is not None and apart(first, second) > 0


def _places(engagement: Resolved, texts: Mapping[int, str]) -> Iterator[Found]:
    """Places in two states, or of names that are alike but for a word: Quảng Nam and Quảng Ngãi."""
    told = [t for t in engagement.tellings if t.place]
    apart_told = [t for a, b in combinations(told, 2) if places_differ(a, b) for t in (a, b)]
    if apart_told:
        shown = {id(t): t for t in apart_told}.values()
        yield (_title(engagement), "place", [Value(t.place or "", _where(t, texts.get(t.number, ""))) for t in shown])


def _where(telling: Telling, text: str) -> Passage:
    """The words of its place nearest to those that tell it, else these."""
    first, place = telling.passages[0], telling.place or ""
    starts = [found.start() for found in re.finditer(re.escape(place), text)] if place else []
    start = min(starts, key=lambda at: abs(at - first.start), default=None)
    if start is None or abs(start - first.start) > NEAR:
        return first
    return Passage(telling.source, start, start + len(place), place)


def places_differ(a: Telling, b: Telling) -> bool:
    """Two documents have one engagement of a day in two states, or in two places of like names."""
    if a.source == b.source or not (_exact(a.date) and _exact(b.date)) or _differ(a.date, b.date):
        return False
    if a.to and b.to:
        return not a.to & b.to
    names = [set(TWO_WORDS.findall(t.place or "")) for t in (a, b)]
    pairs = [(x.split(), y.split()) for x in names[0] for y in names[1]]
    same = bool(names[0] & names[1])
    return not same and any(x[0] == y[0] and x[1] != y[1] for x, y in pairs)


def _title(engagement: Resolved) -> str:
    first = engagement.first
    who = ", ".join(w.name for w in first.who[:3])
    return f"{first.kind}: {first.occasion or who}".strip()


def _ranks(documents: Sequence[Filed], ranks: frozenset[str]) -> Iterator[Found]:
    """Two posts of one person in one document that begin or end alike and yet exclude each other."""
    for document in documents:
        for record in document.records.values():
            if record.kind == "actor" and not record.passage and record.value("kind") == "person":
                yield from _posts(document, record, ranks)


def ranked(post: str) -> bool:
    """A rank, of which a person has one at a time."""
    return plain(post) in offices().posts.ranks


def may_be_of_one_time(a: str | None, b: str | None) -> bool:
    """Two documents (by their eras) so near in time that nobody rose between them, as far as that is known."""
    first, second = when(a), when(b)
    return first is None or second is None or apart(first, second) <= rules().season


def _ranks_between(
    documents: Sequence[Filed], ranks: frozenset[str], together: Collection[frozenset[str]]
) -> Iterator[Found]:
    """Ranks of one name that documents of one time, or of one event, tell otherwise; `together`: pairs of sources that
    tell one engagement."""
    told: dict[str, list[tuple[Filed, Statement]]] = defaultdict(list)
    for document in documents:
        for record in document.records.values():
            if record.kind == "actor" and not record.passage and " " in plain(record.value("name") or ""):
                own = {plain(s.value or ""): s for s in record.all("post") if plain(s.value or "") in ranks}
                if len(own) == 1:
                    told[plain(record.value("name") or "")] += [(document, s) for s in own.values()]
    for found in told.values():
        apart_told = [it for a, b in combinations(found, 2) if _ranked_otherwise(*a, *b, together) for it in (a, b)]
        if apart_told:
            values = {d.source: Value(s.value or "", passage(d, s)) for d, s in apart_told}
            name = next(r.value("name") for r in apart_told[0][0].records.values() if apart_told[0][1] in r.statements)
            yield (name or "", "post", list(values.values()))


def _ranked_otherwise(
    document: Filed, one: Statement, other_document: Filed, other: Statement, together: Collection[frozenset[str]]
) -> bool:
    if document is other_document or plain(one.value or "") == plain(other.value or ""):
        return False
    first, second = when(era(document)), when(era(other_document))
    if first and second and apart(first, second) > rules().season:
        return False
    dated = first and second and not first.yearless and not second.yearless
    told = frozenset((document.source, other_document.source)) in together
    return bool(dated) or told or bool(days(document) & days(other_document))


def _posts(document: Filed, record: Record, ranks: frozenset[str]) -> Iterator[Found]:
    posts = {plain(s.value or ""): s for s in record.all("post")}
    for a, b in combinations(posts, 2):
        ranked = {a, b} <= ranks and not set(a.split()) & set(b.split())
        if ranked or _exclude(a.split(), b.split()):
            values = [Value(posts[p].value or "", passage(document, posts[p])) for p in (a, b)]
            yield (record.value("name") or record.words, "post", values)


def _exclude(a: list[str], b: list[str]) -> bool:
    """One is the other with a word before it: a deputy is not the head, but one newly in office is."""
    short, long = sorted((a, b), key=len)
    return len(long) == len(short) + 1 and long[1:] == short and long[0] not in offices().posts.first


def _figures(facts: Sequence[Fact]) -> Iterator[Found]:
    """Numbers and dates of one unit of one state, by documents that speak of the same state of affairs."""
    units: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        unit = fact.unit or fact.what in rules().units
        if fact.record == "contribution" and fact.what and unit and fact.by:
            number = unit_number(fact.unit) or ""
            units[fact.by[0].code or fact.by[0].name, fact.what, number].append(fact)
    for (by, what, number), told in units.items():
        subject = f"{by}: {next((fact.unit for fact in told if fact.unit), what)}"
        yield from _numbers(subject, told, rules().alike if number else rules().close)
        yield from _plans(subject, [fact for fact in told if fact.unit])


def _numbers(subject: str, told: list[Fact], alike: float) -> Iterator[Found]:
    """Numbers that may be of one thing, with their more or less; `alike` times the smallest is too many."""
    for name in ("count", "women"):
        counted = [(f, n) for f in told if (n := getattr(f, name))]
        values = [Value(_bounded(f.passage.quote, n), f.passage) for f, n in counted]
        numbers = [n for _, n in counted]
        if len({v.value for v in values}) > 1 and max(numbers) <= alike * min(numbers):
            yield (subject, name, values)


def _bounded(words: str, number: int) -> str:
    """A number as its words have it, with what says that it is more or less."""
    found = (q for q in quantities(words) if q.value == number and q.bound)
    return next((" ".join(words[q.start : q.end].split()[:2]) for q in found), str(number))


def _plans(subject: str, told: list[Fact]) -> Iterator[Found]:
    plans = [f for f in told if f.status in ("planned", "pledged", "ready") and f.due]
    if any(_differ(a.due, b.due) and same_unit(a, b) for a, b in combinations(plans, 2)):
        yield (subject, "planned for", [Value(f.due or "", f.passage) for f in plans])


__all__ = ["Conflict", "conflicts"]

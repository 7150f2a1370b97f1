"""What documents tell, made ready for comparison: engagements with who took part, when, where, in what words.

Built from documents as the register holds them (records.Filed); nothing here knows a store or a language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from servanda.keep.names import Who, forms, plain
from servanda.keep.offices import office
from servanda.keep.when import When, anchored, apart, when
from servanda.records import Filed, Record, Statement

MONTH = 31  # days
LEAD = 3  # code points from a day to the words that it opens
SERIAL = re.compile(r"\b([a-z]) (\d+)\b")  # `G-20` is `G20`
JOIN = r"\1\2"
JOINED = 5  # code points between the words of two tellings that one clause joins


@dataclass(slots=True, frozen=True)
class Passage:
    """Words of a document: `start`..`end` are code points into its text."""

    source: str
    start: int
    end: int
    quote: str


@dataclass(slots=True)
class Telling:
    """One engagement as one document tells it. `date` is EDTF, its year from the publication where that fixes it.

    `to`: the states (ISO) that its place names; `states`: all it names. `era`: the time of the document itself.
    `called` and `said`: the name of the occasion and the words of the telling, plain, for comparing. `site`: the body
    (plain) whose house is visited, rather than a state. `proper`, `done` and `sides`: the occasion's own words, those
    of what is done, and who stands for himself, once asked for (match).
    `within`: passages that another telling shares.
    """

    key: str
    source: str
    number: int
    kind: str
    date: str | None
    place: str | None
    status: str
    who: list[Who]
    passages: list[Passage]
    form: str | None = None
    occasion: str | None = None
    topics: tuple[str, ...] = ()
    roles: dict[str, str] = field(default_factory=dict)
    whole: str | None = None
    published: str | None = None
    asserted_by: str | None = None
    to: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    era: str | None = None
    called: str = ""
    said: str = ""
    site: str | None = None
    proper: frozenset[str] | None = None
    done: frozenset[str] | None = None
    sides: list[Who] | None = None
    within: frozenset[Passage] = frozenset()

    @property
    def id(self) -> tuple[int, str]:
        """Known among all documents: copies of one text share keys."""
        return self.number, self.key


def actors(document: Filed) -> dict[int, Who]:
    """The actors of a document by their places, with the states that their posts and names speak of."""
    records = {place: record for place, record in document.records.items() if record.kind == "actor"}
    states = [(r, code) for r in records.values() if r.value("kind") == "state" and (code := r.value("code"))]
    named = {s.value: code for record, code in states for s in record.all("name") if s.value}
    return {place: _who(record, document.source, named) for place, record in records.items()}


def _who(record: Record, source: str, named: dict[str, str]) -> Who:
    names = tuple(s.value for s in record.all("name") if s.value) or (record.words,)
    posts = tuple(s.value for s in record.all("post") if s.value)
    kind, code = record.value("kind") or "organisation", record.value("code")
    spoken = (*posts, *(names if kind == "organisation" else ()))
    found = {state for words in spoken for state in office(words, named).states}
    own = {code} if kind == "state" and code else set()
    return Who(record.key, kind, names, code, posts, frozenset(found | own), source, forms(names), named)


def tellings(documents: Iterable[Filed], *, quarantined: bool = False) -> list[Telling]:
    """Every engagement of these documents, in their order; those of grafted passages only if asked for."""
    return [t for document in documents for t in _of(document, quarantined)]


def _of(document: Filed, quarantined: bool) -> list[Telling]:
    known, time = actors(document), era(document)
    places = {form: w.code for w in known.values() if w.kind == "state" and w.code for form in w.forms}
    records = [r for r in document.records.values() if r.kind == "engagement" and (quarantined or not r.passage)]
    found = [_telling(document, record, known) for record in records]
    codes = {form: plain(w.code) for w in known.values() if w.kind != "state" and w.code for form in w.forms}
    bodies = {form for w in known.values() if w.kind == "organisation" for form in w.forms if " " in form}
    for telling in found:
        others = [t for t in found if t is not telling]
        telling.era = time
        telling.date = anchored(_opening_day(telling, document) or telling.date or _own_day(telling, document), time)
        telling.site = _site(telling, bodies)
        telling.called = _by_code(telling.called, codes)
        telling.within = frozenset(p for p in telling.passages if any(_shared(p, other) for other in others))
        telling.to = _named(telling.place or "", places) or _received(telling)
        named = _named(f"{telling.occasion or ''} {telling.passages[0].quote}", places)
        telling.states = telling.to | named | {state for w in telling.who for state in w.states}
    return found


def _shared(words: Passage, other: Telling) -> bool:
    """They touch what tells another engagement first, or follow on what tells it: `thăm Pháp và dự hội nghị`."""
    first = other.passages[0]
    touch = first.start < words.end and words.start < first.end and first != words
    return touch or any(0 <= words.start - p.end <= JOINED for p in other.passages)


def _opening_day(telling: Telling, document: Filed) -> str | None:
    """The day right before its words, of the several of the visit around it: `Ngày 31/5, X sẽ hội đàm với Y`."""
    around, start = when(telling.date), telling.passages[0].start
    if telling.kind == "visit" or telling.status == "held" or around is None or around.days == 1:
        return None
    days = (r for r in document.records.values() if r.kind == "date" and start - LEAD <= r.end <= start)
    told = next((r.value("edtf") for r in days if (w := when(r.value("edtf"))) and w.days == 1), None)
    day = when(told)
    return told if day and apart(day, around) == 0 else None


def _own_day(telling: Telling, document: Filed) -> str | None:
    """The only day that its first words name, where no date was coded for it."""
    first = telling.passages[0]
    dates = (r for r in document.records.values() if r.kind == "date" and first.start <= r.start < first.end)
    days = {day for r in dates if (day := r.value("edtf")) and (w := when(day)) and w.days == 1}
    return anchored(days.pop(), document.published) if len(days) == 1 else None


def _site(telling: Telling, bodies: set[str]) -> str | None:
    """The body whose house a visit goes to: an embassy in a state is not that state."""
    place = f" {plain(telling.place or '')} "
    held = [body for body in bodies if f" {body} " in place] if telling.kind == "visit" else []
    return max(held, key=lambda body: (len(body), body), default=None)


def _by_code(called: str, codes: Mapping[str, str]) -> str:
    """The name of an occasion with the bodies in it told by their codes: they are spelled out or not."""
    spaced = f" {SERIAL.sub(JOIN, called)} "
    for form in sorted((f for f in codes if f" {f} " in spaced), key=lambda f: (-len(f), f)):
        spaced = spaced.replace(f" {form} ", f" {codes[form]} ")
    return spaced.strip()


def _received(telling: Telling) -> frozenset[str]:
    """The one state whose people receive a visit, where its place names none."""
    hosts = {state for w in telling.who if telling.roles.get(w.key) == "host" for state in w.states}
    return frozenset(hosts) if telling.kind == "visit" and len(hosts) == 1 else frozenset()


def _named(words: str, states: dict[str, str]) -> frozenset[str]:
    """The states (ISO) that these words name."""
    spaced = f" {plain(words)} "
    return frozenset(code for form, code in states.items() if f" {form} " in spaced)


def era(document: Filed) -> str | None:
    """When a document was written, as exactly as can be told: its publication, else the month of its first day.

    Where the publication tells a year alone, the first day that may be of it.
    """
    published = when(document.published)
    if published and published.days <= MONTH and not published.yearless:
        return document.published
    dates = [r.value("edtf") or "" for r in document.records.values() if r.kind == "date" and not r.passage]
    days = [(d, w) for d in dates if (w := when(d)) and w.days <= 10]
    if published is None or published.yearless:
        years = [w.first.year for d in dates if (w := when(d)) and w.days <= MONTH and not w.yearless]
        return _own_month(days, years) or document.published
    own = (d for d, w in days if w.yearless or apart(w, published) == 0)
    return next((f"{published.first.year}{d[4:7]}" for d in own), document.published)


def _own_month(days: Sequence[tuple[str, When]], years: Sequence[int]) -> str | None:
    """The month of the first day told without a year, as a page tells its own days, else that of the first day.

    Its year is that of the last day told, where this is near and no month of another year is told (`years`).
    """
    bare = next((d for d, w in days if w.yearless), None)
    full = [(w.last, d) for d, w in days if not w.yearless]
    if bare and max(years, default=0) != min(years, default=0):
        return bare[:7]
    if bare is None:
        return days[0][0][:7] if days else None
    last = max(full)[1] if full else None
    own, near = when(bare), when(last)
    return (anchored(bare, last) or bare)[:7] if own and near and apart(own, near) <= MONTH else bare[:7]


def _telling(document: Filed, record: Record, known: dict[int, Who]) -> Telling:
    who = [known[it.about] for it in record.all("participant") if it.about in known]
    whole = next((document.records.get(-1 if it.about is None else it.about) for it in record.all("part_of")), None)
    roles = {known[it.about].key: it.value for it in record.all("role") if it.about in known and it.value}
    first = record.statements[0] if record.statements else None
    return Telling(
        key=record.key, source=document.source, number=document.number, kind=record.value("kind") or "meeting",
        date=anchored(record.value("date"), document.published), place=record.value("place"),
        status=record.value("status") or "held", who=who,
        passages=[passage(document, record), *(passage(document, told) for told in record.all("told"))],
        form=record.value("form"), occasion=record.value("occasion"),
        topics=tuple(s.value for s in record.all("topic") if s.value), roles=roles,
        whole=whole.key if whole else None, published=document.published,
        asserted_by=first.asserted_by if first else None,
        called=plain(record.value("occasion") or ""), said=plain(record.words),
    )  # fmt: skip


def passage(document: Filed, said: Record | Statement) -> Passage:
    """Where something stands in a document, and the words."""
    return Passage(document.source, said.start, said.end, said.words)

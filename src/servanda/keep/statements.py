"""A Reading as records made of statements: each value with its words, and every reference as a place in the list.

The order is that of the reading: the document itself, its actors, its facts, its dates and noise, then the same of each
grafted passage. A record's key is made from the document's text and the record's own content, so that the same text
gives the same keys wherever and whenever it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b

from servanda.folding import bare
from servanda.records import Record, RecordKind, Statement
from servanda.types import Act, Actor, Agreement, Contribution, Engagement, Plan, Position, Reading, Span

Value = str | int | None
plain = lru_cache(16384)(bare)


def records(reading: Reading, text: str) -> list[Record]:
    """Everything a reading says of `text`, as records; their places in the list are what statements refer to."""
    made = _Making(text, reading.id)
    for passage, part in enumerate([reading, *reading.quarantined]):
        made.passage(passage, part)
    return made.records


class _Making:
    """The list under construction. `places` holds the actors and engagements of the passage at hand, by their ids."""

    def __init__(self, text: str, document: str) -> None:
        self.text, self.document = text, document
        self.records: list[Record] = []
        self.places: dict[str, int] = {}
        self.actors: dict[str, Actor] = {}
        self._keys: dict[str, int] = {}
        self._passage = 0

    def passage(self, number: int, reading: Reading) -> None:
        self._passage, self.places = number, {}
        self.actors = {actor.id: actor for actor in reading.actors}
        if number == 0:
            self._document(reading)
        for actor in reading.actors:
            self._actor(actor)
        self._engagements(reading.engagements)
        for act in reading.acts:
            self._act(act)
        for position in reading.positions:
            self._position(position)
        for plan in reading.plans:
            self._plan(plan)
        for contribution in reading.contributions:
            self._contribution(contribution)
        for agreement in reading.agreements:
            self._agreement(agreement)
        self._spans(reading)

    def _add(self, kind: RecordKind, span: Span, *content: Value) -> Record:
        start, end = span
        record = Record(kind, self._key(kind, *content), start, end, self.text[start:end], [], self._passage)
        self.records.append(record)
        return record

    def _key(self, *content: Value) -> str:
        told = "\x1f".join("" if part is None else str(part) for part in (self.document, self._passage, *content))
        again = self._keys[told] = self._keys.get(told, 0) + 1
        return blake2b(f"{told}\x1f{again}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

    def _document(self, reading: Reading) -> None:
        record = self._add("document", (0, 0))
        at = self.text.find(reading.title) if reading.title else -1
        if reading.title and at >= 0:
            _state(record, "title", reading.title, (at, at + len(reading.title)), reading.title)
        for reason in reading.machine_translated_reasons:
            _state(record, "machine_translated", reason)

    def _actor(self, actor: Actor) -> None:
        first = min(actor.mentions, default=(0, 0))
        self.places[actor.id] = len(self.records)
        record = self._add("actor", first, *self._who(actor.id))
        for name in actor.names:
            _state(record, "name", name, confidence=actor.confidence)
        _state(record, "kind", actor.kind)
        _state(record, "code", actor.code)
        _state(record, "inferred", "yes" if actor.inferred else None)
        for proposal in actor.proposals:
            _state(record, "proposal", proposal)
        for post in actor.posts:
            said = self.text[post.start : post.end]
            _state(record, "former_post" if post.former else "post", post.text, (post.start, post.end), said)
        for start, end in actor.mentions:
            _state(record, "mention", None, (start, end), self.text[start:end])

    def _who(self, actor: str | None) -> tuple[Value, ...]:
        """What an actor is known by within its document: its code, else its name without accents."""
        known = self.actors.get(actor or "")
        if known is None:
            return (None,)
        return known.kind, known.code or (plain(known.names[0]) if known.names else known.id)

    def _engagements(self, engagements: Iterable[Engagement]) -> None:
        for e in engagements:
            sides = sorted("/".join(map(str, self._who(p))) for p in e.participants)
            self.places.setdefault(e.id, len(self.records))
            record = self._add("engagement", (e.start, e.end), e.kind, e.start, e.end, *sides)
            self._values(record, e, kind=e.kind, date=e.date, place=e.place, status=e.status, form=e.form)
            self._values(record, e, occasion=e.occasion)
            self._references(record, e, "participant", *e.participants)
            self._via(record, e)
            for actor, role in e.roles.items():
                if actor in self.places:
                    _state(record, "role", role, about=self.places[actor])
            for start, end in e.told:
                _state(record, "told", None, (start, end), self.text[start:end])
            self._topics(record, e.topics)
        for e in engagements:
            if e.part_of in self.places and e.part_of in {other.id for other in engagements}:
                whole = self.records[self.places[e.part_of]]
                part = self.records[self.places[e.id]]
                _state(part, "part_of", whole.value("kind"), about=self.places[e.part_of])

    def _act(self, act: Act) -> None:
        span = act.start, act.end
        record = self._add("act", span, act.type, *span, *self._who(act.speaker), *self._who(act.addressee))
        self._values(record, act, type=act.type, mode=act.mode, due=act.due)
        self._references(record, act, "speaker", act.speaker)
        self._references(record, act, "addressee", act.addressee)
        self._via(record, act)
        self._topics(record, act.topics)

    def _position(self, position: Position) -> None:
        span = position.start, position.end
        record = self._add("position", span, *span, *self._who(position.speaker))
        self._references(record, position, "speaker", position.speaker)
        self._via(record, position)
        self._topics(record, position.topics)

    def _plan(self, plan: Plan) -> None:
        span = plan.start, plan.end
        record = self._add("plan", span, *span, *self._who(plan.by))
        self._values(record, plan, due=plan.due, status=plan.status)
        self._references(record, plan, "by", plan.by)
        self._via(record, plan)

    def _contribution(self, c: Contribution) -> None:
        who = *self._who(c.contributor), *self._who(c.mission)
        record = self._add("contribution", (c.start, c.end), c.what, c.count, *who, c.start, c.end)
        self._values(record, c, what=c.what, count=c.count, women=c.women, unit=c.unit, status=c.status)
        self._values(record, c, measure=c.measure, date=c.date, count_scope=c.count_scope, place=c.place)
        self._references(record, c, "contributor", c.contributor)
        self._references(record, c, "mission", c.mission)
        self._via(record, c)

    def _agreement(self, a: Agreement) -> None:
        record = self._add("agreement", (a.start, a.end), a.kind, plain(a.name), a.start, a.end)
        self._values(record, a, kind=a.kind, status=a.status, date=a.date, name=a.name)
        self._references(record, a, "party", *a.parties)
        self._via(record, a)
        self._topics(record, a.topics)

    def _spans(self, reading: Reading) -> None:
        for date in reading.dates:
            record = self._add("date", (date.start, date.end), date.start, date.end)
            _state(record, "edtf", date.edtf, rule=date.rule, confidence=date.confidence)
            _state(record, "reason", date.reason or None)
        for noise in reading.noise:
            record = self._add("noise", (noise.start, noise.end), noise.start, noise.end, noise.kind)
            _state(record, "kind", noise.kind, rule=noise.rule)
            _state(record, "reason", noise.reason or None)

    def _values(self, record: Record, fact: _Fact, **values: Value) -> None:
        by = self._asserting(fact)
        for name, value in values.items():
            told = None if value is None else str(value)
            _state(record, name, told, rule=fact.rule, confidence=fact.confidence, asserted_by=by)

    def _references(self, record: Record, fact: _Fact, name: str, *actors: str | None) -> None:
        by = self._asserting(fact)
        for place, called in self._called(actors):
            _state(record, name, called, about=place, rule=fact.rule, confidence=fact.confidence, asserted_by=by)

    def _called(self, actors: Iterable[str | None]) -> Iterator[tuple[int, str]]:
        for actor in actors:
            if actor in self.actors and actor in self.places:
                names = self.actors[actor].names
                yield self.places[actor], names[0] if names else actor

    def _via(self, record: Record, fact: _Fact) -> None:
        """One statement for each of those through whom the word reached the page, outermost first."""
        self._references(record, fact, "asserted_via", *fact.asserted_via)

    def _asserting(self, fact: _Fact) -> str | None:
        """The name of whom the text lets say it; the publisher says the rest."""
        actor = self.actors.get(fact.asserted_by or "")
        return actor.names[0] if actor and actor.names else fact.asserted_by

    def _topics(self, record: Record, topics: Iterable[str]) -> None:
        for topic in topics:
            _state(record, "topic", topic)


_Fact = Engagement | Act | Position | Plan | Contribution | Agreement


def _state(
    record: Record,
    name: str,
    value: str | None,
    span: Span | None = None,
    words: str = "",
    *,
    about: int | None = None,
    rule: str = "",
    confidence: float = 0.5,
    asserted_by: str | None = None,
) -> None:
    """One more statement; a value that is not known makes none. Without a span of its own it stands on the record's."""
    if value is None and span is None:
        return
    start, end = span or (record.start, record.end)
    said = words if span else record.words
    record.statements.append(Statement(name, value, start, end, said, about, asserted_by, rule, confidence))

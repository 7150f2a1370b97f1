"""The queue over a register, and one question as a person sees it: records, words in context, what was decided."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from servanda import answers
from servanda.answers.assembly.bringing import is_stale
from servanda.errors import NotFound
from servanda.keep import reviewing, weighing
from servanda.keep.judged import Decision, Judged, Mark, decision, standing
from servanda.keep.likeness import Likeness
from servanda.keep.reviewing import FACTS, Entry
from servanda.keep.seen import Seen, again, seen
from servanda.records import Filed, Judgement, Record
from servanda.review.gathering import FEW, READ, questions, unsettled
from servanda.store import Register, decided, extent, filed, text_of
from servanda.store.judging import Looked, holding, judgement, looked_at, standing_of

AROUND = 400  # code points of a text shown before and after the words at issue
STATUSES = tuple(it for it in weighing.STATUSES if it != "overdue")  # overdue is told by the calendar alone


@dataclass(slots=True)
class Asked:
    """The queue: entries by expected harm, and over how many current documents, the newest of what date."""

    entries: list[Entry]
    looked_at: tuple[int, str | None]


@dataclass(slots=True)
class Part:
    """One record at issue: what the page's reading says by property (`read`), what it says as people corrected it
    (`now`, empty where it is out of the answers), and where.

    `before`, `quote`, `after`: the words in their text. `document`: what is known of the text itself. `stands`: how it
    stands to a decision on it (see `judged.standing`), which saw it under the key `seen_as`. `told`: the record whole,
    for the decision's snapshot.
    """

    key: str
    kind: str
    told: Seen
    read: dict[str, list[str]]
    now: dict[str, list[str]]
    source: str
    start: int
    end: int
    before: str
    quote: str
    after: str
    document: dict[str, Any] = field(default_factory=dict)
    stands: str = "stands"
    seen_as: str = ""


@dataclass(slots=True)
class Question:
    """A question in full. `choices`: the kinds of decision it takes; `fields`: per record kind, what may be corrected,
    as {property: admitted values, none for free words}; `looked`: to be given back with the decision. `people`: of two
    people, all that is told of each (`answers.two_people`), and `alike`: how alike they are, feature by feature."""

    entry: Entry
    parts: list[Part]
    beside: list[Part]
    marks: list[Mark]
    looked: Looked
    choices: tuple[str, ...]
    judgement: Judgement | None = None
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    people: list[dict[str, Any]] = field(default_factory=list)
    alike: Likeness | None = None


CHOICES = {
    "merge": ("same", "not_same"),
    "people": ("same", "not_same"),
    "outcome": ("status", "not_outcome"),
    "judgement": ("renew", "undo"),
    "undertaking": ("confirmed", "rejected", "corrected", "status"),
    "engagement": ("confirmed", "rejected", "corrected", "not_same"),
}
OF_A_FACT = ("confirmed", "rejected", "corrected")

_held: dict[str, tuple[str, str, list[Entry], Asked, bool]] = {}


def open_questions(register: Register) -> Asked:
    """Everything that people should look at, by expected harm; kept until the register changes.

    Of a large register only what was decided is applied anew after a decision: its facts are gathered again when its
    documents change, and when all of them are put together that were not yet.
    """
    read, said = standing_of(register)
    held, whole = _held.get(register.shown), _put_together(register)
    if held is not None and whole and not held[4]:
        held = None
    if held is not None and held[:2] == (read, said):
        return held[3]
    over = extent(register)
    known = held[2] if held is not None and held[0] == read and over[0] > FEW else None
    entries = known if known is not None else questions(register, over[0])
    judgements = decided(register)
    asked = Asked(reviewing.queue([*unsettled(register, judgements), *entries], Judged(judgements)), over)
    _held.clear()
    _held[register.shown] = (read, said, entries, asked, known is not None or whole or _put_together(register))
    return asked


def _put_together(register: Register) -> bool:
    with register.reading() as connection:
        return not is_stale(connection)


def question(register: Register, address: str) -> Question:
    """The question of this address in full, whether it is in the queue or long decided. Raises NotFound."""
    about, _, id = address.partition(":")
    addresses = {address, f"people:{reviewing.pair_id(*id.split('+', 1))}"} if "+" in id else {address}
    entry = next((it for it in open_questions(register).entries if it.address in addresses), None)
    if entry is None:
        entry = _asked_again(register, about, id)
    made = judgement(register, int(entry.id)) if about == "judgement" else None
    parts = _parts(register, entry.keys, decision(made) if made else None)
    beside = _parts(register, entry.beside)
    if entry.about == "merge" and {it.kind for it in (*parts, *beside)} == {"actor"}:
        entry = replace(entry, about="people")
    if not parts and made is None:
        raise NotFound(f"{address}: no such question in this register; servanda review --json lists them")
    return _question(register, entry, parts, beside, made)


def _question(
    register: Register, entry: Entry, parts: list[Part], beside: list[Part], made: Judgement | None
) -> Question:
    keys = tuple(dict.fromkeys((*entry.keys, *entry.beside, *(it.key for it in (*parts, *beside)))))
    choices = CHOICES.get(entry.about, OF_A_FACT)
    if entry.about == "engagement" and len(parts) < 2:
        choices = OF_A_FACT
    marks = Judged(decided(register)).marks(*keys)
    kind = parts[0].kind if parts else entry.about
    shapes = reviewing.rules().fields.get(kind, {}) if "corrected" in choices else {}
    fields = {name: reviewing.allowed(shape) for name, shape in shapes.items()}
    asked = Question(entry, parts, beside, marks, looked_at(register, keys), choices, made, fields)
    if entry.about == "people" and parts and beside:
        asked.people, asked.alike = _two_people(register, parts[0].key, beside[0].key)
    return asked


def _two_people(register: Register, first: str, second: str) -> tuple[list[dict[str, Any]], Likeness | None]:
    try:
        return answers.two_people(register, first, second)
    except NotFound:  # of bodies, which are known by their names
        return [], None


def _asked_again(register: Register, about: str, id: str) -> Entry:
    """A question that is not in the queue: decided before, or not doubtful enough."""
    if about == "judgement":
        if not id.isdecimal() or len(id) > 15:
            raise NotFound(f"judgement:{id}: no such decision; servanda judgements lists them")
        made = decision(judgement(register, int(id)))
        keys = tuple(it["key"] for it in made.told) or (made.judgement.subject,)
        return Entry(id, about, 0.0, 0.0, keys, (), judgement=int(id))
    first, _, second = id.partition("+" if about in ("merge", "people") else "~")
    if (about in ("merge", "people", "outcome") and not second) or about not in (*CHOICES, *FACTS):
        address = f"{about}:{id}" if id else about
        raise NotFound(f"{address}: no such question; servanda review --json lists them")
    beside, proposed = (second,) if second else (), "kept" if about == "outcome" else None
    return Entry(id, about, 0.0, reviewing.cost(about), (first,), (), beside, proposed)


def _parts(register: Register, keys: Collection[str], made: Decision | None = None) -> list[Part]:
    """The records of these keys as they stand, and those that a decision saw and that stand no more."""
    sources = {it["source"] for it in made.told} if made else set()
    found = list(filed(register, READ, without=("mention",), numbers=holding(register, keys, sources)))
    judged = Judged(decided(register))
    stands = standing(made, found) if made else {}
    meant = {record.key: it["key"] for it in (made.told if made else ()) for d in found if (record := again(it, d))}
    parts: dict[str, Part] = {}
    for raw in found:
        after = judged.document(raw)
        for record in (*raw.records.values(), *after.records.values()):
            if record.key not in parts and (record.key in keys or record.key in meant):
                parts[record.key] = part = _part(register, raw, after, record)
                part.seen_as = meant.get(record.key, record.key)
                part.stands = stands.get(part.seen_as, "stands")
    present = {part.seen_as for part in parts.values()}
    lost = [_remembered(it, stands[it["key"]]) for it in (made.told if made else ()) if it["key"] not in present]
    order = {key: n for n, key in enumerate(keys)}
    return sorted([*parts.values(), *lost], key=lambda part: order.get(part.seen_as, len(order)))


def _part(register: Register, raw: Filed, after: Filed, record: Record) -> Part:
    own = raw if record in raw.records.values() else after
    told = seen(own, record)
    judged = next((it for it in after.records.values() if it.key == record.key), None)
    text = text_of(register, raw.number)
    start, end = record.start, record.end
    now = shown(seen(after, judged)) if judged else {}
    return Part(
        record.key, record.kind, told, shown(told), now, raw.source, start, end,
        text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND],
        {"title": raw.title, "url": raw.url, "publisher": raw.publisher, "published": raw.published,
         "machine_translated": raw.machine_translated},
    )  # fmt: skip


def _remembered(told: Seen, stands: str) -> Part:
    """A record that is no longer read, as the person saw it."""
    where = (told["source"], told["start"], told["end"])
    key = told["key"]
    return Part(key, told["kind"], told, shown(told), {}, *where, "", told["words"], "", {}, stands, key)


def shown(told: Seen) -> dict[str, list[str]]:
    """What a record says, by property, in the page's own spelling."""
    found: dict[str, list[str]] = {}
    for it in told["statements"]:
        name = (it.get("about") or {}).get("name") or it["value"]
        if it["property"] not in ("mention", "told", "part_of") and name:
            found.setdefault(it["property"], []).append(name)
    return found

"""What an officer knows from a cable, a note or a person: filed as a document of its own, and the fact on its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from servanda import answers
from servanda.answers.naming import state_called
from servanda.errors import NotFound, Refused
from servanda.keep.reviewing import checked, rules
from servanda.keep.statements import records
from servanda.keep.when import when
from servanda.lexicon import load
from servanda.review.creating import Created, create
from servanda.review.decisions import named, reasoned, saved
from servanda.review.questions import STATUSES
from servanda.store import Register, file, judge, sheet
from servanda.types import Actor, ActorKind, Document, Reading
from servanda.vocabulary import Mission

MEDIA, LANGUAGE = "text/x-servanda-entry", "vi"
UNDERTAKINGS = {
    "pledge": ("act", {"type": "AGREE"}),
    "request": ("act", {"type": "REQUEST", "mode": "request"}),
    "invitation": ("act", {"type": "REQUEST", "mode": "invitation"}),
    "proposal": ("act", {"type": "REQUEST", "mode": "proposal"}),
    "plan": ("plan", {}),
}
SIDES = {"act": ("speaker", "addressee"), "plan": ("by", "by")}


@dataclass(slots=True)
class Entry:
    """A fact by hand: `words` tell it, `origin` says where they are from (a cable's number, a person), `dated` (EDTF)
    of when they are. `values` by property as in schema/review.yaml; several of one property as a list."""

    kind: str
    words: str
    origin: str
    dated: str
    values: dict[str, str | list[str]] = field(default_factory=dict)


@dataclass(slots=True, frozen=True)
class Entered:
    """Where an entry is kept: the source of its document, and the number of the judgement that holds its fact."""

    source: str
    judgement: int


def undertaking(kind: str, by: str, to: str | None, due: str | None) -> tuple[str, dict[str, str | list[str]]]:
    """The kind and values of the fact that makes such an undertaking. Raises Refused on another kind."""
    if kind not in UNDERTAKINGS:
        raise Refused(f"{kind}: an undertaking is one of {', '.join(UNDERTAKINGS)}")
    fact, values = UNDERTAKINGS[kind]
    mine, theirs = SIDES[fact]
    said: dict[str, str | list[str]] = {**values, mine: by}
    if to and theirs != mine:
        said[theirs] = to
    return fact, said | ({"due": due} if due else {})


def enter(register: Register, entry: Entry, *, by: str) -> Entered:
    """Keep a fact by hand, on a document of its own. Raises Refused where something is missing or no value."""
    for name, value in entry.values.items():
        for each in [value] if isinstance(value, str) else value:
            checked(entry.kind, name, each)
    source, text = _filed(register, entry, by)
    fact = Created(entry.kind, source, entry.words, entry.values, text.index(entry.words))
    return Entered(source, create(register, fact, by=by, reason=entry.origin))


def enter_outcome(register: Register, id: str, status: str, entry: Entry, *, by: str) -> Entered:
    """Set an undertaking's status on the words of an entry. Raises Refused, and NotFound on an unknown id."""
    if status not in STATUSES:
        raise Refused(f"{status}: a status is one of {', '.join(STATUSES)}")
    row = answers.undertaking(register, id)
    made, told = when(row["published"]), when(entry.dated)
    if made and told and not made.yearless and not told.yearless and told.last < made.first:
        raise Refused(f"{entry.dated}: an outcome before its promise, which is of {row['published']}, is none")
    source, text = _filed(register, entry, by)
    start = text.index(entry.words)
    shown = {"source": source, "document": Document(text, source).id, "kind": "position", "key": source, "passage": 0,
             "start": start, "end": start + len(entry.words), "words": entry.words, "statements": []}  # fmt: skip
    promise = row["made"]
    own = {"source": promise["source"], "document": None, "kind": "act", "key": row["id"], "passage": 0,
           "start": promise["start"], "end": promise["end"], "words": promise["quote"], "statements": []}  # fmt: skip
    number = judge(register, "status", row["id"], by=named(by), object=source, value=status,
                   reason=reasoned(entry.origin), snapshot=saved([own, shown], about="undertaking"))  # fmt: skip
    return Entered(source, number)


def _filed(register: Register, entry: Entry, by: str) -> tuple[str, str]:
    """File the entry's document: from where and by whom, whom it names, and the words."""
    if not entry.words.strip() or not entry.origin.strip():
        raise Refused("an entry needs the words that tell it, and where they are from")
    if when(entry.dated) is None:
        raise Refused(f"{entry.dated}: no date; give YYYY, YYYY-MM or YYYY-MM-DD")
    names = _names(entry)
    text = "\n".join([f"{entry.origin} ({named(by)})", *names, entry.words])
    document = Document(text, "", published=entry.dated, publisher=named(by), media_type=MEDIA,
                        note=f"entered by {named(by)}: {entry.origin}")  # fmt: skip
    document.source = f"by-hand/{date.today().isoformat()}/{document.id}"
    reading = Reading(document.source, document.id, LANGUAGE, published=entry.dated)
    at = len(text) - len(entry.words) - sum(len(name) + 1 for name in names)
    for number, name in enumerate(names):
        kind, code = _is(register, name)
        span = (at, at + len(name))
        reading.actors.append(Actor(f"a{number}", kind, [name], code, mentions=[span], confidence=1.0))
        at = span[1] + 1
    file(register, [sheet(document, reading, records(reading, text))])
    return document.source, text


def _names(entry: Entry) -> list[str]:
    """Whom it names, each once."""
    shapes = rules().fields.get(entry.kind, {})
    said = [value for name, value in entry.values.items() if shapes.get(name) == "name"]
    each = [name for value in said for name in ([value] if isinstance(value, str) else value)]
    return list(dict.fromkeys(" ".join(name.split()) for name in each if name.strip()))


def _is(register: Register, name: str) -> tuple[ActorKind, str | None]:
    """What kind of actor a name is, with its code: a state or mission of the lexicon, one of the register, a person."""
    if state := state_called(name):
        return "state", state
    if any(name == mission.id for mission in load(LANGUAGE).entries("missions", Mission)):
        return "mission", name
    try:
        known = answers.actor(register, name)
    except NotFound:
        return "person", None
    return known["kind"], next(iter(known["codes"]), None)

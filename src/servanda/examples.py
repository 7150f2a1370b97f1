"""Examples: the sentences that an entry of a data file must be read so by, and those on which it must not fire.

The notation is `[Bộ trưởng Bùi Thanh Sơn]speaker cảm ơn [Nhật Bản]addressee đã giúp.`: words in brackets, and directly
after them what they are: the field that this actor fills in the fact that the rule makes (speaker, addressee,
participant, host, contributor, mission, party, unit, place, due), the EDTF of a date, the kind of a noise, or the kind
or the code of an actor (person, state, organisation, mission, VN, UNMISS), or `post`, or the name of the data file
(topics) where only the words must be found. Other brackets are text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import get_args

from servanda.lexicon import Lexicon, longest
from servanda.pipeline import read, read_explained
from servanda.read.explain import Fact, facts, made
from servanda.read.page import open_page
from servanda.types import Actor, Document, NoiseKind, Span
from servanda.vocabulary import Entry

LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_/-]*[A-Za-z0-9])?")
EDTF = re.compile(r"[0-9X]{4}(?:-[0-9X]{2}){0,2}(?:/[0-9X]{4}(?:-[0-9X]{2}){0,2})?")
ROLES = {"host", "guest", "chair", "co-chair", "organiser"}
WORD_FIELDS = {"unit": "unit", "place": "place", "name": "name"}
DATE_FIELDS = {"due": "due", "when": "date"}
FIELDS = {
    "speaker": "speaker", "addressee": "addressee", "participant": "participants", "contributor": "contributor",
    "mission": "mission", "party": "parties", **dict.fromkeys(ROLES, "participants"), **WORD_FIELDS, **DATE_FIELDS,
}  # fmt: skip
NAMING = {"states", "capitals", "missions", "bodies", "body_heads", "sectors", "titles", "places", "name_grammar"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of an example and what they are."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its marks; offsets are code points into `text`."""

    text: str
    marks: tuple[Mark, ...]


def parse(written: str) -> Example:
    """An example from its notation. Brackets nest; those without a label stay in the text."""
    text: list[str] = []
    marks: list[Mark] = []
    opened: list[int] = []
    at = 0
    while at < len(written):
        if written[at] == "]" and opened:
            start, label = opened.pop(), LABEL.match(written, at + 1)
            if label:
                del text[start]
                marks = [Mark(m.start - (m.start > start), m.end - (m.end > start), m.label) for m in marks]
                marks.append(Mark(start, len(text), label.group()))
                at = label.end()
                continue
        if written[at] == "[":
            opened.append(len(text))
        text.append(written[at])
        at += 1
    return Example("".join(text), tuple(marks))


def failures(file: str, entry: Entry, lexicon: Lexicon) -> list[str]:
    """Why the examples and counterexamples of an entry do not hold, each in a few lines; empty where they do."""
    examples = (Trial(file, entry, parse(written), lexicon).of_example() for written in entry.examples)
    counters = (Trial(file, entry, parse(written), lexicon).of_counterexample() for written in entry.counterexamples)
    return [message for message in (*examples, *counters) if message]


@cache
def rules(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """The rules of each data file: those entries whose ids stand in the facts made when their examples are read."""
    found = {
        file: frozenset(entry.id for entry in entries if _makes_facts(entry, lexicon))
        for file, entries in lexicon.files.items()
    }
    return {file: ids for file, ids in found.items() if ids}


def _makes_facts(entry: Entry, lexicon: Lexicon) -> bool:
    readings = (read(Document(parse(written).text, "example"), lexicon) for written in entry.examples)
    return any(fires_by(entry.id, fact.rule) for reading in readings for fact in facts(reading))


def fires_by(rule: str, made_by: str) -> bool:
    """Did this rule, alone or with others, make the fact?"""
    return rule == made_by or rule in re.split(r"[+ ]", made_by)


class Trial:
    """One example or counterexample of an entry, read."""

    def __init__(self, file: str, entry: Entry, example: Example, lexicon: Lexicon) -> None:
        self.file, self.entry, self.text, self.marks = file, entry, example.text, example.marks
        self.lexicon = lexicon
        self.reading, self.refusals = read_explained(Document(self.text, "example"), lexicon)

    def of_example(self) -> str:
        """What of the example is not read so; empty where all is."""
        for mark in self.marks:
            if not self._is_field(mark) and not self._stands(mark):
                return self._report("example", f"{self._words(mark)!r} is not read as {mark.label}")
        fields = [mark for mark in self.marks if self._is_field(mark)]
        if not fields:
            return "" if self.marks or self.fires() else self._report("example", "it does not fire")
        made_here = [fact for fact in facts(self.reading) if fires_by(self.entry.id, fact.rule)]
        if not made_here:
            return self._report("example", "it does not fire")
        if any(all(self._fills(mark, fact) for mark in fields) for fact in made_here):
            return ""
        wanted = ", ".join(f"{mark.label} = {self._words(mark)!r}" for mark in fields)
        return self._report("example", f"it fires, but no fact has {wanted}")

    def of_counterexample(self) -> str:
        """That the entry fires on the counterexample; empty where it does not."""
        return self._report("counterexample", "it fires") if self.fires() else ""

    def fires(self) -> bool:
        """Did the entry do anything: make a fact, name an actor or a post, or (for mere words) stand in the text?"""
        if any(fires_by(self.entry.id, fact.rule) for fact in facts(self.reading)):
            return True
        if self.file in rules(self.lexicon):
            return False
        hits = self._hits()
        if self.file not in NAMING:
            return bool(hits)
        actors = self.reading.actors
        named = [span for a in actors for span in (*a.mentions, *((p.start, p.end) for p in a.posts))]
        return any(_meet(span, hit) for span in named for hit in hits)

    def _hits(self) -> list[Mark]:
        hits = longest(open_page(Document(self.text, "example"), self.lexicon).hits.get(self.file, ()))
        return [Mark(hit.start, hit.end, self.file) for hit in hits if hit.entry is self.entry]

    def _words(self, mark: Mark) -> str:
        return self.text[mark.start : mark.end]

    def _is_field(self, mark: Mark) -> bool:
        return self.file not in NAMING and mark.label in FIELDS

    def _stands(self, mark: Mark) -> bool:
        """Is there a noise, a date, a post, an actor or a word of the entry, as the mark says, on its words?"""
        if mark.label == self.file:
            return any(_meet((hit.start, hit.end), mark) for hit in self._hits())
        if mark.label in get_args(NoiseKind):
            return any(n.kind == mark.label and _covers(n, mark) for n in self.reading.noise)
        if EDTF.fullmatch(mark.label):
            return any(d.edtf == mark.label and _covers(d, mark) for d in self.reading.dates)
        if mark.label == "post":
            posts = [post for actor in self.reading.actors for post in actor.posts]
            return any(p.text == self._words(mark) or _meet((p.start, p.end), mark) for p in posts)
        return any(mark.label in (actor.kind, actor.code) for actor in self._actors(mark))

    def _actors(self, mark: Mark) -> list[Actor]:
        return [a for a in self.reading.actors if any(_meet(span, mark) for span in a.mentions)]

    def _fills(self, mark: Mark, fact: Fact) -> bool:
        """Does the actor, the date or the wording at the mark fill that field of the fact?"""
        if mark.label in ROLES:
            roles = getattr(fact, "roles", {})
            return any(roles.get(actor.id) == mark.label for actor in self._actors(mark))
        value = getattr(fact, FIELDS[mark.label], None)
        if mark.label in WORD_FIELDS:
            return self._words(mark) in (value or "")
        if mark.label in DATE_FIELDS:
            return any(d.edtf == value and _covers(d, mark) for d in self.reading.dates)
        return not {a.id for a in self._actors(mark)}.isdisjoint(value if isinstance(value, list) else [value])

    def _report(self, what: str, why: str) -> str:
        lines = [f"{self.file}.yaml: {self.entry.id}: {what}: {why}", "    " + self.text.replace("\n", "\n    ")]
        lines += [f"    read: {e.what} by {e.rule or 'no rule'} on {e.words!r}" for e in made(self.text, self.reading)]
        refused = [r for r in self.refusals if r.rule == self.entry.id]
        lines += [f"    refused: {r.why} on {self.text[r.start : r.end]!r}" for r in refused]
        return "\n".join(lines)


def _covers(fact: Fact, mark: Mark) -> bool:
    """Do they stand on the same words, give or take those around?"""
    shared = min(fact.end, mark.end) - max(fact.start, mark.start)
    return shared * 5 >= 4 * min(fact.end - fact.start, mark.end - mark.start)


def _meet(span: Span, mark: Mark) -> bool:
    return span[0] < mark.end and mark.start < span[1]

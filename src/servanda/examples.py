"""Examples: the sentences that an entry of a data file must be read so by, and those on which it must not fire.

The notation is `[Bộ trưởng Bùi Thanh Sơn]speaker cảm ơn [Nhật Bản]addressee đã giúp.`: words in brackets, and directly
after them what they are: the field that this actor fills in the fact that the rule makes (speaker, addressee,
participant, host, contributor, mission, party, unit, place, due), the EDTF of a date, the kind of a noise, or the kind
or the code of an actor (person, state, organisation, mission, VN, UNMISS), or `post`. Other brackets are text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from servanda.lexicon import Lexicon, longest
from servanda.pipeline import read_explained
from servanda.read.explain import Fact, facts, made
from servanda.read.page import Refusal, open_page
from servanda.types import ActorKind, DateExpression, Document, Noise, NoiseKind, Reading, Span
from servanda.vocabulary import Entry

LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_/-]*[A-Za-z0-9])?")
EDTF = re.compile(r"[0-9X]{4}(?:-[0-9X]{2}){0,2}(?:/[0-9X]{4}(?:-[0-9X]{2}){0,2})?")
ACTOR_FIELDS = {
    "speaker": "speaker", "addressee": "addressee", "participant": "participants", "contributor": "contributor",
    "mission": "mission", "party": "parties",
}  # fmt: skip
ROLES = {"host", "guest", "chair", "co-chair", "organiser"}
WORD_FIELDS = {"unit", "place", "name"}
DATE_FIELDS = {"due": "due", "when": "date"}
NAME_FILES = {"states": "id", "missions": "id", "bodies": "code"}


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
    return [
        *(message for written in entry.examples for message in _example(file, entry, written, lexicon)),
        *(message for written in entry.counterexamples for message in _counterexample(file, entry, written, lexicon)),
    ]


def _example(file: str, entry: Entry, written: str, lexicon: Lexicon) -> list[str]:
    example = parse(written)
    reading, refusals = read_explained(Document(example.text, "example"), lexicon)
    why = _unmet(file, entry, example, reading, lexicon)
    return [_report(file, entry, "example", example.text, why, reading, refusals)] if why else []


def _counterexample(file: str, entry: Entry, written: str, lexicon: Lexicon) -> list[str]:
    text = parse(written).text
    reading, refusals = read_explained(Document(text, "counterexample"), lexicon)
    if not _fires(file, entry, text, reading, lexicon):
        return []
    return [_report(file, entry, "counterexample", text, "it fires", reading, refusals)]


def _unmet(file: str, entry: Entry, example: Example, reading: Reading, lexicon: Lexicon) -> str:
    """What of the example is not read so; nothing where all is."""
    fact_marks = [m for m in example.marks if _is_field(m.label, file)]
    for mark in example.marks:
        if mark not in fact_marks and not _stands(mark, example.text, entry, reading):
            return f"{example.text[mark.start : mark.end]!r} is not read as {mark.label}"
    if not fact_marks:
        labelled = bool(example.marks)
        return "" if labelled or _fires(file, entry, example.text, reading, lexicon) else "it does not fire"
    made_here = [fact for fact in facts(reading) if fires_by(entry.id, fact.rule)]
    if not made_here:
        return "it does not fire"
    if any(all(_fills(m, fact, example.text, reading) for m in fact_marks) for fact in made_here):
        return ""
    wanted = ", ".join(f"{m.label} = {example.text[m.start : m.end]!r}" for m in fact_marks)
    return f"it fires, but no fact has {wanted}"


def fires_by(rule: str, made_by: str) -> bool:
    """Did this rule, alone or with others, make the fact?"""
    return rule == made_by or rule in re.split(r"[+ ]", made_by)


def _is_field(label: str, file: str) -> bool:
    if file in NAME_FILES or file.startswith(("name", "title", "body")):
        return False
    return label in ACTOR_FIELDS or label in ROLES or label in WORD_FIELDS or label in DATE_FIELDS


def _stands(mark: Mark, text: str, entry: Entry, reading: Reading) -> bool:
    """Is there a noise, a date, a post or an actor as the mark says, on its words?"""
    if mark.label in get_args(NoiseKind):
        return any(n.kind == mark.label and _covers(n, mark) for n in reading.noise)
    if EDTF.fullmatch(mark.label):
        return any(d.edtf == mark.label and _covers(d, mark) for d in reading.dates)
    actors = [a for a in reading.actors if any(_meet(span, mark) for span in a.mentions)]
    if mark.label == "post":
        words = text[mark.start : mark.end]
        return any(words == p.text or _meet((p.start, p.end), mark) for a in reading.actors for p in a.posts)
    if mark.label in get_args(ActorKind):
        return any(a.kind == mark.label for a in actors)
    return any(a.code == mark.label for a in actors)


def _fills(mark: Mark, fact: Any, text: str, reading: Reading) -> bool:
    """Does the actor, date or text at the mark fill that field of the fact?"""
    if mark.label in WORD_FIELDS:
        return text[mark.start : mark.end] in (getattr(fact, mark.label, None) or "")
    if mark.label in DATE_FIELDS:
        value = getattr(fact, DATE_FIELDS[mark.label], None)
        return any(d.edtf == value and _covers(d, mark) for d in reading.dates)
    here = {a.id for a in reading.actors if any(_meet(span, mark) for span in a.mentions)}
    if mark.label in ROLES:
        return any(fact.roles.get(actor) == mark.label for actor in here) if hasattr(fact, "roles") else False
    value = getattr(fact, ACTOR_FIELDS[mark.label], None)
    return bool(here & set(value if isinstance(value, list) else [value]))


def _fires(file: str, entry: Entry, text: str, reading: Reading, lexicon: Lexicon) -> bool:
    """Did the entry do anything: make a fact, name an actor, or (for mere words) stand in the text?"""
    if any(fires_by(entry.id, fact.rule) for fact in facts(reading)):
        return True
    if file in NAME_FILES:
        code = getattr(entry, NAME_FILES[file], None)
        return any((a.code == code) if code else _named(a.names, entry) for a in reading.actors)
    return file not in ruled(lexicon) and any(hit.entry is entry for hit in _hits(file, text, lexicon))


@cache
def ruled(lexicon: Lexicon) -> frozenset[str]:
    """The data files whose entries are rules: their ids stand in the facts they make when their examples are read."""
    return frozenset(file for file, entries in lexicon.files.items() if any(_rules(e, lexicon) for e in entries))


def _rules(entry: Entry, lexicon: Lexicon) -> bool:
    texts = (parse(written).text for written in entry.examples)
    readings = (read_explained(Document(text, "example"), lexicon)[0] for text in texts)
    return any(fires_by(entry.id, fact.rule) for reading in readings for fact in facts(reading))


def _hits(file: str, text: str, lexicon: Lexicon) -> list[Any]:
    return list(longest(open_page(Document(text, "example"), lexicon).hits.get(file, ())))


def _named(names: list[str], entry: Entry) -> bool:
    return bool(set(names) & set(entry.words))


def _covers(fact: Noise | DateExpression | Fact, mark: Mark) -> bool:
    """Most of the mark lies in the fact, and most of the fact in the mark."""
    shared = min(fact.end, mark.end) - max(fact.start, mark.start)
    return shared * 5 >= 4 * max(fact.end - fact.start, mark.end - mark.start)


def _meet(span: Span, mark: Mark) -> bool:
    return span[0] < mark.end and mark.start < span[1]


def _report(file: str, entry: Entry, what: str, text: str, why: str, reading: Reading, refusals: list[Refusal]) -> str:
    lines = [f"{file}.yaml: {entry.id}: {what}: {why}", f"    {text}"]
    lines += [f"    read: {e.what} by {e.rule or 'no rule'} on {e.words!r}" for e in made(text, reading)]
    lines += [f"    refused: {r.why} on {text[r.start : r.end]!r}" for r in refusals if r.rule == entry.id]
    return "\n".join(lines)

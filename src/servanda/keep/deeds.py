"""Sentences that tell what came of something: done, put off, called off or refused, in whatever words.

Much of what comes of promises is told in passing and coded as no fact of its own: a road is opened, boxes have arrived.
Such a sentence is kept as words alone, with the words in it that say how it is meant and who is named in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from servanda.folding import fold
from servanda.keep.counted import END
from servanda.keep.facts import Fact
from servanda.keep.names import Who, plain
from servanda.keep.rules import rules
from servanda.keep.telling import Passage, actors, era
from servanda.keep.times import written
from servanda.keep.when import anchored
from servanda.records import Filed, Record

WORD = re.compile(r"\w+")
SHORTEST, LONGEST = 20, 600  # code points of a sentence
DEED = "deed "  # and where it begins: its key
TELLS = ("done", "ends", "moved", "off", "no")
Numbers = dict[str, set[str]]


@dataclass(slots=True, frozen=True)
class Word:
    """One word of a passage: plain; `own` where it says something of what it is about, `name` where it begins so."""

    plain: str
    own: bool
    name: bool


@dataclass(slots=True)
class Deed(Fact):
    """`words`: those of the sentence; `marks`: at which of them it says that what is told was done, put off …

    `pairs`: two words in a row that both say something; `numbers` by what they count.
    """

    words: tuple[Word, ...] = ()
    marks: tuple[tuple[int, str], ...] = ()
    dates: tuple[str, ...] = field(default=())
    pairs: frozenset[str] = frozenset()
    numbers: Numbers = field(default_factory=dict)


def deeds(documents: Iterable[Filed], texts: Mapping[int, str]) -> list[Deed]:
    """The sentences of these documents that tell what came of something; noise and grafted passages left out."""
    told = ((document, texts.get(document.number, "")) for document in documents)
    return [deed for document, text in told for deed in deeds_at(document, text, _telling(document, text))]


def _telling(document: Filed, text: str) -> Iterator[tuple[int, int]]:
    """The sentences in which a word says what came of something."""
    out = [(r.start, r.end) for r in document.records.values() if r.kind == "noise"]
    tell = [it.start() for it in _marks().finditer(fold(text)) if _kinds()[it.group()] in TELLS]
    for start, end in sentences(text):
        if bisect_left(tell, start) < bisect_left(tell, end) and not any(a < end and start < b for a, b in out):
            yield start, end


def deeds_at(document: Filed, text: str, places: Iterable[tuple[int, int]]) -> list[Deed]:
    """What a document tells in these sentences, of which each tells what came of something."""
    known = list({w.key: w for w in actors(document).values()}.values())
    dates = [r for r in document.records.values() if r.kind == "date" and not r.passage]
    told_in, time, found = era(document), written(document), []
    for start, end in places:
        quote = text[start:end]
        marks = marked(quote)
        days = tuple(day for r in dates if start <= r.start < end and (day := _day(r, document, told_in)))
        said, words = plain(quote), worded(quote)
        found.append(
            Deed(key=f"{DEED}{start}", record="deed", kind="", status="", by=_named(said, known), to=[],
                 passage=Passage(document.source, start, end, quote), number=document.number, era=told_in,
                 due=days[0] if len(days) == 1 else None, said=said, time=time, words=words, marks=marks,
                 dates=days, pairs=frozenset(pairs(words)), numbers=numbered(words))
        )  # fmt: skip
    return found


def known_by(keys: Collection[str], document: Filed, text: str) -> list[Deed]:
    """The deeds of a document that have these keys, as far as its text still tells them."""
    starts = {int(key.removeprefix(DEED)) for key in keys}
    found = deeds_at(document, text, [it for it in sentences(text) if it[0] in starts])
    return [deed for deed in found if any(kind in TELLS for _, kind in deed.marks)]


def _day(record: Record, document: Filed, told_in: str | None) -> str | None:
    return anchored(anchored(record.value("edtf"), document.published), told_in)


def _named(said: str, known: Iterable[Who]) -> list[Who]:
    spaced = f" {said} "
    return [who for who in known if any(f" {form} " in spaced for form in who.forms)]


def pairs(words: Sequence[Word]) -> list[str]:
    """Two words in a row that both say something: what a sentence is found by."""
    return [f"{a.plain} {b.plain}" for a, b in pairwise(words) if a.own and b.own]


def days_of(names: Iterable[str], days: Iterable[str]) -> list[str]:
    """A name with a day: what is told of that very day is found by them."""
    return [f"{name}|{day}" for day in days if day for name in names if not name.isdecimal()]


def keys(deed: Deed) -> list[str]:
    """What a deed is found by."""
    put_off = any(kind in ("moved", "off") for _, kind in deed.marks)
    names = {word.plain for word in deed.words if word.name and word.own} if put_off else set()
    return [*deed.pairs, *days_of(names, deed.dates)]


def numbered(words: Sequence[Word]) -> Numbers:
    """The numbers told, by the word before (`số 4`) and, where that is counted, the word after (`17 km`)."""
    found: Numbers = {}
    for n, word in enumerate(words):
        if word.plain.isdecimal():
            before, after = words[max(0, n - 1) : n], words[n + 1 : n + 2]
            keys = [f"<{it.plain}" for it in before] + [
                f">{it.plain}" for it in after if it.own and not it.plain.isdecimal()
            ]
            for key in keys:
                found.setdefault(key, set()).add(word.plain)
    return found


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence of some length stands; one that is too long tells too much."""
    ends = [*(found.end() for found in END.finditer(text)), len(text)]
    told = []
    for start, end in zip([0, *ends[:-1]], ends, strict=True):
        words = text[start:end]
        first, last = end - len(words.lstrip()), start + len(words.rstrip())
        told += [(first, last)] if SHORTEST <= last - first <= LONGEST else []
    return told


def worded(quote: str) -> tuple[Word, ...]:
    """The words of a passage, in order."""
    empty = rules().empty
    return tuple(Word(plain(w), fold(w) not in empty, w[0].isupper() or w[0].isdigit()) for w in WORD.findall(quote))


def marked(quote: str) -> tuple[tuple[int, str], ...]:
    """After which of its words (by number) a passage has said done, put off, called off, no, or still to come."""
    folded = fold(quote)
    told = {found.end(): _kinds()[found.group()] for found in _marks().finditer(folded)}
    if not told:
        return ()
    words = enumerate(found.end() for found in WORD.finditer(folded))
    return tuple((n, kind) for n, end in words if (kind := told.get(end)))


@cache
def _kinds() -> dict[str, str]:
    return {word: kind for kind, words in rules().tells.items() for word in words}


@cache
def _marks() -> re.Pattern[str]:
    longest = sorted(_kinds(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")

"""Coverage: what the lexicon does and does not know of a heap of documents, for whoever extends a language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from servanda.examples import rules
from servanda.lexicon import Lexicon
from servanda.pipeline import read
from servanda.read.explain import facts
from servanda.read.page import open_page
from servanda.types import Document, Reading, Span
from servanda.vocabulary import SpeechWord

BEFORE = 80  # code points before a verb of speech in which a name is looked for
NAME = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")


@dataclass(slots=True)
class Coverage:
    """Counts over documents: facts by rule, names before verbs of speech that were not read, eventless documents."""

    documents: int = 0
    characters: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    eventless: list[str] = field(default_factory=list)

    def never(self, lexicon: Lexicon) -> list[str]:
        """The rules that made no fact, in the order of the data files."""
        fired = {rule for made_by in self.rules for rule in (made_by, *made_by.split("+"))}
        return [rule for ids in rules(lexicon).values() for rule in sorted(ids) if rule not in fired]


def cover(documents: Iterable[Document], lexicon: Lexicon) -> Coverage:
    """Read all documents and count; one pass, nothing kept of the texts but names and sources."""
    coverage = Coverage()
    for document in documents:
        reading = read(document, lexicon)
        coverage.documents += 1
        coverage.characters += len(document.text)
        _count(coverage, reading)
        coverage.unknown.update(unknown_names(document, reading, lexicon))
        if not reading.engagements:
            coverage.eventless.append(document.url or document.source)
    return coverage


def _count(coverage: Coverage, reading: Reading) -> None:
    coverage.rules.update(fact.rule for fact in facts(reading) if fact.rule)
    coverage.facts.update(type(fact).__name__ for fact in facts(reading))
    coverage.facts.update(actor.kind for actor in reading.actors)


def unknown_names(document: Document, reading: Reading, lexicon: Lexicon) -> list[str]:
    """The runs of capitalised words right before a verb of speech on which the reading has no actor."""
    page = open_page(document, lexicon)
    known = [span for actor in reading.actors for span in actor.mentions]
    known += [(noise.start, noise.end) for noise in reading.noise]
    covered = bytearray(len(page.text))
    for start, end in known:
        covered[start:end] = b"\1" * (end - start)
    found = []
    for hit in page.longest("speech"):
        span = _name_before(page.text, hit.start) if _reports(hit.entry) else None
        if span and not any(covered[slice(*span)]):
            found.append(page.text[slice(*span)])
    return found


def _reports(entry: object) -> bool:
    return isinstance(entry, SpeechWord) and entry.role == "verb"


def _name_before(text: str, end: int) -> Span | None:
    """The capitalised words that end right before a place; one alone, at the start of a sentence, is no name."""
    words = list(re.finditer(r"\S+", text[max(0, end - BEFORE) : end]))
    kept: list[re.Match[str]] = []
    for word in reversed(words):
        if not word.group()[0].isupper() or not NAME.fullmatch(word.group()):
            break
        kept.append(word)
    offset = max(0, end - BEFORE)
    opens = kept and (len(kept) == len(words) or words[-len(kept) - 1].group()[-1] in '.!?:…”"')
    if not kept or (len(kept) == 1 and opens):
        return None
    return offset + kept[-1].start(), offset + kept[0].end()

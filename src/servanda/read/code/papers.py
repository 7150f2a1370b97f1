"""Papers: where a sentence names an agreement, how far its name reaches, and the cues around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from servanda.folding import fold
from servanda.lexicon import Hit, Lexicon, longest
from servanda.read.page import Mention, Page, Sentence, between
from servanda.vocabulary import AgreementWords, expand

BREAK = re.compile(r"[.,;:()\"\n]|$")
BESIDE = 4  # code points between the date of one agreement and the next one
LONGEST_NAME = 170
LONGEST = 3000  # code points of a sentence that may still be one


@dataclass(slots=True)
class Told:
    """An agreement as its sentence tells it: the kind's words, the end of its name, and the cues around."""

    sentence: Sentence
    hit: Hit
    entry: AgreementWords
    name_end: int
    cues: list[Hit]
    mentions: list[Mention]
    apart: int

    def before(self, *roles: str, since: int = 0) -> Hit | None:
        """The cue of these roles that stands last before it in its clause, and does not date the one before it (`… ký
        năm 2011, Tuyên bố chung`)."""
        least = max(self.apart, since)
        found = [h for h in self.cues if least <= h.start and h.end <= self.hit.start and role(h) in roles]
        return found[-1] if found else None

    @property
    def joins(self) -> list[str]:
        """The words that join one agreement to another."""
        words = [hit.entry for hit in self.cues if role(hit) == "and"]
        return [cue for entry in words if isinstance(entry, AgreementWords) for cue in entry.cues]

    def inside(self, *roles: str) -> Hit | None:
        """The first cue of these roles inside its name."""
        found = [h for h in self.cues if self.hit.end <= h.start < self.name_end and role(h) in roles]
        return found[0] if found else None


def papers(page: Page) -> Iterator[Told]:
    """The agreements that the article names, in order of start; headlines left out."""
    hits = page.longest("agreements")
    for sentence in page.sentences if hits else ():
        here = between(hits, sentence.start, sentence.end)
        if not here or sentence.headline or sentence.end - sentence.start > LONGEST:
            continue
        cues = _cues(page, sentence)
        mentions = [m for m in between(page.mentions, sentence.start, sentence.end) if m.actors]
        reach = -1
        for hit in here:
            if isinstance(hit.entry, AgreementWords) and hit.entry.role == "kind" and hit.start >= reach:
                reach = _name_end(page, hit, sentence, cues)
                yield Told(sentence, hit, hit.entry, reach, cues, mentions, _apart(page, sentence, hit))


def _apart(page: Page, sentence: Sentence, hit: Hit) -> int:
    """Where the words begin that can be said of this agreement: past the date of one before it, and the comma there."""
    dates = [d for d in between(page.dates, sentence.start, hit.start) if page.text[d.end : d.end + 1] == ","]
    listed = dates and hit.start - dates[-1].end <= BESIDE
    signed = listed and page.folded[: dates[-1].start].rstrip().endswith(_signing(page.lexicon))
    return dates[-1].end if signed else sentence.start


@cache
def _signing(lexicon: Lexicon) -> tuple[str, ...]:
    entries = lexicon.entries("agreements", AgreementWords)
    return tuple(fold(f" {w}") for e in entries if e.role == "sign" for cue in e.cues for w in expand(cue))


@cache
def _cue_lexicon(lexicon: Lexicon) -> Lexicon:
    entries = lexicon.entries("agreements", AgreementWords)
    return Lexicon(lexicon.language, {"cues": tuple(e.model_copy(update={"words": e.cues}) for e in entries if e.cues)})


def _cues(page: Page, sentence: Sentence) -> list[Hit]:
    start, end = sentence.start, sentence.end
    hits = _cue_lexicon(page.lexicon).scan(page.text[start:end], page.folded[start:end]).get("cues", [])
    return [Hit(h.start + start, h.end + start, h.entry) for h in longest(hits)]


def _name_end(page: Page, hit: Hit, sentence: Sentence, cues: list[Hit]) -> int:
    """Where the name of an agreement ends: at a mark, or a word that begins something else."""
    limit = min(sentence.end, hit.end + LONGEST_NAME)
    match = BREAK.search(page.folded, hit.end, limit)
    end = match.start() if match else limit
    ends = _ends(page.lexicon)
    ending = [h for h in cues if hit.end <= h.start < end and role(h) in ("name_end", "await")]
    stops = [h.start for h in ending if page.folded[h.start : h.end] in ends]
    kinds = [h.start for h in between(page.longest("agreements"), hit.end, end) if role(h) == "kind"]
    joins = [h.start for h in cues if role(h) == "and" and h.start > hit.end + 1 and h.end + 1 in kinds]
    end = min([end, *stops, *joins])
    return max(hit.end, hit.start + len(page.text[hit.start : end].rstrip()))


@cache
def _ends(lexicon: Lexicon) -> frozenset[str]:
    """Folded words that end a name, whatever else they are."""
    entries = lexicon.entries("agreements", AgreementWords)
    return frozenset(fold(w) for e in entries if e.role == "name_end" for cue in e.cues for w in expand(cue))


def role(hit: Hit) -> str:
    """The role of a word of agreements."""
    return hit.entry.role if isinstance(hit.entry, AgreementWords) else ""

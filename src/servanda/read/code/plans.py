"""Code the plans of a page: what the article says that someone is going to do, beyond what acts, engagements and
contributions already say. A forecast, a condition and a doubt are no plan."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter, itemgetter

from servanda.lexicon import Hit
from servanda.read.code.asserted import speaker_at
from servanda.read.code.clauses import subjects_of
from servanda.read.code.talks import floor
from servanda.read.page import Mention, Page, Sentence
from servanda.types import Plan, Reading, Span
from servanda.vocabulary import PlanWords

CONFIDENCE = 0.5
TOLD = 0.3  # of the shorter: another fact says the same
LEAST, MOST = 20, 400  # code points of a plan
OPENING = 12  # code points before a comma that open a clause and are none
BEFORE, NEAR = 120, 40  # code points: a condition before the clause, a doubt before the cue
BESIDE = 25  # code points between a fact and the cue that goes on with it
BLANK = ' \u00a0\t\n"“”'
FIGURE = re.compile(r"\d")
SEAM = re.compile(r"[;:“”\"«»(\n]|,(?!\d)\s|\s[-–]\s")
START = attrgetter("start")
FIRST, LAST = itemgetter(0), itemgetter(1)
OPEN = ("planned", "proposed", "postponed", "cancelled")
CUES = ("will", "planned", "decided", "deadline")
AWAITED = ("planned", "pledged", "ready")


@dataclass(slots=True)
class Seams:
    """Where the clauses of one sentence may begin, and where a part of it surely ends; both in order."""

    begins: list[int]
    ends: list[int]


@dataclass(slots=True)
class Taken:
    """The words of facts that already say what is to come, in order of start; `tops` is the furthest end so far."""

    spans: list[Span]
    tops: list[int]

    def touching(self, span: Span) -> list[Span]:
        """Those that may share words with a span, by bisection."""
        return self.spans[bisect_right(self.tops, span[0]) : bisect_left(self.spans, span[1], key=FIRST)]


def code_plans(page: Page, reading: Reading) -> list[Plan]:
    """The plans that the article tells and no other fact of the reading does, in order of start."""
    cues = page.longest("plans")
    if not cues:
        return []
    taken, names = _taken(reading), _joined(page.mentions)
    found: list[Plan] = []
    for sentence in page.sentences:
        here = page.within("plans", sentence.start, sentence.end)
        if here and not sentence.headline:
            found += _of_sentence(page, _seams(page, sentence, names), sentence, here, taken)
    return found


def _taken(reading: Reading) -> Taken:
    acts = [(a.start, a.end) for a in reading.acts if a.type in ("AGREE", "REQUEST")]
    engagements = [span for e in reading.engagements if e.status in OPEN for span in ((e.start, e.end), *e.told)]
    awaited = [(c.start, c.end) for c in reading.contributions if c.status in AWAITED]
    spans = sorted([*acts, *engagements, *awaited])
    return Taken(spans, list(accumulate(map(LAST, spans), max)))


def _joined(mentions: Iterable[Mention]) -> list[Span]:
    """The stretches that names cover: those that overlap are one."""
    joined: list[Span] = []
    for start, end in sorted((m.start, m.end) for m in mentions):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _seams(page: Page, sentence: Sentence, names: Sequence[Span]) -> Seams:
    """The seams of a sentence that lie in no name; only a semicolon or a line break ends a part."""
    found = list(SEAM.finditer(page.text, sentence.start, sentence.end))
    begins = [m.end() for m in found if not _inside(names, m.start())]
    return Seams(begins, [m.start() for m in found if m.group() in ";\n"])


def _inside(names: Sequence[Span], at: int) -> bool:
    before = bisect_left(names, at, key=FIRST) - 1
    return before >= 0 and at < names[before][1]


def _of_sentence(page: Page, seams: Seams, sentence: Sentence, cues: Sequence[Hit], taken: Taken) -> Iterable[Plan]:
    reach = sentence.start
    for cue in cues:
        rule = cue.entry
        if not isinstance(rule, PlanWords) or rule.role not in CUES or cue.start < reach:
            continue
        span = _clause(page, seams, sentence, cue)
        bound = rule.role != "deadline" or FIGURE.search(page.text, *span)
        refused = (
            _refused(cue, span, cues)
            or ("" if bound else "a deadline without a figure")
            or _told(cue, span, taken.touching(span))
        )
        plan = None if refused else _plan(page, sentence, cue, span, rule)
        if plan is None:
            page.refuse(rule.id, *span, refused or "nobody who is to do it, and no date")
            continue
        reach = span[1]
        yield plan


def _clause(page: Page, seams: Seams, sentence: Sentence, cue: Hit) -> Span:
    """From the last seam before the cue, or an opening of a few words before it, to the end of the sentence."""
    start = _begin(page, seams, sentence, cue)
    following = bisect_left(seams.ends, cue.end)
    end = seams.ends[following] if following < len(seams.ends) else sentence.end
    while start < end and page.text[start] in BLANK:
        start += 1
    while end > start and page.text[end - 1] in BLANK:
        end -= 1
    return start, min(end, start + MOST)


def _begin(page: Page, seams: Seams, sentence: Sentence, cue: Hit) -> int:
    before = bisect_left(seams.begins, cue.start - 2)
    last = seams.begins[before - 1] if before else sentence.start
    other = seams.begins[before - 2] if before > 1 else sentence.start
    bare = cue.start - last < MOST and len(page.text[last : cue.start].strip()) < 2
    start = other if bare else last
    return sentence.start if start - sentence.start <= OPENING else start


def _refused(cue: Hit, span: Span, cues: Sequence[Hit]) -> str:
    """Why nobody undertakes anything here; empty where someone may."""
    if span[1] - cue.end < LEAST // 2 or span[1] - span[0] < LEAST:
        return "too few words"
    first = bisect_left(cues, min(span[0] - BEFORE, cue.start - NEAR), key=START)
    if any(isinstance(other.entry, PlanWords) and other.entry.role == "observer" for other in cues):
        return "only foreseen"
    for other in cues[first : bisect_right(cues, cue.end + 2, key=START)]:
        role = other.entry.role if isinstance(other.entry, PlanWords) else ""
        if role == "condition" and span[0] - BEFORE <= other.start < cue.start:
            return "under a condition"
        if role == "doubt" and min(span[0], cue.start - NEAR) <= other.start < cue.start:
            return "a doubt or a hope"
        if role == "effect" and 0 <= other.start - cue.end <= 2:
            return "a forecast"
    return ""


def _told(cue: Hit, span: Span, told: Iterable[Span]) -> str:
    """Whether a fact that the cue stands in or beside says it."""
    for start, end in told:
        shared = min(end, span[1]) - max(start, span[0])
        if cue.start < end + BESIDE and start < cue.end + NEAR and shared > TOLD * min(end - start, span[1] - span[0]):
            return "another fact says it"
    return ""


def _plan(page: Page, sentence: Sentence, cue: Hit, span: Span, rule: PlanWords) -> Plan | None:
    by = (
        _subject(page, sentence, cue, span)
        or _speaker(page, cue)
        or (_bound(page, cue, span) if rule.role == "deadline" else None)
    )
    first, last = (bisect_left(page.dates, at, key=START) for at in span)
    dates = [d for d in page.dates[first:last] if d.end <= span[1]]
    due = next((d.edtf for d in dates if d.start > cue.start), None) or next((d.edtf for d in dates), None)
    if by is None and due is None:
        return None
    return Plan(by, *span, due=due, rule=rule.id, confidence=CONFIDENCE)


def _subject(page: Page, sentence: Sentence, cue: Hit, span: Span) -> str | None:
    """Who does what the cue says, as the clause tells; else the first named in the clause before it. News media only
    report."""
    told = [m.actors[0] for m in subjects_of(page, sentence, cue.start) if m.actors]
    first, last = (bisect_left(page.mentions, at, key=START) for at in (span[0], cue.start))
    before = (m.actors[0] for m in page.mentions[first:last] if m.end <= cue.start and m.actors and not m.inside)
    press = floor(page).press
    return next((actor for actor in (*told, *before) if actor not in press), None)


def _speaker(page: Page, cue: Hit) -> str | None:
    """Who speaks, where the cue stands in direct speech of someone who acts for a body or state."""
    spoken = speaker_at(page, cue.start)
    return spoken if spoken and floor(page).has_standing(spoken) and spoken not in floor(page).press else None


def _bound(page: Page, cue: Hit, span: Span) -> str | None:
    """Whom a deadline binds: the first named after it."""
    first, last = (bisect_left(page.mentions, at, key=START) for at in (cue.end, span[1]))
    return next((m.actors[0] for m in page.mentions[first:last] if m.actors), None)

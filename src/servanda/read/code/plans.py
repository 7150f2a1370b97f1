"""Code the plans of a page: what the article says that someone is going to do, beyond what acts, engagements and
contributions already say. A forecast, a condition and a doubt are no plan."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from servanda.lexicon import Hit
from servanda.read.page import Mention, Page, Sentence
from servanda.types import Plan, Reading, Span
from servanda.vocabulary import PlanWords

CONFIDENCE = 0.5
TOLD = 0.3  # of the shorter: another fact says the same
LEAST, MOST = 20, 400  # code points of a plan
OPENING = 12  # code points before a comma that open a clause and are none
SEAM = re.compile(r"[;:“”\"«»(\n]|,(?!\d)\s|\s[-–]\s")
OPEN = ("planned", "proposed", "postponed", "cancelled")
AWAITED = ("planned", "pledged", "ready")


def code_plans(page: Page, reading: Reading) -> list[Plan]:
    """The plans that the article tells and no other fact of the reading does, in order of start."""
    cues = page.longest("plans")
    if not cues:
        return []
    starts = [cue.start for cue in cues]
    taken = _taken(reading)
    found: list[Plan] = []
    for sentence in page.sentences:
        here = cues[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        if here and not sentence.headline:
            found += _of_sentence(page, sentence, here, taken)
    return found


def _taken(reading: Reading) -> list[Span]:
    """The words of facts that already say what is to come."""
    acts = [(a.start, a.end) for a in reading.acts if a.type in ("AGREE", "REQUEST")]
    engagements = [span for e in reading.engagements if e.status in OPEN for span in ((e.start, e.end), *e.told)]
    return sorted([*acts, *engagements, *((c.start, c.end) for c in reading.contributions if c.status in AWAITED)])


def _of_sentence(page: Page, sentence: Sentence, cues: Sequence[Hit], taken: Sequence[Span]) -> Iterable[Plan]:
    told = [span for span in taken if span[0] < sentence.end and span[1] > sentence.start]
    reach = sentence.start
    for cue in cues:
        rule = cue.entry
        if not isinstance(rule, PlanWords) or rule.role not in ("will", "planned") or cue.start < reach:
            continue
        span = _clause(page, sentence, cue)
        refused = _refused(page, cue, span, cues) or _told(span, told)
        plan = None if refused else _plan(page, cue, span, rule)
        if plan is None:
            page.refuse(rule.id, *span, refused or "nobody who is to do it, and no date")
            continue
        reach = span[1]
        yield plan


def _clause(page: Page, sentence: Sentence, cue: Hit) -> Span:
    """From the last seam before the cue, or an opening of a few words before it, to the end of the sentence."""
    seams = [m for m in SEAM.finditer(page.text, sentence.start, cue.start) if not _within(page, m.start())]
    ends = [m.end() for m in seams if cue.start - m.end() > 2]
    start = ends[-1] if ends else sentence.start
    if (ends and len(page.text[start : cue.start].strip()) < 2) or cue.start - start < 3:
        start = ends[-2] if len(ends) > 1 else sentence.start
    if start - sentence.start <= OPENING:
        start = sentence.start
    end = next((m.start() for m in SEAM.finditer(page.text, cue.end, sentence.end) if m.group() in ";\n"), sentence.end)
    while start < end and page.text[start] in ' \u00a0\t\n"“”':
        start += 1
    while end > start and page.text[end - 1] in ' \u00a0\t\n"“”':
        end -= 1
    return start, min(end, start + MOST)


def _within(page: Page, at: int) -> bool:
    return any(m.start < at < m.end for m in page.mentions)


def _refused(page: Page, cue: Hit, span: Span, cues: Sequence[Hit]) -> str:
    """Why nobody undertakes anything here; empty where someone may."""
    if span[1] - cue.end < LEAST // 2 or span[1] - span[0] < LEAST:
        return "too few words"
    for other in cues:
        role = other.entry.role if isinstance(other.entry, PlanWords) else ""
        if role == "condition" and span[0] - 120 <= other.start < cue.start:
            return "under a condition"
        if role == "doubt" and cue.start - 40 <= other.start < cue.start:
            return "a doubt or a hope"
        if role == "effect" and 0 <= other.start - cue.end <= 2:
            return "a forecast"
    return ""


def _told(span: Span, told: Iterable[Span]) -> str:
    for start, end in told:
        shared = min(end, span[1]) - max(start, span[0])
        if shared > TOLD * min(end - start, span[1] - span[0]):
            return "another fact says it"
    return ""


def _plan(page: Page, cue: Hit, span: Span, rule: PlanWords) -> Plan | None:
    who = _subject(page, cue, span)
    dates = [d for d in page.dates if span[0] <= d.start and d.end <= span[1]]
    due = next((d.edtf for d in dates if d.start > cue.start), None) or next((d.edtf for d in dates), None)
    if who is None and due is None:
        return None
    return Plan(who.actors[0] if who else None, *span, due=due, rule=rule.id, confidence=CONFIDENCE)


def _subject(page: Page, cue: Hit, span: Span) -> Mention | None:
    """Who is named in the clause before the cue: the first mention that stands in no other."""
    before = [m for m in page.mentions if span[0] <= m.start and m.end <= cue.start and m.actors and not m.inside]
    return before[0] if before else None

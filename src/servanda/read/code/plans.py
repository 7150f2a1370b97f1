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
from servanda.read.code.dues import DAY_LENGTH, MONTH_LENGTH, is_ahead, is_due
from servanda.read.code.talks import floor
from servanda.read.code.terms import end_of_term
from servanda.read.code.walk import grammar, role_of, skip
from servanda.read.page import Mention, Page, Sentence
from servanda.types import DateExpression, Plan, PlanStatus, Reading, Span
from servanda.vocabulary import PlanWords

CONFIDENCE = 0.5
TOLD = 0.3  # of the shorter: another fact says the same
LEAST, MOST = 20, 400  # code points of a plan
OPENING = 12  # code points before a comma that open a clause and are none
BEFORE, NEAR = 120, 40  # code points: a condition before the clause, a doubt before the cue
BESIDE = 25  # code points between a fact and the cue that goes on with it
BLANK = ' \u00a0\t\n"“”'
FIGURE = re.compile(r"\d")
INITIALS = re.compile(r"(?<!\w)[A-ZĐ]{4,}\s*$")
SEAM = re.compile(r"[;:“”\"«»(\n]|,(?!\d)\s|\s[-–]\s")
START = attrgetter("start")
FIRST, LAST = itemgetter(0), itemgetter(1)
OPEN = ("planned", "proposed", "postponed", "cancelled")
CUES = ("will", "planned", "decided", "deadline", "term")
FURTHER = ("step", "aim")
TERMS = ("deadline", "term")
OTHERWISE: dict[str, PlanStatus] = {"postponed": "postponed", "cancelled": "cancelled", "changed": "changed"}
STRAY = ("preposition", "place", "origin", "purpose", "source")  # roles of words before a name that is no subject
AWAITED = ("planned", "pledged", "ready")
SAYING = ("verb", "talk")


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
    starts = [cue.start for cue in page.longest("plans") if role(cue) in CUES]
    if not starts:
        return []
    taken, names = _taken(reading), _joined(page.mentions)
    found: list[Plan] = []
    for sentence in page.sentences:
        if bisect_left(starts, sentence.start) < bisect_left(starts, sentence.end) and not sentence.headline:
            here = page.within("plans", sentence.start, sentence.end)
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
    heads = [cue for cue in cues if role(cue) in CUES or (role(cue) == "step" and cue.start in seams.begins)]
    heads = _with_aims(page, sentence, heads, cues)
    reach, last = sentence.start, None
    for number, cue in enumerate(heads):
        rule = cue.entry
        opened = role(cue) == "planned" and (cue.start == sentence.start or cue.start in seams.begins)
        following = next(iter(heads[number + (2 if opened and _will_follows(heads, number) else 1) :]), None)
        if not isinstance(rule, PlanWords) or cue.start < reach or (role(cue) in FURTHER and last is None):
            continue
        span = _clause(page, seams, sentence, cue, following)
        refused = _refused(page, cue, span, cues) or _told(cue, span, taken.touching(span))
        came = next((OTHERWISE[r] for c in cues if (r := role(c)) in OTHERWISE), None)
        plan = None if refused else _plan(page, sentence, cue, span, rule, came)
        if plan is None:
            page.refuse(rule.id, *span, refused or "nobody who is to do it, and no date")
            continue
        if role(cue) in FURTHER and last is not None:
            plan.by, plan.rule = plan.by or last.by, f"{last.rule.split('+')[0]}+{rule.id}"
        reach, last = span[1], plan
        yield plan


def _with_aims(page: Page, sentence: Sentence, heads: Sequence[Hit], cues: Sequence[Hit]) -> list[Hit]:
    """With what is to be reached by the plan before it, where each of the two has its own date."""
    first, last = (bisect_left(page.dates, at, key=START) for at in (sentence.start, sentence.end))
    starts = [date.start for date in page.dates[first:last]]
    aims = []
    for aim in (cue for cue in cues if role(cue) == "aim"):
        led = [head for head in heads if head.start < aim.start]
        if led and any(led[-1].end <= at < aim.start for at in starts) and any(at >= aim.end for at in starts):
            aims.append(aim)
    return sorted([*heads, *aims], key=START) if aims else list(heads)


def _will_follows(heads: Sequence[Hit], number: int) -> bool:
    """`Dự kiến, trong chuyến thăm, X sẽ …`: whether an opening word of planning only leads to the verb."""
    return (
        number + 1 < len(heads)
        and role(heads[number + 1]) == "will"
        and heads[number + 1].start - heads[number].end < BEFORE
    )


def role(cue: Hit) -> str:
    """The role of a word of plans."""
    return cue.entry.role if isinstance(cue.entry, PlanWords) else ""


def _clause(page: Page, seams: Seams, sentence: Sentence, cue: Hit, following: Hit | None) -> Span:
    """From the last seam before the cue, or an opening of a few words before it, to the next cue's clause."""
    start = cue.start if role(cue) in FURTHER else _begin(page, seams, sentence, cue)
    first = bisect_left(seams.ends, cue.end)
    end = seams.ends[first] if first < len(seams.ends) else sentence.end
    if following is not None:
        begun = bisect_right(seams.begins, following.start)
        seam = seams.begins[begun - 1] if begun else 0
        seam = following.start if role(following) == "aim" else seam
        end = min(end, seam) if seam > cue.end + LEAST // 2 else end
    while start < end and page.text[start] in BLANK:
        start += 1
    while end > start and page.text[end - 1] in BLANK + ",":
        end -= 1
    return start, min(end, start + MOST)


def _begin(page: Page, seams: Seams, sentence: Sentence, cue: Hit) -> int:
    before = bisect_left(seams.begins, cue.start - 2)
    last = seams.begins[before - 1] if before else sentence.start
    other = seams.begins[before - 2] if before > 1 else sentence.start
    bare = cue.start - last < MOST and len(page.text[last : cue.start].strip()) < 2
    start = other if bare else last
    near = start - sentence.start <= OPENING or _is_date(page, sentence.start, start)
    return sentence.start if near else start


def _is_date(page: Page, start: int, end: int) -> bool:
    """Whether nothing but a date stands there: `Tháng 9/2024, X sẽ …`."""
    first = bisect_left(page.dates, start, key=START)
    date = page.dates[first] if first < len(page.dates) else None
    return date is not None and not page.text[start : date.start].strip() and date.end <= end <= date.end + len(", ")


def _refused(page: Page, cue: Hit, span: Span, cues: Sequence[Hit]) -> str:
    """Why nobody undertakes anything here; empty where someone may."""
    if span[1] - cue.end < LEAST // 2 or span[1] - span[0] < LEAST:
        return "too few words"
    if role(cue) in TERMS and not FIGURE.search(page.text, *span):
        return "a deadline without a figure"
    if any(role(other) == "observer" for other in cues):
        return "only foreseen"
    first = bisect_left(cues, min(span[0] - BEFORE, cue.start - NEAR), key=START)
    for other in cues[first : bisect_right(cues, cue.end + 2, key=START)]:
        if role(other) == "condition" and span[0] - BEFORE <= other.start < cue.start:
            return "under a condition"
        if role(other) == "doubt" and min(span[0], cue.start - NEAR) <= other.start < cue.start:
            return "a doubt or a hope"
        if role(other) == "effect" and 0 <= other.start - cue.end <= 2:
            return "a forecast"
    return ""


def _told(cue: Hit, span: Span, told: Iterable[Span]) -> str:
    """Whether a fact that the cue stands in or beside says it."""
    for start, end in told:
        shared = min(end, span[1]) - max(start, span[0])
        if cue.start < end + BESIDE and start < cue.end + NEAR and shared > TOLD * min(end - start, span[1] - span[0]):
            return "another fact says it"
    return ""


def _plan(
    page: Page, sentence: Sentence, cue: Hit, span: Span, rule: PlanWords, came: PlanStatus | None
) -> Plan | None:
    bound = _bound(page, cue, span) if rule.role == "deadline" else None
    demands = rule.role == "term" or (bound is not None and _sets_limit(page, cue))
    by = (bound if demands else None) or _subject(page, sentence, cue, span) or _speaker(page, cue) or bound
    due = _due(page, cue, span, over=came is not None)
    unnamed = rule.role == "will" and _unnamed(page, cue, span)
    if rule.role in TERMS:
        due = due or end_of_term(page, span, extended=rule.role == "deadline")
        came = came or ("demanded" if demands else None)
    if by is None and due is None and not unnamed:
        return None
    return Plan(by, *span, due=due, status=came, rule=rule.id, confidence=CONFIDENCE)


def _due(page: Page, cue: Hit, span: Span, *, over: bool) -> str | None:
    """The first date after the cue that can be when it is to be done; else one before it on which it was not said.

    Of a plan that is `over` when it is told (put off, given up) the date may be past.
    """
    first, last = (bisect_left(page.dates, at, key=START) for at in span)
    dates = [d for d in page.dates[first:last] if d.end <= span[1]]
    after = (d.edtf for d in dates if d.start > cue.start and (over or is_due(page, d, cue.end)))
    early = (d for d in dates if d.start < cue.start and not _of_the_saying(page, d, cue))
    before = (d.edtf for d in early if over or is_ahead(page, d))
    return next(after, None) or next(before, None)


def _sets_limit(page: Page, cue: Hit) -> bool:
    """Whether the words of a deadline name one (hạn chót): what is not done by then is demanded of somebody."""
    inner = (hit for hit in page.hits.get("plans", []) if cue.start <= hit.start and hit.end <= cue.end)
    return any(role(hit) == "limit" for hit in inner)


def _unnamed(page: Page, cue: Hit, span: Span) -> bool:
    """Whether someone who is no actor is told right before the cue: a numbered unit, initials, `các nước này`."""
    words = page.within("plans", span[0], cue.start)
    if any(role(hit) == "who" and not page.text[hit.end : cue.start].strip() for hit in words):
        return True
    return INITIALS.search(page.text[span[0] : cue.start]) is not None


def _of_the_saying(page: Page, date: DateExpression, cue: Hit) -> bool:
    """Whether on a day before the cue it was said, or a deadline set: `Ngày 5/7, X cho biết sẽ …`."""
    hits = page.hits.get("speech", [])
    between = hits[bisect_left(hits, date.end, key=START) : bisect_left(hits, cue.start, key=START)]
    set_then = role(cue) == "deadline"
    return len(date.edtf) in (MONTH_LENGTH, DAY_LENGTH) and (set_then or any(role_of(hit) in SAYING for hit in between))


def _subject(page: Page, sentence: Sentence, cue: Hit, span: Span) -> str | None:
    """Who does what the cue says, as the clause tells; else the first named in the clause before it. News media only
    report."""
    told = [m.actors[0] for m in subjects_of(page, sentence, cue.start) if m.actors]
    first, last = (bisect_left(page.mentions, at, key=START) for at in (span[0], cue.start))
    before = (m.actors[0] for m in page.mentions[first:last] if m.end <= cue.start and m.actors and _may_lead(page, m))
    press = floor(page).press
    return next((actor for actor in (*told, *before) if actor not in press), None)


def _may_lead(page: Page, mention: Mention) -> bool:
    """Whether a name may be a subject: it stands in no other and after no preposition."""
    word = grammar(page).words.get(skip(page.text, 0, mention.start))
    return not mention.inside and (word is None or role_of(word) not in STRAY)


def _speaker(page: Page, cue: Hit) -> str | None:
    """Who speaks, where the cue stands in direct speech of someone who acts for a body or state."""
    spoken = speaker_at(page, cue.start)
    return spoken if spoken and floor(page).has_standing(spoken) and spoken not in floor(page).press else None


def _bound(page: Page, cue: Hit, span: Span) -> str | None:
    """Whom a deadline binds: the first named after it."""
    first, last = (bisect_left(page.mentions, at, key=START) for at in (cue.end, span[1]))
    return next((m.actors[0] for m in page.mentions[first:last] if m.actors), None)

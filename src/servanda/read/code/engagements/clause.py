"""The sentence around a cue: its actor phrases and how each stands to the words before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from servanda.lexicon import Hit
from servanda.read.code.engagements.context import Context
from servanda.read.page import Mention, Page, Sentence
from servanda.types import DateExpression
from servanda.vocabulary import EngagementRule

LONGEST = 2000
BRACKETS = re.compile(r"\([^()]{0,200}\)")


@dataclass(slots=True)
class Unit:
    """An actor phrase; `oblique` after a preposition, `linked` where it joins the phrase before it."""

    start: int
    end: int
    kind: str
    actors: tuple[str, ...]
    oblique: bool = False
    delegation: bool = False
    linked: bool = False


@dataclass(slots=True)
class Setting:
    """A sentence with what was found on it. `told` is its folded text, `words` that without dates and brackets."""

    index: int
    sentence: Sentence
    words: str
    told: str
    cues: list[Hit]
    units: list[Unit] = field(default_factory=list)
    dates: list[DateExpression] = field(default_factory=list)

    def between(self, start: int, end: int) -> str:
        """The masked words from offset to offset of the page."""
        base = self.sentence.start
        if start < base:
            start = base
        return self.words[start - base : end - base] if start < end else ""


def settings(page: Page, context: Context) -> list[Setting]:
    """The sentences with a cue, each with its actors and dates; linear in the page."""
    cues = _outside_names(page)
    telling = [c.start for c in cues if isinstance(c.entry, EngagementRule) and c.entry.kind]
    if not telling:
        return []
    mentions = [m for m in page.mentions if m.actors]
    starts = [m.start for m in mentions]
    cue_starts, date_starts = [c.start for c in cues], [d.start for d in page.dates]
    found = []
    for index, sentence in _pieces(page.sentences):
        if bisect_left(telling, sentence.start) == bisect_left(telling, sentence.end):
            continue
        here = cues[bisect_left(cue_starts, sentence.start) : bisect_left(cue_starts, sentence.end)]
        dates = page.dates[bisect_left(date_starts, sentence.start) : bisect_left(date_starts, sentence.end)]
        setting = Setting(
            index,
            sentence,
            _masked(page, sentence, dates, context),
            page.folded[sentence.start : sentence.end],
            here,
            dates=dates,
        )
        nearby = mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        setting.units = units(page, nearby, setting, context)
        found.append(setting)
    return found


def _pieces(sentences: list[Sentence]) -> Iterator[tuple[int, Sentence]]:
    """The sentences with their number, one too long to be one cut into pieces, so that time stays linear."""
    for index, sentence in enumerate(sentences):
        if sentence.end - sentence.start <= LONGEST:
            yield index, sentence
            continue
        for start in range(sentence.start, sentence.end, LONGEST):
            yield index, replace(sentence, start=start, end=min(start + LONGEST, sentence.end))


def _outside_names(page: Page) -> list[Hit]:
    """The cues that do not stand inside a name; a name that begins with one is an event's."""
    found, mentions, index = [], page.mentions, 0
    reach = (-1, -1)
    for cue in page.longest("engagements"):
        while index < len(mentions) and mentions[index].start <= cue.start:
            reach = max(reach, (mentions[index].end, mentions[index].start))
            index += 1
        if not (reach[1] < cue.start and cue.end <= reach[0]):
            found.append(cue)
    return found


def _masked(page: Page, sentence: Sentence, dates: Sequence[DateExpression], context: Context) -> str:
    words = list(page.folded[sentence.start : sentence.end])
    for date in dates:
        low, high = date.start - sentence.start, min(date.end - sentence.start, len(words))
        lead = context["time_lead"].search("".join(words[max(0, low - 24) : low]))
        low -= len(lead.group()) if lead else 0
        words[low:high] = " " * (high - low)
    text = "".join(words)
    return BRACKETS.sub(lambda m: " " * len(m.group()), text)


def joins(words: str, context: Context) -> bool:
    """Whether words between two phrases join them: `và`, with a title; not `và mời`, which begins another deed."""
    return context["link"].match(words) is not None and not context.tells("invited", words)


def units(page: Page, mentions: Sequence[Mention], setting: Setting, context: Context) -> list[Unit]:
    """The outermost actor phrases in order, each with how it is joined to what stands before it."""
    found: list[Unit] = []
    reach = setting.sentence.start
    for mention in mentions:
        low, high = mention.start - setting.sentence.start, mention.end - setting.sentence.start
        words = setting.words[max(0, low - 12) : high]
        if mention.start < reach or not words[low - high :].strip() or context.tells("press", words):
            continue
        before = setting.between(max(reach, mention.start - 60), mention.start)
        unit = Unit(mention.start, mention.end, mention.kind, mention.actors)
        linked = mention.start - reach < 60 and joins(before, context) and not context.tells("speech", before)
        unit.linked = bool(found and linked)
        chained = mention.kind == "state" and _after_place(page, mention) and context.tells("place_chain", before)
        if chained and all(u.oblique for u in found):
            chained = context["predicate"].match(setting.between(mention.end, mention.end + 24)) is None
        unit.oblique = chained or context.tells("oblique", before)
        if found and not found[-1].oblique and context["together"].match(before):
            unit.oblique, unit.linked = False, True
        unit.delegation = mention.kind != "person" and context.tells("delegation", before)
        if found and mention.kind == "person" and found[-1].kind != "person" and not before.strip():
            unit = _titled(found.pop(), unit)
        found.append(unit)
        reach = mention.end
    _carry_oblique(found)
    return found


def _carry_oblique(found: list[Unit]) -> None:
    """`quan hệ với Lào, Cuba, Nga và sẽ …`: what goes on with a list of states begun by a preposition is no subject."""
    for index in range(1, len(found)):
        before, unit = found[index - 1 : index + 1]
        goes_on = index + 1 < len(found) and found[index + 1].linked and found[index + 1].kind == unit.kind
        listed = index > 1 and before.linked and found[index - 2].oblique
        if unit.linked and before.oblique and before.kind == unit.kind == "state" and (goes_on or listed):
            unit.oblique = True


def _after_place(page: Page, mention: Mention) -> bool:
    """Whether a comma and before it a capitalised word stand right before: `tại Phnom Penh, Campuchia`."""
    before = page.text[max(0, mention.start - 24) : mention.start].rstrip()
    return before.endswith(",") and before[:-1].split(" ")[-1][:1].isupper()


def _titled(body: Unit, person: Unit) -> Unit:
    """A body right before a name belongs to the person's title: `người đồng cấp Mỹ Rex Tillerson`."""
    return Unit(body.start, person.end, person.kind, person.actors, body.oblique, linked=body.linked)

"""Engagements told again where nobody is named: by a standfirst that the body repeats, by a sentence on them alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from servanda.read.code.engagements.around import Firing, name_end
from servanda.read.code.engagements.context import Context
from servanda.read.code.engagements.gates import BOTH, DAY
from servanda.read.code.engagements.merge import Telling
from servanda.read.page import Page
from servanda.types import Span

WORD = re.compile(r"\w+")
MOST = 30  # engagements looked for in a standfirst
NAMED = 12  # code points of a name after its noun, at least
LATER = 160  # code points from the name of an event to the verb that says it takes place
FAR = 60  # code points from a meeting to its day
LONGEST = 250  # words of a standfirst
SHARED = 0.7  # of the words of an engagement that stand again in the standfirst, in runs of two at least
SPREAD = 1.6  # times its own length that they may be apart


def goes_on(firing: Firing, context: Context) -> bool:
    """`Chuyến thăm diễn ra từ 3 đến 5/6.`: the sentence opens with a bare noun and says when or where that is."""
    if firing.rule.shape not in ("noun", "event") or firing.attended:
        return False
    lead = firing.setting.between(firing.setting.sentence.start, firing.start).strip(' "-')
    if lead:
        return firing.rule.shape == "event" and context["takes_place"].match(lead) is not None and lead[-1] == ","
    if firing.rule.shape == "event" and name_end(firing, context) > firing.end + 1:
        return False
    tail = firing.setting.between(firing.end, firing.end + 40)
    match = context["takes_place"].search(tail)
    return match is not None and len(tail[: match.start()].split()) <= 5


def opens_alone(firing: Firing, context: Context) -> bool:
    """`Ngày 11/10, kỳ họp thứ 16 của nhóm X đã khai mạc.`: a dated event with a name, whose parties are told next."""
    end = name_end(firing, context)
    tail = firing.setting.between(end, end + LATER)
    if context.tells("reference", firing.setting.between(firing.start - 24, firing.start)):
        return False
    if firing.rule.kind == "ceremony" or firing.attended or end - firing.end <= NAMED:
        return False
    dated = any(len(d.edtf) >= DAY and "/" not in d.edtf for d in firing.setting.dates)
    return dated and context["takes_place"].search(tail) is not None


def meets_again(firing: Firing, why: str) -> bool:
    """`hai bên gặp nhau tại Hà Nội hôm 15/5`: who they are was told before, when and where only here."""
    near = firing.end + FAR
    return (
        why == BOTH
        and firing.rule.kind == "meeting"
        and any(firing.end <= d.start < near for d in firing.setting.dates)
    )


def told_above(page: Page, tellings: Sequence[Telling]) -> None:
    """Adds to each telling the words of a standfirst, left out as repeated, that say the same."""
    for noise in page.noise:
        if noise.kind != "duplicate":
            continue
        above = list(_words(page, (noise.start, noise.end)))[:LONGEST]
        for telling in tellings[:MOST]:
            span = _same_words(list(_words(page, telling.span)), above)
            if span is not None:
                telling.told = sorted({*telling.told, span})


def _words(page: Page, span: Span) -> Iterator[tuple[str, int, int]]:
    for match in WORD.finditer(page.folded, *span):
        yield match.group(), match.start(), match.end()


def _same_words(own: list[tuple[str, int, int]], above: list[tuple[str, int, int]]) -> Span | None:
    """From the first to the last of the words above that are the engagement's own."""
    matcher = SequenceMatcher(None, [w for w, _, _ in own], [w for w, _, _ in above], autojunk=False)
    runs = [run for run in matcher.get_matching_blocks() if run.size > 1]
    if not runs or len(own) < 4 or sum(run.size for run in runs) < SHARED * len(own):
        return None
    first, last = runs[0].b, runs[-1].b + runs[-1].size - 1
    return (above[first][1], above[last][2]) if last - first < SPREAD * len(own) + 2 else None

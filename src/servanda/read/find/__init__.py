"""Find: who and what is named on the page, phrase by phrase; link then says which phrases mean one actor.

States and bodies come first, because posts are made of them; then persons with their titles; then phrases that stand
for someone named elsewhere. Every finder works on the clues that one scan of the lexicon left.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from servanda.read.find.bodies import find_bodies
from servanda.read.find.clues import Clues, marked
from servanda.read.find.missions import find_missions
from servanda.read.find.persons import find_persons
from servanda.read.find.sides import find_sides
from servanda.read.find.states import find_states
from servanda.read.page import Mention, Page
from servanda.types import Span

__all__ = ["find_mentions"]


def find_mentions(page: Page) -> list[Mention]:
    """Every mention of the article in order, outer phrases before those inside them."""
    clues = Clues(page)
    missions = find_missions(clues)
    bodies = find_bodies(clues)
    persons = find_persons(clues, [*bodies, *missions])
    bodies = _not_missions(bodies, missions)
    sides = find_sides(clues)
    within = marked(len(page.text), ((m.start, m.end) for m in sides))
    persons = [p for p in persons if p.name or not within[p.start]]
    others = _clear_of([*missions, *bodies, *find_states(clues)], persons, lambda m: m.name or (m.start, m.start))
    return _nested([*persons, *others, *sides])


def _clear_of(mentions: list[Mention], others: list[Mention], words: Callable[[Mention], Span]) -> list[Mention]:
    """Without those that lie on the given words of others."""
    marked = bytearray(max((o.end for o in others), default=0) + 1)
    for start, end in map(words, others):
        marked[start:end] = b"\1" * (end - start)
    return [m for m in mentions if not any(marked[m.start : m.end])]


def _not_missions(bodies: list[Mention], missions: list[Mention]) -> list[Mention]:
    """Without bodies that begin where a mission's name does or reach over its end: those are the mission itself."""
    missions = sorted(missions, key=lambda m: m.start)
    starts = [m.start for m in missions]
    kept = []
    for body in bodies:
        at = bisect_right(starts, body.start) - 1
        mission = missions[at] if at >= 0 else None
        if mission is None or body.start >= mission.end or (body.start > mission.start and body.end <= mission.end):
            kept.append(body)
    return kept


def _nested(mentions: list[Mention]) -> list[Mention]:
    mentions.sort(key=lambda m: (m.start, -m.end))
    reach = -1
    for mention in mentions:
        mention.inside = mention.end <= reach
        reach = max(reach, mention.end)
    return mentions

"""Find: who and what is named on the page, phrase by phrase; link then says which phrases mean one actor.

States and bodies come first, because posts are made of them; then persons with their titles; then phrases that stand
for someone named elsewhere. Every finder works on the clues that one scan of the lexicon left.
"""

from __future__ import annotations

from servanda.read.find.bodies import find_bodies
from servanda.read.find.clues import Clues
from servanda.read.find.persons import find_persons
from servanda.read.find.sides import find_sides
from servanda.read.find.states import find_states
from servanda.read.page import Mention, Page

__all__ = ["find_mentions"]


def find_mentions(page: Page) -> list[Mention]:
    """Every mention of the article in order, outer phrases before those inside them."""
    clues = Clues(page)
    bodies = find_bodies(clues)
    persons = find_persons(clues, bodies)
    bodies = _clear_of_names(bodies, persons)
    states = _clear_of_names(find_states(clues, bodies), persons)
    return _nested([*persons, *bodies, *states, *find_sides(clues)])


def _clear_of_names(mentions: list[Mention], persons: list[Mention]) -> list[Mention]:
    """Without those that lie on a person's naming words."""
    named = bytearray(max((p.end for p in persons), default=0))
    for person in persons:
        if person.name:
            start, end = person.name
            named[start:end] = b"\1" * (end - start)
    return [m for m in mentions if not any(named[m.start : m.end])]


def _nested(mentions: list[Mention]) -> list[Mention]:
    mentions.sort(key=lambda m: (m.start, -m.end))
    reach = -1
    for mention in mentions:
        mention.inside = mention.end <= reach
        reach = max(reach, mention.end)
    return mentions

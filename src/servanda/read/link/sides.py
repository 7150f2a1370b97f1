"""Who both sides are: the two persons or states of the talk under way."""

from __future__ import annotations

from collections import Counter
from functools import cache

from servanda.folding import fold
from servanda.lexicon import Lexicon
from servanda.read.link.roles import HOME, is_at_home
from servanda.read.page import Mention, Page
from servanda.types import Actor
from servanda.vocabulary import Phrase, Title

REMEMBERED = 6  # persons or states named last, among whom both sides are sought
NEAR = 300  # code points between a phrase for both sides and the two states that it means by themselves
FAR = 1200  # … and the two persons whose states it means
LEADERS = "leaders"


class _Sides:
    """The persons and states named last before a point of the page, and for which state each person acts."""

    def __init__(self, page: Page, actors: dict[str, Actor]) -> None:
        self.page, self.actors = page, actors
        self.persons: list[str] = []
        self.states: list[str] = []
        self.at: dict[str, int] = {}
        self.acts_for = _at_home(page, actors) | _acts_for(page)
        self.leading = _leading(page)

    def note(self, mention: Mention) -> None:
        """Put the one mentioned last of those named."""
        named = {"person": self.persons, "state": self.states}.get(mention.kind)
        if named is None or not mention.actors:
            return
        named[:] = [*(who for who in named if who != mention.actors[0]), mention.actors[0]][-REMEMBERED:]
        if mention.kind == "person" or not mention.inside:
            self.at[mention.actors[0]] = mention.start

    def both(self, mention: Mention) -> list[str]:
        """Whom a phrase for both sides means: two, or fewer where not enough are named."""
        if mention.code is None:
            return self._states(mention.start)
        told = self.page.folded[slice(*mention.name)] if mention.name else ""
        office = told.strip() or self.page.folded[mention.start : mention.end].partition(" ")[2]
        holders = [who for who in self.persons if who in self.actors and _holds(self.actors[who], office)]
        if told and len(self._of_two_sides(holders)) < 2:
            return self._states(mention.start)
        leaders = [who for who in self.persons if who in self.leading] if mention.code == LEADERS else []
        meant = next((some for some in (holders, leaders) if len(self._of_two_sides(some)) > 1), self.persons)
        return self._of_two_sides(meant)

    def _states(self, at: int) -> list[str]:
        """The two named last by themselves right before; else those for whom the two persons named last act."""
        persons = self._of_two_sides(self.persons)
        pair = list(dict.fromkeys(self.acts_for[who] for who in persons if who in self.acts_for))
        since = max((self.at.get(who, 0) for who in persons), default=0) if len(pair) == 2 else 0
        near = all(at - NEAR < self.at.get(state, -NEAR) > since for state in self.states[-2:])
        told = len(pair) == 2 and all(at - self.at.get(who, -FAR) < FAR for who in persons)
        return pair if told and not near else self.states[-2:]

    def _of_two_sides(self, persons: list[str]) -> list[str]:
        """The last of them, and the last before who does not act for the same state."""
        if len(persons) < 2:
            return persons
        last = self.acts_for.get(persons[-1])
        others = [who for who in persons[:-1] if last is None or self.acts_for.get(who) != last]
        return [*others[-1:], persons[-1]]


def link_sides(page: Page, actors: dict[str, Actor]) -> None:
    """Fill `actors` of `hai bên` and its like with the two named last before it; those without two are dropped.

    Two persons act for two states, as far as their titles tell. Where the words name an office (`hai Bộ trưởng`) and
    two of those named last hold it, those are meant; where they tell of leaders, those who head a government or state.
    """
    if not any(mention.kind == "sides" for mention in page.mentions):
        return
    sides = _Sides(page, actors)
    kept: list[Mention] = []
    for mention in page.mentions:
        if mention.kind == "sides":
            mention.actors = tuple(sides.both(mention))
            if len(mention.actors) < 2:
                continue
        else:
            sides.note(mention)
        kept.append(mention)
    page.mentions[:] = kept


def _acts_for(page: Page) -> dict[str, str]:
    """Person → the state that stands most often in the titles before and after the name, or after it (`X của Lào`)."""
    votes: dict[str, Counter[str]] = {}
    outer: Mention | None = None
    for mention in page.mentions:
        stated = outer is not None and outer.kind == "person" and mention.kind == "state"
        if outer and stated and outer.actors and mention.actors:
            owned = page.folded[outer.end : mention.start].strip() in _of(page.lexicon)
            votes.setdefault(outer.actors[0], Counter())[mention.actors[0]] += mention.start < outer.end or owned
        if outer is None or mention.start >= outer.end:
            outer = mention
    told = {person: counter.most_common(1)[0] for person, counter in votes.items()}
    return {person: state for person, (state, count) in told.items() if count}


@cache
def _of(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(word for p in lexicon.entries("name_grammar", Phrase) if p.role == "of" for word in p.list)


def _at_home(page: Page, actors: dict[str, Actor]) -> dict[str, str]:
    """Persons whose names are of the language's own country, where the page names that."""
    home = next((a.id for a in actors.values() if a.kind == "state" and a.code == HOME), None)
    people = (a for a in actors.values() if a.kind == "person" and a.names) if home else ()
    return {a.id: home for a in people if home and is_at_home(a, page.lexicon)}


def _leading(page: Page) -> set[str]:
    """Persons whom a title tells to head a state or government."""
    heads = {h.start for h in page.longest("titles") if isinstance(h.entry, Title) and h.entry.leads}
    told = (m for m in page.mentions if m.kind == "person" and m.actors)
    return {m.actors[0] for m in told for start, end in m.posts if any(at in heads for at in range(start, end))}


def _holds(actor: Actor, office: str) -> bool:
    return any(fold(post.text).startswith(office) for post in actor.posts)

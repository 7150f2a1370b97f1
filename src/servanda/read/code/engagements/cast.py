"""Who is who on a page: what kind each actor is, and for which states and bodies a person acts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from servanda.read.code.engagements.clause import Unit
from servanda.read.page import Mention, Page


@dataclass(slots=True)
class Cast:
    """The kind of each actor by its id, and the states and bodies that stand in each person's titles.

    `states` are those that stand in a body's name.
    """

    kinds: dict[str, str]
    behalf: dict[str, set[str]] = field(default_factory=dict)
    states: dict[str, set[str]] = field(default_factory=dict)

    def side(self, units: Iterable[Unit]) -> list[str]:
        """The actors of a side: its persons, and states or bodies only where no person is named for it."""
        actors = list(dict.fromkeys(a for u in units for a in u.actors))
        return [a for a in actors if self.kinds.get(a) == "person"] or actors

    def at_home(self, visitors: Iterable[str], visited: Iterable[str]) -> bool:
        """Whether those visited are the very states for which the visitors act."""
        own = {b for visitor in visitors for b in self.behalf.get(visitor, ()) if self.kinds.get(b) == "state"}
        return bool(own) and own == set(visited)

    def behalf_of(self, participants: Iterable[str]) -> frozenset[str]:
        """Those whom the participants act for."""
        return frozenset(b for p in participants for b in self.behalf.get(p, ()))

    def nations(self, participants: Iterable[str]) -> int:
        """How many states take part, themselves or by those who act for them."""
        actors = {a for p in participants for a in (p, *self.behalf.get(p, ()), *self.states.get(p, ()))}
        return sum(self.kinds.get(a) == "state" for a in actors)


def cast_of(page: Page) -> Cast:
    """The cast of a page; linear in its mentions."""
    cast = Cast({actor.id: actor.kind for actor in page.actors})
    outer: Mention | None = None
    for mention in page.mentions:
        if not mention.actors:
            continue
        if outer is None or mention.end > outer.end:
            outer = mention
        elif outer.kind == "person" and mention.kind != "person":
            for person in outer.actors:
                cast.behalf.setdefault(person, set()).update(mention.actors)
        elif outer.kind == "organisation" and mention.kind == "state":
            for body in outer.actors:
                cast.states.setdefault(body, set()).update(mention.actors)
    return cast

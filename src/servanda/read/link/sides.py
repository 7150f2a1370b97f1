"""Who both sides are: the two persons or states of the talk under way."""

from __future__ import annotations

from servanda.read.page import Page
from servanda.types import Actor


def link_sides(page: Page, actors: dict[str, Actor]) -> None:
    """Fill `actors` of `hai bên` and its like with two actors; those without two are dropped."""
    for mention in page.mentions:
        if mention.kind != "sides":
            continue
        kind = "person" if mention.code == "persons" else "state"
        recent: list[str] = []
        for other in reversed(page.mentions):
            if other.start >= mention.start or other.kind != kind or not other.actors:
                continue
            if other.actors[0] not in recent:
                recent.append(other.actors[0])
            if len(recent) == 2:
                break
        mention.actors = tuple(reversed(recent))
    page.mentions[:] = [m for m in page.mentions if m.kind != "sides" or len(m.actors) == 2]

"""Who both sides are: the two persons or states of the talk under way."""

from __future__ import annotations

from servanda.read.page import Page
from servanda.types import Actor


def link_sides(page: Page, actors: dict[str, Actor]) -> None:
    """Fill `actors` of `hai bên` and its like with two actors; those without two are dropped."""
    recent: dict[str, list[str]] = {"person": [], "state": []}
    for mention in page.mentions:
        if mention.kind == "sides":
            mention.actors = tuple(recent["person" if mention.code == "persons" else "state"])
        elif mention.kind in recent and mention.actors:
            seen = recent[mention.kind]
            recent[mention.kind] = [*(other for other in seen if other != mention.actors[0]), mention.actors[0]][-2:]
    page.mentions[:] = [m for m in page.mentions if m.kind != "sides" or len(m.actors) == 2]

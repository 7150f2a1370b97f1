"""Who both sides are: the two persons or states of the talk under way."""

from __future__ import annotations

from servanda.read.page import Mention, Page
from servanda.types import Actor


def link_sides(page: Page, actors: dict[str, Actor]) -> None:
    """Fill `actors` of `hai bên` and its like with the two named last before it; those without two are dropped."""
    recent: dict[str, list[str]] = {"person": [], "state": []}
    kept: list[Mention] = []
    for mention in page.mentions:
        if mention.kind == "sides":
            mention.actors = tuple(recent["person" if mention.code == "persons" else "state"])
            if len(mention.actors) < 2:
                continue
        elif mention.kind in recent and mention.actors:
            two = recent[mention.kind]
            two[:] = [*(who for who in two if who != mention.actors[0]), mention.actors[0]][-2:]
        kept.append(mention)
    page.mentions[:] = kept

"""Who both sides are: the two persons or states of the talk under way."""

from __future__ import annotations

from servanda.folding import fold
from servanda.read.page import Mention, Page
from servanda.types import Actor

REMEMBERED = 6  # persons or states named last, among whom both sides are sought


def link_sides(page: Page, actors: dict[str, Actor]) -> None:
    """Fill `actors` of `hai bên` and its like with the two named last before it; those without two are dropped.

    Where the words name an office (`hai Bộ trưởng`) and two of those named last hold it, they are meant.
    """
    recent: dict[str, list[str]] = {"person": [], "state": []}
    kept: list[Mention] = []
    for mention in page.mentions:
        if mention.kind == "sides":
            mention.actors = tuple(_both(page, mention, recent, actors))
            if len(mention.actors) < 2:
                continue
        elif mention.kind in recent and mention.actors:
            named = recent[mention.kind]
            named[:] = [*(who for who in named if who != mention.actors[0]), mention.actors[0]][-REMEMBERED:]
        kept.append(mention)
    page.mentions[:] = kept


def _both(page: Page, mention: Mention, recent: dict[str, list[str]], actors: dict[str, Actor]) -> list[str]:
    if mention.code != "persons":
        return recent["state"][-2:]
    office = page.folded[mention.start : mention.end].partition(" ")[2]
    holders = [who for who in recent["person"] if who in actors and _holds(actors[who], office)]
    return (holders if len(holders) > 1 else recent["person"])[-2:]


def _holds(actor: Actor, office: str) -> bool:
    return any(fold(post.text).startswith(office) for post in actor.posts)

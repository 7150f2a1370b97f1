"""Link: which mentions of a page are one actor; fills `Mention.actors` and returns the actors.

Persons by their names, then by post, gender and nearness; states by code; bodies by name, acronym and state. Two
persons of one name are never told apart, nor merged across pages on a name alone: that is for people to judge.
"""

from __future__ import annotations

from servanda.read.link.bodies import link_bodies, link_states
from servanda.read.link.persons import link_persons
from servanda.read.link.proposals import propose
from servanda.read.link.roles import link_roles
from servanda.read.link.sides import link_sides
from servanda.read.page import Page
from servanda.types import Actor

__all__ = ["link"]


def link(page: Page) -> list[Actor]:
    """The actors of the page, each with its names, code, posts and mentions, in the order of their first mention."""
    states = link_states(page)
    bodies = link_bodies(page, states)
    persons = link_persons(page)
    link_roles(page, persons)
    propose(page, persons)
    actors = [*persons, *states, *bodies]
    _gather(page, actors)
    link_sides(page, {a.id: a for a in actors})
    return actors


def _gather(page: Page, actors: list[Actor]) -> None:
    by_id = {actor.id: actor for actor in actors}
    for mention in page.mentions:
        if mention.kind in ("sides", "role"):
            continue
        for actor in mention.actors:
            by_id[actor].mentions.append((mention.start, mention.end))

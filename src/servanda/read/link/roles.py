"""Titles without a name: whom they stand for on this page, if anyone."""

from __future__ import annotations

from servanda.folding import fold
from servanda.read.page import Mention, Page
from servanda.types import Actor
from servanda.vocabulary import Title


def link_roles(page: Page, persons: list[Actor]) -> None:
    """Fill `actors` of persons' mentions without a name; where no one is meant, the office's state stands in."""
    named = [m for m in page.mentions if m.kind == "person" and m.name and m.actors]
    by_id = {p.id: p for p in persons}
    titles = {h.start: h.entry for h in page.longest("titles")}
    keep: list[Mention] = []
    for mention in page.mentions:
        if mention.kind != "person" or mention.name:
            keep.append(mention)
            continue
        before = [m for m in named if m.end <= mention.start]
        title = next((titles[at] for at in range(mention.start, mention.end) if at in titles), None)
        holder = _holder(page, mention, title, before, by_id)
        if holder:
            mention.actors = (holder,)
            keep.append(mention)
        elif isinstance(title, Title) and title.state:
            state = next(
                (m for m in page.mentions if m.kind == "state" and mention.start <= m.start < mention.end and m.actors),
                None,
            )
            if state:
                keep.append(
                    Mention(
                        mention.start, mention.end, "role", actors=state.actors, code=state.code, posts=mention.posts
                    )
                )
    page.mentions[:] = keep


def _holder(
    page: Page, mention: Mention, title: object, before: list[Mention], persons: dict[str, Actor]
) -> str | None:
    if not isinstance(title, Title):
        return None
    if title.kind == "honorific":
        return _nearest_of_gender(page, title, before)
    wanted = fold(page.text[mention.start : mention.end]).split()
    best: tuple[int, int, str] | None = None
    for other in before:
        for post in persons[other.actors[0]].posts:
            told = fold(post.text).split()
            if told[:1] == wanted[:1] and _within(wanted, told):
                rank = (0, mention.start - other.end, other.actors[0])
                best = min(best, rank) if best else rank
    return best[2] if best else None


def _within(short: list[str], long: list[str]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)


def _nearest_of_gender(page: Page, title: Title, before: list[Mention]) -> str | None:
    for other in reversed(before):
        word = fold(page.text[other.start : other.start + 3]).strip()
        if title.gender == "f" and word.startswith("ông"):
            continue
        if title.gender == "m" and word.startswith("bà"):
            continue
        return other.actors[0]
    return None

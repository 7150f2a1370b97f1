"""Persons: titles and a name, a name alone, a title alone that stands for its holder, posts told after the name."""

from __future__ import annotations

from dataclasses import replace

from servanda.folding import fold
from servanda.read.find.clues import CAPITAL, Clues
from servanda.read.find.names import name_end
from servanda.read.find.posts import TitlePhrase, title_phrase
from servanda.read.page import Mention, Span

MARKS = (", ", " - ", " – ", " (", " — ")


def find_persons(clues: Clues, bodies: list[Mention]) -> list[Mention]:
    """Mentions of persons; a title without a name has `name` None."""
    found = _titled(clues)
    taken = bytearray(len(clues.text) + 1)
    for mention in [*found, *bodies]:
        taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    return found + _bare(clues, taken, found)


def _titled(clues: Clues) -> list[Mention]:
    found: list[Mention] = []
    reach = -1
    for at in sorted(clues.titles):
        if at < reach:
            continue
        phrase = title_phrase(clues, at)
        if phrase.name:
            posts, end = _after(clues, phrase)
            found.append(_mention(clues, phrase, posts, end))
            reach = end
        elif any(t.alone for t in phrase.titles):
            found.append(
                Mention(
                    phrase.start,
                    phrase.end,
                    "person",
                    None,
                    posts=tuple(phrase.posts),
                    former=_former(clues, phrase.start),
                )
            )
            reach = phrase.end
    return found


def _mention(clues: Clues, phrase: TitlePhrase, posts: list[Span], end: int) -> Mention:
    return Mention(
        phrase.start, end, "person", phrase.name, posts=(*phrase.posts, *posts), former=_former(clues, phrase.start)
    )


def _former(clues: Clues, start: int) -> bool:
    return clues.listed("former", clues.word(start))


def _after(clues: Clues, phrase: TitlePhrase) -> tuple[list[Span], int]:
    """Posts told in apposition after a name, and where the whole phrase ends then."""
    assert phrase.name
    posts: list[Span] = []
    end = phrase.name[1]
    mark = next((m for m in MARKS if clues.text.startswith(m, end)), None)
    if mark is None:
        return [], end
    at = end + len(mark)
    for _ in range(2):
        if at in clues.titles or not clues.listed("prefix", clues.word(at)):
            break
        at = clues.skip(at + len(clues.word(at)))
    if at not in clues.titles:
        return [], end
    told = title_phrase(clues, at)
    if told.name or not told.posts:
        return [], end
    posts = told.posts
    return posts, end if mark == " (" else told.end


def _bare(clues: Clues, taken: bytearray, titled: list[Mention]) -> list[Mention]:
    """Names without a title: Vietnamese by their surname, others by a given name, or known from this page."""
    known = {fold(clues.text[slice(*m.name)]) for m in titled if m.name}
    known |= {k.rsplit(" ", 1)[-1] for k in known if not clues.is_syllable(k.rsplit(" ", 1)[-1])}
    found: list[Mention] = []
    at = 0
    for match in CAPITAL.finditer(clues.text):
        start = match.start()
        if start < at or taken[start] or not clues.article[start]:
            continue
        end = _bare_end(clues, start, known)
        if end and not taken[end - 1]:
            mention = Mention(start, end, "person", (start, end))
            posts, stop = _after(clues, TitlePhrase(start, end, name=(start, end)))
            found.append(replace(mention, posts=tuple(posts), end=stop))
            at = stop
    return found


def _bare_end(clues: Clues, start: int, known: set[str]) -> int:
    end = name_end(clues, start, titled=True)
    if end and fold(clues.text[start:end]) in known:
        return end
    first = CAPITAL.match(clues.text, start)
    if first and fold(first.group()) in known and (start not in clues.states) and (start not in clues.places):
        return first.end()
    _, before = clues.before(start)
    if clues.listed("place", before):
        return 0
    end = name_end(clues, start, titled=False)
    if not end:
        return 0
    opening = clues.word(start)
    words = clues.folded[start:end].split()
    if opening in clues.grammar.common_surnames or clues.text[start:].split(" ", 1)[0] in clues.grammar.given:
        return end if len(words) > 1 else 0
    return 0

"""Persons of one page: a full name and its short forms are one actor."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from servanda.folding import bare, fold
from servanda.lexicon import Lexicon
from servanda.read.page import Mention, Page
from servanda.types import Actor, Post
from servanda.vocabulary import NameWord, Phrase

MOST = 400  # full names of one page that shorter ones are held against
LONGEST_WORD = 10  # code points of a word that makes a post past, and more
SURE_WORD = 6  # letters of a name of one word that may be misspelt
NEAR = 50  # mentions of one person that are looked at


@dataclass(slots=True)
class Person:
    """One person under assembly: its names as folded words, and its mentions."""

    words: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def link_persons(page: Page) -> list[Actor]:
    """One actor a person; fills `actors` of the mentions that name one."""
    named = [m for m in page.mentions if m.kind == "person" and m.name]
    people: list[Person] = []
    apart = _generations(page.lexicon)
    exact: dict[tuple[str, ...], list[Person]] = {}
    for words, mention in sorted(((_words(page, m), m) for m in named), key=lambda pair: -len(pair[0])):
        if words not in exact:
            exact[words] = _matches(people[:MOST], words, apart) or [Person(words)]
            people += [p for p in exact[words] if not p.mentions]
        _nearest(exact[words], mention).mentions.append(mention)
    people.sort(key=lambda p: min(m.start for m in p.mentions))
    return [_actor(page, person, number) for number, person in enumerate(people, 1)]


def _words(page: Page, mention: Mention) -> tuple[str, ...]:
    assert mention.name
    name = (
        fold(page.text[slice(*mention.name)])
        .replace(" - ", "-")
        .replace("- ", "-")
        .replace(" -", "-")
        .replace(".", ". ")
    )
    words = tuple(name.split())
    return tuple(part for word in words for part in _parts(page.lexicon, word)) if "-" in name else words


def _parts(lexicon: Lexicon, word: str) -> tuple[str, ...]:
    """A family name apart from the particle that a dash joins to it: al-Thani is Al Thani."""
    particle, dash, family = word.partition("-")
    return (particle, family) if dash and family and particle in _particles(lexicon) else (word,)


@cache
def _particles(lexicon: Lexicon) -> frozenset[str]:
    words = (e for e in lexicon.entries("name_words", NameWord) if e.id == "particle")
    return frozenset(fold(word) for entry in words for word in entry.list)


@cache
def _generations(lexicon: Lexicon) -> frozenset[str]:
    words = (e for e in lexicon.entries("name_words", NameWord) if e.id == "generation")
    return frozenset(fold(word) for entry in words for word in entry.list)


def _matches(people: list[Person], words: tuple[str, ...], apart: frozenset[str]) -> list[Person]:
    """The persons that the words may mean: the one that they misspell, or all whose name they shorten."""
    for person in people:
        if _misspelt(person.words, words) or _initialled(person.words, words):
            return [person]
    shorter = [p for p in people if len(words) < len(p.words) and _shortens(words, p.words)]
    return [p for p in shorter if len(words) == 1 or p.words[-1] not in apart or words[-1] in apart]


def _nearest(people: list[Person], mention: Mention) -> Person:
    """Of several persons the one named nearest, rather before than after."""
    if len(people) == 1:
        return people[0]
    return min(people, key=lambda p: min(_distance(m, mention) for m in p.mentions[:NEAR]))


def _distance(one: Mention, mention: Mention) -> int:
    return abs(one.start - mention.start) + (one.start > mention.start) * 200


def _misspelt(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Names of two words or more that differ by marks alone, or by one or two letters of one long word."""
    if len(one) < 2:
        return len(two) == 1 and min(len(one[0]), len(two[0])) >= SURE_WORD and _swapped(one[0], two[0])
    joined, other = bare(" ".join(one)).replace("-", " "), bare(" ".join(two)).replace("-", " ")
    if joined.replace(" ", "") == other.replace(" ", ""):
        return True
    if len(one) != len(two):
        return False
    different = [(a, b) for a, b in zip(joined.split(), other.split(), strict=False) if a != b]
    return len(different) == 1 and all(min(len(a), len(b)) >= 5 and _near(a, b) for a, b in different)


def _initialled(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Names of as many words, one or more of them told by its first letter in one name: J. Widodo and Joko Widodo."""
    if len(one) != len(two) or len(one) < 2 or bare(one[-1]) != bare(two[-1]):
        return False
    pairs = [(bare(a), bare(b)) for a, b in zip(one, two, strict=True) if bare(a) != bare(b)]
    return bool(pairs) and all(_initial(a, b) or _initial(b, a) for a, b in pairs)


def _initial(short: str, full: str) -> bool:
    return len(short) == 2 and short[1] == "." and full[:1] == short[0] and len(full) > len(short)


def _swapped(one: str, two: str) -> bool:
    """Whether two neighbouring letters changed places."""
    at = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), len(one))
    return len(one) == len(two) and one[:at] + one[at : at + 2][::-1] + one[at + 2 :] == two


def _near(one: str, two: str) -> bool:
    """At most one letter changed, added or dropped, or two neighbours swapped."""
    if abs(len(one) - len(two)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    rest, other = one[start:], two[start:]
    return (
        rest[1:] == other
        or rest == other[1:]
        or rest[1:] == other[1:]
        or (rest[2:] == other[2:] and rest[:2] == other[1::-1])
    )


def _shortens(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """The last word or words, the first, or all of the short form's words in order."""
    if len(short) == 1 and len(short[0]) > 5 and _near(bare(short[0]), bare(full[-1])):
        return True
    short, full = tuple(map(bare, short)), tuple(map(bare, full))
    if full[-len(short) :] == short or full[: len(short)] == short:
        return True
    rest = iter(full)
    return len(short) > 1 and all(word in rest for word in short)


def _actor(page: Page, person: Person, number: int) -> Actor:
    actor = Actor(f"p{number}", "person", [], confidence=0.9)
    for mention in sorted(person.mentions, key=lambda m: m.start):
        assert mention.name
        mention.actors = (actor.id,)
        name = " ".join(page.text[slice(*mention.name)].split())
        if name not in actor.names:
            actor.names.append(name)
    actor.names.sort(key=lambda n: (-len(n.split()), "." in n))
    actor.posts = _posts(page, person.mentions)
    actor.confidence = _confidence(actor, len(person.mentions))
    return actor


def _confidence(actor: Actor, mentions: int) -> float:
    """Shares that were right on pages read by hand, by what the page tells of the person."""
    if not set(" -") & set(actor.names[0]):
        return 0.85 if actor.posts else 0.4
    if actor.posts:
        return 0.98
    return 0.85 if mentions > 1 else 0.6


def _posts(page: Page, mentions: list[Mention]) -> list[Post]:
    """Every post once, in its longest wording."""
    told = [
        Post(" ".join(page.text[s:e].split()), s, e, m.former or _is_past(page, s))
        for m in mentions
        for s, e in m.posts
    ]
    told.sort(key=lambda p: (-len(p.text), p.start))
    kept: list[Post] = []
    for post in told:
        if not any(_covers(fold(k.text), fold(post.text)) for k in kept):
            kept.append(post)
    return sorted(kept, key=lambda p: p.start)


def _is_past(page: Page, start: int) -> bool:
    """Whether the words of a post open with one that makes it past (cựu, nguyên), and that is no word of the title."""
    if page.folded[start : start + LONGEST_WORD].split(" ", 1)[0] not in _past(page.lexicon):
        return False
    return all(hit.start != start for hit in page.within("titles", start, start + 1))


@cache
def _past(lexicon: Lexicon) -> frozenset[str]:
    phrases = (p for p in lexicon.entries("name_grammar", Phrase) if p.role == "former")
    return frozenset(fold(word) for phrase in phrases for word in phrase.list)


def _covers(long: str, short: str) -> bool:
    """The longer wording tells all words of the shorter, in order."""
    rest = iter(long.split())
    return all(word in rest for word in short.split())

"""Entries that name: states, missions, bodies, posts, places, and the words that names are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Self

from servanda.folding import fold
from servanda.vocabulary.entries import Entry


class State(Entry):
    """A state or territory; `id` is its ISO 3166-1 alpha-2 code. `paired` forms mean it only beside another state."""

    name: str = ""
    paired: tuple[str, ...] = ()


class Capital(Entry):
    """A capital whose name stands for the government of `state` (ISO code) when it acts."""

    state: str


class Mission(Entry):
    """A peace operation; `id` is its acronym. `start` and `end` are months, `states` ISO codes; `places` are the words
    that say which operation is meant after a word for one (Phái bộ … tại Nam Sudan)."""

    english: str = ""
    start: str | None = None
    end: str | None = None
    states: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    by: str = "UN"


class Body(Entry):
    """A body known by name: `code` its usual acronym, `state` the ISO code of the state that it belongs to.

    `generic`: every state has one (Quốc hội, quân đội): the state after it is part of its name. `weak`: an actor only
    when it acts or is spoken to. `cited`: counted only where the text cites it as a source (theo RT, RT đưa tin).
    """

    code: str | None = None
    state: str | None = None
    of: str | None = None
    generic: bool = False
    weak: bool = False
    cited: bool = False


class BodyHead(Entry):
    """A word that opens the name of a body, and what may follow: `takes` names kinds of words (sector, state, body,
    name, place, at, of, list). `acts`: with a state alone it names a body (quân đội Pháp). `strict`: written small, it
    needs a name of its own (tập đoàn Cisco, not tập đoàn Mỹ). `loose`: its field may be written small (Bộ quốc phòng).
    `unless_after`: words before it that make it another word.
    """

    takes: tuple[str, ...] = ("sector", "state", "body")
    acts: bool = False
    strict: bool = False
    loose: bool = False
    unless_after: tuple[str, ...] = ()


class Sector(Entry):
    """Words that stand inside names of bodies and posts after their head: ngoại giao, khoa học và công nghệ.

    `kind`: `field`; `adjective` may follow a field directly (quốc gia); `opener` may be followed by one (nghiên cứu).
    """

    kind: Literal["field", "adjective", "opener"] = "field"


class Title(Entry):
    """A word for what a person is. `kind`: `office`, `rank`, `honorific`, or `role` (a calling, no office).

    `gender` m or f where the word tells it; `alone`: the word alone stands for its holder; `state`: an office of a
    state, for which the state may stand; `leads`: of one who heads a state or government.
    """

    kind: Literal["office", "rank", "honorific", "role"] = "office"
    gender: Literal["m", "f"] | None = None
    alone: bool = False
    state: bool = False
    leads: bool = False
    group: bool = False
    bound: bool = False


class Place(Entry):
    """Names of places that are no actors: they keep the states and persons in them from being read (Nam Mỹ)."""


class NameWord(Entry):
    """Lists of syllables and words for persons' names, not looked for by the scan: `list` holds them."""

    list: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class HomeNames:
    """What the people of a language's own country are called: folded surnames, and whole names of others so written."""

    surnames: frozenset[str]
    abroad: frozenset[str]

    @classmethod
    def of(cls, words: Iterable[NameWord]) -> Self:
        """From the lists of `name_words`."""
        lists = {it.id: frozenset(map(fold, it.list)) for it in words}
        return cls(lists.get("common_surname", frozenset()), lists.get("abroad", frozenset()))

    def hold(self, name: str) -> bool:
        """Whether a person's name is one of these: a surname and one word more at least."""
        words = fold(name).split()
        return len(words) > 1 and words[0] in self.surnames and fold(name) not in self.abroad


class Pinyin(Entry):
    """A syllable of Chinese transcription; each reading is a character and its Sino-Vietnamese reading (`武 Vũ`)."""

    surname: tuple[str, ...] = ()
    given: tuple[str, ...] = ()


class Phrase(Entry):
    """Small words that carry the grammar of names: `role` says which (sides, place, acting, …)."""

    role: str
    list: tuple[str, ...] = ()
    pattern: str = ""

"""Offices: what a person is, of which state, told in many wordings.

`Bộ trưởng Bộ Ngoại giao Việt Nam` and `Ngoại trưởng Việt Nam` are one office. Which words mean the same is data of
each language (`lang/<xx>/keeping/posts.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pydantic import BaseModel, ConfigDict

from servanda.datafile import language_files, schema_file
from servanda.keep.languages import Plain, together
from servanda.keep.names import plain

BRACKETS = re.compile(r"\([^()]*\)")
STATE = re.compile(r"\bsiso([a-z]{2})\b")  # a state's name in a post, while the post is made plain


class Words(BaseModel):
    """What posts are called, in plain words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    same: list[tuple[Plain, Plain]]
    before_state: frozenset[Plain]
    first: frozenset[Plain]
    of_state: dict[Plain, Plain]
    one_holder: tuple[Plain, ...]
    of_states: tuple[Plain, ...]
    anyones: frozenset[Plain]
    ranks: frozenset[Plain]
    exclusive: list[tuple[Plain, Plain]]


class _Spoken(BaseModel):
    """lang/<xx>/keeping/posts.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    home: str | None = None
    posts: Words


class Rules(BaseModel):
    """schema/actors.yaml, and `posts` and `home` (whose an office is that is told without a state) by language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    least: float
    review: float
    anchors: int
    common: int
    company: int
    apart: int
    near: int
    usual: int
    told: float
    home: dict[str, str]
    weights: dict[str, float]
    posts: Words


@cache
def rules() -> Rules:
    """The data files, checked. Raises BadData."""
    told = language_files("posts.yaml", _Spoken)
    home = {language: one.home for language, one in told.items() if one.home}
    return schema_file("actors.yaml", Rules, home=home, posts=together(one.posts for one in told.values()))


@dataclass(slots=True, frozen=True)
class Office:
    """A post in plain words without its states: `title`; `states` (ISO) in the order told, the first whose it is."""

    title: str
    states: tuple[str, ...] = ()

    @property
    def state(self) -> str | None:
        """Whose office it is, where the words tell it."""
        return self.states[0] if self.states else None

    @property
    def one_holder(self) -> bool:
        """One person holds it at a time: `Thủ tướng`, never `Phó Thủ tướng`."""
        return any(_begins(self.title, one) for one in rules().posts.one_holder) and not self.anyones

    @property
    def of_state(self) -> bool:
        """An office of a state, even where none is told."""
        return any(_begins(self.title, one) for one in rules().posts.of_states)

    @property
    def anyones(self) -> bool:
        """Without a state or a body it says little: `Giám đốc`."""
        return not self.states and self.title in rules().posts.anyones

    @property
    def rank(self) -> bool:
        """A rank or a form of address, no office: a person has one for years, beside any office."""
        return self.title in rules().posts.ranks

    def excludes(self, other: Office) -> bool:
        """Nobody holds both at one time."""
        pairs = rules().posts.exclusive
        return any(
            (_begins(self.title, a) and _begins(other.title, b)) or (_begins(self.title, b) and _begins(other.title, a))
            for a, b in pairs
        )


def _begins(title: str, words: str) -> bool:
    return title == words or title.startswith(words + " ")


def office(post: str, states: Mapping[str, str]) -> Office:
    """A post as an office; `states` leads from the names of states, as written, to their ISO codes."""
    words = BRACKETS.sub(" ", post)
    for name in _longest_first(tuple(states)):
        if name in words:
            words = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", f" siso{states[name].lower()} ", words)
    return _office(plain(words))


@lru_cache(65536)
def _longest_first(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(names, key=len, reverse=True))


@lru_cache(65536)
def _office(words: str) -> Office:
    data = rules().posts
    codes = tuple(dict.fromkeys(code.upper() for code in STATE.findall(words)))
    kept: list[str] = []
    for word in words.split():
        if STATE.fullmatch(word):
            while kept and kept[-1] in data.before_state:
                kept.pop()
            kept.append("of")
        elif kept or word not in data.first:
            kept.append(word)
    title = f" {' '.join(kept)} "
    for old, new in data.same:
        title = title.replace(f" {old} ", f" {new} " if new else " ")
    title = title.strip()
    if title.endswith(" of"):
        title = title.removesuffix(" of")
        title = data.of_state.get(title, title)
    return Office(title, codes)

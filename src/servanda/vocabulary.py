"""What an entry of each data file may say. One class a kind of file; `FILES` says which file holds which.

An entry is complete in itself: its words, what they mean, examples that must be read so and counterexamples that must
not. Words are written as a linguist writes them: `(cảm|cám) ơn`, with `|` between alternatives and an empty one for
"or nothing". A word written in lower case matches any case; with a capital it needs one in the text; `LHQ`, all
capitals, is matched exactly.
"""

from __future__ import annotations

import re
from itertools import product
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from servanda.types import EngagementKind, EngagementStatus

GROUP = re.compile(r"\(([^()]*)\)")


class Entry(BaseModel):
    """The least an entry says. `words` are the forms that the scan looks for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    note: str | None = None


class State(Entry):
    """A state or territory; `id` is its ISO 3166-1 alpha-2 code. `capitals` stand for its government."""

    capitals: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


class EngagementRule(Entry):
    """How a language tells that something is done together. `words` are the cue; what stands around it takes part.

    `shape`: `verb` (host `tiếp` guest), `noun` (`cuộc gặp giữa` … `và` …), `event` (a conference, ceremony, exercise that has a
    name of its own), `attend` (a verb that leads to an event: `tham dự`, `chủ trì`, `do` … `tổ chức`).
    `object`: how the other side is joined to the cue: `direct`, `with` (a preposition) or `either`.
    Without `kind` the words only look like a cue: they keep shorter cues inside them from firing.
    """

    kind: EngagementKind | None = None
    shape: Literal["verb", "noun", "event", "attend"] = "verb"
    form: str | None = None
    subject: str | None = None
    object: str | None = None
    joined: Literal["direct", "with", "either"] = "either"
    place_is_guest: bool = False
    alone: bool = False
    status: EngagementStatus | None = None
    unless_before: str | None = None
    unless_after: str | None = None


class EngagementContext(Entry):
    """What the words around a cue do to it: `pattern` is a regular expression on folded text, `effect` what it does."""

    effect: str
    pattern: str


class Topic(Entry):
    """What a fact may be about, under a main `heading` of the UNBIS Thesaurus; `label` is its English name."""

    heading: str
    label: str


class SpeechWord(Entry):
    """Words that carry the grammar of speech and its predicates; `role` says which part they play.

    `verb` reports speech (khẳng định), `express` only opens a predicate (bày tỏ), `adverb` may stand between a subject
    and its verb, `negation`, `future`, `condition` and `passive` change what the verb asserts, `noun` before a cue makes
    it a noun (sự ủng hộ), `purpose` makes it an aim (nhằm kêu gọi), `join` joins predicates, `preposition` takes a
    phrase that is no subject, `source` names whose word it is (theo), `self` is the speaker (chúng tôi), `duty` is what
    another should do (cần).
    """

    role: str


class ActRule(Entry):
    """Words with which a speaker does something to another, and where that other stands.

    `object`: `direct` the words right after the cue name the addressee (đề nghị Nga), `any` someone named in the clause,
    `talk` the other side of the talk under way. `needs` are words one of which must stand in the clause after the cue;
    `stops` words that may not follow it directly; `after` roles of speech words one of which must stand before it.
    """

    type: str
    mode: str | None = None
    object: str = "direct"
    needs: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    confidence: float = 0.7


class PositionRule(Entry):
    """Words with which a speaker states a view; `needs` and `stops` as in an act rule."""

    needs: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()


def expand(words: str) -> list[str]:
    """Every literal form of a pattern: `(cảm|cám) ơn` gives two. Spaces are made single."""
    parts = GROUP.split(words)
    choices = [part.split("|") if i % 2 else [part] for i, part in enumerate(parts)]
    return [" ".join("".join(choice).split()) for choice in product(*choices)]


FILES: dict[str, type[Entry]] = {
    "acts": ActRule,
    "positions": PositionRule,
    "speech": SpeechWord,
    "topics": Topic,
    "states": State,
    "engagements": EngagementRule,
    "engagement_context": EngagementContext,
}
__all__ = ["FILES", "EngagementContext", "EngagementRule", "Entry", "Field", "State", "Topic", "expand"]

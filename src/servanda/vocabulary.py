"""What an entry of each data file may say. One class a kind of file; `FILES` says which file holds which.

An entry is complete in itself: its words, what they mean, examples that must be read so and counterexamples that must
not. Words are written as a linguist writes them: `(cảm|cám) ơn`, with `|` between alternatives and an empty one for
"or nothing". A word written in lower case matches any case; with a capital it needs one in the text; `LHQ`, all
capitals, is matched exactly.
"""

from __future__ import annotations

import re
from itertools import product

from pydantic import BaseModel, ConfigDict, Field

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


def expand(words: str) -> list[str]:
    """Every literal form of a pattern: `(cảm|cám) ơn` gives two. Spaces are made single."""
    parts = GROUP.split(words)
    choices = [part.split("|") if i % 2 else [part] for i, part in enumerate(parts)]
    return [" ".join("".join(choice).split()) for choice in product(*choices)]


FILES: dict[str, type[Entry]] = {
    "states": State,
}
__all__ = ["FILES", "Entry", "Field", "State", "expand"]

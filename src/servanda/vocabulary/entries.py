"""What every entry says, and the forms of its words."""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict

GROUP = re.compile(r"\(([^()]*)\)")


class Entry(BaseModel):
    """The least an entry says. `words` are the forms that the scan looks for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    note: str | None = None


def expand(words: str) -> list[str]:
    """Every literal form of a pattern: `(cảm|cám) ơn` gives two. Groups may nest; spaces are made single."""
    group = GROUP.search(words)
    if group is None:
        return [" ".join(words.split())]
    before, after = words[: group.start()], words[group.end() :]
    forms = (form for choice in group[1].split("|") for form in expand(before + choice + after))
    return list(dict.fromkeys(forms))

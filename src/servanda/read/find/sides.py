"""Phrases for both sides of a talk: hai bên, hai nước, hai Bộ trưởng. Link says who they are."""

from __future__ import annotations

from servanda.read.find.clues import CAPITAL, Clues
from servanda.read.page import Mention


def find_sides(clues: Clues) -> list[Mention]:
    """Mentions of kind `sides`; `code` is `persons` where two persons are meant."""
    return [
        Mention(hit.start, hit.end, "sides", code="persons" if clues.role(at) == "sides_persons" else None)
        for at, hit in clues.phrases.items()
        if clues.role(at) in ("sides", "sides_persons") and not CAPITAL.match(clues.text, clues.skip(hit.end))
    ]

"""Phrases for both sides of a talk: hai bên, hai nước, hai Bộ trưởng. Link says who they are."""

from __future__ import annotations

from servanda.read.find.clues import CAPITAL, Clues
from servanda.read.page import Mention

MEANT = {"sides": None, "sides_persons": "persons", "sides_leaders": "leaders"}  # role of the phrase → whom it means


def find_sides(clues: Clues) -> list[Mention]:
    """Mentions of kind `sides`; `code` is `persons` or `leaders` where two persons are meant."""
    told = [(clues.phrases[at], role) for at, role in clues.roles.items() if role in MEANT]
    return [
        Mention(hit.start, hit.end, "sides", code=MEANT[role])
        for hit, role in told
        if not CAPITAL.match(clues.text, clues.skip(hit.end))
    ]

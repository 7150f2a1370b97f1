"""Phrases for both sides of a talk: hai bên, hai nước, hai Bộ trưởng. Link says who they are."""

from __future__ import annotations

from servanda.lexicon import Hit
from servanda.read.find.clues import CAPITAL, Clues
from servanda.read.page import Mention

BOTH, OFFICE = "sides", "sides_office"
MEANT = {BOTH: None, OFFICE: "office", "sides_persons": "persons", "sides_leaders": "leaders"}  # role → whom it means


def find_sides(clues: Clues) -> list[Mention]:
    """Mentions of kind `sides`; `code` is `persons` or `leaders` where two persons are meant, `office` where those are
    who hold what `name` tells."""
    told = [(clues.phrases[at], role) for at, role in clues.roles.items() if role in MEANT]
    told = [(hit, role) for hit, role in told if not CAPITAL.match(clues.text, clues.skip(hit.end))]
    offices = {hit.start: (hit.start, _office(clues, hit)) for hit, role in told if role == OFFICE}
    inner = {end for _, end in offices.values()}
    return [
        Mention(hit.start, hit.end, "sides", offices.get(hit.start), code=MEANT[role])
        for hit, role in told
        if hit.start not in inner
    ]


def _office(clues: Clues, hit: Hit) -> int:
    """Where the words for an office end, and those for both sides begin."""
    return next((at for at in range(hit.start + 1, hit.end) if clues.role(at) == BOTH), hit.end)

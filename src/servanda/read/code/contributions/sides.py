"""Who gives, and to which mission: the state beside a unit, and the operation named or meant by its place."""

from __future__ import annotations

from functools import cache

from servanda.lexicon import Lexicon
from servanda.read.code.contributions.clauses import Clause
from servanda.read.code.contributions.units import Unit
from servanda.read.page import Mention, Page
from servanda.types import Actor
from servanda.vocabulary import Mission

PLACING = ("tại", "ở", "đến", "tới", "sang", "vào", "khu vực", "nước", "cho", "với", "phái bộ", "ra khỏi")
HOME = "VN"
BESIDE = 32


def contributor_of(page: Page, clause: Clause, unit: Unit) -> str | None:
    """The id of the state that gives the unit: named right after it, else the nearest before it, else the home state."""
    states = [m for m in page.mentions if m.kind == "state" and m.actors and _in_sentence(m, clause)]
    states = [m for m in states if not _placed(page, m)]
    after = [m for m in states if 0 <= m.start - unit.end <= BESIDE]
    before = [m for m in states if m.start < unit.start]
    if after and not _own_subject(page, unit, after[0]):
        return after[0].actors[0]
    if before:
        return before[-1].actors[0]
    if states and states[0].code != HOME:
        return None
    return _home(page)


def _own_subject(page: Page, unit: Unit, state: Mention) -> bool:
    """Another clause begins between the unit and the state."""
    return any(mark in page.text[unit.end : state.start] for mark in ",;:.")


def _in_sentence(mention: Mention, clause: Clause) -> bool:
    return clause.sentence.start <= mention.start < clause.sentence.end


def _placed(page: Page, mention: Mention) -> bool:
    """The state is where something is, or to whom it goes, not who acts."""
    return page.folded[max(0, mention.start - 16) : mention.start].rstrip(" (").endswith(PLACING)


def _home(page: Page) -> str | None:
    """The state of the page's own press, where the page names it."""
    return next((actor.id for actor in page.actors if actor.kind == "state" and actor.code == HOME), None)


@cache
def _lands(lexicon: Lexicon) -> dict[str, tuple[Mission, ...]]:
    """The missions with troops that a state alone is the land of, latest first."""
    found: dict[str, list[Mission]] = {}
    for mission in lexicon.entries("missions", Mission):
        if len(mission.states) == 1 and mission.start and not mission.id.startswith("EU"):
            found.setdefault(mission.states[0], []).append(mission)
    return {state: tuple(sorted(m, key=lambda x: x.start or "", reverse=True)) for state, m in found.items()}


def mission_of_land(lexicon: Lexicon, state: str, when: str | None) -> str | None:
    """The one UN operation that can be meant in a state at a date (`2019-05`, or None for an unknown one)."""
    able = [m for m in _lands(lexicon).get(state, ()) if when is None or _runs(m, when)]
    live = [m for m in able if m.end is None] or able
    return live[0].id if len(live) == 1 else None


def _runs(mission: Mission, when: str) -> bool:
    year = when[:4]
    return (mission.start or "")[:4] <= year <= (mission.end or "9999")[:4]


def missions_in(page: Page, clause: Clause, start: int, end: int, when: str | None) -> list[str]:
    """The acronyms, or ids of actors without one, of the missions that a stretch names or means, in order, each once."""
    found: dict[str, int] = {}
    for mention in page.mentions:
        if not start <= mention.start < end:
            continue
        if mention.kind == "mission" and mention.actors:
            found.setdefault(mention.code or mention.actors[0], mention.start)
        elif mention.kind == "state" and mention.code and _placed(page, mention):
            code = mission_of_land(page.lexicon, mention.code, when)
            if code:
                found.setdefault(code, mention.start)
    for cue in clause.of("place"):
        if start <= cue.start < end and cue.entry.mission:
            found.setdefault(cue.entry.mission, cue.start)
    return sorted(found, key=lambda code: found[code])


def mission_actor(page: Page, code: str) -> str:
    """The id of the page's actor for a mission; one is added, marked as inferred, where the page names only its place."""
    for actor in page.actors:
        if actor.kind in ("mission", "organisation") and code in (actor.code, actor.id):
            return actor.id
    taken = {actor.id for actor in page.actors}
    number = next(n for n in range(1, len(taken) + 2) if f"m{n}" not in taken)
    entry = next((m for m in page.lexicon.entries("missions", Mission) if m.id == code), None)
    names = [code, *([entry.english] if entry and entry.english else [])]
    page.actors.append(Actor(f"m{number}", "mission", names, code, inferred=True, confidence=0.8))
    return f"m{number}"

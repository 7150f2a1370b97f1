"""To which mission: the operation that a stretch names, or that is meant by its place."""

from __future__ import annotations

from functools import cache

from servanda.lexicon import Lexicon
from servanda.read.code.contributions.clauses import Clause, ends_with, vocabulary
from servanda.read.code.contributions.sides import BESIDE, placed
from servanda.read.page import Mention, Page
from servanda.types import Actor
from servanda.vocabulary import Mission

LONG_AGO = "2013"  # a mission that ended before is meant only where it is named
TROOPLESS = frozenset(
    {"UNAMA", "UNSMIL", "UNVMC", "BINUH", "UNMHA", "UNOWAS", "UNMIK", "UNDOF", "EUTM RCA"}
)  # few or no uniformed people, or not in all of the state: never meant by its state alone


@cache
def _lands(lexicon: Lexicon) -> dict[str, tuple[Mission, ...]]:
    """The missions with troops that a state alone is the land of."""
    found: dict[str, tuple[Mission, ...]] = {}
    for mission in lexicon.entries("missions", Mission):
        recent = (mission.end or "9") > LONG_AGO and mission.start and mission.id not in TROOPLESS
        if recent and len(mission.states) == 1:
            found[mission.states[0]] = (*found.get(mission.states[0], ()), mission)
    return found


def mission_of_land(lexicon: Lexicon, state: str, when: str | None) -> str | None:
    """The one UN operation that can be meant in a state at a date (`2019-05`, or None for an unknown one)."""
    able = [m for m in _lands(lexicon).get(state, ()) if when is None or _runs(m, when)]
    live = [m for m in able if m.end is None] or able
    return live[0].id if len(live) == 1 else None


def _runs(mission: Mission, when: str) -> bool:
    return (mission.start or "")[:4] <= when[:4] <= (mission.end or "9999")[:4]


def missions_in(page: Page, clause: Clause, start: int, end: int, when: str | None) -> list[str]:
    """The acronyms, or ids of actors without one, of the missions that a stretch names or means, in order."""
    found: dict[str, int] = {}
    named = [(m.start, m.end) for m in clause.mentions if m.kind == "mission" and m.name]
    for mention in clause.mentions:
        if not start <= mention.start < end or _besides(clause, mention.start):
            continue
        if mention.kind == "mission" and mention.actors and not vague(page, mention):
            found.setdefault(mention.code or mention.actors[0], mention.start)
        elif (
            mention.kind == "state"
            and mention.code
            and not _within(mention.start, named)
            and placed(page, mention.start)
        ):
            code = mission_of_land(page.lexicon, mention.code, when)
            if code:
                found.setdefault(code, mention.start)
    for cue in clause.of("place"):
        inside = start <= cue.start < end and not _within(cue.start, named)
        if inside and cue.entry.mission and not _besides(clause, cue.start):
            found.setdefault(cue.entry.mission, cue.start)
    return sorted(found, key=lambda code: found[code])


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def vague(page: Page, mention: Mention) -> bool:
    """`các phái bộ`, `phái bộ Liên hợp quốc`: no mission of its own; `sang phái bộ` is the one told before."""
    if mention.name is not None:
        return False
    bare = vocabulary(page.lexicon).patterns["bare"].match(page.folded, mention.end)
    return bare is None or ends_with(page, mention.start, "several")


def _besides(clause: Clause, at: int) -> bool:
    """`ngoài Nam Sudan và Trung Phi`: named to be left out."""
    return any(0 <= at - cue.end <= BESIDE for cue in clause.of("besides"))


def only_mission(page: Page) -> list[str]:
    """The code of the page's mission, where it names just one."""
    codes = list(
        dict.fromkeys(m.code or m.actors[0] for m in page.mentions if m.kind == "mission" and m.actors and m.name)
    )
    return codes if len(codes) == 1 else []


def mission_actor(page: Page, code: str) -> str:
    """The id of the page's actor for a mission; one is added, marked as inferred, where only its place is named."""
    for actor in page.actors:
        if actor.kind in ("mission", "organisation") and code in (actor.code, actor.id):
            return actor.id
    taken = {actor.id for actor in page.actors}
    number = next(n for n in range(1, len(taken) + 2) if f"m{n}" not in taken)
    entry = next((m for m in page.lexicon.entries("missions", Mission) if m.id == code), None)
    names = [code, *([entry.english] if entry and entry.english else [])]
    page.actors.append(Actor(f"m{number}", "mission", names, code, inferred=True, confidence=0.8))
    return f"m{number}"

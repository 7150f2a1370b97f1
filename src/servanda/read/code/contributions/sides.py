"""Who gives, and to which mission: the state beside a unit, and the operation named or meant by its place."""

from __future__ import annotations

from functools import cache

from servanda.lexicon import Hit, Lexicon
from servanda.read.code.contributions.clauses import Clause
from servanda.read.code.contributions.units import Unit
from servanda.read.page import Page
from servanda.types import Actor
from servanda.vocabulary import Mission

PLACING = ("tại", "ở", "đến", "tới", "sang", "vào", "lại", "khu vực", "nước", "cho", "với", "phái bộ", "ra khỏi")
LONG_AGO = "2013"  # a mission that ended before is meant only where it is named
TROOPLESS = frozenset(
    {"UNAMA", "UNSMIL", "UNVMC", "BINUH", "UNMHA", "UNOWAS", "UNMIK", "UNDOF", "EUTM RCA"}
)  # few or no uniformed people, or not all of the state: never meant by its state alone
JOINED = ("tại", "ở", "đến", "tới", "sang", "phái bộ")
ANYONES = ("troops", "infantry", "police", "medical")  # kinds that many states give: never the home state's by default
HOME = "VN"
BESIDE, NEARBY = 32, 60  # code points


def contributor_of(page: Page, clause: Clause, unit: Unit) -> str | None:
    """The id of the state that gives: named right after the unit, else the nearest before it, else the home state."""
    states = [hit for hit in _states(page, clause) if not _placed(page, hit.start)]
    reach = NEARBY if unit.what in ANYONES else len(page.text)
    after = [hit for hit in states if 0 <= hit.start - unit.end <= BESIDE and not _parted(page, unit, hit.start)]
    before = [hit for hit in states if 0 <= unit.start - hit.end <= reach]
    if clause.of("that_country"):
        return _actor(page, _last_state(page, clause))
    for hit in (*after[:1], *before[::-1]):
        if actor := _actor(page, hit.entry.id):
            return actor
    if unit.what in ANYONES or (states and all(hit.entry.id != HOME for hit in states)):
        return None
    return _actor(page, HOME)


def _states(page: Page, clause: Clause) -> list[Hit]:
    start, end = clause.sentence.start, clause.sentence.end
    return [hit for hit in page.longest("states") if start <= hit.start < end]


def _parted(page: Page, unit: Unit, at: int) -> bool:
    """Another clause begins between the unit and the state."""
    return any(mark in page.text[unit.end : at] for mark in ",;:.")


def _placed(page: Page, at: int) -> bool:
    """What starts here is where something is, or to whom it goes, not who acts; so is what `và` joins to it."""
    before = page.folded[max(0, at - 44) : at].rstrip(" (")
    if before.endswith((" và", ",")):
        head = before[: before.rfind(" và")] if before.endswith(" và") else before[:-1]
        return any(f" {word} " in head[-32:] for word in JOINED)
    return before.endswith(PLACING)


def _last_state(page: Page, clause: Clause) -> str | None:
    """The state that `nước này` means: the last one named before this sentence that is no mission's land."""
    earlier = [hit for hit in page.longest("states") if hit.start < clause.sentence.start]
    return next((hit.entry.id for hit in reversed(earlier) if not _placed(page, hit.start)), None)


def _actor(page: Page, code: str | None) -> str | None:
    return next((actor.id for actor in page.actors if code and actor.kind == "state" and actor.code == code), None)


@cache
def _lands(lexicon: Lexicon) -> dict[str, tuple[Mission, ...]]:
    """The missions with troops that a state alone is the land of, latest first."""
    found: dict[str, list[Mission]] = {}
    for mission in lexicon.entries("missions", Mission):
        if (
            len(mission.states) == 1
            and mission.start
            and mission.id not in TROOPLESS
            and (mission.end or "9") > LONG_AGO
        ):
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
    """The acronyms, or ids of actors without one, of the missions that a stretch names or means, in order."""
    found: dict[str, int] = {}
    for mention in page.mentions:
        if not start <= mention.start < end or _besides(clause, mention.start):
            continue
        if mention.kind == "mission" and mention.actors:
            found.setdefault(mention.code or mention.actors[0], mention.start)
        elif mention.kind == "state" and mention.code and _placed(page, mention.start):
            code = mission_of_land(page.lexicon, mention.code, when)
            if code:
                found.setdefault(code, mention.start)
    for cue in clause.of("place"):
        if start <= cue.start < end and cue.entry.mission and not _besides(clause, cue.start):
            found.setdefault(cue.entry.mission, cue.start)
    return sorted(found, key=lambda code: found[code])


def _besides(clause: Clause, at: int) -> bool:
    """`ngoài Nam Sudan và Trung Phi`: named to be left out."""
    return any(0 <= at - cue.end <= BESIDE for cue in clause.of("besides"))


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

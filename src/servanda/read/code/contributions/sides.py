"""Who gives: the state beside a unit, the one that acts before it, or the home state of the press."""

from __future__ import annotations

from bisect import bisect_left

from servanda.lexicon import Hit, longest
from servanda.read.code.contributions.clauses import Clause, ends_with, vocabulary
from servanda.read.code.contributions.units import Unit
from servanda.read.page import Page

ANYONES = ("troops", "infantry", "police", "medical")  # kinds that many states give: never the home state's by default
HOME = "VN"
RECENT = 40  # states named before among which `nước này` is looked for
BESIDE, NEARBY = 32, 60  # code points


def contributor_of(page: Page, clause: Clause, unit: Unit) -> str | None:
    """The id of the state that gives: named right after the unit, else the nearest before it, else the home state."""
    states = [hit for hit in _states(page, clause) if not placed(page, hit.start)]
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


def foreign_after(page: Page, clause: Clause, unit: Unit) -> str | None:
    """The id of a foreign state named right after a unit that is not counted by heads."""
    for hit in _states(page, clause):
        if 0 <= hit.start - unit.end <= BESIDE and hit.entry.id != HOME and not unit.people:
            return None if placed(page, hit.start) or _parted(page, unit, hit.start) else _actor(page, hit.entry.id)
    return None


def _states(page: Page, clause: Clause) -> list[Hit]:
    hits = page.hits.get("states", [])
    low = bisect_left(hits, clause.sentence.start, key=lambda hit: hit.start)
    return list(longest(hits[low : bisect_left(hits, clause.sentence.end, lo=low, key=lambda hit: hit.start)]))


def _parted(page: Page, unit: Unit, at: int) -> bool:
    """Another clause begins between the unit and the state."""
    return any(mark in page.text[unit.end : at] for mark in ",;:.")


def placed(page: Page, at: int) -> bool:
    """What starts here is where something is, or to whom it goes, not who acts; so is what `và` joins to it."""
    before = page.folded[max(0, at - 44) : at].rstrip(" (")
    marks = (",", *(f" {word}" for word in vocabulary(page.lexicon).tokens["and"]))
    joint = next((mark for mark in marks if before.endswith(mark)), None)
    if joint:
        head = before[: -len(joint)][-32:]
        dated = head[-1:].isdigit()  # tính đến tháng 9/2024, Việt Nam …
        return not dated and any(f" {word} " in head for word in vocabulary(page.lexicon).tokens["joined"])
    return ends_with(page, at, "placing")


def _last_state(page: Page, clause: Clause) -> str | None:
    """The state that `nước này` means: the last foreign one named before that is no mission's land."""
    hits = page.hits.get("states", [])
    at = bisect_left(hits, clause.sentence.start, key=lambda hit: hit.start)
    for hit in reversed(hits[max(0, at - RECENT) : at]):
        bracketed = page.text[max(0, hit.start - 1) : hit.start] == "("
        if hit.entry.id != HOME and not bracketed and not placed(page, hit.start):
            return hit.entry.id
    return None


def _actor(page: Page, code: str | None) -> str | None:
    return next((actor.id for actor in page.actors if code and actor.kind == "state" and actor.code == code), None)

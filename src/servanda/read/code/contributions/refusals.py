"""Why a unit that a clause names is not given in it."""

from __future__ import annotations

from servanda.read.code.contributions.clauses import Cue, ends_with
from servanda.read.code.contributions.frame import Frame
from servanda.read.code.contributions.sides import ANYONES, foreign_after

DIRECT = 14  # code points between a sending verb and an uncounted unit that it sends
COURSE = 80  # code points between people and the course that they are at
WISHED = 60  # code points between a wish and the verb that it wishes for
SOON = 4  # code points between an uncounted unit and what it is sent to do


def refused(framed: Frame, *, about: bool) -> str:
    """Why a unit is not given here; empty where it may be."""
    clause, unit = framed.clause, framed.unit
    if is_replaced(framed) and foreign_after(framed.page, clause, unit) is None:
        return "it is only what another replaces"
    if _asked(framed):
        return "only asked or hoped for"
    if any(cue.start < unit.start for cue in clause.of("negation")):
        return "denied"
    if unit.people:
        return _people_refused(framed, about=about)
    if _next_to(clause.of("course"), unit.start, DIRECT):
        return "trained or taught, not sent"
    return "only spoken of with another" if ends_with(framed.page, unit.start, "apart") else ""


def is_replaced(framed: Frame) -> bool:
    """Another unit takes its place."""
    return _next_to(framed.clause.of("replaced"), framed.unit.start, 3)


def _people_refused(framed: Frame, *, about: bool) -> str:
    """What bars people only: they are named for many other reasons."""
    clause, unit = framed.clause, framed.unit
    follows = {cue.role for cue in clause.cues if 0 <= cue.start - unit.end <= 1}
    if not about:
        return "nothing near speaks of peace operations"
    if clause.of("harm"):
        return "the clause tells of harm, not of giving"
    if any(c.start - unit.end < COURSE and unit.start - c.end < COURSE for c in clause.of("course")):
        return "sent to a course"
    if follows & {"again", "unit"} or ("first" in follows and clause.of("total")):
        return "named before, or only part of a name"
    if unit.what in ANYONES:
        return _anyones_refused(framed, follows)
    if not unit.amount and not _sent_directly(framed):
        return "neither counted nor sent by a verb before it"
    return ""


def _anyones_refused(framed: Frame, follows: set[str]) -> str:
    """Soldiers and police go to many places: they count under the United Nations only."""
    clause, unit = framed.clause, framed.unit
    if "un_own" in follows:
        return "the United Nations' own"
    if not (clause.of("un_own", "place", "blue") or any(m.kind == "mission" for m in clause.mentions) or _blue(framed)):
        return "no word of the United Nations or a mission"
    if unit.what == "troops" and not unit.amount and any(not c.entry.people for c in clause.of("unit")):
        return "only the general name of the units told after it"
    reach = SOON if unit.what == "troops" else 8 * SOON
    goes = [c for c in clause.of("serve", "toward", "go") if 0 <= c.start - unit.end <= reach]
    if not unit.amount and not (_sent_directly(framed) and goes):
        return "neither counted nor sent to serve"
    return ""


def _blue(framed: Frame) -> bool:
    """`lính gìn giữ hòa bình ở Nam Sudan`: peacekeepers by name."""
    unit, hits = framed.unit, framed.page.hits.get("contributions", ())
    return any(hit.start <= unit.end + 1 and hit.end > unit.start for hit in hits)


def _asked(framed: Frame) -> bool:
    """A wish right before the verb that sends, with no comma between."""
    clause, unit = framed.clause, framed.unit
    wishes = clause.of("wish") if clause.of("plan") else clause.of("wish", "maybe")
    place = framed.sent.start if framed.sent else unit.start
    for cue in wishes:
        if cue.end <= place and "," not in framed.page.text[cue.end : place] and place - cue.end < WISHED:
            return True
    return False


def _sent_directly(framed: Frame) -> bool:
    clause, unit = framed.clause, framed.unit
    sent = [cue for cue in clause.of("send", "pledge", "continue", "withdraw") if 0 <= unit.start - cue.end <= DIRECT]
    return bool(sent) and not _next_to(clause.of("besides"), unit.start, DIRECT)


def _next_to(cues: list[Cue], at: int, reach: int) -> bool:
    return any(0 <= at - cue.end < reach for cue in cues)

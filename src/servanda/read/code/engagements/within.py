"""Talks whose parties no preposition joins to them: told within what is said, or by a dash between two states."""

from __future__ import annotations

from servanda.read.code.engagements.around import REACH, Firing
from servanda.read.code.engagements.clause import Setting, Unit
from servanda.read.code.engagements.context import Context

NEAR = 50  # code points from the words of a talk to a person who is told to be at it
DAY = len("XXXX-05-22")


def told_within(firing: Firing, context: Context) -> None:
    """`A nói với B trong cuộc gặp tại Hà Nội`: to whom it is said, right before the talk, is whom one talks with."""
    setting = firing.setting
    before = [u for u in setting.units if u.end <= firing.start and u.kind == "person"]
    at = next((n for n, u in enumerate(before) if _said_to(setting, u, context)), 0)
    if not at or not context.tells("within", setting.between(setting.sentence.start, firing.start)):
        return
    speaker, others = before[at - 1], [before[at], *(u for u in before[at + 1 :] if u.linked)]
    told = setting.between(others[-1].end, firing.start)
    clear = len(told) < REACH // 2 and not set(setting.between(speaker.start, firing.start)) & set('";')
    if clear and not speaker.oblique and speaker.actors != others[0].actors and not context.tells("barrier", told):
        firing.subject, firing.object, firing.carried, firing.adverbial = [speaker], others, False, False


def _said_to(setting: Setting, unit: Unit, context: Context) -> bool:
    lead = setting.between(unit.start - 16, unit.start)
    return context.tells("with", lead) or context.tells("to", lead)


def two_people(firing: Firing, context: Context) -> None:
    """`A nói với B trong cuộc điện đàm ngày 12/5`: a talk on a day, and the only two people of its sentence."""
    setting = firing.setting
    people = {u.actors: u for u in reversed(setting.units) if u.kind == "person"}
    near = [d for d in setting.dates if firing.end <= d.start < min(firing.limit, firing.end + REACH)]
    day = any(len(d.edtf) == DAY for d in near)
    if day and len(people) == 2 and all(len(actors) == 1 for actors in people):
        first, second = sorted(people.values(), key=lambda u: u.start)
        told = setting.between(min(first.start, firing.start), max(second.end, firing.end))
        if set(told) & set('";') or not context.tells("within", setting.between(setting.sentence.start, firing.start)):
            return
        firing.subject, firing.object, firing.carried, firing.adverbial = [first], [second], False, False


def joined_by_dash(firing: Firing, units: list[Unit]) -> bool:
    """`đối thoại Mỹ - Trung`: two states that are the two sides, where nobody is told to be at it."""
    near = [u for u in firing.setting.units if firing.start - NEAR < u.end <= firing.start and u.kind == "person"]
    if [u.kind for u in units] != ["state", "state"] or near:
        return False
    return firing.setting.between(units[0].end, units[1].start).strip() in ("-", "–")

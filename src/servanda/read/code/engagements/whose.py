"""Whose an event is, or who is at it, where the words right after its name say so."""

from __future__ import annotations

from servanda.read.code.engagements.around import Firing, after, before, name_end
from servanda.read.code.engagements.clause import Unit
from servanda.read.code.engagements.context import Context

NEAR = 40  # code points from the name of an event to those whose it is


def whose(firing: Firing, context: Context) -> list[Unit]:
    """Those named after an event by `giữa` or `của`, or who has it with those named after; none where no words say."""
    if firing.attended:
        return _speaker(firing, context)
    theirs = _speaker(firing, context) if firing.adverbial else []
    return _between(firing, context) or theirs or _drills(firing, context) or _has(firing, context)


def assesses(firing: Firing, unit: Unit, context: Context) -> bool:
    """`Đại sứ A đánh giá chuyến thăm chính thức Lào`: whether he only says what he thinks of a visit."""
    told = firing.rule.kind == "visit" and firing.rule.shape == "noun" and not firing.adverbial
    return told and context.tells("assessed", firing.setting.between(unit.end, firing.start))


def _between(firing: Firing, context: Context) -> list[Unit]:
    """`tại hội nghị thượng đỉnh giữa Nga và Iran`: two sides at least."""
    tail = firing.setting.between(firing.end, firing.end + NEAR)
    match = context["between"].search(tail)
    if match is None or set(tail[: match.start()]) & set(",.;:"):
        return []
    found = after(firing, context, firing.end + match.end(), firing.setting.sentence.end)
    return found if len(found) > 1 else []


def _first_of(firing: Firing, context: Context) -> Unit | None:
    """The first phrase after the event, where `của` leads to it."""
    unit = next((u for u in firing.setting.units if u.start >= firing.end), None)
    if unit is None or unit.start > name_end(firing, context):
        return None
    return unit if context.tells("of_whom", firing.setting.between(firing.end, unit.start)) else None


def _speaker(firing: Firing, context: Context) -> list[Unit]:
    """`phát ngôn tại Đối thoại Shangri-La của Bộ trưởng A`: he was there, not who is told to comment on it."""
    unit = _first_of(firing, context)
    return [unit] if unit and unit.kind == "person" and firing.rule.kind == "conference" else []


def _drills(firing: Firing, context: Context) -> list[Unit]:
    """`cuộc diễn tập chung của Mỹ và Hàn Quốc`: whose drill it is, where it is that of two."""
    unit = _first_of(firing, context) if firing.rule.kind == "exercise" else None
    if unit is None or unit.kind == "person" or unit.start - firing.end > NEAR:
        return []
    found = after(firing, context, unit.start - 1, firing.limit)
    return found if len(found) > 1 else []


def _has(firing: Firing, context: Context) -> list[Unit]:
    """`A có cuộc họp cấp cao với B`: who has it, where B is a person."""
    if firing.adverbial or not any(u.kind == "person" for u in firing.object):
        return []
    own = before(firing, context, set())
    return own if own and context["has"].match(firing.setting.between(own[-1].end, firing.start)) else []

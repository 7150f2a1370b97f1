"""Why a cue, though it fired, tells no engagement of its own."""

from __future__ import annotations

from itertools import islice

from servanda.read.code.engagements.around import Firing
from servanda.read.code.engagements.clause import Unit
from servanda.read.code.engagements.context import Context, compiled
from servanda.read.code.engagements.sides import ORGANISED
from servanda.read.page import Page
from servanda.types import EngagementStatus

NOBODY = "nobody takes part"
BOTH = "the sides are not named: part of an engagement told before"
REACH = 90
FIELD = 2  # words of the field at least
SHORT = 500  # code points, in which a page cannot show what it speaks of
DAY = len("XXXX-05-22")


def why_not(firing: Firing, context: Context) -> str:
    """What the words around a cue say against it; empty where nothing does."""
    return (
        _unfit(firing, context)
        or _unnamed(firing, context)
        or _points_back(firing, context)
        or _spoken_of(firing, context)
    )


def why_no_sides(
    firing: Firing, context: Context, sides: list[list[str]], place: str | None, status: EngagementStatus
) -> str:
    """What those who take part, as far as they are named, say against it; empty where nothing does."""
    rule, (one, other) = firing.rule, sides
    if rule.kind == "visit":
        dated = rule.shape == "noun" and _dated(firing)
        if not one or not (other or place or dated or is_reference(firing, context)):
            return "no visitor, or nobody and no place visited"
        return "the visitor would visit himself" if set(one) & set(other) else ""
    if rule.shape == "event":
        return _why_no_event(firing, one or other, status)
    if not rule.alone and len({*one, *other}) < 2:
        return "only one side is named"
    return "" if one or other else "nobody takes part"


def of_the_field(page: Page, context: Context) -> bool:
    """Whether the page speaks, more than in passing, of states, armies or international bodies at work."""
    if len(page.folded) < SHORT:
        return True
    return sum(1 for _ in islice(context["field"].finditer(page.folded), FIELD)) == FIELD


def is_reference(firing: Firing, context: Context) -> bool:
    """Whether the words only place something else: `trong thời gian thăm Hà Lan, …`."""
    return context.tells("reference", lead(firing))


def is_glad(firing: Firing, context: Context) -> bool:
    """`vui mừng gặp lại A`: who is glad of a meeting tells the one under way again, and its day elsewhere."""
    return firing.rule.kind == "meeting" and firing.rule.shape == "verb" and context.tells("glad", lead(firing))


def is_spoken_at(firing: Firing, context: Context) -> bool:
    """`Phát biểu tại buổi lễ, A …`: the sentence opens with who speaks at an event that is told before."""
    led = firing.attended
    opens = led is not None and not firing.setting.between(firing.setting.sentence.start, led.start).strip(' "-')
    return opens and led is not None and context.tells("speaks_at", firing.setting.between(led.start, led.end))


def is_recalled(firing: Firing, context: Context) -> bool:
    """`nhớ lại cuộc gặp năm ngoái`: an earlier one, not the one under way."""
    return firing.rule.shape == "noun" and context.tells("recalled", lead(firing))


def is_ranked(firing: Firing, context: Context) -> bool:
    """`Ông A là tổng thống thứ ba thăm Lào`: counts a visit among others, and tells none of its own."""
    between = firing.setting.between(firing.opens, firing.start)
    if any(len(d.edtf) >= DAY for d in firing.setting.dates):
        return False
    return firing.rule.kind == "visit" and firing.rule.shape == "verb" and context.tells("ranked", between)


def lead(firing: Firing) -> str:
    """The forty characters before the cue, or before the verb that leads to it."""
    opens = firing.attended.start if firing.attended else firing.start
    return firing.setting.between(max(firing.setting.sentence.start, opens - 40), opens)


def _why_no_event(firing: Firing, anyone: list[str], status: EngagementStatus) -> str:
    led = firing.attended is not None or firing.adverbial
    if not anyone or not (led or firing.object or firing.subject):
        return NOBODY
    if firing.attended is None and all(u.start == firing.start for u in firing.units):
        return "a body of that name, not what it holds"
    organised = firing.attended is not None and firing.attended.entry.id == ORGANISED
    return "wished for, not proposed" if status == "proposed" and not organised else ""


def _unfit(firing: Firing, context: Context) -> str:
    """What the rule asks for beside its cue: a day, and such as do such things."""
    rule, setting = firing.rule, firing.setting
    today = context.tells("today", setting.words)
    if rule.dated and not today and not any(len(d.edtf) >= DAY for d in setting.dates):
        return "no day is told"
    return "" if rule.nations or by_such(firing, context) else "not by those who do such things"


def by_such(firing: Firing, context: Context) -> bool:
    """Whether those before the cue are such as the rule asks for, if it asks."""
    if not firing.rule.who:
        return not firing.rule.nations
    who = compiled(firing.rule.who, context.bare)
    return any(who.search(firing.setting.between(u.start, u.end)) for u in firing.subject)


def _unnamed(firing: Firing, context: Context) -> str:
    """`hai bên trao đổi` is what a meeting is made of; beside a name, `hai bên` adds nobody."""
    units = firing.units
    named = [u for u in units if u.kind != "sides"]
    if firing.rule.named and units and not named:
        return BOTH
    if named and len(named) < len(units):
        firing.subject, firing.object = _named(firing.subject), _named(firing.object)
    if (
        firing.rule.named
        and not _meet(firing, context)
        and not firing.object
        and all(u.kind != "person" for u in firing.subject)
    ):
        return "only one side is named"
    return ""


def _meet(firing: Firing, context: Context) -> bool:
    """Whether two are told to meet, without persons: `A và B hội đàm`, or two states on a day."""
    if len(firing.subject) < 2 or firing.rule.form == "talks":
        return len(firing.subject) > 1
    right_before = context["performs"].match(firing.setting.between(firing.subject[-1].end, firing.start)) is not None
    return right_before and _dated(firing) and all(u.kind == "state" for u in firing.subject)


def _named(units: list[Unit]) -> list[Unit]:
    return [u for u in units if u.kind != "sides"]


def _points_back(firing: Firing, context: Context) -> str:
    """`Tại buổi tiếp, …` without a name of its own; `chuyến thăm này`."""
    if firing.carried and firing.object:
        return ""
    if firing.rule.shape != "verb" and context["backward"].match(firing.setting.between(firing.end, firing.end + 16)):
        return "points back to an engagement told before"
    if firing.rule.shape != "noun" or firing.object or not (firing.adverbial or firing.carried):
        return ""
    if firing.rule.kind == "visit" and not firing.carried and firing.subject and _dated(firing):
        return ""
    ahead = [u for u in firing.subject if u.end <= firing.start]
    if len(ahead) == 2 and firing.setting.between(ahead[0].end, ahead[1].start).strip() in ("-", "–"):
        return "points back to an engagement told before"
    if not firing.carried and _side_by_side(firing):
        return ""
    return "points back to an engagement told before" if len(ahead) < 2 or firing.carried else ""


def _side_by_side(firing: Firing) -> bool:
    """Whether the subject is two persons, one named right after the other: `Tại hội đàm, A và B nhất trí …`."""
    units, known = firing.subject, firing.setting.units
    two = len(units) == 2 and all(u.kind == "person" for u in units) and units[0].actors != units[1].actors
    return two and known.index(units[1]) - known.index(units[0]) == 1


def _dated(firing: Firing) -> bool:
    """Whether a day is told right after the cue."""
    return any(firing.end <= d.start < firing.limit and d.start - firing.end < REACH for d in firing.setting.dates)


def _spoken_of(firing: Firing, context: Context) -> str:
    """`hoan nghênh chuyến thăm` speaks of a visit and tells none, unless it says when."""
    if firing.rule.kind == "visit" and context.tells("anniversary", _lead_of_phrase(firing)):
        return "kept as an anniversary"
    if firing.object and all(_countrymen(firing, context, u) for u in firing.object):
        return "with people of one's own country abroad"
    if firing.rule.shape == "verb" and _of_praised(firing, context):
        return "done by those who are praised for it"
    if firing.rule.form == "talks" and not _dated(firing) and context.tells("versed", lead(firing)):
        return "spoken of, not told"
    if context.tells("thanked_for", lead(firing)):
        return "only an invitation is spoken of"
    if is_ranked(firing, context):
        return "counted among others, not told"
    if firing.rule.shape == "verb" and context.tells("relative", _lead_of_phrase(firing)):
        return "says of something else where it was"
    if firing.rule.shape == "verb" and firing.rule.kind != "visit":
        return ""
    sentence = firing.setting.sentence
    if firing.rule.shape == "event" and not _dated(firing) and context.tells("for_example", _clause_before(firing)):
        return "named as an example of where states meet"
    if firing.rule.shape == "event" and context.tells(
        "of_content", firing.setting.between(max(sentence.start, firing.start - 180), firing.start)
    ):
        return "only what came of it is spoken of"
    if any(firing.end <= d.start < firing.end + REACH for d in firing.setting.dates):
        return ""
    return "spoken of, not told" if context.tells("spoken", _lead_of_phrase(firing)) else ""


def _clause_before(firing: Firing) -> str:
    """Up to 200 characters of the sentence before the cue."""
    return firing.setting.between(max(firing.setting.sentence.start, firing.start - 200), firing.start)


def _of_praised(firing: Firing, context: Context) -> bool:
    """`A đánh giá cao đoàn đã làm việc với B`: whether others met B than the one who speaks of it."""
    own = firing.subject and not firing.carried and firing.subject[-1].end <= firing.start
    return bool(own) and context.tells("appraised", firing.setting.between(firing.subject[-1].end, firing.start))


def _countrymen(firing: Firing, context: Context, unit: Unit) -> bool:
    """`gặp gỡ cộng đồng người Việt Nam`: a state that only tells what people they are."""
    before = firing.setting.between(max(firing.setting.sentence.start, unit.start - 24), unit.end)
    return firing.rule.kind == "meeting" and unit.kind == "state" and context.tells("countrymen", before)


def _lead_of_phrase(firing: Firing) -> str:
    """The words before the cue, or before the actor phrase that stands right before it."""
    words = lead(firing)
    if firing.rule.shape != "verb":
        return words
    unit = next((u for u in reversed(firing.setting.units) if u.end <= firing.start), None)
    if unit is None or firing.start - unit.end > 12:
        return words
    return firing.setting.between(max(firing.setting.sentence.start, unit.start - 50), unit.start)

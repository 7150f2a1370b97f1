"""A cue and the actor phrases around it that its words reach."""

from __future__ import annotations

from dataclasses import dataclass, field

from servanda.lexicon import Hit
from servanda.read.code.engagements.clause import Setting, Unit, joins
from servanda.read.code.engagements.context import Context
from servanda.vocabulary import EngagementRule

REACH = 90
FURTHER = 140  # what is handed over stands between the verb and the receiver


@dataclass(slots=True)
class Firing:
    """A cue with the actor phrases that stand on its two sides."""

    rule: EngagementRule
    setting: Setting
    start: int
    end: int
    limit: int
    subject: list[Unit] = field(default_factory=list)
    object: list[Unit] = field(default_factory=list)
    carried: bool = False
    adverbial: bool = False
    invited: bool = False
    attended: Hit | None = None
    previous: Firing | None = None

    @property
    def units(self) -> list[Unit]:
        return [*self.subject, *self.object]

    @property
    def opens(self) -> int:
        """Where the words that bear on the cue begin: after its subject, or after the cue that it follows."""
        if self.subject and not self.carried and self.subject[-1].end <= self.start:
            return self.subject[-1].end
        if self.previous is not None:
            return self.previous.end
        return self.setting.sentence.start


def name_end(firing: Firing, context: Context) -> int:
    """Where the name of an event ends, that begins with the cue: before a comma, a preposition or a verb."""
    tail = firing.setting.between(firing.end, min(firing.limit, firing.end + 160))
    match = context["name_end"].search(tail)
    return firing.end + (match.start() if match else len(tail))


def after(firing: Firing, context: Context, start: int, limit: int, *, first: str = "direct") -> list[Unit]:
    """The phrases joined to a cue that ends at `start`: the first within reach, then those it is coordinated with."""
    found: list[Unit] = []
    listed = False
    for unit in firing.setting.units:
        if unit.end <= start or (found and unit.start < start):
            continue
        if unit.start >= limit:
            break
        gap = firing.setting.between(start, max(start, unit.start))
        if first == "to" and not found and not context.tells("to", gap):
            continue
        if not found and first == "with" and _passed(firing, gap, context):
            continue
        if not found:
            if len(gap) > (FURTHER if first == "to" else REACH) or not _reaches(firing, unit, gap, context, first):
                break
            if (
                first == "with"
                and not context.tells("with", gap)
                and not context.tells("with", firing.setting.between(firing.start, firing.end))
            ):
                break
        elif _aside(unit, found[-1], gap, context):
            start = unit.end
            continue
        elif unit.kind == "person" and found[-1].kind != "person" and context.tells("including", gap):
            found = []
        elif not (_joined(firing, unit, gap, context) or (listed and gap.strip(" ;") == "")):
            break
        listed = listed or (not found and context.tells("including", gap))
        found.append(unit)
        start = unit.end
    return found


def _aside(unit: Unit, last: Unit, gap: str, context: Context) -> bool:
    """`Vua A của Jordan`, `ông B, Chủ tịch Hội C`: the phrase only says more of the person before it."""
    if last.kind != "person" or unit.kind == "person":
        return False
    whose = unit.kind == "state" and context["of"].fullmatch(gap.strip()) is not None
    return whose or context["apposition"].match(gap) is not None


def _passed(firing: Firing, gap: str, context: Context) -> bool:
    """`thảo luận về Syria với B`: what is spoken about stands before whom it is spoken with."""
    own = firing.setting.between(firing.start, firing.end)
    return context.tells("about", gap) and not context.tells("with", gap) and not context.tells("with", own)


def _reaches(firing: Firing, unit: Unit, gap: str, context: Context, first: str) -> bool:
    """Whether the words between a cue and the first phrase after it join the two."""
    if first == "to":
        receiver = context["to"].search(gap)
        return (
            receiver is not None
            and not context.tells("stop", gap[receiver.end() :])
            and not context.tells("barrier", gap)
        )
    if match := context["with"].search(gap):
        if unit.kind != "person" and context.tells("about", gap[: match.start()]):
            return False
        return not context.tells("stop", gap[match.end() :]) and not context.tells("barrier", gap[: match.start()])
    if firing.rule.kind == "visit" and context["town"].match(gap):
        return True
    if "," in gap and first != "with":
        return False
    lead = context["lead" if firing.rule.kind == "visit" else "lead_to_people"]
    return not context.tells("stop", lead.sub(" ", gap, count=1))


def _joined(firing: Firing, unit: Unit, gap: str, context: Context) -> bool:
    if not joins(gap, context) or context.tells("stop", gap):
        return False
    comma = gap.lstrip().startswith(",")
    if comma and firing.adverbial:
        return False
    return not (comma and context["predicate"].match(firing.setting.between(unit.end, unit.end + 24)))


def _told_of(firing: Firing, index: int, context: Context) -> bool:
    """`A cho biết đoàn tàu của B sẽ thăm …`: whether the one before says it of a delegation, and does not lead it."""
    units = firing.setting.units
    return context.tells("speech", firing.setting.between(units[index - 1].end, units[index].start))


def before(firing: Firing, context: Context, taken: set[int]) -> list[Unit]:
    """The nearest phrase before the cue that is nobody's object, with those it is coordinated with."""
    units = [u for u in firing.setting.units if u.end <= firing.start]
    for index in range(len(units) - 1, -1, -1):
        unit = units[index]
        if unit.start in taken or unit.oblique or (unit.delegation and index and not _told_of(firing, index, context)):
            continue
        group = [unit]
        while index and units[index].linked and units[index - 1].start not in taken and not units[index - 1].oblique:
            index -= 1
            group.insert(0, units[index])
        return group
    return []

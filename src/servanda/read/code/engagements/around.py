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


def _opens_at(firing: Firing) -> int:
    """Where the cue begins, or the verb that leads to it."""
    return firing.attended.start if firing.attended else firing.start


def _speaks_there(firing: Firing, unit: Unit, context: Context) -> bool:
    """`đề nghị làm rõ phát biểu của ông A tại hội thảo`: whose words they are was there, not who speaks of them."""
    if firing.rule.shape != "event" or not context.tells(
        "hanging", firing.setting.between(unit.end, _opens_at(firing))
    ):
        return False
    return context.tells("words_of", firing.setting.between(unit.start - 60, unit.start))


def _joined_to_last(firing: Firing, unit: Unit, context: Context) -> bool:
    """`A sang kỷ niệm quan hệ Việt Nam - Lào và dự hội nghị`: the state ends what is told before; A goes on."""
    told = firing.previous is not None and firing.previous.end <= unit.start and bool(firing.previous.subject)
    gap = firing.setting.between(unit.end, _opens_at(firing))
    return told and firing.rule.shape == "event" and context.tells("goes_on", gap)


def _person_before(firing: Firing, units: list[Unit], context: Context) -> Unit | None:
    """The person whose state or body the last of `units` is, or who does something to it: `A phê phán Lào tại …`."""
    unit = units[-1]
    at = next((n for n in range(len(units) - 2, -1, -1) if units[n].kind == "person"), None)
    if at is None or units[at].oblique:
        return None
    person, told = units[at], firing.setting.between(units[at].end, unit.start)
    if context["apposition"].match(firing.setting.between(person.end, units[at + 1].start)):
        return person if "," not in firing.setting.between(units[at + 1].start, unit.start) else None
    hanging = context.tells("hanging", firing.setting.between(unit.end, _opens_at(firing)))
    if firing.rule.shape == "verb" or not hanging or set(told) & set(';:"') or context.tells("speech", told):
        return None
    return person


def before(firing: Firing, context: Context, taken: set[int]) -> list[Unit]:
    """The nearest phrase before the cue that is nobody's object, with those it is coordinated with."""
    units = [u for u in firing.setting.units if u.end <= firing.start]
    for index in range(len(units) - 1, -1, -1):
        unit = units[index]
        if unit.oblique and unit.start not in taken and _speaks_there(firing, unit, context):
            return [unit]
        if unit.start in taken or unit.oblique or (unit.delegation and index and not _told_of(firing, index, context)):
            continue
        if unit.kind not in ("person", "sides"):
            if _joined_to_last(firing, unit, context):
                return []
            if (person := _person_before(firing, units[: index + 1], context)) and person.start not in taken:
                return [person]
        group = [unit]
        while index and units[index].linked and units[index - 1].start not in taken and not units[index - 1].oblique:
            index -= 1
            group.insert(0, units[index])
        return group
    return []

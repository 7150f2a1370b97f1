"""Code the engagements of a page: meetings, visits, calls, conferences, exercises, trainings, ceremonies.

The rules are data (`engagements.yaml`, `engagement_context.yaml`); the way is: the sentences with a cue, the sides of
each cue, what else its words tell, one record for one engagement.
"""

from __future__ import annotations

from dataclasses import replace

from servanda.read.code.engagements.clause import Setting, Unit, settings
from servanda.read.code.engagements.context import Context, context_of
from servanda.read.code.engagements.merge import Telling, merge
from servanda.read.code.engagements.parts import parents
from servanda.read.code.engagements.sides import Firing, fire
from servanda.read.code.engagements.tell import date, form, goal, occasion, place, status
from servanda.read.page import Page
from servanda.types import Engagement, EngagementStatus

__all__ = ["code_engagements"]


def code_engagements(page: Page) -> list[Engagement]:
    """The engagements that the article tells, in order of start."""
    merged = sorted(merge(tellings(page)), key=lambda t: t.span)
    hosts = parents(merged)
    return [_record(number, telling, hosts.get(number)) for number, telling in enumerate(merged)]


def tellings(page: Page) -> list[Telling]:
    """Every cue that tells an engagement, before those that tell the same one are joined."""
    context = context_of(page.lexicon)
    kinds: dict[str, str] = {actor.id: actor.kind for actor in page.actors}
    behalf = _behalf(page)
    found: list[Telling] = []
    carried: list[Unit] = []
    for setting in settings(page, context):
        previous: EngagementStatus | None = None
        for firing in fire(page, setting, context, carried):
            told = status(firing, context, previous)
            previous = told
            if told is None:
                page.refuse(firing.rule.id, firing.start, firing.end, "denied, or only a condition")
                continue
            for one in _several(firing, context):
                telling = _telling(page, one, context, kinds, told)
                if telling is not None:
                    telling.behalf = frozenset(s for p in telling.participants for s in behalf.get(p, ()))
                    found.append(telling)
        carried = _subject(setting) or carried
    return found


def _several(firing: Firing, context: Context) -> list[Firing]:
    """`các cuộc gặp với A, B` tells one meeting with each."""
    words = firing.setting.between(firing.start - 12, firing.end)
    if (
        firing.rule.kind != "meeting"
        or len(firing.object) < 2
        or not firing.subject
        or not context.tells("several", words)
    ):
        return [firing]
    return [replace(firing, object=[unit]) for unit in firing.object]


def _behalf(page: Page) -> dict[str, set[str]]:
    """The states and bodies that stand in the titles of each person: those he acts for."""
    found: dict[str, set[str]] = {}
    outer = None
    for mention in page.mentions:
        if outer is not None and mention.start >= outer.start and mention.end <= outer.end and mention.actors:
            if outer.kind == "person" and mention.kind != "person":
                for person in outer.actors:
                    found.setdefault(person, set()).update(mention.actors)
        elif mention.actors:
            outer = mention
    return found


def _subject(setting: Setting) -> list[Unit]:
    return next(([u] for u in setting.units if not u.oblique and u.kind != "sides"), [])


def _telling(
    page: Page, firing: Firing, context: Context, kinds: dict[str, str], told: EngagementStatus
) -> Telling | None:
    rule = firing.rule
    why = _again(firing) or _spoken(firing, context)
    if why:
        page.refuse(rule.id, firing.start, firing.end, why)
        return None
    sides = [_side(firing.subject, kinds), _side(_host(firing, context, kinds) or firing.object, kinds)]
    participants = list(dict.fromkeys([*sides[0], *sides[1]]))
    where = place(page, firing)
    if rule.kind == "visit":
        where = _visited(page, firing, context) or where
        if not sides[0] or not (sides[1] or where or _is_reference(firing, context)):
            page.refuse(rule.id, firing.start, firing.end, "no visitor, or nobody and no place visited")
            return None
    elif rule.shape == "event" or rule.alone:
        if not participants or (rule.shape == "event" and not _an_event(firing, participants)):
            page.refuse(rule.id, firing.start, firing.end, "nobody takes part")
            return None
    elif len(participants) < 2:
        page.refuse(rule.id, firing.start, firing.end, "only one side is named")
        return None
    roles = {
        actor: role for side, role in zip(sides, (rule.subject, rule.object), strict=True) if role for actor in side
    }
    when = date(firing)
    return Telling(
        rule=rule.id, kind=str(rule.kind), shape=rule.shape, span=_span(firing), participants=participants, roles=roles,
        status=told, date=when.edtf if when else None, place=where, form=form(firing, context),
        occasion=occasion(page, firing, context), headline=firing.setting.sentence.headline or firing.setting.index == 0,
        reference=_is_reference(firing, context) or (rule.shape == "event" and firing.adverbial), loose=rule.kind == "visit" and not (sides[1] or where),
        sentence=firing.setting.index, persons=frozenset(p for p in participants if kinds.get(p) == "person"),
        states=frozenset(a for u in firing.object for a in u.actors if kinds.get(a) != "person"),
        abroad=any(u.kind == "state" for u in firing.object),
        before=context.tells("earlier", firing.setting.words[:60]),
    )  # fmt: skip


def _is_reference(firing: Firing, context: Context) -> bool:
    """Whether the words only place something else: `trong thời gian thăm Hà Lan, …`."""
    opens = firing.attended.start if firing.attended else firing.start
    lead = firing.setting.between(max(firing.setting.sentence.start, opens - 40), opens)
    return context.tells("reference", lead)


def _again(firing: Firing) -> str:
    """Why a cue tells nothing of its own: `tại buổi tiếp,` points back; `hai bên trao đổi` is what a meeting is made of."""
    units = firing.units
    if any(u.kind == "sides" for u in units):
        if firing.rule.named and all(u.kind == "sides" for u in units):
            return "the sides are not named: part of an engagement told before"
        firing.subject = [u for u in firing.subject if u.kind != "sides"] or firing.subject
        firing.object = [u for u in firing.object if u.kind != "sides"] or firing.object
        if any(u.kind != "sides" for u in firing.units):
            firing.subject = [u for u in firing.subject if u.kind != "sides"]
            firing.object = [u for u in firing.object if u.kind != "sides"]
    if firing.rule.named and not firing.object and all(u.kind != "person" for u in firing.subject):
        return "only one side is named"
    if firing.rule.shape == "noun" and not firing.object and (firing.adverbial or firing.carried):
        ahead = [u for u in firing.subject if u.end <= firing.start]
        if len(ahead) < 2 or firing.carried:
            return "points back to an engagement told before"
    return ""


def _spoken(firing: Firing, context: Context) -> str:
    """`hoan nghênh chuyến thăm` speaks of a visit and tells none."""
    if firing.rule.shape == "verb" and firing.rule.kind != "visit":
        return ""
    opens = firing.attended.start if firing.attended else firing.start
    lead = firing.setting.between(max(firing.setting.sentence.start, opens - 40), opens)
    return "spoken of, not told" if context.tells("spoken", lead) else ""


def _organised(page: Page, firing: Firing) -> bool:
    held = firing.attended
    return held is not None and held.entry.id == "vi.engagement.organised"


def _an_event(firing: Firing, participants: list[str]) -> bool:
    return firing.attended is not None or firing.adverbial or bool(firing.object) or bool(firing.subject)


def _host(firing: Firing, context: Context, kinds: dict[str, str]) -> list[Unit]:
    """Who invited the visitor: named after `theo lời mời của`, he is the host in the state's place."""
    if firing.rule.kind != "visit" or any(kinds.get(a) == "person" for u in firing.object for a in u.actors):
        return []
    sentence = firing.setting.sentence
    match = context["invitation"].search(firing.setting.words)
    if match is None:
        return []
    at = sentence.start + match.end()
    host = next((u for u in firing.setting.units if u.start >= at), None)
    return [host] if host and host.start - at < 60 and host not in firing.subject else []


def _visited(page: Page, firing: Firing, context: Context) -> str | None:
    if firing.object and firing.object[0].start >= firing.end:
        first = firing.object[0]
        town = context["town"].match(firing.setting.between(firing.end, first.start))
        return " ".join(page.text[firing.end if town else first.start : first.end].split())
    return goal(page, firing, context)


def _side(units: list[Unit], kinds: dict[str, str]) -> list[str]:
    """The actors of a side: its persons, and states or bodies only where no person is named for it."""
    actors = list(dict.fromkeys(a for u in units for a in u.actors))
    persons = [a for a in actors if kinds.get(a) == "person"]
    return persons or actors


def _span(firing: Firing) -> tuple[int, int]:
    sentence = firing.setting.sentence
    told = firing.object if firing.carried else firing.units
    own = [u for u in told if sentence.start <= u.start < sentence.end]
    start = min([firing.start, *(u.start for u in own)])
    end = max([firing.end, *(u.end for u in own)])
    return start, end


def _record(number: int, t: Telling, host: int | None) -> Engagement:
    return Engagement(
        id=f"e{number + 1}", part_of=None if host is None else f"e{host + 1}", kind=t.kind, date=t.date, place=t.place, status=t.status, participants=t.participants,  # type: ignore[arg-type]
        start=t.span[0], end=t.span[1], form=None if t.form == "arrival" else t.form, occasion=t.occasion, roles=t.roles, told=t.told, rule=t.rule,
        confidence=0.5,
    )  # fmt: skip

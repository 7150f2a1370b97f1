"""Code the engagements of a page: meetings, visits, calls, conferences, exercises, trainings, ceremonies.

The rules are data (`engagements.yaml`, `engagement_context.yaml`); the way is: the sentences with a cue, the sides of
each cue, what else its words tell, one record for one engagement.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from servanda.folding import fold
from servanda.read.code.engagements.again import goes_on, meets_again, opens_alone, told_above
from servanda.read.code.engagements.around import Firing, name_end
from servanda.read.code.engagements.cast import Cast, cast_of
from servanda.read.code.engagements.clause import Setting, Unit, settings
from servanda.read.code.engagements.context import Context, context_of
from servanda.read.code.engagements.gates import (
    DAY,
    NOBODY,
    by_such,
    is_glad,
    is_recalled,
    is_reference,
    is_spoken_at,
    of_the_field,
    why_no_sides,
    why_not,
)  # fmt: skip
from servanda.read.code.engagements.merge import Telling, merge
from servanda.read.code.engagements.parts import one_by_one, parents
from servanda.read.code.engagements.sides import between_whom, fire
from servanda.read.code.engagements.sight import UNKNOWN, features
from servanda.read.code.engagements.tell import (
    date,
    form,
    goes_on_as_planned,
    occasion,
    place,
    status,
    taking_place,
    visited,
)
from servanda.read.code.engagements.towns import state_of_town
from servanda.read.code.talks import floor
from servanda.read.code.topics import topics_of
from servanda.read.likelihood import likelihood, weights
from servanda.read.page import Page
from servanda.types import DateExpression, Engagement, EngagementStatus
from servanda.vocabulary import EngagementRule

LEAST = 0.25
AHEAD = 60  # code points from an event to the year in which it will be
ADJOINING = 6  # code points from the words of a visit to the state visited, at most a small word between
MOST_BARE = 3  # words of an event without a name of its own: `buổi lễ ký`
NEAR = 30  # code points between the words of a talk and the cue of the meeting that it is
ONLINE = "online"
ONE_BY_ONE = ("courtesy_call", "audience")
UNSAID_FORMS = (None, "arrival", "welcome", "press")
__all__ = ["code_engagements"]


def code_engagements(page: Page) -> list[Engagement]:
    """The engagements that the article tells, in order of start."""
    told = tellings(page)
    merged = sorted(merge(told), key=lambda t: t.span)
    told_above(page, merged)
    hosts = parents(merged)
    one_by_one(merged, [t for t in told if t.series])
    seen = features(merged, hosts)
    page.memo["engagement_features"] = seen
    model = weights(page.lexicon.language, "engagements")
    sure = [likelihood(one, model, UNKNOWN) for one in seen]
    kept = {old: new for new, old in enumerate((n for n, c in enumerate(sure) if c >= LEAST), 1)}
    for number, telling in enumerate(merged):
        if number not in kept:
            page.refuse(telling.rule, *telling.span, f"too unsure: {sure[number]}")
    return [_record(page, kept[n], merged[n], kept.get(hosts.get(n, -1)), sure[n]) for n in kept]


def tellings(page: Page) -> list[Telling]:
    """Every cue that tells an engagement, before those that tell the same one are joined."""
    context, cast = context_of(page), cast_of(page)
    found: list[Telling] = []
    in_field: bool | None = None
    carried: list[Unit] = []
    parties: list[Unit] = []
    last: tuple[int, EngagementStatus | None] = (-1, None)
    for setting in settings(page, context):
        previous = last[1] if goes_on_as_planned(setting, last[0], context) else None
        for firing in fire(page, setting, context, carried):
            _host_of_talk(page, firing)
            parties = between_whom(firing, context, parties)
            previous = status(firing, context, previous)
            for one in _several(firing, context, cast):
                telling = _telling(page, one, context, cast, previous)
                if telling and in_field is None:
                    in_field = of_the_field(page, context)
                if telling and not in_field:
                    page.refuse(telling.rule, *telling.span, "the page speaks of nothing of the field")
                elif telling:
                    found += [telling, *_around(telling, one, cast)]
        last = (setting.index, previous if previous == "planned" else None)
        carried = _subject(setting) or carried
    return found


def _host_of_talk(page: Page, firing: Firing) -> None:
    """`Tại cuộc gặp với A, hai bên …`: not who opened the sentence before, but whose talk with A it is."""
    if not (firing.carried and firing.adverbial and firing.object and firing.rule.kind == "meeting"):
        return
    talk, guests = floor(page).talk_at(firing.end), {a for u in firing.object for a in u.actors}
    if talk and abs(talk.start - firing.start) < NEAR and guests & {*talk.other} and not guests & {*talk.one}:
        firing.subject = [replace(firing.object[0], start=firing.start, end=firing.start, actors=talk.one)]


def _around(telling: Telling, firing: Firing, cast: Cast) -> list[Telling]:
    """A guest's welcome tells his visit again; by itself it is none."""
    within, guests = firing.rule.within, cast.side(firing.object)
    if within is None or not guests:
        return []
    states = frozenset(g for g in guests if cast.kinds.get(g) != "person")
    told = replace(telling, kind=within, participants=guests, persons=frozenset(guests) - states, states=frozenset())
    return [
        replace(
            told, loose=True, retold=True, date=None, place=None, occasion=None, name="", form=None, roles={}, told=[]
        )
    ]


def _several(firing: Firing, context: Context, cast: Cast) -> list[Firing]:
    """`các cuộc gặp với A, B` tells a meeting with each; so do two bodies, whose heads are met one after the other."""
    if firing.rule.kind == "visit" and firing.rule.shape == "verb" and all(u.kind == "state" for u in firing.object):
        return [replace(firing, object=[unit]) for unit in firing.object] or [firing]
    if firing.rule.kind != "meeting" or len(firing.object) < 2 or not firing.subject:
        return [firing]
    listed = firing.rule.form is None and len(firing.object) > 2 and all(u.kind == "person" for u in firing.object)
    if firing.rule.form in ONE_BY_ONE or (firing.rule.shape == "verb" and listed):
        return [replace(firing, object=[unit]) for unit in firing.object]
    words = firing.setting.between(firing.start - 12, firing.end)
    bodies = all(cast.kinds.get(a) == "organisation" for u in firing.object for a in u.actors)
    if not bodies and not context.tells("several", words):
        return [firing]
    return [replace(firing, object=[unit]) for unit in firing.object]


def _subject(setting: Setting) -> list[Unit]:
    return next(([u] for u in setting.units if not u.oblique and u.kind != "sides"), [])


def _telling(
    page: Page, firing: Firing, context: Context, cast: Cast, told: EngagementStatus | None
) -> Telling | None:  # fmt: skip
    """What a cue tells, or None and why not among the refusals."""
    rule = firing.rule
    why = why_not(firing, context) if told else "denied, or only a condition"
    if not why and told:
        sides = [cast.side(firing.subject), cast.side(_host(firing, context, cast) or firing.object)]
        if rule.alone and rule.shape == "verb" and rule.kind == "ceremony":
            sides[1] = [a for a in sides[1] if cast.kinds.get(a) == "person"]
        where = (visited(page, firing, context) if rule.kind == "visit" else None) or place(page, firing, context)
        if rule.kind == "visit" and sides[0] and not sides[1]:
            sides[1] = _abroad(page, firing, context, cast, sides[0])
        why = why_no_sides(firing, context, sides, where, told)
        if not why and rule.kind == "visit" and (cast.at_home(*sides) or _at_home(page, firing, *sides)):
            why = "the visitor would visit his own state"
        if not why and not firing.object and _of_one_side(page, firing, sides[0]):
            why = "all are of one side"
        if not why and rule.nations > cast.nations([*sides[0], *sides[1]]) and not by_such(firing, context):
            why = "between nobody who acts for a state"
        if not why:
            return _told(page, firing, context, cast, told, sides, where)
    if told and (goes_on(firing, context) or meets_again(firing, why)):
        where = None if rule.kind == "visit" else place(page, firing, context)
        return replace(_told(page, firing, context, cast, told, [[], []], where), again=True)
    if told and why == NOBODY and opens_alone(firing, context):
        online = ONLINE if context.tells(ONLINE, firing.setting.words) else None
        found = _told(page, firing, context, cast, told, [[], []], where)
        return replace(found, unattended=True, form=online or found.form)
    page.refuse(rule.id, firing.start, firing.end, why)
    return None


def _abroad(page: Page, firing: Firing, context: Context, cast: Cast, visitors: list[str]) -> list[str]:
    """The state of the town visited, unless it is the visitors' own."""
    state = state_of_town(page, firing, context)
    if state is None or state in visitors or cast.at_home(visitors, [state]):
        return []
    return [] if any(floor(page).side(visitor) == state for visitor in visitors) else [state]


def _at_home(page: Page, firing: Firing, visitors: list[str], visited: list[str]) -> bool:
    """Whether the one visitor is of the state named right after the cue, as far as the page tells who is of which."""
    alone = len(visitors) == len(visited) == 1 and firing.object
    if not alone or firing.object[0].start - firing.end > ADJOINING:
        return False
    return floor(page).side(visitors[0]) == visited[0]


def _of_one_side(page: Page, firing: Firing, people: list[str]) -> bool:
    """`A, B đã trao đổi về …`: two or more who are all of one state meet nobody."""
    met = firing.rule.kind in ("meeting", "call") and firing.rule.shape == "verb" and len(people) > 1
    return met and all(floor(page).together(one, other) for one, other in pairwise(people))


def _told(
    page: Page, firing: Firing, context: Context, cast: Cast, told: EngagementStatus, sides: list[list[str]],
    where: str | None,
) -> Telling:  # fmt: skip
    rule, setting, told_again = firing.rule, firing.setting, is_glad(firing, context)
    when, name = date(firing, context, told), _name(occasion(page, firing, context), context)
    bare = len(name.split()) <= MOST_BARE and not context.tells("sitting", name)
    at_it = bare and is_spoken_at(firing, context)
    told = "held" if at_it else told
    if when and told == "held" and _yet_to_come(page, when):
        told, when = ("planned", when) if firing.end <= when.start < firing.end + AHEAD else (told, None)
    if when and (told_again or at_it) and len(when.edtf) < DAY:
        when = None
    participants = list(dict.fromkeys([*sides[0], *sides[1]]))
    named = zip(sides, _roles(firing), strict=True)
    roles = [(actor, role) for side, role in named for actor in side]
    return Telling(
        rule=rule.id, kind=str(rule.kind), shape=rule.shape, span=_span(firing, context), participants=participants,
        roles={actor: role for actor, role in roles if role}, status=told, date=when.edtf if when else None,
        place=None if told_again else where, form=form(firing, context), occasion=occasion(page, firing, context),
        headline=setting.sentence.headline or setting.index == 0,
        reference=told_again or at_it or is_reference(firing, context) or (rule.shape == "event" and firing.adverbial)
        or rule.form == "press",
        loose=rule.kind == "visit" and not (sides[1] or where), sentence=setting.index,
        persons=frozenset(p for p in participants if cast.kinds.get(p) == "person"),
        states=frozenset(a for a in (*_met(firing), *sides[1]) if cast.kinds.get(a) != "person"),
        behalf=cast.behalf_of(participants), sides=frozenset(floor(page).side(p) for p in participants),
        acts_for={p: cast.behalf[p] for p in participants if p in cast.behalf}, nations=cast.nations(participants),
        abroad=any(u.kind == "state" for u in firing.object), recalled=is_recalled(firing, context),
        before=context.tells("earlier", setting.words[:60]),
        series=bool(when) and context.tells("several", setting.between(firing.start - 12, firing.end)),
        name=name, at_it=at_it, marks=_marks(firing, context),
        by_post=frozenset(a for u in firing.units if u.kind == "role" for a in u.actors),
    )  # fmt: skip


def _met(firing: Firing) -> list[str]:
    """Those named after the cue, the states and bodies beside their persons too."""
    return [a for u in firing.object for a in u.actors]


def _yet_to_come(page: Page, when: DateExpression) -> bool:
    """Whether a bare year lies after all days that the page tells: nothing has been held in it."""
    days = [d.edtf for d in page.dates if len(d.edtf) >= DAY] + [page.published or ""]
    years = [int(day[:4]) for day in days if day[:4].isdigit()]
    return when.edtf.isdigit() and bool(years) and int(when.edtf) > max(years)


def _roles(firing: Firing) -> tuple[str | None, str | None]:
    """The roles of those before the cue and of those after it; who invites is the host, though he stands before."""
    before, after = _role(firing), firing.rule.object
    return (after, before) if firing.invited else (before, after)


def _role(firing: Firing) -> str | None:
    """The role of those before the cue; for an event the verb that leads to it tells. Two who chair are co-chairs."""
    led = firing.attended.entry if firing.attended else None
    role = led.subject if isinstance(led, EngagementRule) else firing.rule.subject
    return "co-chair" if role == "chair" and len(firing.subject) > 1 else role


def _name(worded: str | None, context: Context) -> str:
    """The name of an event as it is compared: folded, without its session."""
    return context["session"].sub("", fold(worded or ""))


def _marks(firing: Firing, context: Context) -> list[str]:
    """What the model sees of the clause itself."""
    rule, setting = firing.rule, firing.setting
    marks = [f"{rule.shape} {'carried' if firing.carried else 'adverbial' if firing.adverbial else 'told'}"]
    if rule.shape == "event":
        marks.append(firing.attended.entry.id if firing.attended else "not attended")
    if any(start <= firing.start < end for start, end in setting.sentence.quotes):
        marks.append("quoted")
    if context.tells("held", setting.between(firing.opens, firing.start)):
        marks.append("held")
    if not firing.object:
        marks.append(f"{rule.kind} without object")
    return marks


def _host(firing: Firing, context: Context, cast: Cast) -> list[Unit]:
    """Who invited the visitor: named after `theo lời mời của`, he is the host in the state's place."""
    if firing.rule.kind != "visit" or any(cast.kinds.get(a) == "person" for u in firing.object for a in u.actors):
        return []
    sentence = firing.setting.sentence
    match = context["invitation"].search(firing.setting.words)
    if match is None:
        return []
    at = sentence.start + match.end()
    host = next((u for u in firing.setting.units if u.start >= at), None)
    return [host] if host and host.start - at < 60 and host not in firing.subject else []


def _span(firing: Firing, context: Context) -> tuple[int, int]:
    """From the first of those who take part, or the verb that leads to an event, to the last or the name's end."""
    sentence = firing.setting.sentence
    before = firing.previous.start if firing.previous else sentence.start
    told = [*([] if firing.carried else firing.subject), *firing.object]
    own = [u for u in told if sentence.start <= u.start < sentence.end]
    opens = firing.attended.start if firing.attended and firing.attended.start >= before else firing.start
    event = firing.rule.shape == "event"
    first = [u.start for u in own if not (event and firing.attended and u.start < before)]
    end = max([firing.end, *(u.end for u in own), *([_name_stop(firing, context)] if event else [])])
    end = taking_place(firing, context, end)
    return min([opens, *first]), end


def _name_stop(firing: Firing, context: Context) -> int:
    """Where the words of an event's name end, what is loosely said after it left out."""
    worded = firing.setting.between(firing.start, name_end(firing, context))
    loose = context["name_tail"].search(worded)
    return firing.start + len((worded[: loose.start()] if loose else worded).rstrip())


def _record(page: Page, number: int, t: Telling, host: int | None, sure: float) -> Engagement:
    sentence = page.sentences[t.sentence]
    return Engagement(
        id=f"e{number}", part_of=None if host is None else f"e{host}", kind=t.kind, date=t.date,  # type: ignore[arg-type]
        place=t.place, status=t.status, participants=t.participants, start=t.span[0], end=t.span[1],
        form=None if t.form in UNSAID_FORMS else t.form, occasion=t.occasion, roles=t.roles, told=t.told, rule=t.rule,
        confidence=sure, topics=topics_of(page, sentence.start, sentence.end),
    )  # fmt: skip

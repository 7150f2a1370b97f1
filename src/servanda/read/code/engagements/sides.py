"""Who takes part: the actor phrases before and after a cue."""

from __future__ import annotations

from itertools import pairwise

from servanda.lexicon import Hit
from servanda.read.code.engagements.around import REACH, Firing, after, before, name_end
from servanda.read.code.engagements.clause import Setting, Unit
from servanda.read.code.engagements.context import Context, compiled
from servanda.read.code.engagements.whose import assesses, whose
from servanda.read.code.engagements.within import joined_by_dash, told_within, two_people
from servanda.read.page import Page
from servanda.vocabulary import EngagementRule

ATTENDED = "vi.engagement.attended"
ORGANISED = "vi.engagement.organised"
NEAR = 50  # code points from the name of an event to the day on which it is
LISTED = 3  # events back, at most, of a list


def fire(page: Page, setting: Setting, context: Context, carried: list[Unit]) -> list[Firing]:
    """The cues of a sentence with their sides; `carried` is the subject of the sentence before."""
    firings: list[Firing] = []
    taken: set[int] = set()
    attended: Hit | None = None
    cues = [c for c in setting.cues if isinstance(c.entry, EngagementRule) and c.entry.kind]
    opens: int | None = None
    for number, cue in enumerate(cues):
        rule = cue.entry
        assert isinstance(rule, EngagementRule)
        if number + 1 < len(cues) and _named_twice(setting, cue, cues[number + 1], context):
            opens = cue.start if opens is None else opens
            continue
        if _barred(page, setting, rule, cue, context.bare) or (
            firings and not attended and _apposed(page, firings[-1], cue, context)
        ):
            continue
        if rule.shape == "attend":
            attended = cue
            continue
        limit = _limit(setting, context, rule, cues[number + 1 : number + 6])
        listed: Firing | None = None
        start, opens = cue.start if opens is None else opens, None
        firing = Firing(rule, setting, start, cue.end, limit, previous=firings[-1] if firings else None)
        if rule.shape == "event":
            attended = None if attended and _held_at(setting, attended, cue, context) else attended
            listed = None if attended else _listed_with(firing, context)
            firing.attended = listed.attended if listed else attended
        attended = None
        _sides(firing, context, taken, carried)
        if listed and not firing.subject:
            firing.subject, firing.carried = listed.subject, True
        taken.update(u.start for u in firing.object)
        if rule.shape == "event":
            end = name_end(firing, context)
            taken.update(u.start for u in setting.units if cue.start <= u.start < end)
        firings.append(firing)
    return firings


def _held_at(setting: Setting, led: Hit, cue: Hit, context: Context) -> bool:
    """`cuộc gặp được tổ chức tại hội nghị`, `chủ trì tiệc bên lề hội nghị`: not the event is led to, but one at it."""
    gap = setting.between(led.end, cue.start)
    beside = led.entry.id != ATTENDED and context.tells("margins", gap)
    return beside or (led.entry.id == ORGANISED and context.tells("within", gap))


def _named_twice(setting: Setting, cue: Hit, following: Hit, context: Context) -> bool:
    """`Hội nghị Diễn đàn Kinh tế thế giới`: two nouns of one event, unless the first tells a session of it."""
    if cue.entry is not following.entry or not isinstance(cue.entry, EngagementRule) or cue.entry.shape != "event":
        return False
    adjoin = cue.end < following.start and not setting.between(cue.end, following.start).strip()
    return adjoin and context["session"].match(setting.between(cue.start, following.start)) is None


def between_whom(firing: Firing, context: Context, parties: list[Unit]) -> list[Unit]:
    """Gives talks that are to be held, but name nobody, those who were told to talk; and who are told to now."""
    if firing.rule.kind != "meeting":
        return parties
    if firing.rule.shape == "noun" and not firing.object and parties:
        tail = firing.setting.between(firing.end, firing.end + REACH)
        if context["to_come"].match(tail):
            firing.subject, firing.object, firing.carried, firing.adverbial = parties[:1], parties[1:], True, False
    told = [u for u in firing.units if u.kind != "sides"]
    if firing.rule.form == "talks" and firing.object and not firing.subject:
        told = [u for u in firing.setting.units if u.end <= firing.start and u.kind == "person"][-1:] + told
    return told if len(told) > 1 else parties


def _limit(setting: Setting, context: Context, rule: EngagementRule, following: list[Hit]) -> int:
    """Where the next cue begins; what leads to an event is no end of another event's words."""
    for cue in following:
        if rule.shape == "event" and context.tells("for", setting.between(cue.start - 5, cue.start)):
            continue
        if rule.shape != "event" or not (isinstance(cue.entry, EngagementRule) and cue.entry.shape == "attend"):
            return cue.start
    return setting.sentence.end


def _apposed(page: Page, before: Firing, cue: Hit, context: Context) -> bool:
    """`Đối thoại Shangri-La, diễn đàn an ninh của khu vực`: a common noun after an event's name says what it is."""
    if before.rule.shape != "event" or not page.text[cue.start].islower():
        return False
    gap = before.setting.between(name_end(before, context), cue.start)
    return gap.strip() == "," and isinstance(cue.entry, EngagementRule) and cue.entry.shape == "event"


def _listed_with(firing: Firing, context: Context) -> Firing | None:
    """`dự Hội nghị A và Hội nghị B`: the event before it in a list, whose verb leads to both."""
    before = firing.previous
    for _ in range(LISTED):
        if before is None or before.attended is not None:
            break
        before = before.previous
    if (
        before is None
        or before.attended is None
        or not context.tells("joint", firing.setting.between(before.end, firing.start))
    ):
        return None
    last = firing.previous or before
    return before if firing.start - last.end < REACH else None


def _barred(page: Page, setting: Setting, rule: EngagementRule, cue: Hit, bare: bool) -> bool:
    """Whether the words right before or after the cue show that it is another word."""
    if rule.unless_before and compiled(rule.unless_before, bare).search(setting.between(cue.start - 24, cue.start)):
        page.refuse(rule.id, cue.start, cue.end, f"the words before it match {rule.unless_before!r}")
        return True
    if rule.unless_after and compiled(rule.unless_after, bare).search(setting.between(cue.end, cue.end + 30)):
        page.refuse(rule.id, cue.start, cue.end, f"the words after it match {rule.unless_after!r}")
        return True
    return False


def _sides(firing: Firing, context: Context, taken: set[int], carried: list[Unit]) -> None:
    setting, rule = firing.setting, firing.rule
    opens = firing.attended.start if firing.attended else firing.start
    lead = setting.between(max(setting.sentence.start, opens - 40), opens)
    firing.adverbial = _adverbial(firing, context, lead)
    {"verb": _verb, "noun": _noun, "event": _event, "welcome": _welcome}[rule.shape](firing, context)
    if not firing.subject and rule.shape != "welcome":
        _find_subject(firing, context, taken, carried)
    if rule.shape == "event" and not firing.attended and not firing.object and (firing.carried or not firing.subject):
        firing.subject = _in_its_name(firing, context) or firing.subject
    if rule.shape == "noun" and rule.kind in ("meeting", "call") and not firing.object and len(firing.subject) < 2:
        told_within(firing, context)
    if rule.shape == "noun" and rule.kind in ("meeting", "call") and not firing.object and len(firing.subject) < 2:
        two_people(firing, context)


def _in_its_name(firing: Firing, context: Context) -> list[Unit]:
    """`hội nghị thượng đỉnh Nga - ASEAN ngày 19/5`: whose it is, where its name joins them and a day is told."""
    setting, end = firing.setting, name_end(firing, context)
    units = [u for u in setting.units if firing.end <= u.start < end]
    both = [(a, b) for a, b in pairwise(units) if setting.between(a.end, b.start).strip() in ("-", "–")]
    dated = any(end - 1 <= d.start < end + NEAR for d in setting.dates)
    placed = context.tells("takes_place", setting.between(end - 1, end + NEAR))
    return list(both[0]) if both and (dated or placed) and units[0] is both[0][0] else []


def _adverbial(firing: Firing, context: Context, lead: str) -> bool:
    """Whether the cue stands in a phrase of time or place before the clause: `Tại buổi tiếp X,`."""
    if firing.rule.shape == "verb":
        return firing.rule.kind == "visit" and (context.tells("reference", lead) or context.tells("within", lead))
    own = firing.setting.between(firing.start, firing.end)
    return context.tells("adverbial", lead) or (
        firing.rule.shape == "noun" and context["adverbial"].match(own) is not None
    )


def _find_subject(firing: Firing, context: Context, taken: set[int], carried: list[Unit]) -> None:
    if firing.rule.kind == "visit" and (guest := _guest_on_visit(firing, context)):
        firing.subject = [guest]
        return
    if firing.rule.shape == "event" and (theirs := whose(firing, context)):
        firing.subject = theirs
        return
    coming = firing.setting.between(name_end(firing, context) - 1, firing.limit)
    alone = not firing.adverbial or context["to_come"].match(coming) is not None
    if firing.rule.shape == "event" and firing.attended is None and alone:
        firing.subject = _performers(firing, context, taken)
        if not firing.subject:
            _event_alone(firing, context)
        return
    lead = firing.setting.between(max(firing.setting.sentence.start, firing.start - 24), firing.start)
    around = firing.adverbial and not firing.attended and not firing.object and context.tells("around", lead)
    if firing.rule.kind == "conference" and around:
        _event_alone(firing, context)
        return
    own = before(firing, context, taken)
    if own and assesses(firing, own[-1], context):
        return
    if own and firing.adverbial and (told := _told_of(firing, context, own)):
        firing.subject = told
        return
    opening = context.tells("opening", firing.setting.between(firing.setting.sentence.start, firing.start))
    if (firing.adverbial or opening or _opens(firing)) and firing.previous is None and not own:
        firing.subject = _main_subject(firing, context)
        if not (firing.adverbial or opening) and not _acts(firing, context):
            firing.subject = []
        if firing.subject and firing.object and carried and all(u.kind == "sides" for u in firing.subject):
            firing.subject, firing.carried = carried, True
        if firing.subject:
            return
    between_cues = firing.previous is not None and (
        not own or own[-1].end <= firing.previous.start or ";" in firing.setting.between(own[-1].end, firing.start)
    )
    if between_cues and firing.previous is not None and firing.previous.subject and not firing.previous.adverbial:
        firing.subject, firing.carried = firing.previous.subject, True
        told = firing.previous.object
        _invite(firing, context, told[-1].end if told else firing.previous.end)
    elif own:
        firing.subject = own
        _turn(firing, context, taken)
    elif carried and _opens_clause(firing, context):
        firing.subject, firing.carried = carried, True


def _told_of(firing: Firing, context: Context, own: list[Unit]) -> list[Unit]:
    """`Bộ cho biết tại cuộc gặp với A, Thủ tướng B đã …`: of whom it is told, not who tells it."""
    if not context.tells("speech", firing.setting.between(own[-1].end, firing.start)):
        return []
    main, met = _main_subject(firing, context), {a for u in [*own, *firing.object] for a in u.actors}
    return main if main and main[0].kind == "person" and not met & {*main[0].actors} else []


def _acts(firing: Firing, context: Context) -> bool:
    """Whether the subject is a person, or a predicate follows it."""
    units = firing.subject
    after_it = firing.setting.between(units[-1].end, units[-1].end + 24) if units else ""
    return bool(units) and (units[0].kind == "person" or context["predicate"].match(after_it) is not None)


def _guest_on_visit(firing: Firing, context: Context) -> Unit | None:
    """`tiếp X đang ở thăm Việt Nam`, `gặp X nhân chuyến thăm Nga`: the visitor is the phrase right before."""
    last = next((u for u in reversed(firing.setting.units) if u.end <= firing.start), None)
    met = [u for u in firing.previous.object if u.kind == "person"] if firing.previous else []
    if last is None or not met or not context["visiting"].match(firing.setting.between(last.end, firing.start)):
        return None
    with_him = firing.setting.between(met[-1].end, last.start)
    return met[-1] if last is met[-1] or context["companions"].match(with_him) else None


def _event_alone(firing: Firing, context: Context) -> None:
    """An event that takes place with nobody said to attend it: whose it is stands in its name."""
    tail = firing.setting.between(firing.end, firing.end + 50)
    if match := context["between"].search(tail):
        firing.subject = after(firing, context, firing.end + match.end(), firing.setting.sentence.end)
        return
    end = name_end(firing, context)
    dated = any(firing.end <= d.start < end + 50 for d in firing.setting.dates)
    if firing.object or not (dated or context.tells("takes_place", firing.setting.between(firing.end, end + 60))):
        return
    inside = after(firing, context, firing.end, firing.limit, first="noun")
    firing.subject = [u for u in inside if u.kind != "person"]
    told = firing.previous
    if (
        not firing.subject
        and dated
        and told
        and context["to_come"].match(firing.setting.between(end - 1, firing.limit))
    ):
        firing.subject, firing.carried = told.subject, True


def _performers(firing: Firing, context: Context, taken: set[int]) -> list[Unit]:
    """`A và B đã tập trận chung`: who stands before a word that is as well a verb."""
    own = before(firing, context, taken) if firing.rule.kind == "exercise" else []
    gap = firing.setting.between(own[-1].end, firing.start) if own else ""
    return own if own and context["performs"].match(gap) else []


def _opens_clause(firing: Firing, context: Context) -> bool:
    """Whether nothing but adverbs stands before the cue in its clause, so that a subject told before is carried on."""
    opens = firing.attended.start if firing.attended else firing.start
    words = firing.setting.between(firing.setting.sentence.start, opens)
    return firing.adverbial or context["bare"].search(words) is not None


def _turn(firing: Firing, context: Context, taken: set[int]) -> None:
    """`A được B tiếp` and `A mời B thăm`: the phrase before the cue and the one before that change places."""
    subject, setting = firing.subject, firing.setting
    first = subject[0]
    lead = setting.between(max(setting.sentence.start, first.start - 12), first.start)
    if context.tells("passive", lead) and not firing.object and not firing.rule.who:
        probe = Firing(firing.rule, setting, first.start, first.start, first.start)
        firing.object = before(probe, context, taken)
        return
    _invite(firing, context, firing.subject[-1].end)


def _invite(firing: Firing, context: Context, start: int) -> None:
    """`A mời B thăm`, `A gặp B và mời B thăm`, `A chuyển lời mời của C mời B thăm`: the guest stands between the
    invitation, which is looked for from `start` on, and the cue."""
    setting = firing.setting
    matches = list(context["invited"].finditer(setting.between(start, firing.start)))
    if not matches:
        return
    asked = start + matches[-1].end()
    guests = [u for u in setting.units if asked <= u.start < firing.start]
    if guests and firing.start - guests[-1].end < 40:
        behalf = [u for u in setting.units if start <= u.start < asked]
        firing.invited, firing.object, firing.subject = True, guests[-1:], behalf[-1:] or firing.subject


def _main_subject(firing: Firing, context: Context) -> list[Unit]:
    """After `Tại buổi tiếp X,` the first phrase of the main clause."""
    start = firing.object[-1].end if firing.object else firing.end
    units = firing.setting.units
    for number, unit in enumerate(units):
        if unit.start >= start and unit.start < firing.limit + 60 and not unit.oblique:
            gap = firing.setting.between(start, unit.start)
            if firing.object and unit.kind != "person" and context["apposition"].match(gap):
                continue
            if "," not in gap and firing.rule.shape == "event":
                continue
            if "," not in gap or ";" in gap or len(gap) > 80:
                return []
            return [unit, *(u for u in units[number + 1 : number + 2] if u.linked and u.start - unit.end < 60)]
    return []


def _verb(firing: Firing, context: Context) -> None:
    first = firing.rule.joined if firing.rule.joined in ("with", "to") else "direct"
    firing.object = after(firing, context, firing.end, firing.limit, first=first)


def _noun(firing: Firing, context: Context) -> None:
    tail = firing.setting.between(firing.end, min(firing.limit, firing.end + 60))
    words = firing.setting.between(firing.start, min(firing.limit, firing.end + 60))
    if context.tells("margins", words) and firing.limit < firing.end + 60:
        tail = firing.setting.between(firing.end, min(firing.setting.sentence.end, firing.end + 60))
    own = context["between"].search(firing.setting.between(firing.start, firing.end))
    match = context["between"].search(tail)
    if own or (match and match.start() < 50 and "," not in tail[: match.start()]):
        start = firing.end if own or match is None else firing.end + match.end()
        firing.object = after(firing, context, start, firing.setting.sentence.end)
        firing.subject = firing.object[:1]
        firing.object = firing.object[1:]
        return
    found = after(firing, context, firing.end, firing.limit, first="noun")
    if not found:
        return
    gap = firing.setting.between(firing.end, found[0].start)
    if context.tells("of", gap):
        firing.subject = [found[0]]
        rest = after(firing, context, found[0].end, firing.limit, first="noun")
        firing.object = rest
    elif joined_by_dash(firing, found):
        firing.subject, firing.object = found[:1], found[1:]
    else:
        firing.object = found
        tail_start = found[-1].end
        follow = [u for u in firing.setting.units if u.start >= tail_start and u.start < firing.limit]
        gap = firing.setting.between(tail_start, follow[0].start) if follow else ""
        owned = found[-1].kind == "person" and follow and follow[0].kind != "person" and len(gap.split()) == 1
        if follow and not owned and context["owner"].match(gap):
            firing.subject = follow[:1]


def _welcome(firing: Firing, context: Context) -> None:
    """`Đón X tại sân bay có A, B`: those who welcome stand after the verb of being there."""
    setting, sentence = firing.setting, firing.setting.sentence
    match = context["welcomers"].search(setting.between(firing.end, sentence.end))
    if match is None:
        return
    firing.object = [u for u in setting.units if firing.end <= u.start < firing.end + match.end()][:1]
    there = [u for u in setting.units if u.start >= firing.end + match.end()]
    firing.subject = [u for u in there if u.kind == "person"] or there


def _opens(firing: Firing) -> bool:
    """Whether the verb that leads to the event opens its sentence: `Phát biểu tại cuộc họp của X, …`."""
    led = firing.attended
    return led is not None and not firing.setting.between(firing.setting.sentence.start, led.start).strip(' "-')


def _phrase_end(firing: Firing) -> int:
    """Where a phrase of time or place ends before the clause: `Tại hội nghị X, …`."""
    comma = firing.setting.between(firing.end, firing.limit).find(",")
    return firing.end + comma if comma >= 0 else firing.limit


def _event(firing: Firing, context: Context) -> None:
    setting = firing.setting
    if firing.rule.object:
        firing.object = after(firing, context, firing.end, firing.limit, first="noun")
    reach = min(firing.limit, _phrase_end(firing)) if firing.adverbial else firing.limit
    for unit in setting.units:
        if unit in firing.object or not firing.end <= unit.start < reach:
            continue
        gap = setting.between(max(firing.end, unit.start - 40), unit.start)
        if context.tells("partaking", gap) or (firing.object and unit.linked):
            firing.object.append(unit)
    if firing.object and _opens(firing) and firing.object[0].start > _phrase_end(firing):
        firing.object = []

"""Engagements as outcomes: told as held, by documents that do not tell them as still to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.fuzz import partial_ratio

from servanda.keep.answers import COMMON, Answers, journeys, keys, months
from servanda.keep.facts import Fact
from servanda.keep.match import group_of
from servanda.keep.names import Who, plain
from servanda.keep.promises import Promise
from servanda.keep.resolve import BARE
from servanda.keep.rules import rules
from servanda.keep.telling import Telling
from servanda.keep.times import span
from servanda.keep.weighing import Status, Weighed, any_alike, states_of, total, weighed
from servanda.keep.when import apart, when
from servanda.keep.wording import own_words, runs

ERA = 45  # days between a plan and the telling of what came of it, where nothing else dates them
EXACT = 10  # days: a date told less exactly is a month
SENTENCE = 200  # code points after words about an event in which what it adopted is told
TITLE = 4  # words of an occasion's own by which it is known whoever speaks of it
ASKED = "proposed"  # of an engagement: told as wished or invited to, and not as agreed
SEEN = 2  # words of its own by which what is to be done is known
TELLINGS = 6  # of a plan that is told in many documents, those compared


def held(promise: Promise, answers: Answers) -> Iterator[Weighed]:
    """Tellings of what was to come as held, and later words that speak of it as past."""
    planned = [f for f in promise.facts if f.record == "engagement"] or _named_in(promise)
    planned = list({(f.due, f.called, f.said): f for f in planned}.values())[:TELLINGS]
    if not planned:
        return
    one = {t.id for t in promise.engagement.tellings} if promise.engagement else set()
    open_in = {f.number for f in promise.facts}
    for telling in (t for t in _tellings(promise, planned, answers) if t.number not in open_in):
        found = [_features(fact, telling, answers, telling.id in one) for fact in planned]
        features = max(found, key=lambda it: total("held", it))
        status: Status = "changed" if features["apart"] else "kept"
        yield weighed("held", features, telling.passages[0], status, "held", telling.number, day=telling.date)
    yield from _past(planned[0], open_in, answers)


def _named_in(promise: Promise) -> list[Fact]:
    """Plans and invitations in whose words an engagement may be named."""
    return [f for f in promise.facts if f.kind in ("plan", "invitation") and f.record in ("plan", "act")]


def _tellings(promise: Promise, planned: Sequence[Fact], answers: Answers) -> list[Telling]:
    """Those resolved as this engagement; of who was to take part, in that month; and of the same name."""
    found: list[Telling] = []
    if promise.engagement:
        found += [t for t in promise.engagement.tellings if t.status == "held"]
        who = _goers(planned)
        dues = {month for f in planned for month in months(when(f.due))}
        near = answers.near(answers.held, [*_by_month(who, dues), *_journeys(planned)], promise.made.time)
        found += [t for t in near if any_alike(who, t.who) or _for_both(planned, t)]
    names = {run for f in planned for run in runs(own_words(f.called if f.record == "engagement" else f.said), 2)}
    found += answers.near(answers.named, names, promise.made.time, rare=COMMON)
    return list({t.id: t for t in found}.values())


def _journeys(planned: Iterable[Fact]) -> list[str]:
    return [key for f in planned if f.form == "visit" for key in journeys(_goers([f]), f.into)]


def _for_both(planned: Iterable[Fact], telling: Telling) -> bool:
    """Two states are to meet, and people who speak for both do."""
    return any(f.form == telling.kind == "meeting" and _two_states(f) and _two_states(f) <= states_of(telling.who)
               for f in planned)  # fmt: skip


def _two_states(fact: Fact) -> frozenset[str]:
    who = [*fact.by, *fact.to]
    states = frozenset(w.code for w in who if w.kind == "state" and w.code)
    return states if len(states) == len(who) == 2 else frozenset()


def _goers(planned: Iterable[Fact]) -> list[Who]:
    who = [w for f in planned for w in (f.to if f.kind == "invitation" else f.by)]
    return [w for w in who if w.kind == "person"] or who


def _by_month(who: Iterable[Who], dues: Iterable[str]) -> list[str]:
    wanted = list(dues)
    return [f"{key}|{month}" for key in sorted(keys(who)) for month in wanted]


def _features(fact: Fact, telling: Telling, answers: Answers, one: bool) -> dict[str, float]:
    goers, others = (fact.to, fact.by) if fact.kind == "invitation" else (fact.by, fact.to)
    others = [w for w in others if not (w.kind == "state" and w.code in states_of(goers))]
    group, own = group_of(telling.kind), group_of(fact.form) if fact.form and fact.record == "engagement" else ""
    by_name = _by_name(fact, telling)
    speak = _for_both([fact], telling)
    goer = speak or any_alike(goers, telling.who) or (not goers and (fact.record == "engagement" or by_name))
    named_too, met = any_alike(others, telling.who), group == "meeting"
    companions = named_too or bool(states_of(others) & states_of(telling.who))
    order = fact.time.order(answers.when(telling))
    features = {
        "one": float(one),
        "asked": float(one and fact.status == ASKED),
        "goer": float(goer),
        "strangers": float(not goer),
        "with": float(named_too or speak) or 0.5 * companions,
        "without": float(bool(others) and not companions and group != "visit" and not by_name),
        "alone": float(met and not others and any(w.kind == "person" for w in goers)),
        "mere_state": float(
            met and bool(others) and all(w.kind == "state" for w in others) and any(w.kind == "person" for w in goers)
        ),
        "others": float(met and not named_too and _bodies(others) and _bodies(telling.who, goers)),
        "by_state": float(met and companions and not named_too and not speak),
        "loose": float(fact.record != "engagement"),
        "about": _about(fact, telling) if fact.record != "engagement" else 0.0,
        "deed": _deed(fact, telling) if companions and fact.record == "engagement" else 0.0,
        "named": float(by_name),
        "titled": float(by_name and fact.record != "engagement" and len(_proper(telling)) >= TITLE),
        "generic": float(group == "event" and not by_name and not one),
        "unnamed": float(group == "event" and not by_name and one),
        "kind": float(own in (group, "")),
        "other_kind": float(own not in (group, "")),
        "there": float(bool(telling.to & fact.into)),
        "elsewhere": float(bool(telling.to and fact.into) and not telling.to & fact.into),
        "later": float(order > 0),
        "before": float(order < 0),
        "bare": float(len(telling.passages[0].quote) < BARE),
        "promised": float(_only_promised(telling, answers)),
    }
    return features | _time(fact, telling, answers, group)


def _about(fact: Fact, telling: Telling) -> float:
    """The part of the words proper to a promise that tell the engagement or who takes part: 1 where of nothing else."""
    words = own_words(fact.said)
    told = set(own_words(telling.said)) | {word for w in telling.who for form in w.forms for word in form.split()}
    return sum(word in told for word in words) / len(words) if words else 0.0


def _deed(fact: Fact, telling: Telling) -> float:
    """The part of what is to be done or seen, beside names and what every occasion has, that is told in its words."""
    names = {word for w in (*fact.by, *fact.to) for words in (*w.forms, *map(plain, w.posts)) for word in words.split()}
    own = set(own_words(fact.said)) - names - set(rules().no_names)
    shared = len(own.intersection(telling.said.split()))
    return shared / len(own) if shared >= SEEN and shared > len(own) / 2 else 0.0


def _bodies(who: Iterable[Who], but: Sequence[Who] = ()) -> bool:
    """A person or a body is among them, other than these."""
    return any(w.kind != "state" and not any_alike([w], but) for w in who)


def _time(fact: Fact, telling: Telling, answers: Answers, group: str) -> dict[str, float]:
    due, day = when(fact.due), when(telling.date)
    if due is None or day is None:
        near = _near(fact, telling, answers)
        return {"undated": 1.0, "apart": 0.0, "era": float(near is True), "other_era": float(near is False)}
    exact = due.days <= EXACT and day.days <= EXACT
    gap = apart(due, day)
    slack = rules().slack[group] if exact else 0
    known = not due.yearless and not day.yearless
    return {"day": float(exact and gap <= slack), "month": float(not exact and gap == 0), "apart": float(gap > slack),
            "far": float(gap > rules().late), "any_year": float(not known and gap <= slack)}  # fmt: skip


def _near(fact: Fact, telling: Telling, answers: Answers) -> bool | None:
    """Told soon after it was planned; None where nothing dates both."""
    a, b = span(when(fact.due)), answers.when(telling)
    a = a if a.first else fact.time
    if not (a.first and a.last and b.first and b.last):
        return None
    return -ERA <= (b.first - a.last).days <= ERA or a.first <= b.last <= a.last


def _only_promised(telling: Telling, answers: Answers) -> bool:
    """Its words are those of an invitation, a wish or a plan: told as held, they promise it."""
    told = telling.passages[0]
    return any(p.start < told.end and told.start < p.end for p in answers.promised.get(telling.number, ()))


def _by_name(fact: Fact, telling: Telling) -> bool:
    """All words proper to the name of the occasion, two at least, stand in the words of the promise."""
    proper = _proper(telling)
    words = set(own_words(fact.called if fact.record == "engagement" else fact.said))
    return len(proper) >= rules().words_of_name and proper <= words


def _proper(telling: Telling) -> set[str]:
    """The words of the name of its occasion that are nobody's name and no post."""
    people = {word for w in telling.who for form in w.forms for word in form.split()}
    return set(own_words(telling.called)) - people - set(rules().no_names)


def _past(fact: Fact, open_in: set[int], answers: Answers) -> Iterator[Weighed]:
    """An event named in later words about something else, which tell what it adopted."""
    if len(set(own_words(fact.called))) < rules().words_of_name or not fact.due:
        return
    for telling in answers.near(answers.spoken, runs(own_words(fact.called), 2), fact.time, rare=COMMON):
        if telling.number in open_in or partial_ratio(fact.called, telling.said) < rules().named:
            continue
        told = telling.passages[0]
        adopted = any(told.start <= a.passage.start <= told.end + SENTENCE
                      for a in answers.adopted.get(telling.number, ()))  # fmt: skip
        order = span(when(fact.due)).order(answers.times[telling.number])
        features = {"named": 1.0, "passed": float(order > 0), "before": float(order < 0), "adopted": float(adopted)}
        yield weighed("told", features, told, "kept", "told as past", telling.number)

"""What documents show of a promise: every fact that may be its outcome set beside it, feature by feature.

A status moves only by evidence of the thing promised. Each kind of evidence has a table of features whose weights are
data (schema/follow.yaml): a sum asserts an outcome from `least` on, and from `review` on asks a person to look.
Evidence older than the promise is none; evidence of two outcomes whose order is unknown is shown, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz.fuzz import partial_ratio, token_set_ratio

from servanda.keep.answers import Answers, about, doers, keys, months, receivers, runs, units
from servanda.keep.facts import Fact, same_unit, unit_number
from servanda.keep.match import group_of
from servanda.keep.names import Who, alike
from servanda.keep.promises import Promise, moved
from servanda.keep.resolve import BARE
from servanda.keep.rules import rules
from servanda.keep.telling import Passage, Telling
from servanda.keep.times import span
from servanda.keep.when import anchored, apart, when

NAMED = 0.6  # likeness of names from which two actors may be one
ERA = 45  # days between a plan and the telling of what came of it, where nothing else dates them
EXACT = 10  # days: a date told less exactly is a month
FEWER = 0.9  # of the number promised: below, a part of it
SENTENCE = 200  # code points around words about an event in which what it adopted is told
Status = Literal["open", "accepted", "kept", "partly_kept", "changed", "postponed", "withdrawn", "refused", "overdue"]


@dataclass(slots=True, frozen=True)
class Evidence:
    """Words that show an outcome, and what they say of it."""

    passage: Passage
    says: str


@dataclass(slots=True, frozen=True)
class Weighed:
    """Words that may show an outcome, the weighted sum that says so, the least that asserts it, and the features."""

    passage: Passage
    score: float
    least: float
    parts: tuple[tuple[str, float, float], ...]
    status: Status = "kept"
    says: str = ""
    review: float = 0.0
    number: int = 0
    thing: str = ""

    @property
    def asserted(self) -> bool:
        """The sum reaches the least."""
        return self.score >= self.least


@dataclass(slots=True, frozen=True)
class Outcome:
    """A status, the words on which it rests, and words that a person should look at because they may show one."""

    status: Status
    evidence: tuple[Evidence, ...] = ()
    history: tuple[str, ...] = ()
    doubtful: tuple[Evidence, ...] = field(default=())


def weigh(promise: Promise, answers: Answers) -> list[Weighed]:
    """Everything that may be the outcome of a promise, the likeliest first."""
    found = [*_held(promise, answers), *_sent(promise, answers), *_renewed(promise, answers)]
    if not any(f.what for f in promise.facts):
        found += [*_answered(promise, answers), *_helped(promise, answers), *_signed(promise, answers)]
    return sorted(found, key=lambda it: -it.score / it.least)


def _weighed(
    table: str, features: dict[str, float], passage: Passage, status: Status, says: str, number: int, thing: str = ""
) -> Weighed:
    known = rules().tables[table]
    parts = tuple((name, round(value, 3), round(value * known.weights.get(name, 0.0), 3))
                  for name, value in features.items() if value)  # fmt: skip
    score = round(sum(part for _, _, part in parts), 3)
    return Weighed(passage, score, known.least, parts, status, says, known.review, number, thing)


# --- engagements


def _held(promise: Promise, answers: Answers) -> Iterator[Weighed]:
    """Tellings of what was to come as held, by documents that do not tell it as still to come."""
    planned = [f for f in promise.facts if f.record == "engagement"] or _named_in(promise)
    if not planned:
        return
    own = {t.id for t in promise.engagement.tellings} if promise.engagement else set()
    open_in = {f.number for f in promise.facts}
    for telling in _tellings(promise, planned, answers):
        if telling.number in open_in:
            continue
        features = max(
            (_held_features(f, telling, promise, answers, telling.id in own) for f in planned[:6]),
            key=lambda it: sum(value * rules().tables["held"].weights.get(name, 0.0) for name, value in it.items()),
        )
        status: Status = "changed" if features["apart"] else "kept"
        yield _weighed("held", features, telling.passages[0], status, "held", telling.number)
        yield from _told(planned, telling, answers)


def _named_in(promise: Promise) -> list[Fact]:
    """Plans and invitations in whose words an engagement may be named."""
    return [f for f in promise.facts if f.kind in ("plan", "invitation") and f.record in ("plan", "act")]


def _tellings(promise: Promise, planned: Sequence[Fact], answers: Answers) -> list[Telling]:
    found: list[Telling] = []
    if promise.engagement:
        found += [t for t in promise.engagement.tellings if t.status == "held"]
        who = keys([w for f in planned for w in f.by if w.kind == "person"] or [w for f in planned for w in f.by])
        dues = {month for f in planned for month in months(when(f.due))}
        found += answers.near(answers.held, [f"{key}|{month}" for key in who for month in dues], promise.made.time)
    words = [f.called if f.record == "engagement" else f.said for f in planned[:6]]
    named = [run for called in words for run in runs(called)]
    found += answers.near(answers.named, named, promise.made.time, rare=True)
    return list({t.id: t for t in found}.values())


def _held_features(fact: Fact, telling: Telling, promise: Promise, answers: Answers, one: bool) -> dict[str, float]:
    goers, others = (fact.to, fact.by) if fact.kind == "invitation" else (fact.by, fact.to)
    due, held = when(fact.due), when(telling.date)
    exact = bool(due and held and due.days <= EXACT and held.days <= EXACT)
    gap = apart(due, held) if due and held else None
    slack = rules().slack[group_of(telling.kind)] if exact else 0
    group = group_of(fact.form) if fact.form and fact.record == "engagement" else group_of(telling.kind)
    order = fact.time.order(answers.when(telling))
    near = _near(fact, telling, answers)
    goer = _any_alike(goers, telling.who) or not goers
    by_name = _by_name(fact, telling)
    states = {state for w in (*fact.by, *fact.to) for state in w.states}
    return {
        "one": float(one),
        "goer": float(goer),
        "strangers": float(not goer),
        "with": float(_any_alike(others, telling.who)),
        "day": float(gap is not None and exact and gap <= slack),
        "month": float(gap == 0 and not exact),
        "apart": float(gap is not None and gap > slack),
        "named": float(by_name),
        "generic": float(group_of(telling.kind) == "event" and not by_name),
        "kind": float(group == group_of(telling.kind)),
        "other_kind": float(group != group_of(telling.kind)),
        "there": float(bool(telling.to & states)),
        "later": float(order > 0),
        "before": float(order < 0),
        "undated": float(gap is None),
        "era": float(gap is None and near is True),
        "other_era": float(gap is None and near is False),
        "bare": float(len(telling.passages[0].quote) < BARE),
    }


def _near(fact: Fact, telling: Telling, answers: Answers) -> bool | None:
    """Told soon after it was planned; None where nothing dates both."""
    a, b = span(when(fact.due)), answers.when(telling)
    a = a if a.first else fact.time
    if not (a.first and a.last and b.first and b.last):
        return None
    return -ERA <= (b.first - a.last).days <= ERA or a.first <= b.last <= a.last


def _by_name(fact: Fact, telling: Telling) -> bool:
    """The same name of an occasion, long enough to be one, stands in both."""
    least = rules().words_of_name
    if len(telling.called.split()) < least:
        return False
    words = fact.called if len(fact.called.split()) >= least else fact.said
    if len(words) < len(telling.called) * 0.8:
        return False
    return partial_ratio(telling.called, words) >= rules().named


def _told(planned: Sequence[Fact], telling: Telling, answers: Answers) -> Iterator[Weighed]:
    """An event named in later words about something else, which tell what it adopted."""
    for fact in planned[:1]:
        if len(fact.called.split()) < rules().words_of_name or partial_ratio(fact.called, telling.said) < 95:
            continue
        told = telling.passages[0]
        adopted = [a for a in answers.adopted.get(telling.number, ())
                   if told.start <= a.passage.start <= told.end + SENTENCE]  # fmt: skip
        time = answers.times.get(telling.number)
        order = span(when(fact.due)).order(time) if time else 0
        features = {
            "named": 1.0,
            "passed": float(order > 0),
            "before": float(order < 0),
            "adopted": float(bool(adopted)),
        }
        yield _weighed("told", features, told, "kept", "told as past", telling.number)


# --- people and units


def _sent(promise: Promise, answers: Answers) -> Iterator[Weighed]:
    """People or a unit told as sent, for every thing promised."""
    for thing, told in things(promise).items():
        wanted = [key for key in units(told) if "|" in key or told.what in rules().general]
        for fact in answers.near(answers.sent, wanted, told.time):
            features = _sent_features(told, fact, answers)
            yield _weighed(
                "deployed", features, fact.passage, _sent_status(told, fact), fact.status, fact.number, thing
            )


def things(promise: Promise) -> dict[str, Fact]:
    """The several things promised in one breath: an officer, a hospital, a unit of engineers."""
    found: dict[str, Fact] = {}
    for fact in (f for f in promise.facts if f.what):
        found.setdefault(f"{fact.what} {unit_number(fact.unit) or ''}", fact)
    numbered = {thing.split()[0] for thing in found if not thing.endswith(" ")}
    return {thing: fact for thing, fact in found.items() if not thing.endswith(" ") or fact.what not in numbered}


def _sent_features(told: Fact, answer: Fact, answers: Answers) -> dict[str, float]:
    order = told.time.order(answers.when(answer))
    general = _in_general(told, answer)
    same = told.what == answer.what
    return {
        "actor": float(any(alike(x, y) >= NAMED for x in told.by for y in answer.by)),
        "what": float(same),
        "general": float(general and not same),
        "unit": float(unit_number(told.unit) is not None and unit_number(told.unit) == unit_number(answer.unit)),
        "unnumbered": float(unit_number(told.unit) is not None and unit_number(answer.unit) is None),
        "other_unit": float(not (same or general) or not same_unit(told, answer)),
        "mission": float(bool(told.mission) and told.mission == answer.mission),
        "other_mission": float(bool(told.mission and answer.mission) and told.mission != answer.mission),
        "number": float(bool(told.count) and told.count == answer.count),
        "grown": float(order == 0 and _grown(told, answer, answers)),
        "later": float(order > 0),
        "before": float(order < 0),
        "same_document": float(told.number == answer.number),
        "words": max(0.0, token_set_ratio(told.said, answer.said) / 100 - 0.5),
    }


def _grown(told: Fact, answer: Fact, answers: Answers) -> bool:
    """A total since a start only grows: who tells more officers sent than the promise's document does tells later."""
    before = answers.totals.get(told.number, 0)
    return answer.measure == "cumulative" and bool(before) and (answer.count or 0) > before


def _in_general(told: Fact, answer: Fact) -> bool:
    """People promised without saying which: any that were sent are some of them."""
    return not told.unit and answer.what in rules().general.get(told.what or "", ())


def _sent_status(told: Fact, answer: Fact) -> Status:
    """All of it on time, all of it at another time, or a part: an open-ended promise is never wholly kept."""
    if told.what in rules().general:
        exact = told.count and told.count == answer.count and answer.measure == "movement"
        return "kept" if exact else "partly_kept"
    if told.count and answer.count and answer.count < FEWER * told.count:
        return "partly_kept"
    if answer.measure == "cumulative":
        return "partly_kept"
    late = answer.measure == "movement" and moved(told.due, answer.due)
    return "changed" if late else "kept"


def _renewed(promise: Promise, answers: Answers) -> Iterator[Weighed]:
    """The same unit's sending, still to come, told for a later date."""
    for thing, told in things(promise).items():
        due = when(told.due)
        if due is None or not told.unit:
            continue
        for fact in answers.near(answers.planned, [key for key in units(told) if "|" in key], told.time):
            if fact in promise.facts or fact.what != told.what or not fact.unit or not same_unit(told, fact):
                continue
            after = when(anchored(fact.due, told.due))
            if after is None or after.yearless != due.yearless or not moved(told.due, fact.due):
                continue
            if due.last < after.first and told.time.order(fact.time) >= 0:
                passage, says = fact.passage, f"due told as {fact.due}"
                yield Weighed(passage, 1.0, 1.0, (("renewed", 1.0, 1.0),), "postponed", says, 1.0, fact.number, thing)


# --- acts, help, agreements


def _answered(promise: Promise, answers: Answers) -> Iterator[Weighed]:
    """An act of another document that answers: aid, thanks for it, a refusal."""
    made, who = promise.made, keys(doers(promise))
    if made.record != "act":
        return
    wanted = [f"{a}|{b}" for a in who for b in about(made, receivers(promise))]
    for fact in answers.near(answers.acts, wanted, made.time):
        if fact.number == made.number:
            continue
        order = made.time.order(fact.time)
        features = {
            "actor": float(_share(doers(promise), fact.by)),
            "addressee": float(_share(receivers(promise), fact.to)),
            "topic": float(bool(set(made.topics) & set(fact.topics))),
            "words": max(0.0, token_set_ratio(made.said, fact.said) / 100 - 0.5) * 2,
            "later": float(order > 0),
            "before": float(order < 0),
        }
        status: Status = rules().answers[fact.status]  # type: ignore[assignment]
        yield _weighed("answered", features, fact.passage, status, fact.status, fact.number)


def _helped(promise: Promise, answers: Answers) -> Iterator[Weighed]:
    """Training given by who promised support or was asked for it, to whom, in what it was promised for."""
    made = promise.made
    if made.record != "act" or made.kind not in ("pledge", "request") or not made.topics:
        return
    does = _states(doers(promise))
    gets = _states(receivers(promise)) or made.states - does
    if not does or not gets or does & gets:
        return
    for telling in answers.near(answers.help, [f"#{state}" for state in does], made.time):
        if telling.number == made.number:
            continue
        order = made.time.order(answers.when(telling))
        shared = len(set(made.topics) & set(telling.topics))
        features = {
            "doer": float(bool(does & telling.states)),
            "receiver": float(bool(gets & telling.states)),
            "topics": min(1.0, shared / 2),
            "words": max(0.0, token_set_ratio(made.said, telling.said) / 100 - 0.5),
            "later": float(order > 0),
            "before": float(order < 0),
        }
        yield _weighed("helped", features, telling.passages[0], "partly_kept", telling.kind, telling.number)


def _signed(promise: Promise, answers: Answers) -> Iterator[Weighed]:
    """The agreement that was to come, told as signed or adopted by another document."""
    made = promise.made
    if made.record != "agreement":
        return
    wanted = [f"{key}|{made.form}" for key in keys([*made.by, *made.to])]
    for fact in answers.near(answers.signed, wanted, made.time):
        if fact.number == made.number or fact.status not in rules().signs.get(made.status, ()):
            continue
        first, second = [*made.by, *made.to], [*fact.by, *fact.to]
        order = made.time.order(answers.when(fact))
        due, signed = when(made.due), when(fact.due)
        features = {
            "party": float(_any_alike(first, second)),
            "parties": float(sum(_any_alike([w], second) for w in first) >= 2),
            "kind": float(made.form == fact.form),
            "name": max(0.0, token_set_ratio(made.called, fact.called) / 100 - 0.5) * 2 if _long(made, fact) else 0.0,
            "date": float(bool(due and signed and apart(due, signed) <= rules().due_moved)),
            "later": float(order > 0),
            "before": float(order < 0),
        }
        late = moved(made.due, fact.due)
        yield _weighed("signed", features, fact.passage, "changed" if late else "kept", fact.status, fact.number)


def _long(made: Fact, fact: Fact) -> bool:
    return min(len(made.called.split()), len(fact.called.split())) >= 3


def _states(who: Iterable[Who]) -> frozenset[str]:
    return frozenset(state for w in who for state in w.states)


def _any_alike(a: Iterable[Who], b: Sequence[Who]) -> bool:
    return any(alike(x, y) >= NAMED for x in a for y in b)


def _share(a: Iterable[Who], b: Iterable[Who]) -> bool:
    """One actor is in both, or a person or body of one speaks for a state of the other."""
    others = list(b)
    return any(alike(x, y) >= NAMED or bool(x.states & y.states) for x in a for y in others)


__all__ = ["Evidence", "Outcome", "Status", "Weighed", "things", "weigh"]

"""The ledger: every undertaking with its due date and what the documents show of its outcome.

A status moves only by evidence of the thing promised: the engagement that was planned is told as held, the unit that
was pledged as deployed, a request as refused. Each outcome is a sum over a table of features whose weights are data
(schema/follow.yaml); below the bound it is left for a person. "Overdue" accuses nobody: due passed, no evidence in so
many documents, the newest of such a date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz.fuzz import partial_ratio, token_set_ratio

from servanda.keep.names import Who, alike
from servanda.keep.promises import Fact, Promise, facts, moved, newest, promises, rules, same_unit, unit_number, years
from servanda.keep.resolve import Resolved
from servanda.keep.telling import Passage, Telling
from servanda.keep.when import When, anchored, apart, when
from servanda.records import Filed

NAMED = 0.6  # likeness of names from which two actors may be one
Status = Literal["open", "accepted", "kept", "partly_kept", "changed", "postponed", "withdrawn", "refused", "overdue"]
Grade = Literal["dated", "concrete", "exhortation"]
Kind = Literal["plan", "pledge", "invitation", "request", "proposal"]


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


@dataclass(slots=True)
class Undertaking:
    """One entry of the ledger. `due` is EDTF, None where none is told: then it can never be overdue."""

    id: str
    kind: str
    by: list[str]
    to: list[str]
    what: str
    topics: list[str]
    grade: Grade
    due: str | None
    status: Status
    made: Passage
    told_again: list[Passage]
    evidence: list[Evidence]
    engagement: str | None
    asserted_by: str | None
    history: list[str] = field(default_factory=list)


@dataclass(slots=True, frozen=True)
class Outcome:
    """A status, on what it rests, and the features that say so."""

    status: Status
    evidence: tuple[Evidence, ...] = ()
    history: tuple[str, ...] = ()


def ledger(documents: Sequence[Filed], engagements: Sequence[Resolved], today: str | None = None) -> list[Undertaking]:
    """Every undertaking of these documents. `today` (ISO) makes due dates pass; else the newest document does."""
    found, made = _gathered(documents, engagements)
    now = today or newest([*(f.era for f in found), *(t.era for e in engagements for t in e.tellings)])
    answers = [f for f in found if f.status in (*rules().answers, "deployed", "returned") or (f.what and f.kind)]
    held = _by_name(engagements)
    return [_entry(p, answers, _spoken_of(p, held), now, len(documents)) for p in made]


def _by_name(engagements: Iterable[Resolved]) -> dict[str, list[Resolved]]:
    """Engagements that were held, under every run of three words of their names."""
    found: dict[str, list[Resolved]] = defaultdict(list)
    for engagement in engagements:
        for run in {run for t in engagement.tellings if _is_named(t) for run in _threes(t.called)}:
            found[run].append(engagement)
    return found


def _spoken_of(promise: Promise, held: dict[str, list[Resolved]]) -> list[Resolved]:
    """Those of whose names three words in a row stand in a promise."""
    runs = dict.fromkeys(run for fact in promise.facts for run in _threes(fact.said))
    return list({e.id: e for run in runs for e in held.get(run, ())}.values())


def _threes(words: str) -> list[str]:
    each = words.split()
    return [" ".join(run) for run in zip(each, each[1:], each[2:], strict=False)]


def weighed(id: str, documents: Sequence[Filed], engagements: Sequence[Resolved]) -> list[Weighed]:
    """What was weighed as the outcome of one undertaking, the likeliest first; nothing for an unknown id."""
    found, made = _gathered(documents, engagements)
    return [it for promise in made if promise.made.key == id for it in weigh(promise, found)]


def _gathered(documents: Sequence[Filed], engagements: Sequence[Resolved]) -> tuple[list[Fact], list[Promise]]:
    found, known = facts(documents), years(engagements)
    made = promises(found, engagements)
    for fact in (f for p in made for f in p.facts if f.due and f.number in known):
        fact.due = (fact.due or "").replace("XXXX", known[fact.number])
    return found, made


def _is_named(telling: Telling) -> bool:
    return telling.status == "held" and len(telling.called.split()) >= rules().words_of_name


def _entry(
    promise: Promise, found: Sequence[Fact], engagements: Sequence[Resolved], now: str | None, looked_at: int
) -> Undertaking:
    made = promise.made
    due, history = _due(promise)
    outcome = _outcome(promise, found, engagements, due)
    status = outcome.status
    if status in ("open", "accepted") and _passed(due, now):
        status = "overdue"
        history = [*history, f"due passed, no evidence in {looked_at} documents, the newest of {now}"]
    by = _names(w for fact in promise.facts for w in fact.by)
    to = [name for name in _names(w for fact in promise.facts for w in fact.to) if name not in by]
    return Undertaking(
        id=made.key, kind=_kind(promise), by=by, to=to, what=made.passage.quote,
        topics=sorted({t for f in promise.facts for t in f.topics}), grade=_grade(promise, due), due=due, status=status,
        made=made.passage, told_again=[f.passage for f in promise.facts if f.passage != made.passage],
        evidence=list(outcome.evidence), engagement=promise.engagement.id if promise.engagement else None,
        asserted_by=made.asserted_by, history=[*history, *outcome.history],
    )  # fmt: skip


def _kind(promise: Promise) -> str:
    """An act says best what kind of promise it is; else the plan."""
    first = promise.made.number
    acts = [f.kind for f in promise.facts if f.record == "act" and f.number == first]
    return acts[0] if acts else promise.made.kind


def _names(who: Iterable[Who]) -> list[str]:
    return list(dict.fromkeys(w.name for w in who if w.name))


def _due(promise: Promise) -> tuple[str | None, list[str]]:
    """The date a promise was first given, and how later tellings moved it."""
    dated = [f for f in promise.facts if f.due]
    if not dated:
        return None, []
    first = min(dated, key=lambda f: f.number)
    same_page = [f.due for f in dated if f.number == first.number and f.due]
    due = max(same_page, key=len)
    return due, [f"due told as {f.passage.source}: {f.due}" for f in dated if moved(due, f.due)]


def _grade(promise: Promise, due: str | None) -> Grade:
    if due:
        return "dated"
    concrete = promise.engagement or any(f.what or f.unit or f.count for f in promise.facts)
    return "concrete" if concrete or any(c.isdigit() for c in promise.made.passage.quote) else "exhortation"


def _passed(due: str | None, now: str | None) -> bool:
    a, b = when(due), when(now)
    return a is not None and b is not None and not a.yearless and not b.yearless and a.last < b.last


def _outcome(promise: Promise, found: Sequence[Fact], engagements: Sequence[Resolved], due: str | None) -> Outcome:
    if promise.engagement is not None:
        return _held(promise, promise.engagement)
    if any(f.what for f in promise.facts):
        return _deployed(promise, found, due)
    return _named(promise, engagements) or _answered(promise, found) or Outcome("open")


def _named(promise: Promise, engagements: Iterable[Resolved]) -> Outcome | None:
    """A plan in whose words an engagement is named that another document tells as held, at no other time."""
    for engagement in engagements:
        held = [
            t for t in engagement.tellings if t.status == "held" and t.number not in {f.number for f in promise.facts}
        ]
        if any(_names_it(promise, t) for t in held):
            return Outcome("kept", _told(held, "held"))
    return None


def _names_it(promise: Promise, telling: Telling) -> bool:
    if not _is_named(telling):
        return False
    for fact in promise.facts:
        due, held = when(fact.due), when(telling.date)
        goers = {"plan": fact.by, "invitation": fact.to}.get(fact.kind, [])
        if not any(alike(x, y) >= NAMED for x in goers for y in telling.who):
            continue
        if due and held and apart(due, held) > rules().due_moved:
            continue
        if partial_ratio(telling.called, fact.said) >= rules().named and len(fact.said) >= len(telling.called):
            return True
    return False


def _answered(promise: Promise, found: Sequence[Fact]) -> Outcome | None:
    """An act of another document that answers: thanks from whom it was promised, aid, a refusal."""
    made = promise.made
    scored = [(_answers(made, f), f) for f in found if f.status in rules().answers and f.record == "act"]
    best = max(scored, key=lambda it: it[0], default=None)
    if best is None or best[0] < rules().least_act:
        return None
    says = rules().answers[best[1].status]
    return Outcome(says, (Evidence(best[1].passage, best[1].status),))  # type: ignore[arg-type]


def _answers(made: Fact, answer: Fact) -> float:
    features = _answer_features(made, answer)
    return round(sum(value * rules().acts.get(name, 0.0) for name, value in features.items()), 3)


def _answer_features(made: Fact, answer: Fact) -> dict[str, float]:
    turned = answer.status in rules().reversed
    doer, receiver = (answer.to, answer.by) if turned else (answer.by, answer.to)
    if answer.number == made.number or not _share(made.by, doer):
        return {}
    return {
        "actor": 1.0,
        "addressee": float(_share(made.to, receiver)),
        "topic": float(bool(set(made.topics) & set(answer.topics))),
        "words": max(0.0, token_set_ratio(made.said, answer.said) / 100 - 0.5) * 2,
        "later": float(_order(made, answer) > 0),
        "before": float(_order(made, answer) < 0),
    }


def weigh(promise: Promise, found: Sequence[Fact]) -> list[Weighed]:
    """Every fact that may be the outcome of a promise, the likeliest first, with the features that say so."""
    if any(f.what for f in promise.facts):
        told = [(f, _score(promise, f)[1]) for f in found if f.what and f.status in ("deployed", "returned")]
        table, least = rules().weights, rules().least
    else:
        told = [(f, _answer_features(promise.made, f)) for f in found if f.status in rules().answers]
        table, least = rules().acts, rules().least_act
    made = [_beside(f, features, table, least) for f, features in told if features.get("actor")]
    return sorted(made, key=lambda it: -it.score)


def _beside(fact: Fact, features: dict[str, float], table: dict[str, float], least: float) -> Weighed:
    parts = [(name, value, round(value * table.get(name, 0.0), 3)) for name, value in features.items() if value]
    return Weighed(fact.passage, round(sum(part for _, _, part in parts), 3), least, tuple(parts))


def _share(a: Iterable[Who], b: Iterable[Who]) -> bool:
    """One actor is in both, or a person or body of one speaks for a state of the other."""
    others = list(b)
    return any(alike(x, y) >= NAMED or bool(x.states & y.states) for x in a for y in others)


def _held(promise: Promise, engagement: Resolved) -> Outcome:
    """Of a planned engagement: told as held by a document that does not tell it as still to come."""
    open_in = {t.number for t in engagement.tellings if t.status in ("planned", "proposed")}
    for status, says in (("cancelled", "withdrawn"), ("postponed", "postponed")):
        told = [t for t in engagement.tellings if t.status == status]
        if told:
            return Outcome(says, _told(told, status))  # type: ignore[arg-type]
    held = [t for t in engagement.tellings if t.status == "held" and t.number not in open_in]
    held = sorted(held, key=lambda t: _likely(promise, t), reverse=True)
    if held:
        return Outcome("kept", _told(held, "held"))
    accepted = any(f.record == "act" and f.status == "AGREE" for f in promise.facts)
    return Outcome("accepted" if accepted else "open")


def _told(tellings: Iterable[Telling], says: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(p, says) for t in tellings for p in t.passages)


def _likely(promise: Promise, telling: Telling) -> tuple[bool, int]:
    dated = any(_near(when(f.due), when(telling.date)) for f in promise.facts)
    return dated, len(telling.who)


def _near(a: When | None, b: When | None) -> bool:
    return a is not None and b is not None and apart(a, b) <= rules().due_moved


def _deployed(promise: Promise, found: Sequence[Fact], due: str | None) -> Outcome:
    """Of a pledge of people or a unit: those very people or that unit are told as sent."""
    scored = sorted(((_score(promise, f), f) for f in found if f.what and f.status in ("deployed", "returned")),
                    key=lambda it: -it[0][0])  # fmt: skip
    if scored and scored[0][0][0] >= rules().least:
        best = [f for (score, _), f in scored if score >= rules().least]
        whole = all(f.measure != "cumulative" for f in best)
        return Outcome("kept" if whole else "partly_kept", tuple(Evidence(f.passage, f.status) for f in best[:4]))
    again = [f for f in found if _renews(promise, f, due)]
    if again:
        return Outcome("postponed", tuple(Evidence(f.passage, f"due told as {f.due}") for f in again))
    return Outcome("open")


def _renews(promise: Promise, fact: Fact, due: str | None) -> bool:
    """The same unit's sending, still to come, told for a later date."""
    told = next(f for f in promise.facts if f.what)
    before, after = when(due), when(anchored(fact.due, due))
    if fact in promise.facts or before is None or after is None or fact.what != told.what or not fact.kind:
        return False
    same = any(alike(x, y) >= 0.6 for x in told.by for y in fact.by) and same_unit(told, fact)
    return same and bool(told.unit and fact.unit) and moved(due, fact.due) and before.last < after.first


def _score(promise: Promise, answer: Fact) -> tuple[float, dict[str, float]]:
    """The weighted sum of what speaks for a fact being the outcome of a promise, and the features."""
    told = next(f for f in promise.facts if f.what)
    features = {
        "actor": float(any(alike(x, y) >= 0.6 for x in told.by for y in answer.by)),
        "what": float(told.what == answer.what or _officers(told, answer)),
        "unit": float(unit_number(told.unit) is not None and unit_number(told.unit) == unit_number(answer.unit)),
        "unnumbered": float(unit_number(told.unit) is not None and unit_number(answer.unit) is None),
        "other_unit": float(not same_unit(told, answer) or not (told.what == answer.what or _officers(told, answer))),
        "mission": float(bool(told.mission) and told.mission == answer.mission),
        "other_mission": float(bool(told.mission and answer.mission) and told.mission != answer.mission),
        "number": float(bool(told.count) and told.count == answer.count),
        "later": float(_order(told, answer) > 0),
        "before": float(_order(told, answer) < 0),
        "same_document": float(told.number == answer.number),
        "words": max(0.0, token_set_ratio(told.said, answer.said) / 100 - 0.5),
    }
    weights = rules().weights
    return round(sum(value * weights.get(name, 0.0) for name, value in features.items()), 3), features


def _officers(told: Fact, answer: Fact) -> bool:
    """People sent one by one: later totals show that more were sent."""
    return told.what in rules().officers and answer.what in rules().officers and not told.unit and not answer.unit


def _order(promise: Fact, answer: Fact) -> int:
    """1 where the answer is told of later than the promise was made, -1 where of before, 0 where that is unknown."""
    made, told = when(promise.era), when(answer.due) or when(answer.era)
    if made is None or told is None or made.yearless or told.yearless:
        return 0
    return 1 if told.first > made.last else -1 if told.last < made.first else 0

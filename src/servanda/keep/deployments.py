"""A unit's way to its mission: willingness, pledge, visits, training, memorandum, departure, rotation, return."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from servanda.keep.facts import Fact, facts, unit_number
from servanda.keep.promises import moved
from servanda.keep.resolve import Resolved
from servanda.keep.series import step as of_engagement
from servanda.keep.steps import Programme, Step, StepKind, StepStatus, scheme
from servanda.keep.years import years_of_units
from servanda.records import Filed

AFTER = 6  # words after a unit's name in which its number stands
PLANS = ("planned", "pledged", "ready")


def deployments(documents: Iterable[Filed], engagements: Sequence[Resolved]) -> list[Programme]:
    """A programme for each kind of formed unit of each contributor, all its rotations in it."""
    units: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    others: list[Fact] = []
    found = facts(documents)
    years = years_of_units(found)
    for fact in found:
        if fact.due and fact.number in years:
            fact.due = fact.due.replace("XXXX", years[fact.number])
        if fact.what in scheme().units and fact.by:
            units[fact.by[0].code or fact.by[0].name, fact.what].append(fact)
        elif fact.record in ("act", "agreement"):
            others.append(fact)
    return [_of_unit(by, what, told, others, engagements) for (by, what), told in units.items()]


def _of_unit(by: str, what: str, told: list[Fact], others: Sequence[Fact], found: Sequence[Resolved]) -> Programme:
    label = scheme().units[what]
    who = told[0].by[0]
    steps = [*_contributions(told), *_acts(what, who.states or {by}, others), *_events(what, who.states or {by}, found)]
    missions = list(dict.fromkeys(f.mission for f in told if f.mission))
    also = [
        *scheme().unit_words.get(what, ()),
        *(f.unit for f in told if f.unit),
        *(f"{by} {word}" for word in (label.en, label.vi)),
    ]
    name = f"{who.name}: {label.vi}"
    labels = {"en": f"{who.name}: {label.en}", "vi": name}
    return Programme(f"deployment-{by}-{what}", "deployment", name, labels, [who.name, *missions], steps, also=also)


def _contributions(told: Iterable[Fact]) -> Iterator[Step]:
    """One step for each kind of it and each number of a unit: what was planned beside what came about."""
    gathered: dict[tuple[str, str], list[tuple[StepKind, Fact]]] = defaultdict(list)
    for fact in told:
        kind = next((k for k in scheme().steps if fact.status in k.contribution
                     and (not k.measure or fact.measure in k.measure)), None)  # fmt: skip
        if kind:
            gathered[kind.id, unit_number(fact.unit) or ""].append((kind, fact))
    for (_, number), them in gathered.items():
        yield _step(them[0][0], number, [fact for _, fact in them])


def _step(kind: StepKind, number: str, told: Sequence[Fact]) -> Step:
    plans = [f for f in told if f.status in PLANS]
    done = [f for f in told if f.status not in PLANS]
    due = min((f.due for f in plans if f.due), key=_when, default=None)
    day = next((f.due for f in done if f.due), None)
    status: StepStatus = "held" if done or kind.id in ("willingness", "pledge") else "planned"
    if done and moved(due, day):
        status = "changed"
    later = sorted({f.due for f in plans if f.due and moved(due, f.due)}, key=_when)
    if status == "planned" and later:
        status = "postponed"
    shown = plans if not done and status == "held" else done
    return Step(
        kind=kind.id, name=next((f.unit for f in told if f.unit), kind.vi), labels={"en": kind.en, "vi": kind.vi},
        status=status, planned=due, date=day, place=next((f.mission for f in told if f.mission), None),
        unit=number or None, who=list(dict.fromkeys(w.name for f in told for w in f.by)),
        told=[f.passage for f in plans if f not in shown], shown=[f.passage for f in shown],
        note=", ".join(f"told for {date}" for date in later) or None,
        order=(int(number) if number.isdecimal() and kind.order >= 60 else 0, kind.order),
    )  # fmt: skip


def _when(edtf: str) -> tuple[bool, str]:
    """Years that nobody tells come last."""
    return edtf.startswith("X"), edtf


def _speaks_of(what: str, words: str) -> str | None:
    """The number of the unit these plain words speak of, empty where they give none; None where of no such unit."""
    for name in scheme().unit_words.get(what, ()):
        at = f" {words} ".find(f" {name} ")
        if at >= 0:
            return unit_number(" ".join(words[at:].split()[: AFTER + len(name.split())])) or ""
    return None


def _acts(what: str, states: Iterable[str], others: Iterable[Fact]) -> Iterator[Step]:
    """Pledges and memorandums whose words speak of the unit, by who sends it."""
    known = set(states)
    for fact in others:
        number = _speaks_of(what, fact.said)
        if number is None or not known & {state for w in (*fact.by, *fact.to) for state in w.states}:
            continue
        kinds = [k for k in scheme().steps if (fact.record == "act" and fact.status in k.act)
                 or (fact.record == "agreement" and fact.form in k.agreement)]  # fmt: skip
        if kinds and (fact.record == "agreement" or known & {s for w in fact.by for s in w.states}):
            yield _step(kinds[0], number, [fact])


def _events(what: str, states: Iterable[str], found: Iterable[Resolved]) -> Iterator[Step]:
    """Ceremonies, training, visits and meetings whose words speak of the unit, with who sends it taking part."""
    known = set(states)
    for engagement in found:
        said = f"{engagement.first.called} {engagement.first.said}"
        number = _speaks_of(what, said)
        if number is None or not known & {state for t in engagement.tellings for state in t.states}:
            continue
        kind = next((k for k in scheme().steps if engagement.first.kind in k.engagement
                     and _in_words_of(k.id, said)), None)  # fmt: skip
        if kind:
            made = of_engagement(engagement, (0, kind.order))
            made.kind, made.labels, made.unit = kind.id, {"en": kind.en, "vi": kind.vi}, number or None
            made.order = (int(number) if number.isdecimal() and kind.order >= 60 else 0, kind.order)
            yield made


def _in_words_of(step: str, said: str) -> bool:
    """These plain words speak of such a step, or such a step needs none."""
    words = scheme().step_words.get(step, ())
    return not words or any(f" {word} " in f" {said} " for word in words)

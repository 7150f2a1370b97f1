"""People and units as outcomes: told as sent, in part, late, or put off to a later date."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.fuzz import token_set_ratio

from servanda.keep.answers import Answers, units
from servanda.keep.facts import Fact, same_unit, unit_number
from servanda.keep.names import alike
from servanda.keep.promises import Promise, moved
from servanda.keep.rules import rules
from servanda.keep.weighing import NAMED, Status, Weighed, weighed
from servanda.keep.when import anchored, apart, when

FEWER = 0.9  # of the number promised: below, a part of it


def sent(promise: Promise, answers: Answers) -> Iterator[Weighed]:
    """People or a unit told as sent, for every thing promised."""
    for thing, told in things(promise).items():
        wanted = [key for key in units(told) if "|" in key or told.what in rules().general]
        for fact in answers.near(answers.sent, wanted, told.time):
            features = _sent_features(told, fact, answers)
            yield weighed(
                "deployed", features, fact.passage, _sent_status(told, fact), fact.status, fact.number, thing, fact.due
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
        "other_month": float(_other_month(told, answer)),
        "number": float(bool(told.count) and told.count == answer.count),
        "unordered": float(general and not order),
        "grown": float(order == 0 and _grown(told, answer, answers)),
        "later": float(order > 0),
        "before": float(order < 0),
        "same_document": float(told.number == answer.number),
        "words": max(0.0, token_set_ratio(told.said, answer.said) / 100 - 0.5),
    }


def _other_month(told: Fact, answer: Fact) -> bool:
    """Planned for a month of an unknown year, and gone in another month; a numbered unit goes once."""
    due, day = when(told.due), when(answer.due)
    one = unit_number(told.unit) is not None and unit_number(told.unit) == unit_number(answer.unit)
    moves = not one and answer.measure == "movement" and due is not None and day is not None
    return bool(moves and due and day and due.yearless and apart(due, day) > 0)


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


def renewed(promise: Promise, answers: Answers) -> Iterator[Weighed]:
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

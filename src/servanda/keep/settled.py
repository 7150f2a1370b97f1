"""What the evidence of an undertaking says together: one outcome, or that documents contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from servanda.keep.answers import Answers
from servanda.keep.deeds import marked
from servanda.keep.outcomes import Evidence, Outcome, Status, Weighed, things
from servanda.keep.promises import Promise
from servanda.keep.rules import rules
from servanda.keep.times import Span

SHOWN = 6  # pieces of evidence of one outcome
FIRM: tuple[Status, ...] = ("kept", "changed", "partly_kept")
HALTED: tuple[Status, ...] = ("postponed", "withdrawn")
DENIES = ("may", "not", "no")  # marks before what would end it
DOUBT = 5  # words between them
ENDS: dict[str, Status] = {"cancelled": "withdrawn", "postponed": "postponed", "changed": "changed"}


@dataclass(slots=True, frozen=True)
class _Halt:
    """Words that say that it was put off, changed or given up, and when they were written."""

    status: Status
    evidence: Evidence
    time: Span


def settled(promise: Promise, found: Sequence[Weighed], answers: Answers) -> Outcome:
    """What the likeliest evidence says; where tellings contradict each other in no known order, nothing."""
    shown = [it for it in found if it.asserted and it.status != "accepted"]
    doubtful = tuple(_evidence(it) for it in found if not it.asserted and it.score >= it.review)[:SHOWN]
    firm = [it for it in shown if it.status in FIRM]
    refused = [it for it in shown if it.status == "refused"]
    halts = _halts(promise, shown, answers)
    if firm and refused:
        return _either(firm, refused, answers, doubtful)
    if halts and firm:
        return _against(halts, firm, answers, doubtful)
    if halts:
        return _halted(halts, doubtful)
    if not shown:
        accepted = _accepted(promise, found)
        return Outcome("accepted" if accepted else "open", accepted, (), doubtful)
    return Outcome(_status(promise, shown), _evidences([*shown, *_beside(shown, found)]), (), doubtful)


def _halts(promise: Promise, shown: Sequence[Weighed], answers: Answers) -> list[_Halt]:
    """Plans and engagements told as put off, changed or called off, and sentences that tell it of the whole promise."""

    def halt(status: Status, evidence: Evidence, number: int) -> _Halt:
        return _Halt(status, evidence, answers.times.get(number, Span()))

    own = [f for f in promise.facts if f.record == "plan" and f.status in ENDS and not only_may(f.passage.quote)]
    told = promise.engagement.tellings if promise.engagement else []
    ended = [t for t in told if t.status in ENDS and not only_may(t.passages[0].quote)]
    found = [halt(ENDS[f.status], Evidence(f.passage, f.status), f.number) for f in own]
    found += [halt(ENDS[t.status], Evidence(p, t.status), t.number) for t in ended for p in t.passages]
    return found + [halt(it.status, _evidence(it), it.number) for it in shown if it.status in HALTED and not it.thing]


def only_may(quote: str) -> bool:
    """Everything in these words that says put off or called off says that it may be, or denies it."""
    marks = marked(quote)
    ends = [n for n, kind in marks if kind in ("moved", "off")]
    return bool(ends) and all(any(0 < n - m <= DOUBT and kind in DENIES for m, kind in marks) for n in ends)


def _halted(halts: Sequence[_Halt], doubtful: tuple[Evidence, ...]) -> Outcome:
    """The last word that is known; of those in no known order, the first."""
    last = halts[0]
    for halt in halts[1:]:
        last = halt if last.time.order(halt.time) > 0 else last
    ends = [halt.evidence for halt in halts if halt.status == last.status]
    return Outcome(last.status, tuple({it.passage: it for it in ends}.values())[:SHOWN], (), doubtful)


def _beside(shown: Sequence[Weighed], found: Sequence[Weighed]) -> list[Weighed]:
    """Further words of what was shown to have come about: too few to say it alone."""
    told = {(it.thing, it.status) for it in shown}
    return [it for it in found if not it.asserted and it.score >= it.review and (it.thing, it.status) in told]


def _status(promise: Promise, shown: Sequence[Weighed]) -> Status:
    """One outcome for all that was promised: kept only where each thing was."""
    if not any(it.thing for it in shown):
        return shown[0].status
    each = [next((it.status for it in shown if it.thing == thing), None) for thing in things(promise)]
    told = set(each)
    if told == {"kept"}:
        return "kept"
    if None in told or len(told) > 1:
        return "partly_kept" if told & {"kept", "partly_kept", "changed"} else "postponed"
    return told.pop() or "open"


def _against(
    halts: Sequence[_Halt], firm: Sequence[Weighed], answers: Answers, doubtful: tuple[Evidence, ...]
) -> Outcome:
    """Put off and then held is held otherwise; called off and held is a contradiction unless one comes later."""
    evidence = (*_evidences(firm), *(halt.evidence for halt in halts))
    if all(halt.status != "withdrawn" for halt in halts):
        return Outcome("changed", evidence, (), doubtful)
    order = halts[-1].time.order(answers.times.get(firm[0].number, Span()))
    if order:
        return Outcome(firm[0].status if order > 0 else halts[-1].status, evidence, (), doubtful)
    return Outcome("open", evidence, _contradiction(firm[0], halts[-1].evidence), doubtful, conflict=True)


def _either(
    firm: Sequence[Weighed], refused: Sequence[Weighed], answers: Answers, doubtful: tuple[Evidence, ...]
) -> Outcome:
    """Refused and brought about: the later told, where that is known; else neither."""
    evidence = (*_evidences(firm), *_evidences(refused))
    order = answers.times.get(refused[0].number, Span()).order(answers.times.get(firm[0].number, Span()))
    if order:
        return Outcome(firm[0].status if order > 0 else "refused", evidence, (), doubtful)
    return Outcome("open", evidence, _contradiction(firm[0], refused[0]), doubtful, conflict=True)


def _contradiction(one: Weighed | Evidence, other: Weighed | Evidence) -> tuple[str]:
    """Both sides in a line of the history."""
    says = (f"{it.passage.source} says {it.says}" for it in (one, other))
    return ("documents contradict each other: " + ", ".join(says),)


def _accepted(promise: Promise, found: Sequence[Weighed]) -> tuple[Evidence, ...]:
    """Words that say yes to what was asked, invited or planned together."""
    answers = [it for it in found if it.asserted and it.status == "accepted"]
    if answers or promise.engagement is None:
        return _evidences(answers)
    asked = any(f.kind in rules().refusable for f in promise.facts)
    said = [f for f in promise.facts if f.status == "AGREE" and (asked or f.mode in rules().accepts)]
    return tuple(Evidence(f.passage, f.mode or f.status) for f in said)[:SHOWN]


def _evidence(it: Weighed) -> Evidence:
    return Evidence(it.passage, it.says)


def _evidences(shown: Sequence[Weighed]) -> tuple[Evidence, ...]:
    """The words of the outcome that is asserted, the likeliest first, each once."""
    said = {it.passage: _evidence(it) for it in shown}
    return tuple(said.values())[:SHOWN]

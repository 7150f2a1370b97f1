"""What documents show of a promise: every fact that may be its outcome set beside it, feature by feature.

A status moves only by evidence of the thing promised. Each kind of evidence has a table of features whose weights are
data (schema/follow.yaml): a sum asserts an outcome from `least` on, and from `review` on asks a person to look.
Evidence older than the promise is none; evidence of two outcomes whose order is unknown is shown, and decides nothing.
"""

from __future__ import annotations

from servanda.keep.answered import answered, helped, signed
from servanda.keep.answers import Answers
from servanda.keep.held import held
from servanda.keep.narrated import narrated
from servanda.keep.promises import Promise
from servanda.keep.sent import renewed, sent, things
from servanda.keep.weighing import Evidence, Outcome, Status, Weighed, bears, too_early

LAST = "9999"  # what nothing dates


def weigh(promise: Promise, answers: Answers) -> list[Weighed]:
    """Everything that may be the outcome of a promise, the likeliest first; of equals, the earliest told."""
    found = [*held(promise, answers), *sent(promise, answers), *renewed(promise, answers)]
    if not any(f.what for f in promise.facts):
        found += [*answered(promise, answers), *helped(promise, answers), *signed(promise, answers)]
    found += narrated(promise, answers)
    return sorted(found, key=lambda it: _likeliest(it, answers))


def _likeliest(it: Weighed, answers: Answers) -> tuple[float, str, str, int, int, str, str, str]:
    told = answers.times[it.number].first if it.number in answers.times else None
    return (-it.score / it.least, told.isoformat() if told else LAST, it.passage.source, it.passage.start,
            it.passage.end, it.status, it.says, it.thing)  # fmt: skip


__all__ = ["Evidence", "Outcome", "Status", "Weighed", "bears", "things", "too_early", "weigh"]

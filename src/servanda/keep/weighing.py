"""Evidence of an outcome, weighed: features, what each adds to the sum, and the sum that asserts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from servanda.keep.names import Who, alike
from servanda.keep.rules import rules
from servanda.keep.telling import Passage

NAMED = 0.6  # likeness of names from which two actors may be one
Status = Literal["open", "accepted", "kept", "partly_kept", "changed", "postponed", "withdrawn", "refused", "overdue"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(slots=True, frozen=True)
class Evidence:
    """Words that show an outcome, and what they say of it."""

    passage: Passage
    says: str


@dataclass(slots=True, frozen=True)
class Weighed:
    """Words that may show an outcome, the weighted sum that says so, the least that asserts it, and the features.

    `day`: when it came about (EDTF), where the words tell it.
    """

    passage: Passage
    score: float
    least: float
    parts: tuple[tuple[str, float, float], ...]
    status: Status = "kept"
    says: str = ""
    review: float = 0.0
    number: int = 0
    thing: str = ""
    day: str | None = None

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
    conflict: bool = False


def too_early(it: Weighed) -> bool:
    """What would show the outcome, were it not told of a time before the promise."""
    early = next((part for name, _, part in it.parts if name == "before"), 0.0)
    return early < 0 and it.score - early >= it.least


def bears(it: Weighed) -> bool:
    """It says something of the outcome, if only that a person should look, or that it was told too early."""
    return it.asserted or it.score >= it.review or too_early(it)


def weighed(
    table: str,
    features: dict[str, float],
    passage: Passage,
    status: Status,
    says: str,
    number: int,
    thing: str = "",
    day: str | None = None,
) -> Weighed:
    known = rules().tables[table]
    parts = tuple((name, round(value, 3), round(value * known.weights.get(name, 0.0), 3))
                  for name, value in features.items() if value)  # fmt: skip
    score = round(sum(part for _, _, part in parts), 3)
    return Weighed(passage, score, known.least, parts, status, says, known.review, number, thing, day)


def total(table: str, features: dict[str, float]) -> float:
    """The weighted sum of features."""
    weights = rules().tables[table].weights
    return sum(value * weights.get(name, 0.0) for name, value in features.items())


def states_of(who: Iterable[Who]) -> frozenset[str]:
    return frozenset(state for w in who for state in w.states)


def any_alike(a: Iterable[Who], b: Sequence[Who]) -> bool:
    return any(alike(x, y) >= NAMED for x in a for y in b)


def share(a: Iterable[Who], b: Iterable[Who]) -> bool:
    """One actor is in both, or a person or body of one speaks for a state of the other."""
    others = list(b)
    return any(alike(x, y) >= NAMED or bool(x.states & y.states) for x in a for y in others)

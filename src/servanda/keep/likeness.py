"""How alike two sketches of people are: features, their weights (schema/actors.yaml), and the sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from servanda.keep.mentions import Id
from servanda.keep.names import person, transcribed
from servanda.keep.offices import Office, rules
from servanda.keep.sketches import Sketch
from servanda.keep.when import apart, when

LONG = 3  # words of a name


@dataclass(slots=True, frozen=True)
class Likeness:
    """Two sketches beside each other: every feature with its value, and the weighted sum."""

    first: Id
    second: Id
    score: float
    features: dict[str, float]

    def table(self) -> list[tuple[str, float, float]]:
        """Feature, value, what it adds to the sum."""
        weights = rules().weights
        return [(name, value, round(value * weights[name], 3)) for name, value in self.features.items()]


def likeness(a: Sketch, b: Sketch, *, sole: bool = False, usual: bool = False) -> Likeness | None:
    """The features of two sketches of people and their sum; None where their names say nothing.

    `sole`: all that is told of this name fits one person; `usual`: both spellings are told often.
    """
    name = _name(a, b)
    if not name["name"]:
        return None
    together = float(not set(a.numbers).isdisjoint(b.numbers))
    features = name | _office(a, b) | _company(a, b) | {"sole": float(sole), "together": together}
    features["both_usual"] = float(usual and name["name"] < 1.0)
    weights = rules().weights
    score = sum(value * weights[name] for name, value in features.items())
    return Likeness(a.id, b.id, round(score, 3), {name: value for name, value in features.items() if value})


def _name(a: Sketch, b: Sketch) -> dict[str, float]:
    """How far the names go; Hùng and Hưng are two, Hung may be either."""
    foreign = a.name.isascii() and b.name.isascii()
    far = max(person(x, y, foreign=foreign) for x in a.aliases for y in b.aliases)
    if not far and a.transcribed != b.transcribed:
        far = transcribed(a.plain, b.plain)
    marked = sorted(a.plain.split()) == sorted(b.plain.split()) and _marked(a) and _marked(b)
    differ = marked and sorted(a.name.split()) != sorted(b.name.split())
    long = min(len(a.plain.split()), len(b.plain.split())) >= LONG and far >= 0.9
    return {"name": far, "long": float(long), "accents": float(differ)}


def _marked(sketch: Sketch) -> bool:
    return sketch.name != sketch.plain and not sketch.name.isascii()


def _office(a: Sketch, b: Sketch) -> dict[str, float]:
    shared = [_shared(x, y) for x in a.offices for y in b.offices]
    state = bool(a.states & b.states)
    exclusive = any(x.excludes(y) for x in a.offices for y in b.offices) and not any(shared)
    return {
        "office": float("office" in shared),
        "loose": float("loose" in shared and "office" not in shared),
        "state": float(state),
        "otherstate": float(bool(a.states and b.states and not state)),
        "home": float(not state and bool((a.states and a.states & b.home) or (b.states and b.states & a.home))),
        "rank": float(bool(a.ranks & b.ranks)),
        "otheroffice": float(exclusive and _one_time(a, b)),
    }


def _shared(x: Office, y: Office) -> str | None:
    if x.title != y.title or (x.state and y.state and x.state != y.state):
        return None
    return "loose" if x.title in rules().posts.anyones and not (x.states and y.states) else "office"


def _one_time(a: Sketch, b: Sketch) -> bool:
    first, second = when(a.era), when(b.era)
    return first is None or second is None or apart(first, second) <= rules().apart


def _company(a: Sketch, b: Sketch) -> dict[str, float]:
    own = {*a.forms, *b.forms, a.plain, b.plain}
    few, many = sorted((a.company, b.company), key=len)
    shared = sum(1 for other in few if other in many and other not in own)
    return {"company": min(1.0, shared / rules().company)}


def sole(known: Iterable[Sketch]) -> bool:
    """Whether those of one name who hold offices are of one state and mostly of one office."""
    solid = [sketch for sketch in known if sketch.solid]
    states = {state for sketch in solid for state in sketch.states}
    told: Counter[str] = Counter()
    for sketch in solid:
        told.update({office.title: sketch.weight for office in sketch.offices})
    total = sum(sketch.weight for sketch in solid)
    return len(states) <= 1 and bool(told) and 2 * max(told.values()) >= total > 1

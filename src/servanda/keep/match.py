"""Whether two tellings are of one engagement: a table of features, weights as data, a sum that explains itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from rapidfuzz.fuzz import token_set_ratio

from servanda.errors import BadData
from servanda.keep.names import Who, alike, plain
from servanda.keep.telling import Telling
from servanda.keep.when import apart, when, within

FILE = Path(__file__).parents[1] / "schema" / "match.yaml"
NUMBER = re.compile(r"\d+")
PROPER_NAME = re.compile(r"\b[A-Z]\w{5,}")  # of one word: `Honolulu`, never a syllable
PROPER = 4  # words: an occasion's name of fewer (`hội nghị`) is anyone's
NAMED = 0.6  # likeness of names from which two actors may be one


class Weights(BaseModel):
    """schema/match.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    groups: dict[str, list[str]]
    across: list[list[str]]
    slack: dict[str, int]
    era: int
    together: float
    least: float
    review: float
    never: float
    same_document: dict[str, float]
    weights: dict[str, dict[str, float]]


@dataclass(slots=True, frozen=True)
class Match:
    """Two tellings beside each other: every feature with its value, and the weighted sum."""

    first: tuple[int, str]
    second: tuple[int, str]
    group: str
    score: float
    features: dict[str, float] = field(default_factory=dict)

    def table(self) -> list[tuple[str, float, float]]:
        """Feature, value, what it adds to the sum."""
        weight = weights().weights[self.group]
        return [(name, value, round(value * weight.get(name, 0.0), 3)) for name, value in self.features.items()]


@cache
def weights() -> Weights:
    """The data file, checked. Raises BadData."""
    try:
        return Weights.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise BadData(f"{FILE.name}: {' '.join(str(error).split())}") from error


@cache
def group_of(kind: str) -> str:
    """The group of a kind of engagement: visit, meeting or event."""
    return next((name for name, kinds in weights().groups.items() if kind in kinds), "event")


def comparable(a: Telling, b: Telling) -> str | None:
    """The group by whose weights two tellings are compared; None where their kinds exclude each other."""
    first, second = group_of(a.kind), group_of(b.kind)
    if first == second:
        return first
    return "event" if any({first, second} == set(pair) for pair in weights().across) else None


def match(a: Telling, b: Telling) -> Match | None:
    """The features of two tellings and their sum; None where they cannot be one."""
    group = comparable(a, b)
    if group is None:
        return None
    guests = _guests(a, b) if group == "visit" else _people(a.who, b.who)
    features = guests | _time(a, b, weights().slack[group]) | _place(a, b, by_state=group == "visit") | _words(a, b)
    two_sided = len(a.states) <= 2 and len(b.states) <= 2
    features["otherstates"] = float(two_sided and bool(a.states - b.states and b.states - a.states))
    features["kind"] = float(a.kind == b.kind)
    features["sole"] = float(_body(a) and _body(b) and within(a.date, b.date, 0) and bool(_pairs(a.who, b.who)))
    features["unplaced"] = float(bool(group == "visit" and bool(a.to) != bool(b.to) and a.place and b.place))
    weight = weights().weights[group]
    score = sum(value * weight.get(name, 0.0) for name, value in features.items())
    return Match(a.id, b.id, group, round(score, 3), {name: value for name, value in features.items() if value})


def _body(telling: Telling) -> bool:
    """A body that sits by itself: a council votes, a committee meets."""
    day = when(telling.date)
    alone = len(telling.who) == 1 and telling.who[0].kind in ("organisation", "mission")
    return alone and day is not None and day.days == 1


def _guests(a: Telling, b: Telling) -> dict[str, float]:
    """Who goes: those who take part, but for the states that are gone to and who speaks for them."""
    hosts = a.to | b.to
    first, second = ([w for w in t.who if not _host(w, hosts, t)] for t in (a, b))
    if not first or not second:
        return {"one": 0.0, "noguest": 1.0}
    features = _people(first, second)
    found = features["both"] or features["one"]
    received = [[w for w in t.who if w.kind == "person" and _host(w, hosts, t)] for t in (a, b)]
    host = float(bool(_pairs(*received)))
    return {"guest": found, "host": host, "name": features["name"], "strangers": float(not found)}


def _host(who: Who, hosts: frozenset[str], telling: Telling) -> bool:
    if telling.roles.get(who.key) == "host":
        return True
    return who.code in hosts if who.kind == "state" else bool(who.states) and who.states <= hosts


def _people(a: list[Who], b: list[Who]) -> dict[str, float]:
    """Who is in both: people and bodies by name, a state also by a person who speaks for it."""
    pairs = _pairs(a, b)
    left = [w for w in a if w.key not in {x.key for x, _, _ in pairs}]
    right = [w for w in b if w.key not in {y.key for _, y, _ in pairs}]
    for_states = _spoken_for(left, right)
    shared = len(pairs) + for_states
    strangers = any(w.kind == "person" for w in left) and any(w.kind == "person" for w in right)
    named = [likeness for x, _, likeness in pairs if x.kind == "person"]
    return {
        "both": float(shared >= 2),
        "one": float(shared == 1),
        "name": min(1.0, sum(named) / 2),
        "others": float(strangers and not for_states),
    }


def _pairs(a: list[Who], b: list[Who]) -> list[tuple[Who, Who, float]]:
    ranked = sorted(
        ((alike(x, y), i, j) for (i, x), (j, y) in product(enumerate(a), enumerate(b))), key=lambda it: -it[0]
    )
    taken: tuple[set[int], set[int]] = set(), set()
    found = []
    for likeness, i, j in ranked:
        if likeness >= NAMED and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            found.append((a[i], b[j], likeness))
    return found


def _spoken_for(left: list[Who], right: list[Who]) -> int:
    """How many states of one side are there through a person or body of the other."""
    count = 0
    for states, others in ((left, right), (right, left)):
        for state in (w for w in states if w.kind == "state"):
            count += any(state.states & other.states for other in others if other.kind != "state")
    return count


def _time(a: Telling, b: Telling, slack: int) -> dict[str, float]:
    first, second = when(a.date), when(b.date)
    if first and second and first.days <= 31 and second.days <= 31:
        gap = apart(first, second)
        slack = slack if first.days <= 10 and second.days <= 10 else 0
        several = first == second and 1 < first.days <= 10
        return {"span": float(several),
                "otherday": float(first.days == second.days == 1 and gap > 0),
                "day": float(gap <= slack) * (1.0 if first.days <= 10 and second.days <= 10 else 0.5),
                "apart": float(gap > slack)}  # fmt: skip
    first, second = first or when(a.era), second or when(b.era)
    if first is None or second is None:
        return {}
    near = apart(first, second) <= weights().era
    return {"era": float(near), "other_era": float(not near)}


def _place(a: Telling, b: Telling, *, by_state: bool) -> dict[str, float]:
    """Places by their first words; a visit's by the states it goes to."""
    if a.to and b.to and (by_state or not a.to & b.to):
        return {"place": float(bool(a.to & b.to)), "elsewhere": float(not a.to & b.to)}
    first, second = plain(a.place or "").split()[:2], plain(b.place or "").split()[:2]
    one = bool(first and second) and (first == second or _same_place(a.place or "", b.place or ""))
    return {"place": float(one), "otherplace": float(bool(first and second) and not one)}


def _same_place(a: str, b: str) -> bool:
    """One is named within the other, or both hold a proper name too long to be shared by chance."""
    shared = set(PROPER_NAME.findall(a)) & set(PROPER_NAME.findall(b))
    return bool(shared) or token_set_ratio(plain(a), plain(b)) == 100


def _words(a: Telling, b: Telling) -> dict[str, float]:
    """How alike the occasion is told, by its own words; numbers in its name that differ."""
    told = min(len(a.said.split()), len(b.said.split())) >= PROPER
    found = {"words": token_set_ratio(a.said, b.said) / 100 if told else 0.0}
    found["words"] = max(0.0, found["words"] - 0.5) * 2
    named = min(len(a.called.split()), len(b.called.split())) >= PROPER
    found["generic"] = float(not named)
    if a.called and b.called and (named or a.called != b.called):
        likeness = token_set_ratio(a.called, b.called) / 100
        found["occasion"] = max(0.0, likeness - 0.5) * 2
        found["unlike"] = float(likeness < 0.6)
        first, second = set(NUMBER.findall(a.called)), set(NUMBER.findall(b.called))
        found["ordinal"] = float(bool(first and second and not first & second))
    return found

"""Who takes part in two tellings: who is in both, who goes, who speaks for whom, and which parts they play."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from servanda.keep.names import Who, alike
from servanda.keep.telling import Telling

TURNED = ({"host", "guest"}, {"chair", "guest"})
SURE = 0.8  # from which they surely are, where the company agrees
MOST = 30  # who take part in a telling and are compared: a list of a thousand says no more
NAMED = 0.6  # likeness of names from which two actors may be one


def guests(a: Telling, b: Telling) -> dict[str, float]:
    """Who goes: those who take part, but for the states that are gone to and who speaks for them."""
    hosts = frozenset() if a.site and b.site else a.to | b.to
    first, second = ([w for w in t.who if not _host(w, hosts, t)] for t in (a, b))
    if not first or not second:
        return {"one": 0.0, "noguest": 1.0}
    features = people(first, second)
    found = float(bool(features["both"] or features["one"]))
    person = float(features["name"] > 0)
    received = [[w for w in t.who if w.kind == "person" and _host(w, hosts, t)] for t in (a, b)]
    host = float(bool(pairs(*received)))
    return {
        "guest": person,
        "guest_state": found - person * found,
        "host": host,
        "name": features["name"],
        "strangers": float(not found),
    }


def _host(who: Who, hosts: frozenset[str], telling: Telling) -> bool:
    if telling.roles.get(who.key) == "host":
        return True
    return who.code in hosts if who.kind == "state" else bool(who.states) and who.states <= hosts


def sides(telling: Telling) -> list[Who]:
    """Who takes part, but for states beside people who speak for them."""
    if telling.sides is None:
        spoken = frozenset[str]().union(*(w.states for w in telling.who if w.kind == "person"))
        telling.sides = [w for w in telling.who if w.kind != "state" or w.code not in spoken]
    return telling.sides


def parts(a: Telling, b: Telling) -> dict[str, float]:
    """What parts they play: a guest is not the host, and whom one sees at a ceremony of two is not another."""
    persons = [[w for w in t.who if w.kind == "person"] for t in (a, b)]
    met = pairs(*persons)
    turned = any({a.roles.get(x.key), b.roles.get(y.key)} in TURNED for x, y, _ in met)
    two = a.kind == b.kind == "ceremony" and all(len(side) == 2 for side in persons)
    return {"turned": float(turned), "couple": float(two and len(met) == 1)}


def people(a: list[Who], b: list[Who]) -> dict[str, float]:
    """Who is in both: people and bodies by name, a state also by a person who speaks for it."""
    met = pairs(a, b)
    left = [w for w in a if w.key not in {x.key for x, _, _ in met}]
    right = [w for w in b if w.key not in {y.key for _, y, _ in met}]
    for_states = _spoken_for(left, right)
    shared = len(met) + for_states
    strangers = any(w.kind == "person" for w in left) and any(w.kind == "person" for w in right)
    named = [likeness for x, _, likeness in met if x.kind == "person"]
    known = sum(x.kind != "state" and likeness >= SURE for x, _, likeness in met)
    several = "persons" if known > 1 else "mixed" if known or named else "states"
    return {
        several: float(shared >= 2),
        "both": float(shared >= 2),
        "stand_in": float(shared >= 2 and bool(named) and sum(x.kind != "state" for x, _, _ in met) == 1),
        "one": float(shared == 1),
        "name": min(1.0, sum(named) / 2),
        "others": float(strangers and not for_states),
    }


def pairs(a: Sequence[Who], b: Sequence[Who]) -> list[tuple[Who, Who, float]]:
    """Who of the one is who of the other, the likest first, each once; and how like their names are."""
    both = product(enumerate(a[:MOST]), enumerate(b[:MOST]))
    ranked = [(likeness, i, j) for (i, x), (j, y) in both if (likeness := alike(x, y)) >= NAMED]
    ranked.sort(key=lambda it: -it[0])
    taken: tuple[set[int], set[int]] = set(), set()
    found = []
    for likeness, i, j in ranked:
        if i not in taken[0] and j not in taken[1]:
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

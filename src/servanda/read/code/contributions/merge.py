"""The same contribution told twice is one: the fuller telling stays."""

from __future__ import annotations

import re

from servanda.types import Contribution

POSTS = frozenset({"individual_officers", "staff_officers", "military_observers"})
PEOPLE = POSTS | {"troops", "police_officers", "police"}
PHASES = {"deployed": "there", "returned": "back", "pledged": "ahead", "planned": "ahead", "ready": "ahead"}
NUMBER = re.compile(r"\d+(?!.*\d)")


def merged(told: list[Contribution], women: dict[str, int]) -> list[Contribution]:
    """Each contribution once, in order of start; `women` are those told elsewhere, by the unit's number or its size."""
    kept: list[Contribution] = []
    for fact in told:
        twin = next((other for other in kept if _same(other, fact)), None)
        if twin is None:
            kept.append(fact)
        elif _fullness(fact) > _fullness(twin):
            kept[kept.index(twin)] = _completed(fact, twin)
        else:
            _completed(twin, fact)
    for fact in kept:
        if fact.women is None and fact.count:
            fact.women = women.get(_number(fact) or f"of {fact.count}")
    return sorted(kept, key=lambda fact: fact.start)


def _same(a: Contribution, b: Contribution) -> bool:
    if a.contributor != b.contributor or not _like(a, b):
        return False
    if (
        a.what in POSTS
        and a.count
        and a.count == b.count
        and _agree(a.mission, b.mission)
        and _leaving(a)
        and _leaving(b)
    ):
        return True
    if PHASES[a.status] != PHASES[b.status]:
        return False
    if not _agree(a.mission, b.mission) or not _agree(a.count, b.count):
        return False
    if a.what in PEOPLE:
        return a.measure == b.measure and a.status == b.status
    return _agree(_number(a), _number(b))


def _leaving(fact: Contribution) -> bool:
    return fact.measure == "movement" and fact.status in ("deployed", "planned")


def _like(a: Contribution, b: Contribution) -> bool:
    """One kind; or officers whose post the other telling names, as many and to the same mission."""
    if a.what == b.what:
        return True
    kinds = {a.what, b.what}
    same = a.count is not None and a.count == b.count and a.mission is not None and a.mission == b.mission
    return same and "individual_officers" in kinds and kinds <= POSTS


def _agree(a: object, b: object) -> bool:
    return a is None or b is None or a == b


def _number(fact: Contribution) -> str | None:
    match = NUMBER.search(fact.unit or "")
    return match.group() if match else None


def _fullness(fact: Contribution) -> float:
    parts = (fact.count, fact.mission, fact.unit, fact.date, fact.women)
    return sum(part is not None for part in parts) + fact.confidence


def _completed(fact: Contribution, other: Contribution) -> Contribution:
    """What the poorer telling knows besides."""
    fact.unit = fact.unit or other.unit
    fact.women = fact.women if fact.women is not None else other.women
    if fact.count is None and fact.measure == other.measure:
        fact.count = other.count
    fact.mission = fact.mission or other.mission
    if fact.what == "individual_officers":
        fact.what = other.what
    return fact

"""Which engagement is part of which: what a visitor does on his visit, what is done on the margins of a conference."""

from __future__ import annotations

from bisect import bisect_left

from servanda.read.code.engagements.merge import Telling, near

HOSTS = ("visit", "conference", "training")
REACH = 12


def parents(tellings: list[Telling]) -> dict[int, int]:
    """For each telling, by its index, the one it is part of; and its date from that one where it tells none."""
    hosts = [i for i, t in enumerate(tellings) if t.kind in HOSTS]
    found: dict[int, int] = {}
    for index, child in enumerate(tellings):
        middle = bisect_left(hosts, index)
        near_by = hosts[max(0, middle - REACH) : middle + REACH]
        options = [h for h in near_by if h != index and _holds(tellings[h], child)]
        if options:
            found[index] = max(options, key=lambda h: _closeness(tellings[h], child))
    for index, host in found.items():
        _date_from(tellings[index], tellings[host])
    return found


def _holds(host: Telling, child: Telling) -> bool:
    if not near(host.date, child.date) or host.status in ("proposed", "cancelled", "postponed"):
        return False
    if child.status == "held" and host.status == "planned":
        return False
    if host.kind == "visit":
        return _on_visit(host, child)
    if host.kind == "training":
        return child.kind == "ceremony" and child.date is not None and abs(host.sentence - child.sentence) <= 2
    return child.kind == "meeting" and child.form == "margins" and bool({*host.participants} & {*child.participants})


def _on_visit(host: Telling, child: Telling) -> bool:
    visitor = host.participants[0]
    if visitor not in child.participants:
        return False
    if child.kind == "visit":
        return bool(host.states) and not child.states & host.states and not child.abroad and host.abroad
    return not child.before or host.date == child.date


def _closeness(host: Telling, child: Telling) -> tuple[bool, bool, int]:
    return host.kind == "visit", bool(host.date), -abs(host.sentence - child.sentence)


def _date_from(child: Telling, host: Telling) -> None:
    """A visit's days are those of what is held on it; only its first and last day tell when something is planned."""
    tells = host.date is not None and ("/" in host.date or child.status == "held")
    if child.date is None and tells and not child.before:
        child.date = host.date


def one_by_one(tellings: list[Telling], series: list[Telling]) -> None:
    """`Ngày 26/2, A có các cuộc gặp với …`: what A is then told to hold, one after the other, is on that day."""
    for telling in tellings:
        if telling.kind != "meeting" or telling.date or telling.status != "held" or telling.before or telling.headline:
            continue
        for first in series:
            if first.sentence < telling.sentence and first.persons & set(telling.participants[:2]):
                telling.date = first.date

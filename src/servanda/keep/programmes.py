"""Programmes: found from records, asked for by name.

Four kinds: what takes place in the course of a visit; meetings of one name with numbers (`lần thứ 16`, `lần thứ 17`);
a cycle, where such a meeting is told in one breath with other events to come; and a unit's way to its mission, from
willingness to return. What is planned stands beside what was held, and every step with the words that tell it.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.fuzz import partial_ratio, token_set_ratio

from servanda.keep.deployments import deployments
from servanda.keep.follow import Undertaking
from servanda.keep.names import plain
from servanda.keep.resolve import Resolved
from servanda.keep.series import series, visits
from servanda.keep.steps import Programme, ProgrammeKind, Step, StepStatus, in_order, scheme, settled
from servanda.records import Filed

NEAR = 60.0  # likeness, of 100, of a name asked for and one offered instead
SURE = 90.0
OFFERED = 5


def programmes(
    documents: Sequence[Filed], engagements: Sequence[Resolved], undertakings: Sequence[Undertaking]
) -> list[Programme]:
    """Every programme of these documents, steps in order, each settled by the ledger where it has an entry."""
    entries = {entry.id: entry for entry in undertakings}
    of_engagement = {entry.engagement: entry.id for entry in undertakings if entry.engagement}
    told_at = {(p.source, p.start): entry.id for entry in undertakings for p in (entry.made, *entry.told_again)}
    found = [*deployments(documents, engagements), *series(documents, engagements), *visits(engagements)]
    for programme in found:
        for step in programme.steps:
            step.undertaking = of_engagement.get(step.engagement or "") or next(
                (told_at[p.source, p.start] for p in step.told if (p.source, p.start) in told_at), None
            )
        programme.steps = in_order(settled(step, entries) for step in programme.steps)
    kept = [p for p in found if len(p.steps) >= scheme().least]
    return sorted(kept, key=lambda p: (list(scheme().kinds).index(p.kind), p.name))


def by_name(name: str, found: Sequence[Programme]) -> tuple[list[Programme], list[str]]:
    """The programmes of that id or name, the likeliest first; where there is none, names that come near."""
    exact = [p for p in found if p.id == name]
    if exact:
        return exact, []
    wanted = plain(name)
    scored = sorted(((_likeness(wanted, p), p) for p in found), key=lambda it: -it[0])
    hits = [p for score, p in scored if score >= SURE]
    return hits, [p.name for score, p in scored[:OFFERED] if score >= NEAR and not hits]


def _likeness(wanted: str, programme: Programme) -> float:
    names = [plain(n) for n in (programme.name, *programme.also, *programme.labels.values())]
    return max((max(token_set_ratio(wanted, n), partial_ratio(wanted, n) if len(n) >= len(wanted) else 0.0)
                for n in names), default=0.0)  # fmt: skip


__all__ = ["Programme", "ProgrammeKind", "Step", "StepStatus", "by_name", "programmes"]

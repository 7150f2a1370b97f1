"""Towns that are visited, and whose they are: the capitals of states, and the towns of the language's own state."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from servanda.read.code.engagements.around import Firing
from servanda.read.code.engagements.context import Context
from servanda.read.page import Page
from servanda.vocabulary import Capital, SpeechWord

HOME = "vi.place.province"
REACH = 30  # code points from the words of a visit to the town


@dataclass(slots=True)
class Towns:
    """Where the page names a town, in order, and the id of the state whose it is."""

    starts: list[int] = field(default_factory=list)
    states: list[str] = field(default_factory=list)


def state_of_town(page: Page, firing: Firing, context: Context) -> str | None:
    """The state, as the page names it, of the town that the words of a visit lead to: `thăm Hà Nội`."""
    towns = _towns(page)
    index = bisect_left(towns.starts, firing.end)
    if index == len(towns.starts) or towns.starts[index] >= min(firing.limit, firing.end + REACH):
        return None
    gap = context["lead"].sub(" ", firing.setting.between(firing.end, towns.starts[index]), count=1)
    return None if context.tells("stop", gap) or len(gap.split()) > 2 or "," in gap else towns.states[index]


def _towns(page: Page) -> Towns:
    kept = page.memo.get("towns")
    if isinstance(kept, Towns):
        return kept
    known = {actor.code: actor.id for actor in page.actors if actor.kind == "state"}
    home = next((w.note for w in page.lexicon.entries("speech", SpeechWord) if w.role == "home"), None)
    told = [(h.start, h.entry.state) for h in page.hits.get("capitals", ()) if isinstance(h.entry, Capital)]
    told += [(h.start, home or "") for h in page.hits.get("places", ()) if h.entry.id == HOME]
    found = sorted((start, known[code]) for start, code in told if code in known)
    page.memo["towns"] = made = Towns([start for start, _ in found], [state for _, state in found])
    return made

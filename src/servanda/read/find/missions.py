"""Peace operations: by acronym or name, or by a word for one with its place (phái bộ … tại Nam Sudan)."""

from __future__ import annotations

import re

from servanda.read.find.clues import Clues, marked
from servanda.read.find.grammar import runners
from servanda.read.page import Mention

CUES = ("peacekeeping", "mission_bare")


def find_missions(clues: Clues) -> list[Mention]:
    """Mentions of kind `mission`; `code` is the acronym, none for a bare `phái bộ`, which link resolves.

    `name` is None where the operation is meant by its country alone.
    """
    found = [Mention(h.start, h.end, "mission", (h.start, h.end), code=h.entry.id) for h in clues.missions.values()]
    for match in _phrases(clues):
        found += _told(clues, match)
    taken = marked(len(clues.text), ((m.start, m.end) for m in found))
    return found + [m for m in _bare(clues) if not taken[m.start]]


def _phrases(clues: Clues) -> list[re.Match[str]]:
    if not any(role in CUES for role in clues.roles.values()):
        return []
    return [m for m in clues.grammar.mission.finditer(clues.folded) if clues.article[m.start()]]


def _told(clues: Clues, match: re.Match[str]) -> list[Mention]:
    groups = match.groupdict()
    if groups["code"]:
        return [Mention(*match.span(), "mission", match.span(), code=groups["code"].upper())]
    org = groups.get("org") or groups.get("org2")
    by = runners(clues.page.lexicon).get(org or "", "UN")
    place = next((g for g in (*"abcde", "meant") if groups.get(g)), None)
    if place is None:
        return []
    code = clues.grammar.missions.get((by, groups[place]))
    if code is None:
        return []
    end = match.end(place)
    name = (match.start(), end) if place != "meant" else None
    found = [Mention(match.start(), end, "mission", name, code=code)]
    second = clues.grammar.missions.get((by, groups["second"])) if groups["second"] else None
    if second:
        found.append(Mention(*match.span("second"), "mission", name and match.span("second"), code=second))
    return found


def _bare(clues: Clues) -> list[Mention]:
    bare = (clues.phrases[at] for at, role in clues.roles.items() if role == "mission_bare")
    return [Mention(h.start, h.end, "mission") for h in bare]

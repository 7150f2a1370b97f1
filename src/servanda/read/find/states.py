"""States: named, meant by their government or people, by a capital that acts, or by a short form in a pair."""

from __future__ import annotations

from servanda.folding import fold
from servanda.read.find.clues import Clues
from servanda.read.page import Mention


def find_states(clues: Clues, bodies: list[Mention]) -> list[Mention]:
    """Mentions of states; `code` is the ISO code, none for `nước này`, which link resolves."""
    found = [
        Mention(_lead(clues, hit.start), hit.end, "state", (hit.start, hit.end), code=hit.entry.id)
        for hit in clues.states.values()
    ]
    found += _pairs(clues)
    found += [
        Mention(hit.start, hit.end, "state", (hit.start, hit.end), code=clues.grammar.capitals[hit.entry.id])
        for hit in clues.capitals.values()
        if _acts(clues, hit.start, hit.end)
    ]
    for at, hit in clues.phrases.items():
        if clues.role(at) == "this_country":
            found.append(Mention(hit.start, hit.end, "state"))
        elif clues.role(at) == "our_country":
            found.append(Mention(hit.start, hit.end, "state", (hit.start, hit.end), code="VN"))
    return _distinct(found)


def _lead(clues: Clues, start: int) -> int:
    """The start of `Chính phủ`, `phía` and the like before a state."""
    for back in range(1, 4):
        at = start
        for _ in range(back):
            at, word = clues.before(at)
            if not word:
                return start
        hit = clues.phrases.get(at)
        if hit and clues.role(at) == "government" and clues.skip(hit.end) == start:
            return at
    return start


def _pairs(clues: Clues) -> list[Mention]:
    found = []
    for match in clues.grammar.pair.finditer(clues.text):
        at = match.start()
        if not clues.article[at]:
            continue
        for part in match.group().replace("–", "-").split("-"):
            start = at + len(part) - len(part.lstrip())
            word = part.strip()
            found.append(
                Mention(
                    start,
                    start + len(word),
                    "state",
                    (start, start + len(word)),
                    code=clues.grammar.states_by_short[fold(word)],
                )
            )
            at += len(part) + 1
    return found


def _acts(clues: Clues, start: int, end: int) -> bool:
    """A capital acts where no word for a place stands before it and a verb follows."""
    _, before = clues.before(start)
    after = clues.word(clues.skip(end))
    return not clues.listed("place", before) and clues.listed("speaks", after)


def _distinct(found: list[Mention]) -> list[Mention]:
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Mention] = []
    reach = -1
    for mention in found:
        if mention.start >= reach:
            kept.append(mention)
            reach = mention.end
    return kept

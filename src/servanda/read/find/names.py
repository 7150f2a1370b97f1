"""The shape of a person's name: where the naming words that start at a position end."""

from __future__ import annotations

from servanda.folding import fold
from servanda.read.find.clues import CAPITAL, Clues

LONGEST = 7


def tokens(clues: Clues, at: int) -> list[tuple[int, int]]:
    """The capitalised words that follow one another from `at`, with the particles between them (al, bin, van)."""
    found: list[tuple[int, int]] = []
    text = clues.text
    while len(found) < LONGEST:
        match = CAPITAL.match(text, at)
        if not match:
            word = clues.word(at)
            following = at + len(word) + 1
            if (
                found
                and word in clues.grammar.particles
                and text[at + len(word) : following] in (" ", "-")
                and CAPITAL.match(text, following)
            ):
                at = following
                continue
            break
        end = match.end()
        tail = clues.grammar.name_tail.match(text, end)
        if tail:
            end = tail.end()
        found.append((match.start(), end))
        at = clues.skip(end)
        if at == end or "\n" in text[end:at]:
            break
    return found


def _cut(clues: Clues, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Up to the first word that belongs to a state, place, body or mission of more than one word, or is an acronym."""
    for number, (start, end) in enumerate(found):
        if _is_other(clues, start, end, first=number == 0):
            return found[:number]
    return found


def _is_other(clues: Clues, start: int, end: int, *, first: bool) -> bool:
    for hits in (clues.states, clues.places, clues.bodies, clues.missions):
        hit = hits.get(start)
        if hit and (first or hit.end > end or hits is clues.bodies or hits is clues.missions):
            return True
    token = clues.text[start:end]
    if first and fold(token) in clues.grammar.not_a_name and not clues.is_title_case_name(start, end):
        return True
    return len(token) > 1 and token.isupper() and not token.endswith(".") and not clues.shouting(start)


def name_end(clues: Clues, at: int, *, titled: bool) -> int | None:
    """Where the person's name that starts at `at` ends, or None. `titled`: a title or rank stands before it."""
    found = _cut(clues, tokens(clues, at))
    if not found:
        return None
    words = [fold(clues.text[s:e]) for s, e in found]
    count = _vietnamese(clues, words)
    if not count:
        count = len(words) if titled or _looks_foreign(clues, found, words) else 0
    if count == 1 and not titled:
        return None
    return found[count - 1][1] if count else None


def _vietnamese(clues: Clues, words: list[str]) -> int:
    """How many words a Vietnamese name takes, or 0. Chinese and Korean names in Sino-Vietnamese reading are alike."""
    if words[0] not in clues.grammar.surnames:
        return 0
    count = 1
    while count < len(words) and count < 5 and clues.grammar.syllable.fullmatch(words[count]):
        count += 1
    if count == 1 and len(words) > 1:
        return 0
    return count


def _looks_foreign(clues: Clues, found: list[tuple[int, int]], words: list[str]) -> bool:
    """Without a title, a name needs two words or more, the first a known given name."""
    return len(words) > 1 and clues.text[found[0][0] : found[0][1]] in clues.grammar.given

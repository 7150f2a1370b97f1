"""States: named, meant by their government or people, by a capital that acts, or by a short form in a pair."""

from __future__ import annotations

import re
from collections.abc import Iterator

from servanda.folding import fold
from servanda.lexicon import Hit
from servanda.read.find.clues import CAPITAL, MARKED, Clues, marked
from servanda.read.page import Mention

DASH = re.compile("-")
FIRST = re.compile(r"(?<![\w-])\w")
LONGEST_SHORT = 24  # code points of the short name of a state before a dash, and the space between
PART = re.compile(r"[^-–\s]+(?:[ \u00a0][^-–\s]+)*")


def find_states(clues: Clues) -> list[Mention]:
    """Mentions of states; `code` is the ISO code, none for `nước này`, which link resolves."""
    led = {clues.skip(clues.phrases[at].end) for at, role in clues.roles.items() if role == "government"}
    found = [
        _mention(_lead(clues, h.start) if h.start in led else h.start, h.start, h.end, h.entry.id) for h in _hits(clues)
    ]
    found += _pairs(clues)
    for hit in clues.capitals.values():
        if _acts(clues, hit.start, hit.end):
            found.append(_mention(hit.start, hit.start, hit.end, clues.grammar.capitals[hit.entry.id]))
    for at, role in clues.roles.items():
        if role == "this_country":
            found.append(Mention(at, clues.phrases[at].end, "state"))
        elif role == "our_country":
            found.append(_mention(at, at, clues.phrases[at].end, "VN"))
    return _distinct(found)


def _hits(clues: Clues) -> list[Hit]:
    """States' names; a short one that may be another word only if the page names that state elsewhere for sure."""
    inside = _inside_others(clues)
    hits = [h for at, h in clues.states.items() if not inside[at] and not clues.listed("no_state", clues.before(at)[1])]
    doubtful = [_is_doubtful(clues, h) for h in hits]
    sure = {h.entry.id for h, doubt in zip(hits, doubtful, strict=True) if not doubt}
    return [
        h
        for h, doubt in zip(hits, doubtful, strict=True)
        if not doubt or (h.entry.id in sure and not _in_a_run(clues, h))
    ]


def _inside_others(clues: Clues) -> bytearray:
    """Where no state is meant: in the English name of a known body (South China Morning Post), and in the words of a
    title where accents are missing (Tong Bi thu)."""
    named = ((h.start, h.end) for h in clues.bodies.values())
    found = [(s, e) for s, e in named if " " in clues.text[s:e] and clues.text[s:e].isascii()]
    if not clues.page.tokens.accented:
        found += [(h.start, h.end) for h in clues.titles.values()]
    return marked(len(clues.text), found)


def _mention(lead: int, start: int, end: int, code: str) -> Mention:
    return Mention(lead, end, "state", (start, end), code=code)


def _is_doubtful(clues: Clues, hit: Hit) -> bool:
    """A short name that is also a common word or a syllable of names: at the start of a sentence, or among capitals."""
    text = clues.text[hit.start : hit.end]
    if len(text) > 5 or " " in text or not clues.is_syllable(text):
        return False
    if _in_a_run(clues, hit):
        return True
    return clues.opens_sentence(hit.start) and not (_acts_as_state(clues, hit.end) and hit.start not in clues.titles)


def _acts_as_state(clues: Clues, end: int) -> bool:
    """Whether what follows is what states do: an act of theirs, or a meeting with another state."""
    at = clues.skip(end)
    verb, role = clues.phrases.get(at), clues.role(at)
    return verb is not None and (
        role == "state_acts" or (role == "state_meets" and clues.skip(verb.end) in clues.states)
    )


def _in_a_run(clues: Clues, hit: Hit) -> bool:
    """Whether a capitalised Vietnamese syllable that opens no name stands right after: Thái Hòa is no state."""
    if len(clues.text[hit.start : hit.end]) > 5 or " " in clues.text[hit.start : hit.end]:
        return False
    after = CAPITAL.match(clues.text, clues.skip(hit.end))
    if after and after.start() > hit.end and MARKED.search(after.group()) and clues.is_syllable(after.group()):
        word = fold(after.group())
        return word not in clues.grammar.common_surnames and after.start() not in clues.heads
    return False


def _lead(clues: Clues, start: int) -> int:
    """The start of `Chính phủ`, `phía` and the like before a state, if they stand within three words."""
    at = start
    for _ in range(3):
        at, word = clues.before(at)
        if not word:
            return start
        hit = clues.phrases.get(at)
        if hit and clues.role(at) == "government" and clues.skip(hit.end) == start:
            return at
    return start


def _pairs(clues: Clues) -> list[Mention]:
    found = []
    for match in _dashed(clues):
        for part in PART.finditer(clues.text, *match.span()):
            code = clues.grammar.states_by_short.get(fold(part.group()))
            if code:
                found.append(_mention(part.start(), *part.span(), code))
    return found


def _dashed(clues: Clues) -> Iterator[re.Match[str]]:
    """The short names of states joined by dashes, sought only before a dash."""
    text, reach = clues.text, 0
    for dash in DASH.finditer(clues.folded):
        if dash.start() < reach:
            continue
        for word in FIRST.finditer(text, max(reach, dash.start() - LONGEST_SHORT), dash.start()):
            match = clues.grammar.pair.match(text, word.start())
            if match and match.end() > dash.start():
                reach = match.end()
                if clues.article[match.start()]:
                    yield match
                break


def _acts(clues: Clues, start: int, end: int) -> bool:
    """A capital acts where no word for a place stands before it and a verb follows, or who is asked or accused."""
    at, before = clues.before(start)
    first, second = clues.before(at)
    two = f"{second} {before}"
    if clues.listed("treaty", two) or (clues.text[first].isupper() and clues.listed("treaty_titled", two)):
        return False
    if clues.listed("addressed", two) or clues.listed("addressed", f"{clues.before(first)[1]} {two}"):
        return True
    after = clues.word(clues.skip(end))
    return not clues.listed("place", before) and (clues.listed("speaks", after) or _acts_as_state(clues, end))


def _distinct(found: list[Mention]) -> list[Mention]:
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Mention] = []
    reach = -1
    for mention in found:
        if mention.start >= reach:
            kept.append(mention)
            reach = mention.end
    return kept

"""Names of Vietnamese people that went through Chinese transcription: what they may have been, as proposals."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import product

from servanda.lexicon import Lexicon
from servanda.read.page import Page
from servanda.types import Actor
from servanda.vocabulary import Pinyin

MOST = 6
HOME = "VN"


@cache
def _table(lexicon: Lexicon) -> tuple[dict[str, Pinyin], re.Pattern[str]]:
    table = {entry.id: entry for entry in lexicon.entries("pinyin", Pinyin)}
    forms = "|".join(sorted((k for k, e in table.items() if e.given), key=len, reverse=True))
    return table, re.compile(rf"(?:{forms})" if forms else r"(?!)")


def propose(page: Page, persons: list[Actor]) -> None:
    """Fill `proposals` of persons whose name is a Chinese transcription, on pages that speak of Việt Nam most."""
    if not persons or not _is_at_home(page):
        return
    for person in persons:
        person.proposals = readings(page.lexicon, person.names[0])


def _is_at_home(page: Page) -> bool:
    named = Counter(m.code for m in page.mentions if m.kind == "state" and m.code)
    return named[HOME] > 0 and named[HOME] >= max(named.values())


def readings(lexicon: Lexicon, name: str) -> list[str]:
    """Vietnamese readings of a transcribed name (`Wu Wenjun`: Võ Văn Tuấn, …), the first with its characters."""
    table, pattern = _table(lexicon)
    words = name.lower().split()
    first = table.get(words[0]) if len(words) in (2, 3) and name.isascii() else None
    syllables = _syllables("".join(words[1:]), pattern) if first and first.surname else []
    if not first or not 1 <= len(syllables) <= 3:
        return []
    choices = [first.surname, *(table[s].given for s in syllables)]
    found = [[part.split(" ", 1) for part in choice] for choice in product(*choices)][:MOST]
    return [" ".join(p[1] for p in parts) for parts in found] + ["".join(p[0] for p in found[0])]


def _syllables(word: str, pattern: re.Pattern[str]) -> list[str]:
    """The word cut into known syllables, longest first; empty where it does not come out even."""
    found, at = [], 0
    while at < len(word):
        match = pattern.match(word, at)
        if not match:
            return []
        found.append(match.group())
        at = match.end()
    return found

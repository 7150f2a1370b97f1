"""Machine translation: whether a page reads as one, and why. Signs are data; two sorts weigh more than many of one."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from servanda.lexicon import Lexicon
from servanda.read.page import Page
from servanda.vocabulary import TranslationSign

ENOUGH, SORTS, ALONE = 3.0, 2, 4.4


@cache
def signs(lexicon: Lexicon) -> tuple[tuple[TranslationSign, re.Pattern[str]], ...]:
    """The signs of a lexicon with their patterns compiled; a line break in a pattern stands for a space."""
    entries = lexicon.entries("translated", TranslationSign)
    return tuple((entry, re.compile(" ".join(entry.pattern.split("\n")))) for entry in entries)


def translation_signs(page: Page) -> list[tuple[TranslationSign, str]]:
    """Every sign found with the words it was found in, at most as often as it counts."""
    hinted = {hit.entry.id for hit in page.hits.get("translated", ())}
    if not hinted:
        return []
    found: list[tuple[TranslationSign, str]] = []
    for sign, pattern in signs(page.lexicon):
        if sign.words and sign.id not in hinted:
            continue
        found += [(sign, match.group()) for match in islice(pattern.finditer(page.text), sign.most)]
    return found


def translated(page: Page) -> list[str]:
    """Why a page is taken for a machine's translation, one line a sign; nothing where it is not."""
    found = translation_signs(page)
    weight = sum(sign.weight for sign, _ in found)
    if weight < (ENOUGH if len({sign.sort for sign, _ in found}) >= SORTS else ALONE):
        if found and weight >= ENOUGH / 2:
            page.refuse("vi.translated", 0, min(1, len(page.text)), f"signs of translation weigh only {weight:.1f}")
        return []
    return [f"{sign.reason}: {' '.join(words.split())}" for sign, words in found]

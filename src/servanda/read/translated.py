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
    """The signs found with the words they were found in, each at most as often as it counts.

    Once those left cannot make a machine's page any more they are not looked for, unless explanations are asked for.
    """
    hinted = {hit.entry.id for hit in page.hits.get("translated", ())}
    tried = [known for known in signs(page.lexicon) if known[0].id in hinted]
    found: list[tuple[TranslationSign, str]] = []
    for number, (sign, pattern) in enumerate(tried):
        if page.refusals is None and not _may_suffice([s for s, _ in found], [s for s, _ in tried[number:]]):
            return []
        found += [(sign, match.group()) for match in islice(pattern.finditer(page.text), sign.most)]
    return found


def _may_suffice(found: list[TranslationSign], left: list[TranslationSign]) -> bool:
    """Whether these signs, with all that those left may add, would weigh enough."""
    weight = sum((sign.weight for sign in found), 0.0) + sum((sign.weight * sign.most for sign in left), 0.0)
    return weight + 1e-9 >= _enough([*found, *left])


def _enough(found: list[TranslationSign]) -> float:
    return ENOUGH if len({sign.sort for sign in found}) >= SORTS else ALONE


def translated(page: Page) -> list[str]:
    """Why a page is taken for a machine's translation, one line a sign; nothing where it is not."""
    found = translation_signs(page)
    weight = sum((sign.weight for sign, _ in found), 0.0)
    if weight < _enough([sign for sign, _ in found]):
        if found and weight >= ENOUGH / 2:
            page.refuse("vi.translated", 0, min(1, len(page.text)), f"signs of translation weigh only {weight:.1f}")
        return []
    return [f"{sign.reason}: {' '.join(words.split())}" for sign, words in found]

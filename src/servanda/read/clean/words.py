"""The words that give noise away, ready for use: built once from a lexicon's `noise` entries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from servanda.folding import fold
from servanda.lexicon import Lexicon
from servanda.vocabulary import NoiseRule, expand


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words by the part they play, each with the entry it stands in."""

    labels: dict[str, NoiseRule]
    label: re.Pattern[str]
    bylines: frozenset[str]
    agencies: frozenset[str]
    bodies: frozenset[str]
    pages: dict[str, NoiseRule]
    languages: frozenset[str]
    todays: frozenset[str]
    today: re.Pattern[str]


@cache
def words(lexicon: Lexicon) -> Words:
    """The noise words of a lexicon."""
    forms: dict[str, dict[str, NoiseRule]] = {}
    for entry in lexicon.entries("noise", NoiseRule):
        known = forms.setdefault(entry.role, {})
        known.update((fold(form), entry) for written in (*entry.forms, *entry.words) for form in expand(written))
    labels = forms.get("label", {})
    longest = sorted(map(re.escape, labels), key=len, reverse=True)
    bylines = forms.get("byline", {})
    today = "|".join(map(re.escape, forms.get("today", ()))) or "(?!)"
    return Words(
        labels,
        re.compile(rf"({'|'.join(longest) or '(?!)'}) ?:[ \t]*"),
        frozenset(word for form in bylines for word in form.replace(",", " ").split()),
        frozenset(forms.get("agency", ())),
        frozenset(forms.get("body", ())),
        forms.get("page", {}),
        frozenset(forms.get("language", ())),
        frozenset(forms.get("today", ())),
        re.compile(rf"(?:{today})\s?\([^\d\W]*\s?(\d{{1,2}})[/.-](\d{{1,2}})(?:[/.-](\d{{4}}))?\)"),
    )

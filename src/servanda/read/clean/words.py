"""The words that give noise away, ready for use: built once from a lexicon's `noise` entries."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    credited: re.Pattern[str]
    outlets: re.Pattern[str]
    bodies: frozenset[str]
    pages: dict[str, NoiseRule]
    languages: frozenset[str]
    todays: frozenset[str]
    tells: frozenset[str]
    today: re.Pattern[str]


@cache
def words(lexicon: Lexicon) -> Words:
    """The noise words of a lexicon."""
    forms: dict[str, dict[str, NoiseRule]] = {}
    for entry in lexicon.entries("noise", NoiseRule):
        known = forms.setdefault(entry.role, {})
        known.update((fold(form), entry) for written in (*entry.forms, *entry.words) for form in expand(written))
    labels = forms.get("label", {})
    bylines = forms.get("byline", {})
    today = _any(forms.get("today", ()))
    return Words(
        labels,
        re.compile(rf"({_any(labels)}) ?:[ \t]*"),
        frozenset(word for form in bylines for word in re.split(r"[ ,/]+", form)),
        frozenset(forms.get("agency", ())),
        _whole([*forms.get("credited", ()), *forms.get("agency", ())]),
        _whole(forms.get("outlet", ())),
        frozenset(forms.get("body", ())),
        forms.get("page", {}),
        frozenset(forms.get("language", ())),
        frozenset(forms.get("today", ())),
        frozenset(forms.get("telling", ())),
        re.compile(rf"(?:{today})\s?\([^\d\W]*\s?(\d{{1,2}})[/.-](\d{{1,2}})(?:[/.-](\d{{4}}))?\)"),
    )


def _any(forms: Iterable[str]) -> str:
    """A pattern for any of the forms, the longest first; for none of them, one that nothing matches."""
    return "|".join(sorted(map(re.escape, forms), key=len, reverse=True)) or "(?!)"


def _whole(forms: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the folded forms as whole words."""
    return re.compile(rf"(?<!\w)(?:{_any(forms)})(?!\w)")

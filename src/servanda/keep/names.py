"""Whether two actors named in two documents may be one: by code, by name in any order and script, by likeness.

A name alone never makes two people one: `alike` says how far names go, and who decides adds posts, states and company.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from rapidfuzz.fuzz import ratio

from servanda.folding import bare

WORD = re.compile(r"\w+")
HYPHENS = re.compile(r"\w-\w")
VOWELS = re.compile(r"[aeiouy\s]+")
WORD_OF_IT = 0.6  # one word of a longer name, or the same by sound
SOUND = 70.0  # likeness, of 100, of the consonants of a name and of its transcription
SPELLING = 82.0  # likeness, of 100, of two spellings of one foreign name


@dataclass(slots=True)
class Who:
    """An actor as one document has it. `states` are ISO codes that its posts name.

    `named` leads from the names of states, as the document writes them, to their codes.
    """

    key: str
    kind: str
    names: tuple[str, ...]
    code: str | None = None
    posts: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()
    source: str = ""
    forms: frozenset[str] = field(default_factory=frozenset)
    named: dict[str, str] = field(default_factory=dict)

    @property
    def transcribed(self) -> bool:
        """Spelled by its sound, syllable by syllable: `An-tô-ni-ô Gu-tê-rết`."""
        return any(HYPHENS.search(name) for name in self.names)

    @property
    def name(self) -> str:
        """The fullest name."""
        return self.names[0] if self.names else ""


@lru_cache(65536)
def plain(name: str) -> str:
    """A name for comparing: bare words, syllables of transcriptions joined apart by single spaces."""
    return " ".join(WORD.findall(bare(name)))


def forms(names: Iterable[str]) -> frozenset[str]:
    """Every name of an actor, plain."""
    return frozenset(p for name in names if (p := plain(name)))


def alike(a: Who, b: Who) -> float:
    """How far the names say that two actors are one: 1 the same, 0.6 one word of a longer name, 0 no."""
    if a.kind != b.kind and {a.kind, b.kind} != {"organisation", "mission"}:
        return 0.0
    if a.code and b.code:
        return float(a.code == b.code)
    if a.kind == "state":
        return float(bool(a.forms & b.forms))
    if a.kind != "person":
        return 1.0 if a.forms & b.forms else _contained(a.forms, b.forms)
    pairs = list(product(*_full(a.forms, b.forms))) if len(a.forms) + len(b.forms) > 2 else [*product(a.forms, b.forms)]
    foreign = a.name.isascii() and b.name.isascii()
    found = max((person(x, y, foreign=foreign) for x, y in pairs), default=0.0)
    if found < WORD_OF_IT and a.transcribed != b.transcribed:
        return max((transcribed(x, y) for x, y in pairs), default=0.0)
    return found


def _full(*names: frozenset[str]) -> list[list[str]]:
    """The names of two people that may be compared: where both are told in full, a word of them says nothing."""
    full = [[form for form in forms if " " in form] for forms in names]
    return full if all(full) else [list(forms) for forms in names]


@lru_cache(65536)
def transcribed(a: str, b: str) -> float:
    """A foreign name and one spelled by its sound, by their consonants: never more than a word of it would say."""
    x, y = VOWELS.sub("", a), VOWELS.sub("", b)
    return WORD_OF_IT if min(len(x), len(y)) >= 4 and x[0] == y[0] and ratio(x, y) >= SOUND else 0.0


def _contained(a: frozenset[str], b: frozenset[str]) -> float:
    """A body's name that goes on in the other: `Bộ Quốc phòng` and `Bộ Quốc phòng Việt Nam`."""
    pairs = [(x, y) for x in a for y in b if len(x.split()) > 1 and len(y.split()) > 1]
    return 0.7 if any(x.startswith(y + " ") or y.startswith(x + " ") for x, y in pairs) else 0.0


@lru_cache(262144)
def person(a: str, b: str, *, foreign: bool = False) -> float:
    """Two plain names of people: equal in any order, one within the other, one word of it, or a spelling apart.

    Only `foreign` names, written without accents, may be a spelling apart: Thắng and Thanh are two people.
    """
    x, y = a.split(), b.split()
    if a == b:
        return 1.0 if len(x) > 1 else WORD_OF_IT
    if sorted(x) == sorted(y):
        return 1.0
    short, long = sorted((x, y), key=len)
    if len(short) >= 2 and set(short) <= set(long):
        return 0.95
    if len(short) == 1:
        return 0.6 if short[0] in (long[0], long[-1]) and len(short[0]) > 2 else 0.0
    if not foreign:
        return 0.0
    joined = ratio(a.replace(" ", ""), b.replace(" ", ""))
    shared = len(set(x) & set(y))
    return 0.9 if joined >= SPELLING and shared >= min(len(x), len(y)) - 1 and shared else 0.85 if joined >= 90 else 0.0

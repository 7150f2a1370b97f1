"""The clues on a page: the lexicon's hits by where they start, and the shapes of words around them."""

from __future__ import annotations

import re
from functools import cache

from servanda.folding import fold
from servanda.lexicon import Hit, Lexicon, longest
from servanda.read.page import Page
from servanda.vocabulary import Capital, NameWord, Phrase, State

UPPER = "".join(c for c in map(chr, [*range(0x41, 0x250), *range(0x1E00, 0x1F00)]) if c.isupper())
CAPITAL = re.compile(rf"[{UPPER}](?:\w|[-’'.](?=\w))*(?:(?<=[{UPPER}])\.)?")
SPACE = re.compile(r"[ \u00a0]*")
WORD = re.compile(r"\w+")
ACRONYM = re.compile(r"[A-Z][A-Z0-9]+(?:[-&][A-Z0-9]+)*(?!\w)")
BRACKETED = re.compile(r"[ \u00a0]?\(([^()]{1,60})\)")


class Grammar:
    """What the finders need of the lexicon, made ready once."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = {entry.id: entry for entry in lexicon.entries("name_words", NameWord)}
        self.surnames = frozenset(map(fold, words["surname"].list))
        self.common_surnames = frozenset(map(fold, words["common_surname"].list))
        self.particles = frozenset(words["particle"].list)
        self.not_a_name = frozenset(map(fold, words["not_a_name"].list))
        self.given = frozenset(words["given"].list) if "given" in words else frozenset()
        self.syllable = re.compile(words["syllable"].pattern)
        korean = "|".join(words["korean_second"].list)
        self.name_tail = re.compile(rf"[ \u00a0]?-[ \u00a0](?:{korean})(?!\w)")
        self.lists: dict[str, frozenset[str]] = {}
        for phrase in lexicon.entries("name_grammar", Phrase):
            self.lists[phrase.role] = self.lists.get(phrase.role, frozenset()) | frozenset(map(fold, phrase.list))
        self.pair = _pair_pattern(lexicon)
        self.states_by_short = _short_states(lexicon)
        self.capitals = {c.id: c.state for c in lexicon.entries("capitals", Capital)}


@cache
def grammar(lexicon: Lexicon) -> Grammar:
    """The grammar of a lexicon, made once."""
    return Grammar(lexicon)


def _short_states(lexicon: Lexicon) -> dict[str, str]:
    states = lexicon.entries("states", State)
    short = {fold(w): s.id for s in states for w in s.words if "(" not in w}
    return short | {fold(w): s.id for s in states for w in s.paired}


def _pair_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    states = lexicon.entries("states", State)
    short = {w for s in states for w in s.paired}
    forms = "|".join(sorted(map(re.escape, short), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])({forms})((?:[ \u00a0]?[-–][ \u00a0]?(?:{forms}))+)(?!\w)")


class Clues:
    """Hits by start for each file (`at`), and what stands at a position of the text."""

    def __init__(self, page: Page) -> None:
        self.page, self.text, self.folded = page, page.text, page.folded
        self.grammar = grammar(page.lexicon)
        self.article = _article(page)
        self.places = self._at(page.hits.get("places", ()))
        taken = self._inside(self.places.values())
        self.states = {
            s: h
            for s, h in self._at(longest(page.hits.get("states", ()))).items()
            if not taken[s] or self.places.get(s, h).end < h.end
        }
        self.capitals = self._at(page.longest("capitals"))
        self.bodies = self._at(longest(h for h in page.hits.get("bodies", ()) if h.end - h.start > 1))
        self.missions = self._at(page.longest("missions"))
        self.heads = self._at(page.hits.get("body_heads", ()))
        self.sectors = self._at(page.hits.get("sectors", ()))
        self.titles = self._at(page.hits.get("titles", ()))
        self.phrases = self._at(page.hits.get("name_grammar", ()))

    def _at(self, hits: object) -> dict[int, Hit]:
        found: dict[int, Hit] = {}
        for hit in hits:  # type: ignore[attr-defined]
            if self.article[hit.start]:
                found.setdefault(hit.start, hit)
        return found

    def _inside(self, hits: object) -> bytearray:
        taken = bytearray(len(self.text) + 1)
        for hit in hits:  # type: ignore[attr-defined]
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
        return taken

    def skip(self, at: int) -> int:
        """Past spaces."""
        match = SPACE.match(self.text, at)
        return match.end() if match else at

    def word(self, at: int) -> str:
        """The folded word that starts at `at`, or nothing."""
        match = WORD.match(self.folded, at)
        return match.group() if match else ""

    def before(self, at: int) -> tuple[int, str]:
        """The folded word before `at` with one space between, and where it starts."""
        end = at - 1
        if end <= 0 or self.text[end] not in " \u00a0":
            return at, ""
        start = end
        while start > 0 and end - start < 20 and self.folded[start - 1].isalnum():
            start -= 1
        return start, self.folded[start:end]

    def role(self, at: int) -> str:
        """The role of the phrase of the grammar at `at`, or nothing."""
        hit = self.phrases.get(at)
        return hit.entry.role if hit and isinstance(hit.entry, Phrase) else ""

    def listed(self, role: str, word: str) -> bool:
        """Whether the folded word is on the grammar's list of that role."""
        return word in self.grammar.lists.get(role, ())

    def is_syllable(self, token: str) -> bool:
        """Whether Vietnamese spelling allows the token as a syllable."""
        return self.grammar.syllable.fullmatch(fold(token)) is not None

    def shouting(self, at: int) -> bool:
        """Whether the words around `at` are all in capitals, as in some headlines."""
        around = self.text[max(0, at - 20) : at + 25]
        return around.upper() == around

    def is_title_case_name(self, start: int, end: int) -> bool:
        """Whether a word that often opens a body's name opens a person's here: a capital follows it."""
        match = CAPITAL.match(self.text, self.skip(end))
        return bool(match) and fold(self.text[start:end]) in self.grammar.surnames


def _article(page: Page) -> bytearray:
    inside = bytearray(len(page.text) + 1)
    for sentence in page.sentences:
        inside[sentence.start : sentence.end] = b"\1" * (sentence.end - sentence.start)
    return inside

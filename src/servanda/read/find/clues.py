"""The clues on a page: the lexicon's hits by where they start, and the shapes of words around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from servanda.folding import fold
from servanda.lexicon import Hit, longest
from servanda.read.find.grammar import UPPER, grammar
from servanda.read.page import Page
from servanda.vocabulary import Body, Phrase, Title

CAPITAL = re.compile(
    rf"(?:[{UPPER}]\.){{1,3}}(?:[{UPPER}](?:\w|[-’'](?=\w))*)?|[{UPPER}](?:\w|[-’'](?=\w))*(?:\.[{UPPER}]\w+)*"
)
ACRONYM = re.compile(r"[A-Z][A-Z0-9]+(?:[-&][A-Z0-9]+)*(?!\w)")
BRACKETED = re.compile(r"[ \u00a0]?\(([^()\n]{1,60})\)")
SPACES = (" ", "\u00a0")
WORD = re.compile(r"\w+")
MARKED = re.compile(r"[^\x00-\x7f]")
REGION, TOWNS = "vi.place.region", ("vi.place.province", "vi.place.world")
FAR = 25  # code points from the start of a place's name to a state's within it, at most
LONGEST_WORD = 20
ENDS = '.!?…:"“”\n;'


class Clues:
    """Hits by start for each file, and what stands at a position of the text."""

    def __init__(self, page: Page) -> None:
        self.page, self.text, self.folded = page, page.text, page.folded
        self.grammar = grammar(page.lexicon)
        self.article = marked(len(page.text), ((s.start, s.end) for s in page.sentences))
        hits = page.hits
        self.places = self._at(longest(hits.get("places", ())))
        self.place_starts = list(self.places)
        self.regions = {at: h for at, h in self.places.items() if h.entry.id == REGION}
        self.towns = {at: h for at, h in self.places.items() if h.entry.id in TOWNS}
        self.states = self._at(h for h in longest(hits.get("states", ())) if self._is_free(h))
        self.state_at = self._at(h for h in hits.get("states", ()) if self._is_free(h))
        self.inner = self._inner()
        self.capitals = self._at(longest(hits.get("capitals", ())))
        self.phrases = self._at(hits.get("name_grammar", ()))
        self.roles = {at: h.entry.role for at, h in self.phrases.items() if isinstance(h.entry, Phrase)}
        self.bodies = self._at(h for h in longest(hits.get("bodies", ())) if self._is_told(h))
        self.missions = self._at(longest(hits.get("missions", ())))
        heads = self._at(hits.get("body_heads", ()))
        self.heads = {
            at: h for at, h in heads.items() if not self.inner[at] and at not in self.places and at not in self.states
        }
        self.sectors = self._at(hits.get("sectors", ()))
        titles = self._at(hits.get("titles", ()))
        self.titles = {at: h for at, h in titles.items() if not self._opens_a_verb(h)}
        if not page.tokens.accented:
            self.titles = {at: h for at, h in self.titles.items() if not self.listed("bare", self.folded[at : h.end])}

    def _at(self, hits: Iterable[Hit]) -> dict[int, Hit]:
        found: dict[int, Hit] = {}
        for hit in hits:
            if self.article[hit.start]:
                found.setdefault(hit.start, hit)
        return found

    def _is_free(self, hit: Hit) -> bool:
        """Whether a state's name is no part of a longer name of a place that begins with it or before it."""
        at = bisect_right(self.place_starts, hit.start) - 1
        if at < 0:
            return True
        place = self.places[self.place_starts[at]]
        covers = place.end >= hit.end and place.end - place.start > hit.end - hit.start
        return not covers or hit.start - place.start >= FAR

    def _is_told(self, hit: Hit) -> bool:
        """Whether a body's name counts here: some do only where the text cites them as a source."""
        if not isinstance(hit.entry, Body) or not hit.entry.cited:
            return True
        if self.listed("off_source", self.before(hit.start)[1]):
            return False
        cited = self.listed("cites", self.before(hit.start)[1])
        return cited or self.role(self.skip(hit.end)) in ("reports", "state_acts")

    def _opens_a_verb(self, hit: Hit) -> bool:
        """Whether a word of address is part of another word with the one after it (bác bỏ)."""
        if not isinstance(hit.entry, Title) or hit.entry.kind != "honorific" or hit.entry.gender:
            return False
        return self.listed("no_title", f"{self.folded[hit.start : hit.end]} {self.word(self.skip(hit.end))}")

    def _inner(self) -> bytearray:
        """Where a name of a state or place is under way: no other name begins there."""
        hits = [*self.states.values(), *self.places.values()]
        return marked(len(self.text), ((h.start + 1, h.end) for h in hits))

    def skip(self, at: int) -> int:
        """Past spaces."""
        text = self.text
        while text[at : at + 1] in SPACES:
            at += 1
        return at

    def word(self, at: int) -> str:
        """The folded word that starts at `at`, or nothing."""
        match = WORD.match(self.folded, at)
        return match.group() if match else ""

    def before(self, at: int) -> tuple[int, str]:
        """The folded word before `at` with one space between, and where it starts."""
        end = at - 1
        if end <= 0 or self.text[end] not in " \u00a0":
            return at, ""
        word = self.folded[max(0, end - LONGEST_WORD) : end].rpartition(" ")[2]
        if not word.isalnum():
            letters = len(word)
            while letters and word[letters - 1].isalnum():
                letters -= 1
            word = word[letters:]
        return end - len(word), word

    def opens_sentence(self, at: int) -> bool:
        """Whether nothing but marks stands between `at` and the end of the sentence before."""
        before = self.text[max(0, at - 3) : at].rstrip(" \u00a0-–")
        return not before or before[-1] in ENDS

    def role(self, at: int) -> str:
        """The role of the phrase of the grammar at `at`, or nothing."""
        return self.roles.get(at, "")

    def listed(self, role: str, word: str) -> bool:
        """Whether the folded word is on the grammar's list of that role."""
        return word in self.grammar.lists.get(role, ())

    def is_syllable(self, token: str) -> bool:
        """Whether Vietnamese spelling allows the token, in any case, as a syllable."""
        return self.grammar.syllable.fullmatch(token.lower()) is not None

    def shouting(self, at: int) -> bool:
        """Whether the words around `at` are all in capitals, as in some headlines."""
        around = self.text[max(0, at - 20) : at + 25]
        return around.upper() == around

    def region_end(self, at: int) -> int:
        """The end of `bang Hessen`, `thành phố Hà Nội` and the like at `at`, or 0."""
        hit = self.phrases.get(at)
        if not hit or self.role(at) != "region_words":
            return 0
        after = self.skip(hit.end)
        place = self.places.get(after) or self.capitals.get(after)
        if place:
            return place.end
        start, end = after, 0
        for _ in range(3):
            match = CAPITAL.match(self.text, after)
            opened = end and self.listed("place_opener", self.folded[start:end])
            if not match or (end and not opened and not self.is_syllable(match.group())):
                break
            end = match.end()
            if not (self.is_syllable(match.group()) or self.listed("place_opener", fold(match.group()))):
                break
            after = self.skip(end)
        return end


def marked(size: int, spans: Iterable[tuple[int, int]]) -> bytearray:
    """One byte a code point: 1 on the spans."""
    marks = bytearray(size + 1)
    for start, end in spans:
        marks[start:end] = b"\1" * (end - start)
    return marks

"""Segment: the sentences of the article, without its noise, the quoted speech on them and the turns of an interview."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from servanda.folding import fold
from servanda.lexicon import Lexicon
from servanda.read.page import Page, Sentence
from servanda.types import Span
from servanda.vocabulary import SentenceWords

STOP = re.compile(r"[.!?…](?<![.!?…][.!?…])[.!?…]*(?:/\.)?[\"”’»)\]]*(?=\s)")
NEXT = re.compile(r"\s+[\"“‘«(\[\-–*•>\s]*(\w?)(\w*)\s*(\w*)")
LAST = re.compile(r"(?<!\w)(?:[\w]|[\w]\.)*\w$")
MARK = re.compile(r"[“”«»]|\"")
LONGEST_QUOTE = 1500
LONGEST_SENTENCE = 3000
WORDS_BACK = 14


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a language's data says of its sentences, ready for use; `inner` finds an opening word inside a sentence."""

    openings: frozenset[str]
    abbreviations: frozenset[str]
    askers: tuple[str, ...]
    inner: re.Pattern[str]
    bindings: frozenset[str]

    def opens(self, word: str, following: str) -> bool:
        """Whether these two words, the first with a capital, can only start a sentence."""
        if following[:1].isdigit():
            following = "0"
        return word in self.openings or f"{word} {following}" in self.openings


@cache
def grammar(lexicon: Lexicon) -> Grammar:
    """The sentence words of a lexicon, built once."""
    forms: dict[str, list[str]] = {}
    for entry in lexicon.entries("sentences", SentenceWords):
        forms.setdefault(entry.role, []).extend(entry.forms)
    openings = forms.get("opening", [])
    return Grammar(
        frozenset(openings),
        frozenset(forms.get("abbreviation", ())),
        tuple(sorted(map(fold, forms.get("asker", ())))),
        _inner({form.split()[0] for form in openings}),
        frozenset(forms.get("binding", ())),
    )


def _inner(heads: set[str]) -> re.Pattern[str]:
    """The blanks before one of these words and another; the class of first letters only spares trying every word."""
    if not heads:
        return re.compile("(?!)")
    firsts = "".join(sorted({re.escape(head[0]) for head in heads}))
    words = "|".join(sorted(map(re.escape, heads)))
    return re.compile(rf" (?=[ {firsts}])(?<=[\w”\"’)%] ) *(?=[{firsts}])(?=(?P<word>{words}) (?P<next>\w+))")


def breaks(text: str, start: int, end: int, words: Grammar) -> Iterator[Span]:
    """The sentences of one line, as spans without the white space around them."""
    begin = start
    for match in STOP.finditer(text, start, end):
        if _ends(text, match, begin, words):
            yield begin, match.end()
            begin = match.end()
            while begin < end and text[begin].isspace():
                begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if begin < end:
        yield begin, end


def broken(page: Page, start: int, end: int, words: Grammar) -> list[Span]:
    """The same of a stretch of a page, which is looked at once."""
    found = page.broken.get((start, end))
    if found is None:
        found = page.broken[start, end] = list(breaks(page.text, start, end, words))
    return found


def _bounded(text: str, sentences: Iterable[Span]) -> Iterator[Span]:
    """Sentences, the endless ones cut at a space: later stages look at all pairs of phrases of a sentence."""
    for start, end in sentences:
        while end - start > LONGEST_SENTENCE:
            space = text.rfind(" ", start, start + LONGEST_SENTENCE)
            cut = space + 1 if space > start else start + LONGEST_SENTENCE
            yield start, cut
            start = cut
        yield start, end


def _ends(text: str, match: re.Match[str], begin: int, words: Grammar) -> bool:
    follows = NEXT.match(text, match.end())
    first = follows.group(1) if follows else ""
    if first.islower():
        return False
    if match.group() != ".":
        return True
    word = _last_word(text, max(begin, match.start() - WORDS_BACK), match.start())
    if word in words.abbreviations:
        return False
    if len(word) == 1 and word.isupper() and follows:
        return words.opens(first + follows.group(2), follows.group(3))
    return not (word.isdigit() and match.start() - len(word) == begin and len(word) < 3)


def _last_word(text: str, start: int, end: int) -> str:
    """The letters and digits right before `end`; nothing where they begin before `start`."""
    _, space, word = text[start:end].rpartition(" ")
    if not (space and word.isalnum()):
        last = LAST.search(text, start, end)
        word = last.group().rpartition(".")[2] if last else ""
    return word


def quotations(text: str) -> list[Span]:
    """The spans of quoted speech, marks included; a mark that is never closed within 1500 code points opens nothing."""
    found: list[Span] = []
    opened: int | None = None
    for match in MARK.finditer(text):
        mark, at = match.group(), match.start()
        if opened is not None and at - opened > LONGEST_QUOTE:
            opened = None
        if mark in "“«" or (mark == '"' and opened is None):
            opened = at
        elif opened is not None:
            found.append((opened, at + 1))
            opened = None
    return found


def segment(page: Page) -> list[Sentence]:
    """The sentences of the page in order: noise left out, but grafted passages segmented too."""
    words = grammar(page.lexicon)
    quotes = quotations(page.text)
    starts = [q[0] for q in quotes]
    found: list[Sentence] = []
    for paragraph, start, end in _stretches(page):
        found.extend(
            _sentence(page, span, paragraph, quotes, starts)
            for span in _bounded(page.text, broken(page, start, end, words))
            if page.text[span[0]].isalnum() or any(map(str.isalnum, page.text[slice(*span)]))
        )
    _turns(page, found, words)
    return found


def _sentence(page: Page, span: Span, paragraph: int, quotes: list[Span], starts: list[int]) -> Sentence:
    headline = page.title is not None and page.title[0] <= span[0] < page.title[1]
    touching, at = [], bisect_right(starts, span[1] - 1)
    while at and quotes[at - 1][1] > span[0]:
        at -= 1
        touching.append(quotes[at])
    return Sentence(*span, paragraph, headline, tuple(reversed(touching)))


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _stretches(page: Page) -> Iterator[tuple[int, int, int]]:
    """Line by line, what is not noise, with the number of the line; the two sides of noise and of a graft are apart."""
    at = 0
    for paragraph, (start, end) in enumerate(_lines(page.text)):
        while at < len(page.noise) and page.noise[at].end <= start:
            at += 1
        after = at
        while after < len(page.noise) and page.noise[after].start < end:
            noise = page.noise[after]
            after += 1
            yield from _trimmed(page.text, paragraph, start, min(noise.start, end))
            if noise.kind == "foreign":
                yield from _trimmed(page.text, paragraph, max(start, noise.start), min(noise.end, end))
            start = max(start, noise.end)
        yield from _trimmed(page.text, paragraph, start, end)


def _trimmed(text: str, paragraph: int, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    while start < end and text[start].isspace():
        start += 1
    if start < end:
        yield paragraph, start, end


def _turns(page: Page, sentences: list[Sentence], words: Grammar) -> None:
    """Nothing is marked unless some line is headed as a question; then the lines up to the next question answer it."""
    heads = {s.paragraph for s in sentences if s.paragraph and page.folded.startswith(words.askers, s.start)}
    if not heads:
        return
    turn, line = None, -1
    for sentence in sentences:
        if sentence.paragraph != line:
            line = sentence.paragraph
            if line in heads:
                turn = "question"
            elif turn:
                turn = "answer"
        sentence.turn = turn

"""Tails: what stands below the article, line by line: links, bylines, spam, adverts, lists of captions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from servanda.folding import fold
from servanda.lexicon import Hit
from servanda.read.clean.credits import TOKEN
from servanda.read.clean.furniture import LONGEST, furniture
from servanda.read.clean.header import Header, is_stamp
from servanda.read.clean.layout import Line
from servanda.read.clean.words import Words
from servanda.read.page import Page
from servanda.read.segment import Grammar
from servanda.types import Noise, NoiseKind, Span
from servanda.vocabulary import NoiseRule

PHONE = re.compile(
    r"(?<![\d.,/])(?:\(?\+?84\)?|0)[\s.-]?\d{2,3}(?:[\s.-]?\d{2,4}){2,3}(?!\d)|(?<!\d)1[89]00[\s.-]?\d{4}"
)
LINKS = re.compile(r"(?:[>»•*\-]\s?)+")
BRACKETED = re.compile(r"\[(?=[^\W\d_])[^\[\]\n]{24,220}\]")
LAST = re.compile(r"(?:[.!?…]+(?:/\.)?|/\.)[\"”’»)]*\s+(?=[^\s])")
HEADLINE = re.compile(  # as lists of links print it: a bullet, a headline, a day
    r"(?:[-–•*>»+]+\s*|\d{1,2}[.)]\s+)?[\"'“‘]?(?=[^\W_])(?![a-z])[^\n]{15,125}?(?:[\w?!%\"'”’]|(?<!\.)\.{3}|…)"
    r"(?:\s*[-–|(]*\s*\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?[\s\d:h,-]*\)?)?"
)
JOINED = re.compile(r"(?:[^\W\d_]+[ -]){1,6}[^\W\d_]+/[^\W\d_]\S*$")
BYLINE, AUTHOR, SMALL = 90, 50, 5  # code points, and words of a byline without a capital
SHORT, STAMP, LINE, PER_WORD = 500, 80, 200, 90
HEADING, GLUED = 40, 8
ENDED = '.…”"'  # how a sentence of an article ends


@dataclass(slots=True)
class Tail:
    """Noise by whole lines; `lines` are their indices, `captions` the folded captions listed below the article."""

    noise: list[Noise] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    captions: set[str] = field(default_factory=set)

    def add(self, line: Line, index: int, kind: NoiseKind, why: str, rule: str) -> None:
        """Mark a whole line."""
        self.noise.append(Noise(*line.span, kind, why, rule))
        self.lines.add(index)


def read_tail(page: Page, header: Header, lines: list[Line], words: Words, sentences: Grammar) -> Tail:
    """The noise that takes whole lines: what says so wherever it stands, and what stands below the article."""
    tail = Tail()
    cues = _cues(page)
    starts = [cue.start for cue in cues]
    spoken = _spoken_of(page, cues, lines)
    for index in range(header.body, len(lines)):
        line = lines[index]
        here = cues[bisect_left(starts, line.start) : bisect_left(starts, line.end)]
        _anywhere(page, tail, index, line, here, words, spoken)
    _author_on_top(page, tail, header, lines, words)
    _more_links(page, tail, lines)
    _caption_list(page, tail, header, lines)
    _bylines(page, tail, header, lines, words)
    return tail


def _cues(page: Page) -> list[Hit]:
    return [
        h
        for h in page.longest("noise")
        if isinstance(h.entry, NoiseRule) and h.entry.role in ("related", "spam", "advert")
    ]


def _spoken_of(page: Page, cues: list[Hit], lines: list[Line]) -> Counter[str]:
    """How many sentences of the page, and its headline, use words of each kind that gives spam away."""
    told: Counter[str] = Counter()
    at = 0
    for line in lines if cues else ():
        inside = {cue.entry.id for cue in cues[at:] if cue.start < line.end} if at < len(cues) else set()
        while at < len(cues) and cues[at].start < line.end:
            at += 1
        if inside and (len(line) > SHORT or line.span == page.title or page.text[line.end - 1] in ENDED):
            told.update(inside)
    return told


def _anywhere(
    page: Page, tail: Tail, index: int, line: Line, cues: list[Hit], words: Words, spoken: Counter[str]
) -> None:
    whole = page.text[line.end - 1] in ENDED
    if whole and not cues and len(line) > LONGEST:
        return
    found = _said_of(page, line.span, cues, words, spoken) if len(line) <= SHORT else None
    if found:
        tail.add(line, index, *found)
    elif not whole:
        _glued(page, tail, line, cues, words, spoken)


def _said_of(
    page: Page, span: Span, cues: list[Hit], words: Words, spoken: Counter[str]
) -> tuple[NoiseKind, str, str] | None:
    """Kind, reason and rule of a line, or the end of one, that is noise by its own words; else None."""
    text = page.folded[slice(*span)]
    rules = [cue.entry for cue in cues if isinstance(cue.entry, NoiseRule)]
    if found := furniture(page, span, words):
        return found
    if len(text) < STAMP and is_stamp(text):
        return "credit", "stamp of publication", "vi.noise.stamp"
    if len(text) <= BYLINE and _is_credited(page.text[slice(*span)], text, words):
        return "credit", "names only, with an agency or a word of a byline", "vi.noise.byline"
    if not cues and ">" not in text[:3]:
        return None
    if any(rule.field == "line" for rule in rules) and cues[0].start == span[0]:
        return "spam", "names the source of a copy", rules[0].id
    if _links(text, span[0], cues):
        return "related", "heads or is a link to another page", "vi.noise.related"
    if _sells(text, rules, spoken):
        return "advertisement", "sells something", "vi.noise.advert"
    rule = _spams(text, rules, spoken)
    return ("spam", "words of gambling, loans or search spam", rule) if rule else None


def _is_credited(text: str, folded: str, words: Words) -> bool:
    """A line of names only beside an agency's or words of a byline; what is headed by a colon credits a picture, and an
    agency's name alone may be a link inside a sentence."""
    small = sum(word[0].islower() for word in text.split())
    if folded[-1] in ".,?!" or ":" in folded or small > SMALL:
        return False
    found = words.credited.search(folded)
    return found is not None and found.group() != folded and is_byline(text, words)


def _author_on_top(page: Page, tail: Tail, header: Header, lines: list[Line], words: Words) -> None:
    """Two to six names and no more on the line right under the headline are the author's."""
    if not header.title or header.body >= len(lines) - 1 or header.body in tail.lines:
        return
    line = lines[header.body]
    text = page.text[slice(*line.span)]
    if len(text) <= AUTHOR and text[-1].isalpha() and 1 <= text.count(" ") <= 6 and is_byline(text, words):
        tail.add(line, header.body, "credit", "names only, under the headline", "vi.noise.byline")


def _more_links(page: Page, tail: Tail, lines: list[Line]) -> None:
    """The lines right under a link that read as headlines: short, no full stop, no names only; under a heading of links
    also those with a bullet, a question, a date, or blank lines between."""
    links = {noise.start: noise.end for noise in tail.noise if noise.kind == "related"}
    heads = {start for start, end in links.items() if end - start <= HEADING and ": " not in page.text[start:end]}
    for index in range(1, len(lines)):
        line, above = lines[index], lines[index - 1]
        if above.start not in links or index in tail.lines:
            continue
        text = page.text[slice(*line.span)]
        plain = line.block == above.block and 30 <= len(line) <= 110 and text[-1].isalnum() and text[0].isupper()
        headed = above.start in heads and HEADLINE.fullmatch(text)
        if plain or headed:
            tail.add(line, index, "related", "a headline under a link", "vi.noise.related")
            links[line.start] = line.end
            heads |= {line.start} if headed else set()


def _glued(page: Page, tail: Tail, line: Line, cues: list[Hit], words: Words, spoken: Counter[str]) -> None:
    """What hangs on the last sentence of a line: a link, spam, an imprint; the line then ends before it."""
    least = max(line.start, line.end - LINE)
    start = max((end.end() for end in LAST.finditer(page.text, least, line.end)), default=line.end)
    if line.end - start < GLUED:
        return
    inside = [cue for cue in cues if cue.start >= start]
    found = _said_of(page, (start, line.end), inside, words, spoken)
    if found and found[2] != "vi.noise.byline":  # those are looked for below, with the initials of names
        tail.noise.append(Noise(start, line.end, *found))
        line.end = start
        while page.text[line.end - 1].isspace():
            line.end -= 1


def _links(text: str, start: int, cues: list[Hit]) -> bool:
    lead = LINKS.match(text)
    at = start + (lead.end() if lead else 0)
    return any(isinstance(c.entry, NoiseRule) and c.entry.role == "related" and c.start <= at + 2 for c in cues) or (
        text.startswith((">>", "> >")) and len(text) < 250
    )


def _sells(text: str, rules: list[NoiseRule], spoken: Counter[str]) -> bool:
    selling = [rule for rule in rules if rule.role == "advert"]
    return bool(selling) and (len(selling) + 2 * bool(PHONE.search(text)) >= 3 or bool(_alone(text, selling, spoken)))


def _spams(text: str, rules: list[NoiseRule], spoken: Counter[str]) -> str:
    """The rule by which a line is spam, or nothing: several words or a sure one, which no sentence elsewhere has."""
    spam = [rule for rule in rules if rule.role == "spam"]
    several = len(spam) > 1 and len(text) < PER_WORD * len(spam)
    fresh = [rule for rule in spam if spoken[rule.id] <= (text[-1] in ENDED)]
    return fresh[0].id if several and fresh else _alone(text, spam, spoken)


def _alone(text: str, rules: list[NoiseRule], spoken: Counter[str]) -> str:
    """The rule one of whose words is enough on a line that is no sentence, if no sentence of the page has them; or
    nothing."""
    if len(text) > LINE or text[-1] in ENDED:
        return ""
    return next((rule.id for rule in rules if rule.field == "alone" and not spoken[rule.id]), "")


def _caption_list(page: Page, tail: Tail, header: Header, lines: list[Line]) -> None:
    """Below the one block of the body, a last block of short lines lists the captions."""
    if len(lines) - header.body < 3:
        return
    sizes: dict[int, int] = {}
    counts: dict[int, int] = {}
    for line in lines[header.body :]:
        sizes[line.block] = sizes.get(line.block, 0) + len(line)
        counts[line.block] = counts.get(line.block, 0) + 1
    body = max(sizes, key=lambda block: sizes[block])
    below = [b for b in sizes if b > body]
    if len(sizes) > 3 or len(below) != 1 or counts[body] < 3 or sizes[below[0]] > 0.6 * sizes[body]:
        return
    for index in range(header.body, len(lines)):
        if lines[index].block == below[0] and index not in tail.lines:
            tail.add(lines[index], index, "caption", "listed below the article", "vi.noise.caption.list")
            tail.captions.add(page.folded[slice(*lines[index].span)].rstrip(" ."))


def links(page: Page) -> list[Noise]:
    """Headlines of other pages in square brackets, wherever they stand."""
    return [
        Noise(*match.span(), "related", "a headline in brackets", "vi.noise.related")
        for match in BRACKETED.finditer(page.text)
        if match.group()[1].isupper() and match.group().count(" ") > 4 and match.group()[-2] not in ".…"
    ]


def _bylines(page: Page, tail: Tail, header: Header, lines: list[Line], words: Words) -> None:
    """From the bottom up, lines that hold only names, agencies and words of a byline; then the end of the last line."""
    for index in range(len(lines) - 1, header.body - 1, -1):
        if index in tail.lines:
            continue
        line = lines[index]
        if index == header.body or not is_byline(page.text[slice(*line.span)], words):
            _byline_at_end(page, tail, line, words)
            return
        tail.add(line, index, "credit", "names only, below the article", "vi.noise.byline")


def _byline_at_end(page: Page, tail: Tail, line: Line, words: Words) -> None:
    start = max(line.start, line.end - BYLINE - 10)
    ends = list(LAST.finditer(page.text, start, line.end))
    for end in ends:
        rest = page.text[end.end() : line.end]
        if is_byline(rest, words) and not _credit_first(page, end.end()):
            tail.noise.append(
                Noise(end.end(), line.end, "credit", "names only, after the last sentence", "vi.noise.byline")
            )
            line.end = end.end()
            while page.text[line.end - 1].isspace():
                line.end -= 1
            return


def _credit_first(page: Page, start: int) -> bool:
    """A photo credit starts here: its caption may stand before it."""
    return any(hit.start == start and hit.entry.id == "vi.noise.photo" for hit in page.hits.get("noise", ()))


def is_byline(text: str, words: Words) -> bool:
    """Only capitalised names, agencies and words of a byline, not many, and no sentence."""
    if not 1 < len(text) <= BYLINE:
        return False
    names = 0
    outlet = bytearray(len(text))
    for match in words.outlets.finditer(fold(text)):
        outlet[match.start() : match.end()] = b"\1" * len(match.group())
    for token in TOKEN.finditer(text):
        word = token.group().strip('.,;:+-–&*"“”')
        if not word or word in "()/":
            continue
        names += 1
        known = word.lower() in words.bylines or word.lower() in words.agencies or outlet[token.start()]
        if not (word[0].isupper() or word[0].isdigit() or known):
            return False
    return 0 < names <= 14

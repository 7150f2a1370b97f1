"""The noise of the article's own lines: tails, credits, captions and repeats."""

from __future__ import annotations

from collections import Counter

from servanda.read.clean.captions import Sight
from servanda.read.clean.credits import credits_of
from servanda.read.clean.foreign import grafts
from servanda.read.clean.header import Header
from servanda.read.clean.layout import Line
from servanda.read.clean.repeats import repeats
from servanda.read.clean.strays import strays
from servanda.read.clean.tails import Tail, links, read_tail
from servanda.read.clean.units import Unit, units_of
from servanda.read.clean.words import Words
from servanda.read.page import Page
from servanda.read.segment import grammar
from servanda.types import Noise

CREDITED, BESIDE = 0.004, 0.05
SURE_CREDITED, SURE_LISTED, SURE = 0.65, 0.4, 0.55
TOLD = 0.88  # of a sentence that tells what was done or said
OPEN = 0.55
AGAIN = 40
HEADED, SHORT = 0.15, 120
STANDFIRST, FLAT = 0.95, 5  # captions stand alone on a line, or in a body of five sentences or more made one line


def body_noise(page: Page, header: Header, lines: list[Line], words: Words) -> list[Noise]:
    """The noise below the header."""
    sentences = grammar(page.lexicon)
    tail = read_tail(page, header, lines, words, sentences)
    article = [i for i in range(header.body, len(lines)) if i not in tail.lines]
    credits = credits_of(page, sentences.openings, words)
    units = units_of(page, lines, article, credits, sentences)
    standfirst = _standfirst(page, lines, article, header)
    again = _again(page, units[sum(unit.line == article[0] for unit in units) if standfirst else 0 :])
    return [
        *tail.noise,
        *standfirst,
        *again,
        *_captions(page, units, tail, {credit.start for credit in credits if credit.intro}, _said(page, again), words),
        *links(page),
        *strays(page, lines, article),
        *grafts(page, lines, article, min((n.start for n in tail.noise if n.kind == "spam"), default=None)),
    ]


def _captions(page: Page, units: list[Unit], tail: Tail, intros: set[int], said: set[str], words: Words) -> list[Noise]:
    """Captions among the units; a stretch cut off before an opening word that is none joins the next."""
    found: list[Noise] = []
    sight, usual = Sight(page, units), _sure(page, units, tail)
    standfirst = _standfirst_line(page, units)
    held = Counter(unit.line for unit in units)
    for index, unit in enumerate(units):
        chance = 0.0 if said and _told(page, unit.start, unit.end) in said else sight.probability(index)
        fits = (held[unit.line] == 1 or held[unit.line] >= FLAT) and unit.line != standfirst
        sure = usual if fits else STANDFIRST
        if sure <= chance < TOLD and _tells(page, unit, words):
            sure = TOLD
        follows = units[index + 1] if index + 1 < len(units) else None
        if unit.open and follows and (chance < OPEN or follows.credit) and unit.start not in intros:
            follows.start, follows.first = unit.start, unit.first
            unit.end = unit.start
            continue
        why = _why(page, unit, chance, sure, tail, intros)
        if unit.credit:
            found.extend(_credited(page, sight, index, chance))
        elif why:
            found.append(Noise(unit.start, unit.end, "caption", why[1], why[0]))
    return found


def _sure(page: Page, units: list[Unit], tail: Tail) -> float:
    """How likely is likely enough: less where captions stand in the body, more where the page credits its captions."""
    if any(unit.credit for unit in units):
        return SURE_CREDITED
    return SURE_LISTED if any(_listed(page, unit, tail) for unit in units) else SURE


def _tells(page: Page, unit: Unit, words: Words) -> bool:
    """Whether a unit is a sentence that tells what was done or said, not what a picture shows."""
    ended = page.text[unit.end - 1] in ".!?…"
    return ended and not words.tells.isdisjoint(page.folded[unit.start : unit.end].split())


def _standfirst_line(page: Page, units: list[Unit]) -> int | None:
    """The line of the first unit, if it holds three sentences at most, ends in a full stop, and others follow."""
    line = units[0].line if units else -1
    inside = [unit for unit in units if unit.line == line]
    ends = bool(inside) and page.text[inside[-1].end - 1] in '.!?…”"'
    return line if page.title and ends and len(inside) < 4 and len(units) > len(inside) else None


def _listed(page: Page, unit: Unit, tail: Tail) -> bool:
    return bool(tail.captions) and page.folded[unit.start : unit.words_end].rstrip(" .") in tail.captions


def _why(page: Page, unit: Unit, chance: float, sure: float, tail: Tail, intros: set[int]) -> tuple[str, str] | None:
    """The rule and the reason by which a unit without a credit is a caption."""
    if _listed(page, unit, tail):
        return "vi.noise.caption.twice", "stands again among the captions"
    if unit.start in intros and (chance >= HEADED or unit.end - unit.start <= SHORT):
        return "vi.noise.clip", "headed as a picture or a film"
    if page.text[unit.start].islower():
        return None
    if not (unit.first and unit.last) and _name_only(page.text[unit.start : unit.end]):
        return "vi.noise.caption.name", "a name alone"
    if chance >= (OPEN if unit.open else sure):
        return "vi.noise.caption.model", f"reads as a caption, {chance:.2f}"
    if chance > sure / 3:
        page.refuse("vi.noise.caption.model", unit.start, unit.end, f"reads as a caption only at {chance:.2f}")
    return None


def _name_only(text: str) -> bool:
    """Two to five capitalised words and a full stop."""
    if not text.endswith(".") or not 1 <= text.count(" ") <= 4:
        return False
    return all(word[:1].isupper() and word.isalpha() for word in text.rstrip(".").split(" "))


def _credited(page: Page, sight: Sight, index: int, chance: float) -> list[Noise]:
    unit = sight.units[index]
    if not unit.credit:
        return []
    alone = unit.words_end - unit.start < 3
    headed = page.title and page.folded.startswith(page.folded[slice(*page.title)], unit.start)
    start = unit.start if alone or headed or chance >= CREDITED else unit.credit.start
    found = [Noise(start, unit.end, "credit" if alone else "caption", f"with a credit, {chance:.2f}", unit.credit.rule)]
    if alone and index:
        found.extend(_before(page, sight, index - 1, unit.line))
    return found


def _before(page: Page, sight: Sight, index: int, line: int) -> list[Noise]:
    """The caption that ended in a full stop before its credit, or on the line above it."""
    chance, unit = sight.probability(index), sight.units[index]
    if unit.credit or line - unit.line > 1 or chance < BESIDE or not (unit.line == line or unit.first):
        return []
    return [Noise(unit.start, unit.end, "caption", f"before a credit, {chance:.2f}", "vi.noise.photo")]


def _told(page: Page, start: int, end: int) -> str:
    return page.folded[start:end].strip(" ./…")


def _said(page: Page, again: list[Noise]) -> set[str]:
    """The sentences that stand twice: one copy is marked already, so neither is taken for a caption."""
    return {_told(page, noise.start, noise.end) for noise in again}


def _again(page: Page, units: list[Unit]) -> list[Noise]:
    """Sentences that stand again, word for word; a caption with its credit is one each time."""
    found: list[Noise] = []
    seen: set[str] = set()
    for unit in units:
        text = _told(page, unit.start, unit.end)
        if len(text) < AGAIN or unit.credit:
            continue
        if text in seen:
            found.append(Noise(unit.start, unit.end, "duplicate", "stands above already", "vi.noise.again"))
        seen.add(text)
    return found


def _standfirst(page: Page, lines: list[Line], article: list[int], header: Header) -> list[Noise]:
    """The first line under the headline, and a dump's summary, where the body says them again."""
    found: list[Noise] = []
    if header.title and len(article) > 1:
        first = lines[article[0]]
        if len(first) < 700 and repeats(page, first, lines[article[1]].start):
            found.append(Noise(*first.span, "duplicate", "the body says it again", "vi.noise.standfirst"))
    return found

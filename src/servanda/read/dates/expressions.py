"""Find date expressions and read them as far as their own words go."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from servanda.lexicon import Hit
from servanda.read.dates.calendar import Partial
from servanda.read.dates.grammar import Grammar, Rule, grammar
from servanda.read.page import Page, Sentence
from servanda.vocabulary import DateWords

SHORT = re.compile(r"\d{1,4}(?!\d)")
BOUND = re.compile(r"[\w/.,:+-]")  # what stands right before a number that is part of something longer
GLUED = re.compile(r"[/.-]?\w|%|[,:]\d")
CLOCK = re.compile(r"\d{1,2}(?::\d\d|[hg]\d{0,2})$")
WORD = re.compile(r"[^\W\d_]+|%")
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
NOTHING = Partial()
NEAR = 60  # code points between a date and the word that puts it ahead
REACH = 48  # code points before a number in which its cue words are looked for


@dataclass(slots=True)
class Expression:
    """Words that tell a date: `first` to `last` as told, or a `relative` entry to be counted from another day."""

    start: int
    end: int
    rule: str
    first: Partial = NOTHING
    last: Partial | None = None
    relative: DateWords | None = None
    planned: bool = False
    ahead: bool = False
    event: bool = False
    quoted: bool = False


class Finder:
    """The expressions of one page, sentence by sentence."""

    def __init__(self, page: Page) -> None:
        self.page, self.text, self.folded = page, page.text, page.folded
        self.grammar: Grammar = grammar(page.lexicon)

    def find(self) -> list[Expression]:
        """All of them in order, without overlap; the longest of those that start together."""
        found: list[Expression] = []
        hits, numbers = self.page.hits.get("dates", []), self._figures()
        starts = [hit.start for hit in hits]
        for sentence in self.page.sentences:
            first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            here = numbers[bisect_left(numbers, sentence.start) : bisect_left(numbers, sentence.end)]
            if here or first < last:
                found += self._sentence(sentence, hits[first:last], here)
        return found

    def _figures(self) -> list[int]:
        """Where the page has a number that may be part of a date."""
        here = self.page.tokens.figures.tolist()
        short = [at for at in here if SHORT.match(self.folded, at)]
        return [at for at in short if not at or not BOUND.match(self.folded, at - 1)]

    def _sentence(self, sentence: Sentence, hits: list[Hit], numbers: list[int]) -> list[Expression]:
        candidates = [*self._words(hits), *self._numbers(sentence, numbers)]
        plans = [hit for hit in hits if isinstance(hit.entry, DateWords) and hit.entry.role == "plan"]
        kept: list[Expression] = []
        for found in sorted(candidates, key=lambda e: (e.start, -e.end, e.first.month is None)):
            if kept and found.start < kept[-1].end:
                continue
            if kept and self._shifts_year(kept[-1], found):
                kept[-1].relative, kept[-1].end = found.relative, found.end
                continue
            found.planned = _near(found, plans)
            found.quoted = any(a <= found.start < b for a, b in sentence.quotes)
            found.ahead = self._next_word(found.end) in self.grammar.ahead
            kept.append(found)
        return kept

    def _shifts_year(self, month: Expression, found: Expression) -> bool:
        """`tháng 6 năm ngoái`: a year told in relation, right after a month or day without one."""
        entry = found.relative
        return (
            entry is not None
            and entry.unit == "year"
            and month.relative is None
            and month.first.year is None
            and not self.folded[month.end : found.start].strip(" ,")
        )

    def _numbers(self, sentence: Sentence, numbers: list[int]) -> Iterator[Expression]:
        reach = sentence.start
        for at in numbers:
            for found in self._number(at, sentence) if at >= reach else ():
                reach = max(reach, found.end)
                yield found

    def _number(self, at: int, sentence: Sentence) -> list[Expression]:
        if not self.grammar.any_number.match(self.folded, at, sentence.end):
            return []
        for rule in self.grammar.numbers:
            match = rule.pattern.match(self.folded, at, sentence.end)
            if match and not GLUED.match(self.folded, match.end()):
                start, cue = self._before(at, sentence.start)
                if self._allowed(rule, match, cue, at):
                    return [self._closed(found) for found in self._read(rule, match, start, cue)]
        return []

    def _closed(self, found: Expression) -> Expression:
        """`Chủ nhật (14/5)`: a bracket opened inside is closed inside."""
        opened = self.folded[found.start : found.end]
        if "(" in opened and ")" not in opened and self.folded[found.end : found.end + 1] == ")":
            found.end += 1
        return found

    def _before(self, at: int, floor: int) -> tuple[int, str]:
        """Where the cue words before a number start, and how strong they are."""
        start, cue, place = at, "none", at
        for word in reversed(self.folded[max(floor, at - REACH) : at].split(" ")):
            begin, token = place - len(word), word.strip("(,")
            place = begin - 1
            if token in self.grammar.strong or CLOCK.match(token):
                cue = "strong"
            elif token in self.grammar.second and self._after_weak(place):
                continue
            elif token and token not in self.grammar.weak:
                break
            elif cue == "none" and (token or "(" in word):
                cue = "weak"
            if token:
                start = begin + word.index(token)
        return self._without_count(start, at), cue

    def _after_weak(self, at: int) -> bool:
        """Whether the word before the space at `at` is a weak cue."""
        return self.folded[max(0, at - REACH) : max(0, at)].rpartition(" ")[2] in self.grammar.weak - {""}

    def _without_count(self, start: int, at: int) -> int:
        """`lần đầu từ năm 2008`: the first time is no word of the date."""
        word, _, rest = self.folded[start:at].partition(" ")
        ordinal = word in self.grammar.ordinal and self.folded[max(0, start - 12) : start].rstrip().endswith(
            self.grammar.counted
        )
        return start + len(word) + 1 if ordinal and rest else start

    def _allowed(self, rule: Rule, match: re.Match[str], cue: str, at: int) -> bool:
        need, after = rule.entry.cue, self._next_word(match.end())
        if need == "none":
            ok = not self._barred(at)
        elif need == "year":
            ok = after not in self.grammar.unit and not self._barred(at, self.grammar.count) and self._named(at)
        elif cue == "strong":
            ok = "/" in match.group() or after not in self.grammar.unit
        else:
            ok = self._slashed(match, cue) and after not in self.grammar.unit
        if not ok:
            self.page.refuse(
                rule.entry.id, match.start(), match.end(), f"{cue} cue before it, {after or 'nothing'!r} after"
            )
        return ok

    def _slashed(self, match: re.Match[str], cue: str) -> bool:
        """Without a strong cue: a slash, and no fraction; a range may stand alone."""
        fields = match.groupdict()
        if "/" not in match.group():
            return False
        if fields.get("d2"):
            return cue == "weak" or int(fields["d1"]) < int(fields["d2"]) or bool(fields.get("m1"))
        return cue == "weak" and not int(fields["d1"]) < int(fields["m1"]) <= 10

    def _barred(self, at: int, more: frozenset[str] = frozenset()) -> bool:
        words = self.folded[max(0, at - 24) : at].split()
        return bool(words) and words[-1].strip("(:") in self.grammar.barrier | more

    def _named(self, at: int) -> bool:
        """A bare year stands after a word or a bracket, never after another figure; 2000 is a model."""
        before = self.folded[max(0, at - 2) : at]
        return before[-1:] in (" ", "(") and not before.strip().isdigit() and self.folded[at : at + 4] != "2000"

    def _next_word(self, end: int) -> str:
        if self.folded[end : end + 1] not in (" ", "%"):
            return ""
        match = WORD.match(self.folded, end + (self.folded[end] == " "))
        return match.group() if match else ""

    def _read(self, rule: Rule, match: re.Match[str], start: int, cue: str) -> list[Expression]:
        fields = match.groupdict()
        led = not self.grammar.month_lead.isdisjoint(self.folded[start : match.start()].split())
        if not self._month_words(fields, match, "strong" if led else cue):
            return []
        first, last = self._partials(fields)
        if not first.exists or (last and not last.exists):
            return []
        found = Expression(start, match.end(), rule.entry.id, first, last)
        found.event = bool(fields.get("y1")) and not first.month and self._event(match.start())
        if fields.get("pair") and last and not _next_day(first, last):
            split = match.end("m1" if fields.get("m1") else "d1")
            return [
                Expression(start, split, rule.entry.id, first),
                Expression(match.start("d2"), match.end(), rule.entry.id, last),
            ]
        return [found] if _ordered(first, last) else []

    def _event(self, at: int) -> bool:
        return bool(self.grammar.event.search(self.folded, max(0, at - 90), at))

    def _month_words(self, fields: dict[str, str | None], match: re.Match[str], cue: str) -> bool:
        """`tháng năm` is May only with a capital, a year or a day's cue."""
        for name in ("m1", "m2", "w1"):
            word = fields.get(name)
            if word and not word[0].isdigit():
                year = fields.get("y1") or fields.get("y2")
                if not (cue == "strong" or self.text[match.start(name)].isupper() or (year and name == "w1")):
                    return False
        return True

    def _partials(self, fields: dict[str, str | None]) -> tuple[Partial, Partial | None]:
        if fields.get("decade"):
            return Partial(self._decade(fields["decade"] or ""), decade=True), None
        year1, year2 = _number(fields.get("y1")), _number(fields.get("y2"))
        if fields.get("q"):
            quarter = QUARTERS.get(fields["q"] or "") or int(fields["q"] or 1)
            return Partial(year1, quarter * 3 - 2), Partial(year1, quarter * 3)
        if "half1" in fields:
            return (
                (Partial(year1, 1), Partial(year1, 6)) if fields["half1"] else (Partial(year1, 7), Partial(year1, 12))
            )
        month1 = self._month(fields.get("m1") or fields.get("w1"))
        month2, day2 = self._month(fields.get("m2")), _number(fields.get("d2"))
        if not (year2 or month2 or day2):
            return Partial(year1, month1, _number(fields.get("d1"))), None
        return self._pair(
            fields, Partial(year1, month1 or month2, _number(fields.get("d1"))), Partial(year2, month2, day2)
        )

    def _pair(self, fields: dict[str, str | None], first: Partial, last: Partial) -> tuple[Partial, Partial]:
        """What one side of a range leaves out, the other tells; a range over New Year began the year before."""
        if first.year is None and last.year is not None:
            first = first._replace(year=last.year - (first.key() > last.key()))
        elif last.year is None and first.year is not None:
            last = last._replace(year=first.year + (first.key() > last.key()))
        return first, last

    def _decade(self, word: str) -> int:
        return int(word) if len(word) == 4 else 1900 + int(word)

    def _month(self, word: str | None) -> int | None:
        if not word:
            return None
        return int(word) if word.isdigit() else self.grammar.months.get(word)

    def _words(self, hits: list[Hit]) -> Iterator[Expression]:
        for hit in hits:
            entry = hit.entry
            if not isinstance(entry, DateWords):
                continue
            if entry.role == "relative" or (entry.role == "weekday" and self._weekday(hit)):
                yield Expression(hit.start, hit.end, entry.id, relative=entry)
            elif entry.role == "word":
                yield from self._word(self.grammar.words[entry.id], hit.start)

    def _weekday(self, hit: Hit) -> bool:
        """`Thứ Hai` has a capital or `hôm` before it; `thứ hai` is the second."""
        last = self.text[: hit.end].rfind(" ") + 1
        return self.text[last].isupper()

    def _word(self, rule: Rule, at: int) -> list[Expression]:
        match = rule.pattern.match(self.folded, at)
        if not match or GLUED.match(self.folded, match.end()):
            return []
        start, cue = self._before(at, max(0, at - REACH))
        return self._read(rule, match, start, cue)


def _near(found: Expression, plans: list[Hit]) -> bool:
    """Whether a word that puts it ahead stands near; `plans` are in order."""
    at = bisect_left(plans, found.start - 2 * NEAR, key=lambda hit: hit.start)
    return any(hit.start - found.end < NEAR and found.start - hit.end < NEAR for hit in plans[at : at + 8])


def _number(word: str | None) -> int | None:
    return int(word) if word else None


def _next_day(first: Partial, last: Partial) -> bool:
    """Whether two days of one month follow one another: together they are one range."""
    return first.month == last.month and bool(first.day and last.day) and (last.day or 0) - (first.day or 0) == 1


def _ordered(first: Partial, last: Partial | None) -> bool:
    """A range runs forward; without years, over New Year too."""
    if last is None:
        return True
    if first.year is not None and last.year is not None:
        return (first.year, *first.key()) <= (last.year, *last.key()) and last.year - first.year <= 200
    return first.month != last.month or first.key() <= last.key()

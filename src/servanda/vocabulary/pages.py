"""Entries of pages: dates and numbers, where sentences end, what is noise, what is translated by a machine."""

from __future__ import annotations

from servanda.types import NoiseKind
from servanda.vocabulary.entries import Entry


class DateWords(Entry):
    """Part of the grammar of dates; `role` says which.

    `piece` a pattern that others name in braces; `strong` and `weak` the words before a date, `second` those that count
    only after a weak one; `number` and `word` a date expression tried where a number, or one of `words`, starts, whose
    named groups d1 m1 y1 d2 m2 y2 w1 q half1 half2 decade say what is read; `relative` and `weekday` words that count
    `shift` units from `base` (the page's own day, or the day told before); `plan` words that put a date ahead of the
    report, `ahead` tokens after it that do, `event` phrases that carry the report's year, `barrier`, `count` and `unit`
    tokens that make a number no date, `month` the number of a month's names, `month_lead` tokens after which those may
    be small, `ordinal` tokens that after `counted` ones are no part of the date. `cue` is the least that must stand
    before: strong, weak, year or none.
    `tokens` are single words looked for beside a date.
    """

    role: str
    pattern: str = ""
    tokens: tuple[str, ...] = ()
    cue: str = "none"
    unit: str = "day"
    shift: int = 0
    base: str = "page"


class NoiseRule(Entry):
    """Words that give away what is not the article; `role` says how clean uses them, `kind` what the noise is called.

    `label` heads a line of a dump's header and `field` says what the line holds (title, published, summary, content);
    `photo` and `byline` come before the name of a photographer, author or agency, `agency` is such a name, and
    `credited` makes a line of names a byline; `page` is a whole line of a page's furniture, `language` one item of a
    list of languages; `related` heads links to other pages; `spam` and `advert` weigh for a line that sells something,
    and with the `field` `alone` one is enough on a line that is no sentence, of a page that is not about such things;
    `clip` heads a caption itself. `forms` are words that are only looked for where a line or its end is in question,
    never in the whole text.
    """

    kind: str
    role: str
    field: str | None = None
    forms: tuple[str, ...] = ()


class PageLine(Entry):
    """A line of the page's own, `kind` of noise: it begins with one of `forms`, which are only looked for there, and
    its folded rest, without the marks at its end, fits `pattern` (nothing, if none is given). With `items`, the line is
    a row of the forms themselves, with numbers and marks between them.
    """

    kind: NoiseKind
    forms: tuple[str, ...]
    pattern: str = ""
    items: bool = False


class TranslationSign(Entry):
    """A sign that a machine translated a text: `pattern` is a regular expression over the text, case and all.

    `sort` says what it shows (name, term, order, calque, punctuation): a page needs signs of two sorts. `weight` is
    how much one hit says; `most` caps how many hits count. A pattern is only tried where one of the `words` stands.
    """

    sort: str
    pattern: str
    weight: float
    most: int = 1
    reason: str


class SentenceWords(Entry):
    """Word lists that tell where sentences end; never scanned for, so `forms` and not `words`.

    `role`: `opening` words stand with a capital only where a sentence starts, `abbreviation` ends in a full stop that
    ends no sentence, `asker` and `answerer` head the turns of an interview.
    """

    role: str
    forms: tuple[str, ...]


class NumberWord(Entry):
    """A number in words. `role`: `digit` is added, `scale` multiplies, `approx` stands before, `glue` between."""

    role: str
    tokens: tuple[str, ...]
    value: int = 0

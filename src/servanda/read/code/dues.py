"""Due dates: until when what is asked or promised is to be done, where the content says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import cast

from servanda.lexicon import Hit
from servanda.read.code.clauses import Predicate
from servanda.read.code.walk import START, grammar, role_of, skip
from servanda.read.page import Page
from servanda.types import DateExpression
from servanda.vocabulary import ActRule

PAST, TERM = "vi.speech.past", "vi.speech.term"
YEARS = re.compile(r"\d{4}(/\d{4})?")
LATE, NO_YEAR = "9999", "0000"  # the day and the year of a page that dates none
MONTH, YEAR = 31, 12 * 31  # days, as they are counted where no year is known
DUE = ("AGREE", "REQUEST")
LEADS = ("place", "origin", "preposition", "noun", "purpose")  # roles of the words that lead to a date
YEAR_LENGTH, MONTH_LENGTH, DAY_LENGTH = len("2024"), len("2024-02"), len("2024-02-26")
BEFORE = 20  # code points before a date where a word that names it may begin
NAME = 80  # code points from the word of going to an event to the year in its name


def due_of(page: Page, predicate: Predicate, rule: ActRule) -> str | None:
    """The last date in the content that lies ahead of the page's own time, and is no part of a name or an aside."""
    if rule.type not in DUE:
        return None
    index = bisect_left(page.dates, predicate.content, key=START)
    due = None
    for date in page.dates[index : index + 4]:
        if date.end <= predicate.end and is_due(page, date, predicate.content):
            due = date.edtf if not _told_before(page, predicate.start, date) else due
    return due


def is_due(page: Page, date: DateExpression, content: int) -> bool:
    """Whether a date after offset `content` can be when it is to be done: not `UNCLOS 1982`, `(tháng 1/2018)`."""
    aside, attended = page.text[content : date.start], _attended(page, date, content)
    year = YEARS.fullmatch(date.edtf) is not None and not attended and not _led_to(page, date)
    return not (
        aside.count("(") > aside.count(")")
        or (_is_bare(page, date) and not attended)
        or (year and date.edtf[:YEAR_LENGTH] <= own_year(page))
        or _told_on(page, date)
        or _past_before(page, content, date.end)
        or not is_ahead(page, date)
    )


def is_ahead(page: Page, date: DateExpression) -> bool:
    """Whether a date may lie ahead of the page, and is no part of a name (`giai đoạn 2017-2020`) nor a beginning."""
    return not (
        _over(page, date)
        or (YEARS.fullmatch(date.edtf) and _words(page, date, "dated"))
        or _words(page, date, "since")
        or (not _led_to(page, date) and date.edtf == own_day(page))
    )


def ahead_of(page: Page, date: DateExpression) -> bool:
    """Whether a year only ends a term or a view ahead: `tầm nhìn 2045`, `giai đoạn 2021-2030`."""
    return YEARS.fullmatch(date.edtf) is not None and any(h.entry.id == TERM for h in _leading(page, date, "dated"))


def _over(page: Page, date: DateExpression) -> bool:
    """Whether a date is past on the day of the page; of days in unknown years, by less than half a year."""
    told, own = date.edtf.split("/")[-1], own_day(page)
    if own == LATE or (told[:1] == "X") != (own[:1] == "X"):
        return told[:YEAR_LENGTH] < own_year(page) and told[:1] != "X"
    if told[:1] != "X":
        return told < own[: len(told)]
    if not (own[5:7].isdigit() and told[5:7].isdigit()):
        return False
    back = (_day_of_year(own) - _day_of_year(told)) % YEAR
    least = 0 if len(told) == DAY_LENGTH else MONTH
    return least < back < YEAR // 2


def _day_of_year(edtf: str) -> int:
    """`XXXX-02-26` counted in months of 31 days; a month counts as its first day."""
    return MONTH * int(edtf[5:7]) + int(edtf[8:10] if edtf[8:10].isdigit() else 1)


def _is_bare(page: Page, date: DateExpression) -> bool:
    """A year in figures alone: it goes with a name."""
    told = page.text[date.start : date.end]
    return told.isdigit() and len(told) == YEAR_LENGTH


def _attended(page: Page, date: DateExpression, content: int) -> bool:
    """Whether the year is that of an event that somebody is to go to or to hold: `dự Hội nghị cấp cao APEC 2017`."""
    opens, first = grammar(page).opens, max(content - 1, date.start - NAME)
    words = (hit for at in range(first, date.start) if (hit := opens.get(at)) is not None and role_of(hit) == "attend")
    return any(not set(page.text[hit.end : date.start]) & set(",;:") for hit in words)


def _led_to(page: Page, date: DateExpression) -> bool:
    """Whether `trong`, `vào` … leads to a date."""
    known = grammar(page)
    words = (known.opens.get(date.start), known.words.get(skip(page.text, 0, date.start)))
    return any(word is not None and role_of(word) in LEADS for word in words)


def _told_on(page: Page, date: DateExpression) -> bool:
    """`…, hãng tin X cho biết ngày 28/12`: the day on which it is told."""
    word = grammar(page).words.get(skip(page.text, 0, date.start))
    return word is not None and role_of(word) == "verb"


def _words(page: Page, date: DateExpression, role: str) -> bool:
    """Whether words of a role begin a date or stand right before it: `tầm nhìn 2030`, `kể từ năm 2001`."""
    return any(_leading(page, date, role))


def _leading(page: Page, date: DateExpression, role: str) -> Iterator[Hit]:
    opens = grammar(page).opens
    near = (opens.get(at) for at in range(max(0, date.start - BEFORE), date.end))
    return (hit for hit in near if hit is not None and role_of(hit) == role and hit.end >= date.start - 1)


def _told_before(page: Page, start: int, date: DateExpression) -> bool:
    """Whether the page gave this very day before, for what it reports."""
    known = cast("dict[str, int]", page.memo.setdefault("first told", {}))
    for each in page.dates if not known else ():
        known.setdefault(each.edtf, each.start)
    return len(date.edtf) == DAY_LENGTH and known.get(date.edtf, date.start) < start


def _past_before(page: Page, content: int, at: int) -> bool:
    """Whether the content tells of the past (đã, hồi) before offset `at`: then the date there is no due."""
    hits, opens = page.hits.get("speech", []), grammar(page).opens
    first, last = bisect_left(hits, content, key=START), bisect_left(hits, at, key=START)
    return any(hit.entry.id == PAST and opens.get(hit.start, hit).end <= hit.end for hit in hits[first:last])


def own_day(page: Page) -> str:
    """The day of which the page tells: as published, else the first that it dates in full; late where none is."""
    kept = page.memo.get("own day")
    if not isinstance(kept, str):
        days = (d.edtf for d in page.dates if len(d.edtf) == DAY_LENGTH and d.edtf[:4].isdigit())
        year, published = own_year(page), page.published or ""
        full = published.replace("XXXX", year) if year.isdigit() and year != NO_YEAR else published
        page.memo["own day"] = kept = full if len(full) == DAY_LENGTH else next(days, LATE)
    return kept


def own_year(page: Page) -> str:
    """The year in which the page was written: as published, else the middle one of those that it dates."""
    kept = page.memo.get("own year")
    if not isinstance(kept, str):
        told = (day[:YEAR_LENGTH] for day in (page.published, page.document.published) if day)
        years = sorted(d.edtf[:4] for d in page.dates if d.edtf[:4].isdigit())
        kept = next((year for year in told if year.isdigit()), years[len(years) // 2] if years else NO_YEAR)
        page.memo["own year"] = kept
    return kept

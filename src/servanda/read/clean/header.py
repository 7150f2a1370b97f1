"""What stands above the article: labels of a dump, stamps, page furniture, the headline and the date of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from servanda.read.clean.furniture import ADDRESS, furniture
from servanda.read.clean.layout import Line
from servanda.read.clean.words import Words
from servanda.read.page import Page
from servanda.types import Noise, Span
from servanda.vocabulary import NoiseRule

YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12]\d|3[01])(?!\d)")
DAY_FIRST = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])[-/.](0?[1-9]|1[0-2])[-/.]((?:19|20)\d\d)(?!\d)")
CLOCK = re.compile(r"\d{1,2}[:h]\d\d|gmt")
STAMP_WORDS = 9
HEADLINE = 220
TOP = 14


@dataclass(slots=True)
class Header:
    """What was found above the article; `body` is the index of the first line that belongs to it."""

    noise: list[Noise] = field(default_factory=list)
    title: Span | None = None
    published: str | None = None
    summary: Line | None = None
    body: int = 0


def read_header(page: Page, lines: list[Line], words: Words) -> Header:
    """The header of a page. Labels count where two of the first fourteen lines bear one, or one before an address."""
    header = Header()
    top = [words.label.match(page.folded, line.start) for line in lines[:TOP]]
    telling = [m for m, line in zip(top, lines, strict=False) if m and _tells(page.text[m.end() : line.end])]
    labelled = bool(telling) or sum(1 for match in top if match) > 1
    for index, line in enumerate(lines[:TOP]):
        label = top[index] if labelled else None
        if label:
            _label(page, header, line, label, words.labels[label.group(1)])
        elif not _furniture(page, header, line, words):
            if header.title or not _headline(page, line, index, lines):
                break
            header.title = line.span
        header.body = index + 1
    header.published = header.published or today(page.folded, words)
    return _inner_content(page, header, lines)


def _tells(value: str) -> bool:
    """What follows a label is an address or a full date, which no sentence is."""
    return bool(ADDRESS.match(value) or YEAR_FIRST.match(value))


def _inner_content(page: Page, header: Header, lines: list[Line]) -> Header:
    """A content label is the last of a header, and its line belongs to the article."""
    if header.noise and header.body and header.noise[-1].rule.endswith("content"):
        header.body -= page.text[header.noise[-1].end : lines[header.body - 1].end].strip() != ""
    return header


def _label(page: Page, header: Header, line: Line, label: re.Match[str], rule: NoiseRule) -> None:
    value = (min(label.end(), line.end), line.end)
    if rule.field in ("title", "content"):
        if rule.field == "title" and value[0] < value[1]:
            header.title = value
        end = line.start + len(label.group().rstrip())
        header.noise.append(Noise(line.start, end, "navigation", "label of a dump", rule.id))
        return
    if rule.field == "published":
        header.published = header.published or day(page.text[slice(*value)])
    if rule.field == "summary":
        header.summary = line
    header.noise.append(Noise(*line.span, rule.kind, "line of a dump's header", rule.id))  # type: ignore[arg-type]


def _furniture(page: Page, header: Header, line: Line, words: Words) -> bool:
    """A stamp, a rule of dashes, an address or a line of the page's own; marked where it is one."""
    text = page.folded[slice(*line.span)]
    if len(text) < 80 and is_stamp(text):
        header.published = header.published or day(text)
        header.noise.append(Noise(*line.span, "credit", "stamp of publication", "vi.noise.stamp"))
        return True
    found = furniture(page, line.span, words)
    if found:
        header.noise.append(Noise(*line.span, found.kind, found.why, found.rule))
    return found is not None


def is_stamp(folded: str) -> bool:
    """A line that holds a full date and little else."""
    date = YEAR_FIRST.search(folded) or DAY_FIRST.search(folded)
    if not date:
        return False
    rest = re.findall(r"[^\W\d_]+", folded[: date.start()] + folded[date.end() :])
    return len(rest) <= 2 or (len(rest) < STAMP_WORDS and bool(CLOCK.search(folded)) and not folded.endswith("."))


def day(text: str) -> str | None:
    """The first full date of a header's line, as EDTF."""
    if match := YEAR_FIRST.search(text):
        year, month, number = match.groups()
    elif match := DAY_FIRST.search(text):
        number, month, year = match.groups()
    else:
        return None
    return f"{year}-{int(month):02}-{int(number):02}"


def today(folded: str, words: Words) -> str | None:
    """The day that the text itself calls today, as EDTF; without a year where it names none."""
    match = words.today.search(folded) if any(form in folded for form in words.todays) else None
    if not match or not (1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12):
        return None
    return f"{match[3] or 'XXXX'}-{int(match[2]):02}-{int(match[1]):02}"


def _headline(page: Page, line: Line, index: int, lines: list[Line]) -> bool:
    """A short first line above others; a long one that ends in a full stop is a paragraph."""
    if len(line) > HEADLINE or index + 1 >= len(lines):
        return False
    text = page.text[slice(*line.span)]
    return not (text.endswith(".") and (len(line) > 130 or text.count(". ") > 1))

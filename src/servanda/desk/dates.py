"""Dates as people say them, in both languages: EDTF in, words out. What EDTF leaves open is said to be open."""

from __future__ import annotations

import re
from datetime import date, datetime

from babel.dates import format_date, get_month_names
from markupsafe import Markup

from servanda.desk.settings import Language

DATE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?([?~%]?)$")
SEASONS = {"21": ("mùa xuân", "spring"), "22": ("mùa hè", "summer"), "23": ("mùa thu", "autumn"),
           "24": ("mùa đông", "winter"), "33": ("quý I", "first quarter of"), "34": ("quý II", "second quarter of"),
           "35": ("quý III", "third quarter of"), "36": ("quý IV", "fourth quarter of"),
           "40": ("nửa đầu", "first half of"), "41": ("nửa cuối", "second half of")}  # fmt: skip
UNKNOWN = {"vi": "không rõ năm", "en": "year unknown"}
ABOUT = {"vi": "khoảng ", "en": "about "}
Parts = tuple[str, str | None, str | None, str]


def said(edtf: str | None, language: Language) -> str:
    """`tháng 9/2024`, `26 February, year unknown`, `19–20/11/2015`; what is no EDTF date as it stands."""
    if not edtf:
        return ""
    first, slash, last = edtf.partition("/")
    if not slash:
        return _one(first, language) or edtf
    return _range(first, last, language) or edtf


def marked(edtf: str | None, language: Language) -> Markup:
    """The same as a `<time>`, with the EDTF as its title."""
    if not edtf:
        return Markup("")
    if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", edtf):
        return Markup('<time datetime="{0}" title="{0}">{1}</time>').format(edtf, said(edtf, language))
    return Markup('<time title="{}">{}</time>').format(edtf, said(edtf, language))


def moment(at: str, language: Language) -> str:
    """A moment of the register's clock (ISO 8601, UTC) to the minute."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return at
    return f"{_day(found.date(), language)}, {found:%H:%M} UTC"


def _one(edtf: str, language: Language) -> str | None:
    found = DATE.fullmatch(edtf)
    if found is None:
        return None
    year, month, day, sure = found.groups()
    day = None if day == "XX" else day
    words = _calendar(year, month, day, language) if month != "XX" else _year(year, language)
    return words and (ABOUT[language] if sure else "") + words


def _calendar(year: str, month: str | None, day: str | None, language: Language) -> str | None:
    if month is None:
        return _year(year, language)
    if month in SEASONS:
        return f"{SEASONS[month][language == 'en']} {_year(year, language)}"
    if not 1 <= int(month) <= 12 or (day and not 1 <= int(day) <= 31):
        return None
    if not year.isdigit():
        return _yearless(int(month), int(day) if day else None, year, language)
    if day is None:
        return f"tháng {int(month)}/{year}" if language == "vi" else f"{_month(int(month))} {year}"
    try:
        return _day(date(int(year), int(month), int(day)), language)
    except ValueError:
        return None


def _day(day: date, language: Language) -> str:
    return f"{day.day}/{day.month}/{day.year}" if language == "vi" else format_date(day, "d MMMM y", locale="en")


def _month(month: int) -> str:
    return str(get_month_names("wide", locale="en")[month])


def _year(year: str, language: Language) -> str:
    if year.isdigit():
        return f"năm {year}" if language == "vi" else year
    if year == "XXXX":
        return UNKNOWN[language]
    if year.endswith("XX"):
        return f"thế kỷ {int(year[:2]) + 1}" if language == "vi" else f"{year[:2]}00s"
    return f"thập niên {year[:3]}0" if language == "vi" else f"{year[:3]}0s"


def _yearless(month: int, day: int | None, year: str, language: Language) -> str:
    if language == "vi":
        words = f"ngày {day}/{month}" if day else f"tháng {month}"
    else:
        words = f"{day} {_month(month)}" if day else _month(month)
    return f"{words}, {_year(year, language)}"


def _range(first: str, last: str, language: Language) -> str | None:
    if first in ("", "..") or last in ("", ".."):
        return _open(first, last, language)
    a, b = DATE.fullmatch(first), DATE.fullmatch(last)
    if a is None or b is None:
        return None
    joined = _joined(a.groups(), b.groups(), language)
    one, other = _one(first, language), _one(last, language)
    return joined or (f"{one} – {other}" if one and other else None)


def _open(first: str, last: str, language: Language) -> str | None:
    since, until = ("từ", "đến") if language == "vi" else ("since", "until")
    known, word = (first, since) if first not in ("", "..") else (last, until)
    shown = _one(known, language)
    return f"{word} {shown}" if shown else None


def _joined(a: Parts | tuple[str | None, ...], b: Parts | tuple[str | None, ...], language: Language) -> str | None:
    """Two days of one month, or two years, told together."""
    year, month, day, sure = a
    if sure or b[3] or year is None:
        return None
    if month is None and b[1] is None and year.isdigit():
        return f"{'năm ' if language == 'vi' else ''}{year}–{b[0]}"
    if (year, month) != (b[0], b[1]) or not (day and b[2]) or "XX" in (day, b[2], month) or month in SEASONS:
        return None
    days = f"{int(day)}–{int(b[2] or 0)}"
    if language == "vi":
        start, told = ("", f"/{year}") if year.isdigit() else ("ngày ", f", {_year(year, language)}")
        return f"{start}{days}/{int(month or 0)}{told}"
    told = f" {year}" if year.isdigit() else f", {_year(year, language)}"
    return f"{days} {_month(int(month or 0))}{told}"

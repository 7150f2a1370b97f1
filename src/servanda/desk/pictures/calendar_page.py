"""The calendar's page and data."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import Annotated

from babel.dates import get_day_names, get_month_names
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from servanda.desk.pages.listing import UNDERTAKING_STATUSES
from servanda.desk.pictures import calendar
from servanda.desk.pictures.filters import Chosen, Filters, address
from servanda.desk.pictures.marks import Words
from servanda.desk.pictures.tables import json, table
from servanda.desk.registers import Opened
from servanda.desk.rendering import page
from servanda.types import TOPICS

router = APIRouter()
Month = Annotated[str, Query(max_length=20)]
STATUSES = ("planned", "proposed", "postponed", *(it for it in UNDERTAKING_STATUSES if it != "postponed"))
OPTIONS = {"status": STATUSES, "topic": TOPICS}


@router.get("/calendar")
def show(request: Request, register: Opened, asked: Chosen, month: Month = "") -> HTMLResponse:
    """Planned steps and due dates of a month."""
    words = Words.of(request)
    today = datetime.now(UTC).date()
    found = calendar.month(register, asked, month.strip() or None, today, words)
    given = {**asked.given(), "month": found.name}
    names = get_day_names("abbreviated", locale=words.language)
    return page(request, "pictures/calendar.html", asked=asked, options=OPTIONS, found=found, today=today,
                weekdays=[names[n] for n in range(7)],
                month_names=get_month_names("wide", "stand-alone", locale=words.language),
                table=found.marks(), says=calendar.says(found, words),
                before=found.before and address("/calendar", {**asked.given(), "month": found.before}),
                after=found.after and address("/calendar", {**asked.given(), "month": found.after}),
                more=partial(more, asked), data=address("/pictures/calendar.json", given),
                csv=address("/pictures/calendar.csv", asked.given()),
                looked=words.looked_at(found.looked_at))  # fmt: skip


def more(asked: Filters, sort: str, first: date, last: date) -> str:
    """The listing in which everything of a sort stands that falls on these days."""
    until = "until" if sort == "engagement" else "due_until"
    given = {**asked.given(), "since": first.isoformat(), until: last.isoformat()}
    return address(f"/{sort}s", given)


@router.get("/pictures/calendar.json")
def data(request: Request, register: Opened, asked: Chosen, month: Month = "") -> Response:
    """The marks of a month."""
    words = Words.of(request)
    found = calendar.month(register, asked, month or None, datetime.now(UTC).date(), words)
    marks = [{**it, "day": day.isoformat()} for week in found.weeks for day, told, _ in week for it in told]
    left = {day.isoformat(): count.total() for week in found.weeks for day, _, count in week if count}
    return json({"month": found.name, "marks": marks, "more": left, "within": found.within,
                 "within_more": found.within_more.total(), "unknown": found.unknown,
                 "months": [{"month": name, "count": n} for name, n in found.months],
                 "says": calendar.says(found, words)})  # fmt: skip


@router.get("/pictures/calendar.csv")
def rows(request: Request, register: Opened, asked: Chosen) -> Response:
    """Every planned step and due date of all months."""
    marks = calendar.all_marks(register, asked, Words.of(request))
    columns = ("group", "kind", "status", "edtf", "first_day", "last_day", "title", "id", "quote", "source")
    return table("calendar", columns, ((m["group"], m["kind"], m["status"], m["edtf"], first, last, m["title"], m["id"],
                 *(m["quotes"][0][name] for name in ("words", "source"))) for first, last, m in marks))  # fmt: skip

"""The timeline's page and data."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from servanda.desk.pages.listing import (
    ENGAGEMENT_KINDS,
    ENGAGEMENT_STATUSES,
    UNDERTAKING_KINDS,
    UNDERTAKING_STATUSES,
)
from servanda.desk.pictures import timeline
from servanda.desk.pictures.filters import ROWS, Chosen, address
from servanda.desk.pictures.marks import Words
from servanda.desk.pictures.tables import json, table
from servanda.desk.registers import Opened
from servanda.desk.rendering import page
from servanda.types import TOPICS

router = APIRouter()
What = Annotated[Literal["", "engagements", "undertakings"], Query()]
OPTIONS = {"kind": (*ENGAGEMENT_KINDS, *UNDERTAKING_KINDS),
           "status": (*ENGAGEMENT_STATUSES, *(it for it in UNDERTAKING_STATUSES if it not in ENGAGEMENT_STATUSES)),
           "topic": TOPICS}  # fmt: skip


@router.get("/timeline")
def show(request: Request, register: Opened, asked: Chosen, what: What = "") -> HTMLResponse:
    """Engagements and undertakings along time."""
    words = Words.of(request)
    found = timeline.told(register, asked, what or None)
    given = {**asked.given(), "what": what}
    rows = [timeline.mark(group, row, words) for _, _, group, row in found.rows[-ROWS:][::-1]]
    unknown = [timeline.mark(group, row, words) for group, row in found.unknown[:ROWS]]
    return page(request, "pictures/timeline.html", asked=asked, what=what, options=OPTIONS, found=found, rows=rows,
                unknown=unknown, says=timeline.says(found, words), data=address("/pictures/timeline.json", given),
                csv=address("/pictures/timeline.csv", given), looked=words.looked_at(found.looked_at))  # fmt: skip


@router.get("/pictures/timeline.json")
def data(request: Request, register: Opened, asked: Chosen, what: What = "") -> Response:
    """What the timeline draws."""
    return json(timeline.picture(timeline.told(register, asked, what or None), asked, Words.of(request)))


@router.get("/pictures/timeline.csv")
def rows(request: Request, register: Opened, asked: Chosen, what: What = "") -> Response:
    """Every row of the timeline, those of an unknown year and without date after the others."""
    words = Words.of(request)
    found = timeline.told(register, asked, what or None, every=True)
    known = [(first, last, timeline.mark(group, row, words)) for first, last, group, row in found.rows]
    known += [("", "", timeline.mark(group, row, words)) for group, row in found.unknown]
    columns = ("group", "kind", "status", "edtf", "first_day", "last_day", "title", "id", "quote", "source")
    return table("timeline", columns, ((m["group"], m["kind"], m["status"], m["edtf"], first, last, m["title"], m["id"],
                 *(m["quotes"][0][name] for name in ("words", "source"))) for first, last, m in known))  # fmt: skip

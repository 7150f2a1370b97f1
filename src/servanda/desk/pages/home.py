"""The first page: what is new, due, overdue, and waiting for a person."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from servanda import answers
from servanda.desk.registers import Opened
from servanda.desk.rendering import page

router = APIRouter()
TILES = (
    ("document", "/documents"),
    ("actor", "/actors"),
    ("engagement", "/engagements"),
    ("undertaking", "/undertakings"),
    ("contribution", "/contributions"),
    ("agreement", "/agreements"),
    ("position", "/positions"),
    ("story", "/stories"),
)


@router.get("/")
def home(request: Request, register: Opened, since: Annotated[str | None, Query(max_length=40)] = None) -> HTMLResponse:
    """What there is to look at first."""
    return page(request, "home.html", found=answers.home(register, since or None), tiles=TILES, since=since)

"""Over what the desk looked: how many documents, from where, of when; and what could not be read."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from servanda import answers
from servanda.desk.registers import Opened
from servanda.desk.rendering import page
from servanda.store import extent, set_asides

router = APIRouter()


@router.get("/about")
def about(request: Request, register: Opened) -> HTMLResponse:
    """What was read."""
    return page(
        request,
        "about.html",
        shown=request.app.state.settings.name,
        counts=answers.home(register)["counts"],
        looked_at=extent(register),
        tables=answers.official_tables(register),
        aside=len(set_asides(register)),
        release=register.release,
    )


@router.get("/set-aside")
def set_aside(request: Request, register: Opened) -> HTMLResponse:
    """Inputs that could not be read, and why."""
    return page(request, "set_aside.html", rows=set_asides(register), looked_at=extent(register))

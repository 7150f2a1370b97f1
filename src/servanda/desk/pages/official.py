"""The UN's monthly tables, and what the press says of a state beside them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from servanda import answers
from servanda.desk.registers import Opened
from servanda.desk.rendering import page
from servanda.store import extent

router = APIRouter()
Code = Annotated[str | None, Query(max_length=40)]


@router.get("/official")
def official(
    request: Request, register: Opened, state: Code = None, mission: Code = None, as_of: Code = None
) -> HTMLResponse:
    """The UN's figures for a state, a mission or a date; for a state also the press's beside them."""
    asked = {"state": (state or "").upper() or None, "mission": (mission or "").upper() or None, "as_of": as_of or None}
    rows = answers.official(register, **asked) if any(asked.values()) else []
    missing = None if rows else answers.no_figures(register, **asked)
    claims = answers.reconciled(register, asked["state"]) if asked["state"] else []
    claims = [it for it in claims if asked["mission"] in (None, it["mission"])]
    tables = answers.official_tables(register)
    return page(request, "official.html", rows=rows, claims=claims, asked=asked, tables=tables,
                looked_at=extent(register), missing=missing)  # fmt: skip

"""The contribution chart's page and data."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from servanda.desk.pictures import chart
from servanda.desk.pictures.filters import address
from servanda.desk.pictures.marks import Words
from servanda.desk.pictures.tables import json, table
from servanda.desk.registers import Opened
from servanda.desk.rendering import page

router = APIRouter()
State = Annotated[str, Query(max_length=300)]
Mission = Annotated[str, Query(max_length=300)]


@router.get("/charts")
def show(request: Request, register: Opened, state: State = "", mission: Mission = "") -> HTMLResponse:
    """What the press says of a state's peacekeepers, beside the UN's figures."""
    words = Words.of(request)
    state = state.strip() or chart.usual_state(register) or ""
    found = chart.figures(register, state or None, mission.strip() or None)
    given = {"state": state, "mission": mission.strip()}
    rows = [chart.claim(row, words) for row in [*(it[2] for it in found.claims[::-1]), *found.far, *found.unknown]]
    tables = [(as_of, rows, chart.official_url(as_of, state, mission or None))
              for as_of, rows in reversed(found.official.items())]  # fmt: skip
    return page(request, "pictures/charts.html", state=state, mission=mission, choices=chart.choices(register),
                found=found, rows=rows, tables=tables, says=chart.says(found, state, mission, words),
                data=address("/pictures/chart.json", given), csv=address("/pictures/chart.csv", given),
                looked=words.looked_at(found.looked_at), measures=chart.MEASURES)  # fmt: skip


@router.get("/pictures/chart.json")
def data(request: Request, register: Opened, state: State = "", mission: Mission = "") -> Response:
    """What the chart draws; without a state, of the one of which the press tells most."""
    state = state.strip() or chart.usual_state(register) or ""
    found = chart.figures(register, state or None, mission or None)
    return json(chart.picture(found, state or None, mission or None, Words.of(request)))


@router.get("/pictures/chart.csv")
def rows(request: Request, register: Opened, state: State = "", mission: Mission = "") -> Response:
    """Press claims and the UN's rows, told apart by `source`; no sums."""
    state = state.strip() or chart.usual_state(register) or ""
    found = chart.figures(register, state or None, mission or None)
    columns = ("source", "measure", "status", "edtf", "state", "mission", "what", "count", "women", "quote", "document")
    told = [*(it[2] for it in found.claims), *found.far, *found.unknown]
    claims = [("press", it["measure"], it["status"], it["date"], *(side and side["name"] for side in
               (it["contributor"], it["mission"])), it["unit"] or it["what"], it["count"], it["women"],
               it["evidence"][0]["quote"], it["evidence"][0]["source"]) for it in told]  # fmt: skip
    tables = [("UN", "strength", "deployed", as_of, it["country"], it["mission"], it["personnel_type"], it["total"],
               it["female"], "", "") for as_of, rows in found.official.items() for it in rows]  # fmt: skip
    return table("contributions", columns, [*claims, *tables])

"""The network's page and data."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from servanda.desk.languages import called
from servanda.desk.pages.listing import ENGAGEMENT_KINDS, ENGAGEMENT_STATUSES
from servanda.desk.pictures import network
from servanda.desk.pictures.filters import Chosen, address
from servanda.desk.pictures.marks import Row, Words, quotes
from servanda.desk.pictures.tables import json, table
from servanda.desk.registers import Opened
from servanda.desk.rendering import page
from servanda.types import TOPICS

router = APIRouter()
Most = Annotated[int, Query(ge=network.FEWEST, le=network.MOST)]
SIZES = (8, network.USUAL, 24, network.MOST)
OPTIONS = {"kind": ENGAGEMENT_KINDS, "status": ENGAGEMENT_STATUSES, "topic": TOPICS}


@router.get("/network")
def show(request: Request, register: Opened, asked: Chosen, most: Most = network.USUAL) -> HTMLResponse:
    """Who met whom, around one actor."""
    words = Words.of(request)
    found = network.neighbourhood(register, asked, most)
    given = {**asked.given(), "most": str(most)}
    rows = [_row(found, tie, words) | {"around": network.around(tie.other, asked)} for tie in found.ties]
    ties = [_row(found, tie, words) for tie in found.among]
    shown = replace(asked, actor=asked.actor or (found.centre["name"] if found.centre else None))
    centre = found.centre and called(found.centre["id"], found.centre["name"], words.language)
    return page(request, "pictures/network.html", asked=shown, most=most, sizes=SIZES, options=OPTIONS, found=found,
                centre=centre, rows=rows, ties=ties, says=network.says(found, words),
                data=address("/pictures/network.json", given),
                csv=address("/pictures/network.csv", given), looked=words.looked_at(found.looked_at))  # fmt: skip


def _row(found: network.Neighbourhood, tie: network.Tie, words: Words) -> Row:
    one, other = (called(id, found.names.get(id, id), words.language) for id in (tie.one, tie.other))
    return {"id": tie.other, "one": one, "name": other, "count": network.together(tie.count, words),
            "both": network.both(tie), "quotes": quotes(found.rows[tie.newest]["evidence"])["quotes"]}  # fmt: skip


@router.get("/pictures/network.json")
def data(request: Request, register: Opened, asked: Chosen, most: Most = network.USUAL) -> Response:
    """What the network draws."""
    return json(network.picture(network.neighbourhood(register, asked, most), asked, Words.of(request)))


@router.get("/pictures/network.csv")
def rows(request: Request, register: Opened, asked: Chosen, most: Most = network.USUAL) -> Response:
    """Every tie that is drawn, an engagement a row."""
    words = Words.of(request)
    drawn = network.picture(network.neighbourhood(register, asked, most), asked, words)
    columns = ("one", "other", "engagements", "quote", "source")
    return table("network", columns, ((tie["source"], tie["target"], tie["count"], it["words"], it["source"])
                                      for tie in drawn["ties"] for it in tie["quotes"]))  # fmt: skip

"""The map's page and data."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from servanda.desk.pages.listing import ENGAGEMENT_KINDS, ENGAGEMENT_STATUSES
from servanda.desk.pictures import meetings_map
from servanda.desk.pictures.filters import Chosen, address
from servanda.desk.pictures.marks import Words
from servanda.desk.pictures.tables import json, table
from servanda.desk.registers import Opened
from servanda.desk.rendering import page
from servanda.types import TOPICS

router = APIRouter()
OPTIONS = {"kind": ENGAGEMENT_KINDS, "status": ENGAGEMENT_STATUSES, "topic": TOPICS}


@router.get("/map")
def show(request: Request, register: Opened, asked: Chosen) -> HTMLResponse:
    """Missions and meeting places."""
    words = Words.of(request)
    found = meetings_map.placed(register, asked)
    drawn = meetings_map.picture(found, asked, words)
    unknown = [(met.rows[0]["place"], met.count, met.rows[0]) for _, met in found.unknown if met.rows]
    return page(request, "pictures/map.html", asked=asked, options=OPTIONS, found=found, drawn=drawn, unknown=unknown,
                says=drawn["says"], data=address("/pictures/map.json", asked.given()),
                csv=address("/pictures/map.csv", asked.given()), looked=words.looked_at(found.looked_at))  # fmt: skip


@router.get("/pictures/map.json")
def data(request: Request, register: Opened, asked: Chosen) -> Response:
    """What the map draws."""
    return json(meetings_map.picture(meetings_map.placed(register, asked), asked, Words.of(request)))


@router.get("/pictures/map.csv")
def rows(request: Request, register: Opened, asked: Chosen) -> Response:
    """Every place: how exactly it is known, where it lies, and how many engagements it had."""
    found = meetings_map.placed(register, asked)
    drawn = meetings_map.picture(found, asked, Words.of(request))
    told = [("town", it) for it in drawn["towns"]] + [("country", it) for it in drawn["countries"]]
    told += [("mission", it) for it in drawn["missions"]]
    known = [(how, it["title"], *(it.get("at") or ("", "")), it.get("country") or "", it["count"], it["note"])
             for how, it in told]  # fmt: skip
    known += [("not known to the map", name, "", "", "", met.count, "") for name, met in found.unknown]
    return table("map", ("known_as", "place", "longitude", "latitude", "iso_3166_number", "count", "note"), known)

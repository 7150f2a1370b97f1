"""Search as one types, over names, quotes and documents."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from servanda import answers
from servanda.answers import Page
from servanda.answers.assembly import ORDER
from servanda.answers.finding import LONGEST
from servanda.desk.navigation import N_
from servanda.desk.pages.listing import SINCE, STATUS, TOPIC, UNTIL, Filter, choice, values
from servanda.desk.registers import Opened
from servanda.desk.rendering import page
from servanda.desk.words import asked
from servanda.errors import BadQuestion
from servanda.store import extent

router = APIRouter()
ROWS = 25
OFFERED = 16  # actors that are offered before anything was asked
FILTERS = (
    choice("kind", N_("Kind"), ORDER),
    Filter("actor", N_("Actor")),
    Filter("mission", N_("Mission")),
    TOPIC,
    Filter("status", STATUS),
    SINCE,
    UNTIL,
    Filter("source", N_("Source")),
)


@router.get("/search")
def search(request: Request, register: Opened) -> HTMLResponse:
    """What holds every word; where nothing was asked yet, only the question."""
    words = request.query_params.get("q", "")
    if len(words) > LONGEST:
        raise BadQuestion(f"a question of {len(words)} characters; {LONGEST} is the most")
    chosen = values(request, FILTERS)
    narrowed = {name: value for name, value in chosen.items() if value}
    found = None
    if any(letter.isalnum() for letter in words):
        cursor = request.query_params.get("cursor") or None
        found = answers.search(register, words, **narrowed, cursor=cursor, limit=ROWS)
    offered = answers.busiest(register, OFFERED) if found is None else []
    return page(request, "search.html", words=words, found=found, filters=FILTERS, chosen=chosen, offered=offered,
                known=_known(found), looked_at=found.looked_at if found else extent(register))  # fmt: skip


def _known(found: Page | None) -> dict[str, dict[str, str]]:
    """Who the actors and missions of the facets are, by id and by code."""
    named = (found and found.named) or {}
    return {form: {"actor": id, "name": it["name"]} for id, it in named.items() for form in (id, asked(id))}

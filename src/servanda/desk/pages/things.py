"""One actor, one engagement, one undertaking: everything the register says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from servanda import answers
from servanda.answers.citing import citation
from servanda.desk.navigation import N_
from servanda.desk.pages.listing import SINCE, TOPIC, UNTIL, Filter, values
from servanda.desk.registers import Opened
from servanda.desk.rendering import actor_url, page
from servanda.errors import NotFound
from servanda.store import Register, extent

router = APIRouter()
ROWS = 12  # of each section; the rest is in its listing
WITHIN = (Filter("with", N_("With")), TOPIC, SINCE, UNTIL)


@router.get("/actors/{id:path}")
def actor(request: Request, register: Opened, id: str) -> Response:
    """A person, state, organisation or mission; a name or a code leads to its page."""
    found = answers.actor(register, id)
    if found["id"] != id:
        return RedirectResponse(actor_url(found["id"]), 303)
    chosen = values(request, WITHIN)
    among = "/missions" if found["kind"] == "mission" else "/actors"
    return page(request, "actor.html", found=found, among=among, chosen=chosen, looked_at=extent(register),
                filters=WITHIN, official=_official(register, found), **_facts(register, found, chosen))  # fmt: skip


def _facts(register: Register, found: answers.Row, chosen: dict[str, Any]) -> dict[str, Any]:
    id, mission = found["id"], found["kind"] == "mission"
    when: dict[str, Any] = {"since": chosen["since"], "limit": ROWS}
    until = {**when, "until": chosen["until"]}
    topic = {"topic": chosen["topic"]}
    return {
        "engagements": answers.engagements(register, actor=id, with_=chosen["with"], **topic, **until),
        "given": answers.undertakings(register, by=id, actor=chosen["with"], **topic, **when),
        "received": answers.undertakings(register, to=id, actor=chosen["with"], **topic, **when),
        "positions": answers.positions(register, actor=id, **topic, **until),
        "agreements": answers.agreements(register, actor=id, **topic, **until),
        "contributions": answers.contributions(register, **{"mission" if mission else "state": id}, **until),
    }


def _official(register: Register, found: answers.Row) -> list[answers.Row]:
    """The UN's figures for a state or a mission: a row a table."""
    if not found["code"] or found["kind"] not in ("state", "mission"):
        return []
    side = {"state": found["code"]} if found["kind"] == "state" else {"mission": found["code"]}
    return answers.official(register, **side)


@router.get("/engagements/{id}")
def engagement(request: Request, register: Opened, id: str) -> Response:
    """An engagement with every document that tells it."""
    return _thing(request, register, id, answers.engagement, "engagement.html")


def _thing(
    request: Request, register: Register, id: str, ask: Callable[[Register, str], answers.Row], template: str
) -> Response:
    try:
        found = ask(register, id)
    except NotFound as error:
        return _gone(register, id, error)
    return page(request, template, found=found, looked_at=extent(register))


def _gone(register: Register, id: str, error: NotFound) -> Response:
    """To the words of a fact whose document is out of the answers, which say so and why. Raises `error` for others."""
    try:
        told = citation(register, id)
    except NotFound:
        raise error from None
    if told["state"] == "stands":
        raise error
    return RedirectResponse(f"/cite/{quote(told['id'], safe='')}", 303)


@router.get("/undertakings/{id}")
def undertaking(request: Request, register: Opened, id: str) -> Response:
    """An undertaking: the promise and what came of it side by side."""
    return _thing(request, register, id, answers.undertaking, "undertaking.html")


@router.get("/undertakings/{id}/why")
def why(request: Request, register: Opened, id: str) -> HTMLResponse:
    """Every fact that was weighed as the outcome of an undertaking."""
    return page(request, "why.html", found=answers.outcome(register, id), looked_at=extent(register))


@router.get("/programmes/{id:path}")
def programme(request: Request, register: Opened, id: str) -> HTMLResponse:
    """A programme: each step as it was planned beside what was held."""
    return page(request, "programme.html", found=answers.programme(register, id), looked_at=extent(register))

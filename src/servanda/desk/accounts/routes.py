"""Signing in and out, and under which name one decides."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from servanda.desk.accounts.forms import OwnForm
from servanda.desk.accounts.guard import address, cookie
from servanda.desk.accounts.passwords import hashed, matches
from servanda.desk.accounts.users import COOKIE, NAME_COOKIE, Reader
from servanda.desk.registers import Written, in_turn
from servanda.desk.rendering import page
from servanda.desk.settings import Settings
from servanda.errors import NotFound, Refused
from servanda.store import Register
from servanda.store.accounts import (
    Account,
    account,
    begin_session,
    change_account,
    end_session,
    key_of,
    note_failure,
    recent_failures,
)

WITHIN = 15 * 60  # seconds in which failures count
MOST = {"both": 5, "address": 30, "account": 50}
YEAR = 365 * 24 * 3600
Name = Annotated[str, Form(max_length=200)]
Password = Annotated[str, Form(max_length=2000)]
Back = Annotated[str, Form(max_length=2000)]

router = APIRouter(include_in_schema=False)


def local(back: str) -> str:
    """An address of this desk to go back to; home where it is another's."""
    ours = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return back if ours and "\\" not in back else "/"


@router.get("/sign-in")
def sign_in_page(request: Request, back: str = "/") -> HTMLResponse:
    """The form, for whom it is not signed in."""
    return page(request, "accounts/sign_in.html", back=local(back), name="", wrong=None)


@router.post("/sign-in", dependencies=[OwnForm])
@in_turn
def sign_in(request: Request, register: Written, name: Name, password: Password, back: Back = "/") -> Response:
    """Begin a session, or say that name and password do not belong together, and not which of them is wrong."""
    settings: Settings = request.app.state.settings
    counted = _counted(name, address(request, settings))
    wait = max(_wait(register, kind, who) for kind, who in counted.items())
    if wait:
        shown = page(
            request, "accounts/sign_in.html", status=429, back=local(back), name=name, wrong="often", wait=wait
        )
        shown.headers["Retry-After"] = str(wait)
        return shown
    found = _account(register, name)
    if not matches(found.password if found else None, password) or found is None or found.disabled_at:
        note_failure(register, *counted.values(), within=WITHIN)
        return page(request, "accounts/sign_in.html", status=401, back=local(back), name=name, wrong="no")
    answer = RedirectResponse(local(back), 303, {"Cache-Control": "no-store"})
    answer.headers.append("set-cookie", cookie(request, settings, COOKIE, begin_session(register, name), "lax"))
    return answer


def _account(register: Register, name: str) -> Account | None:
    try:
        return account(register, name)
    except NotFound:
        return None


def _counted(name: str, where: str) -> dict[str, str]:
    return {"both": f"{key_of(name)} from {where}", "address": where, "account": key_of(name)}


def _wait(register: Register, kind: str, who: str) -> int:
    count, seconds = recent_failures(register, who, within=WITHIN)
    return max(seconds, 1) if count >= MOST[kind] else 0


@router.post("/sign-out", dependencies=[OwnForm])
@in_turn
def sign_out(request: Request, register: Written) -> RedirectResponse:
    """End the session, on both sides."""
    if secret := request.cookies.get(COOKIE):
        end_session(register, secret)
    answer = RedirectResponse("/", 303, {"Cache-Control": "no-store"})
    settings: Settings = request.app.state.settings
    answer.headers.append("set-cookie", cookie(request, settings, COOKIE, "", "lax", seconds=0))
    return answer


@router.get("/account")
def account_page(request: Request, user: Reader) -> HTMLResponse:
    """Who one is here."""
    return page(request, "accounts/account.html", done=None)


@router.post("/account", dependencies=[OwnForm])
@in_turn
def change(
    request: Request, register: Written, user: Reader, name: Name = "", password: Password = "", again: Password = "",
    old: Password = "",
) -> Response:  # fmt: skip
    """At one's own machine, the name under which one decides; signed in, another password."""
    settings: Settings = request.app.state.settings
    if user.how == "here":
        answer = RedirectResponse("/account", 303)
        kept = cookie(request, settings, NAME_COOKIE, quote(" ".join(name.split())[:120]), "lax", seconds=YEAR)
        answer.headers.append("set-cookie", kept)
        return answer
    if user.how != "session" or not matches(account(register, user.name).password, old):
        return page(request, "accounts/account.html", status=403, done="wrong")
    if password != again:
        raise Refused("the two new passwords differ; nothing was changed")
    change_account(register, user.name, password=hashed(password))
    answer = RedirectResponse("/account", 303)
    answer.headers.append("set-cookie", cookie(request, settings, COOKIE, begin_session(register, user.name), "lax"))
    return answer

"""Who asks, and what they may do."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import unquote

from fastapi import Depends, HTTPException, Request

from servanda.desk.settings import Settings
from servanda.errors import NotFound
from servanda.store import Register
from servanda.store.accounts import ROLES, Role, account, holder, session
from servanda.store.judging import judgement

COOKIE, FORM_COOKIE, NAME_COOKIE = "servanda_session", "servanda_form", "servanda_name"
How = Literal["here", "session", "token", "proxy"]


@dataclass(slots=True, frozen=True)
class User:
    """Someone who asks: `name` under which decisions are kept; `how` they are known: by being at this machine, signed
    in, by a token, or by the word of the proxy in front. `form` is what the forms of a session carry."""

    name: str
    role: Role
    how: How
    form: str | None = None

    def may(self, role: Role) -> bool:
        """Whether a role that does at least this is theirs."""
        return ROLES.index(self.role) >= ROLES.index(role)


def known(request: Request, settings: Settings, register: Callable[[], Register]) -> User | None:
    """Who asks; None where nobody is signed in at a public desk. Raises RegisterError where that cannot be told."""
    secret = bearer(request)
    if secret is not None:
        found = holder(register(), secret)
        return User(found[0].name, found[1], "token") if found else None
    if (
        settings.trusted_header
        and (name := request.headers.get(settings.trusted_header))
        and by_proxy(request, settings)
    ):
        return _named(unquote(name), register())
    if not settings.public:
        return User(_here(request), "editor", "here")
    cookie = request.cookies.get(COOKIE)
    signed = session(register(), cookie) if cookie else None
    return User(signed[0].name, signed[0].role, "session", signed[1]) if signed else None


def bearer(request: Request) -> str | None:
    """The token that the request gives, None where it gives none."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


def by_proxy(request: Request, settings: Settings) -> bool:
    """Whether the request comes from a proxy that may say who asks."""
    return request.client is not None and request.client.host in settings.trusted_proxies


def _named(name: str, register: Register) -> User | None:
    """Whom the proxy names: of their account's role, a reader where they have none, nobody where it is disabled."""
    try:
        found = account(register, name)
    except NotFound:
        return User(" ".join(name.split())[:120], "reader", "proxy") if name.strip() else None
    return None if found.disabled_at else User(found.name, found.role, "proxy")


def _here(request: Request) -> str:
    chosen = " ".join(unquote(request.cookies.get(NAME_COOKIE, "")).split())
    if chosen and len(chosen) <= 120 and chosen.isprintable():
        return chosen
    return os.environ.get("SERVANDA_BY") or getpass.getuser()


def needs(role: Role) -> Callable[[Request], User]:
    """A dependency: the user, where theirs is at least this role; 401 or 403 else."""

    def user(request: Request) -> User:
        found: User | None = getattr(request.state, "user", None)
        if found is None:
            raise HTTPException(401, "Sign in first, or give a token.", {"WWW-Authenticate": "Bearer"})
        if not found.may(role):
            raise HTTPException(403, f"This needs the role of {role}; {found.name} is {found.role}.")
        return found

    return user


def may_undo(register: Register, user: User, number: int) -> None:
    """403 where someone else's decision is to be taken back by one who is no editor. Raises NotFound on none."""
    by = judgement(register, number).by
    if by != user.name and not user.may("editor"):
        raise HTTPException(403, f"{by} decided this; only an editor takes back what others decided")


Reader = Annotated[User, Depends(needs("reader"))]
Reviewer = Annotated[User, Depends(needs("reviewer"))]
Editor = Annotated[User, Depends(needs("editor"))]

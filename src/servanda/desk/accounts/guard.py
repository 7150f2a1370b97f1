"""Before any page: is this host ours, who asks, may they come in, and does a change come from a page of ours?"""

from __future__ import annotations

import secrets
from urllib.parse import urlencode, urlsplit

from anyio import to_thread
from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from servanda.desk import errors
from servanda.desk.accounts.users import FORM_COOKIE, bearer, by_proxy, known
from servanda.desk.settings import Settings
from servanda.errors import RegisterError

OURS = ("localhost", "127.0.0.1", "::1")
OPEN = ("/sign-in", "/static/", "/preferences")  # what may be seen before signing in
SAFE = ("GET", "HEAD", "OPTIONS")


class Guard:
    """Sets `request.state.user` and `request.state.form` (what forms carry against forgery), or refuses."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        request.state.user = None
        refused = self._foreign(request)
        if refused is None:
            try:
                request.state.user = await to_thread.run_sync(self._who, request)
            except RegisterError as error:
                refused = errors.shown(request, 503, str(error), {"Retry-After": "5", "Cache-Control": "no-store"})
        fresh = self._form(request)
        refused = refused or self._stranger(request)
        await (refused or self.app)(scope, receive, _adding(send, fresh))

    def _foreign(self, request: Request) -> Response | None:
        """A host that is not ours (a name that others may point here), or a change from another site's page."""
        host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
        if not self._ours(host):
            return errors.shown(request, 421, f"{host[:80]}: this desk is not served under that name (--host-name).")
        if request.method in SAFE or bearer(request) is not None:
            return None
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        elsewhere = site not in (None, "same-origin", "none")
        if elsewhere or (origin is not None and urlsplit(origin).netloc != request.headers.get("host")):
            return errors.shown(request, 403, "This change was asked for by a page of another site; nothing was done.")
        return None

    def _ours(self, host: str) -> bool:
        if host in OURS or host in self.settings.hosts:
            return True
        return self.settings.public and not self.settings.hosts

    def _who(self, request: Request) -> object:
        return known(request, self.settings, request.app.state.registers.opened)

    def _form(self, request: Request) -> str | None:
        """What forms carry; the cookie to be set where there is none yet."""
        own = getattr(request.state.user, "form", None) or request.cookies.get(FORM_COOKIE)
        request.state.form = own or secrets.token_urlsafe(32)
        return None if own else cookie(request, self.settings, FORM_COOKIE, request.state.form, "strict")

    def _stranger(self, request: Request) -> Response | None:
        """Nobody signed in at a public desk: to the sign-in page, or a problem for programs."""
        if request.state.user is not None or (not self.settings.public and bearer(request) is None):
            return None
        path = request.url.path
        if path.startswith(OPEN) and bearer(request) is None:
            return None
        if errors.for_programs(request) or request.method not in SAFE or bearer(request) is not None:
            told = "This token is none, or no longer one." if bearer(request) else "Sign in first, or give a token."
            return errors.shown(request, 401, told, {"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"})
        back = path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?{urlencode({'back': back[:2000]})}", 303, {"Cache-Control": "no-store"})


def https(request: Request, settings: Settings) -> bool:
    """Whether the reader's browser speaks https, to us or to the proxy in front."""
    forwarded = request.headers.get("x-forwarded-proto") if by_proxy(request, settings) else None
    return (forwarded or request.url.scheme) == "https"


def address(request: Request, settings: Settings) -> str:
    """The reader's address, as the proxy in front says where there is one."""
    forwarded = request.headers.get("x-forwarded-for", "") if by_proxy(request, settings) else ""
    return forwarded.split(",")[-1].strip() or (request.client.host if request.client else "unknown")


def cookie(
    request: Request, settings: Settings, name: str, value: str, same_site: str, *, seconds: int | None = None
) -> str:
    """A Set-Cookie header: never for scripts, never to other sites, never unencrypted where https is spoken."""
    secure = "; Secure" if https(request, settings) else ""
    lasting = "" if seconds is None else f"; Max-Age={seconds}"
    return f"{name}={value}; Path=/; HttpOnly; SameSite={same_site.capitalize()}{lasting}{secure}"


def _adding(send: Send, header: str | None) -> Send:
    if header is None:
        return send

    async def adding(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", header)
        await send(message)

    return adding

"""What is said when something is not there, is locked or was asked wrongly.

A page for people, an RFC 9457 problem document for programs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from servanda.desk.rendering import actor_url, document_url, page
from servanda.desk.settings import Settings
from servanda.errors import BadInput, BadQuestion, NotFound, Overtaken, Refused, RegisterError, ServandaError

LOG = logging.getLogger("servanda.desk")
AGAIN = 5  # seconds after which a page that met a locked register tries again by itself
UNKNOWN = {
    404: "{path}: there is no such page; /api/v1/openapi.json describes what programs can ask",
    405: "{path} does not take {method}",
}
STATUSES: tuple[tuple[type[ServandaError], int], ...] = (
    (NotFound, 404),
    (BadQuestion, 400),
    (BadInput, 400),
    (Overtaken, 409),
    (Refused, 422),
    (RegisterError, 503),
)


def install(app: FastAPI) -> None:
    """Show every error of this app as its reader can use it."""
    app.add_exception_handler(ServandaError, _servanda)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unforeseen)


def for_programs(request: Request) -> bool:
    """Whether the answer is for a program: under /api/, or asked for as JSON and not as a page."""
    accepted = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or ("json" in accepted and "html" not in accepted)


def problem(request: Request, status: int, detail: str, **more: Any) -> JSONResponse:
    """A problem document: `type, title, status, detail, instance` and what else is given."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse(
        {**told, "instance": request.url.path, **more}, status, media_type="application/problem+json"
    )  # fmt: skip


def shown(
    request: Request, status: int, detail: str, headers: dict[str, str] | None = None, *,
    near: Sequence[tuple[str, str]] = (), **more: Any,
) -> Response:  # fmt: skip
    """The error as its reader can use it, and without the machine's own addresses; `near`: names and addresses of what
    comes near to what was asked for."""
    settings: Settings = request.app.state.settings
    detail = settings.discreet(detail)
    answer: Response
    if for_programs(request):
        answer = problem(request, status, detail, **more)
    else:
        answer = page(request, "error.html", status=status, code=status, detail=detail, again=AGAIN, near=near)
    answer.headers.update(headers or {})
    return answer


def _servanda(request: Request, error: Exception) -> Response:
    status = next((status for kind, status in STATUSES if isinstance(error, kind)), 500)
    if status == 503:
        LOG.warning("%s %s: %s", request.method, request.url.path, error)
        request.app.state.registers.close()
        return shown(request, status, str(error), {"Retry-After": str(AGAIN), "Cache-Control": "no-store"})
    near = _near(error) if isinstance(error, NotFound) else []
    return shown(request, status, str(error), near=near)


def _near(error: NotFound) -> list[tuple[str, str]]:
    """What comes near, and where its page is."""
    url = PAGES.get(error.what, partial(_record_url, error.what))
    return [(it, url(it)) for it in error.near]


def _record_url(sort: str, id: str) -> str:
    return f"/{sort}s/{quote(id, safe='')}"


PAGES: dict[str, Callable[[str], str]] = {"actor": actor_url, "document": document_url}


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code in (204, 304):
        return Response(status_code=error.status_code, headers=error.headers)
    detail = str(error.detail)
    if detail == HTTPStatus(error.status_code).phrase:  # of no endpoint
        detail = UNKNOWN.get(error.status_code, detail).format(path=request.url.path[:200], method=request.method)
    return shown(request, error.status_code, detail, dict(error.headers or {}))


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = [{"parameter": ".".join(map(str, it["loc"][1:])), "reason": it["msg"]} for it in error.errors()]
    detail = "; ".join(f"{it['parameter']}: {it['reason']}" for it in wrong)
    return shown(request, 422, detail, errors=wrong)


def _unforeseen(request: Request, error: Exception) -> Response:
    LOG.exception("%s %s", request.method, request.url.path, exc_info=error)
    return shown(request, 500, "Something went wrong here; it was noted in the desk's log.")

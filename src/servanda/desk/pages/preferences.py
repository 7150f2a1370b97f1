"""The language and the colours a reader chose, remembered in cookies."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from servanda.desk.languages import YEAR
from servanda.desk.settings import Language, Theme

router = APIRouter()


@router.get("/preferences")
def preferences(
    request: Request,
    language: Language | None = None,
    theme: Theme | None = None,
    back: Annotated[str, Query(max_length=4000)] = "/",
) -> RedirectResponse:
    """Remember a choice, and go back to where it was made."""
    answer = RedirectResponse(back if _ours(back) else "/", 303)
    for name, value in (("language", language), ("theme", theme)):
        if value:
            answer.set_cookie(name, value, max_age=YEAR, samesite="lax", httponly=True,
                              secure=request.url.scheme == "https")  # fmt: skip
    return answer


def _ours(path: str) -> bool:
    """An address of this desk; `//host` and `/\\host` are others'."""
    return path.startswith("/") and path[1:2] not in ("/", "\\") and path.isprintable()

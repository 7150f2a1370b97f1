"""ETags: an answer stays good until the register changes."""

from __future__ import annotations

from hashlib import blake2b
from typing import Annotated

from fastapi import Depends, HTTPException, Request, Response

from servanda.desk.registers import Opened
from servanda.settings import release
from servanda.store.judging import standing_of


def fresh(request: Request, response: Response, register: Opened) -> None:
    """Set the answer's ETag; answer 304 where the asker has it already.

    While the last change is still being put together an answer has none: it may be another one in a moment.
    """
    if getattr(request.state, "behind", False):
        response.headers["Cache-Control"] = "no-store"
        return
    told = f"{' '.join(standing_of(register))} {release()} {request.url.path} {request.url.query}"
    tag = f'W/"{blake2b(told.encode(), digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie, Accept-Encoding"}
    response.headers.update(headers)
    asked = [it.strip() for it in request.headers.get("if-none-match", "").split(",")]
    if "*" in asked or tag in asked or tag.removeprefix("W/") in asked:
        raise HTTPException(304, headers=headers)


Fresh = Annotated[None, Depends(fresh)]

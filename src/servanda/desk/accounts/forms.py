"""Forms that only our own pages can send."""

from __future__ import annotations

from hmac import compare_digest
from typing import Annotated

from fastapi import Depends, Form, HTTPException, Request


def own_form(request: Request, form: Annotated[str, Form(max_length=200)] = "") -> None:
    """403 where a form does not carry what our page put into it (`{{ request.state.form }}` in the field `form`)."""
    if not compare_digest(form.encode(), str(request.state.form).encode()):
        raise HTTPException(403, "This form is too old, or not one of this desk: load its page again.")


OwnForm = Depends(own_form)

"""The OpenAPI 3.1 description, made from the routes and their shapes; every error is a problem document."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi

from servanda.desk.api.models import Problem
from servanda.settings import release

PROBLEMS = {
    400: "A question that cannot be answered as asked: a broken cursor, a date that is none.",
    401: "Sign in, or give a token: this desk is public.",
    403: "Not allowed with this role, or from this page.",
    404: "Nothing of this id; near matches are named.",
    409: "Someone decided on the same thing after it was looked at.",
    422: "A parameter or body of the wrong shape, or a decision that makes no sense.",
    429: "Too many tries; wait as long as Retry-After says.",
    503: "The register is missing or locked; Retry-After says when to try again.",
}
SCHEMA = {"$ref": "#/components/schemas/Problem"}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors of an operation, besides those that any may have."""
    every = sorted({*statuses, 401, 422, 503})
    return {it: {"description": PROBLEMS[it], "content": {"application/problem+json": {"schema": SCHEMA}}}
            for it in every}  # fmt: skip


def description(router: APIRouter) -> dict[str, Any]:
    """The description of these routes."""
    made = get_openapi(
        title="Servanda",
        version=release().split("+")[0],
        openapi_version="3.1.0",
        summary="A cited register of who met whom, who promised what, and whether it came about",
        description=__doc__,
        routes=router.routes,
    )
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = Problem.model_json_schema()
    made["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "servanda accounts token NAME"},
        "session": {"type": "apiKey", "in": "cookie", "name": "session", "description": "Of who signed in."},
    }
    made["security"] = [{}, {"token": []}, {"session": []}]
    return made

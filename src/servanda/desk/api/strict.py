"""Parameters that an operation does not know, or that stand twice, are refused rather than passed over."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from servanda.errors import BadQuestion


def strict(request: Request) -> None:
    """Raises BadQuestion on a misspelt or a repeated parameter."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return
    known, given = _known(route), [name for name, _ in request.query_params.multi_items()]
    for name in given:
        if name not in known:
            said = f"it takes {', '.join(sorted(known))}" if known else "it takes none"
            raise BadQuestion(f"{name[:80]!r} is no parameter of {route.path}; {said}")
        if given.count(name) > 1:
            raise BadQuestion(f"{name} is given more than once")


def _known(route: APIRoute) -> frozenset[str]:
    return frozenset(_names(route.dependant))


def _names(dependant: Dependant) -> Iterator[str]:
    yield from (it.alias for it in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _names(inner)

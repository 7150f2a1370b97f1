"""By what a picture can be narrowed: an actor, a kind, a status, a topic, a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query

ROWS = 300  # of a table beside a picture; the listing and the CSV have them all
Text = Annotated[str, Query(max_length=300)]
Date = Annotated[str, Query(max_length=40)]


@dataclass(slots=True)
class Asked:
    """What a form sends; an empty field is none."""

    actor: Text = ""
    kind: Text = ""
    status: Text = ""
    topic: Text = ""
    since: Date = ""
    until: Date = ""


@dataclass(slots=True, frozen=True)
class Filters:
    """What a reader asked for."""

    actor: str | None = None
    kind: str | None = None
    status: str | None = None
    topic: str | None = None
    since: str | None = None
    until: str | None = None

    def given(self) -> dict[str, str]:
        """Those that are set, for an address."""
        return {name: value for name, value in asdict(self).items() if value}


def filters(asked: Annotated[Asked, Depends()]) -> Filters:
    """The filters in an address, as a dependency of an endpoint."""
    return Filters(**{name: value.strip() or None for name, value in asdict(asked).items()})


Chosen = Annotated[Filters, Depends(filters)]


def address(path: str, given: Mapping[str, str | None]) -> str:
    """A path with those parameters that are set."""
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{path}?{query}" if query else path

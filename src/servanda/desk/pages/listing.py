"""Listings: rows of one kind, chosen by filters that stand in the address, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from fastapi import Request
from fastapi.responses import HTMLResponse

from servanda import answers, types
from servanda.answers import Page
from servanda.desk.navigation import N_
from servanda.desk.rendering import page
from servanda.errors import BadQuestion
from servanda.keep import follow
from servanda.keep.weighing import STATUSES
from servanda.store import Register

Input = Literal["text", "date", "choice", "check"]
LONGEST = 300  # characters of a filter
NAMING = ("actor", "with", "by", "to", "speaker", "addressee", "state", "mission")  # filters that take a name
ROWS = 40


@dataclass(slots=True, frozen=True)
class Filter:
    """One choice of a listing: its parameter, its name (an English message), how it is entered."""

    name: str
    title: str
    input: Input = "text"
    options: tuple[str, ...] = ()

    def value(self, given: str) -> Any:
        """What the question is asked with; None where nothing was chosen. Raises BadQuestion on what none can be."""
        if len(given) > LONGEST:
            raise BadQuestion(f"{self.name}: {len(given)} characters; {LONGEST} is the most")
        if self.options and given and given not in self.options:
            raise BadQuestion(f"{self.name} {given!r} is none of {', '.join(self.options)}")
        return bool(given) if self.input == "check" else given.strip() or None


ACTOR = Filter("actor", N_("Actor"))
SINCE = Filter("since", N_("Since"), "date")
UNTIL = Filter("until", N_("Until"), "date")
TOPIC = Filter("topic", N_("Topic"), "choice", types.TOPICS)


def choice(name: str, title: str, values: Any) -> Filter:
    """A choice of the values of a Literal, or of these."""
    return Filter(name, title, "choice", tuple(get_args(values) or values))


@dataclass(slots=True, frozen=True)
class Listing:
    """A page of rows: `title` and `lede` are English messages, `entry` the macro that shows one row; `orders`, each
    with its name, the first unless another is chosen."""

    path: str
    title: str
    lede: str
    entry: str
    ask: Callable[..., Page]
    filters: tuple[Filter, ...]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    orders: tuple[tuple[str, str], ...] = ()


STATUS = N_("Status")
KIND = N_("Kind")


def shown(request: Request, register: Register, listing: Listing, **more: Any) -> HTMLResponse:
    """The page of a listing as the address asks for it."""
    chosen = values(request, listing.filters)
    order: dict[str, Any] = {}
    if listing.orders:
        order["order"] = request.query_params.get("order") or listing.orders[0][0]
    asked = {_asked(name): value for name, value in chosen.items() if value is not None}
    cursor = request.query_params.get("cursor") or None
    found = listing.ask(register, **listing.fixed, **order, **asked, cursor=cursor, limit=ROWS)
    named = [chosen[it.name] for it in listing.filters if it.name in NAMING and chosen[it.name]]
    unknown = answers.strangers(register, named) if named and not found.rows else {}
    return page(request, "list.html", listing=listing, found=found, chosen=chosen, unknown=unknown, **order,
                **more)  # fmt: skip


def _asked(name: str) -> str:
    return "with_" if name == "with" else name


def values(request: Request, filters: Sequence[Filter]) -> dict[str, Any]:
    """Each filter's value in the address."""
    return {it.name: it.value(request.query_params.get(it.name, "")) for it in filters}


ENGAGEMENT_KINDS = get_args(types.EngagementKind)
ENGAGEMENT_STATUSES = get_args(types.EngagementStatus)
UNDERTAKING_KINDS = get_args(follow.Kind)
UNDERTAKING_STATUSES = STATUSES
GRADES = get_args(follow.Grade)
DISPUTED = (
    "name",
    "spelling",
    "post",
    "date",
    "planned for",
    "place",
    "count",
    "women",
    "time since",
)  # where documents differ

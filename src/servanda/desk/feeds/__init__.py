"""For calendars and feed readers: due dates and planned engagements as iCalendar, kept questions as Atom."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from servanda.alerts import calendar, feed
from servanda.desk.languages import language_of
from servanda.desk.registers import Opened
from servanda.labels import Labels
from servanda.store import watch

router = APIRouter(include_in_schema=False)
Narrow = Annotated[str | None, Query(max_length=200)]


@router.get("/calendar.ics")
def calendar_file(
    request: Request, register: Opened, actor: Narrow = None, topic: Narrow = None, since: Narrow = None
) -> Response:
    """What a calendar subscribes to."""
    base = str(request.base_url).rstrip("/")
    made = calendar(register, now=datetime.now(UTC), actor=actor, topic=topic, since=since, base=base,
                    labels=Labels(language_of(request)))  # fmt: skip
    return Response(made, media_type="text/calendar; charset=utf-8")


@router.get("/feeds/{name}.atom")
def feed_file(request: Request, register: Opened, name: str) -> Response:
    """What a feed reader subscribes to. A watch that is not there is a 404 that names those there are."""
    made = feed(register, watch(register, name), base=str(request.base_url).rstrip("/"))
    return Response(made, media_type="application/atom+xml; charset=utf-8")

"""The page of a brief, and its files."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from servanda.answers import Row, busiest
from servanda.answers.brief import brief
from servanda.desk.briefs.files import TYPES, WRITTEN
from servanda.desk.briefs.wording import Worded, worded
from servanda.desk.languages import language_of
from servanda.desk.registers import Opened
from servanda.desk.rendering import page
from servanda.errors import BadQuestion
from servanda.folding import bare
from servanda.store import Register
from servanda.types import TOPICS

Text = Annotated[str, Query(max_length=300)]
Day = Annotated[str, Query(max_length=40)]
OFFERED = 12  # counterparts of a kind that are offered before one is named

router = APIRouter(include_in_schema=False)


@router.get("/brief")
def brief_page(
    request: Request, register: Opened, actor: Text = "", home: Text = "VN", topic: Text = "", since: Day = "",
    until: Day = "",
) -> HTMLResponse:  # fmt: skip
    """The form, and under it the brief that it asks for."""
    asked = {
        "actor": actor.strip(),
        "home": home.strip(),
        "topic": topic,
        "since": since.strip(),
        "until": until.strip(),
    }
    made = _made(request, register, **asked) if asked["actor"] else None
    offered = [] if made else _offered(register, asked["home"])
    return page(request, "briefs/page.html", brief=made, asked=asked, topics=TOPICS, offered=offered)


def _offered(register: Register, home: str) -> list[tuple[str, list[Row]]]:
    """By kind those who took part in most engagements, without the state that the brief is for."""
    own = {it["id"] for it in busiest(register, OFFERED, "state") if it["code"] == home.upper() or it["name"] == home}
    kinds = ("state", "person", "organisation")
    return [(kind, [it for it in busiest(register, OFFERED, kind) if it["id"] not in own]) for kind in kinds]


@router.get("/brief.{kind}")
def brief_file(
    request: Request, register: Opened, kind: str, actor: Annotated[str, Query(min_length=1, max_length=300)],
    home: Text = "VN", topic: Text = "", since: Day = "", until: Day = "",
) -> Response:  # fmt: skip
    """The same as a file: `/brief.html`, `/brief.md`, `/brief.docx`."""
    if kind not in WRITTEN:
        raise BadQuestion(f"a brief comes as {', '.join(WRITTEN)}, not as {kind[:20]}")
    made = _made(request, register, actor, home, topic, since, until)
    told = WRITTEN[kind](made, language_of(request))
    name = re.sub(r"\W+", "-", bare(made.title)).strip("-")[:60]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(told, media_type=TYPES[kind], headers=headers)


def _made(
    request: Request, register: Register, actor: str, home: str, topic: str, since: str, until: str
) -> Worded:  # fmt: skip
    if topic and topic not in TOPICS:
        raise BadQuestion(f"{topic!r} is none of the topics {', '.join(TOPICS)}")
    found = brief(register, actor, home=home or None, topic=topic or None, since=since or None, until=until or None)
    return worded(found, language_of(request))

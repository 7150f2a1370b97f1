"""What can be asked: one route a question of `servanda.answers`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from servanda import answers, types
from servanda.answers import Page
from servanda.answers.citing import citation
from servanda.answers.pages import day
from servanda.desk.api import models
from servanda.desk.api.caching import Fresh
from servanda.desk.api.described import description, problems
from servanda.desk.api.models import Listed
from servanda.desk.api.strict import strict
from servanda.desk.pages.listing import NAMING
from servanda.desk.registers import Opened
from servanda.keep.citing import FORMATS, written
from servanda.keep.follow import Grade, Kind
from servanda.keep.weighing import Status
from servanda.records import DocumentStatus
from servanda.store import Register, extent, official_dates

PLAIN = r"^[^\x00]*$"
Text: TypeAlias = Annotated[str | None, Query(max_length=300, pattern=PLAIN)]
Day: TypeAlias = Annotated[str | None, Query(max_length=40, pattern=PLAIN, description="EDTF: 2019, 2019-03 …")]
Cursor: TypeAlias = Annotated[str | None, Query(max_length=4000, pattern=PLAIN, description="`next` of a page.")]
Limit: TypeAlias = Annotated[int, Query(ge=1, le=1000, description="Rows of a page.")]
Source: TypeAlias = Annotated[str, Query(max_length=2000, pattern=PLAIN, description="A document's source or id.")]
Id: TypeAlias = Annotated[str, Path(max_length=300, pattern=PLAIN)]
if TYPE_CHECKING:
    Topic: TypeAlias = str | None
else:
    Topic = Literal[types.TOPICS] | None
Answer: TypeAlias = dict[str, Any]

router = APIRouter(prefix="/api/v1", responses=problems(400), dependencies=[Depends(strict)])
ONE = problems(404)


def listed(request: Request, response: Response, page: Page, register: Register) -> Answer:
    """A page as it is answered, with the address of the next in its Link header; an empty one with the names among what
    was asked for that nobody has."""
    documents, newest = page.looked_at
    if page.next:
        following = request.url.include_query_params(cursor=page.next)
        response.headers["Link"] = f'<{following.path}?{quote(following.query, safe="=&%+")}>; rel="next"'
    looked_at = {"documents": documents, "newest": newest}
    return {"rows": page.rows, "next": page.next, "total": page.total, "looked_at": looked_at, "hidden": page.hidden,
            "facets": page.facets, "named": page.named, "sample": page.sample,
            "unknown": None if page.rows else _unknown(request, register)}  # fmt: skip


def _unknown(request: Request, register: Register) -> dict[str, list[str]] | None:
    names = [value for name, value in request.query_params.items() if name in NAMING and value]
    return answers.strangers(register, names) or None if names else None


@router.get("/openapi.json", include_in_schema=False)
def openapi() -> Answer:
    """The OpenAPI 3.1 description."""
    return _described()


@cache
def _described() -> Answer:
    return description(router)


@router.get("/home", tags=["looking"])
def home(register: Opened, _: Fresh, since: Day = None) -> Answer:
    """What is new, due, overdue, and waiting for a person."""
    return answers.home(register, since)


@router.get("/search", tags=["looking"])
def search(
    request: Request, response: Response, register: Opened, _: Fresh,
    q: Annotated[str, Query(min_length=1, max_length=1000, pattern=PLAIN, description="Words, accents or not.")],
    kind: Text = None, actor: Text = None, mission: Text = None, topic: Topic = None, status: Text = None,
    since: Day = None, until: Day = None, source: Text = None, cursor: Cursor = None, limit: Limit = 20,
) -> Listed[models.Hit]:  # fmt: skip
    """Names, quotes and documents that hold all of these words, the last as the beginning of one; with how many there
    are of each kind, actor, mission, topic, status, source and year."""
    found = answers.search(register, q, kind=kind, actor=actor, mission=mission, topic=topic, status=status,
                           since=since, until=until, source=source, cursor=cursor, limit=limit)  # fmt: skip
    return listed(request, response, found, register)  # type: ignore[return-value]


@router.get("/engagements", tags=["facts"])
def engagements(
    request: Request, response: Response, register: Opened, _: Fresh, actor: Text = None,
    with_: Annotated[str | None, Query(alias="with", max_length=300, pattern=PLAIN)] = None,
    kind: types.EngagementKind | None = None, status: types.EngagementStatus | None = None, topic: Topic = None,
    place: Text = None, since: Day = None, until: Day = None, quarantined: bool = False, cursor: Cursor = None,
    limit: Limit = 50,
) -> Listed[models.Engagement]:  # fmt: skip
    """Meetings, visits, calls, conferences … each once, with every document that tells it; the newest first."""
    found = answers.engagements(register, actor=actor, with_=with_, kind=kind, status=status, topic=topic, place=place,
                                since=since, until=until, quarantined=quarantined, cursor=cursor,
                                limit=limit)  # fmt: skip
    return listed(request, response, found, register)  # type: ignore[return-value]


@router.get("/engagements/{id}", tags=["facts"], responses=ONE)
def engagement(register: Opened, _: Fresh, id: Id) -> models.Engagement:
    """One engagement, by its id or that of any telling of it, with its parts and the undertakings about it."""
    return answers.engagement(register, id)  # type: ignore[return-value]


@router.get("/undertakings", tags=["facts"])
def undertakings(
    request: Request, response: Response, register: Opened, _: Fresh, actor: Text = None, by: Text = None,
    to: Text = None, kind: Kind | None = None, status: Status | None = None, topic: Topic = None,
    grade: Grade | None = None, since: Day = None, due_until: Day = None, exhortations: bool = False,
    cursor: Cursor = None, limit: Limit = 50,
) -> Listed[models.Undertaking]:  # fmt: skip
    """What someone is expected to do, the latest due first; with `due_until`, the earliest due first."""
    found = answers.undertakings(register, actor=actor, by=by, to=to, kind=kind, status=status, topic=topic,
                                 grade=grade, since=since, due_until=due_until, exhortations=exhortations,
                                 cursor=cursor, limit=limit)  # fmt: skip
    return listed(request, response, found, register)  # type: ignore[return-value]


@router.get("/undertakings/{id}", tags=["facts"], responses=ONE)
def undertaking(register: Opened, _: Fresh, id: Id) -> models.Undertaking:
    """One undertaking with its history and the engagement it is about."""
    return answers.undertaking(register, id)  # type: ignore[return-value]


@router.get("/acts", tags=["facts"])
def acts(
    request: Request, response: Response, register: Opened, _: Fresh, actor: Text = None, speaker: Text = None,
    addressee: Text = None, type: types.ActType | None = None, topic: Topic = None, since: Day = None,
    until: Day = None, cursor: Cursor = None, limit: Limit = 50,
) -> Listed[models.Act]:  # fmt: skip
    """What speakers did with words: promised, asked, thanked, accused …"""
    found = answers.acts(register, actor=actor, speaker=speaker, addressee=addressee, type=type, topic=topic,
                         since=since, until=until, cursor=cursor, limit=limit)  # fmt: skip
    return listed(request, response, found, register)  # type: ignore[return-value]


@router.get("/positions", tags=["facts"])
def positions(
    request: Request, response: Response, register: Opened, _: Fresh, actor: Text = None, topic: Topic = None,
    since: Day = None, until: Day = None, cursor: Cursor = None, limit: Limit = 50,
) -> Listed[models.Position]:  # fmt: skip
    """Stated views."""
    found = answers.positions(register, actor=actor, topic=topic, since=since, until=until, cursor=cursor, limit=limit)
    return listed(request, response, found, register)  # type: ignore[return-value]


@router.get("/agreements", tags=["facts"])
def agreements(
    request: Request, response: Response, register: Opened, _: Fresh, actor: Text = None, topic: Topic = None,
    kind: types.AgreementKind | None = None, since: Day = None, until: Day = None, cursor: Cursor = None,
    limit: Limit = 50,
) -> Listed[models.Agreement]:  # fmt: skip
    """Memoranda, treaties, resolutions, joint statements … and their parties."""
    found = answers.agreements(register, actor=actor, topic=topic, kind=kind, since=since, until=until, cursor=cursor,
                               limit=limit)  # fmt: skip
    return listed(request, response, found, register)  # type: ignore[return-value]


@router.get("/contributions", tags=["figures"])
def contributions(
    request: Request, response: Response, register: Opened, _: Fresh, actor: Text = None, state: Text = None,
    mission: Text = None, what: types.ContributionKind | None = None, status: types.ContributionStatus | None = None,
    measure: types.Measure | None = None, since: Day = None, until: Day = None, cursor: Cursor = None,
    limit: Limit = 50,
) -> Listed[models.Contribution]:  # fmt: skip
    """What the press says that countries give to missions; figures are never added up."""
    found = answers.contributions(register, actor=actor, state=state, mission=mission, what=what, status=status,
                                  measure=measure, since=since, until=until, cursor=cursor, limit=limit)  # fmt: skip
    return listed(request, response, found, register)  # type: ignore[return-value]


@router.get("/official", tags=["figures"])
def official(register: Opened, _: Fresh, state: Text = None, mission: Text = None, as_of: Day = None) -> models.Figures:
    """The UN's own monthly figures of uniformed personnel, and the dates of all tables that are kept."""
    if as_of:
        day(as_of, "as_of")
    dates = [as_of for as_of, _, _ in official_dates(register)]
    rows = answers.official(register, state=state and state.upper(), mission=mission and mission.upper(), as_of=as_of)
    return {"rows": rows, "dates": dates}  # type: ignore[return-value]


@router.get("/actors", tags=["looking"])
def actors(
    request: Request, response: Response, register: Opened, _: Fresh, kind: types.ActorKind | None = None,
    starting: Text = None, order: Literal["documents", "name"] = "documents", cursor: Cursor = None,
    limit: Limit = 50,
) -> Listed[models.Actor]:  # fmt: skip
    """Persons, states, organisations and missions, those of most documents first, or by name."""
    found = answers.actors(register, kind=kind, starting=starting, order=order, cursor=cursor, limit=limit)
    return listed(request, response, found, register)  # type: ignore[return-value]


@router.get("/actors/{id}", tags=["looking"], responses=ONE)
def actor(register: Opened, _: Fresh, id: Id) -> models.Actor:
    """One actor by id, code or name, with posts over time."""
    return answers.actor(register, id)  # type: ignore[return-value]


@router.get("/documents", tags=["looking"])
def documents(
    request: Request, response: Response, register: Opened, _: Fresh, publisher: Text = None,
    status: DocumentStatus | None = None, actor: Text = None, since: Day = None, until: Day = None,
    cursor: Cursor = None, limit: Limit = 50,
) -> Listed[models.Document]:  # fmt: skip
    """Documents, the newest first, also those superseded or withdrawn."""
    found = answers.documents(register, publisher=publisher, status=status, actor=actor, since=since, until=until,
                              cursor=cursor, limit=limit)  # fmt: skip
    return listed(request, response, found, register)  # type: ignore[return-value]


@router.get("/document", tags=["looking"], responses=ONE)
def document(register: Opened, _: Fresh, source: Source) -> models.Document:
    """One document whole: its text, and every fact, name, date and piece of noise in its place."""
    return answers.document(register, source)  # type: ignore[return-value]


@router.get("/conflicts", tags=["facts"])
def conflicts(
    request: Request, response: Response, register: Opened, _: Fresh,
    source: Annotated[str | None, Query(max_length=2000, pattern=PLAIN)] = None, property: Text = None,
    cursor: Cursor = None, limit: Limit = 50,
) -> Listed[models.Conflict]:  # fmt: skip
    """Where documents disagree: every value with its words, one preferred and why."""
    found = answers.conflicts(register, source=source, property=property, cursor=cursor, limit=limit)
    return listed(request, response, found, register)  # type: ignore[return-value]


@router.get("/stories", tags=["looking"])
def stories(
    request: Request, response: Response, register: Opened, _: Fresh,
    source: Annotated[str | None, Query(max_length=2000, pattern=PLAIN)] = None, cursor: Cursor = None,
    limit: Limit = 50,
) -> Listed[models.Story]:  # fmt: skip
    """Groups of documents made from one text, the original first."""
    found = answers.stories(register, source=source, cursor=cursor, limit=limit)
    return listed(request, response, found, register)  # type: ignore[return-value]


@router.get("/citations/{id}", tags=["looking"], responses=ONE)
def cited(request: Request, register: Opened, _: Fresh, id: Id) -> models.Citation:
    """A fact's words by its key or a permanent id, where they stand now, and as text, Markdown, BibTeX, CSL-JSON."""
    row = citation(register, id)
    link = f"{request.url.scheme}://{request.url.netloc}/cite/{row['id']}"
    return {**row, "link": link, "forms": {kind: written(row, kind, link=link) for kind in FORMATS}}  # type: ignore[return-value]


def looked(register: Opened) -> Answer:
    """Over what an answer looks."""
    documents, newest = extent(register)
    return {"documents": documents, "newest": newest}

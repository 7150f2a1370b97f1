"""The lists of engagements, undertakings, actors, missions, documents, agreements, contributions and the rest."""

from __future__ import annotations

from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from servanda import answers, types
from servanda.desk.navigation import N_
from servanda.desk.pages import listing as it
from servanda.desk.pages.listing import ACTOR, KIND, SINCE, STATUS, TOPIC, UNTIL, Filter, Listing, choice, shown
from servanda.desk.registers import Opened
from servanda.keep.programmes import ProgrammeKind

router = APIRouter()

ENGAGEMENTS = Listing(
    "/engagements",
    N_("Engagements"),
    N_("Meetings, visits, calls, conferences … each once, however many documents tell it."),
    "engagement",
    answers.engagements,
    (
        ACTOR,
        Filter("with", N_("With")),
        choice("kind", KIND, types.EngagementKind),
        choice("status", STATUS, types.EngagementStatus),
        TOPIC,
        Filter("place", N_("Place")),
        SINCE,
        UNTIL,
        Filter("quarantined", N_("Also from grafted passages"), "check"),
    ),
)
UNDERTAKINGS = Listing(
    "/undertakings",
    N_("Undertakings"),
    N_("The ledger: what was promised, asked, invited and planned, by whom to whom, due when, and what came of it."),
    "undertaking",
    answers.undertakings,
    (
        ACTOR,
        Filter("by", N_("By")),
        Filter("to", N_("To")),
        choice("kind", KIND, it.UNDERTAKING_KINDS),
        choice("status", STATUS, it.UNDERTAKING_STATUSES),
        choice("grade", N_("Grade"), it.GRADES),
        TOPIC,
        SINCE,
        Filter("due_until", N_("Due until"), "date"),
        Filter("exhortations", N_("Also exhortations"), "check"),
    ),
)
MOST_TOLD = (("documents", N_("Most documents first")), ("name", N_("By name")))
ACTORS = Listing(
    "/actors",
    N_("Actors"),
    N_("Persons, states, organisations and peace operations."),
    "actor",
    answers.actors,
    (choice("kind", KIND, types.ActorKind), Filter("starting", N_("Name begins with"))),
    orders=MOST_TOLD,
)
MISSIONS = Listing(
    "/missions",
    N_("Missions"),
    N_("Peace operations that the documents name."),
    "actor",
    answers.actors,
    (Filter("starting", N_("Name begins with")),),
    {"kind": "mission"},
    MOST_TOLD,
)
DOCUMENTS = Listing(
    "/documents",
    N_("Documents"),
    N_("Everything that was read, the newest first."),
    "document",
    answers.documents,
    (
        ACTOR,
        Filter("publisher", N_("Publisher")),
        choice("status", STATUS, ("current", "superseded", "withdrawn")),
        SINCE,
        UNTIL,
    ),
)
PROGRAMMES = Listing(
    "/programmes",
    N_("Programmes"),
    N_("Planned steps beside what was held: cycles, series of meetings, visits, units on their way to a mission."),
    "programme",
    answers.programmes,
    (choice("kind", KIND, get_args(ProgrammeKind)), Filter("name", N_("Name or a part of it"))),
)
AGREEMENTS = Listing(
    "/agreements",
    N_("Agreements"),
    N_("Memorandums, treaties, resolutions, joint statements, plans: with their parties and what became of them."),
    "agreement",
    answers.agreements,
    (ACTOR, choice("kind", KIND, types.AgreementKind), TOPIC, SINCE, UNTIL),
)
CONTRIBUTIONS = Listing(
    "/contributions",
    N_("Contributions"),
    N_("What the press says countries give to peace operations. Strengths, totals and movements are never added up."),
    "contribution",
    answers.contributions,
    (
        Filter("state", N_("State")),
        Filter("mission", N_("Mission")),
        choice("what", N_("What"), types.ContributionKind),
        choice("status", STATUS, types.ContributionStatus),
        choice("measure", N_("Measure"), types.Measure),
        SINCE,
        UNTIL,
    ),
)
POSITIONS = Listing(
    "/positions",
    N_("Positions"),
    N_("Stated views: never an undertaking."),
    "position",
    answers.positions,
    (ACTOR, TOPIC, SINCE, UNTIL),
)
ACTS = Listing(
    "/acts",
    N_("Acts"),
    N_("What speakers did with words: promised, asked, thanked, accused …"),
    "act",
    answers.acts,
    (
        ACTOR,
        Filter("speaker", N_("Speaker")),
        Filter("addressee", N_("Addressee")),
        choice("type", KIND, types.ActType),
        TOPIC,
        SINCE,
        UNTIL,
    ),
)
CONFLICTS = Listing(
    "/conflicts",
    N_("Conflicts"),
    N_("Where documents disagree: both values with their words, one preferred and why."),
    "conflict",
    answers.conflicts,
    (choice("property", N_("Property"), it.DISPUTED),),
)
STORIES = Listing(
    "/stories",
    N_("Stories"),
    N_("Documents made from one text: copies and rewrites, the original first."),
    "story",
    answers.stories,
    (),
)
LISTINGS = (ENGAGEMENTS, UNDERTAKINGS, PROGRAMMES, ACTORS, MISSIONS, DOCUMENTS, AGREEMENTS, CONTRIBUTIONS, POSITIONS,
            ACTS, CONFLICTS, STORIES)  # fmt: skip


def _add(listing: Listing) -> None:
    def endpoint(request: Request, register: Opened) -> HTMLResponse:
        return shown(request, register, listing)

    router.add_api_route(listing.path, endpoint, methods=["GET"], name=listing.path.strip("/"))


for _listing in LISTINGS:
    _add(_listing)

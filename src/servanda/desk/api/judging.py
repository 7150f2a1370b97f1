"""What people should look at, and what they decide: for programs with a reviewer's or an editor's token."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from servanda.answers.pages import paged
from servanda.desk.accounts.users import Editor, Reviewer, may_undo
from servanda.desk.api import models
from servanda.desk.api.caching import Fresh
from servanda.desk.api.described import problems
from servanda.desk.api.models import Listed
from servanda.desk.api.routes import PLAIN, Answer, Cursor, Limit, Text, listed, looked
from servanda.desk.registers import Opened, Written, in_turn
from servanda.review import (
    Choice,
    Created,
    create,
    decide,
    decision_number,
    entry_row,
    judgement_row,
    judgement_rows,
    open_questions,
    question,
    undo,
)
from servanda.review.questions import Part, Question
from servanda.store.judging import judgement

router = APIRouter(tags=["review"])
QuestionId = Annotated[str, Path(max_length=300, pattern=PLAIN, description="`act:94a48b21fa4918d0` …")]
Number = Annotated[int, Path(ge=1, le=2**53)]
Words = Annotated[str, Field(max_length=2000, pattern=PLAIN)]


class Body(BaseModel):
    """What is sent; nothing else may be."""

    model_config = ConfigDict(extra="forbid")


class Decision(Body):
    """A decision on a question: of a kind among its `choices`. `until` as the question gave it, so that nobody
    overwrites what they did not see."""

    question: Words
    kind: Literal["confirmed", "rejected", "corrected", "same", "not_same", "status", "not_outcome", "renew", "undo"]
    value: Words | None = None
    property: Words | None = None
    was: Words | None = None
    telling: Words | None = None
    reason: Words | None = None
    until: Words | None = None


class ByHand(Body):
    """A fact that the reader missed, on words of a document: `values` by property, names of actors too."""

    kind: Literal["engagement", "act", "contribution", "agreement", "position", "plan"]
    source: Words
    quote: Words
    values: dict[Words, Words | list[Words]] = Field(max_length=20)
    start: Annotated[int, Field(ge=0, le=2**53)] | None = None
    reason: Words | None = None


def question_row(asked: Question) -> Answer:
    """A question in full."""
    return {
        "entry": entry_row(asked.entry), "parts": [_part(it) for it in asked.parts],
        "beside": [_part(it) for it in asked.beside], "decided": asked.marks, "choices": list(asked.choices),
        "fields": {name: list(values) for name, values in asked.fields.items()}, "until": asked.looked.until,
        "people": asked.people, "alike": {name: adds for name, _, adds in asked.alike.table()} if asked.alike else {},
    }  # fmt: skip


def _part(part: Part) -> Answer:
    return {name: value for name, value in asdict(part).items() if name not in ("told", "seen_as")}


@router.get("/review")
def review(
    request: Request, response: Response, register: Opened, _: Fresh, about: Text = None, cursor: Cursor = None,
    limit: Limit = 50,
) -> Listed[models.Asked]:  # fmt: skip
    """What may be wrong, the most harmful first."""
    found = open_questions(register)
    rows = [entry_row(it) for it in found.entries if about in (None, it.about)]
    page = paged(rows, lambda it: (-it["harm"], it["question"]), cursor, limit, found.looked_at, descending=False)
    return listed(request, response, page, register)  # type: ignore[return-value]


@router.get("/review/{question_id}", responses=problems(404))
def one_question(register: Opened, _: Fresh, question_id: QuestionId) -> models.Question:
    """One question: its records, their words in context, what was decided, and what may be."""
    return question_row(question(register, question_id))  # type: ignore[return-value]


@router.get("/judgements")
def judgements(
    register: Opened, _: Fresh, of: Annotated[str | None, Query(max_length=300, pattern=PLAIN)] = None,
    undone: bool = True,
) -> models.Judgements:  # fmt: skip
    """What people decided, the newest first; `of`: on the record of this key."""
    rows = judgement_rows(register, about=of, undone=undone)
    return {"rows": rows, "looked_at": looked(register)}  # type: ignore[return-value]


@router.post("/judgements", status_code=201, responses=problems(403, 404, 409))
@in_turn
def post(register: Written, user: Reviewer, decision: Decision) -> models.Judgement:
    """Keep a decision under the name of whose token this is."""
    if decision.kind == "undo" and (number := decision_number(decision.question)):
        may_undo(register, user, number)
    told = decision.model_dump(exclude={"question"})
    number = decide(register, decision.question, Choice(**told), by=user.name)
    return judgement_row(judgement(register, number))  # type: ignore[return-value]


@router.delete("/judgements/{number}", responses=problems(403, 404, 409))
@in_turn
def delete(register: Written, user: Reviewer, number: Number) -> models.Judgement:
    """Take a decision back: one's own; an editor, anybody's. It stays in the history."""
    may_undo(register, user, number)
    return judgement_row(undo(register, number, by=user.name))  # type: ignore[return-value]


@router.post("/facts", status_code=201, responses=problems(403, 404))
@in_turn
def by_hand(register: Written, user: Editor, fact: ByHand) -> models.Judgement:
    """Enter a fact that the reader missed, on the words of a document that tell it."""
    values: dict[str, Any] = dict(fact.values)
    made = Created(fact.kind, fact.source, fact.quote, values, fact.start)
    return judgement_row(judgement(register, create(register, made, by=user.name, reason=fact.reason)))  # type: ignore[return-value]

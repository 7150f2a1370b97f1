"""The queue, one question, what is decided on it, and the decisions so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from servanda.desk.accounts.forms import OwnForm
from servanda.desk.accounts.users import Editor, Reader, Reviewer, User, may_undo
from servanda.desk.languages import language_of
from servanda.desk.registers import Opened, Written, in_turn
from servanda.desk.rendering import page
from servanda.errors import NotFound, Overtaken, Refused
from servanda.keep.citing import find_again
from servanda.keep.reviewing import FACTS, Entry, allowed, rules
from servanda.labels import Labels
from servanda.records import Filed
from servanda.review import (
    Choice,
    Created,
    create,
    decide,
    decision_number,
    doubt,
    judgement_rows,
    open_questions,
    question,
    undo,
)
from servanda.review.questions import STATUSES, Question
from servanda.store import Register, filed, text_of
from servanda.store.judging import holding, words_of

KEYS = {
    "confirmed": "c", "rejected": "r", "corrected": "e", "same": "s", "not_same": "a", "status": "t",
    "not_outcome": "x", "renew": "k", "undo": "b",
}  # fmt: skip
SHOWN = 100  # rows of a list
FIRST = 4  # open questions on the home page
Words = Annotated[str, Form(max_length=2000)]
Short = Annotated[str, Query(max_length=300)]
Place = Annotated[int, Query(ge=0, le=10**6)]

router = APIRouter(include_in_schema=False)


@router.get("/review")
def next_question(
    request: Request, register: Opened, user: Reader, n: Place = 0, about: Short = "", done: Short = ""
) -> HTMLResponse:
    """The nth open question, the most harmful first."""
    found = open_questions(register)
    entries = [it for it in found.entries if about in ("", it.about)]
    place = min(n, len(entries) - 1)
    while place >= 0:
        try:
            asked = question(register, entries[place].address)
        except NotFound:
            place, entries = min(place, len(entries) - 2), [*entries[:place], *entries[place + 1 :]]
            continue
        return _shown(request, user, asked, n=place, counts=_counts(found.entries), about=about, done=done)
    return page(request, "review/nothing.html", looked_at=found.looked_at, counts=_counts(found.entries), about=about,
                done=_done(done))  # fmt: skip


def _counts(entries: Iterable[Entry]) -> dict[str, int]:
    """How many questions there are of each kind, in the order in which they are shown."""
    found = Counter(it.about for it in entries)
    return {about: found[about] for about in ABOUTS if found[about]}


@router.get("/review/question")
def one_question(request: Request, register: Opened, user: Reader, id: Short, done: Short = "") -> HTMLResponse:
    """One question by its address, whether it is open or decided."""
    return _shown(request, user, question(register, id), n=None, counts={}, about="", done=done)


def _shown(
    request: Request, user: User, asked: Question, *, n: int | None, counts: Mapping[str, int], about: str, done: str,
    notice: str | None = None, status: int = 200,
) -> HTMLResponse:  # fmt: skip
    present = {name: asked.parts[0].now.get(name, []) for name in asked.fields} if asked.parts else {}
    return page(
        request, "review/question.html", status=status, asked=asked, n=n, counts=counts, about=about, done=_done(done),
        notice=notice, keys=KEYS, statuses=STATUSES, present=present, may=user.may("reviewer"),
        doubt=partial(doubt, Labels(language_of(request))),
    )  # fmt: skip


ABOUTS = ("judgement", "undertaking", "outcome", "merge", "people", "engagement", "act", "contribution", "agreement",
          "plan", "position")  # fmt: skip


def _done(said: str) -> int | None:
    return int(said) if said.isdecimal() and len(said) < 16 else None


def _back(n: str, about: str, address: str, **more: Any) -> RedirectResponse:
    """To the question that now stands in this place of the queue; to the same one where it was not looked at there."""
    if n.isdecimal() and len(n) < 7:
        query = {"n": n, "about": about, **more}
        return RedirectResponse(f"/review?{urlencode({k: v for k, v in query.items() if v != ''})}", 303)
    return RedirectResponse(f"/review/question?{urlencode({'id': address, **more})}", 303)


@router.post("/review", dependencies=[OwnForm])
@in_turn
def decided(
    request: Request, register: Opened, kept: Written, user: Reviewer, address: Words, kind: Words, until: Words,
    n: Words = "",
    about: Words = "", value: Words = "", property: Words = "", was: Words = "", telling: Words = "",
    reason: Words = "",
) -> Response:  # fmt: skip
    """Keep a decision, then on to the next; where someone decided meanwhile, the question again and who it was."""
    choice = Choice(kind, value or None, property or None, was or None, telling or None, reason or None, until)
    if kind == "undo" and (made := decision_number(address)):
        may_undo(register, user, made)
    try:
        number = decide(kept, address, choice, by=user.name)
    except (Overtaken, Refused) as error:
        status = 409 if isinstance(error, Overtaken) else 422
        place = int(n) if n.isdecimal() and len(n) < 7 else None
        asked = question(register, address)
        return _shown(request, user, asked, n=place, counts={}, about=about, done="", notice=str(error), status=status)
    return _back(n, about, address, done=number)


@router.post("/review/undo", dependencies=[OwnForm])
@in_turn
def taken_back(
    kept: Written, user: Reviewer, number: Annotated[int | None, Form(ge=1, le=2**53)] = None, n: Words = "",
    about: Words = "", address: Words = "", back: Words = "",
) -> Response:  # fmt: skip
    """Take a decision back: one's own; an editor, anybody's."""
    if number is None:
        raise Refused("there is nothing to take back: no decision was named")
    may_undo(kept, user, number)
    undo(kept, number, by=user.name)
    if back == "decisions":
        return RedirectResponse("/review/decisions", 303)
    return _back(n if n or address else "0", about, address)


@router.get("/review/queue")
def queue(request: Request, register: Opened, user: Reader, about: Short = "") -> HTMLResponse:
    """The open questions as a list, the most harmful first."""
    found = open_questions(register)
    entries = [it for it in found.entries if about in ("", it.about)]
    words = words_of(register, [it.keys[0] for it in entries[:SHOWN] if it.keys])
    shown = [(n, it, words.get(it.keys[0], "") if it.keys else "") for n, it in enumerate(entries[:SHOWN])]
    said = partial(doubt, Labels(language_of(request)))
    return page(request, "review/queue.html", entries=shown, total=len(entries), about=about,
                counts=_counts(found.entries), looked_at=found.looked_at, doubt=said)  # fmt: skip


@router.get("/review/waiting")
def waiting(request: Request, register: Opened, user: Reader) -> HTMLResponse:
    """How many questions are open, and the first of them, for the home page."""
    found = open_questions(register)
    entries = found.entries[:FIRST]
    words = words_of(register, [it.keys[0] for it in entries if it.keys])
    shown = [(n, it, words.get(it.keys[0], "") if it.keys else "") for n, it in enumerate(entries)]
    return page(request, "review/waiting.html", entries=shown, counts=_counts(found.entries),
                looked_at=found.looked_at)  # fmt: skip


@router.get("/review/decisions")
def decisions(request: Request, register: Opened, user: Reader, of: Short = "") -> HTMLResponse:
    """What people decided, the newest first, with a way back."""
    rows = judgement_rows(register, about=of or None)
    return page(request, "review/decisions.html", rows=rows[: SHOWN * 5], total=len(rows), of=of,
                may=user.may("reviewer"))  # fmt: skip


@router.get("/review/new")
def new_fact(
    request: Request, register: Opened, user: Editor, source: Annotated[str, Query(max_length=2000)], kind: Short = "",
    start: Place | None = None, end: Place | None = None, quote: Annotated[str, Query(max_length=2000)] = "",
) -> HTMLResponse:  # fmt: skip
    """Enter a fact that the reader missed: first its kind, then what it says, on words of the document.

    The words are those from `start` to `end`, or those of `quote` nearest to `start`.
    """
    document = next(filed(register, numbers=holding(register, (), [source])), None)
    if document is None:
        raise NotFound(f"{source}: no current document of this source")
    text = text_of(register, document.number)
    if quote:
        state, start, end = find_again(quote, start or 0, text)
        start, end = (start, end) if state == "moved" else (None, None)
    words = text[start:end] if start is not None and end is not None else ""
    return _entering(request, document, kind, {"quote": words[:4000], "start": start})


def _entering(
    request: Request, document: Filed, kind: str, given: Mapping[str, Any], notice: str = "", status: int = 200
) -> HTMLResponse:
    shapes = rules().fields.get(kind, {})
    fields = {name: (shape, allowed(shape), name in rules().needed.get(kind, ())) for name, shape in shapes.items()}
    return page(request, "review/new.html", status=status, source=document.source, title=document.title,
                among="/documents", kind=kind if fields else "", kinds=FACTS, fields=fields, given=given,
                notice=notice)  # fmt: skip


@router.post("/review/new", dependencies=[OwnForm])
async def created(request: Request, kept: Written, user: Editor) -> Response:
    """Keep it, and show it as a decision."""
    form = {name: str(value) for name, value in (await request.form(max_fields=40)).items()}
    kind, several = form.get("kind", ""), ("participant", "party")
    values: dict[str, Any] = {name: form[name] for name in rules().fields.get(kind, {}) if form.get(name, "").strip()}
    for name in several:
        if name in values:
            values[name] = [it.strip() for it in values[name].split(";") if it.strip()]
    start = _done(form.get("start", ""))
    quote = form.get("quote", "").replace("\r\n", "\n")
    made = Created(kind, form.get("source", ""), quote, values, start)
    return await in_turn(_kept)(request, kept, made, user, form)


def _kept(request: Request, kept: Register, made: Created, user: User, form: Mapping[str, str]) -> Response:
    """To the decisions, or the form again with why it was refused and all that was written into it."""
    try:
        create(kept, made, by=user.name, reason=form.get("reason"))
    except Refused as error:
        document = next(filed(kept, numbers=holding(kept, (), [made.source])), None)
        if document is None or made.kind not in FACTS:
            raise
        return _entering(request, document, made.kind, {**form, "start": made.start}, str(error), 422)
    return RedirectResponse("/review/decisions", 303)

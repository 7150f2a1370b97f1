"""A document with every fact in its place, and two documents beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from servanda import answers
from servanda.answers.citing import replaced
from servanda.desk.highlight import Mark, Segment, segments
from servanda.desk.registers import Opened
from servanda.desk.rendering import document_url, page
from servanda.errors import BadQuestion
from servanda.store import extent

router = APIRouter()
PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")
KINDS = ("engagement", "act", "position", "plan", "contribution", "agreement")
Source = Annotated[str, Query(max_length=4000)]


@router.get("/document")
def document(
    request: Request, register: Opened, source: Source, at: Annotated[str | None, Query(max_length=40)] = None
) -> HTMLResponse:
    """The full text of a document by its source; `at` (START-END, code points) marks the words that are cited.

    Words of a text that was replaced since are marked where they stand now, or said to be gone.
    """
    asked = _place(at)
    found = answers.document(register, source)
    before = replaced(register, found["source"], *asked) if asked and found["versions"] else None
    cited = _now(before) if before else asked
    facts = numbered(found["facts"])
    grafted = numbered(found["quarantined"], after=len(facts))
    marked = segments(found["text"], marks(found, facts + grafted, cited))
    kinds = [kind for kind in KINDS if any(fact["kind"] == kind for fact in facts + grafted)]
    return page(request, "document.html", among="/documents", found=found, segments=marked, facts=facts,
                grafted=grafted, kinds=kinds, asked=asked, cited=cited, before=before,
                looked_at=extent(register))  # fmt: skip


def _now(before: answers.Row) -> tuple[int, int] | None:
    """Where words of an older text stand now."""
    return None if before["state"] == "gone" else (before["start"], before["end"])


@router.get("/documents/{id}")
def by_id(register: Opened, id: str) -> Response:
    """The same by the id of its text."""
    return RedirectResponse(document_url(answers.document(register, id)["source"]), 303)


def numbered(facts: list[answers.Row], after: int = 0) -> list[answers.Row]:
    """The facts, each with the number it has on the page, and the spans that tell it."""
    return [{**fact, "n": n, "spans": _spans(fact)} for n, fact in enumerate(facts, after + 1)]


def _spans(fact: answers.Row) -> list[tuple[int, int]]:
    return [(it["start"], it["end"]) for it in (fact, *fact["told"])]


def marks(found: answers.Row, facts: list[answers.Row], cited: tuple[int, int] | None) -> Iterator[Mark]:
    """Everything to be shown in the text."""
    for it in found["noise"]:
        yield Mark(it["start"], it["end"], "noise", it["kind"], it["reason"])
    for actor in (it for it in found["actors"] if it["actor"]):
        for it in actor["mentions"]:
            yield Mark(it["start"], it["end"], "name", actor["kind"], actor["actor"])
    for fact in facts:
        for start, end in fact["spans"]:
            yield Mark(start, end, "fact", fact["kind"], fact["n"])
    if cited:
        yield Mark(*cited, "cited")


def _place(at: str | None) -> tuple[int, int] | None:
    if not at:
        return None
    found = PLACE.fullmatch(at)
    if found is None or int(found[1]) >= int(found[2]):
        raise BadQuestion(f"at={at!r} is no place in a text; give START-END, as citations do")
    return int(found[1]), int(found[2])


@router.get("/compare")
def compare(request: Request, register: Opened, a: Source | None = None, b: Source | None = None) -> HTMLResponse:
    """Two documents beside each other: what they share, word for word, and where their facts agree and differ."""
    if not (a and b):
        return page(request, "compare.html", among="/documents", found=None, a=a, b=b, looked_at=extent(register))
    found = answers.comparison(register, a, b)
    first = segments(found["a"]["text"], (Mark(it["start"], it["end"], "cited") for it in found["shared"]))
    second = segments(found["b"]["text"], (Mark(it["other_start"], it["other_end"], "cited") for it in found["shared"]))
    return page(request, "compare.html", among="/documents", found=found, a=a, b=b, first=first, second=second,
                share=_share(first), other_share=_share(second), looked_at=extent(register))  # fmt: skip


def _share(stretches: list[Segment]) -> str:
    """How much of a text is shared, in per cent."""
    shared = sum(len(it.text) for it in stretches if it.cited)
    return f"{shared / max(1, sum(len(it.text) for it in stretches)):.0%}"

"""Which hits a reader sees first: the best of every kind, by name, by phrase, by how well known, then the latest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import select

from servanda.answers.asking import Question
from servanda.answers.assembly import ORDER
from servanda.answers.hits import Asked
from servanda.answers.pages import Row
from servanda.answers.quoting import letters
from servanda.store.derived import actor_counts
from servanda.store.tables import texts

FEW = 3  # the best of each kind come first, then the next best of each
READ = 60  # documents, the latest, that are read for the phrase
NAMED, BEGUN, SAID = 3, 2, 1  # fits: the actor of this name; a name or title that begins so; the words as one phrase


def ranked(question: Question, asked: Asked, hits: Sequence[Row]) -> list[Row]:
    """The same hits, each with a `key` by which the best is the highest: strings and numbers, no two alike."""
    known = _known(question, [it["id"] for it in hits if it["sort"] == "actor"])
    said = _said(question, asked, hits)
    keyed = sorted((_key(it, asked, known, it["number"] in said), n) for n, it in enumerate(hits))[::-1]
    found = []
    for _, of_a_sort in groupby(keyed, key=lambda it: it[0][0]):
        for nth, (key, n) in enumerate(of_a_sort):
            found.append({**hits[n], "key": (-(nth // FEW), *key)})
    return found


def _key(hit: Row, asked: Asked, known: dict[str, int], said: bool) -> tuple[Any, ...]:
    place = len(ORDER) - ORDER.index(hit["sort"])
    return place, _fit(hit, asked, said), known.get(hit["id"], 0), hit["day"], hit["number"]


def _fit(hit: Row, asked: Asked, said: bool) -> int:
    phrase = " ".join(asked.words)
    if hit["sort"] == "actor" and hit["id"] in asked.named:
        return NAMED
    if hit["sort"] in ("actor", "document") and hit["words"].startswith(phrase):
        return BEGUN
    return SAID if said or f" {phrase}" in f" {hit['words']}" else 0


def _known(question: Question, ids: Collection[str]) -> dict[str, int]:
    """How many documents name each of these actors."""
    c = actor_counts.c
    counts = select(c.actor, c.sort, c.count).where(question.among(c.actor, ids))
    return {it[0]: int(it[2]) for it in question.rows(counts) if it[1] == "document"} if ids else {}


def _said(question: Question, asked: Asked, hits: Sequence[Row]) -> set[int]:
    """The numbers of those documents, of the latest, whose text has the words as one phrase."""
    told = sorted((it for it in hits if it["sort"] == "document"), key=lambda it: (it["day"], it["number"]))[-READ:]
    if len(asked.words) == 1 or not told:
        return set()
    of = {it["document"]: it["number"] for it in told}
    query = select(texts.c.document, texts.c.text).where(question.among(texts.c.document, of))
    phrase = " ".join(asked.words)
    return {of[it.document] for it in question.rows(query) if phrase in letters(it.text)}

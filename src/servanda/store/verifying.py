"""Checking the register against itself: every text against its hash, every span against the words kept of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, get_args

from sqlalchemy import select

from servanda.records import Filed, Record, RecordKind, Statement
from servanda.store.queries import filed
from servanda.store.register import Register
from servanda.store.tables import texts


@dataclass(slots=True)
class Verified:
    """What a check of every stored span found; `broken` holds a line for each that fails."""

    documents: int = 0
    spans: int = 0
    hold: int = 0
    broken: list[dict[str, Any]] = field(default_factory=list)


def verify(register: Register) -> Verified:
    """Check every stored text against its hash, and every stored span against the text it points into."""
    done = Verified()
    for document in filed(register, get_args(RecordKind), status=None):
        done.documents += 1
        _verify(done, document, *_stored(register, document.number))
    return done


def _stored(register: Register, number: int) -> tuple[str, str]:
    query = select(texts.c.text, texts.c.sha256).where(texts.c.document == number)
    with register.reading() as connection:
        row = connection.execute(query).one_or_none()
    return (row[0], row[1]) if row else ("", "")


def _verify(done: Verified, document: Filed, text: str, sha256: str) -> None:
    whole = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() == sha256
    if not whole:
        done.broken.append({"source": document.source, "reason": "the stored text does not have its hash"})
    for record in document.records.values():
        cited: list[Record | Statement] = [record, *record.statements]
        for it in cited:
            done.spans += 1
            if whole and text[it.start : it.end] == it.words and 0 <= it.start <= it.end <= len(text):
                done.hold += 1
            else:
                span = {"start": it.start, "end": it.end, "quote": it.words}
                done.broken.append({"source": document.source, "record": record.key, "kind": record.kind, **span})

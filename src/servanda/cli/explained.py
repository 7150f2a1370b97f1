"""`servanda read --explain`: what each rule took from a document, and what others nearly did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from servanda.errors import BadInput
from servanda.pipeline import read_explained
from servanda.types import Document, Reading

FACTS = ("noise", "dates", "engagements", "acts", "positions", "plans", "contributions", "agreements")


def explained(documents: Iterable[Document | BadInput]) -> Iterator[bytes | BadInput]:
    """For each document the lines that explain its reading, in UTF-8."""
    for document in documents:
        if isinstance(document, BadInput):
            yield document
            continue
        reading, refusals = read_explained(document)
        lines = [document.source, *_lines(document.text, reading)]
        lines += [
            f"  not {it.rule} at {it.start}-{it.end}, {it.why}: {_words(document.text, it)}"
            for it in sorted(refusals, key=lambda it: it.start)
        ]
        yield "\n".join(lines).encode("utf-8", "replace")


def _lines(text: str, reading: Reading) -> Iterator[str]:
    for actor in reading.actors:
        yield f"  {actor.kind} {actor.names[0] if actor.names else actor.id} {actor.code or ''}".rstrip()
    for kind in FACTS:
        for fact in getattr(reading, kind):
            reason = f" ({fact.reason})" if getattr(fact, "reason", "") else ""
            yield f"  {kind} {_what(fact)} by {fact.rule or 'no rule'}{reason}: {_words(text, fact)}"
    for part in reading.quarantined:
        yield "  in a grafted passage:"
        yield from (f"  {line}" for line in _lines(text, part))


def _what(fact: Any) -> str:
    told = (getattr(fact, name, None) for name in ("kind", "type", "what", "edtf", "status", "date"))
    return " ".join(str(it) for it in told if it)


def _words(text: str, it: Any) -> str:
    words = " ".join(text[it.start : it.end].split())
    return f"“{words[:120]}”"

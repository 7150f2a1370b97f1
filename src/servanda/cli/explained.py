"""What each rule took from a document and what others nearly did: `read --explain` and `lexicon explain`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from servanda.errors import BadInput
from servanda.lexicon import Lexicon
from servanda.pipeline import read_explained
from servanda.read.explain import Explanation, made, nearly
from servanda.types import Actor, Document

SHOWN = 160  # code points of a fact's words


def explained(documents: Iterable[Document | BadInput]) -> Iterator[bytes | BadInput]:
    """For each document the lines that explain its reading, in UTF-8."""
    for document in documents:
        if isinstance(document, BadInput):
            yield document
        else:
            lines = (f"  {line}" for line in explain(document))
            yield "\n".join([document.source, *lines]).encode("utf-8", "replace")


def explain(document: Document, lexicon: Lexicon | None = None) -> Iterator[str]:
    """Each actor, each fact with its rule and words in the order of the text, then what nearly was one and why not."""
    reading, refusals = read_explained(document, lexicon)
    yield from map(_actor, reading.actors)
    facts = made(document.text, reading)
    yield from _facts(facts)
    if not facts:
        yield "no rule made a fact"
    for e in nearly(document.text, refusals):
        yield f"not by {e.rule}: {e.why}"
        yield f"    {e.start}..{e.end} “{shortened(e.words)}”"


def _actor(actor: Actor) -> str:
    posts = "".join(f", {post.text}" for post in actor.posts)
    return " ".join(filter(None, [actor.kind, actor.code])) + f": {actor.names[0]}{posts}"


def _facts(facts: Sequence[Explanation]) -> Iterator[str]:
    for e in facts:
        sure = "" if e.confidence is None else f", confidence {e.confidence:.2f}"
        yield e.what
        yield f"    by {e.rule or 'no named rule'}{sure}{f' ({e.why})' if e.why else ''}"
        yield f"    {e.start}..{e.end} “{shortened(e.words)}”"


def shortened(words: str, length: int = SHOWN) -> str:
    """The words on one line, the end of long ones left out."""
    words = " ".join(words.split())
    return words if len(words) <= length else words[: length - 1] + "…"

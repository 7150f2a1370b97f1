"""Stories: documents made from one text, found anew only around what changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from servanda.answers.assembly import blocks
from servanda.answers.assembly.entries import Entry, keys_of, replace_entries, told_in
from servanda.answers.assembly.work import Id, Work, day_of
from servanda.answers.rows import credited
from servanda.keep.duplicates import Story, Text, copied, keys, stories
from servanda.records import Filed

SORT = "story"
MOST = 50  # texts under one key: beyond, it is a formula
SHARED = 2  # keys: texts that share fewer are not compared


def copies(work: Work, numbers: Collection[int]) -> None:
    """Bring stories up to date around these documents."""
    old = {id for _, id in told_in(work, [SORT], numbers)}
    affected = {number for number, _ in _members(work, old)}
    before = blocks.drop_keys(work, SORT, numbers)
    affected |= {b[0] for _, b in blocks.alike(work, SORT, ((number, "") for number in numbers), 1.0)}
    blocks.drop_edges_of(work, SORT, numbers)
    documents = work.documents(numbers)
    texts = work.texts([d.number for d in documents])
    found = keys(texts[d.number] for d in documents)
    keyed = {(d.number, ""): own.tolist() for d, own in zip(documents, found, strict=True)}
    blocks.keep_keys(work, SORT, keyed)
    again = blocks.compare(work, SORT, keyed, before, MOST, lambda pairs: _same(work, pairs), least=SHARED)
    _tell(work, old, affected | set(numbers) | {number for number, _ in again})


def _members(work: Work, ids: Iterable[str]) -> set[Id]:
    return {id for told in keys_of(work, SORT, ids).values() for id in told}


def _same(work: Work, pairs: Collection[tuple[Id, Id]]) -> dict[tuple[Id, Id], float]:
    """Those of these pairs of which one was made from the other."""
    named = {(str(a), str(b)): ((a, one), (b, other)) for (a, one), (b, other) in pairs}
    numbers = sorted({number for pair in pairs for number, _ in pair})
    texts = [Text(str(number), text) for number, text in work.texts(numbers).items()] if numbers else []
    return {named[pair]: 1.0 for pair in sorted(copied(texts, named))}


def _tell(work: Work, old: set[str], affected: set[int]) -> None:
    """Write the stories that these documents are in now."""
    made, done = [], set[int]()
    for number in sorted(affected):
        linked = {it for it, _ in blocks.linked(work, SORT, [(number, "")])} if number not in done else set()
        done |= linked
        if len(linked) > 1:
            made += _stories(work, linked)
    numbers = sorted(done)
    replace_entries(work, SORT, old | {id for _, id in told_in(work, [SORT], numbers)}, made)


def _stories(work: Work, linked: set[int]) -> list[Entry]:
    """The stories among documents that are linked by copying."""
    documents, texts = {d.source: d for d in work.documents(linked)}, work.texts(sorted(linked))
    found = stories(Text(d.source, texts[d.number], d.published, credited(d)) for d in documents.values())
    return [_entry(story, [documents[source] for source in story.sources]) for story in found]


def _entry(story: Story, documents: list[Filed]) -> Entry:
    row = {"original": story.original, "reason": story.why, "copies": list(story.copies), "sources": story.sources}
    first = min(documents, key=lambda document: document.number)
    return Entry(SORT, first.id, row, first.number, day_of(first), first.published,
                 keys=[(d.number, d.id) for d in documents])  # fmt: skip

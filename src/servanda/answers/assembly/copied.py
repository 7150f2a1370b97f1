"""Stories: documents made from one text, found anew only around what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from servanda.answers.assembly import blocks
from servanda.answers.assembly.entries import Entry, keys_of, replace_entries, told_in
from servanda.answers.assembly.work import Id, Work, day_of, digest
from servanda.answers.gathered import credited
from servanda.keep.duplicates import Story, Text, bounds, keys, likeness, stories
from servanda.records import Filed

SORT = "story"


def copies(work: Work, numbers: Collection[int]) -> None:
    """Bring stories up to date around these documents."""
    old = {id for _, id in told_in(work, [SORT], numbers)}
    affected = {number for number, _ in _members(work, old)}
    before = blocks.drop_keys(work, SORT, numbers)
    affected |= {b[0] for _, b in blocks.alike(work, SORT, ((number, "") for number in numbers), 1.0)}
    blocks.drop_edges_of(work, SORT, numbers)
    documents = work.documents(numbers)
    texts = work.texts([d.number for d in documents])
    keyed = {(d.number, ""): {digest(key) for key in keys(texts[d.number])} for d in documents}
    blocks.keep_keys(work, SORT, keyed)
    _compare(work, keyed, before)
    _tell(work, old, affected | set(numbers))


def _members(work: Work, ids: Iterable[str]) -> set[Id]:
    return {id for told in keys_of(work, SORT, ids).values() for id in told}


def _compare(work: Work, keyed: dict[Id, set[int]], before: Counter[int]) -> None:
    common = bounds().common
    new = Counter(key for own in keyed.values() for key in own)
    shared = blocks.sharing(work, SORT, before.keys() | new.keys(), common + max(new.values(), default=0))
    again = {id for key in blocks.crossed(shared, new, before, common) for id in shared.get(key, ())} - keyed.keys()
    blocks.drop_edges(work, SORT, again)
    their = _keys_of(work, again)
    shared |= blocks.sharing(work, SORT, set().union(*their.values()) - shared.keys(), common)
    counted: Counter[tuple[Id, Id]] = Counter()
    for id, own in (keyed | their).items():
        for key in own:
            others = shared[key] if len(shared[key]) <= common else []
            counted.update((id, other) for other in others if other != id)
    pairs = {(min(pair), max(pair)): runs for pair, runs in counted.items() if runs >= bounds().clauses}
    blocks.keep_edges(work, SORT, dict.fromkeys(_same(work, pairs), 1.0))


def _keys_of(work: Work, ids: Collection[Id]) -> dict[Id, set[int]]:
    texts = work.texts(sorted({number for number, _ in ids})) if ids else {}
    return {id: {digest(key) for key in keys(texts[id[0]])} for id in ids}


def _same(work: Work, pairs: dict[tuple[Id, Id], int]) -> list[tuple[Id, Id]]:
    """Those of these pairs, with how many keys they share, of which one was made from the other."""
    numbers = sorted({number for pair in pairs for number, _ in pair})
    texts = work.texts(numbers) if numbers else {}
    held = {number: len(keys(text)) for number, text in texts.items()}
    enough = ((a, b) for (a, b), runs in sorted(pairs.items()) if runs >= bounds().part * min(held[a[0]], held[b[0]]))
    known = {number: Text(str(number), text) for number, text in texts.items()}
    return [(a, b) for a, b in enough if likeness(known[a[0]], known[b[0]]).same]


def _tell(work: Work, old: set[str], affected: set[int]) -> None:
    """Write the stories that these documents are in now."""
    made, done = [], set[int]()
    for number in sorted(affected):
        linked = _linked(work, number) if number not in done else set()
        done |= linked
        if len(linked) > 1:
            made += _stories(work, linked)
    numbers = sorted(done)
    replace_entries(work, SORT, old | {id for _, id in told_in(work, [SORT], numbers)}, made)


def _linked(work: Work, number: int) -> set[int]:
    """All that are linked, one to the next."""
    group = fresh = {number}
    while fresh:
        fresh = {b[0] for _, b in blocks.alike(work, SORT, ((it, "") for it in fresh), 1.0)} - group
        group = group | fresh
    return group


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

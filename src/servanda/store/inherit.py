"""Keys handed on: when a document is read again, a record that stands where an older one stood keeps its key.

Then what people decided about it still means it, whatever a newer release reads there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from servanda.store.sheets import Row

CLOSE = 0.5  # of the longer span: less, and it is another record
PLACE, KIND, KEY, PASSAGE, START, END = range(6)


def inherit(old: Sequence[Row], new: Sequence[Row]) -> list[Row]:
    """`new` records (columns of sheets.RECORD) under the keys of the `old` ones that they continue."""
    free = {row[KEY]: row for row in old}
    fresh = [row for row in new if free.pop(row[KEY], None) is None]
    keys = _closest(free.values(), fresh)
    return [(*row[:KEY], keys.get(row[KEY], row[KEY]), *row[KEY + 1 :]) for row in new]


def _closest(old: Iterable[Row], fresh: Iterable[Row]) -> dict[str, str]:
    """Of the new keys, those that a closest old record of the same kind hands its own to, each at most once."""
    groups: dict[Row, list[Row]] = defaultdict(list)
    for row in sorted(old, key=lambda row: row[START]):
        groups[row[KIND], row[PASSAGE]].append(row)
    handed: dict[str, str] = {}
    given: set[str] = set()
    for *_, key, before in sorted(_likely(groups, fresh)):
        if key not in handed and before not in given:
            handed[key] = before
            given.add(before)
    return handed


def _likely(groups: dict[Row, list[Row]], fresh: Iterable[Row]) -> Iterator[tuple[float, int, int, str, str]]:
    """Pairs of a new and an old record that share most of their words, as sorting keys: the closest first."""
    starts = {kind: [row[START] for row in rows] for kind, rows in groups.items()}
    for row in fresh:
        kind, length = (row[KIND], row[PASSAGE]), row[END] - row[START]
        first = bisect_left(starts.get(kind, []), row[START] - 2 * length)
        last = bisect_left(starts.get(kind, []), row[END])
        for before in groups.get(kind, [])[first:last]:
            if shared(row, before) >= CLOSE:
                yield -shared(row, before), before[PLACE], row[PLACE], row[KEY], before[KEY]


def shared(a: Row, b: Row) -> float:
    """How much of the longer of two spans both have: 1 for the same span."""
    overlap = min(a[END], b[END]) - max(a[START], b[START])
    longer = max(a[END] - a[START], b[END] - b[START])
    return overlap / longer if overlap > 0 else 0.0

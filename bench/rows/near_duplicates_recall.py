"""Copies found among articles: planted rewrites seen again, and how many of all pairs found are copies."""

from __future__ import annotations

from itertools import combinations

import rewrites

from rows import Row, articles
from servanda.keep.duplicates import Text, stories

DOCUMENTS = 35_000
SURE = 0.99  # precision, without which the recall counts for nothing


def measure(smoke: bool) -> Row:
    """Recall on the rewrites; the note says the precision over all pairs, natural copies among them."""
    over = list(dict.fromkeys(articles(40 if smoke else DOCUMENTS)))
    planted = rewrites.planted(over)
    texts = [*over, *planted.values()]
    found = stories(Text(str(number), text) for number, text in enumerate(texts))
    pairs = {pair for story in found for pair in combinations(sorted(map(int, story.sources)), 2)}
    wanted = {(at, len(over) + number) for number, at in enumerate(planted)}
    right = sum(pair in wanted or rewrites.alike(texts[pair[0]], texts[pair[1]]) for pair in pairs)
    precision = right / max(1, len(pairs))
    recall = len(pairs & wanted) / max(1, len(wanted))
    note = (
        f"{len(over)} articles and {len(wanted)} rewrites with a fifth of the sentences changed: {len(pairs)} pairs "
        f"found, {precision:.1%} of them copies (at least {SURE:.0%} must be)"
    )
    value = recall if precision >= SURE or smoke else 0.0
    return Row("near-duplicates: planted rewrites found", value, "recall", "≥ 0.95", "", note)

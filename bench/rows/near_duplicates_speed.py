"""Story groups from the texts of articles against rensa with plain shingling, on the same texts."""

from __future__ import annotations

import time

import rewrites

from rows import Row, articles, peer
from servanda.keep.duplicates import Text, stories

DOCUMENTS, ROUNDS = 35_000, 2
WHAT = "near-duplicates against rensa with plain shingling"


def measure(smoke: bool) -> Row:
    """Documents a second of processor time as a ratio, each the best of rounds that take turns."""
    over = list(dict.fromkeys(articles(40 if smoke else DOCUMENTS)))
    planted = rewrites.planted(over)
    texts = [*over, *planted.values()]
    ours, theirs, seen = float("inf"), float("inf"), 0
    for _ in range(1 if smoke else ROUNDS):
        start = time.process_time()
        stories(Text(str(number), text) for number, text in enumerate(texts))
        ours = min(ours, time.process_time() - start)
        told = peer("rensa_pairs.py", "rensa", texts)
        if isinstance(told, str):
            return Row(WHAT, None, "", "≥ 1.5", "", told)
        theirs, pairs = min(theirs, told["seconds"]), {tuple(pair) for pair in told["pairs"]}
        seen = sum((at, len(over) + number) in pairs for number, at in enumerate(planted))
    note = (
        f"{len(texts)} articles: {len(texts) / ours:.0f} documents/s against {len(texts) / theirs:.0f}; "
        f"rensa {told['version']} finds {seen / max(1, len(planted)):.1%} of the rewrites"
    )
    return Row(WHAT, theirs / ours, "×", "≥ 1.5", "", note)

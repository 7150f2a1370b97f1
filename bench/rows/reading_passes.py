"""One full reading against one pass over the words of the same text, every span listed."""

from __future__ import annotations

import re

from rows import Row, articles, best, files
from servanda import Document, read

WORD = re.compile(r"\w+")
DOCUMENTS, ROUNDS = 300, 5


def measure(smoke: bool) -> Row:
    """Passes a reading; both are the sums of the shortest times of each document."""
    over = articles(12 if smoke else DOCUMENTS)
    rounds = 2 if smoke else ROUNDS
    read(Document("", "the lexicon is loaded once"))
    passing = best(lambda text: [match.span() for match in WORD.finditer(text)], over, rounds)
    reading = best(lambda text: read(Document(text, "bench")), over, rounds)
    size = sum(len(text.encode()) for text in over)
    share = -(-len(over) // len(files()))
    by_file = [sum(reading[at : at + share]) / sum(passing[at : at + share]) for at in range(0, len(over), share)]
    parts = ", ".join(f"{path.stem.split('.')[0]} {ratio:.1f}" for path, ratio in zip(files(), by_file, strict=False))
    note = (
        f"{len(over)} documents of {size / len(over) / 1000:.1f} kB: {len(over) / sum(reading):.0f} documents/s, "
        f"{size / sum(reading) / 3000:.0f} times 3 kB/s; a pass does {size / sum(passing) / 1e6:.0f} MB/s; {parts}"
    )
    return Row("full reading against one pass over its words", sum(reading) / sum(passing), "passes", "≤ 20", "9", note)

"""Near duplicates by rensa, a MinHash library in Rust: run by the rows of the table in an environment of its own.

python rensa_pairs.py FILE    FILE holds a JSON list of texts; prints {"version": …, "seconds": …, "pairs": [[i, j] …]}
"""

from __future__ import annotations

import json
import re
import sys
import time
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from rensa import RMinHash, RMinHashLSH

PERMUTATIONS, BANDS, SHINGLE, THRESHOLD = 128, 32, 3, 0.5
BATCH = 1000  # texts hashed in one call, which is rensa's fastest way to signatures that can be compared
WORD = re.compile(r"\w+")


def shingles(text: str) -> list[str]:
    """The text's runs of three words, by which Servanda too decides what a copy is."""
    words = WORD.findall(text.lower())
    return [" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))]


def pairs(texts: list[str]) -> list[tuple[int, int]]:
    """Each text with the earlier ones that rensa finds near it."""
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    made: list[RMinHash] = []
    found: list[tuple[int, int]] = []
    shingled = map(shingles, texts)
    while batch := list(islice(shingled, BATCH)):
        for own in RMinHash.from_token_sets(batch, PERMUTATIONS, 7):
            near = (other for other in index.query(own) if made[other].jaccard(own) >= THRESHOLD)
            found += [(other, len(made)) for other in near]
            index.insert(len(made), own)
            made.append(own)
    return found


def main() -> None:
    """Processor time from the texts to the pairs, imports and parsing left out."""
    texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    start = time.process_time()
    found = pairs(texts)
    seconds = time.process_time() - start
    print(json.dumps({"version": version("rensa"), "seconds": seconds, "pairs": found}))


main()

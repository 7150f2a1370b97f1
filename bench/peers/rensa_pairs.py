"""Near duplicates by rensa, a MinHash library in Rust: run by the rows of the table in an environment of its own.

python rensa_pairs.py FILE    FILE holds a JSON list of texts; prints {"seconds": …, "pairs": [[i, j] …]}
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from rensa import RMinHash, RMinHashLSH

PERMUTATIONS, BANDS, SHINGLE, THRESHOLD = 128, 32, 3, 0.5
WORD = re.compile(r"\w+")


def minhash(text: str) -> RMinHash:
    """Of the text's runs of three words, the shingles by which Servanda too decides what a copy is."""
    words = WORD.findall(text.lower())
    found = RMinHash(num_perm=PERMUTATIONS, seed=7)
    found.update([" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))])
    return found


def main() -> None:
    """Time from the texts to the pairs, imports and parsing left out."""
    texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    start = time.perf_counter()
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    made: list[RMinHash] = []
    pairs: list[tuple[int, int]] = []
    for number, text in enumerate(texts):
        own = minhash(text)
        near = (other for other in index.query(own) if made[other].jaccard(own) >= THRESHOLD)
        pairs += [(other, number) for other in near]
        index.insert(number, own)
        made.append(own)
    print(json.dumps({"seconds": time.perf_counter() - start, "pairs": pairs}))


main()

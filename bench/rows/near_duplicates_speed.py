"""Story groups from the texts of articles against rensa with plain shingling, on the same texts."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import rewrites

from rows import Row, articles
from servanda.keep.duplicates import Text, stories

PEER = Path(__file__).parents[1] / "peers" / "rensa_pairs.py"
DOCUMENTS, ROUNDS = 35_000, 2


def measure(smoke: bool) -> Row:
    """Documents a second as a ratio, each the best of rounds that take turns."""
    over = list(dict.fromkeys(articles(40 if smoke else DOCUMENTS)))
    planted = rewrites.planted(over)
    texts = [*over, *planted.values()]
    ours, theirs, seen = float("inf"), float("inf"), 0
    for _ in range(1 if smoke else ROUNDS):
        start = time.perf_counter()
        stories(Text(str(number), text) for number, text in enumerate(texts))
        ours = min(ours, time.perf_counter() - start)
        told = _peer(texts)
        if told is None:
            return Row(
                "near-duplicates against rensa with plain shingling", None, "", "≥ 1.5", "", "uv or rensa is missing"
            )
        theirs, pairs = min(theirs, told["seconds"]), {tuple(pair) for pair in told["pairs"]}
        seen = sum((at, len(over) + number) in pairs for number, at in enumerate(planted))
    note = (
        f"{len(texts)} articles: {len(texts) / ours:.0f} documents/s against {len(texts) / theirs:.0f}; "
        f"rensa finds {seen / max(1, len(planted)):.1%} of the rewrites"
    )
    return Row("near-duplicates against rensa with plain shingling", theirs / ours, "×", "≥ 1.5", "", note)


def _peer(texts: list[str]) -> dict[str, object] | None:
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(texts, file)
        file.flush()
        asked = [
            str(Path(sys.executable).with_name("uv")),
            "run",
            "--no-project",
            "--quiet",
            "--with",
            "rensa",
            "python",
        ]
        told = subprocess.run([*asked, str(PEER), file.name], capture_output=True, text=True, check=False)
    found: dict[str, object] | None = json.loads(told.stdout) if told.returncode == 0 else None
    return found

"""Reading on a cluster of Ray on this machine against plain processes: two workers each, the same bytes."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from rows import Row, articles, write
from servanda.engine.reading import readings
from servanda.engine.shards import Read, Shards
from servanda.intake import Intake
from servanda.intake.parcels import parcels

WHAT = "cluster engine on one machine against plain processes"
DOCUMENTS, WORKERS = 15_000, 2


def measure(smoke: bool) -> Row:
    """The ratio of times from the file to all readings; starting the cluster, which is there already, left out."""
    try:
        from servanda.engine.cluster import Ray, read_parcels
    except ImportError:
        return Row(WHAT, None, "×", "≤ 1.3", "", "the libraries of the cluster are missing")
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "articles.jsonl.gz", articles(30 if smoke else DOCUMENTS))
        start = time.perf_counter()
        plain = list(readings(Intake([str(path)]), WORKERS))
        alone = time.perf_counter() - start
        shards = Shards(str(Path(folder) / "shards"))
        with Ray("local", WORKERS) as cluster:
            start = time.perf_counter()
            marks = [it.mark for it in read_parcels(cluster, parcels([str(path)]), shards)]
            together = time.perf_counter() - start
        rows = [row for mark in sorted(marks, key=lambda mark: mark.number) for row in shards.read(mark)]
    if [row.reading for row in rows if isinstance(row, Read)] != plain:
        raise AssertionError("the cluster's readings are other bytes than those of plain processes")
    note = f"{len(plain)} documents, byte for byte the same: {len(plain) / together:.0f}/s, {len(plain) / alone:.0f}/s"
    return Row(WHAT, together / alone, "×", "≤ 1.3", "", note)

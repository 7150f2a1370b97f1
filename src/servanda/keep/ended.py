"""Bodies that no longer exist: the end of each closed peace operation (world/missions.yaml, one a line, as JSON)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from servanda.keep.times import Span
from servanda.keep.when import When, when

FILE = Path(__file__).parents[1] / "world" / "missions.yaml"


@cache
def ends() -> dict[str, When]:
    """When each closed operation ended, by its acronym."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    known = [json.loads(line[2:]) for line in lines if line.startswith("- {")]
    return {it["id"]: day for it in known if (day := when(it.get("end")))}


def ended_before(code: str | None, time: Span) -> bool:
    """An operation that had ended when words were written."""
    end = ends().get(code or "")
    return bool(end and time.first and end.last < time.first)

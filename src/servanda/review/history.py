"""Decisions and doubts in rows and words: who decided what on which words, when, and who took it back."""

from __future__ import annotations

from typing import Any

from babel.numbers import format_decimal

from servanda.keep.judged import decision, mark
from servanda.keep.reviewing import Entry
from servanda.labels import Labels
from servanda.records import Judgement
from servanda.store import Register, decided

Row = dict[str, Any]


def judgement_row(judgement: Judgement) -> Row:
    """`id, kind, subject, object, property, value, was, reason, by, at, undone_by, undone_at, saw [{source, start, end,
    quote}]`."""
    made = decision(judgement)
    said = mark(made)
    saw = [{"source": it["source"], "start": it["start"], "end": it["end"], "quote": it["words"]} for it in made.told]
    return {
        "id": judgement.id, "kind": judgement.kind, "subject": judgement.subject, "object": judgement.object,
        "property": said.get("property"), "value": said["value"], "was": said.get("was"), "reason": judgement.reason,
        "by": judgement.by, "at": judgement.at, "undone_by": judgement.undone_by, "undone_at": judgement.undone_at,
        "saw": saw,
    }  # fmt: skip


def judgement_rows(register: Register, *, about: str | None = None, undone: bool = True) -> list[Row]:
    """Decisions, the newest first; `about`: on the record of this key."""
    return [judgement_row(it) for it in reversed(decided(register, about=about, undone=undone))]


def entry_row(entry: Entry) -> Row:
    """`question, about, harm, likelihood, cost, why, records, beside, proposed, judgement`."""
    return {
        "question": entry.address, "about": entry.about, "harm": entry.harm, "likelihood": entry.likelihood,
        "cost": entry.cost, "why": [{"doubt": name, "said": said} for name, said in entry.why],
        "records": list(entry.keys), "beside": list(entry.beside), "proposed": entry.proposed,
        "judgement": entry.judgement,
    }  # fmt: skip


def doubt(labels: Labels, name: str, said: str) -> str:
    """One reason why something is asked, in words: `documents disagree`, `sure: 0.61`."""
    word = f"{name}_since" if f"{name}_since" in labels.words else name
    return labels(word, said=format_decimal(said, "0.00", locale=labels.language) if name == "confidence" else said)

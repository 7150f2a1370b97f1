"""Two documents beside each other: the passages they share, and where what they tell agrees and differs."""

from __future__ import annotations

from servanda.answers.disagreements import conflicts
from servanda.answers.documents import document
from servanda.answers.pages import Row
from servanda.keep.passages import shared
from servanda.store import Register


def comparison(register: Register, a: str, b: str) -> Row:
    """`a` and `b` (documents, as `document` gives them), `shared [{start, end, other_start, other_end}]`, `agree`
    (pairs of facts that tell one engagement or undertaking), `only_a`, `only_b` (other facts), `conflicts` (rows whose
    values stand in both). Raises NotFound."""
    one, other = document(register, a), document(register, b)
    alike = [(f, g) for f in one["facts"] for g in other["facts"] if _same(f, g)]
    known = {id(fact) for pair in alike for fact in pair}
    rows = conflicts(register, source=one["source"], limit=None).rows
    return {
        "a": one, "b": other,
        "shared": [{"start": it.start, "end": it.end, "other_start": it.other_start, "other_end": it.other_end}
                   for it in shared(one["text"], other["text"])],
        "agree": [{"a": f, "b": g} for f, g in alike],
        "only_a": [f for f in one["facts"] if id(f) not in known],
        "only_b": [f for f in other["facts"] if id(f) not in known],
        "conflicts": [row for row in rows if other["source"] in {value["source"] for value in row["values"]}],
    }  # fmt: skip


def _same(fact: Row, other: Row) -> bool:
    """Both tell one engagement or one undertaking, or stand on the same words."""
    if fact["kind"] != other["kind"]:
        return False
    told = any(fact.get(name) and fact[name] == other.get(name) for name in ("id", "engagement", "undertaking"))
    return told or " ".join(fact["quote"].split()) == " ".join(other["quote"].split())

"""Keeping what a person decided on a question: checked, with a snapshot of what was seen, refused where overtaken."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from servanda.errors import Overtaken, Refused
from servanda.keep.judged import decision
from servanda.keep.reviewing import checked
from servanda.keep.seen import Seen
from servanda.records import Judgement
from servanda.review.questions import STATUSES, Part, Question, question
from servanda.store import Register, judge
from servanda.store import undo as take_back
from servanda.store.judging import Looked, judgement

LONGEST_NAME, LONGEST_REASON = 120, 2000


@dataclass(slots=True, frozen=True)
class Choice:
    """What a person chose: a kind of decision that the question takes, and what belongs to it.

    `property`, `value`, `was`: of a correction (`was`: which of several names it replaces; `value` None takes it out).
    `value`: a status. `telling`: the key of the one telling that is to be held apart. `until`: what `Question.looked`
    said when the person looked; without it the decision is kept whatever was decided meanwhile.
    """

    kind: str
    value: str | None = None
    property: str | None = None
    was: str | None = None
    telling: str | None = None
    reason: str | None = None
    until: str | None = None


def decide(register: Register, address: str, choice: Choice, *, by: str) -> int:
    """Keep a decision on the question of this address; its number.

    Raises Refused where the question does not take it, Overtaken where someone decided since, NotFound.
    """
    by, reason = named(by), reasoned(choice.reason)
    asked = question(register, address)
    if choice.kind not in asked.choices:
        raise Refused(f"{choice.kind}: {address} takes {', '.join(asked.choices)}")
    if asked.judgement is not None:
        return _settle(register, asked, choice, by, reason)
    subject, object, value, parts = _meant(asked, choice)
    return judge(
        register, choice.kind, subject, by=by, object=object, value=value, reason=reason,
        snapshot=_snapshot(asked, parts), looked=_looked(asked, choice),
    )  # fmt: skip


def undo(register: Register, number: int, *, by: str) -> Judgement:
    """Take a decision back; which it was. Raises NotFound where there is none, Overtaken where someone did already."""
    by, made = named(by), judgement(register, number)
    if made.undone_at:
        raise Overtaken(f"{made.undone_by} took decision {number} back already ({made.undone_at[:10]})")
    take_back(register, number, by=by)
    return judgement(register, number)


def decision_number(address: str) -> int | None:
    """The number of the decision that the question of this address is about; None for any other question."""
    about, _, id = address.partition(":")
    return int(id) if about == "judgement" and id.isdecimal() and len(id) <= 15 else None


def named(by: str) -> str:
    """The name of who decides, in one line. Raises Refused."""
    said = " ".join(by.split())
    if not said or len(said) > LONGEST_NAME or not said.isprintable():
        raise Refused("a decision needs the name of who decides, of at most 120 characters")
    return said


def reasoned(said: str | None) -> str | None:
    """A reason as it is kept, None for none. Raises Refused on an endless one."""
    told = (said or "").strip() or None
    if told and len(told) > LONGEST_REASON:
        raise Refused(f"a reason of more than {LONGEST_REASON} characters: shorten it")
    return told


def _looked(asked: Question, choice: Choice) -> Looked | None:
    return Looked(asked.looked.keys, choice.until) if choice.until is not None else None


Meant = tuple[str, str | None, str | None, Sequence[Part]]


def _meant(asked: Question, choice: Choice) -> Meant:
    """Subject, object, value, and the records that the snapshot keeps."""
    first = asked.parts[0].key
    if asked.entry.about in ("merge", "people"):
        return first, asked.beside[0].key, None, [asked.parts[0], *asked.beside]
    if asked.entry.about == "outcome":
        value = asked.entry.proposed if choice.kind == "status" else None
        return asked.entry.keys[0], asked.entry.beside[0], value, [*asked.parts, *asked.beside]
    if choice.kind == "status":
        return first, None, _status(choice.value), asked.parts
    if choice.kind == "not_same":
        return _apart(asked, choice)
    if choice.kind == "corrected":
        return first, None, _correction(asked, choice), asked.parts
    return first, None, None, asked.parts


def _status(value: str | None) -> str:
    if value not in STATUSES:
        raise Refused(f"{value}: a status is one of {', '.join(STATUSES)}")
    return value


def _apart(asked: Question, choice: Choice) -> Meant:
    """One telling, held apart from all the others."""
    chosen = [part for part in asked.parts if part.key == choice.telling]
    others = [part for part in asked.parts if part.key != choice.telling]
    if not chosen or not others:
        raise Refused(f"{choice.telling}: name one of its tellings: {', '.join(part.key for part in asked.parts)}")
    return chosen[0].key, others[0].key, None, [*chosen, *others]


def _correction(asked: Question, choice: Choice) -> str:
    name, part = choice.property or "", asked.parts[0]
    value = checked(part.kind, name, choice.value)
    present = part.now.get(name, part.read.get(name, []))
    was = choice.was or (present[0] if len(present) == 1 else None)
    if choice.was is not None and choice.was not in present:
        raise Refused(f"{name}: {choice.was} does not stand there; there stands {', '.join(present) or 'nothing'}")
    if value is None and was is None:
        raise Refused(f"{name}: say which one to take out: {', '.join(present) or 'there is none'}")
    if value in present:
        raise Refused(f"{name}: {value} stands there already; confirm it instead")
    return json.dumps({"property": name, "value": value, "was": was}, ensure_ascii=False)


def _snapshot(asked: Question, parts: Iterable[Part]) -> str:
    return saved([part.told for part in parts], about=asked.entry.about, why=asked.entry.why)


def saved(told: Sequence[Seen], **more: Any) -> str:
    """What a person saw, as a judgement's snapshot."""
    return json.dumps({"records": list(told), **more}, ensure_ascii=False)


def _settle(register: Register, asked: Question, choice: Choice, by: str, reason: str | None) -> int:
    """Stand by a decision whose record was read anew, or take it back."""
    j = asked.judgement
    assert j is not None
    if j.undone_at:
        raise Overtaken(f"{j.undone_by} took this decision back ({j.undone_at}); nothing is left to settle")
    if choice.kind == "undo":
        take_back(register, j.id, by=by)
        return j.id
    made = decision(j)
    odd = [part.stands for part in asked.parts if part.stands in ("lost", "gone")]
    told = [part.told for part in asked.parts]
    now = {part.seen_as: part.key for part in asked.parts}
    return judge(
        register, j.kind, now.get(j.subject, j.subject), by=by, object=now.get(j.object or "", j.object or "") or None,
        value=j.value, reason=reason or j.reason, snapshot=saved(told, accepted=sorted({*made.accepted, *odd})),
        looked=_looked(asked, choice), instead_of=j.id,
    )  # fmt: skip

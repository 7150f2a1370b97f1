"""What people decided, applied to what documents say: before anything is compared, resolved or counted.

Use: `judged = Judged(decided(register))`; then each document passes through `judged.document(it)`, pairs that were
united or held apart come from `judged.pairs()` (for `resolve`), undertakings pass through `judged.outcomes(found)`, and
`judged.marks(key)` tells what people decided about a record, for showing beside it. Nothing here writes.

A decision means the record that the person saw. After a re-reading it is found by its key, else by its words in a text
of the same source. A confirmed record that a newer reading of the same text lost is put back; a rejected one stays out
whatever is read there. What no longer stands as it was seen is told by `standing`, for `reviewing` to bring back.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from servanda.keep.follow import Evidence, Undertaking
from servanda.keep.names import plain
from servanda.keep.seen import Seen, again, place_of, restore, same_text, seen, values
from servanda.keep.telling import Passage
from servanda.records import Filed, Judgement, Record, Statement

Standing = Literal["stands", "moved", "changed", "lost", "gone"]
VERDICTS, PAIRS = ("confirmed", "rejected"), ("same", "not_same")
SIDED = (*PAIRS, "status", "not_outcome")  # about two things, each of its own
REFERENCES = ("speaker", "addressee", "participant", "contributor", "mission", "party", "by")
Mark = dict[str, Any]
Beside = Mapping[str, Container[str]]


@dataclass(slots=True, frozen=True)
class Decision:
    """A judgement with what the person saw: `told`, its subject's records first, then those of its object.

    `accepted`: how a re-reading left these records, where the person stood by the decision all the same.
    """

    judgement: Judgement
    told: tuple[Seen, ...]
    said: dict[str, Any] = field(default_factory=dict)
    accepted: tuple[str, ...] = ()

    @property
    def settles(self) -> tuple[object, ...]:
        """A later decision that settles the same question goes before an earlier one."""
        j = self.judgement
        if j.kind in VERDICTS:
            return "verdict", j.subject
        if j.kind in PAIRS:
            return "pair", frozenset((j.subject, j.object))
        if j.kind == "corrected":
            was = self.said.get("was") if self.said.get("property") in REFERENCES else None
            return "corrected", j.subject, self.said.get("property"), was
        return (j.kind, j.subject, j.object) if j.kind == "not_outcome" else (j.kind, j.subject)

    @property
    def keys(self) -> set[str]:
        """The keys of the records it is about: its subject, and every telling of it that the person saw."""
        j = self.judgement
        return {j.subject} if j.kind in SIDED else {j.subject, *(it["key"] for it in self.told)}

    def pairs(self) -> list[tuple[str, str]]:
        """The pairs of keys that it unites or holds apart: its subject with all that the person saw beside it."""
        j = self.judgement
        others = dict.fromkeys([j.object, *(it["key"] for it in self.told)])
        return [(j.subject, other) for other in others if other and other != j.subject]


def decision(judgement: Judgement) -> Decision:
    """A judgement with its snapshot opened; one without a snapshot, or of another shape, is known by its keys alone."""
    saw = _json(judgement.snapshot)
    told = tuple(it for it in saw.get("records", ()) if isinstance(it, dict) and "statements" in it)
    said = _json(judgement.value) if judgement.kind == "corrected" else {}
    return Decision(judgement, told, said, tuple(saw.get("accepted", ())))


def _json(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def in_force(judgements: Iterable[Judgement]) -> list[Decision]:
    """Decisions not taken back and not settled anew by a later one, oldest first."""
    latest: dict[tuple[object, ...], Decision] = {}
    for it in sorted((j for j in judgements if not j.undone_at), key=lambda j: j.id):
        made = decision(it)
        latest.pop(made.settles, None)
        latest[made.settles] = made
    return list(latest.values())


class Judged:
    """The decisions in force, ready to be applied to any number of documents, one by one and in any order."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self.decisions = in_force(judgements)
        self.present: dict[str, str] = {}  # key that a person saw -> key under which a document holds it now
        self._by_key: dict[str, list[Decision]] = defaultdict(list)
        self._by_source: dict[str, list[Decision]] = defaultdict(list)
        self._beside: dict[str, set[str]] = defaultdict(set)
        for made in self.decisions:
            for key in made.keys:
                self._by_key[key].append(made)
            for source in dict.fromkeys(it["source"] for it in made.told):
                self._by_source[source].append(made)
            for it in made.told:
                self._beside[it["document"]].add(it["key"])

    def __bool__(self) -> bool:
        return bool(self.decisions)

    def touches(self, document: Filed) -> bool:
        """Whether any decision is about a record of this document, or of another text of its source."""
        return document.source in self._by_source or any(it.key in self._by_key for it in document.records.values())

    def document(self, document: Filed) -> Filed:
        """The document as people judged it: rejected records out, corrected values in, confirmed and created ones kept.

        Gives the same object where nobody decided anything about it; the one given is never changed.
        """
        if not self.decisions or not self.touches(document):
            return document
        judged = replace(document, records=dict(document.records))
        for made in self._about(document):
            _apply(made, judged, self._beside)
            self._find(made, judged)
        return judged

    def _about(self, document: Filed) -> list[Decision]:
        keyed = [made for it in document.records.values() for made in self._by_key.get(it.key, ())]
        found = {id(made): made for made in (*self._by_source.get(document.source, ()), *keyed)}
        return sorted(found.values(), key=lambda made: made.judgement.id)

    def _find(self, made: Decision, document: Filed) -> None:
        for told in made.told:
            record = again(told, document, self._beside)
            if record is not None and record.key != told["key"]:
                self.present[told["key"]] = record.key

    def pairs(self) -> list[Judgement]:
        """Decisions on pairs (same, not_same) under the keys that their records have now, for `resolve`."""
        found = [(made.judgement, a, b) for made in self.decisions if made.judgement.kind in PAIRS
                 for a, b in made.pairs()]  # fmt: skip
        return [replace(j, subject=self.now(a), object=self.now(b)) for j, a, b in found]

    def now(self, key: str) -> str:
        """The key under which a record that a person saw is held now, as far as its documents have passed."""
        return self.present.get(key, key)

    @cached_property
    def _marks(self) -> dict[str, list[Mark]]:
        found: dict[str, list[Mark]] = defaultdict(list)
        for made in self.decisions:
            for key in made.keys | ({made.judgement.object} if made.judgement.object else set()):
                found[key].append(mark(made))
        return found

    def marks(self, *keys: str) -> list[Mark]:
        """What people decided about the record, or the tellings, of these keys: see `mark`."""
        before = {new: old for old, new in self.present.items()}
        found = [it for key in keys for it in (*self._marks.get(key, ()), *self._marks.get(before.get(key, ""), ()))]
        return list({it["judgement"]: it for it in found}.values())

    def outcomes(self, found: Iterable[Undertaking], current: Collection[str] | None = None) -> list[Undertaking]:
        """Undertakings with the statuses that people set; each says in its history who, when and why.

        A status that rests on a document is set only while that is among the sources `current` (None: all are).
        """
        decided = [made for made in self.decisions if made.judgement.kind == "status"]
        return [self._outcome(it, decided, current) for it in found] if decided else list(found)

    def _outcome(self, u: Undertaking, decided: Sequence[Decision], current: Collection[str] | None) -> Undertaking:
        made = next((it for it in reversed(decided) if self.is_about(it, u)), None)
        if made is None:
            return u
        rests = [it for it in made.told if it["key"] == made.judgement.object]
        if current is not None and any(it["source"] not in current for it in rests):
            return u
        j = made.judgement
        shown = tuple(
            Evidence(Passage(it["source"], it["start"], it["end"], it["words"]), str(j.value)) for it in rests
        )
        told = f"{j.value}: decided by {j.by}, {j.at}" + (f": {j.reason}" if j.reason else "")
        evidence = [*shown, *(it for it in u.evidence if it not in shown)] if j.value == u.status else list(shown)
        return replace(u, status=j.value, evidence=evidence, history=[*u.history, told])  # type: ignore[arg-type]

    def is_about(self, made: Decision, u: Undertaking) -> bool:
        """By its id, else by the words that make or tell it again."""
        if self.now(made.judgement.subject) == u.id:
            return True
        passages = {(p.source, p.start, p.end) for p in (u.made, *u.told_again)}
        own = [it for it in made.told if it["key"] != made.judgement.object]
        return any((it["source"], it["start"], it["end"]) in passages for it in own)


def mark(made: Decision) -> Mark:
    """`judgement, kind, by, at, reason, value, property, was, object`: what is shown beside a record."""
    j = made.judgement
    value = made.said.get("value") if j.kind == "corrected" else j.value
    return {
        "judgement": j.id, "kind": j.kind, "by": j.by, "at": j.at, "reason": j.reason, "value": value,
        "property": made.said.get("property"), "was": made.said.get("was"), "object": j.object,
    }  # fmt: skip


def _apply(made: Decision, document: Filed, beside: Beside) -> None:
    kind = made.judgement.kind
    if kind in ("created", "confirmed"):
        for told in made.told:
            if same_text(told, document) and (kind == "created" or again(told, document, beside) is None):
                restore(told, document)
    for place, record in _found(made, document, beside):
        if kind == "rejected":
            del document.records[place]
        elif kind == "corrected":
            document.records[place] = corrected(record, document, made)
        elif kind == "confirmed":
            document.records[place] = replace(
                record, statements=[replace(s, confidence=1.0) for s in record.statements]
            )


def _found(made: Decision, document: Filed, beside: Beside) -> list[tuple[int, Record]]:
    """The records of a document that a decision is about."""
    keys = {record.key for told in made.told if (record := again(told, document, beside))} | made.keys
    if made.judgement.kind in SIDED:
        return []
    return [(place, record) for place, record in document.records.items() if record.key in keys]


def corrected(record: Record, document: Filed, made: Decision) -> Record:
    """A record with one value as a person set it; the words stay the page's own, the rule names the judgement."""
    name, was, value = (made.said.get(key) for key in ("property", "was", "value"))
    said = next((s for s in record.statements if s.property == name and was in (None, s.value)), None)
    rest = [s for s in record.statements if s is not said and (name in REFERENCES or s.property != name)]
    if value is None or name is None:
        return replace(record, statements=rest)
    about = place_of(document, _meant(document, said, value), record) if name in REFERENCES else None
    told = said or Statement(name, None, record.start, record.end, record.words)
    rule = f"judgement:{made.judgement.id}"
    stated = replace(told, property=name, value=value, about=about, rule=rule, confidence=1.0)
    at = record.statements.index(said) if said else len(rest)
    return replace(record, statements=[*rest[:at], stated, *rest[at:]])


def _meant(document: Filed, said: Statement | None, name: str) -> Seen:
    """Whom a name that a person gave means: an actor of the document, else a new one of the kind it replaces."""
    before = document.records.get(-1 if said is None or said.about is None else said.about)
    return {"name": name, "kind": (before.value("kind") if before else None) or "person"}


def standing(made: Decision, documents: Iterable[Filed]) -> dict[str, Standing]:
    """How each record that a person saw stands in the current documents of its source, by the key that was seen.

    `stands`: as it was seen. `moved`: the same, on the same words of a newer text. `changed`: read otherwise now.
    `lost`: a newer reading of the same text does not have it. `gone`: the text is gone or says so no longer.
    """
    found = list(documents)
    return {told["key"]: _standing(made, told, found) for told in made.told}


def _standing(made: Decision, told: Seen, documents: Sequence[Filed]) -> Standing:
    record, document = next(((r, d) for d in documents if (r := again(told, d))), (None, None))
    if record is None or document is None:
        return "lost" if any(same_text(told, d) for d in documents) else "gone"
    now, then = values(seen(document, record)), values(told)
    if now != then and not _as_corrected(made, now, then):
        return "changed"
    return "stands" if record.key == told["key"] else "moved"


def _as_corrected(made: Decision, now: dict[str, list[str]], then: dict[str, list[str]]) -> bool:
    """Only the property that the person corrected differs, and it is read now as the person set it."""
    name = made.said.get("property")
    differ = {key for key in now.keys() | then.keys() if now.get(key) != then.get(key)}
    return differ == {name} and plain(str(made.said.get("value") or "")) in {
        plain(it) for it in now.get(name or "", [])
    }


def touched(judgements: Iterable[Judgement]) -> tuple[set[str], set[str]]:
    """Sources of documents, and keys of records, on which these judgements bear: what to assemble anew after them."""
    made = [decision(it) for it in judgements]
    sources = {told["source"] for it in made for told in it.told}
    return sources, {key for it in made for key in it.keys | {it.judgement.object or it.judgement.subject}}

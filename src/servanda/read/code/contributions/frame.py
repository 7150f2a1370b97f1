"""What a clause does with a unit: the verb that sends it, what it does itself, and the cues on those very verbs."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.read.code.contributions.clauses import Clause, Cue, ends_with, vocabulary
from servanda.read.code.contributions.missions import missions_in
from servanda.read.code.contributions.units import Unit
from servanda.read.page import Page

SENDING = ("send", "pledge", "continue", "decision", "go", "keep", "withdraw")
ACTING = ("serve", "go", "toward", "there", "returned", "ready", "decision", "send")
FAR = 160  # code points between a unit and the date of its sending
HEAD = 12  # code points
REACH = {"sent": 60, "listed": 120, "act": 80, "plan": 60, "fresh": 24, "there": 45, "have": 14}  # code points


@dataclass(slots=True)
class Frame:
    """A unit in its clause. `head` is where its number, or it, starts."""

    page: Page
    clause: Clause
    unit: Unit
    head: int
    sent: Cue | None
    act: Cue | None

    def on(self, role: str) -> bool:
        """Whether such a cue stands right before the sending verb, or between the unit and what it does."""
        reach = REACH[role]
        for cue in self.clause.of(role):
            if self.sent and cue.start <= self.sent.start and self.sent.start - cue.end <= reach:
                return True
            if self.act and cue.start < self._end(role) and self.unit.start - cue.end <= reach:
                return True
        return False

    def _end(self, role: str) -> int:
        """Up to where a cue may stand: what the unit does; a plan may follow its way there (`đến Mali sẽ nhận`)."""
        assert self.act is not None
        return max(self.act.end, self.unit.end + REACH[role]) if role == "plan" else self.act.end


def frame(page: Page, clause: Clause, unit: Unit) -> Frame:
    """The unit with the verbs nearest to it on both sides."""
    head = min(unit.start, unit.amount.start) if unit.amount and unit.people else unit.start
    reach = REACH["sent"] if unit.people else REACH["listed"]
    told = clause.of(*SENDING) or ([] if unit.people else [c for c in clause.before if c.role in SENDING])
    sent = [c for c in told if c.end <= head and head - c.end <= reach]
    acts = [c for c in clause.of(*ACTING) if 0 <= c.start - unit.end <= REACH["act"]]
    return Frame(page, clause, unit, head, sent[-1] if sent else None, acts[0] if acts else None)


def features(framed: Frame, when: str | None) -> set[str]:
    """All that the rules may ask for; contribution_rules.yaml says what each means."""
    clause, unit = framed.clause, framed.unit
    found = {cue.role for cue in clause.cues}
    found |= {f"after.{cue.role}" for cue in clause.cues if cue.start >= unit.end}
    found |= {f"before.{cue.role}" for cue in clause.cues if cue.end <= framed.head}
    found |= {f"all.{cue.role}" for cue in clause.before}
    found.add("people" if unit.people else "unit")
    if unit.amount:
        found.add("counted")
    one = len(missions_in(framed.page, clause, clause.start, clause.end, when)) == 1
    found.add("one_mission" if one else "no_one_mission")
    return found | _dates(framed) | _verbs(framed)


def _verbs(framed: Frame) -> set[str]:
    found = {f"{role}_on" for role in ("plan", "fresh") if framed.on(role)}
    if framed.sent or (framed.act and framed.act.role in ("send", "decision")):
        found.add("sent")
    if framed.sent:
        found.add(f"sent.{framed.sent.role}")
    if framed.act:
        found |= {"acts", f"act.{framed.act.role}"}
    if any(verb and verb.role == "go" for verb in (framed.sent, framed.act)):
        found.add("go_on")
    if framed.act and framed.act.role == "there":
        found.add("there_on")
    for role in ("there", "have"):
        if any(0 <= framed.head - cue.end <= REACH[role] for cue in framed.clause.of(role)):
            found.add(f"{role}_on")
    return found


def _dates(framed: Frame) -> set[str]:
    found: set[str] = set()
    near = [d for d in framed.clause.dates if d.start - framed.unit.end < FAR and framed.head - d.end < FAR]
    for date in near:
        if len(date.edtf) >= 7:
            found.add("dated")
        if len(date.edtf) == 7 or (len(date.edtf) == 4 and date.edtf.isdigit()):
            found.add("dated_long")
            if date.start - framed.clause.sentence.start < HEAD:
                found.add("dated_first")
        word = vocabulary(framed.page.lexicon).tokens["since"]
        if framed.page.folded.startswith(word, date.start) or ends_with(framed.page, date.start, "since"):
            found.add("since")
    return found

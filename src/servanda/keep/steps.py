"""What a programme is: ordered steps, what was planned beside what was held, each step with its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from servanda.datafile import language_files, schema_file
from servanda.keep.follow import Undertaking
from servanda.keep.languages import Plain, together
from servanda.keep.telling import Passage
from servanda.keep.when import when

ProgrammeKind = Literal["deployment", "cycle", "series", "visit"]
StepStatus = Literal["held", "planned", "changed", "postponed", "cancelled", "no evidence"]


class Label(BaseModel):
    """What something is called."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    en: str
    vi: str


class StepKind(BaseModel):
    """A kind of step of a deployment: which records are one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    en: str
    vi: str
    order: int
    contribution: list[str] = []
    measure: list[str] = []
    engagement: list[str] = []
    agreement: list[str] = []
    act: list[str] = []


class ProgrammeWords(BaseModel):
    """lang/<xx>/keeping/programmes.yaml: plain words, and patterns over plain words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    numbers: list[str]
    number_words: list[Plain]
    cycles: list[str]
    generic: list[Plain]
    unit_words: dict[str, list[Plain]]
    step_words: dict[str, list[Plain]]


class Scheme(ProgrammeWords):
    """schema/programmes.yaml, and the words of all languages."""

    kinds: dict[str, Label]
    least: int
    touch: int
    shared: int
    roman: dict[str, str]
    units: dict[str, Label]
    steps: list[StepKind]


@cache
def scheme() -> Scheme:
    """The data files, checked. Raises BadData."""
    words = together(language_files("programmes.yaml", ProgrammeWords).values())
    return schema_file("programmes.yaml", Scheme, **dict(words))


@dataclass(slots=True)
class Step:
    """One step. `planned` and `date` are EDTF: for when it was planned, when it came about; `kind` and `labels` say
    what it is; `unit` the number of the unit or of the meeting. `told` and `shown` are the words of each."""

    kind: str
    name: str
    labels: dict[str, str]
    status: StepStatus
    planned: str | None = None
    date: str | None = None
    place: str | None = None
    unit: str | None = None
    who: list[str] = field(default_factory=list)
    told: list[Passage] = field(default_factory=list)
    shown: list[Passage] = field(default_factory=list)
    engagement: str | None = None
    undertaking: str | None = None
    note: str | None = None
    order: tuple[int, ...] = ()


@dataclass(slots=True)
class Programme:
    """Steps in order. `id` is the same whenever it is found again; `since`..`until` (EDTF) where its words say so."""

    id: str
    kind: ProgrammeKind
    name: str
    labels: dict[str, str]
    parties: list[str]
    steps: list[Step]
    since: str | None = None
    until: str | None = None
    also: list[str] = field(default_factory=list)

    @property
    def documents(self) -> list[str]:
        """The sources that tell it."""
        return list(dict.fromkeys(p.source for step in self.steps for p in (*step.told, *step.shown)))

    @property
    def open(self) -> list[Step]:
        """The steps of which nothing shows that they came about."""
        return [step for step in self.steps if step.status in ("planned", "no evidence", "postponed")]


def settled(step: Step, undertakings: dict[str, Undertaking]) -> Step:
    """A planned step with what the ledger says of it."""
    entry = undertakings.get(step.undertaking or "")
    if entry is None or step.status != "planned":
        return step
    if entry.status == "overdue":
        step.status, step.note = "no evidence", next((h for h in reversed(entry.history) if "no evidence" in h), None)
    elif entry.status in ("kept", "partly_kept", "changed"):
        step.status = "changed" if entry.status == "changed" else "held"
        step.shown = [e.passage for e in entry.evidence]
    elif entry.status in ("postponed", "withdrawn"):
        step.status = "postponed" if entry.status == "postponed" else "cancelled"
        step.shown = [e.passage for e in entry.evidence]
    return step


def in_order(steps: Iterable[Step]) -> list[Step]:
    """By kind where the programme has an order of kinds, then by number, then by the day."""

    def key(step: Step) -> tuple[tuple[int, ...], str]:
        day = when(step.date) or when(step.planned)
        return step.order, f"{day.yearless}{day.first.isoformat()}" if day else "~"

    return sorted(steps, key=key)


__all__ = ["Programme", "ProgrammeKind", "Step", "StepStatus", "in_order", "scheme", "settled"]

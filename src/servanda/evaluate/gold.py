"""Gold readings: a JSON file a document, `NAME.json` beside `NAME.txt`, every fact tied to its text by a quote."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from servanda.errors import BadData
from servanda.types import (
    ActorKind,
    ActType,
    AgreementKind,
    AgreementStatus,
    ContributionKind,
    ContributionStatus,
    EngagementKind,
    EngagementStatus,
    Measure,
    NoiseKind,
    Span,
)


class GoldItem(BaseModel):
    """What gold says of one thing. An `optional` one counts when read and is forgiven when missed."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    optional: bool = False


class GoldPost(GoldItem):
    text: str


class GoldActor(GoldItem):
    id: str
    kind: ActorKind
    names: tuple[str, ...]
    code: str | None = None
    posts: tuple[GoldPost, ...] = ()


class GoldFact(GoldItem):
    """A fact with its words; the span of a long one runs from the start of `quote` to the end of `quote_end`."""

    quote: str
    quote_end: str | None = None

    def spans(self, text: str) -> list[Span]:
        """Every place of the text that the quote may mean."""
        found, at = [], text.find(self.quote)
        while at >= 0:
            found.append((at, self._end(text, at)))
            at = text.find(self.quote, at + 1)
        return found

    def _end(self, text: str, at: int) -> int:
        tail = text.find(self.quote_end, at) if self.quote_end else -1
        return tail + len(self.quote_end) if self.quote_end and tail >= 0 else at + len(self.quote)


class GoldNoise(GoldFact):
    kind: NoiseKind


class GoldDate(GoldFact):
    edtf: str
    edtf_ok: tuple[str, ...] = ()


class GoldEngagement(GoldFact):
    id: str
    kind: EngagementKind
    date: str | None = None
    status: EngagementStatus
    participants: tuple[str, ...]
    participants_ok: tuple[tuple[str, ...], ...] = ()


class GoldAct(GoldFact):
    type: ActType
    speaker: str
    addressee: str | None = None
    speakers_ok: tuple[str | None, ...] = ()
    addressees_ok: tuple[str | None, ...] = ()


class GoldContribution(GoldFact):
    contributor: str
    mission: str | None = None
    what: ContributionKind
    count: int | None = None
    women: int | None = None
    status: ContributionStatus
    measure: Measure | None = None


class GoldAgreement(GoldFact):
    kind: AgreementKind
    parties: tuple[str, ...]
    parties_ok: tuple[tuple[str, ...], ...] = ()
    status: AgreementStatus
    name: str = ""


class GoldReading(BaseModel):
    """A perfect reading of one document."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    noise: tuple[GoldNoise, ...] = ()
    actors: tuple[GoldActor, ...] = ()
    dates: tuple[GoldDate, ...] = ()
    engagements: tuple[GoldEngagement, ...] = ()
    acts: tuple[GoldAct, ...] = ()
    contributions: tuple[GoldContribution, ...] = ()
    agreements: tuple[GoldAgreement, ...] = ()

    def facts(self) -> list[GoldFact]:
        """Everything that quotes the text."""
        return [*self.noise, *self.dates, *self.engagements, *self.acts, *self.contributions, *self.agreements]


def load_gold(path: Path, text: str) -> GoldReading:
    """The gold reading at `path` of the document `text`. Raises BadData naming file, key and why."""
    try:
        gold = GoldReading.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise BadData(f"{path.name}: {_reason(error)}") from error
    for fact in gold.facts():
        if not fact.spans(text):
            raise BadData(f"{path.name}: this quote does not stand in the text: {fact.quote[:80]!r}")
    return gold


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return " ".join(str(error).split())

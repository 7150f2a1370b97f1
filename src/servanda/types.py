"""The values that pass along the way through: a Document goes in, a Reading comes out.

Offsets are code points into `Document.text`, which is NFC. `end` is exclusive. Dates are EDTF (ISO 8601-2).
The shape of a Reading is the reading contract: its JSON Schema is generated from these classes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

NoiseKind = Literal["navigation", "caption", "credit", "advertisement", "spam", "related", "duplicate", "foreign"]
ActorKind = Literal["person", "state", "organisation", "mission"]
EngagementKind = Literal[
    "meeting", "visit", "call", "conference", "exercise", "training", "ceremony", "ongoing_mission_trip"
]
EngagementStatus = Literal["held", "planned", "proposed", "postponed", "cancelled"]
ActType = Literal[
    "AGREE", "REQUEST", "SUPPORT", "COOPERATE", "AID", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "RETREAT", "CONCEDE",
]  # fmt: skip
ContributionKind = Literal[
    "level_2_hospital", "engineering_unit", "police_unit", "police_officers", "police", "infantry", "medical",
    "staff_officers", "military_observers", "individual_officers", "troops", "training", "equipment", "other",
]  # fmt: skip
ContributionStatus = Literal["deployed", "pledged", "planned", "ready", "returned"]
Measure = Literal["strength", "cumulative", "movement"]
AgreementKind = Literal[
    "memorandum", "treaty", "joint_statement", "declaration", "plan", "framework", "pact", "programme",
    "convention", "contract", "resolution",
]  # fmt: skip
PlanStatus = Literal["postponed", "cancelled", "changed", "demanded"]
AgreementStatus = Literal["signed", "adopted", "planned", "proposed", "in_force"]
TOPICS = (
    "peacekeeping", "defence", "east-sea", "security", "disarmament", "un-reform", "human-rights",
    "women-peace-security", "sanctions", "conflict-settlement", "border", "parliament", "war-legacy", "trade", "halal",
    "investment", "un-finance", "climate", "environment", "energy", "agriculture", "industry", "transport", "health",
    "education", "labour", "humanitarian", "culture", "science", "asean", "consular", "bilateral",
)  # fmt: skip
Span: TypeAlias = tuple[int, int]


@dataclass(slots=True)
class Document:
    """One published text as received. `text` is NFC; `published` is what its page or metadata says, never the clock."""

    text: str
    source: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    media_type: str = "text/plain"
    raw: bytes | None = None
    note: str | None = None

    @property
    def id(self) -> str:
        """The same for the same text, wherever it stands: 16 hexadecimal digits of its SHA-256."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(slots=True)
class Noise:
    """A span that is not the article, and why it was taken for that."""

    start: int
    end: int
    kind: NoiseKind
    reason: str = ""
    rule: str = ""


@dataclass(slots=True)
class Post:
    """What a person is, as the article words it; `former` where the article says it is past."""

    text: str
    start: int
    end: int
    former: bool = False


@dataclass(slots=True)
class Actor:
    """Someone or something named in the article proper. `names` holds the fullest form first."""

    id: str
    kind: ActorKind
    names: list[str]
    code: str | None = None
    posts: list[Post] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    inferred: bool = False
    proposals: list[str] = field(default_factory=list)
    confidence: float = 0.5


@dataclass(slots=True)
class DateExpression:
    """Words that resolve to a calendar date or range; `reason` says what fixed the year, or that nothing did."""

    start: int
    end: int
    edtf: str
    reason: str = ""
    rule: str = ""
    confidence: float = 0.5


@dataclass(slots=True)
class Engagement:
    """Something done together at a time; one record however many sentences tell it (`told` holds the others)."""

    id: str
    kind: EngagementKind
    date: str | None
    place: str | None
    status: EngagementStatus
    participants: list[str]
    start: int
    end: int
    part_of: str | None = None
    form: str | None = None
    occasion: str | None = None
    topics: list[str] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    told: list[Span] = field(default_factory=list)
    rule: str = ""
    asserted_by: str | None = None
    asserted_via: list[str] = field(default_factory=list)
    confidence: float = 0.5


@dataclass(slots=True)
class Act:
    """What a speaker does to another with words. `mode` tells a commitment from a readiness, a request from a wish."""

    type: ActType
    speaker: str
    addressee: str | None
    start: int
    end: int
    due: str | None = None
    mode: str | None = None
    topics: list[str] = field(default_factory=list)
    rule: str = ""
    asserted_by: str | None = None
    asserted_via: list[str] = field(default_factory=list)
    confidence: float = 0.5


@dataclass(slots=True)
class Position:
    """A stated view: kept, searchable, never an undertaking."""

    speaker: str
    start: int
    end: int
    topics: list[str] = field(default_factory=list)
    rule: str = ""
    asserted_by: str | None = None
    asserted_via: list[str] = field(default_factory=list)
    confidence: float = 0.5


@dataclass(slots=True)
class Plan:
    """What someone is said to be going to do, where no act, engagement or contribution says it; `due` is EDTF.

    `status` is None unless the same sentence tells that it came otherwise, or that another demands it of `by`.
    """

    by: str | None
    start: int
    end: int
    due: str | None = None
    status: PlanStatus | None = None
    rule: str = ""
    asserted_by: str | None = None
    asserted_via: list[str] = field(default_factory=list)
    confidence: float = 0.5


@dataclass(slots=True)
class Contribution:
    """What a contributor gives a peace operation; strength, cumulative totals and movements are never added up.

    `contributor` is None only in a grafted passage that does not name it.
    """

    contributor: str | None
    mission: str | None
    what: ContributionKind
    count: int | None
    women: int | None
    unit: str | None
    status: ContributionStatus
    measure: Measure
    date: str | None
    start: int
    end: int
    count_scope: str | None = None
    place: str | None = None
    rule: str = ""
    asserted_by: str | None = None
    asserted_via: list[str] = field(default_factory=list)
    confidence: float = 0.5


@dataclass(slots=True)
class Agreement:
    """A memorandum, treaty, resolution, plan … between named parties, or adopted by a named body."""

    kind: AgreementKind
    parties: list[str]
    date: str | None
    status: AgreementStatus
    name: str
    start: int
    end: int
    topics: list[str] = field(default_factory=list)
    rule: str = ""
    asserted_by: str | None = None
    asserted_via: list[str] = field(default_factory=list)
    confidence: float = 0.5


@dataclass(slots=True)
class Reading:
    """Everything taken from one document. `quarantined` holds readings of grafted passages, as another document's."""

    source: str
    id: str
    language: str
    title: str | None = None
    published: str | None = None
    machine_translated: bool = False
    machine_translated_reasons: list[str] = field(default_factory=list)
    noise: list[Noise] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    dates: list[DateExpression] = field(default_factory=list)
    engagements: list[Engagement] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    quarantined: list[Reading] = field(default_factory=list)

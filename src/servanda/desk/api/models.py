"""The shapes of answers. Offsets (`start`, `end`) are code points into the document's text; dates are EDTF."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Row = TypeVar("Row")


class Shape(BaseModel):
    """What is answered; further properties may be added."""

    model_config = ConfigDict(extra="allow")


class Problem(Shape):
    """An error (RFC 9457)."""

    type: str = Field(description="about:blank: the status says what kind of error it is.")
    title: str
    status: int
    detail: str = Field(description="What to do, in one or two sentences.")
    instance: str


class LookedAt(Shape):
    """Over what an answer looks: how many current documents, and the date of the newest."""

    documents: int
    newest: str | None


class Faceted(Shape):
    """What an id of an actor stands for."""

    kind: str
    name: str
    code: str | None = None


class Listed(Shape, Generic[Row]):
    """One page of a listing."""

    rows: list[Row]
    next: str | None = Field(description="The cursor of the next page; null at the end.")
    total: int = Field(description="Rows of all pages.")
    looked_at: LookedAt
    hidden: int = Field(0, description="Rows left out unless asked for: exhortations; counted to 501.")
    facets: dict[str, dict[str, int]] | None = Field(
        None, description="Of a search: how many there are of each kind, topic, status, source, year, actor and mission"
    )
    named: dict[str, Faceted] | None = Field(None, description="Who the actors and missions of the facets are, by id.")
    unknown: dict[str, list[str]] | None = Field(
        None, description="Of an empty page: names asked for that nobody has, each with those that come near."
    )
    sample: int | None = Field(
        None, description="Where more has the words than is looked at: rows, total and facets are of the last so many"
        " of each kind; null where they are of all."
    )  # fmt: skip


class Cited(Shape):
    """Words of a document."""

    source: str
    start: int
    end: int
    quote: str


class Shown(Cited):
    """Words that show an outcome."""

    says: str


class Decided(Shape):
    """What a person decided about a record."""

    judgement: int
    kind: str
    by: str
    at: str
    reason: str | None = None
    property: str | None = None
    was: str | None = None
    value: str | None = None


class Party(Shape):
    """Someone who has part in a fact: the record of this document, its name, and the actor over all documents."""

    id: str | None = None
    name: str
    role: str | None = None
    code: str | None = None
    actor: str | None = None


class Fact(Shape):
    """What every fact has: the documents that tell it and their words."""

    id: str
    documents: list[str]
    evidence: list[Cited]
    asserted_by: str | None = Field(None, description="Whose word it is; null: the publisher's.")
    quarantined: bool = Field(False, description="Told only in a passage grafted from another article.")
    judged: list[Decided] = []


class Engagement(Fact):
    """Something done together at a time."""

    kind: str
    date: str | None
    place: str | None
    status: str
    form: str | None = None
    occasion: str | None = None
    topics: list[str] = []
    participants: list[Party]
    part_of: str | None = None


class Act(Fact):
    """What a speaker did with words to another."""

    type: str
    mode: str | None = None
    speaker: Party | None
    addressee: Party | None
    due: str | None = None
    topics: list[str] = []
    published: str | None = None


class Position(Fact):
    """A stated view: never an undertaking."""

    speaker: Party | None
    topics: list[str] = []
    published: str | None = None


class Contribution(Fact):
    """A press claim of what a contributor gives a mission. Strength, cumulative and movement are never added up."""

    contributor: Party | None
    mission: Party | None
    what: str
    count: int | None = None
    women: int | None = None
    unit: str | None = None
    status: str
    measure: str
    date: str | None = None
    place: str | None = None
    published: str | None = None


class Agreement(Fact):
    """A memorandum, treaty, resolution, plan …"""

    kind: str
    name: str
    parties: list[Party]
    date: str | None = None
    status: str
    topics: list[str] = []
    published: str | None = None


class Named(Shape):
    """A party of an undertaking by name, with the actor over all documents where it is known."""

    actor: str | None
    name: str


class Undertaking(Shape):
    """Anything someone is now expected to do, and what documents show of its outcome."""

    id: str
    kind: str
    by: list[str]
    to: list[str]
    by_actors: list[Named] = []
    to_actors: list[Named] = []
    what: str
    topic: list[str]
    grade: str
    due: str | None
    status: str
    made: Cited
    told_again: list[Cited]
    evidence: list[Shown]
    engagement: str | None
    asserted_by: str | None
    history: list[str]
    conflict: bool = Field(False, description="Its evidence tells two outcomes, or it was promised to what had ended.")
    doubtful: list[Shown] = Field([], description="Words that may show an outcome; nothing is asserted from them.")
    renews: str | None = Field(None, description="The entry of the same promise for an earlier date.")
    renewed_by: str | None = Field(None, description="The entry of the same promise for a later date.")
    judged: list[Decided] = []


class Actor(Shape):
    """A person, state, organisation or mission over all documents."""

    id: str
    kind: str
    name: str
    code: str | None = None
    codes: list[str] = []
    names: list[str] = []
    documents: int
    counts: dict[str, int] = {}


class Document(Shape):
    """What a document's page says of itself."""

    source: str
    id: str
    url: str | None
    title: str | None
    publisher: str | None
    published: str | None
    language: str
    machine_translated: bool
    status: str
    status_reason: str | None


class Official(Shape):
    """A row of the UN's monthly tables."""

    as_of: str
    country: str
    mission: str | None
    personnel_type: str
    male: int
    female: int
    total: int


class Figures(Shape):
    """Rows of the UN's tables, by date and as printed; `dates`: every table that is kept."""

    rows: list[Official]
    dates: list[str]


class Value(Cited):
    """One of several values, with the words that give it."""

    value: str


class Conflict(Shape):
    """One subject and property with the values that documents give."""

    subject: str
    property: str
    values: list[Value]
    preferred: str
    reason: str


class Story(Shape):
    """Documents made from one text, the original first."""

    original: str
    reason: str
    copies: list[str]
    sources: list[str]
    titles: dict[str, str | None]


class Hit(Shape):
    """Something found."""

    kind: str
    id: str
    title: str
    quote: str | None = None
    source: str | None = None
    start: int | None = None
    end: int | None = None
    date: str | None = None
    status: str | None = None
    label: str | None = Field(None, description="What kind of actor, engagement … it is.")
    publisher: str | None = None


class Doubt(Shape):
    """A reason to look."""

    doubt: str
    said: str


class Asked(Shape):
    """A question for a person: `harm` is `likelihood` × `cost`."""

    question: str = Field(description="Its address, as `/review/{question}` takes it.")
    about: str
    harm: float
    likelihood: float
    cost: float
    why: list[Doubt]
    records: list[str]
    beside: list[str]
    proposed: str | None
    judgement: int | None


class Part(Shape):
    """A record at issue: as it was read, as people corrected it, and its words in their text."""

    key: str
    kind: str
    read: dict[str, list[str]]
    now: dict[str, list[str]]
    source: str
    start: int
    end: int
    before: str
    quote: str
    after: str
    document: dict[str, Any]
    stands: str


class Question(Shape):
    """A question in full."""

    entry: Asked
    parts: list[Part]
    beside: list[Part]
    decided: list[Decided]
    choices: list[str]
    fields: dict[str, list[str]] = Field(description="What may be corrected, and its values; none: any words.")
    until: str = Field(description="To be given back with the decision.")
    people: list[dict[str, Any]] = Field(description="Of two people: all that is told of each, as /actors/{id} has it.")
    alike: dict[str, float] = Field(description="Of two people: what each feature adds to how alike they are.")


class Judgement(Shape):
    """A decision: on which words, by whom, when, and whether it was taken back."""

    id: int
    kind: str
    subject: str
    object: str | None
    property: str | None
    value: str | None
    was: str | None
    reason: str | None
    by: str
    at: str
    undone_by: str | None
    undone_at: str | None
    saw: list[Cited]


class Judgements(Shape):
    """Decisions, the newest first."""

    rows: list[Judgement]
    looked_at: LookedAt


class Citation(Cited):
    """Words cited, and how they stand now: `stands`, `moved`, `changed`, `unread`, `gone` or `withdrawn`."""

    id: str = Field(description="Permanent.")
    key: str
    kind: str | None
    state: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    present: dict[str, Any] | None = Field(description="Other words that stand there now.")
    reason: str | None
    link: str
    forms: dict[str, Any] = Field(description="As text, markdown, bibtex and csl-json.")

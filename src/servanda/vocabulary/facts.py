"""Entries that tell: rules and words of engagements, acts, positions, contributions, agreements and plans."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from servanda.folding import fold
from servanda.types import EngagementKind
from servanda.vocabulary.entries import Entry

Folded = Annotated[str, AfterValidator(fold)]  # compared with words of folded text


class EngagementRule(Entry):
    """How a language tells that something is done together. `words` are the cue; what stands around it takes part.

    `shape`: `verb` (host `tiếp` guest), `noun` (`cuộc gặp giữa` … `và` …), `event` (a conference, ceremony, exercise
    that has a name of its own), `attend` (a verb that leads to an event: `tham dự`, `chủ trì`, `do` … `tổ chức`).
    `subject` and `object` are the roles of the two sides; `joined` says how the other side follows the cue: `direct`,
    `with` a preposition, `to` a receiver named after `cho`, or `either`. `alone`: one side is enough; `named`: `hai
    bên` is not, a side must be named. `dated`: only where the sentence tells the day; `nations`: how many states take
    part at least, or are acted for; `who`: a regular expression on the folded words of those before the cue, needed
    where no nations are.
    `within`: the kind of what the page tells elsewhere that this tells again (a guest's welcome is part of a visit).
    Without `kind` the words only look like a cue: they keep shorter cues inside them from firing.
    """

    kind: EngagementKind | None = None
    shape: Literal["verb", "noun", "event", "attend", "welcome"] = "verb"
    form: str | None = None
    subject: str | None = None
    object: str | None = None
    joined: Literal["direct", "with", "to", "either"] = "either"
    alone: bool = False
    named: bool = False
    dated: bool = False
    who: str | None = None
    nations: int = 0
    within: EngagementKind | None = None
    unless_before: str | None = None
    unless_after: str | None = None


class EngagementContext(Entry):
    """What the words around a cue do to it: `pattern` is a regular expression on folded text, `effect` what it does."""

    effect: str
    pattern: str


class Topic(Entry):
    """What a fact may be about, under a main `heading` of the UNBIS Thesaurus; `label` is its English name."""

    heading: str
    label: str


class SpeechWord(Entry):
    """Words that carry the grammar of speech and its predicates; `role` says which part they play.

    `verb` reports speech (khẳng định), `express` only opens a predicate (bày tỏ), `adverb` may stand between a subject
    and its verb, `negation`, `future`, `condition` and `passive` change what the verb asserts, `noun` before a cue
    makes it a noun (sự ủng hộ), `purpose` makes it an aim (nhằm kêu gọi), `join` joins predicates, `preposition` takes
    a phrase that is no subject, `genitive` (của) leaves it one, `source` names whose word it is (theo), `self` is the
    speaker (chúng tôi), `duty` is what another should do (cần), `prefix` leads to a name (phía, giới chức), `talk`
    brings two parties together (hội đàm với), `including` names some of those told before it, `visit` where the page
    tells no talk (thăm). `dated` words lead to a year that is part of a name (tầm nhìn 2030), `since` words to one in
    which nothing is to be done (kể từ 2014), `attend` words to an event that somebody goes to or holds. A `virtue`
    makes what a comma joins to it another quality. `besides` (đồng thời) stands like an adverb, or goes on with what
    was done before; what is said after `therein` (trong đó) stands in a text told of before, whose subject nobody is.
    """

    role: str


class CitingWords(Entry):
    """Words by which the page tells through whom its word came: `opens` (theo A, …) or `cites` (A dẫn lời B).

    `whole`: told in the lead, it stands behind all that the page tells; where there is an `after`, only if A stands
    right after one of its words.
    """

    frame: Literal["opens", "cites"]
    whole: bool = False
    after: tuple[str, ...] = ()


class ActRule(Entry):
    """Words with which a speaker does something to another, and where that other stands.

    `object`: `direct` the words right after the cue name the addressee (đề nghị Nga), `any` someone named in the
    clause, `talk` the other side of the talk under way; `open` is to the object of the cue or to nobody; `named` and
    `both` are no act without an addressee named in the clause, or without two sides, `told` none without one right
    after the cue. `needs`: words one of which must stand in what follows the cue; `stops` words that may not follow it
    directly. `after`: `told` where somebody must be told to say it, `other` where somebody must be told to say it of
    another. A `verb` also reports what the speaker says; a `weak` cue, after a comma in what somebody asks or promises,
    only goes on with that (đề nghị Nga chia sẻ kinh nghiệm, ủng hộ …). `mode` says how it is done; `modes` where that
    shows in words of what follows (từ chối yêu cầu is a refusal).
    """

    type: str
    mode: str | None = None
    modes: dict[str, tuple[Folded, ...]] = Field({})
    object: str = "direct"
    needs: tuple[Folded, ...] = ()
    stops: tuple[Folded, ...] = ()
    after: tuple[str, ...] = ()
    verb: bool = False
    weak: bool = False


class PositionRule(Entry):
    """Words with which a speaker states a view; `needs` and `stops` as in an act rule.

    `verb` is true where they report what the speaker says (khẳng định), so that a clause may follow.
    """

    verb: bool = False
    needs: tuple[Folded, ...] = ()
    stops: tuple[Folded, ...] = ()


class ContributionWords(Entry):
    """Words of contributions to peace operations. `role` says which part they play in the clause.

    `unit` names what is given: `what` its kind, `people` whether it is counted by heads, `duty` whether it may also be
    what someone serves as, `extra` heads that only tell how large a unit is. `place` is a place of the mission
    `mission`. Every other role is a cue that a rule (file contribution_rules) asks for; a `passive` one follows those
    who are sent. `cues` are words like `words`, looked for only where a page speaks of peace operations; `tokens` only
    right before or between what they join; `pattern` is a regular expression over the folded text.
    """

    role: str
    cues: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    pattern: str = ""
    what: str | None = None
    people: bool = False
    duty: bool = False
    extra: bool = False
    passive: bool = False
    mission: str | None = None


class ContributionRule(Entry):
    """How a clause with a unit is read; the first rule that fits counts.

    `when` are the cues that must all stand in the clause, `any` those of which one must, `unless` those that must not.
    `status` and `measure` are what the fact then says; `counted` the measure where the clause tells a number.
    """

    when: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    status: str
    measure: str
    counted: str | None = None
    confidence: float = 0.7


class AgreementWords(Entry):
    """Words of agreements. `role` `kind` names one: `kind` what it is, `weak` where it counts only when signed or
    adopted here, `needs_parties` how many must be named, `parties` the codes of those known to all. Other roles are
    cues, whose `cues` are looked for beside a kind only: `sign`, `adopt`, `await`, `propose` say how far it has come;
    `between`, `with`, `of` lead to its parties; `many` and `this` make it no single new one; `name_end` ends its name,
    `and` where another agreement follows;
    `pair` and `joint` are patterns of what may stand between two parties.
    """

    role: str
    kind: str | None = None
    weak: bool = False
    needs_parties: int = 2
    parties: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    pattern: str = ""


class PlanWords(Entry):
    """Words of what is to come. `role`: `will`, `planned`, `decided` (told as decided or being prepared), `deadline`
    (until when another is to do it), `term` (until when its subject is), `limit` (a deadline by name), `length` (of
    time, in `hours`), `step` (goes on with the next part of a plan), `aim`
    (what a dated plan is to reach by a date of its own), how it came otherwise: `postponed`,
    `cancelled`, `changed`, or what keeps it from being a plan: `effect`, `condition`, `doubt`, `observer` (who only
    foresees); `who`: ends the name of who is no actor (bệnh viện số 2, các nước này)."""

    role: Literal[
        "will", "planned", "decided", "deadline", "term", "limit", "length", "step", "aim", "postponed", "cancelled",
        "changed", "effect", "condition", "doubt", "observer", "who",
    ]  # fmt: skip
    hours: int = 0

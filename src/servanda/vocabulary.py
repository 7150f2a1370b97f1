"""What an entry of each data file may say. One class a kind of file; `FILES` says which file holds which.

An entry is complete in itself: its words, what they mean, examples that must be read so and counterexamples that must
not. Words are written as a linguist writes them: `(cảm|cám) ơn`, with `|` between alternatives and an empty one for
"or nothing". A word written in lower case matches any case; with a capital it needs one in the text; `LHQ`, all
capitals, is matched exactly.
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict

from servanda.types import EngagementKind

GROUP = re.compile(r"\(([^()]*)\)")


class Entry(BaseModel):
    """The least an entry says. `words` are the forms that the scan looks for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    note: str | None = None


class State(Entry):
    """A state or territory; `id` is its ISO 3166-1 alpha-2 code. `paired` forms mean it only beside another state."""

    name: str = ""
    paired: tuple[str, ...] = ()


class Capital(Entry):
    """A capital whose name stands for the government of `state` (ISO code) when it acts."""

    state: str


class Mission(Entry):
    """A peace operation; `id` is its acronym. `start` and `end` are months, `states` ISO codes; `places` are the words
    that say which operation is meant after a word for one (Phái bộ … tại Nam Sudan)."""

    english: str = ""
    start: str | None = None
    end: str | None = None
    states: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    by: str = "UN"


class Body(Entry):
    """A body known by name: `code` its usual acronym, `state` the ISO code of the state that it belongs to.

    `generic`: every state has one (Quốc hội, quân đội): the state after it is part of its name. `weak`: an actor only
    when it acts or is spoken to. `cited`: counted only where the text cites it as a source (theo RT, RT đưa tin).
    """

    code: str | None = None
    state: str | None = None
    of: str | None = None
    generic: bool = False
    weak: bool = False
    cited: bool = False


class BodyHead(Entry):
    """A word that opens the name of a body, and what may follow: `takes` names kinds of words (sector, state, body,
    name, place, at, of, list). `acts`: with a state alone it names a body (quân đội Pháp). `strict`: written small, it
    needs a name of its own (tập đoàn Cisco, not tập đoàn Mỹ). `loose`: its field may be written small (Bộ quốc phòng).
    `unless_after`: words before it that make it another word.
    """

    takes: tuple[str, ...] = ("sector", "state", "body")
    acts: bool = False
    strict: bool = False
    loose: bool = False
    unless_after: tuple[str, ...] = ()


class Sector(Entry):
    """Words that stand inside names of bodies and posts after their head: ngoại giao, khoa học và công nghệ.

    `kind`: `field`; `adjective` may follow a field directly (quốc gia); `opener` may be followed by one (nghiên cứu).
    """

    kind: Literal["field", "adjective", "opener"] = "field"


class Title(Entry):
    """A word for what a person is. `kind`: `office`, `rank`, `honorific`, or `role` (a calling, no office).

    `gender` m or f where the word tells it; `alone`: the word alone stands for its holder; `state`: an office of a
    state, for which the state may stand; `leads`: of one who heads a state or government.
    """

    kind: Literal["office", "rank", "honorific", "role"] = "office"
    gender: Literal["m", "f"] | None = None
    alone: bool = False
    state: bool = False
    leads: bool = False
    group: bool = False
    bound: bool = False


class Place(Entry):
    """Names of places that are no actors: they keep the states and persons in them from being read (Nam Mỹ)."""


class NameWord(Entry):
    """Lists of syllables and words for persons' names, not looked for by the scan: `list` holds them."""

    list: tuple[str, ...] = ()
    pattern: str = ""


class Pinyin(Entry):
    """A syllable of Chinese transcription; each reading is a character and its Sino-Vietnamese reading (`武 Vũ`)."""

    surname: tuple[str, ...] = ()
    given: tuple[str, ...] = ()


class Phrase(Entry):
    """Small words that carry the grammar of names: `role` says which (sides, place, acting, …)."""

    role: str
    list: tuple[str, ...] = ()
    pattern: str = ""


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
    which nothing is to be done (kể từ 2014), `attend` words to an event that somebody goes to or holds.
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
    `both` are no act without an addressee named in the clause, or without two sides. `needs`: words one of which must
    stand in what follows the cue;
    `stops` words that may not follow it directly. `after`: `told` where somebody must be told to say it, `other` where
    somebody must be told to say it of another. A `verb` also reports what the speaker says; a `weak` cue, after a comma
    in what somebody asks or promises, only goes on with that (đề nghị Nga chia sẻ kinh nghiệm, ủng hộ …). `mode` says
    how it is done; `modes` where that shows in words of what follows (từ chối yêu cầu is a refusal).
    """

    type: str
    mode: str | None = None
    modes: dict[str, tuple[str, ...]] = {}
    object: str = "direct"
    needs: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    verb: bool = False
    weak: bool = False


class PositionRule(Entry):
    """Words with which a speaker states a view; `needs` and `stops` as in an act rule.

    `verb` is true where they report what the speaker says (khẳng định), so that a clause may follow.
    """

    verb: bool = False
    needs: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()


class DateWords(Entry):
    """Part of the grammar of dates; `role` says which.

    `piece` a pattern that others name in braces; `strong` and `weak` the words before a date; `number` and `word` a
    date expression tried where a number, or one of `words`, starts, whose named groups d1 m1 y1 d2 m2 y2 w1 q half1
    half2 decade say what is read; `relative` and `weekday` words that count `shift` units from `base` (the page's own
    day, or the day told before); `plan` words that put a date ahead of the report, `ahead` tokens after it that do,
    `event` phrases that carry the report's year, `barrier`, `count` and `unit` tokens that make a number no date,
    `month` the number of a month's names, `ordinal` tokens that after `counted` ones are no part of the date. `cue` is
    the least that must stand before: strong, weak, year or none. `tokens` are single words looked for beside a date.
    """

    role: str
    pattern: str = ""
    tokens: tuple[str, ...] = ()
    cue: str = "none"
    unit: str = "day"
    shift: int = 0
    base: str = "page"


class NoiseRule(Entry):
    """Words that give away what is not the article; `role` says how clean uses them, `kind` what the noise is called.

    `label` heads a line of a dump's header and `field` says what the line holds (title, published, summary, content);
    `photo` and `byline` come before the name of a photographer, author or agency, `agency` is such a name; `page` is a
    whole line of a page's furniture, `language` one item of a list of languages; `related` heads links to other
    pages; `spam` and `advert` weigh for a line that sells something; `clip` heads a caption itself. `forms` are words
    that are only looked for where a line or its end is in question, never in the whole text.
    """

    kind: str
    role: str
    field: str | None = None
    forms: tuple[str, ...] = ()


class TranslationSign(Entry):
    """A sign that a machine translated a text: `pattern` is a regular expression over the text, case and all.

    `sort` says what it shows (name, term, order, calque, punctuation): a page needs signs of two sorts. `weight` is
    how much one hit says; `most` caps how many hits count. A pattern is only tried where one of the `words` stands.
    """

    sort: str
    pattern: str
    weight: float
    most: int = 1
    reason: str


class SentenceWords(Entry):
    """Word lists that tell where sentences end; never scanned for, so `forms` and not `words`.

    `role`: `opening` words stand with a capital only where a sentence starts, `abbreviation` ends in a full stop that
    ends no sentence, `asker` and `answerer` head the turns of an interview.
    """

    role: str
    forms: tuple[str, ...]


class NumberWord(Entry):
    """A number in words. `role`: `digit` is added, `scale` multiplies, `approx` stands before, `glue` between."""

    role: str
    tokens: tuple[str, ...]
    value: int = 0


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
    `between`, `with`, `of` lead to its parties; `many` and `this` make it no single new one; `name_end` ends its name;
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
    foresees)."""

    role: Literal[
        "will", "planned", "decided", "deadline", "term", "limit", "length", "step", "aim", "postponed", "cancelled", "changed",
        "effect", "condition", "doubt", "observer",
    ]  # fmt: skip
    hours: int = 0


def expand(words: str) -> list[str]:
    """Every literal form of a pattern: `(cảm|cám) ơn` gives two. Groups may nest; spaces are made single."""
    group = GROUP.search(words)
    if group is None:
        return [" ".join(words.split())]
    before, after = words[: group.start()], words[group.end() :]
    forms = (form for choice in group[1].split("|") for form in expand(before + choice + after))
    return list(dict.fromkeys(forms))


FILES: dict[str, type[Entry]] = {
    "agreements": AgreementWords,
    "numbers": NumberWord,
    "contributions": ContributionWords,
    "contribution_rules": ContributionRule,
    "noise": NoiseRule,
    "sentences": SentenceWords,
    "translated": TranslationSign,
    "dates": DateWords,
    "acts": ActRule,
    "positions": PositionRule,
    "plans": PlanWords,
    "speech": SpeechWord,
    "citing": CitingWords,
    "topics": Topic,
    "states": State,
    "capitals": Capital,
    "missions": Mission,
    "bodies": Body,
    "body_heads": BodyHead,
    "sectors": Sector,
    "titles": Title,
    "places": Place,
    "name_words": NameWord,
    "given_names": NameWord,
    "pinyin": Pinyin,
    "name_grammar": Phrase,
    "engagements": EngagementRule,
    "engagement_context": EngagementContext,
}
__all__ = ["FILES", "Entry", "expand"]

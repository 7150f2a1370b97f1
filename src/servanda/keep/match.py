"""Whether two tellings are of one engagement: a table of features, weights as data, a sum that explains itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from pydantic import BaseModel, ConfigDict
from rapidfuzz.fuzz import token_set_ratio

from servanda.datafile import language_files, schema_file
from servanda.keep.languages import Plain, together
from servanda.keep.names import plain
from servanda.keep.parties import guests, pairs, parts, people, sides
from servanda.keep.telling import Telling
from servanda.keep.when import When, apart, when, within

NUMBER = re.compile(r"\d+")
PROPER_NAME = re.compile(r"\b[A-Z]\w{5,}")  # of one word: `Honolulu`, never a syllable
TOLD = 4  # words: a telling of fewer says nothing by its words
YEAR = re.compile(r"(?:19|20)\d\d")
DAYS = 10  # that a date may leave open and still be one of days
MONTH = 31  # days
SITE = 90  # likeness, of 100, of two names of one house
LONE = 0.7  # likeness of names that share one word of their own
UNLIKE = 0.15  # likeness of names of occasions below which they are two
DEED = 0.5  # share of what is told of a deed from which it is no occasion like any other
LAST = ("place", "words", "deed", "kind", "form", "occasion")  # features that take longest
DATED = ("sameday", "overlap", "near", "month", "moved")
AHEAD = ("planned", "proposed")
PUT_OFF = "postponed"


class Occasions(BaseModel):
    """lang/<xx>/keeping/occasions.yaml: plain words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    common: frozenset[Plain]
    ordinals: dict[Plain, str]
    often: tuple[Plain, ...]


class Weights(Occasions):
    """schema/match.yaml, and the words of all languages."""

    groups: dict[str, list[str]]
    across: list[list[str]]
    slack: dict[str, int]
    moved: int
    put_off: int
    era: int
    together: float
    least: float
    review: float
    never: float
    exclude: dict[str, frozenset[str]]
    margin: float
    same_document: dict[str, float]
    weights: dict[str, dict[str, float]]


@dataclass(slots=True, frozen=True)
class Match:
    """Two tellings beside each other: every feature with its value, and the weighted sum."""

    first: tuple[int, str]
    second: tuple[int, str]
    group: str
    score: float
    features: dict[str, float] = field(default_factory=dict)

    @property
    def dated(self) -> bool:
        """Days speak for it."""
        return any(name in self.features for name in DATED)

    @property
    def excluded(self) -> bool:
        """A feature alone keeps the two apart."""
        return not excluding(self.group).isdisjoint(self.features)

    def only(self, name: str) -> bool:
        """Nothing but this feature keeps the two apart."""
        return self.features.keys() & excluding(self.group) == {name}

    def without(self, name: str) -> float:
        """The sum without one feature."""
        return self.score - self.features.get(name, 0.0) * weights().weights[self.group].get(name, 0.0)

    def table(self) -> list[tuple[str, float, float]]:
        """Feature, value, what it adds to the sum."""
        weight = weights().weights[self.group]
        return [(name, value, round(value * weight.get(name, 0.0), 3)) for name, value in self.features.items()]


def excluding(group: str) -> frozenset[str]:
    """The features that keep two tellings of a group apart alone."""
    return weights().exclude[group]


@cache
def weights() -> Weights:
    """The data files, checked. Raises BadData."""
    words = together(language_files("occasions.yaml", Occasions).values())
    return schema_file("match.yaml", Weights, **dict(words))


@cache
def group_of(kind: str) -> str:
    """The group of a kind of engagement: visit, meeting or event."""
    return next((name for name, kinds in weights().groups.items() if kind in kinds), "event")


def comparable(a: Telling, b: Telling) -> str | None:
    """The group by whose weights two tellings are compared; None where their kinds exclude each other."""
    first, second = group_of(a.kind), group_of(b.kind)
    if first == second:
        return first
    if not any({first, second} == set(pair) for pair in weights().across):
        return None
    event = a if first == "event" else b
    return second if event is a and _of_two(a) else first if event is b and _of_two(b) else "event"


def _of_two(telling: Telling) -> bool:
    """A conference that is a meeting of two under another name: `cuộc gặp thượng đỉnh giữa A và B`."""
    kinds = {w.kind for w in telling.who}
    two = len(telling.who) == 2 and len(kinds) == 1 and kinds <= {"person", "state"}
    return two and telling.kind == "conference" and (_often(telling) or not proper(telling))


def far_apart(a: Telling, b: Telling) -> bool:
    """Their days are so far from each other that nothing else needs to be looked at."""
    first, second = when(a.date), when(b.date)
    if first is None or second is None or first.days > MONTH or second.days > MONTH:
        return False
    return apart(first, second) > (weights().put_off if put_off(a, b) else weights().moved)


def put_off(a: Telling, b: Telling) -> bool:
    """One tells that what the other plans, or tells as held since, was put off: its day may be the old or the new."""
    return PUT_OFF in (a.status, b.status)


def match(a: Telling, b: Telling, *, likely: bool = False) -> Match | None:
    """The features of two tellings and their sum; None where they cannot be one.

    With `likely` None too where who takes part and when leaves no hope that a person should look at it.
    """
    group = comparable(a, b)
    if group is None:
        return None
    visit = group == "visit"
    features = (guests(a, b) if visit else people(sides(a), sides(b))) | _time(a, b, group) | _sole(a, b)
    weight = weights().weights[group]
    if likely and _sum(features, weight) + _hope(group) < weights().review:
        return None
    features |= _place(a, b, by_state=visit) | _words(a, b, features) | _form(a, b) | _states(a, b, features)
    features |= parts(a, b)
    features = {name: value for name, value in features.items() if value}
    return Match(a.id, b.id, group, round(_sum(features, weight), 3), features)


def _sum(features: Mapping[str, float], weight: Mapping[str, float]) -> float:
    return sum([value * weight.get(name, 0.0) for name, value in features.items()])


@cache
def _hope(group: str) -> float:
    """The most that what is compared last can add."""
    return sum(max(0.0, weights().weights[group].get(name, 0.0)) for name in LAST)


def _sole(a: Telling, b: Telling) -> dict[str, float]:
    """One body that sits by itself, on one day."""
    alone = _body(a) and _body(b) and within(a.date, b.date, 0) and bool(pairs(a.who, b.who))
    return {"sole": float(alone)}


def _states(a: Telling, b: Telling, features: Mapping[str, float]) -> dict[str, float]:
    """States that the one names and the other does not; at a conference of one name many are."""
    known = bool(features.get("persons")) or (a.kind == b.kind == "conference" and bool(_occasion(a, b)))
    two_sided = len(a.states) <= 2 and len(b.states) <= 2
    apart = bool(a.states - b.states and b.states - a.states)
    visit = group_of(a.kind) == "visit"
    return {
        "otherstates": float(two_sided and apart and not known),
        "outsider": float(not known and (_outsider(a, b) or _outsider(b, a))),
        "across": float(group_of(a.kind) != group_of(b.kind)),
        "unplaced": float(bool(visit and bool(a.to) != bool(b.to) and a.place and b.place)),
        "site": float(bool(a.site) != bool(b.site)),
    }


def _outsider(a: Telling, b: Telling) -> bool:
    """Someone takes part for a state of which the other telling, that names states of both sides, knows nothing."""
    return len(b.states) > 1 and any(w.states and not w.states & b.states for w in a.who)


def _form(a: Telling, b: Telling) -> dict[str, float]:
    """Kinds and forms: a call is no meeting in a house, and a courtesy call no talks."""
    forms, kind = bool(a.form and b.form), a.kind == b.kind
    other = not kind and group_of(a.kind) == group_of(b.kind)
    return {"kind": float(kind), "otherkind": float(other), "form": float(forms and a.form == b.form),
            "otherform": float(forms and a.form != b.form)}  # fmt: skip


def _body(telling: Telling) -> bool:
    """A body that sits by itself: a council votes, a committee meets."""
    day = when(telling.date)
    alone = len(telling.who) == 1 and telling.who[0].kind in ("organisation", "mission")
    return alone and day is not None and day.days == 1


def _time(a: Telling, b: Telling, group: str) -> dict[str, float]:
    """Days beside days, else the time of the document for what has no date; a plan may be moved."""
    first, second = when(a.date), when(b.date)
    if first and second and first.days <= MONTH and second.days <= MONTH:
        return _dates(a, b, first, second, group)
    found = {"over": float(_over(a, b) or _over(b, a))}
    one, other = first or when(a.era), second or when(b.era)
    found["undated"] = float(first is None and second is None)
    history = float(not (first and second) and (_past(a) or _past(b)))
    if one is None or other is None:
        return found | {"timeless": 1.0, "history": history}
    gap = apart(one, other)
    near = 0 < gap <= weights().era and one.days <= MONTH and other.days <= MONTH
    far = gap > 0 and not near
    if one.yearless != other.yearless:
        vague = bool(first and second) and max(one.days, other.days) > MONTH
        season = {"near_era": float(near), "other_era": float(far)}
        return found | season | {"anyyear": 1.0, "history": history, "unmet": float(vague)}
    if gap == 0 and first and second:
        return found | {"year": 1.0}
    return found | {"era": float(gap == 0), "near_era": float(near), "other_era": float(far),
                    "anyyear": float(one.yearless)}  # fmt: skip


def _past(telling: Telling) -> bool:
    """A year is told that is not known to be that of the page: what has no date there is of the page's own time."""
    date, era = when(telling.date), when(telling.era)
    if date is None or date.yearless:
        return False
    return era is None or era.yearless or apart(date, era) > weights().era


def _dates(a: Telling, b: Telling, first: When, second: When, group: str) -> dict[str, float]:
    gap, rules = apart(first, second), weights()
    if gap and put_off(a, b) and gap <= rules.put_off:
        return {"moved": 1.0}
    if first.days > DAYS or second.days > DAYS:
        return {"month": float(gap == 0), "apart": float(gap > 0)}
    if gap == 0:
        same = first.days == second.days == 1
        return {"sameday": float(same), "overlap": float(not same)}
    planned = (a.status == "held") != (b.status == "held")
    near, far = gap <= rules.slack[group], planned and gap <= rules.moved
    return {"near": float(near), "far": float(far and not near), "apart": float(not near and not far)}


def _over(a: Telling, b: Telling) -> bool:
    """One was held before the document that still plans the other."""
    held, told = when(a.date), when(b.era)
    return bool(a.status == "held" and b.status in AHEAD and not b.date and held and told
                and not held.yearless and not told.yearless and (told.first - held.last).days > 2)  # fmt: skip


def _place(a: Telling, b: Telling, *, by_state: bool) -> dict[str, float]:
    """Places by their first words; a visit's by the states it goes to, or by the house it goes to."""
    if a.site and b.site:
        same = token_set_ratio(a.site, b.site) >= SITE
        return {"place": float(same), "otherplace": float(not same)}
    if a.to and b.to and (by_state or not a.to & b.to):
        return {"place": float(bool(a.to & b.to)), "elsewhere": float(not a.to & b.to)}
    first, second = plain(a.place or "").split()[:2], plain(b.place or "").split()[:2]
    one = bool(first and second) and (first == second or _same_place(a.place or "", b.place or ""))
    return {"place": float(one), "otherplace": float(bool(first and second) and not one)}


def _same_place(a: str, b: str) -> bool:
    """One is named within the other, or both hold a proper name too long to be shared by chance."""
    shared = set(PROPER_NAME.findall(a)) & set(PROPER_NAME.findall(b))
    return bool(shared) or token_set_ratio(plain(a), plain(b)) == 100


def _words(a: Telling, b: Telling, features: Mapping[str, float]) -> dict[str, float]:
    """How alike the occasion is told, by its own words: those that not every occasion has, and its numbers."""
    told = min(len(a.said.split()), len(b.said.split())) >= TOLD
    found = {"words": max(0.0, token_set_ratio(a.said, b.said) / 50 - 1) if told else 0.0}
    first, second = proper(a), proper(b)
    found["deed"] = _deed(a, b)
    nameless = not first or not second
    found["generic"] = float(nameless and not features.get("persons") and found["deed"] < DEED)
    if first and second:
        found["occasion"] = _occasion(a, b)
        found["unlike"] = float(found["occasion"] < UNLIKE)
    found["ordinal"] = float(_numbers_differ(a.called, b.called))
    found["often"] = float(_often(a) and _often(b) and not _days(a, b))
    return found


def _deed(a: Telling, b: Telling) -> float:
    """How much of what is done is told in one word by both, beside names, places and what every occasion has."""
    first, second = done(a), done(b)
    shared = len(first & second)
    return shared / min(len(first), len(second)) if shared >= TOLD - 1 else 0.0


def done(telling: Telling) -> frozenset[str]:
    """The words of its telling that are its own: nobody's name, no place, none that every occasion has."""
    if telling.done is None:
        names = {word for w in telling.who for words in (*w.forms, *map(plain, w.posts)) for word in words.split()}
        others = names | set(plain(telling.place or "").split()) | weights().common
        telling.done = frozenset(word for word in telling.said.split() if word not in others)
    return telling.done


def _occasion(a: Telling, b: Telling) -> float:
    """How much of the words that are an occasion's own is shared: 0 below a third, 1 where all are; one is few."""
    first, second = proper(a), proper(b)
    shared = len(first & second)
    if not shared:
        return 0.0
    likeness = (shared / min(len(first), len(second)) + 2 * shared / (len(first) + len(second))) / 2
    return min(LONE if shared == 1 else 1.0, max(0.0, likeness - 0.3) / 0.7)


def _days(a: Telling, b: Telling) -> bool:
    """Both are told to the day."""
    return all(day is not None and day.days <= DAYS for day in (when(a.date), when(b.date)))


def _often(telling: Telling) -> bool:
    """Its name is of a kind that a body holds again and again: a meeting, a session."""
    return any(telling.called.startswith(words) for words in weights().often)


def proper(telling: Telling) -> frozenset[str]:
    """The words of its occasion's name that are its own: none that every occasion has, no number, nobody's name.

    A reception of someone is not any reception of them.
    """
    if telling.proper is None:
        people = (w for w in telling.who if w.kind == "person") if telling.called else ()
        names = {word for w in people for words in (*w.forms, *map(plain, w.posts)) for word in words.split()}
        telling.proper = frozenset(word for word in _own(telling.called) if word not in names)
    return telling.proper


@lru_cache(65536)
def _own(called: str) -> tuple[str, ...]:
    common = weights().common
    return tuple(word for word in called.split() if word not in common and not word.isdigit())


def _numbers_differ(a: str, b: str) -> bool:
    """Both tell an ordinal, or both a year, and not the same."""
    first, second = _numbers(a), _numbers(b)
    years = ({n for n in numbers if YEAR.fullmatch(n)} for numbers in (first, second))
    one, other = years
    ordinals = first - one, second - other
    return bool((one and other and not one & other) or (all(ordinals) and not ordinals[0] & ordinals[1]))


@lru_cache(65536)
def _numbers(called: str) -> frozenset[str]:
    """The numbers of an occasion's name, also those told in words."""
    spaced = f" {called} "
    told = {number for words, number in weights().ordinals.items() if f" {words} " in spaced}
    return frozenset(told or NUMBER.findall(called))

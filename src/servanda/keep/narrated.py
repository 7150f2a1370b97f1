"""Sentences as outcomes: what was promised told in the same words as done, put off, called off or refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from servanda.keep.answers import FEW, Answers
from servanda.keep.deeds import TELLS, Deed, Numbers
from servanda.keep.gist import Gist, gists, unit_key
from servanda.keep.match import group_of
from servanda.keep.promises import Promise, moved
from servanda.keep.rules import rules
from servanda.keep.weighing import Status, Weighed, any_alike, share, weighed
from servanda.keep.when import When, apart, when

MANY = 6  # words of a promise found again: enough of any promise
WHOLE = 0.8  # of the words: nothing else is meant, though it is told without a name, a number or a day
LITTLE = 0.34  # of the words: what was done may be another thing
OBJECT, SUBJECT, BORNE = 8, 10, 4  # own words after what ends it, and before; words right before that say it is borne
BEFORE, AFTER, BEHIND = 6, 14, 8  # words around those found again in which it is said how they are meant
IN_PASSING = 0.4  # of what speaks against an engagement that is not coded as held
MONTH, LATE = 31, 400  # days
FEWER = 0.95  # of the number promised: below, a part of it
WISHES = ("wish", "consent")  # modes: both sides wish it, and neither is to do it
AS = "as"  # it says that it is what was asked or promised
SAYS: dict[str, Status] = {"done": "kept", "moved": "postponed", "off": "withdrawn", "no": "refused"}


@dataclass(slots=True, frozen=True)
class _Beside:
    """A promise and a sentence: the words and names of the one found in the other, and how it means them.

    `on_day`: it tells the day on which that was due.
    """

    promise: Promise
    gist: Gist
    deed: Deed
    covered: frozenset[str]
    names: frozenset[str]
    kind: str
    on_day: bool

    @property
    def done(self) -> bool:
        return self.kind == "done"


def narrated(promise: Promise, answers: Answers) -> Iterator[Weighed]:
    """Later sentences that tell in the words of a promise what came of it."""
    told_in = {f.number for f in promise.facts}
    for gist in gists(promise):
        rare = frozenset(answers.few(answers.deeds, gist.pairs, FEW))
        names = gist.names.intersection(word for pair in rare for word in pair.split())
        for deed in answers.near(answers.deeds, gist.keys, gist.fact.time, rare=FEW):
            if not isinstance(deed, Deed) or deed.number in told_in:
                continue
            if it := _beside(promise, gist, deed, rare & deed.pairs, names):
                yield weighed("narrated", _features(it), deed.passage, _status(it), f"told as {it.kind}", deed.number,
                              day=deed.due)  # fmt: skip


def _beside(promise: Promise, gist: Gist, deed: Deed, shared: Iterable[str], names: frozenset[str]) -> _Beside | None:
    """Set beside each other by pairs of words and `names` that not everybody tells; None where the sentence says
    nothing of the promise."""
    names &= {w.plain for w in deed.words if w.name}
    covered = gist.own & names.union(word for pair in shared for word in pair.split())
    kind, due = _kind(gist, deed, [n for n, w in enumerate(deed.words) if w.plain in covered]), when(gist.fact.due)
    if kind is None:
        return None
    on_day = due is not None and any(apart(due, day) == 0 and day.days <= MONTH for day in _days(deed))
    return _Beside(promise, gist, deed, covered, names, kind, on_day)


def _days(deed: Deed) -> list[When]:
    return [day for it in deed.dates if (day := when(it))]


def _kind(gist: Gist, deed: Deed, found: Sequence[int]) -> str | None:
    """How the words found again are meant; None where they are still to come, or nothing says."""
    at = found or [n for n, kind in deed.marks if kind in TELLS]
    first, last = min(at) - BEFORE, max(at)
    near = [(n, kind) for n, kind in deed.marks if n >= first and any(-BEHIND <= n - place <= AFTER for place in at)]
    told = {"done" if kind == "ends" else kind for _, kind in near if kind in TELLS}
    meant = any(kind not in (*TELLS, AS) and n <= last for n, kind in deed.marks if n >= first)
    told -= {kind for kind in told & {"off", "moved"} if found and not _ended(gist, deed, found, kind)}
    if told & {"off", "moved"}:
        return None if gist.kind == "request" else "off" if "off" in told else "moved"
    if "no" in told:
        return "no" if gist.kind in rules().refusable and share(gist.doers, deed.by) else None
    return "done" if "done" in told and not meant else None


def _ended(gist: Gist, deed: Deed, at: Sequence[int], kind: str) -> bool:
    """What is put off or called off is what was promised: told right after that, or before where it is `bị hoãn`.

    A promise to call something off is kept by it.
    """
    said = f" {gist.said} "
    ends = (n for n, told in deed.marks if told == kind and f" {deed.words[n].plain} " not in said)
    return any(set(at) & set(_object(deed, n)) for n in ends)


def _object(deed: Deed, mark: int) -> list[int]:
    """The words by which what is put off or called off is told: those after it up to the next that says how a thing is
    meant, or those before it where that is borne."""
    own = [n for n, word in enumerate(deed.words) if word.own]
    if any(word.plain in rules().borne for word in deed.words[max(0, mark - BORNE) : mark + 1]):
        return [n for n in own if n < mark][-SUBJECT:]
    stop = next((n for n, kind in deed.marks if n > mark and kind not in ("ahead", "asked")), len(deed.words))
    return [n for n in own if mark < n < stop][:OBJECT]


def _status(it: _Beside) -> Status:
    due = it.gist.fact.due
    if not it.done:
        return SAYS[it.kind]
    if moved(due, it.deed.due) or _other_day(due, it.deed.due):
        return "changed"
    return "partly_kept" if _fewer(it.gist.numbers, it.deed.numbers) else "kept"


def _other_day(due: str | None, day: str | None) -> bool:
    a, b = when(due), when(day)
    return bool(a and b and a.days == b.days == 1 and apart(a, b) > rules().slack["event"])


def _features(it: _Beside) -> dict[str, float]:
    return _by_words(it) | _by_sides(it) | _by_numbers(it) | _by_time(it)


def _by_words(it: _Beside) -> dict[str, float]:
    kinds = {kind for _, kind in it.deed.marks}
    verbless = it.done and "ends" not in kinds and all(w.plain != it.gist.verb for w in it.deed.words)
    return {
        "covered": len(it.covered) / len(it.gist.own),
        "many": min(1.0, len(it.covered) / MANY),
        "names": float(bool(it.names)),
        "little": float(it.done and len(it.covered) < LITTLE * len(it.gist.own)),
        "headless": float(it.done and not it.covered & it.gist.head),
        "verbless": float(verbless),
        "vague": float(it.done and not it.names and not it.gist.numbers and not it.gist.fact.due and not _whole(it)),
        "asked": float(it.kind == "no" and "asked" in kinds),
        "as_asked": float(it.done and AS in kinds),
        "wish": float(it.done and it.gist.fact.mode in WISHES),
        "engaged": _engaged(it),
    }


def _whole(it: _Beside) -> bool:
    """It tells nearly all words of a promise of many: that is no other thing."""
    return len(it.covered) >= MANY and len(it.covered) >= WHOLE * len(it.gist.own)


def _engaged(it: _Beside) -> float:
    """An engagement is told as held by those who code it; in passing, only an event of that day and place."""
    if it.promise.engagement is None or it.gist.unit or not it.done:
        return 0.0
    event = group_of(it.promise.engagement.first.kind) == "event"
    return IN_PASSING if event and it.on_day and it.names else 1.0


def _by_sides(it: _Beside) -> dict[str, float]:
    actor = float(any_alike(it.gist.doers, it.deed.by)) or 0.7 * share(it.gist.doers, it.deed.by)
    side = any_alike(it.gist.receivers, it.deed.by)
    return {"actor": actor, "other_side": float(side), "nobody": float(not actor and not side and not it.gist.unit)}


def _by_numbers(it: _Beside) -> dict[str, float]:
    own, told = it.gist.numbers, it.deed.numbers
    same = any(key[0] == ">" and numbers & told.get(key, set()) for key, numbers in own.items())
    units = [key for key in own if key[0] == "<" and key[1:] in rules().ordinals and key in told]
    return {
        "number": float(same),
        "unnumbered": float(it.done and it.gist.counted and not same),
        "unit": float(bool(it.gist.unit) and it.gist.unit in told.get(unit_key(), ())),
        "no_unit": float(it.done and it.gist.fact.what is not None and not it.gist.unit),
        "other_unit": float(any(not own[key] & told[key] for key in units)),
    }


def _fewer(own: Numbers, told: Numbers) -> bool:
    """Of what was promised by number, fewer are told."""
    both = [(numbers, told[key]) for key, numbers in own.items() if key[0] == ">" and key in told]
    return any(max(map(int, b)) < FEWER * min(map(int, a)) for a, b in both)


def _by_time(it: _Beside) -> dict[str, float]:
    made, told, due = it.gist.fact.time, it.deed.time, when(it.gist.fact.due)
    order = made.order(told)
    days = [day for day in _days(it.deed) if not day.yearless]
    over = made.first and days and all(day.last < made.first for day in days)
    return {
        "on_day": float(it.on_day),
        "planned_day": float(it.on_day and it.kind in ("off", "moved")),
        "early": float(bool(it.done and due and told.last and not due.yearless and due.first > told.last)),
        "late": float(made.apart(told) > LATE),
        "later": float(order > 0),
        "unordered": float(order == 0),
        "before": float(order < 0 or bool(over)),
    }

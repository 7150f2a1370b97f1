"""One record for one real engagement, however many sentences tell it; and which is part of which."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from servanda.types import EngagementStatus, Span

MOST_TOLD = 20
STATED = ("official", "state")
FAR = 200  # engagements back, at most, among which one told again is looked for
OTHER = ({"talks", "audience"}, {"talks", "courtesy_call"}, {"received", "audience"})  # forms: one after the other
ANY_YEAR = "XXXX"
BARE, LONG = 2, 4  # words of an event that has no name of its own, and of one that has
DAY = len("XXXX-05-22")
FEW = 3  # participants of an event to whom who speaks at it is added
AT_IT = 12  # sentences between an event and who speaks at it
NEAR = 4  # sentences between an engagement and one on it alone


@dataclass(slots=True)
class Telling:
    """What one cue tells: not yet known to be one engagement with others."""

    rule: str
    kind: str
    shape: str
    span: Span
    participants: list[str]
    roles: dict[str, str]
    status: EngagementStatus
    date: str | None
    place: str | None
    form: str | None
    occasion: str | None
    headline: bool
    reference: bool
    loose: bool
    sentence: int
    persons: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    behalf: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    acts_for: dict[str, set[str]] = field(default_factory=dict)
    abroad: bool = False
    before: bool = False
    recalled: bool = False
    again: bool = False
    unattended: bool = False
    series: bool = False
    at_it: bool = False
    retold: bool = False
    by_post: frozenset[str] = frozenset()
    nations: int = 0
    name: str = ""
    marks: list[str] = field(default_factory=list)
    told: list[Span] = field(default_factory=list)


def near(a: str | None, b: str | None) -> bool:
    """Whether two EDTF dates may tell one day: either unknown, equal, less exact, or one within the other's range."""
    if a is None or b is None or a == b or a.startswith(b) or b.startswith(a):
        return True
    return _within(a, b) or _within(b, a)


def _within(day: str, range_: str) -> bool:
    if "/" not in range_ or "/" in day:
        return False
    low, _, high = range_.partition("/")
    return low <= day <= high


def same(a: Telling, b: Telling) -> bool:
    """Whether two tellings are of one engagement."""
    if {a.kind, b.kind} == {"meeting", "conference"}:
        return _talked(a, b)
    if a.kind != b.kind or not (near(a.date, b.date) or _same_name(a, b)):
        return False
    if (
        a.status != b.status
        and not (a.headline or b.headline or a.reference or b.reference)
        and {a.status, b.status} & {"proposed", "cancelled", "postponed"}
        and not (a.kind in ("meeting", "call") and {a.status, b.status} == {"planned", "proposed"})
    ):
        return False
    x, y = set(a.participants), set(b.participants)
    if a.recalled != b.recalled and None in (a.date, b.date):
        return False
    if a.sentence == b.sentence and x != y and {a.form, b.form} in OTHER:
        return False
    if a.kind == "visit":
        return _same_visit(a, b)
    if a.kind in ("meeting", "call", "conference") and (_by_states(a, b) or _by_states(b, a)):
        return True
    if b.at_it and a.status == b.status and near(a.date, b.date) and 0 <= b.sentence - a.sentence <= AT_IT:
        return True
    if a.kind in ("conference", "ceremony", "training", "exercise"):
        return _same_event(a, b, x, y)
    if a.headline or b.headline:
        head, body = (a, b) if a.headline else (b, a)
        return _retold(head, body)
    return x <= y or y <= x or x <= y | b.behalf or y <= x | a.behalf or _post_for(a, b) or _post_for(b, a)


def _talked(a: Telling, b: Telling) -> bool:
    """Whether the `cuộc họp` of the same two people is the meeting that another sentence tells."""
    event = a if a.kind == "conference" else b
    two = len(a.persons) > 1 and set(a.participants) == set(b.participants) == a.persons
    unnamed = len(event.name.split()) <= LONG and "not attended" in event.marks
    return two and unnamed and near(a.date, b.date) and a.status == b.status


def _by_states(a: Telling, b: Telling) -> bool:
    """Whether `a` names two states where `b`, soon before or after, names a person of each; a conference on its day."""
    two = len(a.participants) == len(a.states | {*a.participants}) == 2 and not a.persons
    if not two or len(b.persons) != 2 or set(a.participants) != b.sides or a.status != b.status:
        return False
    dated = a.date == b.date and a.date is not None and len(a.date) == DAY
    return dated if a.kind == "conference" else abs(a.sentence - b.sentence) <= NEAR


def _post_for(a: Telling, b: Telling) -> bool:
    """Whether `a` names a state or body, by a post without a name, where `b` names a person that no title places."""
    x, y = set(a.participants), set(b.participants)
    if a.sentence == b.sentence or {a.status, b.status} != {"held"}:
        return False
    post, person = x - y, y - x
    if (
        not (x & y & a.persons)
        or len(post) != 1
        or len(person) != 1
        or not post <= a.by_post
        or not person <= b.persons
    ):
        return False
    return not any(b.acts_for.get(p) for p in person)


def _retold(head: Telling, body: Telling) -> bool:
    """Whether a headline tells what a sentence tells: it names a state or body where the body names its person."""
    x, y = set(head.participants), set(body.participants)
    unnamed = x - y - body.behalf
    if not head.persons and body.persons and body.sentence <= 5:
        return True
    return bool(x & (y | body.behalf) or not head.persons) and not (unnamed & head.persons) and len(unnamed) < 2


def _same_visit(a: Telling, b: Telling) -> bool:
    if (
        "arrival" in (a.form, b.form)
        and a.participants[:1] == b.participants[:1]
        and (a.sentence == b.sentence or not (a.states and b.states))
    ):
        return True
    if _turned(a, b) or _turned(b, a):
        return False
    who = set(a.participants[:1]) & set(b.participants)
    x, y = set(a.participants), set(b.participants)
    if (a.loose or b.loose) and who:
        return True
    if (a.reference or b.reference) and who and (a.states & b.states or x <= y or y <= x):
        return True
    if _delegation(a, b) or _delegation(b, a):
        return True
    if a.states and b.states and not a.states & b.states and a.place != b.place:
        return False
    place = a.place is None or b.place is None or a.place == b.place or a.place in b.place or b.place in a.place
    named = bool(a.place and b.place and (a.place in b.place or b.place in a.place))
    there = x <= y or y <= x or bool(a.states & b.states) or named
    return bool(who) and there and (place or bool(a.states & b.states))


def _turned(a: Telling, b: Telling) -> bool:
    """Whether the host of one visit is the guest of the other, to which he is only invited: a return visit."""
    if "proposed" not in (a.status, b.status):
        return False
    guests = {actor for actor, role in a.roles.items() if role == "guest"}
    return any(role == "host" and actor in guests for actor, role in b.roles.items())


def _delegation(a: Telling, b: Telling) -> bool:
    """Whether `a` tells by a delegation or a state the visit that `b` tells by who leads it or holds the post."""
    one, other = a.participants[0], b.participants[0]
    if one in a.persons or other not in b.persons or not a.states & b.states or a.status != b.status:
        return False
    led = b.acts_for.get(other) or {one}
    return one in led or (a.form == b.form and a.form in STATED) or (a.headline and bool(led))


def _same_event(a: Telling, b: Telling, x: set[str], y: set[str]) -> bool:
    one, two = a.name, b.name
    short = min(len(one.split()), len(two.split()))
    if one and two and (one.startswith(two) or two.startswith(one)):
        return len(one.split()) > BARE or len(two.split()) <= BARE or a.status == b.status or a.headline
    if short >= LONG and a.sentence == b.sentence:
        return False
    if one and two and x == y and (a.headline or b.headline) and one.split()[-3:] == two.split()[-3:]:
        return True
    if a.kind == "ceremony" and not (one and two) and (x <= y or y <= x) and a.date == b.date is not None:
        return True
    if b.reference and len(two.split()) <= 3 and (a.date is None or b.date is None or a.date == b.date):
        return True
    if _convened(a, b, x, y):
        return True
    apart = _named_apart(one, two) and not (a.headline or b.headline)
    if one and two and (one.split()[:2] != two.split()[:2] or apart):
        return False
    alike = a.date == b.date or (a.kind == "exercise" and x == y and a.status == b.status)
    return bool(x & y) and (x <= y or y <= x) and alike and abs(a.sentence - b.sentence) <= 1


def _named_apart(one: str, two: str) -> bool:
    """Whether two long names share no word but that of the kind of event: `hội nghị về khí hậu`, `hội nghị APEC`."""
    words = one.split(), two.split()
    return min(map(len, words)) > LONG and not {*words[0][2:]} & {*words[1][2:]}


def _convened(a: Telling, b: Telling, x: set[str], y: set[str]) -> bool:
    """Whether a body is told twice to meet, without a name: `Hội đồng Bảo an họp khẩn`."""
    alone = not (a.name or b.name) and a.shape == b.shape == "verb" and a.kind == "conference"
    return alone and x == y and a.status == b.status and near(a.date, b.date)


def _same_name(a: Telling, b: Telling) -> bool:
    """Whether two events bear one long name, so that their days, in one year, can only be different days of it."""
    short, long = sorted((a.name.split(), b.name.split()), key=len)
    years = {t.date[:4] for t in (a, b) if t.date} - {ANY_YEAR}
    return len(short) >= LONG and long[: len(short)] == short and len(years) < 2


def merge(tellings: list[Telling]) -> list[Telling]:
    """Tellings of one engagement joined: the fuller one gives the span, the others what it lacks."""
    merged: list[Telling] = []
    for telling in [*tellings, *(t for t in tellings if t.loose)]:
        if telling.again:
            _add(merged, telling)
            continue
        if _attends(merged, telling):
            continue
        match = next((m for m in islice(reversed(merged), FAR) if same(m, telling)), None)
        if match is None:
            if not telling.loose:
                merged.append(telling)
        else:
            _put(merged, match, _join(match, telling))
    return [m for m in merged if not m.unattended]


def _attends(merged: list[Telling], telling: Telling) -> bool:
    """Gives an event told before without its parties those whom a sentence on it names: `Hội nghị do X tổ chức …`."""
    last = merged[-1] if merged else None
    bare = (
        len(telling.name.split()) <= BARE
        and telling.date is None
        and telling.participants
        and "not attended" in telling.marks
    )
    if last is None or not last.unattended or not bare or last.kind != telling.kind:
        return False
    if not 0 < telling.sentence - last.sentence <= 2:
        return False
    last.participants, last.roles, last.persons = telling.participants, telling.roles, telling.persons
    last.states, last.behalf, last.acts_for, last.nations = (
        telling.states,
        telling.behalf,
        telling.acts_for,
        telling.nations,
    )
    last.told, last.unattended, last.marks = [telling.span], False, telling.marks
    return True


def _add(merged: list[Telling], again: Telling) -> None:
    """Gives the engagement of a kind told last what a sentence on it alone adds: when it is, or where."""
    alike = [m for m in islice(reversed(merged), FAR) if m.kind == again.kind]
    last = next((m for m in alike if not m.headline), next(iter(alike), None))
    if last is not None and 0 <= again.sentence - last.sentence <= NEAR and near(last.date, again.date):
        last.told = sorted({*last.told, again.span})[:MOST_TOLD]
        last.date, last.place = _finer(last.date, again.date), last.place or again.place


def _put(merged: list[Telling], old: Telling, new: Telling) -> None:
    at = next(i for i in range(len(merged) - 1, -1, -1) if merged[i] is old)
    merged[at] = new


def _join(a: Telling, b: Telling) -> Telling:
    keep, lose = (a, b) if b.retold or _fullness(a) >= _fullness(b) else (b, a)
    keep.told = sorted({*keep.told, *lose.told, lose.span} - {keep.span})[:MOST_TOLD]
    if not keep.participants or (keep.loose and {*keep.participants} < {*lose.participants}):
        keep.participants = lose.participants
    for actor in lose.participants:
        if keep.kind == "visit" and actor in lose.persons and actor not in keep.participants:
            keep.participants = [*[p for p in keep.participants if p not in keep.states], actor]
    if a.at_it or b.at_it:
        everyone = list(dict.fromkeys([*keep.participants, *(p for p in lose.participants if p in lose.persons)]))
        keep.participants = everyone if len(everyone) <= FEW else keep.participants
    keep.roles = {**lose.roles, **keep.roles}
    keep.date = _finer(keep.date, lose.date)
    keep.place, keep.form, keep.occasion = (
        keep.place or lose.place,
        _form(keep.form, lose.form),
        _longer(keep.occasion, lose.occasion),
    )
    named_only = keep.shape == "noun" and "held" not in keep.marks and keep.kind == "visit"
    if keep.status == "held" and lose.status == "planned" and (keep.headline or named_only):
        keep.status = "planned"
    if {keep.status, lose.status} == {"planned", "proposed"}:
        keep.status = "planned"
    if keep.kind != lose.kind:
        keep.kind = "meeting"
    keep.persons |= lose.persons
    keep.states |= lose.states
    return keep


def _form(one: str | None, other: str | None) -> str | None:
    return other if one in (None, "arrival") else one


def _fullness(t: Telling) -> tuple[int, ...]:
    return (not t.headline, not t.reference, t.date is not None, len(t.participants), t.span[1] - t.span[0])


def _finer(a: str | None, b: str | None) -> str | None:
    if a and b:
        if _within(a, b) or _within(b, a):
            return a if "/" in a else b
        return b if b.startswith(a) and len(b) > len(a) else a
    return a or b


def _longer(a: str | None, b: str | None) -> str | None:
    return max((a or "", b or ""), key=len) or None

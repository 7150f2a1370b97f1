"""Code the agreements between named parties, or adopted by a named body."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from servanda.folding import fold
from servanda.lexicon import Lexicon, longest
from servanda.read.code.papers import Told, papers, role
from servanda.read.code.topics import topics_of
from servanda.read.page import Mention, Page, between
from servanda.types import Actor, Agreement, AgreementKind, AgreementStatus, DateExpression
from servanda.vocabulary import AgreementWords, Capital, Entry, NameWord, SpeechWord

ASIDE = re.compile(r"\s*(?:\([^()\n]{1,24}\))?\s*")
NUMBERED = re.compile(r" ?(\d{3,4})(?![\d/.,%-])")
MOST = 5  # sides of one agreement besides the first
FIGURE = re.compile(r" ?\d")
GAP = 34  # code points between a verb that signs and the agreement that it signs
CHAIN = 14  # code points between two verbs of one chain: mong muốn ký
RECENT = 60  # mentions before an agreement among which both sides are looked for
COUNCIL = "UNSC"
VERBS = ("sign", "adopt", "await", "propose")
STEPS = (*VERBS, "apply")
NAMED = ("pact", "memorandum", "treaty", "convention")  # kinds that only a name tells from a common word


def code_agreements(page: Page) -> list[Agreement]:
    """The agreements that the article tells, in order of start, each once."""
    found: list[Agreement] = []
    last: Agreement | None = None
    for told in papers(page):
        last = last if last and _listed_on(page, last, told) else None
        parties = _parties(page, told) or (last.parties if last else [])
        why = _refused(page, told, parties, listed=last is not None)
        if why:
            page.refuse(told.entry.id, told.hit.start, told.hit.end, why)
            continue
        fact = _coded(page, told, parties)
        if last and not told.before(*VERBS, "apply", since=last.end):
            fact.status, fact.date = last.status, last.date
        last = fact
        twin = next((other for other in found if _same(other, fact)), None)
        if twin is None:
            found.append(fact)
        elif len(fact.name) > len(twin.name) and len(fact.parties) >= len(twin.parties) and fact.kind == "resolution":
            found[found.index(twin)] = fact
    return found


@cache
def _pattern(lexicon: Lexicon, role: str) -> re.Pattern[str]:
    """What may stand between two parties."""
    entries = lexicon.entries("agreements", AgreementWords)
    return re.compile(next(entry.pattern for entry in entries if entry.role == role))


def _parties(page: Page, told: Told) -> list[str]:
    """The ids of its parties: named in it, known to all, or the subject of the verb that signs or adopts it."""
    if told.entry.parties:
        return _known(page, told)
    named = _named(page, told)
    subject = _subject(page, told)
    if told.entry.kind == "resolution":
        return named or _body(page, told) or _council(page, told)
    if told.inside("with"):
        return _once([*subject[-1:], *named])
    if len(named) >= 2 and not (told.inside("mutual") and len(subject) == 2):
        return named
    if len(subject) >= 2 or told.entry.needs_parties == 1 or _is_body(page, told, subject):
        return subject or named
    mutual = told.inside("mutual") or _status(page, told) == "signed"
    return _latest_sides(page, told) if mutual else named


def _is_body(page: Page, told: Told, subject: list[str]) -> bool:
    """A joint statement of one body of many members."""
    bodies = [a.id for a in page.actors if a.kind == "organisation" and a.code]
    return told.entry.kind == "joint_statement" and len(subject) == 1 and subject[0] in bodies


def _known(page: Page, told: Told) -> list[str]:
    """The parties that everyone knows, where the page names them all; two or more in the same sentence."""
    near = {actor for mention in told.mentions for actor in mention.actors}
    found = [a.id for code in told.entry.parties for a in page.actors if a.code == code]
    alone = len(told.entry.parties) == 1
    return found if len(found) == len(told.entry.parties) and (alone or near.issuperset(found)) else []


def _latest_sides(page: Page, told: Told) -> list[str]:
    """Both sides of the talk told before."""
    at = bisect_left(page.mentions, told.name_end, key=lambda m: m.start)
    sides = [m for m in page.mentions[max(0, at - RECENT) : at] if m.kind == "sides" and m.actors]
    return list(_sides(page, sides[-1])) if sides else []


def _body(page: Page, told: Told) -> list[str]:
    """The body that adopts a resolution: the last one named before the verb."""
    verb = told.before("adopt", "have")
    if verb is None or told.hit.start - verb.end > GAP:
        return []
    bodies = [m for m in told.mentions if m.end <= verb.start and m.kind == "organisation" and not m.inside]
    return list(bodies[-1].actors[:1]) if bodies else []


def _named(page: Page, told: Told) -> list[str]:
    """The parties inside the name: `giữa A và B`, `A - B`, `với B`, `của A`."""
    inside = [m for m in told.mentions if told.hit.end <= m.start < told.name_end]
    if told.entry.kind == "resolution":
        owned = [m for m in inside if m.start - told.hit.end <= GAP and m.kind == "organisation"]
        return list(_sides(page, owned[0]))[:1] if owned else []
    lead = told.inside("between")
    if lead:
        after = [m for m in inside if m.start >= lead.end]
        return _once(actor for m in after for actor in _sides(page, m))
    pair = _paired(page, told, inside)
    if pair:
        return pair
    lead = told.inside("with")
    if lead:
        return _once(actor for m in inside if m.start >= lead.end for actor in _sides(page, m))[:2]
    return []


def _paired(page: Page, told: Told, inside: list[Mention]) -> list[str]:
    """Two states or bodies, or two capitals for their states, with only a dash or `và` between."""
    sided = [(m.start, m.end, list(_sides(page, m))) for m in inside if m.kind in ("state", "organisation")]
    capitals = longest(between(page.hits.get("capitals", []), told.hit.end, told.name_end))
    seats = [(h.start, h.end, _seat(page, h.entry)) for h in capitals]
    joint = _pattern(page.lexicon, "pair")
    for spans in (sided, seats):
        for first, second in pairwise(spans):
            if first[2] and second[2] and joint.fullmatch(page.folded, first[1], second[0]):
                return _once([*first[2], *second[2]])
    return []


def _states(page: Page, start: int, end: int) -> set[str]:
    """The codes of the states named in a stretch."""
    return {hit.entry.id for hit in longest(between(page.hits.get("states", []), start, end))}


def _seat(page: Page, entry: Entry) -> list[str]:
    """The state whose government sits in a capital."""
    state = entry.state if isinstance(entry, Capital) else None
    return [actor.id for actor in page.actors if state and actor.kind == "state" and actor.code == state]


def _sides(page: Page, mention: Mention) -> tuple[str, ...]:
    """For whom a mention stands as a party: a person for his state, `hai nước` for both."""
    if mention.kind == "mission":
        return ()
    states = {h.entry.id for h in page.within("states", mention.start, mention.end)}
    found: list[str] = []
    for actor in page.actors:
        if actor.id in mention.actors:
            found += [actor.id] if actor.kind != "person" else _states_of(page, actor, states)
    return tuple(_once(found))


def _states_of(page: Page, person: Actor, states: set[str]) -> list[str]:
    """The state that the words around a person's name, or one of his posts, tell; else home for a name of home."""
    states = states or set[str]().union(*(_states(page, post.start, post.end) for post in person.posts))
    home, surnames = _home(page.lexicon)
    if not states and any(name.split(" ", 1)[0] in surnames for name in person.names):
        states = {home}
    return [a.id for a in page.actors if a.kind == "state" and a.code in states][:1] or [person.id]


@cache
def _home(lexicon: Lexicon) -> tuple[str, frozenset[str]]:
    """The state of the lexicon's language, and the surnames of its people."""
    code = next((e.note or "" for e in lexicon.entries("speech", SpeechWord) if e.role == "home"), "")
    entries = lexicon.entries("name_words", NameWord)
    return code, frozenset(name for e in entries if e.id == "common_surname" for name in e.list)


def _subject(page: Page, told: Told) -> list[str]:
    """Who signs or adopts it: the named sides before the verb, up to three, in one clause."""
    verb = told.before(*VERBS)
    if verb is None or told.hit.start - verb.end > GAP:
        return []
    places = {h.end + 1 for h in told.cues if role(h) == "at"}
    before = [m for m in told.mentions if m.end <= verb.start and not m.inside and m.start not in places]
    chain = before[-1:]
    for mention in reversed(before[:-1]):
        if len(chain) > MOST or not _pattern(page.lexicon, "joint").fullmatch(page.folded, mention.end, chain[0].start):
            break
        chain.insert(0, mention)
    return _once(actor for m in chain for actor in _sides(page, m))


def _council(page: Page, told: Told) -> list[str]:
    """A resolution with a number of the Security Council's, on a page that names the Council."""
    if not NUMBERED.match(page.folded, told.hit.end):
        return []
    return [a.id for a in page.actors if a.code == COUNCIL][:1]


def _once(actors: Iterator[str] | list[str]) -> list[str]:
    return list(dict.fromkeys(actors))


def _listed_on(page: Page, last: Agreement, told: Told) -> bool:
    """`ký Hiệp định …, Bản ghi nhớ … và Thỏa thuận …`: whether it only goes on with a list of what was signed."""
    between_them = page.folded[last.end : told.hit.start].strip(' "“”')
    joins = (*told.joins, ",", *(f", {word}" for word in told.joins))
    return 0 <= told.hit.start - last.end <= GAP and last.status != "in_force" and between_them in joins


def _refused(page: Page, told: Told, parties: list[str], *, listed: bool) -> str:
    """Why this is no agreement to keep; empty where it is one."""
    last = [h for h in told.cues if h.end == told.hit.start - 1]
    if any(role(h) == "many" for h in last) or page.text[max(0, told.hit.start - 3) : told.hit.start].strip().isdigit():
        return "several at once"
    following = [h for h in told.cues if h.start == told.hit.end + 1]
    if any(role(h) == "this" for h in following):
        return "named before"
    if told.entry.weak and not _governed(told) and not listed:
        return "neither signed nor adopted here"
    barred = told.before("negation", "if")
    verb = told.before(*VERBS)
    ahead = verb.start if verb and told.hit.start - verb.end <= GAP else told.hit.start
    if barred and (ahead - barred.end <= 12 or (role(barred) == "if" and told.hit.start - barred.end < 90)):
        return "denied, broken, left or only supposed"
    numbered = FIGURE.match(page.folded, told.hit.end)
    if told.entry.kind == "resolution" and not numbered and not _body(page, told):
        return "neither numbered nor adopted here"
    if told.entry.kind in NAMED and told.name_end - told.hit.end < 4 and not page.text[told.hit.start].isupper():
        return "it has no name"
    if len(parties) < told.entry.needs_parties:
        return "its parties are not named"
    return ""


def _governed(told: Told) -> bool:
    verb = told.before("sign", "adopt")
    return bool(verb and told.hit.start - verb.end <= GAP)


def _coded(page: Page, told: Told, parties: list[str]) -> Agreement:
    kind: AgreementKind = told.entry.kind or "pact"  # type: ignore[assignment]
    start, end = told.hit.start, told.name_end
    verb = told.before(*VERBS)
    begin = verb.start if verb and start - verb.end <= GAP else start
    return Agreement(
        kind=kind,
        parties=parties[:6],
        date=_date(page, told),
        status=_status(page, told),
        name=page.text[start:end].strip(' "“”'),
        start=begin,
        end=end,
        topics=topics_of(page, begin, end),
        rule=told.entry.id,
        confidence=0.75 if _governed(told) else 0.65,
    )


def _signed_after(page: Page, told: Told) -> DateExpression | None:
    """`Tuyên bố … (JVS) ký năm 2015`: the date of a signing told right after the name."""
    at = ASIDE.match(page.text, told.name_end)
    verb = next((h for h in told.cues if role(h) == "sign" and at and 0 <= h.start - at.end() <= CHAIN // 2), None)
    dates = between(page.dates, verb.end, verb.end + CHAIN) if verb else []
    return dates[0] if dates else None


def _status(page: Page, told: Told) -> AgreementStatus:
    if _signed_after(page, told) and not told.before("await", "propose"):
        return "signed"
    near = [h for h in told.cues if h.end <= told.hit.start and role(h) in STEPS]
    if not near or told.hit.start - near[-1].end > GAP or role(near[-1]) == "apply":
        return "in_force"
    roles = {role(h) for h in near if near[-1].start - h.end < CHAIN}
    if "propose" in roles:
        return "proposed"
    if "await" in roles:
        return "planned"
    return "signed" if role(near[-1]) == "sign" else "adopted"


def _date(page: Page, told: Told) -> str | None:
    """The date nearest to it in its sentence; for one in force, only a date inside its name or right after."""
    if after := _signed_after(page, told):
        return after.edtf
    near = between(page.dates, told.sentence.start, told.sentence.end)
    if _status(page, told) == "in_force":
        near = [d for d in near if told.hit.start <= d.start <= told.name_end + 6]
    if _status(page, told) in ("planned", "proposed"):
        latest = max((d.edtf[:4] for d in page.dates if d.edtf[:4].isdigit()), default="")
        near = [d for d in near if not d.edtf[:4].isdigit() or d.edtf[:4] >= (page.published or latest)[:4]]
    return min(near, key=lambda d: abs(d.start - told.hit.start)).edtf if near else None


def _same(a: Agreement, b: Agreement) -> bool:
    """Told again: one kind, a party in common, and one name inside the other or the same number."""
    if a.kind != b.kind or not set(a.parties) & set(b.parties):
        return False
    names = [fold(x.name) for x in (a, b)]
    numbers = [set(re.findall(r"\d{3,4}", name)) for name in names]
    if a.kind == "resolution":
        return not all(numbers) or bool(numbers[0] & numbers[1])
    subset = set(a.parties) <= set(b.parties) or set(b.parties) <= set(a.parties)
    return subset and (a.parties == b.parties or names[0][:18] in names[1])

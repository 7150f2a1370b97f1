"""Bodies: known by name, or built as the language builds them: a head (Bộ, Ủy ban), its field, its state."""

from __future__ import annotations

import re

from servanda.read.find.clues import ACRONYM, BRACKETED, CAPITAL, Clues
from servanda.read.find.names import name_end
from servanda.read.page import Mention
from servanda.types import Span
from servanda.vocabulary import Body, BodyHead, Sector

LONGEST = 140
SHORT = re.compile(r"[A-ZĐ]{2,}(?:[ &-]{1,3}[A-ZĐ]{2,})*(?!\w)")
NUMBER = re.compile(r"[ \u00a0][1-9]\d{0,2}(?![\w/%]|[.,-]\d| [^\W\d_])|[ \u00a0][1-9]\d{2}(?![\w/%]|[.,-]\d)")
DASH = re.compile(r"[ \u00a0]?[-–][ \u00a0]?")
LISTED, HOME = 6, "VN"  # organs of a state in a list, at most; the state of this language


def find_bodies(clues: Clues) -> list[Mention]:
    """Organisations, without regard to persons. `code` is the acronym where one is known or told."""
    found: list[Mention] = []
    reach = -1
    for at in sorted({*clues.heads, *clues.bodies}):
        if at < reach:
            continue
        for mention in body_at(clues, at):
            found += [mention, *_inner_bodies(clues, mention)]
            reach = max(reach, mention.end)
    return found


def _inner_bodies(clues: Clues, mention: Mention) -> list[Mention]:
    """Known bodies that stand inside a name after its head: the United Nations in the name of its council."""
    assert mention.name
    start, end = mention.name
    hits = [clues.bodies[at] for at in range(start + 1, end) if at in clues.bodies]
    return [
        Mention(h.start, h.end, "organisation", (h.start, h.end), code=_code(clues, (h.start, h.end)))
        for h in hits
        if h.end <= end
    ]


def body_at(clues: Clues, at: int) -> list[Mention]:
    """The body whose name starts at `at`, with its acronym in brackets as a second mention of it; or nothing."""
    known, head = clues.bodies.get(at), clues.heads.get(at)
    name: Span = (at, at)
    code = None
    if known and isinstance(known.entry, Body):
        name, code = (at, _known_end(clues, known.end, known.entry)), known.entry.code
    if head and isinstance(head.entry, BodyHead) and not (known and known.end > head.end and not head.entry.acts):
        built, inner = _built(clues, at, head.end, head.entry)
        if built > name[1]:
            name, code = inner or (at, built), _code(clues, inner)
            return _with_acronym(clues, (at, built), name, code)
    return _with_acronym(clues, name, name, code) if name[1] > at else _ruling_party(clues, at)


def _code(clues: Clues, inner: Span | None) -> str | None:
    known = clues.bodies.get(inner[0]) if inner else None
    return known.entry.code if known and isinstance(known.entry, Body) else None


def _known_end(clues: Clues, end: int, entry: Body) -> int:
    """A known body's name goes on over the larger body that it is part of, or the state that it is one of."""
    at = clues.skip(end)
    if clues.listed("of", clues.word(at)):
        at = clues.skip(at + len(clues.word(at)))
    larger = clues.bodies.get(at)
    if entry.of and larger and isinstance(larger.entry, Body) and larger.entry.code == entry.of:
        return larger.end
    if entry.generic and at in clues.state_at:
        return clues.state_at[at].end
    return end


def _ruling_party(clues: Clues, at: int) -> list[Mention]:
    """`Đảng` alone, beside the state or after a small word, is the ruling party."""
    hit = clues.phrases.get(at)
    if not hit or clues.role(at) != "ruling_party" or clues.opens_sentence(at):
        return []
    after = clues.skip(hit.end)
    if _of_another_state(clues, hit.end):
        return []
    if clues.text[hit.end : hit.end + 1] in (",", ".") or clues.listed("ruling_party", clues.word(after)):
        return [Mention(at, hit.end, "organisation", (at, hit.end), code="CPV")]
    return []


def _of_another_state(clues: Clues, at: int) -> bool:
    """`Đảng, Nhà nước Cuba`: whether a list of a state's organs ends with a state other than this country's."""
    for _ in range(LISTED):
        at = clues.skip(at + (clues.text[at : at + 1] == ","))
        if at in clues.states:
            return clues.states[at].entry.id != HOME
        phrase, word = clues.phrases.get(at), clues.word(at)
        organ = phrase if phrase and clues.role(at) == "government" else clues.bodies.get(at)
        if organ is None and not clues.listed("and", word):
            return False
        at = organ.end if organ else at + len(word)
    return False


def _with_acronym(clues: Clues, span: Span, name: Span, code: str | None) -> list[Mention]:
    bracketed = BRACKETED.match(clues.text, span[1])
    if bracketed:
        acronym = ACRONYM.match(clues.text, bracketed.start(1))
        if acronym and acronym.end() == bracketed.end(1) and acronym.start() not in clues.states:
            larger = _code(clues, acronym.span())
            if larger and larger != code and _ends_with(clues, name, larger):
                second = Mention(*acronym.span(), "organisation", acronym.span(), code=larger)
                return [Mention(*span, "organisation", name, code=code), second]
            if code and code != acronym.group() and larger != code:
                return [Mention(*span, "organisation", name, code=code)]
            code = code or acronym.group()
            second = Mention(*acronym.span(), "organisation", acronym.span(), code=code)
            return [Mention(*span, "organisation", name, code=code), second]
    return [Mention(*span, "organisation", name, code=code)]


def _ends_with(clues: Clues, name: Span, code: str) -> bool:
    """Whether the name ends with the larger body of that code: the brackets after it are that one's."""
    return any(_code(clues, (at, name[1])) == code for at in range(name[0] + 1, name[1]) if at in clues.bodies)


def _built(clues: Clues, start: int, end: int, entry: BodyHead) -> tuple[int, Span | None]:
    """Where the name that a head opens ends (0 where nothing names it), and the known body it consists of."""
    if entry.unless_after and clues.before(start)[1] in entry.unless_after:
        return 0, None
    first = clues.skip(end)
    if entry.strict and not _is_own_name(clues, start, first, entry):
        return 0, None
    reach, opener, at = 0, False, first
    inner: Span | None = None
    while at < end + LONGEST:
        stop = _unit(clues, at, entry, named=reach > 0, opener=opener, small=entry.loose)
        if not stop:
            break
        known = clues.bodies.get(at)
        inner = (at, stop) if at == first and known and known.end == stop else None
        opener, reach = _is_opener(clues, at), stop
        if at in clues.state_at and _goes_on_in_small(clues, stop):
            break
        at = clues.skip(stop) if clues.skip(stop) > stop else _list_item(clues, stop, entry)
        if not at:
            break
    return _past_number(clues, reach, entry), inner


def _past_number(clues: Clues, end: int, entry: BodyHead) -> int:
    """Past the number that ends the name of a hospital or a regiment (Bệnh viện Quân y 175)."""
    number = NUMBER.match(clues.text, end) if end and "number" in entry.takes else None
    return number.end() if number else end


def _goes_on_in_small(clues: Clues, end: int) -> bool:
    """Whether `và` and a small word follow: after a state those are someone else (Hội … Lào và cựu chiến binh)."""
    at = clues.skip(end)
    word = clues.word(at)
    after = clues.skip(at + len(word))
    return clues.listed("and", word) and clues.text[after : after + 1].islower()


def _is_own_name(clues: Clues, start: int, first: int, entry: BodyHead) -> bool:
    """A capitalised word that is no state or place, or quoted; a head written large may also have a field."""
    if first in clues.states or first in clues.places:
        return clues.text[start].isupper() and not clues.opens_sentence(start) and first in clues.states
    match = CAPITAL.match(clues.text, first) if first not in clues.heads else None
    if match and clues.text[start].islower():
        return "press" in entry.takes or compound_end(clues, match.end()) == match.end()
    if match:
        return True
    return clues.text[start].isupper() and not clues.opens_sentence(start) and first in clues.sectors


def _is_opener(clues: Clues, at: int) -> bool:
    sector = clues.sectors.get(at)
    return sector is not None and isinstance(sector.entry, Sector) and sector.entry.kind == "opener"


def _list_item(clues: Clues, at: int, entry: BodyHead) -> int:
    """After a comma that goes on with another field (Lao động, Thương binh và Xã hội), where that starts; else 0."""
    if clues.text[at : at + 2] != ", " or at + 2 not in clues.sectors:
        return 0
    return at + 2 if "list" in entry.takes else 0


def _unit(clues: Clues, at: int, entry: BodyHead, *, named: bool, opener: bool, small: bool) -> int:
    """Where the next piece of the name ends, or 0."""
    takes = entry.takes
    sector = clues.sectors.get(at)
    if sector and "sector" in takes and _fits(clues, at, sector.entry, named, opener, small):
        return sector.end
    short = SHORT.match(clues.text, at) if "acronym" in takes and not named else None
    if short and at not in clues.states and at not in clues.bodies:
        return short.end()
    state = _state_piece(clues, at, entry, named)
    if state:
        return state
    if at in clues.bodies and ("body" in takes or "name" in takes):
        return clues.bodies[at].end
    if at in clues.places and {"place", "name"} & set(takes):
        return _second_side(clues, clues.places[at].end) if "pair" in takes else clues.places[at].end
    if {"region", "place"} & set(takes) and clues.region_end(at):
        return clues.region_end(at)
    return _joined(clues, at, entry, named) or (_name_piece(clues, at, named) if "name" in takes else 0)


def _state_piece(clues: Clues, at: int, entry: BodyHead, named: bool) -> int:
    """The end of a state, or of two joined by a dash in the name of an association, at `at`; else 0."""
    pair = clues.grammar.pair.match(clues.text, at) if "pair" in entry.takes else None
    if pair:
        return pair.end()
    state = clues.state_at.get(at)
    if not state or "state" not in entry.takes:
        return 0
    if "pair" in entry.takes:
        return _second_side(clues, state.end)
    return state.end if named or entry.acts or entry.strict or state.end - at > 4 else 0


def _second_side(clues: Clues, end: int) -> int:
    """Past a second state, body or place joined by a dash (Việt Nam - Lào, châu Âu - ASEAN), else past the first."""
    dash = DASH.match(clues.text, end)
    sides = (clues.state_at, clues.bodies, clues.places)
    second = next((hits[dash.end()] for hits in sides if dash.end() in hits), None) if dash else None
    return second.end if second else end


def _fits(clues: Clues, at: int, sector: object, named: bool, opener: bool, small: bool) -> bool:
    if not isinstance(sector, Sector):
        return False
    if clues.text[at].isupper() or (named and sector.kind == "adjective") or opener:
        return True
    return small and not named and sector.kind == "field"


def _joined(clues: Clues, at: int, entry: BodyHead, named: bool) -> int:
    """A piece joined by và, của, tại, về."""
    word = clues.word(at)
    after = clues.skip(at + len(word))
    if not word and clues.text[at : at + 2] in ("& ", "- "):
        after = at + 2
    if named and (word == "và" or not word) and after in clues.sectors and "sector" in entry.takes:
        return clues.sectors[after].end
    if clues.listed("of", word) and "of" in entry.takes:
        larger = clues.bodies.get(after) or clues.state_at.get(after)
        return larger.end if larger else 0
    if clues.listed("at", word) and "at" in entry.takes:
        place = next(
            (hits[after] for hits in (clues.states, clues.bodies, clues.capitals, clues.places) if after in hits), None
        )
        return place.end if place else 0
    if named and clues.listed("about", word) and "about" in entry.takes and after in clues.sectors:
        return clues.sectors[after].end
    return 0


def _name_piece(clues: Clues, at: int, named: bool) -> int:
    match = CAPITAL.match(clues.text, at)
    if not match or at in clues.titles or (named and name_end(clues, at, titled=False)):
        return 0
    return compound_end(clues, match.end()) if clues.is_syllable(match.group()) else match.end()


def compound_end(clues: Clues, end: int) -> int:
    """Where a word of two syllables ends whose first ends at `end`: a capitalised syllable with a small one after it is
    one word (Bảo vệ), unless the small one is grammar."""
    after = clues.skip(end)
    word = clues.word(after)
    if after == end or not clues.text[after : after + 1].islower() or not clues.is_syllable(word):
        return end
    if any(clues.listed(role, word) for role in ("speaks", "of", "at", "about", "function")):
        return end
    return after + len(word)

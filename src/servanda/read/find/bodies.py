"""Bodies: known by name, or built as the language builds them: a head (Bộ, Ủy ban), its field, its state."""

from __future__ import annotations

from servanda.read.find.clues import ACRONYM, BRACKETED, CAPITAL, Clues
from servanda.read.find.names import name_end
from servanda.read.page import Mention
from servanda.vocabulary import Body, BodyHead

LONGEST = 140


def find_bodies(clues: Clues) -> list[Mention]:
    """Organisations and missions, without regard to persons. `code` is the acronym where one is known or told."""
    found: list[Mention] = []
    reach = -1
    for at in sorted({*clues.heads, *clues.bodies, *clues.missions}):
        if at < reach:
            continue
        for mention in body_at(clues, at):
            found.append(mention)
            reach = max(reach, mention.end)
    return found


def body_at(clues: Clues, at: int) -> list[Mention]:
    """The body whose name starts at `at`, with its acronym in brackets as a second mention of it; or nothing."""
    if at in clues.missions:
        hit = clues.missions[at]
        return [Mention(hit.start, hit.end, "mission", (hit.start, hit.end), code=hit.entry.id)]
    known, head = clues.bodies.get(at), clues.heads.get(at)
    end, code = 0, None
    if known:
        end, code = _known_end(clues, known.end, known.entry), _code(known.entry)
    if head:
        built = _built_end(clues, head.end, head.entry)
        if built > end:
            end, code = built, None
    return _with_acronym(clues, at, end, code) if end else []


def _code(entry: object) -> str | None:
    return entry.code if isinstance(entry, Body) else None


def _known_end(clues: Clues, end: int, entry: object) -> int:
    """A known body's name goes on over the larger body that it is part of, or the state that it is one of."""
    if not isinstance(entry, Body):
        return end
    at = clues.skip(end)
    if clues.word(at) in clues.grammar.lists["of"]:
        at = clues.skip(at + len(clues.word(at)))
    larger = clues.bodies.get(at)
    if entry.of and larger and _code(larger.entry) == entry.of:
        return larger.end
    if entry.generic and at in clues.states:
        return clues.states[at].end
    return end


def _with_acronym(clues: Clues, start: int, end: int, code: str | None) -> list[Mention]:
    bracketed = BRACKETED.match(clues.text, end)
    if bracketed:
        inside = bracketed.start(1)
        acronym = ACRONYM.match(clues.text, inside)
        if acronym and acronym.end() <= bracketed.end(1):
            code = code or acronym.group()
            span = (inside, acronym.end())
            return [
                Mention(start, end, "organisation", (start, end), code=code),
                Mention(*span, "organisation", span, code=code),
            ]
    return [Mention(start, end, "organisation", (start, end), code=code)]


def _built_end(clues: Clues, end: int, entry: object) -> int:
    """Where the name that a head opens ends; 0 where nothing that names it follows."""
    if not isinstance(entry, BodyHead):
        return 0
    limit, reach, named = end + LONGEST, 0, False
    at = clues.skip(end)
    while at < limit:
        stop = _unit(clues, at, entry, named)
        if not stop:
            break
        reach, named = stop, True
        at = clues.skip(stop)
        if at == stop:
            joined = _list_comma(clues, stop)
            if not joined:
                break
            at = joined
    return reach


def _list_comma(clues: Clues, at: int) -> int:
    """After a comma or dash that goes on with another field (Lao động, Thương binh và Xã hội), where that starts."""
    if clues.text[at : at + 2] == ", " and at + 2 in clues.sectors and clues.text[at + 2].isupper():
        return at + 2
    return 0


def _unit(clues: Clues, at: int, entry: BodyHead, named: bool) -> int:
    """Where the next piece of the name ends, or 0."""
    takes, text = entry.takes, clues.text
    if at in clues.sectors and ("sector" in takes) and (named or text[at].isupper() or not entry.words[0][0].isupper()):
        return clues.sectors[at].end
    if at in clues.states and "state" in takes and (named or entry.acts):
        return clues.states[at].end
    if at in clues.states and "state" in takes and clues.states[at].end - at > 4:
        return clues.states[at].end
    if at in clues.bodies and "body" in takes:
        return clues.bodies[at].end
    if at in clues.places and ({"place", "name"} & set(takes)):
        return clues.places[at].end
    word = clues.word(at)
    after = clues.skip(at + len(word))
    if named and word in ("và", "&", "-") and after in clues.sectors and clues.folded[at - 1] == " ":
        return clues.sectors[after].end
    if word in clues.grammar.lists["of"] and (named or entry.acts):
        larger = clues.bodies.get(after) or clues.states.get(after)
        return larger.end if larger else 0
    if word in clues.grammar.lists["at"] and (named or "at" in takes):
        place = (
            clues.states.get(after) or clues.bodies.get(after) or clues.capitals.get(after) or clues.places.get(after)
        )
        return place.end if place and "at" in takes else 0
    if "name" in takes:
        return _name_piece(clues, at, named)
    return 0


def _name_piece(clues: Clues, at: int, named: bool) -> int:
    match = CAPITAL.match(clues.text, at)
    if not match or at in clues.titles:
        return 0
    if named and name_end(clues, at, titled=False):
        return 0
    return match.end()

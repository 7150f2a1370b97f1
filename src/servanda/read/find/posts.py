"""Posts: a title and what says of what body or state, and for what, it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from servanda.read.find.bodies import body_at
from servanda.read.find.clues import BRACKETED, CAPITAL, Clues
from servanda.read.find.names import name_end
from servanda.read.page import Span
from servanda.vocabulary import Title

MOST_WORDS_IN_CHARGE = 16


@dataclass(slots=True)
class TitlePhrase:
    """Titles that stand together, with the name that ends them if there is one."""

    start: int
    end: int
    titles: list[Title] = field(default_factory=list)
    posts: list[Span] = field(default_factory=list)
    name: Span | None = None
    former: bool = False


def title_phrase(clues: Clues, at: int) -> TitlePhrase:
    """The titles from `at` on, and the name after them."""
    phrase = TitlePhrase(_with_prefix(clues, at), at)
    while True:
        hit = clues.titles[at]
        title = hit.entry
        assert isinstance(title, Title)
        start = _with_prefix(clues, at)
        stop = _complement_end(clues, hit.end, title)
        phrase.titles.append(title)
        if title.kind != "honorific":
            phrase.posts.append((start, stop))
        phrase.end = stop
        after = clues.skip(stop)
        end = name_end(clues, after, titled=True) if after > stop else None
        if end:
            phrase.name, phrase.end = (after, end), end
            return phrase
        following = _next_title(clues, stop)
        if following is None:
            return phrase
        at = following


def _with_prefix(clues: Clues, at: int) -> int:
    """The start with words such as `quyền`, `nguyên`, `tân` before it."""
    start, word = clues.before(at)
    if word and clues.listed("prefix", word):
        return start
    return at


def _next_title(clues: Clues, end: int) -> int | None:
    """Where a title goes on after this one: directly, or after a comma, a dash, `kiêm`."""
    text = clues.text
    at = clues.skip(end)
    for mark in (", ", ",", "- ", "– ", "-", "kiêm "):
        if text.startswith(mark, at):
            at = clues.skip(at + len(mark))
            break
    for _ in range(3):
        if at in clues.titles:
            return at
        word = clues.word(at)
        if not clues.listed("prefix", word):
            return None
        at = clues.skip(at + len(word))
    return None


def _complement_end(clues: Clues, end: int, title: Title) -> int:
    """Where the title's own words end: its field, body, state, charge."""
    if title.kind in ("honorific", "rank"):
        return end
    reach = end
    for _ in range(12):
        at = clues.skip(reach)
        bracketed = BRACKETED.match(clues.text, reach)
        if bracketed and reach > end:
            reach = bracketed.end()
            continue
        stop = _unit(clues, at, reach, first=reach == end)
        if not stop:
            break
        reach = stop
    return reach


def _unit(clues: Clues, at: int, reach: int, *, first: bool) -> int:
    if at == reach:
        return 0
    bodies = body_at(clues, at)
    if bodies:
        return bodies[0].end
    if at in clues.states:
        return clues.states[at].end
    if at in clues.sectors and at not in clues.titles:
        return _sector_end(clues, at)
    hit = clues.phrases.get(at)
    role = clues.role(at)
    if hit and role == "government" and clues.skip(hit.end) in clues.states:
        return clues.states[clues.skip(hit.end)].end
    if role == "in_charge" and hit:
        return _charge_end(clues, hit.end)
    word = clues.word(at)
    after = clues.skip(at + len(word))
    if clues.listed("of", word):
        return _thing(clues, after)
    if clues.listed("at", word):
        place = clues.places.get(after) or clues.capitals.get(after)
        return _thing(clues, after) or (place.end if place else 0)
    if clues.listed("about", word) and not first:
        return _thing(clues, after)
    return 0


def _thing(clues: Clues, at: int) -> int:
    bodies = body_at(clues, at)
    if bodies:
        return bodies[0].end
    hit = clues.phrases.get(at)
    if hit and clues.role(at) == "government":
        at = clues.skip(hit.end)
    state = clues.states.get(at)
    return state.end if state else 0


def _sector_end(clues: Clues, at: int) -> int:
    end = clues.sectors[at].end
    while True:
        after = clues.skip(end)
        word = clues.word(after)
        following = clues.skip(after + len(word))
        if word in ("và", "&") and following in clues.sectors:
            end = clues.sectors[following].end
        elif clues.text.startswith(", ", end) and end + 2 in clues.sectors and clues.text[end + 2].isupper():
            end = clues.sectors[end + 2].end
        else:
            return end


def _charge_end(clues: Clues, at: int) -> int:
    """Words of a charge run, without marks, to the name; without a name after them they end where capitals do."""
    text, here = clues.text, clues.skip(at)
    for _ in range(MOST_WORDS_IN_CHARGE):
        if here >= len(text) or not text[here].isalnum():
            return 0
        if (
            CAPITAL.match(text, here)
            and here not in clues.states
            and here not in clues.bodies
            and here not in clues.places
            and name_end(clues, here, titled=True)
        ):
            following = clues.word(clues.skip(name_end(clues, here, titled=True) or here))
            if len(clues.word(here)) and following != "":
                pass
            return len(text[:here].rstrip())
        hit = clues.states.get(here) or clues.bodies.get(here) or clues.places.get(here) or clues.sectors.get(here)
        end = hit.end if hit else here + len(clues.word(here))
        if end == here:
            return 0
        if end < len(text) and text[end] in ",.;:)":
            return end
        here = clues.skip(end)
    return 0

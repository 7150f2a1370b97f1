"""Posts: a title and what says of what body or state, and for what, it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from servanda.read.find.bodies import body_at, compound_end
from servanda.read.find.clues import BRACKETED, CAPITAL, Clues
from servanda.read.find.names import name_end
from servanda.types import Span
from servanda.vocabulary import Title

WORDS_IN_CHARGE = 16
PIECES = 12
SPOKESPERSON = "vi.title.spokesperson"
JOINS = re.compile(r", ?|- |– |-|kiêm |")
APART = re.compile(", | - | – ")


@dataclass(slots=True)
class TitlePhrase:
    """Titles that stand together, with the name that ends them if there is one."""

    start: int
    end: int
    titles: list[Title] = field(default_factory=list)
    posts: list[Span] = field(default_factory=list)
    name: Span | None = None
    plural: bool = False


def title_phrase(clues: Clues, at: int, *, chain: bool = True) -> TitlePhrase:
    """The titles from `at` on (the first alone without `chain`), and the name after them."""
    start = with_prefix(clues, at)
    phrase = TitlePhrase(start, at, plural=clues.listed("plural", clues.before(start)[1]))
    bound, first = False, start
    for _ in range(PIECES):
        hit = clues.titles[at]
        title = hit.entry
        assert isinstance(title, Title)
        start, stop = with_prefix(clues, at), complement_end(clues, hit.end, title)
        phrase.titles.append(title)
        if _is_post(clues, title, hit.end, stop):
            _add(phrase, (start, stop), joined=bound)
        phrase.end = stop
        after = clues.skip(stop)
        end = name_end(clues, after, titled=True) if after > stop else None
        if end and not _opens_a_word(clues, after, end, title):
            phrase.name, phrase.end = (after, end), end
            phrase.posts = _of_one_state(clues, phrase.posts)
        if end or not chain:
            return phrase
        told = _told_after_mark(clues, stop) if stop > hit.end else None
        if told:
            phrase.name, phrase.end = told, told[1]
            return phrase
        following, mark = _next_title(clues, stop)
        if following is None or ((title.group or phrase.plural) and title.kind != "honorific"):
            return phrase
        into = mark == ", " and clues.listed("becomes", clues.before(first)[1])
        if into or (mark == ", " and _of_another(clues, title, (start, stop), following)):
            return phrase
        bound = title.bound and stop == hit.end and mark != "" and _is_office(clues, following)
        at = following
    return phrase


def _of_another(clues: Clues, first: Title, post: Span, following: int) -> bool:
    """`Bộ trưởng Quốc phòng Kenya, Thủ tướng …`: after an office of a state or town, who leads one stands for himself;
    so does whoever bears a name of this country and holds an office of the same kind (`Chủ tịch Hạ viện Kenya, Chủ tịch
    …`)."""
    title, end = clues.titles[following].entry, clues.titles[following].end
    if not isinstance(title, Title) or not any(at in clues.states or at in clues.towns for at in range(*post)):
        return False
    stop = complement_end(clues, end, title)
    if title.leads and stop == end:
        return not first.leads
    alike = clues.word(post[0]) == clues.word(following)
    return alike and not any(at in clues.states for at in range(end, stop)) and _named_here(clues, clues.skip(stop))


def _named_here(clues: Clues, at: int) -> bool:
    """Whether a name of three words or more, and of a surname of this country, stands at `at`."""
    end = name_end(clues, at, titled=True)
    words = clues.folded[at:end].split() if end else []
    return len(words) > 2 and words[0] in clues.grammar.common_surnames


def _told_after_mark(clues: Clues, end: int) -> Span | None:
    """A name without a title, between marks right after an office (Bộ trưởng Tài chính Đức, Wolfgang Schäuble, …)."""
    mark = APART.match(clues.text, end)
    if not mark or mark.end() in clues.titles:
        return None
    start = mark.end()
    stop = name_end(clues, start, titled=False)
    return (start, stop) if stop and clues.text[stop : stop + 1] in (",", ")", ".") else None


def _opens_a_word(clues: Clues, start: int, end: int, title: Title) -> bool:
    """Whether a single syllable after an office only begins a word of two (Vụ Tài chính Kế toán)."""
    if title.kind == "honorific" or not clues.is_syllable(clues.text[start:end]):
        return False
    return compound_end(clues, end) > end


def _of_one_state(clues: Clues, posts: list[Span]) -> list[Span]:
    """Offices of different states in a row are a list of people: only the last is the named one's."""
    if len(posts) < 2:
        return posts
    states = [next((clues.states[at].entry.id for at in range(*p) if at in clues.states), None) for p in posts]
    return [p for p, state in zip(posts, states, strict=True) if state is None or states[-1] in (None, state)]


def _is_post(clues: Clues, title: Title, end: int, stop: int) -> bool:
    """Words for one of a group are a post only with the body that it is of."""
    if title.kind == "honorific":
        return False
    return not title.group or (stop > end and clues.skip(end) not in clues.states)


def _is_office(clues: Clues, at: int) -> bool:
    title = clues.titles[at].entry
    return isinstance(title, Title) and title.kind == "office"


def _add(phrase: TitlePhrase, span: Span, *, joined: bool) -> None:
    if joined and phrase.posts:
        phrase.posts[-1] = (phrase.posts[-1][0], span[1])
    else:
        phrase.posts.append(span)


def with_prefix(clues: Clues, at: int) -> int:
    """The start with words such as `quyền`, `nguyên`, `tân` before it."""
    start, word = clues.before(at)
    if not word or not clues.listed("prefix", word):
        return at
    return at if clues.listed("no_prefix", f"{clues.before(start)[1]} {word}") else start


def past_prefix(clues: Clues, at: int) -> int:
    """Past words such as `quyền`, `nguyên`, `tân` at `at`, to the title after them if there is one."""
    for _ in range(2):
        if at in clues.titles or not clues.listed("prefix", clues.word(at)):
            break
        at = clues.skip(at + len(clues.word(at)))
    return at


def _next_title(clues: Clues, end: int) -> tuple[int | None, str]:
    """Where a title goes on after this one (directly, or after a comma, a dash, `kiêm`), and what joins them."""
    at = clues.skip(end)
    mark = JOINS.match(clues.text, at)
    assert mark  # nothing at least
    at = past_prefix(clues, clues.skip(mark.end()))
    return (at if at in clues.titles and at > end else None), mark.group()


def complement_end(clues: Clues, end: int, title: Title) -> int:
    """Where the title's own words end: its field, body, state, charge."""
    if title.kind == "rank":
        return _arm_end(clues, end)
    if title.kind == "honorific":
        return end
    reach, named = end, False
    for _ in range(PIECES):
        bracketed = BRACKETED.match(clues.text, reach)
        if bracketed and reach > end and len(bracketed.group(1)) < 30:
            reach = bracketed.end()
            continue
        at = clues.skip(reach)
        stop = _piece(clues, at, reach, first=reach == end)
        if not stop and reach == end and title.id == SPOKESPERSON:
            stop = _office_end(clues, at)
        if not stop or (named and at in clues.sectors and clues.text[at].islower()):
            break
        reach, named = stop, at not in clues.sectors
    return _term_end(clues, reach) if reach > end else reach


def _arm_end(clues: Clues, end: int) -> int:
    """Past the arm that a rank is held in, where a name follows it (đại tá hải quân Trần Văn Bình)."""
    at = clues.skip(end)
    arm = clues.phrases.get(at) if clues.role(at) == "arm" else None
    named = arm and name_end(clues, clues.skip(arm.end), titled=True)
    return arm.end if arm and named else end


def _term_end(clues: Clues, end: int) -> int:
    """Past the session or term that an office is held for (khóa 78), where a name follows it."""
    term = clues.grammar.term.match(clues.folded, clues.skip(end))
    named = term and name_end(clues, clues.skip(term.end()), titled=True)
    return term.end() if term and named else end


def _piece(clues: Clues, at: int, reach: int, *, first: bool) -> int:
    """Where the next piece of a title's complement ends, or 0."""
    if at == reach:
        return 0
    if at in clues.sectors and not any(at in hits for hits in (clues.titles, clues.heads, clues.bodies)):
        return _sector_end(clues, at)
    named = _thing(clues, at)
    if named:
        return named
    if first and at in clues.sectors and clues.text[at].islower() and not (at in clues.titles or at in clues.bodies):
        return _sector_end(clues, at)
    hit, role = clues.phrases.get(at), clues.role(at)
    if hit and role == "in_charge" and not clues.text.startswith("kiêm", at):
        return _charge_end(clues, hit.end)
    if clues.region_end(at):
        return clues.region_end(at)
    if first and at in clues.towns:
        return clues.towns[at].end
    word = clues.word(at)
    after = clues.skip(at + len(word))
    if clues.listed("of", word):
        return _thing(clues, after)
    if clues.listed("about", word) and not first:
        return _thing(clues, _past_issue(clues, after))
    if clues.listed("at", word):
        place = clues.places.get(after) or clues.capitals.get(after)
        return _thing(clues, after) or (place.end if place else clues.region_end(after))
    return 0


def _office_end(clues: Clues, at: int) -> int:
    """The end of `của` and the office that one speaks for, if it is told of what state or body it is; else 0."""
    word = clues.word(at)
    hit = clues.titles.get(clues.skip(at + len(word))) if clues.listed("of", word) else None
    if hit is None or not isinstance(hit.entry, Title) or hit.entry.kind != "office":
        return 0
    after = clues.skip(hit.end)
    return _thing(clues, after) if after > hit.end else 0


def _past_issue(clues: Clues, at: int) -> int:
    hit = clues.phrases.get(at)
    return clues.skip(hit.end) if hit and clues.role(at) == "issue" else at


def _thing(clues: Clues, at: int) -> int:
    """The end of the body, state or mission at `at`, or 0."""
    mission = clues.missions.get(at) or None
    if mission:
        return mission.end
    named = clues.grammar.mission.match(clues.folded, at)
    if named:
        return named.end()
    bodies = body_at(clues, at)
    if bodies:
        return bodies[0].end
    hit = clues.phrases.get(at)
    if hit and clues.role(at) == "government" and clues.skip(hit.end) in clues.states:
        at = clues.skip(hit.end)
    elif hit and clues.role(at) in ("this_country", "sides"):
        return hit.end
    state = clues.state_at.get(at) or clues.capitals.get(at) or clues.regions.get(at)
    return state.end if state else 0


def _sector_end(clues: Clues, at: int) -> int:
    end = clues.sectors[at].end
    while True:
        after = clues.skip(end)
        word = clues.word(after)
        following = clues.skip(after + len(word))
        if (word == "và" or clues.text.startswith("& ", after)) and following in clues.sectors:
            end = clues.sectors[following].end
        elif clues.text.startswith(", ", end) and end + 2 in clues.sectors and clues.text[end + 2].isupper():
            end = clues.sectors[end + 2].end
        else:
            return end


def _charge_end(clues: Clues, at: int) -> int:
    """The words of a charge run to the name; where a mark or nothing known comes first, to that."""
    here = clues.skip(at)
    for _ in range(WORDS_IN_CHARGE):
        if here >= len(clues.text) or not clues.text[here].isalnum():
            return 0
        hit = next((h[here] for h in (clues.states, clues.bodies, clues.places, clues.sectors) if here in h), None)
        end = hit.end if hit else here + len(clues.word(here))
        if not hit and CAPITAL.match(clues.text, here) and name_end(clues, here, titled=True):
            return len(clues.text[:here].rstrip())
        if end == here:
            return 0
        if clues.text[end : end + 1] in (",", ".", ";", ":", ")", "\n", ""):
            return end
        here = clues.skip(end)
    return 0

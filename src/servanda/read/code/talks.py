"""Talks: whose side an actor is on, and who talks with whom from which point of the page on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field

from servanda.lexicon import Hit, longest
from servanda.read.code.clauses import subjects_of
from servanda.read.code.walk import FAR, START, coordinated, grammar, opening, role_of, skip, spoken, upcoming
from servanda.read.link.roles import is_at_home
from servanda.read.page import Mention, Page, Sentence
from servanda.vocabulary import Body, SpeechWord, Title

NEWS = "news."
LEAD = 900  # code points at the head of an article, in which it tells the visit that it is about
LEADING = ("prefix", "preposition", "number", "adverb", "noun", "express")
OPENING = 20  # code points between the head of a sentence and the words of talking that it opens with
CLOSING, AFTER = ".,;:\n", ("place", "condition", "adverb", "setting", "purpose", "join")  # what may end a talk's words
UNTIL, NAME = re.compile(r"[^,;:.\n]+"), re.compile(r"[^\W\d_a-zà-ỹđ]")
NEAR, DELEGATED = 25, 90  # code points from the words of talking to the guest, and to the one a delegation is of


@dataclass(slots=True)
class Talk:
    """Two parties who talk, from `start` of the page until the next talk: actor ids, the persons first; nobody where it
    is told to be with someone whom the page does not name."""

    start: int
    one: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(slots=True)
class Floor:
    """Who is on whose side, how many actors of each kind there are, and the talks of a page in order.

    `private` have no post, `press` report for a living, `worldwide` are bodies of many states, `lay` only comment: of
    them no office is told, but a calling; `offices` (Nhà Trắng) are bodies of a state that their name
    does not tell.
    """

    sides: dict[str, str] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)
    press: set[str] = field(default_factory=set)
    worldwide: set[str] = field(default_factory=set)
    lay: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    talks: list[Talk] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)

    def together(self, one: str, other: str) -> bool:
        """Whether two actors are of one side: the same, a body and its state, or two of one state."""
        return self.side(one) == self.side(other)

    def side(self, actor: str) -> str:
        """The state or organisation that an actor stands for; itself where nothing says more."""
        for _ in range(3):
            actor = self.sides.get(actor, actor)
        return actor

    def has_standing(self, actor: str) -> bool:
        """Whether an actor speaks for a body or state, or holds a post, as far as the page tells."""
        return actor not in self.private

    def talk_at(self, at: int) -> Talk | None:
        """The talk under way at offset `at`: the last one told before it, else the first of the page."""
        index = bisect_right(self.talks, at, key=START) - 1
        return self.talks[max(index, 0)] if self.talks else None

    def parties(self, at: int) -> tuple[str, str] | None:
        """The states or bodies of the two parties of the talk under way at offset `at`."""
        talk = self.talk_at(at)
        return (self.side(talk.one[0]), self.side(talk.other[0])) if talk and talk.one else None

    def partner(self, actor: str, at: int) -> str | None:
        """The other side of the talk under way at offset `at`, as its first person or body: of the actor's own talk,
        where the last one told is of another person of his side. An office of a state has none in talks of others."""
        talk = self.talk_at(at)
        absent = talk is not None and actor in self.offices and not (actor in talk.one or actor in talk.other)
        if talk is None or absent or (partner := self._across(actor, talk)) is None:
            return None
        if not self._elsewhere(actor, talk):
            return partner
        own = [t for t in self.talks if actor in t.one or actor in t.other]
        nearest = next((t for t in reversed(own) if t.start <= at), next(iter(own), None))
        return self._across(actor, nearest) if nearest else None

    def _across(self, actor: str, talk: Talk) -> str | None:
        """Whom an actor faces in a talk; None where he is of neither side, or of both."""
        in_one = any(self.together(actor, a) for a in talk.one)
        in_other = any(self.together(actor, a) for a in talk.other)
        return None if in_one == in_other else talk.other[0] if in_one else talk.one[0]

    def _elsewhere(self, actor: str, talk: Talk) -> bool:
        """Whether the actor is a person, but another person talks for his side."""
        side = talk.one if any(self.together(actor, a) for a in talk.one) else talk.other
        return actor in self.people and side[0] in self.people and actor not in side


def floor(page: Page) -> Floor:
    """The sides and talks of the page; made once and kept on it."""
    kept = page.memo.get("floor")
    if isinstance(kept, Floor):
        return kept
    kinds: Counter[str] = Counter(a.kind for a in page.actors)
    made = Floor(_sides(page), _private(page), _press(page), _worldwide(page), _lay(page), _offices(page), kinds)
    made.people = {a.id for a in page.actors if a.kind == "person"}
    made.states = {a.id for a in page.actors if a.kind == "state"}
    for role in ("talk", "visit"):
        if not any(talk.one for talk in made.talks):
            _hear(page, made, role)
    page.memo["floor"] = made
    return made


def _sides(page: Page) -> dict[str, str]:
    """Actor → the state, else the organisation, named most often inside its titles or its own name.

    Where one serves (`tại Việt Nam`) is nobody's side. A body of which only the page's own people are is of its state.
    """
    votes, home, worldwide = _votes(page), _at_home(page), _worldwide(page)
    told = {actor: counter.most_common(1)[0][0] for actor, counter in votes.items()}
    states = {a.id for a in page.actors if a.kind == "state"}
    abroad = {who for who, counter in votes.items() if states & (counter.keys() - {home.get(who)})}
    foreign = {told[who] for who in told if who not in home or who in abroad}
    bodies = {told[who]: state for who, state in home.items() if who in told}
    own = {body: state for body, state in bodies.items() if body not in {*worldwide, *states, *foreign}}
    return _belonging(page) | own | home | told


def _offices(page: Page) -> set[str]:
    """Bodies known to belong to a state that the page names, but not in their own name."""
    return _belonging(page).keys() - _votes(page).keys()


def _belonging(page: Page) -> dict[str, str]:
    """Bodies known to belong to a state that the page names, and that state."""
    known = {h.start: h.entry.state for h in page.hits.get("bodies", []) if isinstance(h.entry, Body) and h.entry.state}
    states = {a.code: a.id for a in page.actors if a.kind == "state"}
    bodies = (m for m in page.mentions if m.kind == "organisation" and m.actors and m.start in known)
    return {m.actors[0]: states[known[m.start]] for m in bodies if known[m.start] in states}


def _votes(page: Page) -> dict[str, Counter[str]]:
    votes: dict[str, Counter[str]] = {}
    outer: Mention | None = None
    for mention in sorted(page.mentions, key=lambda m: (m.start, -m.end)):
        if outer is None or mention.start >= outer.end:
            outer = mention
        elif outer.actors and mention.actors and outer.kind in ("person", "organisation"):
            actor, side = outer.actors[0], mention.actors[0]
            if actor != side and mention.kind in ("state", "organisation") and not _seat(page, outer, mention):
                votes.setdefault(actor, Counter())[side] += 3 if mention.kind == "state" else 1
    return votes


def _seat(page: Page, outer: Mention, mention: Mention) -> bool:
    """Whether a state stands after `tại` or the like in a title or name that tells of another before."""
    word = grammar(page).words.get(skip(page.text, outer.start, mention.start))
    return mention.kind == "state" and word is not None and role_of(word) == "place"


def _private(page: Page) -> set[str]:
    """Persons without a post, on a page that names no two states."""
    if sum(actor.kind == "state" for actor in page.actors) > 1:
        return set()
    return {a.id for a in page.actors if a.kind == "person" and not a.posts}


def _press(page: Page) -> set[str]:
    """News agencies, papers and stations: known as such, or called so by their first word."""
    known = {hit.start for hit in page.hits.get("bodies", []) if hit.entry.id.startswith(NEWS)}
    known |= {hit.start for hit in spoken(page, "press")}
    bodies = (m for m in page.mentions if m.kind == "organisation" and m.actors)
    return {m.actors[0] for m in bodies if m.start in known or (m.name and m.name[0] in known)}


def _worldwide(page: Page) -> set[str]:
    known = {h.start: h.entry for h in page.hits.get("bodies", []) if isinstance(h.entry, Body)}
    bodies = [m for m in page.mentions if m.kind == "organisation" and m.actors and m.start in known]
    return {m.actors[0] for m in bodies if not known[m.start].state and known[m.start].code}


def _lay(page: Page) -> set[str]:
    """Persons all of whose posts are callings: scholars, writers, artists."""
    titles = {h.start: h.entry for h in page.longest("titles") if isinstance(h.entry, Title)}
    told = {a.id: {_calling(titles, post.start, post.end) for post in a.posts} for a in page.actors if a.posts}
    return {person for person, callings in told.items() if callings == {True}}


def _calling(titles: dict[int, Title], start: int, end: int) -> bool:
    """Whether the first title of a post is of a calling."""
    first = next((titles[at] for at in range(start, end) if at in titles), None)
    return first is not None and first.kind == "role"


def _at_home(page: Page) -> dict[str, str]:
    """Persons with names of the page's own language are of its state, where the page names that."""
    words = {e.id: e for e in page.lexicon.entries("speech", SpeechWord) if e.role == "home"}
    code = next((e.note for e in words.values()), None)
    home = next((a.id for a in page.actors if a.code and a.code == code), None)
    people = (a for a in page.actors if a.kind == "person" and a.names)
    return {a.id: home for a in people if is_at_home(a, page.lexicon)} if home else {}


def _hear(page: Page, made: Floor, role: str) -> None:
    for hit in longest(spoken(page, role)):
        index = bisect_right(page.sentences, hit.start, key=START) - 1
        sentence = page.sentences[index] if index >= 0 else None
        if role == "visit" and hit.start - page.sentences[0].start > LEAD:
            break
        if sentence is None or hit.start >= sentence.end:
            continue
        if talk := _talk(page, sentence, hit, made):
            made.talks.append(talk)
        elif made.talks and hit.start - sentence.start < OPENING and _of_another(page, hit):
            made.talks.append(Talk(hit.start, (), ()))


def _of_another(page: Page, hit: Hit) -> bool:
    """`Tiếp Chủ tịch Tập đoàn An Bình, …`: whether who is met is told by an office or body that the page does not name
    otherwise."""
    at, word = hit.end + 1, grammar(page).opens.get(hit.end + 1)
    titled = any(title.start == at for title in page.within("titles", at, at + NEAR))
    led = titled or (word is not None and role_of(word) == "prefix")
    told = UNTIL.match(page.text, at)
    known = bisect_left(grammar(page).tops, at, key=START)
    named = known < len(grammar(page).tops) and told is not None and grammar(page).tops[known].start < told.end()
    return led and not named and told is not None and NAME.search(told.group(), 1) is not None


def _talk(page: Page, sentence: Sentence, hit: Hit, made: Floor) -> Talk | None:
    return _with_guest(page, sentence, hit, made) or _among(page, sentence, hit, made)


def _among(page: Page, sentence: Sentence, hit: Hit, made: Floor) -> Talk | None:
    """`A và B điện đàm ngày 7/2`: both sides before the cue, and nobody after it."""
    at = hit.end + 1
    word = grammar(page).opens.get(at)
    over = page.text[hit.end] in CLOSING if hit.end < sentence.end else True
    if not over and at not in {date.start for date in page.dates} and (word is None or role_of(word) not in AFTER):
        return None
    told = [m for m in subjects_of(page, sentence, hit.start) if m.kind in ("person", "state")]
    return _between(told[0].actors, told[1].actors, hit.start, made) if len(told) == 2 else None


def _with_guest(page: Page, sentence: Sentence, hit: Hit, made: Floor) -> Talk | None:
    known = grammar(page)
    index = bisect_left(known.tops, hit.end, key=START)
    sent = known.opens.get(hit.end + 1)
    reach = DELEGATED if sent is not None and role_of(sent) == "prefix" else NEAR
    if index == len(known.tops) or known.tops[index].start > min(hit.end + reach, sentence.end):
        return None
    guest = known.tops[index]
    held = guest.kind == "organisation" and page.text[guest.end : guest.end + 1] == ","
    if not _leads(page, hit.end, guest.start, delegated=reach == DELEGATED, held=held):
        return None
    together = hit.entry.note if isinstance(hit.entry, SpeechWord) else ""
    between = _pair(page, sentence, guest) if together and together in page.folded[hit.start : guest.start] else None
    if between:
        return _between(between[0].actors, between[1].actors, hit.start, made)
    hosts = subjects_of(page, sentence, hit.start) or _nearby(page, sentence, hit.start, guest)
    host = _host(hosts[-1], guest, made) if hosts else ()
    return _between(host, guest.actors, hit.start, made) if host else None


def _host(told: Mention, guest: Mention, made: Floor) -> tuple[str, ...]:
    """Of `hai bên` the side that met others before, else the one that is not the guest's."""
    if told.kind != "sides" or not guest.actors:
        return told.actors
    before = made.talks[-1].one if made.talks else ()
    if before and not made.together(before[0], guest.actors[0]):
        return before
    return tuple(a for a in told.actors if not made.together(a, guest.actors[0]))


def _leads(page: Page, start: int, end: int, *, delegated: bool, held: bool) -> bool:
    """Whether nothing but small words leads from the words of talking to the guest, or the name of a delegation; where
    offices are `held` in a body (`Tiếp Chủ tịch Tập đoàn An Bình, …`), those too."""
    words, at = grammar(page).words, skip(page.text, start, end)
    offices = {title.end: title.start for title in page.within("titles", start, end)} if held else {}
    if any(mark in page.text[start:end] for mark in ",;.:"):
        return False
    while at > start:
        if at in offices:
            at = skip(page.text, start, offices[at])
            continue
        word = words.get(at)
        if word is None or role_of(word) not in LEADING:
            return delegated and (word is None or role_of(word) != "place")
        at = skip(page.text, start, word.start)
    return True


def _pair(page: Page, sentence: Sentence, guest: Mention) -> tuple[Mention, Mention] | None:
    """`giữa A và B`: both sides after the cue."""
    known = grammar(page)
    index = bisect_left(known.tops, guest.end, key=START)
    if index < len(known.tops) and known.tops[index].start < sentence.end:
        both = coordinated(page, sentence, known.tops[index])
        if len(both) == 2 and both[0] is guest:
            return both[0], both[1]
    return None


def _nearby(page: Page, sentence: Sentence, at: int, guest: Mention) -> tuple[Mention, ...]:
    """The other party: who opens the sentence or the clause after the guest."""
    for found in (upcoming(page, sentence, guest.end), opening(page, sentence, at)):
        if found and found.actors and found.actors != guest.actors:
            return (found,)
    known = grammar(page)
    last = bisect_left(known.tops, at, key=START)
    before = [m for m in known.tops[max(0, last - FAR) : last] if m.start >= sentence.start and m.kind == "person"]
    return (before[-1],) if before else ()


def _between(one: tuple[str, ...], other: tuple[str, ...], start: int, made: Floor) -> Talk | None:
    if not one or not other or made.together(one[0], other[0]) or {one[0], other[0]} & (made.press | made.lay):
        return None
    return Talk(start, one, other)

"""Titles without a name: whom they stand for on this page, if anyone."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import islice

from servanda.folding import fold
from servanda.lexicon import Lexicon
from servanda.read.page import Mention, Page
from servanda.types import Actor, Post, Span
from servanda.vocabulary import HomeNames, NameWord, Phrase, Title

HOME = "VN"
FAR = 60  # how many persons are looked back at
BARE = 2  # words of a title that tells of nothing
HEAD = 500  # code points at the head of a page, in which an office may be told before the name of its holder
FIRST, OPENING = 3, 40  # code points from the head of a sentence to a pronoun, and to a person, that opens it
REACH = 4  # how many posts of one holder are looked at


@dataclass(frozen=True, slots=True)
class Office:
    """A post taken apart: its words without the state, and the state (actor id) if the wording tells it."""

    words: tuple[str, ...]
    state: str | None


def link_roles(page: Page, persons: list[Actor]) -> None:
    """Fill `actors` of persons' mentions without a name; where no one is meant, the office's state stands in."""
    if all(mention.kind != "person" or mention.name for mention in page.mentions):
        return
    offices = _Offices(page, persons)
    kept: list[Mention] = []
    before: dict[str, str] = {}
    for mention in page.mentions:
        if mention.kind != "person" or mention.name:
            kept.append(mention)
            if mention.kind == "person" and mention.actors:
                offices.note(before, mention)
            continue
        title = offices.titles.get(mention.start) or offices.title_in(mention)
        holder = offices.holder(mention, title, before) or offices.named_below(mention, title)
        if holder:
            mention.actors = (holder,)
            if title and title.kind == "honorific":
                offices.tell(holder, mention.posts)
            kept.append(mention)
            offices.note(before, mention)
        elif title and title.state:
            state = offices.state_of(mention.start, mention.end)
            if state:
                code = offices.codes[state]
                kept.append(
                    Mention(mention.start, mention.end, "role", actors=(state,), code=code, posts=mention.posts)
                )
    page.mentions[:] = kept


@cache
def _home(lexicon: Lexicon) -> HomeNames:
    return HomeNames.of(lexicon.entries("name_words", NameWord))


@cache
def _given(lexicon: Lexicon) -> dict[str, str]:
    """Folded given names, and middle names after a space, to the gender that they tell."""
    known = {e.id: e.list for file in ("name_words", "given_names") for e in lexicon.entries(file, NameWord)}
    told = (("given", ""), ("middle", " "))
    genders = (("female", "f"), ("male", "m"))
    return {
        lead + fold(name): sign
        for kind, lead in told
        for word, sign in genders
        for name in known.get(f"{kind}_{word}", ())
    }


def is_at_home(person: Actor, lexicon: Lexicon) -> bool:
    """Whether a person bears a name of the language's own country."""
    return _home(lexicon).hold(person.names[0])


@cache
def _met(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(word for p in lexicon.entries("name_grammar", Phrase) if p.role == "met" for word in p.list)


class _Offices:
    """The posts of the persons of a page, and the states in them."""

    def __init__(self, page: Page, persons: list[Actor]) -> None:
        self.page = page
        self.titles = {h.start: h.entry for h in page.longest("titles") if isinstance(h.entry, Title)}
        self.ends = {h.start: h.end for h in page.longest("titles")}
        self.starts = [sentence.start for sentence in page.sentences]
        self.openers = self._openers()
        self.ends_at = {m.end: m for m in page.mentions if m.kind == "person"}
        self.states = {m.start: m for m in page.mentions if m.kind == "state" and m.actors}
        self.codes = {m.actors[0]: m.code for m in self.states.values() if m.code}
        self.persons = {p.id: p for p in persons}
        self.told = {p.id: [self.office(q.start, q.end) for q in p.posts] for p in persons}

    def note(self, before: dict[str, str], mention: Mention) -> None:
        """Put the person last of those named, with the gender that a title told (m, f or nothing)."""
        who = mention.actors[0]
        title = self.titles.get(mention.start)
        known = before.pop(who, "") or self.gender(who)
        before[who] = (title.gender if title else None) or known

    def gender(self, who: str) -> str:
        """The gender that a person's name tells (Trần Thị Mẫu, Angela …): m, f or nothing."""
        words = fold(self.persons[who].names[0]).split()
        given = _given(self.page.lexicon)
        if len(words) > 2 and words[0] in _home(self.page.lexicon).surnames:
            return given.get(" " + words[1], "")
        return given.get(words[0], "") if len(words) > 1 else ""

    def title_in(self, mention: Mention) -> Title | None:
        """The first title inside a mention that begins with another word (tân, quyền)."""
        return next((self.titles[at] for at in range(mention.start, mention.end) if at in self.titles), None)

    def state_of(self, start: int, end: int) -> str | None:
        """The state named first within a span."""
        return next((self.states[at].actors[0] for at in range(start, end) if at in self.states), None)

    def office(self, start: int, end: int) -> Office:
        """A post's words from its title on, without its first state."""
        start = next((at for at in range(start, end) if at in self.titles), start)
        state = next((self.states[at] for at in range(start, end) if at in self.states), None)
        folded = self.page.folded
        words = folded[start : state.start] + " " + folded[state.end : end] if state else folded[start:end]
        return Office(tuple(words.split()), state.actors[0] if state else None)

    def holder(self, mention: Mention, title: Title | None, before: dict[str, str]) -> str | None:
        """The person meant: by gender for `ông` and `bà`, rather who opens the sentence before; else by office, the one
        named last."""
        if title is None:
            return None
        if title.kind == "honorific":
            subject = self.opener_before(mention.start) or self.opener_past_guest(mention.start)
            if subject and before.get(subject) in ("", title.gender):
                return subject
            return next((who for who in islice(reversed(before), FAR) if before[who] in ("", title.gender)), None)
        span = mention.posts[-1] if mention.posts else (mention.start, mention.end)
        wanted = self.office(*span)
        ranked: dict[str, int] = {}
        for who in islice(reversed(before), FAR):
            if mention.former and not any(post.former for post in self.persons[who].posts):
                continue
            ranked[who] = min((self.fit(who, wanted, told) for told in self.told[who]), default=9)
            if ranked[who] == 0:
                break
        best = min(ranked, key=lambda who: ranked[who], default=None)
        if best is None or ranked[best] == 9:
            return None
        self._learn(best, wanted, span, mention.former)
        return best

    def opener_before(self, at: int) -> str | None:
        """Who opens the sentence before the one that the word at `at` opens."""
        number = bisect_right(self.starts, at) - 1
        if number < 1 or at - self.starts[number] > FIRST:
            return None
        opener = self.openers.get(number - 1)
        return opener.actors[0] if opener and opener.actors else None

    def opener_past_guest(self, at: int) -> str | None:
        """`A cho biết khi hội đàm với B, ông …`: who opens the sentence, where B stands right before the pronoun."""
        number = bisect_right(self.starts, at) - 1
        opener, guest = self.openers.get(number), self.ends_at.get(at - 2)
        if opener is None or guest is None or not opener.actors or opener.actors == guest.actors:
            return None
        word = self.page.folded[: guest.start].rstrip().rpartition(" ")[2]
        met = self.page.folded[at - 2 : at] == ", " and word in _met(self.page.lexicon)
        return opener.actors[0] if met and guest.start > opener.end else None

    def _openers(self) -> dict[int, Mention]:
        """By the number of a sentence, the first person mentioned near its head."""
        found: dict[int, Mention] = {}
        for mention in self.page.mentions:
            number = bisect_right(self.starts, mention.start) - 1
            if mention.kind == "person" and number >= 0 and mention.start - self.starts[number] < OPENING:
                found.setdefault(number, mention)
        return found

    def named_below(self, mention: Mention, title: Title | None) -> str | None:
        """The one person of the page who holds the office told at its head, where a name follows only later."""
        if title is None or title.kind == "honorific" or mention.start > HEAD or mention.former:
            return None
        start, end = mention.posts[-1] if mention.posts else (mention.start, mention.end)
        wanted = self.office(start, end)
        headline = self.page.title[1] if self.page.title else 0
        whole = end > max((self.ends[at] for at in range(start, end) if at in self.ends), default=end)
        known = mention.start < headline and (title.leads or len(wanted.words) > BARE)
        if wanted.state is None and not whole and not known:
            return None
        home = self.codes.get(wanted.state or "") == HOME
        holders = [
            who
            for who, told in self.told.items()
            if any(self.fit(who, wanted, post) <= (home and self._is_home(who, post)) for post in told)
        ]
        return holders[0] if len(holders) == 1 else None

    def fit(self, who: str, wanted: Office, told: Office) -> int:
        """As _fit, but an office told without a state is the home side's first, and no one with a Vietnamese name holds
        another state's office unless the page says so."""
        fit = _fit(wanted, told)
        if fit == 1 and any(known.state not in (None, wanted.state) for known in self.told[who]):
            return 9
        if fit == 0 and wanted.state is None and not self._is_home(who, told):
            return 1
        if fit == 1 and self.codes.get(wanted.state or "") != HOME and self._is_vietnamese(who):
            return 9
        return fit

    def _is_home(self, who: str, told: Office) -> bool:
        """`Thủ tướng` alone is the home side's, if it has one on the page."""
        return self.codes.get(told.state or "") == HOME or (told.state is None and self._is_vietnamese(who))

    def _is_vietnamese(self, who: str) -> bool:
        return is_at_home(self.persons[who], self.page.lexicon)

    def tell(self, who: str, posts: tuple[Span, ...]) -> None:
        """`Ông là Bộ trưởng …`: the person whom the pronoun means holds these, if no post of another state's."""
        states = {told.state for told in self.told[who]} - {None}
        for post in posts:
            office = self.office(*post)
            if len(self.page.folded[slice(*post)].split()) > BARE and (
                office.state is None or {office.state} >= states
            ):
                self._learn(who, office, post, former=False)

    def _learn(self, who: str, wanted: Office, span: Span, former: bool) -> None:
        """A fuller wording of a post that a person is known to have."""
        if any(
            len(told.words) >= len(wanted.words) and (wanted.state in (None, told.state)) for told in self.told[who]
        ):
            return
        if former or len(self.told[who]) > REACH:
            return
        self.told[who].append(wanted)
        actor = self.persons[who]
        text = " ".join(self.page.text[slice(*span)].split())
        shorter = [p for p in actor.posts if _within(fold(p.text).split(), fold(text).split())]
        actor.posts = [p for p in actor.posts if p not in shorter] + [Post(text, *span)]


def _fit(wanted: Office, told: Office) -> int:
    """How well a wording fits a post: 0 the same office of the same state, 1 no state told of one, 9 not."""
    if wanted.words[:1] != told.words[:1]:
        return 9
    if not (_within(wanted.words, told.words) or _within(told.words, wanted.words)):
        return 9
    longer = len(wanted.words) - len(told.words)
    if longer > 2 or (longer > 0 and wanted.state != told.state):
        return 9
    if wanted.state == told.state or wanted.state is None:
        return 0
    return 1 if told.state is None else 9


def _within(short: tuple[str, ...] | list[str], long: tuple[str, ...] | list[str]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)

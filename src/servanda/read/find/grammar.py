"""What the finders need of the lexicon, made ready once a process."""

from __future__ import annotations

import re
from functools import cache

from servanda.folding import fold
from servanda.lexicon import Lexicon
from servanda.vocabulary import Body, Capital, Mission, NameWord, Phrase, State, expand

UPPER = "".join(c for c in map(chr, [*range(0x41, 0x250), *range(0x1E00, 0x1F00)]) if c.isupper())


class Grammar:
    """Word lists as sets and patterns compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = {e.id: e for file in ("name_words", "given_names") for e in lexicon.entries(file, NameWord)}
        self.surnames = frozenset(map(fold, words["surname"].list))
        self.common_surnames = frozenset(map(fold, words["common_surname"].list))
        self.particles = frozenset(words["particle"].list)
        self.not_a_name = frozenset(map(fold, words["not_a_name"].list))
        self.given = frozenset(words["given"].list)
        self.alone = frozenset(map(fold, words["known_alone"].list))
        self.openers = self.common_surnames | {re.split(r"\W", fold(name), maxsplit=1)[0] for name in self.given}
        self.syllable = re.compile(words["syllable"].pattern)
        korean = "|".join(words["korean_second"].list)
        self.name_tail = re.compile(rf"[ \u00a0]?-[ \u00a0](?i:{korean})(?!\w)")
        self.lists: dict[str, frozenset[str]] = {}
        for phrase in lexicon.entries("name_grammar", Phrase):
            self.lists[phrase.role] = self.lists.get(phrase.role, frozenset()) | frozenset(map(fold, phrase.list))
        self.term = re.compile(next(p.pattern for p in lexicon.entries("name_grammar", Phrase) if p.role == "term"))
        self.pair = _pair_pattern(lexicon)
        self.states_by_short = _short_states(lexicon)
        self.capitals = {c.id: c.state for c in lexicon.entries("capitals", Capital)}
        self.missions = _missions(lexicon)
        self.mission = _mission_pattern(lexicon, self.missions)


@cache
def grammar(lexicon: Lexicon) -> Grammar:
    """The grammar of a lexicon, made once."""
    return Grammar(lexicon)


def _short_states(lexicon: Lexicon) -> dict[str, str]:
    return {fold(w): s.id for s in lexicon.entries("states", State) for w in s.paired}


def _pair_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    short = {w for s in lexicon.entries("states", State) for w in s.paired}
    forms = "|".join(sorted(map(re.escape, short), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{forms})(?:[ \u00a0]?[-–][ \u00a0]?(?:{forms}))+(?!\w)")


def _organisations(lexicon: Lexicon) -> dict[str, str]:
    """Folded names of the bodies that run operations, to their codes."""
    bodies = {b.code: b for b in lexicon.entries("bodies", Body) if b.code}
    runners = {m.by for m in lexicon.entries("missions", Mission)}
    return {fold(n): code for code in runners for w in bodies[code].words for n in expand(w)}


def _missions(lexicon: Lexicon) -> dict[tuple[str, str], str]:
    """(who runs it, folded place) to the code of the latest operation there; a state under all its names."""
    by_start = sorted(lexicon.entries("missions", Mission), key=lambda m: m.start or "")
    names = {s.id: {fold(w) for w in s.words if "(" not in w} for s in lexicon.entries("states", State)}
    found: dict[tuple[str, str], str] = {}
    for mission in by_start:
        places = {fold(name) for place in mission.places for name in expand(place)}
        for state in mission.states:
            places |= names[state] if places & names[state] else set()
        found |= {(mission.by, place): mission.id for place in places}
    return found


def _mission_pattern(lexicon: Lexicon, missions: dict[tuple[str, str], str]) -> re.Pattern[str]:
    source = next(p.pattern for p in lexicon.entries("name_grammar", Phrase) if p.role == "mission")
    places = "|".join(sorted({re.escape(place) for _, place in missions}, key=len, reverse=True))
    bodies = "|".join(sorted(map(re.escape, _organisations(lexicon)), key=len, reverse=True))
    codes = "|".join(
        sorted((re.escape(fold(m.id)) for m in lexicon.entries("missions", Mission)), key=len, reverse=True)
    )
    source = source.replace("{place}", places).replace("{org}", bodies).replace("{code}", codes)
    return re.compile(rf"(?<!\w){source}(?!\w)")


@cache
def runners(lexicon: Lexicon) -> dict[str, str]:
    """Folded names of the bodies that run operations, to their codes."""
    return _organisations(lexicon)

"""The shape of a person's name: where the naming words that start at a position end."""

from __future__ import annotations

import re

from servanda.read.find.clues import CAPITAL, MARKED, Clues
from servanda.types import Span
from servanda.vocabulary import Title

LONGEST = 7
MOST_PARTICLES = 3
APOSTROPHE = re.compile(r"[ \u00a0]?[’'][ \u00a0]?([a-z]{3,})(?!\w)")


def tokens(clues: Clues, at: int, *, titled: bool) -> list[Span]:
    """The capitalised words that follow one another from `at`, with the particles between them (al, bin, van); after a
    title a family name may open with an article (al-Attiyah)."""
    text = clues.text
    found = [_family(clues, at)] if titled and clues.listed("article", clues.word(at)) else []
    if found and found[0][1] == at:
        found = []
    elif found:
        at = clues.skip(found[0][1])
    while len(found) < LONGEST:
        match = CAPITAL.match(text, at)
        if not match:
            at = _past_particle(clues, at) if found and not MARKED.search(text[slice(*found[0])]) else 0
            if at:
                continue
            break
        tail = clues.grammar.name_tail.match(text, match.end())
        end = tail.end() if tail else _past_apostrophe(clues, _word_end(clues, match))
        found.append((match.start(), end))
        at = clues.skip(end)
        if at == end:
            break
    return found


def _family(clues: Clues, at: int) -> Span:
    """A family name with the article that opens it, joined by a dash or a space (al-Attiyah, Al Thani)."""
    after = at + len(clues.word(at))
    for joint in ("-", " - ", " "):
        name = CAPITAL.match(clues.text, after + len(joint)) if clues.text.startswith(joint, after) else None
        if name:
            return at, name.end()
    return at, at


def _word_end(clues: Clues, match: re.Match[str]) -> int:
    """Where a word of a name ends: before a title hung on by a dash, after a second given name set off by one."""
    cut = clues.text.find("-", *match.span()) + 1
    if cut and cut in clues.titles and clues.titles[cut].end > match.end():
        return cut - 1
    if match.group() in clues.grammar.given and clues.text.startswith(" - ", match.end()):
        second = CAPITAL.match(clues.text, match.end() + 3)
        if second and second.group() in clues.grammar.given:
            return second.end()
    return match.end()


def _past_apostrophe(clues: Clues, end: int) -> int:
    """Past the rest of a name that is torn at its apostrophe (Ja ' afari)."""
    rest = APOSTROPHE.match(clues.text, end)
    return rest.end() if rest and not clues.is_syllable(rest.group(1)) else end


def _past_particle(clues: Clues, at: int) -> int:
    for _ in range(MOST_PARTICLES):
        word = clues.word(at)
        after = at + len(word)
        if clues.text.startswith(" - ", after):
            after += 2
        if word not in clues.grammar.particles or clues.text[after : after + 1] not in (" ", "-"):
            return 0
        if CAPITAL.match(clues.text, after + 1):
            return after + 1
        at = after + 1
    return 0


def name_end(clues: Clues, at: int, *, titled: bool) -> int | None:
    """Where the person's name that starts at `at` ends, or None. `titled`: a title or rank stands before it."""
    found = tokens(clues, at, titled=titled)
    for number, (start, end) in enumerate(found):
        if number == 1 and start in clues.places and clues.folded[slice(*found[0])] in clues.grammar.surnames:
            continue
        if _is_other(clues, start, end, first=number == 0):
            found = found[:number]
            break
    if not found:
        return None
    words = [clues.folded[s:e] for s, e in found]
    count = _vietnamese(clues, words)
    if not count and (titled or _looks_foreign(clues, found)):
        count = len(words)
    if all(_initials(clues.text[s:e]) for s, e in found[:count]):
        return None
    return found[count - 1][1] if count > (not titled) else None


def _is_other(clues: Clues, start: int, end: int, *, first: bool) -> bool:
    """Whether a word belongs to a state, place, body, mission or title, or is an acronym."""
    for hits in (clues.states, clues.places, clues.capitals):
        hit = hits.get(start)
        if hit and (hit.end > end or (first and not _goes_on(clues, end))):
            return True
    token, folded = clues.text[start:end], clues.folded[start:end]
    if start in clues.bodies or start in clues.missions or (first and clues.listed("address", folded)):
        return True
    title = clues.titles.get(start)
    if title and title.end > end:
        calling = isinstance(title.entry, Title) and title.entry.kind == "role"
        return not (first and calling) or clues.text[clues.skip(end)].islower()
    if first and folded in clues.grammar.not_a_name:
        after = CAPITAL.match(clues.text, clues.skip(end))
        foreign = after is not None and (
            not clues.is_syllable(after.group()) or clues.grammar.name_tail.match(clues.text, after.end()) is not None
        )
        return not foreign and (folded not in clues.grammar.surnames or not _goes_on(clues, end))
    return token.isupper() and not _initials(token) and not token.endswith(".") and not clues.shouting(start)


def _initials(token: str) -> bool:
    """Whether a word is letters with full stops between them (H.R)."""
    return len(token) < 2 or ("." in token and all(len(part) < 2 for part in token.split(".")))


def _goes_on(clues: Clues, end: int) -> bool:
    """Whether another capitalised Vietnamese syllable follows."""
    match = CAPITAL.match(clues.text, clues.skip(end))
    return match is not None and clues.is_syllable(match.group()) and MARKED.search(match.group()) is not None


def _vietnamese(clues: Clues, words: list[str]) -> int:
    """How many words a Vietnamese name takes, or 0. Chinese and Korean names in Sino-Vietnamese reading
    are alike; in Latin letters they have three words at most."""
    if words[0] not in clues.grammar.surnames:
        return 0
    count = 1
    while count < len(words) and count < 5 and clues.grammar.syllable.fullmatch(words[count]):
        count += 1
    if count == 2 < len(words) and "".join(words[:3]).isascii():
        return 3
    return 0 if count == 1 and len(words) > 1 else count


def _looks_foreign(clues: Clues, found: list[Span]) -> bool:
    """Without a title, a name needs two words or more, the first a known given name."""
    if len(found) < 2 or clues.text[slice(*found[0])] not in clues.grammar.given:
        return False
    return not (clues.is_syllable(clues.text[slice(*found[0])]) and MARKED.search(clues.text[slice(*found[1])]))

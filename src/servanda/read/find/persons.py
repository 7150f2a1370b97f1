"""Persons: titles and a name, a name alone, a title alone that stands for its holder, posts told after the name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from servanda.read.find.clues import CAPITAL, ENDS, SPACES, WORD, Clues
from servanda.read.find.names import name_end
from servanda.read.find.posts import TitlePhrase, past_prefix, title_phrase
from servanda.read.page import Mention, Page
from servanda.types import Span
from servanda.vocabulary import Title

MARKS = re.compile(r", | - | – | \(| — |- | -")
NO_LETTER = re.compile(r"\W")
JOINTS = "-’'."
APPOSED = (", ", " - ", " – ")
CLOSES = re.compile(r"[,;)\n]|\.(?=\s|$)| [-–] ")
APPOSITION, LONGEST_BODY = 110, 14  # code points and words of a post's body that is not known, at most
COUNTERPART = "vi.title.counterpart"  # whose holder is told by someone else's post
MOST_BEFORE = 3  # words looked back at
ADVERBIAL = 90  # code points from the head of a sentence to whom it says that someone met


def find_persons(clues: Clues, bodies: list[Mention]) -> list[Mention]:
    """Mentions of persons; a title without a name has `name` None."""
    phrases = _phrases(clues, bodies)
    _name_by_given_name(clues, phrases)
    full = _full_names(clues, phrases)
    _name_by_surname(clues, phrases, full)
    found: list[Mention] = []
    for phrase in phrases:
        if not found or phrase.start >= found[-1].end:
            found += _mention(clues, phrase, full)
    taken = bytearray(len(clues.text) + 1)
    for mention in [*found, *bodies]:
        taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    return found + _bare(clues, taken, full)


def _phrases(clues: Clues, bodies: list[Mention]) -> list[TitlePhrase]:
    phrases: list[TitlePhrase] = []
    within = bytearray(len(clues.text) + 1)
    for body in bodies:
        within[body.start + 1 : body.end] = b"\1" * (body.end - body.start - 1)
    reach = -1
    for at in sorted(clues.titles):
        if at >= reach and not clues.inner[at] and not within[at] and not _opens_a_body(clues, at):
            phrase = title_phrase(clues, at)
            phrase = _before_subject(clues, phrase)
            phrases.append(phrase)
            reach = phrase.end
    return phrases


def _name_by_given_name(clues: Clues, phrases: list[TitlePhrase]) -> None:
    """`Thiếu tá Nga`, on a page that names Đỗ Thị Hằng Nga, is she and no state."""
    names = [clues.folded[slice(*phrase.name)].split() for phrase in phrases if phrase.name]
    last = {name[-1] for name in names if len(name) > 2}
    for phrase in phrases:
        at = clues.skip(phrase.end)
        hit = None if phrase.name or phrase.titles[-1].kind not in ("rank", "honorific") else clues.states.get(at)
        alone = hit is not None and not CAPITAL.match(clues.text, clues.skip(hit.end))
        if hit and alone and at > phrase.end and clues.folded[at : hit.end] in last:
            phrase.name, phrase.end = (at, hit.end), hit.end


def _name_by_surname(clues: Clues, phrases: list[TitlePhrase], full: set[str]) -> None:
    """`ông Tập`, on a page that names Tập Cận Bình, is he, though the word alone may be another one."""
    first = {name.split()[0] for name in full if " " in name} & clues.grammar.not_a_name
    for phrase in phrases if first else ():
        at = clues.skip(phrase.end)
        word = clues.word(at)
        after = clues.skip(at + len(word))
        if phrase.name or word not in first or at == phrase.end or not clues.text[at].isupper():
            continue
        if not clues.listed("no_surname", clues.word(after)) and not clues.text[after : after + 1].isupper():
            phrase.name, phrase.end = (at, at + len(word)), at + len(word)


def _before_subject(clues: Clues, phrase: TitlePhrase) -> TitlePhrase:
    """`Tại cuộc gặp Ngoại trưởng Nga, ông Mistura cho biết`: who is met alone, where another who acts follows."""
    if not phrase.name or not phrase.posts or not clues.listed("met", clues.before(phrase.start)[1]):
        return phrase
    comma = clues.text.find(",", phrase.start, phrase.name[0])
    acts = clues.listed("speaks", clues.word(clues.skip(phrase.name[1])))
    if comma < 0 or not acts or not _in_adverbial(clues, phrase.start) or not _parts(clues, phrase, comma):
        return phrase
    posts = [post for post in phrase.posts if post[1] <= comma]
    return TitlePhrase(phrase.start, comma, phrase.titles[:1], posts, plural=phrase.plural)


def _in_adverbial(clues: Clues, at: int) -> bool:
    """Whether the sentence up to `at`, or what stands there from its last word with a capital on, is a phrase of time,
    place or meeting."""
    opening = clues.text[max(0, at - ADVERBIAL) : at]
    first = at - len(opening)
    begin = clues.skip(first + max(map(opening.rfind, ENDS)) + 1)
    last = max((match.start() for match in CAPITAL.finditer(clues.text, first, at)), default=begin)
    return any(clues.listed("adverbial", clues.word(start)) for start in (begin, last))


def _parts(clues: Clues, phrase: TitlePhrase, comma: int) -> bool:
    """Whether the comma parts two people: `ông` after it, or a whole office of some state or body before it."""
    following = clues.titles.get(clues.skip(comma + 1))
    if following and isinstance(following.entry, Title) and following.entry.kind == "honorific":
        return True
    return any(at in clues.states or at in clues.bodies or at in clues.heads for at in range(phrase.start, comma))


def _opens_a_body(clues: Clues, at: int) -> bool:
    """Whether the title's words only open a longer word: Đại sứ quán."""
    end = clues.titles[at].end
    return any(at in hits and hits[at].end > end for hits in (clues.heads, clues.bodies))


def _full_names(clues: Clues, phrases: list[TitlePhrase]) -> set[str]:
    """Folded names of two words or more that follow a title, and the last words of those that are not Vietnamese."""
    names = {clues.folded[slice(*p.name)] for p in phrases if p.name}
    full = {name for name in names if " " in name or "-" in name}
    last = {word for name in full for word in (name.rsplit(" ", 1)[-1], _without_article(clues, name))}
    singles = {name for name in names if not clues.is_syllable(name)}
    return full | singles | {word for word in last if not clues.is_syllable(word) and len(word) > 3}


def _without_article(clues: Clues, name: str) -> str:
    """The last word of a name, past an article that a dash joins to it."""
    article, _, family = name.rsplit(" ", 1)[-1].partition("-")
    return family if clues.listed("article", article) else ""


def _mention(clues: Clues, phrase: TitlePhrase, full: set[str]) -> list[Mention]:
    former = phrase.start not in clues.titles and clues.listed("former", clues.word(phrase.start))
    if phrase.name and _is_supported(clues, phrase, full):
        posts, end = _after(clues, phrase)
        return [Mention(phrase.start, end, "person", phrase.name, posts=(*phrase.posts, *posts), former=former)]
    if _is_pronoun(clues, phrase):
        posts, _ = _after(clues, phrase) if _past_copula(clues, clues.skip(phrase.end)) else ([], 0)
        return [Mention(phrase.start, phrase.end, "person", None, posts=tuple(posts))]
    alone = any(t.alone and t.gender is None for t in phrase.titles) and not phrase.plural
    alone = alone and not (phrase.name is None and _follows(clues, phrase.start, "not_held"))
    if not phrase.name and _goes_on_unknown(clues, phrase.end):
        return []
    if alone:
        end = phrase.posts[-1][1] if phrase.posts else phrase.end if not phrase.name else phrase.name[0]
        return [
            Mention(
                phrase.start, len(clues.text[:end].rstrip()), "person", None, posts=tuple(phrase.posts), former=former
            )
        ]
    return []


def _goes_on_unknown(clues: Clues, end: int) -> bool:
    """Whether a word with a capital follows that is no state: the title is of some body that is not known."""
    after = clues.skip(end)
    if after == end or not CAPITAL.match(clues.text, after) or clues.shouting(end):
        return False
    return not any(after in hits for hits in (clues.states, clues.capitals, clues.titles))


def _is_pronoun(clues: Clues, phrase: TitlePhrase) -> bool:
    """`ông` and `bà`, but not words for relatives and the young, stand alone for a person."""
    title = phrase.titles[0]
    if title.id not in ("vi.title.mr", "vi.title.ms") or phrase.name or clues.word(phrase.start) not in ("ông", "bà"):
        return False
    at = clues.skip(phrase.start + len(clues.word(phrase.start)))
    first = clues.word(at)
    two = f"{first} {clues.word(clues.skip(at + len(first)))}"
    compound = clues.listed("no_pronoun", first) or clues.listed("no_pronoun", two)
    return not compound and not clues.listed("no_pronoun_before", clues.before(phrase.start)[1])


def _is_supported(clues: Clues, phrase: TitlePhrase, full: set[str]) -> bool:
    """One Vietnamese syllable after a title may only begin another word: a full name on the page must have it."""
    assert phrase.name
    name = clues.folded[slice(*phrase.name)]
    if not clues.is_syllable(name):
        return True
    if any(name in (known.split()[0], known.split()[-1]) for known in full if " " in known):
        return True
    after = clues.word(clues.skip(phrase.name[1]))
    honorific = phrase.titles[-1].kind == "honorific"
    return honorific and phrase.titles[-1].gender is not None and not (after and name in clues.grammar.not_a_name)


def _after(clues: Clues, phrase: TitlePhrase) -> tuple[list[Span], int]:
    """Posts told in apposition after a name, and where the whole phrase ends then."""
    posts: list[Span] = []
    reach = phrase.name[1] if phrase.name else phrase.end
    for _ in range(3):
        match = MARKS.match(clues.text, reach)
        mark = match.group() if match else None
        start = reach + len(mark) if mark else _past_copula(clues, clues.skip(reach))
        if not start:
            break
        one = clues.word(start) if clues.listed("one", clues.word(start)) else ""
        at = past_prefix(clues, clues.skip(start + len(one)))
        if at not in clues.titles:
            break
        told = _told_after(clues, at, bare=bool(phrase.name and not phrase.posts))
        group = told.titles[0].group
        if group and mark in APPOSED and not told.posts:
            told.posts = [(at, told.end)]
        if told.name or not told.posts or (mark == ", " and _leads_another(clues, phrase, told)):
            break
        told.end = _apposed_end(clues, told) if mark in APPOSED else told.end
        if group and not _tells_of_a_body(clues, told, clues.titles[at].end):
            break
        posts += [*told.posts[:-1], (told.posts[-1][0], max(told.posts[-1][1], told.end))]
        if mark is None or mark == " (":
            return posts, reach
        reach = told.end
    return posts, reach


def _tells_of_a_body(clues: Clues, told: TitlePhrase, end: int) -> bool:
    """Whether words for one of a group (chuyên gia) go on past `end` to what it is of, and mean no one named before."""
    after, state = clues.word(clues.skip(told.end)), clues.states.get(clues.skip(end))
    acts = state is not None and state.end == told.end and clues.listed("speaks", after)
    return told.end > end and not acts and not clues.listed("pointing", after) and told.titles[0].id != COUNTERPART


def _apposed_end(clues: Clues, told: TitlePhrase) -> int:
    """Where a post between commas ends whose body is not known: at the next comma or stop, or before a verb if its
    first word leads on to a body or a field."""
    end = told.posts[-1][1]
    closes = CLOSES.finditer(clues.text, end, end + APPOSITION)
    close = next((c for c in closes if c.end() not in clues.places), None)
    if told.end > end or told.titles[-1].kind not in ("office", "role") or clues.text[end : end + 1] not in SPACES:
        return told.end
    leads = clues.listed("post_goes_on", clues.word(clues.skip(end)))
    if told.titles[-1].kind == "role" and not leads:
        return told.end
    verb = _verb(clues, end, close.start() if close else end + APPOSITION)
    if verb < 0 and close:
        bracket = "(" in clues.text[end : close.start()]
        if not _names_a_body(clues, end, close.start()) or (bracket and close.group() != ")"):
            return told.end
        return close.end() if bracket else close.start()
    stop = _without_small(clues, end, verb)
    return stop if leads and "(" not in clues.text[end:stop] and _names_a_body(clues, end, stop) else told.end


def _without_small(clues: Clues, start: int, end: int) -> int:
    """Where the words from `start` to `end` (-1: none) end, without those at their end that lead to something else."""
    words = [*WORD.finditer(clues.folded, start, max(start, end))]
    while words and clues.listed("not_last", words[-1].group()):
        words.pop()
    return words[-1].end() if words else start


def _verb(clues: Clues, start: int, end: int) -> int:
    """Where the first word stands in a stretch that no post goes on with, or -1."""
    words = [(start + m.start(), m.group()) for m in WORD.finditer(clues.folded[start:end])]
    for (at, one), (_, two) in zip(words, [*words[1:], (end, "")], strict=False):
        if clues.listed("no_post", one) or clues.listed("no_post", f"{one} {two}"):
            return at
    return -1


def _names_a_body(clues: Clues, start: int, end: int) -> bool:
    """Whether a stretch of words is short enough for a body, and no verb, title or person's name stands in it."""
    words = WORD.findall(clues.folded[start:end])
    most = LONGEST_BODY if clues.text[end : end + 1] in (",", ";", ")") else LONGEST_BODY // 2
    if not 0 < len(words) <= most or any(at in clues.titles for at in range(start, end)):
        return False
    return _verb(clues, start, end) < 0 and clues.grammar.given.isdisjoint(clues.text[start:end].split())


def _leads_another(clues: Clues, phrase: TitlePhrase, told: TitlePhrase) -> bool:
    """`Chủ tịch nước Trần Văn Bình, Thủ tướng Kenya …`: who leads no state that is told leads no other one; nor is the
    one named he who, as `Thủ tướng` alone, does something right after the comma."""
    alone = clues.titles.get(told.posts[-1][0])
    if told.titles[-1].leads and alone and alone.end == told.end:
        return clues.listed("speaks", clues.word(clues.skip(told.end)))
    leads = any(t.leads for t in phrase.titles) and any(t.leads for t in told.titles)
    home = not any(at in clues.states for post in phrase.posts for at in range(*post))
    return leads and home and any(at in clues.states for post in told.posts for at in range(*post))


def _past_copula(clues: Clues, at: int) -> int:
    """Past `là`, `từng giữ chức` and the like at `at`, or 0."""
    hit, word = clues.phrases.get(at), clues.word(at)
    if hit and clues.role(at) == "holds":
        return clues.skip(hit.end)
    return clues.skip(at + len(word)) if clues.listed("copula", word) else 0


def _told_after(clues: Clues, at: int, bare: bool) -> TitlePhrase:
    """The titles in apposition; where those lead to another name, the first alone, if the person has no office yet."""
    told = title_phrase(clues, at)
    if told.name and len(told.titles) > 1 and bare:
        first = title_phrase(clues, at, chain=False)
        if first.posts and first.end > clues.titles[at].end:
            return first
    return told


def _bare(clues: Clues, taken: bytearray, known: set[str]) -> list[Mention]:
    """Names without a title: Vietnamese by their surname, others by a given name, or known from this page."""
    found: list[Mention] = []
    firsts = {name.split(" ", 1)[0] for name in known}
    families = _families(clues, known)
    opens = clues.grammar.openers
    also = {NO_LETTER.split(name, 1)[0] for name in known} | clues.grammar.alone | families
    reach = 0
    for start, end in _capitals(clues.page):
        word = clues.folded[start:end]
        if word not in opens and word not in also:
            continue
        if start < reach or taken[start] or not clues.article[start] or clues.inner[start] or _goes_on(clues, start):
            continue
        end = _bare_end(clues, start, known, firsts) or (word in families and _family_end(clues, start, end)) or 0
        if end and not taken[end - 1]:
            posts, stop = _after(clues, TitlePhrase(start, end, name=(start, end)))
            found.append(Mention(start, stop, "person", (start, end), posts=tuple(posts)))
            reach = stop
        elif not end and _follows(clues, start, "place"):
            reach = name_end(clues, start, titled=True) or reach
    return found


def _families(clues: Clues, known: set[str]) -> set[str]:
    """Family names that stand first in known names of which other words are not Vietnamese (Kim Jong-un)."""
    named = [name.replace(" - ", "-").split() for name in known if " " in name]
    abroad = (words for words in named if any(not clues.is_syllable(word) for word in words[1:]))
    return {words[0] for words in abroad if clues.is_syllable(words[0])} - clues.grammar.not_a_name


def _family_end(clues: Clues, start: int, end: int) -> int:
    """Where a family name ends that stands alone, and at the head of a sentence acts; else 0."""
    after, before = clues.skip(end), clues.before(start)[0]
    inner = CAPITAL.match(clues.text, after) or (before < start and clues.text[before].isupper())
    acts = not clues.opens_sentence(start) or clues.listed("speaks", clues.word(after))
    return end if acts and not inner and clues.text[end : end + 1] not in ("-", ".") else 0


def _capitals(page: Page) -> Iterator[Span]:
    """The words of the page that begin with a capital."""
    tokens = page.tokens
    return zip(tokens.starts[tokens.capital].tolist(), tokens.ends[tokens.capital].tolist(), strict=True)


def _goes_on(clues: Clues, start: int) -> bool:
    """Whether a capitalised word before it reaches over `start` by a dash, an apostrophe or a full stop."""
    if not start or clues.text[start - 1] not in JOINTS:
        return False
    least = clues.text.rfind(" ", 0, start) + 1
    return any(match.end() > start > match.start() for match in CAPITAL.finditer(clues.text, least, start + 1))


def _bare_end(clues: Clues, start: int, known: set[str], firsts: set[str]) -> int:
    first = CAPITAL.match(clues.text, start)
    if not first:
        return 0
    word, given = clues.folded[start : first.end()], first.group() in clues.grammar.given
    opens = word in clues.grammar.common_surnames or given
    if not opens and word not in known and word not in firsts and word not in clues.grammar.alone:
        return 0
    end = name_end(clues, start, titled=True)
    if end and clues.folded[start:end] in known:
        return end
    alone = word in clues.grammar.alone and word not in known
    if alone and _follows(clues, start, "place"):
        return 0
    if (word in known or alone) and start not in clues.states and start not in clues.places:
        return (name_end(clues, start, titled=False) if given else None) or first.end()
    if not opens or _follows(clues, start, "place"):
        return 0
    return name_end(clues, start, titled=False) or 0


def _follows(clues: Clues, at: int, role: str) -> bool:
    """Whether the word before `at`, or the two or three before it, are on the grammar's list of that role."""
    start, told = clues.before(at)
    for _ in range(MOST_BEFORE):
        if not told or clues.listed(role, told):
            return bool(told)
        start, word = clues.before(start)
        told = f"{word} {told}" if word else ""
    return False

"""Clauses: who is the subject of a verb, and how far a predicate reaches.

Vietnamese verbs do not inflect: that a verb is said of someone here and now shows in the words to its left. From the
verb the walk goes left over adverbs, dates and verbs of speech until it meets a name (the subject), a comma or `và` (a
joined predicate: the subject is carried on) or a word that bars it (`sự ủng hộ`, `nhằm kêu gọi`, `nếu … đề nghị`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from servanda.lexicon import Hit
from servanda.read.page import Mention, Page, Sentence
from servanda.vocabulary import ActRule, PositionRule, SpeechWord

START = attrgetter("start")
QUOTES = "\"“”'«»‘’"
MARKS = ",;:.!?()[]–—-…/\n" + QUOTES
SKIPPED = " \u00a0\t" + QUOTES
HEADS = ("acts", "positions")
LONGEST_WALK = 12
BARS = ("noun", "condition", "purpose", "preposition", "place", "cue")
FAR = 12  # predicates or mentions back, at most, in one sentence


@dataclass(slots=True)
class Left:
    """What the walk to the left of a word met: `what` is a role of speech.yaml, mention, mark, start or word."""

    what: str
    start: int
    mention: Mention | None = None
    roles: tuple[str, ...] = ()
    mark: str = ""
    verb: int = 0


@dataclass(slots=True)
class Predicate:
    """A verb of speech or a cue of an act or position, with its subject.

    `start`..`end` is the clause from the first word of the predicate to the end of its content; `content` is where the
    words after the cue begin. `subjects` are the mentions it is said of (empty if none was found); `told` is true where
    they stand in the clause itself, and then `clause` is where the first of them begins. `barred` names the role that
    keeps the verb from being done; `roles` the roles passed between cue and subject. `governor` is who, in the same
    sentence, is said to say it, and `reporter` the verb of it. `guessed` is true where only the order of words speaks
    for the subject; `left` is what stands before a subject told here.
    """

    start: int
    end: int
    hit: Hit
    content: int
    clause: int
    subjects: tuple[Mention, ...] = ()
    told: bool = False
    barred: str = ""
    roles: tuple[str, ...] = ()
    governor: tuple[Mention, ...] = ()
    reporter: str = ""
    join: str = ""
    guessed: bool = False
    left: str = ""


@dataclass(slots=True)
class Clause:
    """A stretch of a sentence with one subject, told in it (`carried` false) or carried on from the clause before."""

    start: int
    end: int
    subjects: tuple[Mention, ...]
    carried: bool


@dataclass(slots=True)
class Grammar:
    """The words of a page by where they end, for the walk to the left."""

    page: Page
    words: dict[int, Hit] = field(default_factory=dict)
    names: dict[int, Mention] = field(default_factory=dict)
    days: dict[int, int] = field(default_factory=dict)
    heads: list[Hit] = field(default_factory=list)
    tops: list[Mention] = field(default_factory=list)
    opens: dict[int, Hit] = field(default_factory=dict)
    made: dict[int, list[Predicate]] = field(default_factory=dict)
    seen: dict[tuple[str, str, int], list[str]] = field(default_factory=dict)


def grammar(page: Page) -> Grammar:
    """The grammar of the page; made once and kept on it."""
    kept = page.memo.get("grammar")
    if isinstance(kept, Grammar):
        return kept
    made = Grammar(page)
    for file in ("speech", *HEADS):
        for hit in page.hits.get(file, []):
            known = made.words.get(hit.end)
            if known is None or known.start > hit.start:
                made.words[hit.end] = hit
            if file == "speech":
                made.opens.setdefault(hit.start, hit)
    made.tops = _outermost(page.mentions)
    made.names = {m.end: m for m in made.tops}
    made.days = {d.end: d.start for d in page.dates}
    made.heads = _heads(page)
    page.memo["grammar"] = made
    return made


def _outermost(mentions: list[Mention]) -> list[Mention]:
    """The mentions that stand in no other: also the body in the title of someone whom nobody names."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _heads(page: Page) -> list[Hit]:
    """Cues of acts and positions and verbs of speech, leftmost and longest, none inside a name."""
    found = [h for file in HEADS for h in page.hits.get(file, [])]
    found += [h for h in page.hits.get("speech", []) if role_of(h) in ("verb", "express")]
    found.sort(key=lambda h: (h.start, -h.end))
    spans = iter(sorted((m.start, m.end) for m in page.mentions))
    span, kept, reach = next(spans, None), [], -1
    for hit in found:
        while span and span[1] <= hit.start:
            span = next(spans, None)
        if hit.start >= reach and not (span and span[0] <= hit.start and hit.end <= span[1]):
            kept.append(hit)
            reach = hit.end
    return kept


def role_of(hit: Hit) -> str:
    """The role of a word in the grammar: of speech.yaml, or `cue`; a cue that reports what is said is a `verb`."""
    if isinstance(hit.entry, SpeechWord):
        return hit.entry.role
    return "verb" if isinstance(hit.entry, PositionRule | ActRule) and hit.entry.verb else "cue"


def look_left(page: Page, sentence: Sentence, at: int) -> Left:
    """What stands to the left of the word that starts at `at`, past adverbs, dates, `bày tỏ` and verbs of speech."""
    known, verb = grammar(page), at
    roles: list[str] = []
    for _ in range(LONGEST_WALK):
        place = _skip(page.text, sentence.start, at)
        if place <= sentence.start:
            return Left("start", at, roles=tuple(roles), verb=verb)
        if place in known.names:
            return Left("mention", at, known.names[place], tuple(roles), verb=verb)
        if page.text[place - 1] in MARKS:
            return Left("mark", at, roles=tuple(roles), mark=page.text[place - 1], verb=verb)
        if place in known.days:
            at = known.days[place]
            continue
        hit = known.words.get(place)
        if hit is None or hit.start < sentence.start:
            return Left("word", at, roles=tuple(roles), verb=verb)
        role = role_of(hit)
        if role not in ("adverb", "express", "verb", "future", "negation"):
            return Left(role, hit.start, roles=tuple(roles), mark=page.text[hit.start : hit.end], verb=verb)
        at = hit.start
        if role != "adverb":
            roles.append(role)
            verb = at
    return Left("word", at, roles=tuple(roles), verb=verb)


def _skip(text: str, least: int, at: int, skipped: str = SKIPPED) -> int:
    while at > least and text[at - 1] in skipped:
        at -= 1
    return at


def coordinated(page: Page, sentence: Sentence, last: Mention) -> tuple[Mention, ...]:
    """The mentions of a list that ends with `last`: `Nga, Pháp và Đức` gives three, `tại Nga, Pháp` only the last."""
    found, joined = [last], False
    for _ in range(20):
        before, word = _listed(page, sentence, found[-1])
        if before is None or (before.kind == "person") != (last.kind == "person"):
            break
        joined = joined or word
        found.append(before)
    return tuple(reversed(found)) if joined or len(found) > 2 else (last,)


def _listed(page: Page, sentence: Sentence, mention: Mention) -> tuple[Mention | None, bool]:
    """The mention before this one in a list, if a comma or `và` stands between; whether it is a word."""
    known = grammar(page)
    at = _skip(page.text, sentence.start, mention.start)
    hit = known.words.get(at)
    word = hit is not None and role_of(hit) == "join"
    if hit is not None and word:
        at = _skip(page.text, sentence.start, hit.start)
    if at > sentence.start and page.text[at - 1] == ",":
        at = _skip(page.text, sentence.start, at - 1)
    elif not word:
        return None, False
    before = known.names.get(at)
    return (before, word) if before and before.start >= sentence.start else (None, False)


def predicates_of(page: Page, sentence: Sentence) -> list[Predicate]:
    """The predicates of a sentence in order, subjects carried on across joined ones; made once for each sentence."""
    known = grammar(page)
    if sentence.start in known.made:
        return known.made[sentence.start]
    first = bisect_left(known.heads, sentence.start, key=START)
    last = bisect_left(known.heads, sentence.end, key=START)
    found: list[Predicate] = []
    for hit in known.heads[first:last]:
        if _within_chain(page, sentence, hit, known.heads, first, last):
            continue
        found.append(_predicate(page, sentence, hit, found))
    _look_ahead(page, sentence, found)
    _bound(page, sentence, found)
    known.made[sentence.start] = found
    return found


def _within_chain(page: Page, sentence: Sentence, hit: Hit, heads: list[Hit], first: int, last: int) -> bool:
    """`bày tỏ` directly before a cue belongs to that cue's predicate."""
    if role_of(hit) != "express":
        return False
    after = bisect_left(heads, hit.end, key=START)
    return after < last and not page.text[hit.end : heads[after].start].strip()


def _predicate(page: Page, sentence: Sentence, hit: Hit, before: list[Predicate]) -> Predicate:
    left = look_left(page, sentence, hit.start)
    made = Predicate(left.verb, sentence.end, hit, hit.end, left.verb, roles=left.roles)
    if left.what == "mention" and left.mention:
        made.subjects, made.told = coordinated(page, sentence, left.mention), True
        made.clause = made.subjects[0].start
        _govern(page, sentence, made, before)
    elif left.what in ("mark", "join", "start"):
        made.join = left.mark or left.what
        _carry(page, sentence, made, before)
    elif left.what in ("self", "both"):
        made.told, made.join, made.clause = True, left.what, left.start
    elif left.what == "word" and _in_series(page, made, before):
        made.join = "series"
        _carry(page, sentence, made, before)
    elif left.what == "word" and _phrase_between(page, sentence, left.start):
        made.join = ";"
        _carry(page, sentence, made, before)
        made.guessed = True
    else:
        made.barred = left.what
    if "negation" in left.roles:
        made.barred = "negation"
    return made


def _in_series(page: Page, made: Predicate, before: list[Predicate]) -> bool:
    """`phát biểu trước báo giới nói lời cảm ơn`: whether a verb of speech told right before goes on with this one."""
    if not before or not before[-1].told or before[-1].barred or role_of(before[-1].hit) == "cue":
        return False
    between = page.text[before[-1].content : made.start]
    return bool(made.roles) and len(between) < 40 and not set(between) & set(",;:.")


def _phrase_between(page: Page, sentence: Sentence, at: int) -> bool:
    """`…; trên cương vị mới sẽ …`: whether only a phrase of place or time stands between the last comma and `at`."""
    begin = max(page.text.rfind(mark, max(sentence.start, at - 80), at) for mark in ",;")
    if begin < 0:
        return False
    opens = grammar(page).opens.get(begin + 1 + (page.text[begin + 1] == " "))
    return opens is not None and role_of(opens) in ("place", "preposition", "condition")


def _govern(page: Page, sentence: Sentence, made: Predicate, before: list[Predicate]) -> None:
    """Who is said to say it: the subject of a verb of speech, or `theo` X, before the clause; or what bars it."""
    left = look_left(page, sentence, made.clause)
    if left.what in ("prefix", "number"):
        made.clause = left.start
        left = look_left(page, sentence, made.clause)
    if left.what in ("preposition", "place") and made.subjects:
        opener = opening(page, sentence, left.start)
        if opener and not set(page.text[opener.end : left.start]) & set(",;:."):
            made.subjects, made.clause = (opener,), opener.start
            left = look_left(page, sentence, made.clause)
    made.left = left.what
    if left.what == "join" and look_left(page, sentence, left.start).what == "self":
        made.join = "with"
    if left.what in BARS:
        made.barred = left.what
    elif left.what in ("genitive", "word", "adverb") and _within_cue(page, made, before):
        made.barred = "cue"
    if "verb" in left.roles or (left.mark in (",", ":") and before and role_of(before[-1].hit) == "verb"):
        for earlier in reversed(before[-FAR:]):
            if role_of(earlier.hit) == "verb":
                made.governor, made.reporter = earlier.subjects or earlier.governor, earlier.hit.entry.id
                return
    made.governor = _source(page, sentence, made.clause)


def _within_cue(page: Page, made: Predicate, before: list[Predicate]) -> bool:
    """Whether the subject only goes on with the object of a cue before it: `cảm ơn các nước thành viên … đã ủng hộ`."""
    if not before or role_of(before[-1].hit) != "cue":
        return False
    between = page.text[before[-1].content : made.clause]
    return len(between) < 200 and not set(between) & set(",;:.")


def _source(page: Page, sentence: Sentence, at: int) -> tuple[Mention, ...]:
    """`Theo X, …`: X, where the sentence opens so."""
    known = grammar(page)
    first = bisect_left(known.tops, sentence.start, key=START)
    for mention in known.tops[first : first + 1]:
        if mention.start >= at:
            break
        word = known.words.get(_skip(page.text, sentence.start, mention.start))
        return (mention,) if word is not None and role_of(word) == "source" else ()
    return ()


def _carry(page: Page, sentence: Sentence, made: Predicate, before: list[Predicate]) -> None:
    """The subject of a joined predicate: of the predicate before it, or of the verb of speech that governs that one."""
    for earlier in reversed(before[-FAR:]):
        if not earlier.subjects or earlier.barred in (*BARS, "word"):
            continue
        near = made.join not in (",", ";")
        made.subjects = earlier.subjects if near or not earlier.governor else earlier.governor
        made.governor = earlier.governor if near else ()
        return
    opener = _before_comma(page, sentence, made) or opening(page, sentence, made.start)
    if opener:
        made.subjects, made.guessed = coordinated(page, sentence, opener), True


def _before_comma(page: Page, sentence: Sentence, made: Predicate) -> Mention | None:
    """`Đại sứ Pháp, ông Lambert, đã đánh giá cao`: the name that ends at the comma before the predicate."""
    if made.join != ",":
        return None
    at = _skip(page.text, sentence.start, look_left(page, sentence, made.start).start)
    name = grammar(page).names.get(_skip(page.text, sentence.start, at - 1))
    return name if name and look_left(page, sentence, name.start).what in ("mark", "start") else None


def opening(page: Page, sentence: Sentence, at: int) -> Mention | None:
    """The last mention before `at` that opens a clause: after the start or a comma, and followed by a verb."""
    known, best = grammar(page), None
    last = bisect_left(known.tops, at, key=START)
    for mention in known.tops[max(bisect_left(known.tops, sentence.start, key=START), last - FAR) : last]:
        left = look_left(page, sentence, mention.start)
        for _ in range(3):
            if left.what in ("prefix", "number"):
                left = look_left(page, sentence, left.start)
        followed = page.text[mention.end : mention.end + 2].strip()
        if left.what in ("start", "mark") and not left.roles and followed and followed[0] not in MARKS:
            best = mention
    return best


def _look_ahead(page: Page, sentence: Sentence, found: list[Predicate]) -> None:
    """An opening clause without subject takes that of the main clause: `Cảm ơn Nga, Bộ trưởng khẳng định …`."""
    waiting: list[Predicate] = []
    for predicate in found:
        if not predicate.subjects and predicate.join and predicate.join != "self":
            waiting.append(predicate)
        elif waiting and predicate.told and predicate.subjects and not predicate.barred:
            left = look_left(page, sentence, predicate.clause)
            if left.what == "mark" and left.mark == ",":
                for earlier in waiting:
                    earlier.subjects = predicate.subjects
                waiting = []
    if waiting:
        subject = upcoming(page, sentence, waiting[-1].content)
        for earlier in waiting if subject else []:
            earlier.subjects = (subject,) if subject else ()


def upcoming(page: Page, sentence: Sentence, at: int) -> Mention | None:
    """The first mention after `at` that stands after a comma and opens a clause."""
    known = grammar(page)
    first = bisect_left(known.tops, at, key=START)
    for mention in known.tops[first : first + FAR]:
        if mention.start >= sentence.end:
            break
        place = _skip(page.text, sentence.start, mention.start)
        after = page.text[mention.end : mention.end + 2].strip()
        if page.text[place - 1] == "," and after and after[0] not in MARKS:
            return mention
    return None


def _bound(page: Page, sentence: Sentence, found: list[Predicate]) -> None:
    """A predicate's content ends where the next joined predicate or clause begins."""
    for index, predicate in enumerate(found):
        for later in found[index + 1 : index + FAR]:
            if later.clause > predicate.content and (later.join or later.told) and _separate(page, sentence, later):
                predicate.end = later.clause
                break
    for predicate in found:
        predicate.end = _skip(page.text, predicate.content, predicate.end, MARKS + " ")
        _drop_join(page, sentence, predicate)


def _separate(page: Page, sentence: Sentence, later: Predicate) -> bool:
    left = look_left(page, sentence, later.clause)
    return left.what in ("mark", "join") and not left.roles


def _drop_join(page: Page, sentence: Sentence, predicate: Predicate) -> None:
    hit = grammar(page).words.get(predicate.end)
    while hit is not None and role_of(hit) in ("join", "adverb") and hit.start > predicate.content:
        predicate.end = _skip(page.text, predicate.content, hit.start, MARKS + " ")
        hit = grammar(page).words.get(predicate.end)


def subjects_of(page: Page, sentence: Sentence, at: int) -> tuple[Mention, ...]:
    """Who does what the verb that starts at `at` says: mentions of the sentence, also where the subject was dropped.

    Empty where the verb is barred (a noun, an aim, a condition, a denial) or nobody named is its subject.
    """
    left = look_left(page, sentence, at)
    if left.what == "mention" and left.mention and "negation" not in left.roles:
        return coordinated(page, sentence, left.mention)
    if left.what in ("mark", "join"):
        opener = opening(page, sentence, at)
        return coordinated(page, sentence, opener) if opener else ()
    if left.what == "start":
        main = upcoming(page, sentence, at)
        return (main,) if main else ()
    return ()


def clauses_of(page: Page, sentence: Sentence) -> list[Clause]:
    """The clauses of a sentence in order: each from one predicate of speech to the next, with its subject.

    A sentence without such a predicate is one clause, with the mention that opens it, if any, as subject.
    """
    found = list(_clauses(predicates_of(page, sentence)))
    if not found:
        opener = opening(page, sentence, sentence.end)
        return [Clause(sentence.start, sentence.end, coordinated(page, sentence, opener) if opener else (), False)]
    found[0].start = sentence.start
    return found


def _clauses(predicates: list[Predicate]) -> Iterator[Clause]:
    for predicate in predicates:
        if predicate.subjects and not predicate.barred:
            yield Clause(predicate.clause, predicate.end, predicate.subjects, not predicate.told)

"""Clauses: the predicates of a sentence, the subject of each, and how far its content reaches.

A subject told in one predicate is carried on to those joined to it; who is said to say a clause is its governor.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import cast

from servanda.lexicon import Hit
from servanda.read.code.walk import (
    FAR,
    MARKS,
    START,
    Left,
    coordinated,
    grammar,
    listed_next,
    look_left,
    opening,
    role_of,
    skip,
    upcoming,
)  # fmt: skip
from servanda.read.page import Mention, Page, Sentence

UNSAID = ("noun", "condition")  # what bars a verb of speech from telling the clause after it
DROPPED = ("join", "adverb", "besides", "therein")  # words at a clause's end that lead to the next
UNJOINED, LISTED = "()[]/", "-–—/"
BARS = ("noun", "condition", "purpose", "preposition", "place", "origin", "cue")


@dataclass(slots=True)
class Predicate:
    """A verb of speech or a cue of an act or position, with its subject.

    `start`..`end` is the clause from the first word of the predicate to the end of its content; `content` is where the
    words after the cue begin. `subjects` are the mentions it is said of (empty if none was found); `told` is true where
    they stand in the clause itself, and then `clause` is where the first of them begins. `barred` names the role that
    keeps the verb from being done; `roles` the roles passed between cue and subject. `governor` is who, in the same
    sentence, is said to say it, and `reporter` the verb of it. `guessed` is true where only the order of words speaks
    for the subject; `left` is what stands before a subject told here (`undone`: a passive that is denied).
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


def predicates_of(page: Page, sentence: Sentence) -> list[Predicate]:
    """The predicates of a sentence in order, subjects carried on across joined ones; made once for each sentence."""
    known, kept = grammar(page), _kept(page)
    if sentence.start in kept:
        return kept[sentence.start]
    first = bisect_left(known.heads, sentence.start, key=START)
    last = bisect_left(known.heads, sentence.end, key=START)
    found: list[Predicate] = []
    for hit in known.heads[first:last]:
        if _within_chain(page, sentence, hit, known.heads, first, last):
            continue
        found.append(_predicate(page, sentence, hit, found))
    _look_ahead(page, sentence, found)
    _go_on(page, sentence, found)
    _bound(page, sentence, found)
    _told_last(page, sentence, found)
    kept[sentence.start] = found
    return found


def _kept(page: Page) -> dict[int, list[Predicate]]:
    """The predicates found so far, by the start of their sentence; kept on the page."""
    kept = page.memo.setdefault("predicates", {})
    return cast("dict[int, list[Predicate]]", kept)


def _within_chain(page: Page, sentence: Sentence, hit: Hit, heads: list[Hit], first: int, last: int) -> bool:
    """`bày tỏ` directly before a cue belongs to that cue's predicate."""
    if role_of(hit) != "express":
        return False
    after = bisect_left(heads, hit.end, key=START)
    return after < last and not page.text[hit.end : heads[after].start].strip()


def _predicate(page: Page, sentence: Sentence, hit: Hit, before: list[Predicate]) -> Predicate:
    left = look_left(page, sentence, hit.start)
    made = Predicate(left.verb, sentence.end, hit, hit.end, left.verb, roles=left.roles)
    if left.besides and left.mention and before and _within_content(page, sentence, left.mention, before[-1]):
        made.join = "join"
        _carry(page, sentence, made, before)
    elif left.what == "mention" and left.mention:
        made.subjects, made.told = coordinated(page, sentence, left.mention), True
        made.clause = made.subjects[0].start
        _govern(page, sentence, made, before)
    elif left.what == "mark" and (left.mark in UNJOINED or _in_virtues(page, sentence, left, hit)):
        made.barred = "mark"
    elif left.what in ("mark", "join", "or", "start"):
        made.join = left.mark or left.what
        _carry(page, sentence, made, before)
        if left.what == "or" and before and before[-1].barred == "negation":
            made.barred = "negation"
        if left.what == "join" and before and before[-1].barred == "passive" and left.start - before[-1].content < 3:
            made.barred = "passive"
    elif left.what in ("self", "both"):
        made.told, made.join, made.clause = True, left.what, left.start
        if left.what == "both":
            _govern(page, sentence, made, before)
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


def _in_virtues(page: Page, sentence: Sentence, left: Left, hit: Hit) -> bool:
    """`độc lập, tự do, thống nhất`: whether the word before the comma is one of a list of qualities."""
    at = skip(page.text, sentence.start, left.start)
    word = grammar(page).words.get(skip(page.text, sentence.start, at - 1))
    return left.mark == "," and left.start == hit.start and word is not None and role_of(word) == "virtue"


def _within_content(page: Page, sentence: Sentence, mention: Mention, before: Predicate) -> bool:
    """`lên án hành động của X đồng thời kêu gọi`: whether the name ends what is said in the predicate before."""
    if before.barred or not before.subjects or mention.start < before.content:
        return False
    left = look_left(page, sentence, mention.start)
    return left.what not in ("mark", "start", "join") and "verb" not in left.roles


def _in_series(page: Page, made: Predicate, before: list[Predicate]) -> bool:
    """`trả lời phỏng vấn nói lời cảm ơn`: whether a verb of speech told right before goes on with this one."""
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
    return opens is not None and role_of(opens) in ("place", "origin", "preposition", "condition")


def _govern(page: Page, sentence: Sentence, made: Predicate, before: list[Predicate]) -> None:
    """Who is said to say it: the subject of a verb of speech, or `theo` X, before the clause; or what bars it."""
    left = look_left(page, sentence, made.clause)
    if left.what == "including":
        made.clause = _whole(page, sentence, left.start)
        left = look_left(page, sentence, made.clause)
    for _ in range(3):
        if left.what in ("prefix", "number"):
            made.clause = left.start
            left = look_left(page, sentence, made.clause)
    if left.what in ("preposition", "place", "origin") and made.subjects:
        opener = opening(page, sentence, left.start)
        if opener and not set(page.text[opener.end : left.start]) & set(",;:."):
            made.subjects, made.clause = (opener,), opener.start
            left = look_left(page, sentence, made.clause)
    made.left = left.what
    if left.what == "passive":
        _undone(page, sentence, made, left)
        made.barred = made.left if made.left in BARS else made.barred
    if left.what == "join" and look_left(page, sentence, left.start).what == "self":
        made.join = "with"
    reported = left.what == "press" and any(m.kind == "state" for m in made.subjects[:1])
    if left.what in BARS or reported or (left.mark and left.mark in LISTED):
        made.barred = left.what
    elif left.what in ("genitive", "word", "adverb") and _within_cue(page, made, before):
        made.barred = "cue"
    last = next((p for p in reversed(before[-FAR:]) if p.barred not in UNSAID), None)
    apart = left.mark in (",", ":") or left.what == "therein"
    if "verb" in left.roles or (apart and last and role_of(last.hit) == "verb"):
        for earlier in (*([last] if last else []), *reversed(before[-FAR:])):
            if role_of(earlier.hit) == "verb":
                made.governor, made.reporter = earlier.subjects or earlier.governor, earlier.hit.entry.id
                return
    made.governor = source_of(page, sentence, made.clause)


def _whole(page: Page, sentence: Sentence, at: int) -> int:
    """Where those begin of whom `at` names some: `18 tổ chức khu vực, trong đó có ASEAN`."""
    comma = skip(page.text, sentence.start, at)
    marks = [page.text.rfind(mark, sentence.start, max(sentence.start, comma - 1)) for mark in ",;:"]
    begin = max(sentence.start, *(mark + 1 for mark in marks if mark >= 0), sentence.start)
    return begin + (page.text[begin] == " ")


def _undone(page: Page, sentence: Sentence, made: Predicate, passive: Left) -> None:
    """What stands before a passive bears on it: `không được X chấp thuận`, `sẽ được X chấp thuận`."""
    before = look_left(page, sentence, passive.start)
    if "negation" in before.roles:
        made.left, made.clause = "undone", before.verb
    elif "future" in before.roles:
        made.roles = (*made.roles, "future")
    elif before.what in ("purpose", "condition"):
        made.left = before.what


def _within_cue(page: Page, made: Predicate, before: list[Predicate]) -> bool:
    """Whether the subject only goes on with the object of a cue before it: `cảm ơn các nước thành viên … đã ủng hộ`."""
    if not before or role_of(before[-1].hit) != "cue":
        return False
    between = page.text[before[-1].content : made.clause]
    return len(between) < 200 and not set(between) & set(",;:.")


def source_of(page: Page, sentence: Sentence, at: int) -> tuple[Mention, ...]:
    """`Theo X, …`: X, where the sentence opens so."""
    known = grammar(page)
    first = bisect_left(known.tops, sentence.start, key=START)
    for mention in known.tops[first : first + 1]:
        if mention.start >= at:
            break
        word = known.words.get(skip(page.text, sentence.start, mention.start))
        return (mention,) if word is not None and role_of(word) == "source" else ()
    return ()


def _carry(page: Page, sentence: Sentence, made: Predicate, before: list[Predicate]) -> None:
    """The subject of a joined predicate: of the predicate before it, or of the verb of speech that governs that one."""
    for earlier in reversed(before[-FAR:]):
        if not earlier.subjects or earlier.barred not in ("", "negation"):
            continue
        near = made.join not in (",", ";")
        made.subjects = earlier.subjects if near or not earlier.governor else earlier.governor
        made.governor = earlier.governor if near else ()
        if earlier.governor and not near:
            made.roles = (*made.roles, "verb")
        return
    opener = _before_comma(page, sentence, made) or opening(page, sentence, made.start)
    opener = _last_of_list(page, opener) if opener else None
    if opener:
        made.subjects, made.guessed = coordinated(page, sentence, opener), True


def _last_of_list(page: Page, first: Mention) -> Mention:
    """`A và B đã trao đổi, nhất trí …`: the last of those who open the clause together."""
    other = listed_next(page, first)
    return other if other and other.kind == first.kind else first


def _before_comma(page: Page, sentence: Sentence, made: Predicate) -> Mention | None:
    """`Đại sứ Pháp, ông Lambert, đã đánh giá cao`: the name that ends at the comma before the predicate."""
    if made.join != ",":
        return None
    at = skip(page.text, sentence.start, look_left(page, sentence, made.start).start)
    name = grammar(page).names.get(skip(page.text, sentence.start, at - 1))
    return name if name and look_left(page, sentence, name.start).what in ("mark", "start") else None


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


def _go_on(page: Page, sentence: Sentence, found: list[Predicate]) -> None:
    """`Đồng thời, đề nghị …`: a sentence that only goes on with the one before has its subject."""
    first = found[0] if found else None
    if first is None or first.subjects or first.told or first.barred or not _only_joins(page, sentence, first.start):
        return
    index = bisect_left(page.sentences, sentence.start, key=START) - 1
    before = page.sentences[index] if index >= 0 else None
    if before is None or before.headline or before.paragraph != sentence.paragraph:
        return
    opener = _opener(page, before)
    subjects = coordinated(page, before, _last_of_list(page, opener)) if opener else ()
    for predicate in found:
        if predicate.subjects or predicate.told or predicate.barred:
            break
        predicate.subjects, predicate.guessed = subjects, True


def _only_joins(page: Page, sentence: Sentence, at: int) -> bool:
    """Whether nothing but a word like `đồng thời` or `ngoài ra` stands between the head of the sentence and `at`."""
    word = grammar(page).words.get(skip(page.text, sentence.start, at, ", "))
    joins = word is not None and role_of(word) in ("besides", "adverb")
    return word is not None and joins and skip(page.text, sentence.start, word.start) <= sentence.start


def _opener(page: Page, sentence: Sentence) -> Mention | None:
    """The first mention that opens a clause of the sentence, with a verb after it."""
    known = grammar(page)
    low = bisect_left(known.tops, sentence.start, key=START)
    for mention in known.tops[low : bisect_left(known.tops, sentence.end, lo=low, key=START)]:
        left, after = look_left(page, sentence, mention.start), page.text[mention.end : mention.end + 2].strip()
        if left.what in ("start", "mark") and not left.roles and after and after[0] not in MARKS and mention.actors:
            return mention
    return None


def _told_last(page: Page, sentence: Sentence, found: list[Predicate]) -> None:
    """Who is named at the end of the sentence says what nobody else is said to: `Nga sẽ …, ông X cho biết.`"""
    last = found[-1] if found else None
    if last is None or role_of(last.hit) != "verb" or not last.told or not last.subjects or last.barred:
        return
    before = skip(page.text, sentence.start, last.clause)
    if before == sentence.start or page.text[before - 1] != "," or last.end > last.content:
        return
    for predicate in found[:-1]:
        if predicate.told and not predicate.governor:
            predicate.governor = last.subjects


def _bound(page: Page, sentence: Sentence, found: list[Predicate]) -> None:
    """A predicate's content ends where the next joined predicate or clause begins."""
    for index, predicate in enumerate(found):
        for later in found[index + 1 : index + FAR]:
            if later.clause > predicate.content and (later.join or later.told) and _separate(page, sentence, later):
                predicate.end = later.clause
                break
    for predicate in found:
        predicate.end = skip(page.text, predicate.content, predicate.end, MARKS + " ")
        _drop_join(page, sentence, predicate)


def _separate(page: Page, sentence: Sentence, later: Predicate) -> bool:
    left = look_left(page, sentence, later.clause)
    return left.what in ("mark", "join") and not left.roles


def _drop_join(page: Page, sentence: Sentence, predicate: Predicate) -> None:
    hit = grammar(page).words.get(predicate.end)
    if predicate.end in grammar(page).days:
        return
    while hit is not None and role_of(hit) in DROPPED and hit.start > predicate.content:
        predicate.end = skip(page.text, predicate.content, hit.start, MARKS + " ")
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

"""The walk to the left of a verb: over adverbs, dates and verbs of speech to its subject, or to what bars it.

Vietnamese verbs do not inflect: that a verb is said of someone here and now shows in the words to its left. The walk
ends at a name (the subject), at a comma or `và` (a joined predicate) or at a word that bars the verb (`sự ủng hộ`,
`nhằm kêu gọi`, `nếu … đề nghị`).
"""

from __future__ import annotations

from bisect import bisect_left
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
DASHES = "-–—"
LONGEST_WALK = 12
LONGEST_ASIDE = 80  # code points in brackets
BESIDES = "besides"
PASSED = ("adverb", BESIDES, "express", "verb", "future", "negation", "former")  # roles that the walk passes over
FAR = 12  # predicates or mentions back, at most, in one sentence


@dataclass(slots=True)
class Left:
    """What the walk to the left of a word met: `what` is a role of speech.yaml, mention, mark, start or word.

    `besides` is true where it passed a word that goes on with what somebody did before (đồng thời).
    """

    what: str
    start: int
    mention: Mention | None = None
    roles: tuple[str, ...] = ()
    mark: str = ""
    verb: int = 0
    besides: bool = False


@dataclass(slots=True)
class Grammar:
    """The words of a page by where they end, for the walk to the left."""

    words: dict[int, Hit] = field(default_factory=dict)
    names: dict[int, Mention] = field(default_factory=dict)
    days: dict[int, int] = field(default_factory=dict)
    heads: list[Hit] = field(default_factory=list)
    tops: list[Mention] = field(default_factory=list)
    opens: dict[int, Hit] = field(default_factory=dict)
    seen: dict[tuple[str, str, int], list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Spoken:
    """The words of speech.yaml on a page by their roles."""

    by_role: dict[str, list[Hit]] = field(default_factory=dict)


def grammar(page: Page) -> Grammar:
    """The grammar of the page; made once and kept on it."""
    kept = page.memo.get("grammar")
    if isinstance(kept, Grammar):
        return kept
    made = Grammar()
    speech = page.hits.get("speech", [])
    made.opens = {hit.start: hit for hit in reversed(speech)}  # of those that start or end together the longest stays
    made.words = {hit.end: hit for hit in reversed(speech)}
    for file in HEADS:
        for hit in page.hits.get(file, []):
            known = made.words.get(hit.end)
            if known is None or known.start > hit.start:
                made.words[hit.end] = hit
    made.tops = _outermost(page.mentions)
    made.names = {m.end: m for m in made.tops}
    made.days = {d.end: d.start for d in page.dates}
    made.heads = [h for h in _heads(page) if not _part_of_other(made, h)]
    page.memo["grammar"] = made
    return made


def _part_of_other(made: Grammar, head: Hit) -> bool:
    """`nói riêng`: whether a longer word begins like this verb of speech, and is none."""
    longer = made.opens.get(head.start)
    if longer is None or longer.end <= head.end or not isinstance(head.entry, SpeechWord):
        return False
    return role_of(longer) == "adverb"


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
    found += [*spoken(page, "verb"), *spoken(page, "express")]
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


def spoken(page: Page, role: str) -> list[Hit]:
    """The words of one role of speech.yaml, in order; the page's are parted by their roles once."""
    kept = page.memo.get("spoken")
    if not isinstance(kept, Spoken):
        page.memo["spoken"] = kept = Spoken()
        for hit in page.hits.get("speech", ()):
            if isinstance(hit.entry, SpeechWord):
                kept.by_role.setdefault(hit.entry.role, []).append(hit)
    return kept.by_role.get(role, [])


def cued(page: Page, kind: type[ActRule] | type[PositionRule]) -> list[Sentence]:
    """The sentences, headlines left out, that hold a cue of this kind."""
    if not any(page.hits.get(file) for file in HEADS):
        return []
    starts = [head.start for head in grammar(page).heads if isinstance(head.entry, kind)]
    told = (s for s in page.sentences if not s.headline) if starts else ()
    return [s for s in told if bisect_left(starts, s.start) < bisect_left(starts, s.end)]


def role_of(hit: Hit) -> str:
    """The role of a word in the grammar: of speech.yaml, or `cue`; a cue that reports what is said is a `verb`."""
    if isinstance(hit.entry, SpeechWord):
        return hit.entry.role
    return "verb" if isinstance(hit.entry, PositionRule | ActRule) and hit.entry.verb else "cue"


def look_left(page: Page, sentence: Sentence, at: int) -> Left:
    """What stands to the left of the word that starts at `at`, past adverbs, dates, `bày tỏ` and verbs of speech."""
    known, verb, besides = grammar(page), at, False
    roles: list[str] = []
    for _ in range(LONGEST_WALK):
        place = skip(page.text, sentence.start, at)
        if place <= sentence.start:
            return Left("start", at, roles=tuple(roles), verb=verb)
        if place in known.names:
            return Left("mention", at, known.names[place], tuple(roles), verb=verb, besides=besides)
        if page.text[place - 1] == ")":
            opened = page.text.rfind("(", max(sentence.start, place - LONGEST_ASIDE), place)
            if opened > sentence.start:
                at = opened
                continue
        if page.text[place - 1] in MARKS:
            return Left("mark", at, roles=tuple(roles), mark=page.text[place - 1], verb=verb)
        if place in known.days:
            at = _before_date(known, skip(page.text, sentence.start, known.days[place]))
            continue
        hit = known.words.get(place)
        if hit is None or hit.start < sentence.start:
            return Left("word", at, roles=tuple(roles), verb=verb)
        role = role_of(hit)
        if role not in PASSED:
            return Left(role, hit.start, roles=tuple(roles), mark=page.text[hit.start : hit.end], verb=verb)
        at = hit.start
        besides = besides or role == BESIDES
        if role not in ("adverb", BESIDES):
            roles.append(role)
            verb = at
    return Left("word", at, roles=tuple(roles), verb=verb)


def _before_date(known: Grammar, at: int) -> int:
    """Past the word that leads to a date: `trong hôm qua`, `vào ngày 3/5`."""
    word = known.words.get(at)
    return word.start if word is not None and role_of(word) in ("place", "preposition") else at


def skip(text: str, least: int, at: int, skipped: str = SKIPPED) -> int:
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
    two = len(found) == 2 and _both_named(page, sentence, found[1], last)
    return tuple(reversed(found)) if joined or two or len(found) > 2 else (last,)


def _both_named(page: Page, sentence: Sentence, first: Mention, second: Mention) -> bool:
    """`Ngoại trưởng Nga A, Ngoại trưởng Mỹ B kêu gọi …`: two persons with their posts, who open the sentence."""
    opens = skip(page.text, sentence.start, first.start) <= sentence.start
    return opens and all(m.name and m.posts and m.kind == "person" for m in (first, second))


def _listed(page: Page, sentence: Sentence, mention: Mention) -> tuple[Mention | None, bool]:
    """The mention before this one in a list, if a comma or `và` stands between; whether it is a word.

    A dash between two states (`Việt Nam - Cuba`) is as good as a word.
    """
    known = grammar(page)
    at = skip(page.text, sentence.start, mention.start)
    hit = known.words.get(at)
    word = hit is not None and role_of(hit) == "join"
    mark = page.text[at - 1] if at > sentence.start else ""
    if hit is not None and word:
        at = skip(page.text, sentence.start, hit.start)
    if at > sentence.start and page.text[at - 1] == ",":
        at = skip(page.text, sentence.start, at - 1)
    elif mark and mark in DASHES and not word:
        before = known.names.get(skip(page.text, sentence.start, at - 1))
        return (before, True) if before and before.kind == mention.kind == "state" else (None, False)
    elif not word:
        return None, False
    before = known.names.get(at) or _acronym(page, sentence, at)
    return (before, word) if before and before.start >= sentence.start else (None, False)


def _acronym(page: Page, sentence: Sentence, at: int) -> Mention | None:
    """The name before an aside that ends at `at`: `Hiệp hội các quốc gia Đông Nam Á (ASEAN)`."""
    if page.text[at - 1 : at] != ")":
        return None
    opened = page.text.rfind("(", max(sentence.start, at - LONGEST_ASIDE), at)
    return grammar(page).names.get(skip(page.text, sentence.start, opened)) if opened > sentence.start else None


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


def upcoming(page: Page, sentence: Sentence, at: int) -> Mention | None:
    """The first mention after `at` that stands after a comma and opens a clause."""
    known = grammar(page)
    first = bisect_left(known.tops, at, key=START)
    for mention in known.tops[first : first + FAR]:
        if mention.start >= sentence.end:
            break
        place = skip(page.text, sentence.start, mention.start)
        after = page.text[mention.end : mention.end + 2].strip()
        if page.text[place - 1] == "," and after and after[0] not in MARKS and listed_next(page, mention) is None:
            return mention
    return None


def listed_next(page: Page, mention: Mention) -> Mention | None:
    """Who is named right after with `và`: `…, Thủ tướng A và Chủ tịch B` is a list's end."""
    known = grammar(page)
    word = known.opens.get(mention.end + 1)
    if word is None or role_of(word) != "join":
        return None
    index = bisect_left(known.tops, word.end, key=START)
    return known.tops[index] if index < len(known.tops) and known.tops[index].start == word.end + 1 else None

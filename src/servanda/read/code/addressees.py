"""Addressees: to whom an act is done, from the words after its cue or from the talk under way."""

from __future__ import annotations

from bisect import bisect_left

from servanda.read.code.clauses import Predicate
from servanda.read.code.talks import Floor, floor
from servanda.read.code.walk import SKIPPED, START, Grammar, grammar, role_of, spoken
from servanda.read.page import Mention, Page
from servanda.vocabulary import ActRule

AGAINST = ("ACCUSE", "REJECT", "THREATEN", "SANCTION")  # done of a third more often than to the partner of a talk
OWNED = ("origin",)  # what is refused is also told to come from someone: cáo buộc từ A
REGION = 18  # code points from a word of place to a mention whose part it tells
FIRST = 6  # mentions of the content looked at
GAP, NEAR, SHARED = 2, 40, 90


def addressee_of(page: Page, predicate: Predicate, rule: ActRule, speaker: str, other: str | None) -> str | None:
    """The actor to whom `speaker` does it; `other` is the other side where the subject names both."""
    sides = floor(page)
    partner = other or sides.partner(speaker, predicate.start)
    named = [m for m in _mentions(page, predicate) if m.actors and _may_be_spoken_to(page, predicate, m, sides)]
    if named and rule.type == "AGREE" and _promiser(page, predicate, named[0]):
        named = named[1:]
    if named and named[0].kind == "sides" and _gap(page, predicate, named[0]) <= GAP:
        return partner or _other_of(named[0], speaker, sides)
    if named and _own_body(page, predicate, named[0], speaker, sides):
        return named[0].actors[0]
    foreign = [m for m in named if m.kind != "sides" and not any(sides.together(speaker, a) for a in m.actors)]
    direct = foreign[0] if foreign and _is_direct(page, predicate, foreign[0]) else None
    if other and rule.type == "AGREE" and not any(m.kind == "sides" for m in predicate.subjects):
        thirds = [m for m in foreign if not sides.together(m.actors[0], other) and _is_third(page, predicate, m)]
        if thirds and _gap(page, predicate, thirds[0]) <= NEAR:
            return thirds[0].actors[0]
    if direct and not other:
        return direct.actors[0]
    if rule.object in ("open", "told"):
        return None
    if rule.type in AGAINST:
        owners = [m for m in foreign if rule.type != "REJECT" or _led(page, m, *OWNED)]
        return _by_word(page, owners) or (None if other else partner)
    if partner:
        near = [m for m in foreign if sides.together(m.actors[0], partner) and not _owner(page, rule, m, partner)]
        if not near and not other and rule.type == "SUPPORT" and (owner := _owner_of(page, predicate, foreign)):
            return owner.actors[0]
        return near[0].actors[0] if near else partner
    if (rule.object == "direct" and rule.mode in ("request", "proposal")) or _of_many(page, predicate, rule):
        return None
    return _by_word(page, [m for m in foreign if rule.type != "AGREE" or m.kind != "person" or _led(page, m)])


def _is_third(page: Page, predicate: Predicate, mention: Mention) -> bool:
    """Whether what two sides promise is for someone else: no place, and no body that they found or build."""
    led = mention.kind != "organisation" or _led(page, mention) or _is_direct(page, predicate, mention)
    return led and not _placed(page, mention)


def to_oneself(page: Page, predicate: Predicate, speaker: str) -> bool:
    """Whether the person named as object of the cue is the speaker: then the subject was read wrongly."""
    first = next((m for m in _mentions(page, predicate) if m.kind == "person" and m.actors), None)
    return (
        first is not None and first.name is not None and speaker in first.actors and _is_direct(page, predicate, first)
    )


def _may_be_spoken_to(page: Page, predicate: Predicate, mention: Mention, sides: Floor) -> bool:
    """Not who only reports, unless it is the object of the cue; nor the dead, where the family is told of."""
    if mention.actors[0] in sides.press:
        return _is_direct(page, predicate, mention)
    word = grammar(page).words.get(_before(page, mention.start, grammar(page)))
    return word is None or role_of(word) != "kin"


def names_any(page: Page, predicate: Predicate) -> bool:
    """Whether the content names anyone, by more than a pronoun or a post."""
    return any(m.actors and m.name for m in _mentions(page, predicate))


def _mentions(page: Page, predicate: Predicate) -> list[Mention]:
    tops = grammar(page).tops
    index = bisect_left(tops, predicate.content, key=START)
    end = (
        predicate.end
        if predicate.end - predicate.content > GAP or predicate.left == "passive"
        else _shared(page, predicate)
    )
    return [m for m in tops[index : index + FIRST] if m.start < end]


def _shared(page: Page, predicate: Predicate) -> int:
    """`phản đối và bác bỏ quyết định của A`: how far the object reaches that two joined predicates have in common."""
    index = bisect_left(page.sentences, predicate.end, key=START) - 1
    return min(predicate.end + SHARED, page.sentences[max(index, 0)].end)


def _promiser(page: Page, predicate: Predicate, mention: Mention) -> bool:
    """`cam kết (rằng) nước Anh sẽ …`: whether the mention right after the cue is who will do it."""
    after = grammar(page).opens.get(mention.end + 1)
    does = after is not None and role_of(after) in ("future", "adverb")
    return does and mention.kind != "sides" and _is_direct(page, predicate, mention)


def _own_body(page: Page, predicate: Predicate, mention: Mention, speaker: str, sides: Floor) -> bool:
    """Whether the cue's object is someone of the speaker's own side: a minister thanks his embassy."""
    if mention.kind not in ("person", "organisation") or not sides.together(speaker, mention.actors[0]):
        return False
    before = _before(page, mention.start, grammar(page))
    owns = any(hit.end == before for hit in spoken(page, "genitive"))  # also where it ends the cue (lời mời của)
    mine = mention.actors[0] in (speaker, sides.side(speaker))
    return not owns and not mine and _is_direct(page, predicate, mention)


def _gap(page: Page, predicate: Predicate, mention: Mention) -> int:
    return len(page.text[predicate.content : mention.start].strip(SKIPPED))


def _is_direct(page: Page, predicate: Predicate, mention: Mention) -> bool:
    """Whether nothing but words that lead to a name stand between cue and mention."""
    known, at = grammar(page), mention.start
    for _ in range(4):
        while at > predicate.content and page.text[at - 1] in SKIPPED:
            at -= 1
        if at <= predicate.content:
            return True
        word = known.words.get(at)
        if word is None or role_of(word) not in ("prefix", "preposition", "noun", "genitive", "adverb"):
            return False
        at = word.start
    return False


def _by_word(page: Page, foreign: list[Mention]) -> str | None:
    """The first mention that is led to by `với`, `cho`, `của` …, and is not where it happens."""
    return next((mention.actors[0] for mention in foreign if not _placed(page, mention)), None)


def _placed(page: Page, mention: Mention) -> bool:
    """Whether a mention only tells where: `lệnh ngừng bắn ở miền nam Syria`."""
    known = grammar(page)
    word = known.words.get(_before(page, mention.start, known))
    led = word is None and _region(page, mention)
    return led or (word is not None and role_of(word) == "place")


def _region(page: Page, mention: Mention) -> bool:
    """Whether a word or two between a word of place and the mention tell a part of it: `ở miền nam Syria`."""
    known = grammar(page)
    words = (known.opens.get(at) for at in range(max(0, mention.start - REGION), mention.start))
    places = [word for word in words if word is not None and role_of(word) == "place"]
    return bool(places) and len(page.text[places[-1].end : mention.start].split()) in (1, 2)


def _owner(page: Page, rule: ActRule, mention: Mention, partner: str) -> bool:
    """Whether a request only tells whose something is (`trong chuyến thăm của A`), and the partner is another."""
    word = grammar(page).words.get(_before(page, mention.start, grammar(page)))
    owns = word is not None and role_of(word) == "genitive"
    return rule.type == "REQUEST" and owns and mention.kind == "person" and partner not in mention.actors


def _of_many(page: Page, predicate: Predicate, rule: ActRule) -> bool:
    """`mong muốn các nước ủng hộ … vào Hội đồng Bảo an`: whether many whom nobody names are asked."""
    if rule.type != "REQUEST":
        return False
    crowds = spoken(page, "crowd")
    index = bisect_left(crowds, predicate.content, key=START)
    return index < len(crowds) and crowds[index].start <= predicate.content + 1


def _owner_of(page: Page, predicate: Predicate, foreign: list[Mention]) -> Mention | None:
    """`ủng hộ vai trò trung tâm của ASEAN`: whose it is that is praised or supported, where that is told first."""
    first = next(iter(foreign), None)
    word = grammar(page).words.get(_before(page, first.start, grammar(page))) if first else None
    owns = word is not None and role_of(word) == "genitive"
    return first if first and owns and _gap(page, predicate, first) <= NEAR else None


def _led(page: Page, mention: Mention, *roles: str) -> bool:
    """Whether a preposition or `của` leads to the mention, or a word of one of these roles."""
    word = grammar(page).words.get(_before(page, mention.start, grammar(page)))
    return word is not None and (role_of(word) in ("preposition", "genitive") or role_of(word) in roles)


def _before(page: Page, at: int, known: Grammar) -> int:
    while at > 0 and page.text[at - 1] in SKIPPED:
        at -= 1
    word = known.words.get(at)
    return _before(page, word.start, known) if word is not None and role_of(word) == "prefix" else at


def _other_of(both: Mention, speaker: str, sides: Floor) -> str | None:
    others = [a for a in both.actors if not sides.together(a, speaker)]
    return others[0] if len(others) < len(both.actors) and others else None

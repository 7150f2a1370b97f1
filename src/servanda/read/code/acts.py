"""Code the acts of a page: who does what to whom with words, clause by clause, by the rules of `acts.yaml`."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import cast

from servanda.read.code.addressees import addressee_of, names_any, to_oneself
from servanda.read.code.asserted import names, sentence_at, speaker_at
from servanda.read.code.clauses import Predicate, predicates_of
from servanda.read.code.dues import DUE, ahead_of, due_of
from servanda.read.code.retold import without_retellings
from servanda.read.code.spans import span_of
from servanda.read.code.sureness import UNKNOWN, features
from servanda.read.code.talks import floor
from servanda.read.code.topics import topics_of
from servanda.read.code.walk import FAR, SKIPPED, START, cued, grammar, role_of, skip
from servanda.read.likelihood import likelihood, weights
from servanda.read.page import Page, Sentence
from servanda.types import Act, ActType
from servanda.vocabulary import ActRule

SHORTEST = 6
NEAR, OPENING = 40, 12
MERGED = 400
JOINED = re.compile(";")
YEAR = re.compile(r"\d{4}")
DOUBTS = ("vi.position.trust", "vi.request.hope", "vi.request.wish", "vi.threaten.caution")
MUTUAL = ("AGREE", "COOPERATE")
LONGEST_NAME, CLOSING = 40, tuple("\"”’'»")
QUOTED_NAME = re.compile(r"(?<=\w )[\"“‘«']([^\W\d_])[^\"“”‘’«»,.:;]*$")
FORMER, PERSONS = "former", "persons"
CONSENT = ("acceptance", "consent")
REFUSAL, PROPOSAL = "refusal", "proposal"
FORCE = ("SANCTION", "MOBILIZE", "ASSAULT")
DEEDS = ("COOPERATE", *FORCE)
NAMING = ("named", "both", "told")  # objects of a rule without which nothing is done
TODAY = (*DUE, *FORCE, "AID")


@dataclass(slots=True)
class Side:
    """One speaker of an act, and the other side where the subject names both."""

    speaker: str
    other: str | None = None


def code_acts(page: Page) -> list[Act]:
    """The acts that the article tells, in order of start."""
    found: list[Act] = []
    for sentence in cued(page, ActRule):
        found.extend(_merged(page, _acts(page, sentence)))
    return without_retellings(page, found)


def _acts(page: Page, sentence: Sentence) -> list[Act]:
    made: list[Act] = []
    asked = ought = False
    for predicate in predicates_of(page, sentence):
        rule = predicate.hit.entry
        if isinstance(rule, ActRule):
            why = _refused(page, sentence, predicate, rule)
            if (
                not why
                and rule.weak
                and (asked or (ought and rule.mode == PROPOSAL))
                and predicate.join not in ("", ";", "self")
            ):
                why = "goes on with what was asked or promised"
            if not why:
                asked = rule.type in ("REQUEST", "AGREE")
            ought = rule.after == ("other",)
            if why:
                page.refuse(rule.id, predicate.start, predicate.end, why)
            else:
                made.extend(_coded(page, predicate, rule))
    return made


def _refused(page: Page, sentence: Sentence, predicate: Predicate, rule: ActRule) -> str:
    """Why the rule does not fire on this predicate; empty where it does."""
    content = page.folded[predicate.content : predicate.end].lstrip()
    if predicate.left == "genitive":
        return "said of what belongs to the one named"
    if predicate.barred:
        return f"barred by what stands before it: {predicate.barred}"
    if predicate.left == "undone" and rule.mode not in CONSENT:
        return "denied"
    if "future" in predicate.roles and not (rule.mode == "readiness" and predicate.governor):
        return "only announced"
    if content.startswith(rule.stops) and not (rule.type != "AGREE" and _expressed_for(page, predicate)):
        return "what follows makes it no act"
    if rule.needs and not any(word in content for word in rule.needs):
        return "lacks one of: " + ", ".join(rule.needs)
    if _is_history(page, sentence, predicate) or (rule.type in DEEDS and _is_long_past(page, predicate)):
        return "long past"
    if rule.weak and (predicate.guessed or predicate.left == "word") and not _leads_to(page, sentence, predicate, rule):
        return "its subject is only guessed"
    if (
        len(content) < SHORTEST
        and rule.object != "talk"
        and not (rule.type == "REJECT" and predicate.told)
        and not names_any(page, predicate)
        and not _goes_on(page, predicate)
    ):
        return "nothing follows"
    if _is_name(page, predicate):
        return "a name"
    if predicate.reporter in DOUBTS and rule.type == "AGREE":
        return "hoped for, not promised"
    if FORMER in predicate.roles and rule.type in TODAY:
        return "said in the past"
    if "told" in rule.after and not _told(page, predicate):
        return "not said by anyone"
    if "other" in rule.after and (predicate.left == "word" or not _about_other(page, predicate)):
        return "no speaker tells another what to do"
    return ""


def _expressed_for(page: Page, predicate: Predicate) -> bool:
    """`bày tỏ quan ngại của Việt Nam về …`: what is expressed is that of one's own side."""
    word = grammar(page).opens.get(_after(page, predicate.content, " "))
    return "express" in predicate.roles and word is not None and role_of(word) == "genitive"


def _leads_to(page: Page, sentence: Sentence, predicate: Predicate, rule: ActRule) -> bool:
    """`Phía Ý có kinh nghiệm và sẵn sàng …`: who opens a sentence of two predicates is ready too."""
    opens = bool(predicate.subjects) and predicate.subjects[0].start - sentence.start < OPENING
    word = grammar(page).words.get(skip(page.text, sentence.start, predicate.start))
    return rule.mode == "readiness" and opens and word is not None and role_of(word) == "join"


def _is_history(page: Page, sentence: Sentence, predicate: Predicate) -> bool:
    """Whether the sentence opens with, or a signing bears, a year well before the newest that the page dates."""
    newest, signing = newest_year(page), predicate.hit.entry.id.startswith("vi.cooperate")
    index = bisect_left(page.dates, sentence.start, key=START)
    for date in page.dates[index : index + 3]:
        years = [int(year) for year in YEAR.findall(date.edtf)]
        if date.start >= predicate.content + NEAR or not years:
            break
        opens = date.start - sentence.start < OPENING or (
            predicate.told and 0 <= predicate.hit.start - date.end < OPENING
        )
        if opens and max(years) <= newest - (1 if signing else 2):
            return True
    return False


def _is_long_past(page: Page, predicate: Predicate) -> bool:
    """Whether the clause itself tells a year well before the newest that the page dates, and none since."""
    first, last = (
        bisect_left(page.dates, predicate.clause, key=START),
        bisect_left(page.dates, predicate.end, key=START),
    )
    years = [int(year) for date in page.dates[first:last] for year in YEAR.findall(date.edtf)]
    return bool(years) and max(years) <= newest_year(page) - 2


def newest_year(page: Page) -> int:
    """The page's own year, else the newest of its dates that no plan or term reaches to; 0 where none is known."""
    kept = page.memo.get("newest")
    if not isinstance(kept, int):
        told = YEAR.findall(page.published or page.document.published or "")
        years = told or [y for d in page.dates if not ahead_of(page, d) for y in YEAR.findall(d.edtf)]
        page.memo["newest"] = kept = max((int(y) for y in years if y < "2100"), default=0)
    return kept


def _goes_on(page: Page, predicate: Predicate) -> bool:
    """Whether a joined predicate follows (`cảm ơn và đánh giá cao`, `phản đối, yêu cầu`), or the object stands before
    (`được X cảm ơn`)."""
    if predicate.left in ("passive", "undone"):
        return True
    known, after = grammar(page), _after(page, predicate.end, " ,")
    word = known.opens.get(after)
    if word is not None and role_of(word) == "adverb":
        after = _after(page, word.end, " ")
        word = known.opens.get(after)
    if word is not None and role_of(word) == "join":
        return True
    index = bisect_left(known.heads, after, key=START)
    return index < len(known.heads) and known.heads[index].start == after and role_of(known.heads[index]) == "cue"


def _after(page: Page, at: int, skipped: str) -> int:
    """The first offset from `at` on where none of these marks stands."""
    while at < len(page.text) and page.text[at] in skipped:
        at += 1
    return at


def _is_name(page: Page, predicate: Predicate) -> bool:
    """A capital within the clause (`Thống nhất Hành động`), or the end of a name in quotation marks."""
    at, end = predicate.hit.start, predicate.hit.end
    before = page.text[max(0, at - 4) : at].rstrip(SKIPPED)[-1:]
    if page.text[at].isupper() and (before.isalnum() or before == ","):
        return True
    opened = QUOTED_NAME.search(page.text, max(0, at - LONGEST_NAME), at)
    return opened is not None and opened[1].isupper() and page.text[end : end + 1] in CLOSING


def _told(page: Page, predicate: Predicate) -> bool:
    """Whether the text lets somebody say it, rather than tell it itself."""
    if predicate.left == "word":
        return False
    said = predicate.governor or "verb" in predicate.roles or predicate.join == "self"
    return bool(said or speaker_at(page, predicate.start) or _to_partner(page, predicate))


def _to_partner(page: Page, predicate: Predicate) -> bool:
    """Whether parties of the talk under way are told to do it, one for the other."""
    actors = names(predicate.subjects)
    if _under_condition(page, predicate):
        return False
    both = any(m.kind == "sides" for m in predicate.subjects) or predicate.join == "both"
    return both or (bool(actors) and floor(page).partner(actors[0], predicate.start) is not None)


def _under_condition(page: Page, predicate: Predicate) -> bool:
    """`Nếu A mở cửa, B sẽ hỗ trợ`, told by the page itself: a forecast."""
    sentence = sentence_at(page, predicate.start)
    word = grammar(page).opens.get(sentence.start) if sentence else None
    return word is not None and role_of(word) == "condition"


def _about_other(page: Page, predicate: Predicate) -> bool:
    """Whether someone says of someone of another side that he should do it."""
    spoken = speaker_at(page, predicate.start)
    speakers, others = names(predicate.governor) or ((spoken,) if spoken else ()), names(predicate.subjects)
    sides = floor(page)
    return bool(predicate.told and speakers and others and not sides.together(speakers[0], others[0]))


def _coded(page: Page, predicate: Predicate, rule: ActRule) -> list[Act]:
    made = []
    for side in _speakers(page, predicate, rule):
        unfit = _unfit(page, predicate, side.speaker, rule)
        addressee = None if unfit else _addressee(page, predicate, rule, side)
        why = unfit or _unaddressed(page, predicate, rule, side, addressee)
        if why:
            page.refuse(rule.id, predicate.start, predicate.end, why)
        else:
            made.append(_act(page, predicate, rule, side.speaker, addressee))
    return made


def _unaddressed(page: Page, predicate: Predicate, rule: ActRule, side: Side, addressee: str | None) -> str:
    """Why it is no act of this speaker to this addressee; empty where it is one."""
    if rule.type == "THREATEN" and addressee in floor(page).worldwide:
        return "warns of what others do"
    if to_oneself(page, predicate, side.speaker):
        return "its object is its speaker"
    if rule.object == "both" and not side.other and addressee != floor(page).partner(side.speaker, predicate.clause):
        return "its two sides are not told"
    if rule.mode == "wish" and addressee is None and not names_any(page, predicate):
        return "wished of nobody"
    return "to nobody who is named" if rule.object in NAMING and addressee is None else ""


def _act(page: Page, predicate: Predicate, rule: ActRule, speaker: str, addressee: str | None) -> Act:
    start, end = span_of(page, predicate)
    act = Act(
        type="REJECT" if predicate.left == "undone" else cast(ActType, rule.type),
        speaker=speaker,
        addressee=addressee,
        start=start,
        end=end,
        due=due_of(page, predicate, rule),
        mode=_mode(page, predicate, rule),
        topics=topics_of(page, start, end),
        rule=rule.id,
    )
    seen = features(page, predicate, rule, act)
    act.confidence = likelihood(seen, weights(page.lexicon.language, "acts"), UNKNOWN)
    grammar(page).seen[act.rule, act.speaker, act.start] = seen
    return act


def _mode(page: Page, predicate: Predicate, rule: ActRule) -> str | None:
    """How it is done: consent that is denied is a refusal; else as the rule or the words of the content say."""
    if predicate.left == "undone":
        return REFUSAL
    content = page.folded[predicate.content : predicate.end]
    return next((mode for mode, words in rule.modes.items() if any(w in content for w in words)), rule.mode)


def _unfit(page: Page, predicate: Predicate, speaker: str, rule: ActRule) -> str:
    """Why such a speaker does not do this; empty where it may."""
    sides = floor(page)
    if not sides.has_standing(speaker):
        return "the speaker stands for no body or state"
    reports = rule.type in MUTUAL or rule.mode == "wish" or "other" in rule.after or not predicate.told
    if speaker in sides.press and reports:
        return "the speaker only reports"
    if speaker in sides.lay and rule.type == "THREATEN":
        return "the speaker only comments"
    if rule.type == "THREATEN" and sides.side(speaker) in sides.worldwide:
        return "the speaker warns of what others do"
    return ""


def _speakers(page: Page, predicate: Predicate, rule: ActRule) -> list[Side]:
    if rule.after == ("other",):
        return [Side((names(predicate.governor) or (speaker_at(page, predicate.start) or "",))[0])]
    spoken = speaker_at(page, predicate.start)
    if predicate.join == "both":
        one, other = floor(page).parties(predicate.start) or ("", "")
        return [Side(one, other), Side(other, one)] if one else []
    if predicate.join == "self" or not predicate.subjects:
        return [Side(spoken)] if spoken else []
    sides = floor(page)
    actors = names(predicate.subjects)
    if predicate.join == "with" and spoken:
        actors = (spoken, *actors)
    if any(m.kind == "sides" and m.code != PERSONS for m in predicate.subjects):
        actors = _both(page, predicate, actors)
    if len(actors) == 2 and predicate.governor and "told" in rule.after:
        return [Side(names(predicate.governor)[0])]
    if len(actors) == 2 and rule.type in MUTUAL:
        return [Side(actors[0], actors[1]), Side(actors[1], actors[0])]
    said = names(predicate.governor) or ((spoken,) if spoken else ())
    own = len(actors) == 1 and actors[0] not in sides.people
    if own and said and said[0] not in sides.press and sides.together(said[0], actors[0]):
        return [Side(said[0])]
    if any(m.kind == "sides" for m in predicate.subjects) and len(actors) == 2:
        return [Side(actors[0], actors[1]), Side(actors[1], actors[0])]
    if len(actors) == 1 and said and "told" in rule.after:
        return _foretold(page, said[0], actors[0])
    return [Side(actor) for actor in actors]


def _foretold(page: Page, said: str, actor: str) -> list[Side]:
    """Who promises where one says what a state will do: its own man, of whom the page does not tell whose he is; nobody
    where he is of another state or only comments."""
    sides = floor(page)
    one, other = sides.side(said), sides.side(actor)
    if said in sides.lay or (one in sides.states and other in sides.states and one != other):
        return []
    return [Side(said if one == said and said in sides.people and other in sides.states else actor)]


def _both(page: Page, predicate: Predicate, actors: tuple[str, ...]) -> tuple[str, ...]:
    """The two sides that `hai bên` stands for: as linked, else those of the talk under way."""
    sides = floor(page)
    parties = sides.parties(predicate.start) or ()
    known = {sides.side(actor) for actor in actors}
    if len(set(parties)) != 2 or known == set(parties) or not known & set(parties):
        return actors
    return actors if _named_before(page, predicate, known - set(parties)) else parties


def _named_before(page: Page, predicate: Predicate, states: set[str]) -> bool:
    """`Chuyến thăm Mỹ đã thành công, hai bên …`: whether the sentence itself names one of them before."""
    sentence = sentence_at(page, predicate.start)
    named = (m for m in grammar(page).tops if sentence and sentence.start <= m.start < predicate.clause)
    return any(m.kind == "state" and states.intersection(m.actors) for m in named)


def _addressee(page: Page, predicate: Predicate, rule: ActRule, side: Side) -> str | None:
    if rule.after == ("other",):
        return names(predicate.subjects)[0]
    return addressee_of(page, predicate, rule, side.speaker, side.other)


def _same(page: Page, one: Act, other: Act) -> bool:
    """Whether two acts of a sentence are one: of one type and speaker, to the same, or to one whom only one names."""
    if one.type != other.type or one.speaker != other.speaker or JOINED.search(page.text, one.end - 1, other.start):
        return False
    if one.addressee is None or other.addressee is None:
        return True
    return floor(page).together(one.addressee, other.addressee)


def _merged(page: Page, acts: list[Act]) -> list[Act]:
    """Joined predicates of one type, speaker and addressee are one act."""
    kept: list[Act] = []
    for act in acts:
        same = [k for k in kept[-FAR:] if _same(page, k, act)]
        if not same:
            kept.append(act)
        elif act.end - same[0].start <= MERGED:
            same[0].end, same[0].addressee = max(same[0].end, act.end), same[0].addressee or act.addressee
            same[0].topics = list(dict.fromkeys([*same[0].topics, *act.topics]))
    return kept

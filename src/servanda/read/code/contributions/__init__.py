"""Code the contributions to peace operations: who gives what to which mission, how many, and how far it has come."""

from __future__ import annotations

from bisect import bisect_left

from servanda.read.code.contributions.clauses import Clause, Cue, clauses, vocabulary
from servanda.read.code.contributions.merge import merged
from servanda.read.code.contributions.sides import ANYONES, contributor_of, mission_actor, missions_in
from servanda.read.code.contributions.units import Unit, units_of
from servanda.read.page import Page, Sentence
from servanda.types import Contribution
from servanda.vocabulary import ContributionRule

ENOUGH = 2  # words of peace operations that make a page one about them
DIRECT = 14  # code points between a sending verb and an uncounted unit that it sends


def code_contributions(page: Page) -> list[Contribution]:
    """The contributions that the article tells, in order of start; the same one told twice is told once."""
    peace = [hit.start for hit in page.hits.get("contributions", ())]
    if not peace:
        return []
    missions = [mention.start for mention in page.mentions if mention.kind == "mission"]
    told: list[Contribution] = []
    last: list[str] = []
    near = False
    for sentence in page.sentences:
        about = _within(peace, sentence) or _within(missions, sentence)
        if (about or near or len(peace) >= ENOUGH) and not sentence.headline:
            for clause in clauses(page, sentence):
                told += _clause(page, clause, last, about=about, near=near)
                last = missions_in(page, clause, clause.start, clause.end, _when(page)) or last
        near = about
    return merged(told)


def _within(starts: list[int], sentence: Sentence) -> bool:
    at = bisect_left(starts, sentence.start)
    return at < len(starts) and starts[at] < sentence.end


def _when(page: Page) -> str | None:
    """The year from which the page speaks, where it is known."""
    return page.published if page.published and not page.published.startswith("X") else None


def _clause(page: Page, clause: Clause, last: list[str], *, about: bool, near: bool) -> list[Contribution]:
    found: list[Contribution] = []
    for unit in units_of(page, clause):
        why = _refused(page, clause, unit, about=about or (near and unit.what not in ANYONES))
        rule = None if why else _rule(page, clause, unit)
        who = contributor_of(page, clause, unit) if rule else None
        if rule and who:
            found.append(_coded(page, clause, unit, rule, who, last))
        else:
            page.refuse("vi.contribution", unit.start, unit.end, why or "no rule fits its clause")
    return found


def _refused(page: Page, clause: Clause, unit: Unit, *, about: bool) -> str:
    """Why a unit is not given here; empty where it may be."""
    if _next_to(clause.of("replaced"), unit.start):
        return "it is only what another replaces"
    if _asked(page, clause, unit):
        return "only asked or hoped for"
    if any(cue.start < unit.start for cue in clause.of("negation")):
        return "denied"
    return _people_refused(page, clause, unit, about=about) if unit.people else ""


def _people_refused(page: Page, clause: Clause, unit: Unit, *, about: bool) -> str:
    """What bars people only: they are named for many other reasons."""
    follows = [cue for cue in clause.cues if 0 <= cue.start - unit.end <= 1]
    if not about:
        return "nothing near speaks of peace operations"
    if clause.of("harm"):
        return "the clause tells of harm, not of giving"
    if clause.of("course"):
        return "sent to a course"
    roles = {cue.entry.role for cue in follows}
    if roles & {"again", "unit"} or ("first" in roles and clause.of("total")):
        return "named before, or only part of a name"
    if "un_own" in roles and unit.what in ANYONES:
        return "the United Nations' own"
    if not unit.amount and not _sent_directly(clause, unit):
        return "neither counted nor sent by a verb before it"
    return ""


def _next_to(cues: list[Cue], at: int) -> bool:
    return any(0 <= at - cue.end < 3 for cue in cues)


def _asked(page: Page, clause: Clause, unit: Unit) -> bool:
    """A wish right before the state that should act, with no comma between."""
    wishes = clause.of("wish") if clause.of("plan") else clause.of("wish", "maybe")
    for cue in wishes:
        if cue.end <= unit.start and "," not in page.text[cue.end : unit.start] and unit.start - cue.end < 90:
            return True
    return False


def _sent_directly(clause: Clause, unit: Unit) -> bool:
    besides = clause.of("besides")
    sent = [cue for cue in clause.of("send", "pledge") if 0 <= unit.start - cue.end <= DIRECT]
    return bool(sent) and not any(0 <= unit.start - cue.end <= DIRECT for cue in besides)


def _rule(page: Page, clause: Clause, unit: Unit) -> ContributionRule | None:
    cues = _cues(page, clause, unit)
    for rule in vocabulary(page.lexicon)[1]:
        if cues.issuperset(rule.when) and (not rule.any or cues & set(rule.any)) and not cues & set(rule.unless):
            return rule
    return None


def _cues(page: Page, clause: Clause, unit: Unit) -> set[str]:
    """The roles in a clause, with `after.` for those after the unit, and what the unit and the dates add."""
    cues = {cue.entry.role for cue in clause.cues}
    cues |= {f"after.{cue.entry.role}" for cue in clause.cues if cue.start >= unit.end}
    cues |= {f"all.{cue.entry.role}" for cue in clause.before}
    cues.add("people" if unit.people else "unit")
    if len(missions_in(page, clause, clause.start, clause.end, _when(page))) != 1:
        cues.add("no_one_mission")
    if any(page.folded[max(0, date.start - 4) : date.start + 3].lstrip().startswith("từ ") for date in clause.dates):
        cues.add("since")
    if unit.amount:
        cues.add("counted")
    if any(len(date.edtf) >= 7 for date in clause.dates):
        cues.add("dated")
    if any(len(date.edtf) == 7 or (len(date.edtf) == 4 and date.edtf.isdigit()) for date in clause.dates):
        cues.add("dated_long")
    return cues


def _coded(page: Page, clause: Clause, unit: Unit, rule: ContributionRule, who: str, last: list[str]) -> Contribution:
    codes = missions_in(page, clause, clause.start, clause.end, _when(page))
    if not codes and clause.of("here"):
        codes = last[-1:]
    mission = mission_actor(page, codes[0]) if len(codes) == 1 else None
    measure = rule.counted if rule.counted and unit.count else rule.measure
    date = next((d.edtf for d in clause.dates), None)
    return Contribution(
        contributor=who,
        mission=mission,
        what=unit.what,
        count=unit.count,
        women=unit.women,
        unit=page.text[slice(*unit.name)] if unit.name else None,
        status=rule.status,  # type: ignore[arg-type]
        measure=measure,  # type: ignore[arg-type]
        date=date if measure == "movement" else None,
        start=clause.start,
        end=_trimmed(page, clause),
        count_scope=f"total over {' and '.join(codes)}" if len(codes) > 1 and unit.count else None,
        rule=rule.id,
        confidence=rule.confidence,
    )


def _trimmed(page: Page, clause: Clause) -> int:
    end = clause.end
    while end > clause.start + 1 and page.text[end - 1] in " ,;\n":
        end -= 1
    return end

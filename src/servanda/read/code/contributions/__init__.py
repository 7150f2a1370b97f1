"""Code the contributions to peace operations: who gives what to which mission, how many, and how far it has come."""

from __future__ import annotations

from bisect import bisect_left

from servanda.read.code.contributions.clauses import Clause, clauses, vocabulary
from servanda.read.code.contributions.frame import Frame, features, frame
from servanda.read.code.contributions.merge import merged
from servanda.read.code.contributions.refusals import refused
from servanda.read.code.contributions.sides import ANYONES, contributor_of, mission_actor, missions_in
from servanda.read.code.contributions.units import Unit, units_of
from servanda.read.page import Page, Sentence
from servanda.types import Contribution
from servanda.vocabulary import ContributionRule

ENOUGH = 2  # words of peace operations that make a page one about them


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
        framed = frame(page, clause, unit)
        why = refused(framed, about=about or (near and unit.what not in ANYONES))
        rule = None if why else _rule(framed, _when(page))
        who = contributor_of(page, clause, unit) if rule else None
        if rule and who:
            found.append(_coded(page, clause, unit, rule, who, last))
        else:
            page.refuse("vi.contribution", unit.start, unit.end, why or "no rule fits its clause")
    return found


def _rule(framed: Frame, when: str | None) -> ContributionRule | None:
    found = features(framed, when)
    for rule in vocabulary(framed.page.lexicon)[1]:
        if found.issuperset(rule.when) and (not rule.any or found & set(rule.any)) and not found & set(rule.unless):
            return rule
    return None


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

"""Code the contributions to peace operations: who gives what to which mission, how many, and how far it has come."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

from servanda.read.code.contributions.clauses import Clause, clauses, vocabulary
from servanda.read.code.contributions.frame import Frame, features, frame
from servanda.read.code.contributions.merge import merged
from servanda.read.code.contributions.missions import mission_actor, missions_in, only_mission, vague
from servanda.read.code.contributions.refusals import is_replaced, refused
from servanda.read.code.contributions.sides import ANYONES, contributor_of
from servanda.read.code.contributions.units import Unit, named_people, units_of
from servanda.read.code.walk import grammar, role_of
from servanda.read.page import Page, Sentence, between
from servanda.types import Contribution, DateExpression
from servanda.vocabulary import ContributionRule, SpeechWord

LONGEST = 3000  # code points of a sentence that may still be one
ENOUGH = 2  # words of peace operations that make a page one about them


def code_contributions(page: Page) -> list[Contribution]:
    """The contributions that the article tells, in order of start; the same one told twice is told once."""
    peace = [hit.start for hit in page.hits.get("contributions", ())]
    return _Coder(page).code(peace) if peace else []


class _Coder:
    """Goes through a page's sentences and remembers the missions, decisions and women told before."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.when = page.published if page.published and not page.published.startswith("X") else None
        self.last: list[str] = []
        self.told: list[Contribution] = []
        self.decided = False
        self.women: dict[str, int] = {}

    def code(self, peace: list[int]) -> list[Contribution]:
        missions = [mention.start for mention in self.page.mentions if mention.kind == "mission"]
        near = False
        for sentence in self.page.sentences:
            about = _within(peace, sentence) or _within(missions, sentence)
            known = len(self.told)
            short = not sentence.headline and sentence.end - sentence.start <= LONGEST
            if short and (about or near or len(peace) >= ENOUGH):
                self._sentence(sentence, peace, about=about, near=near)
            near = about or len(self.told) > known
        return merged(self.told, self.women)

    def _sentence(self, sentence: Sentence, peace: list[int], *, about: bool, near: bool) -> None:
        known = len(self.told)
        for clause in clauses(self.page, sentence):
            units = self._without_women(units_of(self.page, clause))
            if not any(unit.people and unit.amount for unit in units) and (named := named_people(self.page, clause)):
                units = [named, *(unit for unit in units if not unit.people)]
            for number, unit in enumerate(units):
                reach = units[number + 1].start if number + 1 < len(units) else clause.end
                framed = frame(self.page, clause, unit)
                here = near or (len(peace) >= ENOUGH and self._is_sent_there(clause, unit))
                why = refused(framed, about=about or (here and unit.what not in ANYONES))
                rule = None if why else self._rule(framed)
                if rule is None and len(self.told) > known and _part_of_it(clause, unit):
                    self._keep_part(unit)
                else:
                    self._keep(clause, unit, rule, why, reach)
            self.last = missions_in(self.page, clause, clause.start, clause.end, self.when) or self.last

    def _is_sent_there(self, clause: Clause, unit: Unit) -> bool:
        """So many people go where a mission is: on a page about peace operations that is enough."""
        return bool(unit.amount and missions_in(self.page, clause, clause.start, clause.end, self.when))

    def _without_women(self, units: list[Unit]) -> list[Unit]:
        """`trong 7 sĩ quan có một nữ sĩ quan`: the second tells how many of the first are women."""
        for whole, part in pairwise(units):
            smaller = whole.people and part.people and whole.count and part.count and part.count < whole.count
            if smaller and part.women:
                self.women[f"of {whole.count}"] = whole.women = part.women
                return [unit for unit in units if unit is not part]
        return units

    def _keep_part(self, unit: Unit) -> None:
        """A part of what was just told: the same giver, mission and status."""
        whole = self.told[-1]
        part = replace(
            whole, what=unit.what, count=unit.count, women=unit.women, unit=None, start=unit.start, end=unit.end
        )
        self.told.append(part)

    def _rule(self, framed: Frame) -> ContributionRule | None:
        found = features(framed, self.when)
        if is_replaced(framed):
            found.add("replaced_by")
        if self.decided:
            found.add("decided_before")
        for rule in vocabulary(self.page.lexicon).rules:
            if found.issuperset(rule.when) and (not rule.any or found & set(rule.any)) and not found & set(rule.unless):
                return rule
        return None

    def _keep(self, clause: Clause, unit: Unit, rule: ContributionRule | None, why: str, reach: int) -> None:
        if unit.number and unit.women:
            self.women[unit.number] = unit.women
        who = contributor_of(self.page, clause, unit) if rule else None
        if rule and (who or self.page.grafted):
            self.told.append(self._coded(clause, unit, rule, who, reach))
            self.decided = self.decided or rule.id.endswith("decided")
        else:
            self.page.refuse("vi.contribution", unit.start, unit.end, why or "no rule fits its clause")

    def _coded(self, clause: Clause, unit: Unit, rule: ContributionRule, who: str | None, reach: int) -> Contribution:
        codes = self._missions(clause, unit, rule, reach)
        measure = rule.counted if rule.counted and unit.count else rule.measure
        date = next((d.edtf for d in clause.dates if not _of_the_saying(self.page, d, unit)), None)
        return Contribution(
            contributor=who,
            mission=mission_actor(self.page, codes[0]) if len(codes) == 1 else None,
            what=unit.what,
            count=unit.count,
            women=unit.women,
            unit=self.page.text[slice(*unit.name)] if unit.name else None,
            status=rule.status,  # type: ignore[arg-type]
            measure=measure,  # type: ignore[arg-type]
            date=date if measure == "movement" else None,
            start=clause.start,
            end=_trimmed(self.page, clause),
            count_scope=f"total over {' and '.join(codes)}" if len(codes) > 1 and unit.count else None,
            rule=rule.id,
            confidence=rule.confidence,
        )

    def _missions(self, clause: Clause, unit: Unit, rule: ContributionRule, reach: int) -> list[str]:
        """The missions named from the unit to the next one, else in its clause, else those meant by `tại đây`."""
        own = missions_in(self.page, clause, unit.end, reach, self.when)
        if own:
            return own
        if any(unit.end <= m.start < reach and m.kind == "mission" and vague(self.page, m) for m in clause.mentions):
            return []
        codes = missions_in(self.page, clause, clause.start, clause.end, self.when)
        if not codes and clause.of("here"):
            return self.last[-1:]
        if not codes and rule.status == "deployed" and not unit.people:
            return only_mission(self.page)
        return codes


def _of_the_saying(page: Page, date: DateExpression, unit: Unit) -> bool:
    """`Ngày 27/12, ông A cho biết bệnh viện …`: whether on that day it was only told."""
    said = between(grammar(page).heads, date.end, unit.start)
    return any(role_of(head) == "verb" and isinstance(head.entry, SpeechWord) for head in said)


def _part_of_it(clause: Clause, unit: Unit) -> bool:
    """`trong đó có lực lượng cảnh sát`: a part of what the clause before gives."""
    parts = [cue for cue in clause.of("part") if 0 <= unit.start - cue.end <= 3]
    return bool(parts) and unit.what != "troops" and (not unit.people or unit.what in ANYONES)


def _within(starts: list[int], sentence: Sentence) -> bool:
    at = bisect_left(starts, sentence.start)
    return at < len(starts) and starts[at] < sentence.end


def _trimmed(page: Page, clause: Clause) -> int:
    end = clause.end
    while end > clause.start + 1 and page.text[end - 1] in " ,;\n":
        end -= 1
    return end

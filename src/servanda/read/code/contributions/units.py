"""Units: what is given, how many, how many of them women, and the unit's own name and number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from servanda.read.amounts import Amount, amounts
from servanda.read.code.contributions.clauses import Clause, Cue
from servanda.read.page import Page
from servanda.types import ContributionKind

NAME_TAIL = re.compile(r"(?:,? thê đội \d)? ?[(]?số (\d+|một|hai|ba|bốn|năm|sáu|bảy|tám)(?!\w)[)]?|[. ]?2\.(\d)(?!\d)")
WORDS = {"một": "1", "hai": "2", "ba": "3", "bốn": "4", "năm": "5", "sáu": "6", "bảy": "7", "tám": "8"}
SMALL_GAP, LARGE_GAP = 26, 45


@dataclass(slots=True)
class Unit:
    """Something given: `people` are counted by heads; `number` is the unit's own (`số 2`), `name` its span."""

    start: int
    end: int
    what: ContributionKind
    people: bool
    extra: bool = False
    duty: bool = False
    amount: Amount | None = None
    women: int | None = None
    number: str | None = None
    name: tuple[int, int] | None = None

    @property
    def count(self) -> int | None:
        return self.amount.value if self.amount else None


def units_of(page: Page, clause: Clause) -> list[Unit]:
    """The units of a clause: heads that only tell how large one is are counted into it."""
    told = amounts(page, clause.start, clause.end)
    found = _chained(page, [_unit(page, cue, told) for cue in clause.of("unit")])
    found = _with_duties(page, found)
    _count_heads(page, clause, found)
    women = _women(page, clause, told)
    for unit in found:
        if unit.women is None and (unit.amount or len(found) == 1):
            unit.women = women
    return [unit for unit in found if not unit.extra and not unit.duty]


def _unit(page: Page, cue: Cue, told: list[Amount]) -> Unit:
    what: ContributionKind = cue.entry.what or "other"  # type: ignore[assignment]
    unit = Unit(cue.start, cue.end, what, cue.entry.people, cue.entry.extra)
    if unit.people:
        unit.amount = next((a for a in told if _adjacent(page, a, unit)), None)
    elif match := NAME_TAIL.match(page.folded, unit.end):
        number = match.group(1) or match.group(2)
        unit.number, unit.end = WORDS.get(number, number), match.end()
        unit.name = (unit.start, unit.end)
    elif page.folded[unit.end - 1].isdigit() and page.folded[unit.end - 2 : unit.end - 1] == ".":
        unit.number, unit.name = page.folded[unit.end - 1], (unit.start, unit.end)
    return unit


def _adjacent(page: Page, amount: Amount, unit: Unit) -> bool:
    """Only `lượt`, `nữ`, `vị` or nothing stands between a number and the heads that it counts."""
    gap = page.folded[amount.end : unit.start].split() if amount.end <= unit.start else ["no"]
    return all(word in _BETWEEN for word in gap)


_BETWEEN = frozenset({"lượt", "nữ", "vị", "nam", "người"})


def _chained(page: Page, units: list[Unit]) -> list[Unit]:
    """`bác sĩ, nhân viên y tế`, `cán bộ và sĩ quan`: heads joined by a comma or `và` are one unit, of a common kind."""
    chained: list[Unit] = []
    for unit in units:
        last = chained[-1] if chained else None
        gap = page.folded[last.end : unit.start] if last else ""
        if last and last.people and unit.people and not unit.amount and gap in (", ", " và ", " hay ", ", các "):
            last.what = _common(last, unit)
            last.extra, last.end = last.extra and unit.extra, unit.end
        else:
            chained.append(unit)
    return chained


def _common(a: Unit, b: Unit) -> ContributionKind:
    if a.extra or b.extra or a.what == b.what:
        return b.what if a.extra else a.what
    return "troops" if "troops" in (a.what, b.what) else "individual_officers"


def _with_duties(page: Page, units: list[Unit]) -> list[Unit]:
    """Posts that the people named before serve as: no unit of their own; one kind of post names the people's kind."""
    kept: list[Unit] = []
    posts: dict[int, set[ContributionKind]] = {}
    for unit in units:
        before = page.folded[max(0, unit.start - 30) : unit.start].rstrip(" :")
        owner = next((k for k in range(len(kept) - 1, -1, -1) if kept[k].people), None)
        if owner is not None and unit.people and not unit.amount and before.endswith(_SERVING):
            posts.setdefault(owner, set()).add(unit.what)
            continue
        kept.append(unit)
    for owner, kinds in posts.items():
        if len(kinds) == 1 and kept[owner].what == "individual_officers":
            kept[owner].what = next(iter(kinds))
    return kept


_SERVING = ("làm", "nhiệm vụ", "như", "gồm", "vị trí", "hình thức", "cương vị", "là")


def _count_heads(page: Page, clause: Clause, units: list[Unit]) -> None:
    """`63 cán bộ của bệnh viện`, `bệnh viện gồm 70 người`: the heads tell the size of the unit beside them."""
    hard = [unit for unit in units if not unit.people]
    for heads in [unit for unit in units if unit.people and unit.amount]:
        owner = next((unit for unit in hard if _owns(page, unit, heads, alone=len(hard) == 1)), None)
        if owner and page.folded[heads.end : heads.end + 3] == " nữ":
            owner.women, heads.duty = heads.count, True
        elif owner and (owner.amount is None or heads.extra):
            owner.amount, heads.duty = owner.amount or heads.amount, True
        elif owner:
            heads.duty = True
    for heads in units:
        heads.duty = heads.duty or (heads.extra and heads.people)


def _owns(page: Page, unit: Unit, heads: Unit, *, alone: bool) -> bool:
    assert heads.amount is not None
    if heads.end <= unit.start:
        gap = page.folded[heads.end : unit.start]
        return len(gap) <= LARGE_GAP and ("của" in gap.split() or "thuộc" in gap.split())
    gap = page.folded[unit.end : heads.amount.start]
    if "lượt" in page.folded[heads.amount.end : heads.start]:
        return False
    return (len(gap) <= SMALL_GAP and ";" not in gap) or (alone and unit.amount is None and len(gap) <= 4 * LARGE_GAP)


def _women(page: Page, clause: Clause, told: list[Amount]) -> int | None:
    """`38 nữ`, `một nữ sĩ quan`: how many women the clause counts."""
    for cue in clause.of("women"):
        before = [a for a in told if a.value and a.end <= cue.start and not page.folded[a.end : cue.start].strip()]
        if before:
            return before[-1].value
    return None

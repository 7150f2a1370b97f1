"""Units: what is given, how many, how many of them women, and the unit's own name and number."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.read.amounts import Amount, amounts
from servanda.read.code.contributions.clauses import Clause, Cue, ends_with, joins, vocabulary
from servanda.read.page import Mention, Page
from servanda.read.translated import translated
from servanda.types import ContributionKind

GAP, OWNED, LOOSE = 26, 45, 180  # code points between heads and the unit whose size they tell


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
    if not clause.of("unit"):
        return []
    told = amounts(page, clause.start, clause.end)
    found = _chained([_unit(page, cue, told) for cue in clause.of("unit")], page)
    found = _with_duties(page, found)
    for unit in found:
        _first_woman(page, clause, unit)
        if unit.people and unit.amount and _women_among(page, unit):
            unit.women = unit.count
        unit.amount = unit.amount or _put_behind(page, unit, told)
    _count_heads(page, found)
    women = _women(page, clause, told)
    for unit in found:
        if unit.women is None and (unit.amount or len(found) == 1):
            unit.women = women
    return [unit for unit in found if not unit.extra and not unit.duty]


def named_people(page: Page, clause: Clause) -> Unit | None:
    """People sent by name: those before `được cử`, or after `trao quyết định`; each counts as one."""
    persons = [m for m in clause.mentions if m.kind == "person" and m.name]
    for cue in clause.of("decision"):
        before = [m for m in persons if m.end <= cue.start]
        after = [m for m in persons if m.start >= cue.end]
        sent = _chain_before(page, before, cue) or ([] if cue.entry.passive else after)
        if sent:
            start, end, size = sent[0].start, sent[-1].end, len({m.actors for m in sent})
            posts = {c.entry.what for c in clause.of("unit") if c.entry.duty and c.start >= end}
            what = next(iter(posts)) if len(posts) == 1 else "individual_officers"
            return Unit(start, end, what, True, amount=Amount(start, end, size, size, size))  # type: ignore[arg-type]
    return None


def _chain_before(page: Page, persons: list[Mention], cue: Cue) -> list[Mention]:
    """The persons right before a passive cue, joined by commas and `và`."""
    if not cue.entry.passive or not persons or cue.start - persons[-1].end > OWNED:
        return []
    chain = persons[-1:]
    for person in reversed(persons[:-1]):
        if not joins(page, page.folded[person.end : chain[0].start]):
            break
        chain.insert(0, person)
    return chain


def _unit(page: Page, cue: Cue, told: list[Amount]) -> Unit:
    what: ContributionKind = cue.entry.what or "other"  # type: ignore[assignment]
    unit = Unit(cue.start, cue.end, what, cue.entry.people, cue.entry.extra)
    if unit.people:
        unit.amount = next((a for a in told if _adjacent(page, a, unit)), None)
    else:
        _name(page, unit)
    return unit


def _name(page: Page, unit: Unit) -> None:
    """The unit's number and name: `số 2`, `(số 2)`, `2.1`, or a number after its state."""
    patterns = vocabulary(page.lexicon).patterns
    if match := patterns["number"].match(page.folded, unit.end):
        unit.number = _figure(page, match.group("n") or match.group("m"))
        unit.end = match.end()
        unit.name = (unit.start, unit.end)
    elif match := patterns["number_after_state"].match(page.folded, unit.end):
        unit.number, unit.name = _figure(page, match.group("n")), (unit.start, match.end())
    elif page.folded[unit.end - 1].isdigit() and page.folded[unit.end - 2] == ".":
        unit.number, unit.name = page.folded[unit.end - 1], (unit.start, unit.end)


def _figure(page: Page, word: str) -> str:
    if word.isdigit():
        return word
    at = page.folded.find(word)
    told = amounts(page, at, at + len(word))
    return str(told[0].value) if told else word


def _adjacent(page: Page, amount: Amount, unit: Unit) -> bool:
    """Only `lượt`, `nữ`, `vị` or nothing stands between a number and the heads that it counts."""
    if amount.end > unit.start:
        return False
    return all(
        word in vocabulary(page.lexicon).tokens["between"] for word in page.folded[amount.end : unit.start].split()
    )


def _chained(units: list[Unit], page: Page) -> list[Unit]:
    """`bác sĩ, nhân viên y tế`, `cán bộ và sĩ quan`: heads joined by a comma or `và` are one unit, of a common kind."""
    chained: list[Unit] = []
    for unit in units:
        last = chained[-1] if chained else None
        gap = page.folded[last.end : unit.start] if last else ""
        if last and last.people and unit.people and not unit.amount and joins(page, gap):
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
        owner = next((k for k in range(len(kept) - 1, -1, -1) if kept[k].people), None)
        if owner is not None and unit.people and not unit.amount and ends_with(page, unit.start, "serving"):
            posts.setdefault(owner, set()).add(unit.what)
            continue
        kept.append(unit)
    for owner, kinds in posts.items():
        if len(kinds) == 1 and kept[owner].what == "individual_officers":
            kept[owner].what = next(iter(kinds))
    return kept


def _first_woman(page: Page, clause: Clause, unit: Unit) -> None:
    """`nữ sĩ quan Việt Nam đầu tiên`: one woman."""
    first = any(0 <= cue.start - unit.end <= 12 for cue in clause.of("first"))
    words = page.folded[max(0, unit.start - 4) : unit.end].split()
    woman = any(word in words for word in vocabulary(page.lexicon).tokens["woman"])
    if unit.people and not unit.amount and first and woman and not ends_with(page, unit.start, "several"):
        unit.amount, unit.women = Amount(unit.start, unit.end, 1, 1, 1), 1


def _count_heads(page: Page, units: list[Unit]) -> None:
    """`63 cán bộ của bệnh viện`, `bệnh viện gồm 70 người`: the heads tell the size of the unit beside them."""
    hard = [unit for unit in units if not unit.people]
    for heads in [unit for unit in units if unit.people and unit.amount]:
        owner = next((unit for unit in hard if _owns(page, unit, heads, alone=len(hard) == 1)), None)
        if owner and _women_among(page, heads):
            owner.women = heads.count
        elif owner:
            owner.amount = owner.amount or heads.amount
        heads.duty = heads.duty or owner is not None
    for heads in units:
        heads.duty = heads.duty or (heads.extra and heads.people)


def _women_among(page: Page, heads: Unit) -> bool:
    """`10 thành viên nữ`, `11 nữ quân nhân`: not the whole unit."""
    assert heads.amount is not None
    around = {*page.folded[heads.amount.end : heads.end].split(), *page.folded[heads.end : heads.end + 4].split()}
    return bool(around & set(vocabulary(page.lexicon).tokens["woman"]))


def _owns(page: Page, unit: Unit, heads: Unit, *, alone: bool) -> bool:
    assert heads.amount is not None
    if heads.end <= unit.start:
        gap = page.folded[heads.end : unit.start]
        owning = set(gap.split()) & set(vocabulary(page.lexicon).tokens["owning"])
        return not gap.strip() or (len(gap) <= OWNED and bool(owning))
    gap = page.folded[unit.end : heads.amount.start]
    if _women_among(page, heads):
        return len(gap) <= LOOSE and alone
    if page.folded[heads.amount.end : heads.start].strip():
        return False
    return (len(gap) <= GAP and ";" not in gap) or (alone and unit.amount is None and len(gap) <= LOOSE)


def _put_behind(page: Page, unit: Unit, told: list[Amount]) -> Amount | None:
    """`cử cán bộ Bảy`: a number in words that a translation took for a name and put behind its noun."""
    behind = (a for a in told if a.start == unit.end + 1 and page.text[a.start].isupper())
    amount = next(behind, None) if unit.people else None
    return amount if amount and not page.text[amount.end + 1 : amount.end + 2].isupper() and translated(page) else None


def _women(page: Page, clause: Clause, told: list[Amount]) -> int | None:
    """`38 nữ`, `một nữ sĩ quan`: how many women the clause counts."""
    for cue in clause.of("women"):
        before = [a for a in told if a.value and a.end <= cue.start and not page.folded[a.end : cue.start].strip()]
        if before:
            return before[-1].value
    return None

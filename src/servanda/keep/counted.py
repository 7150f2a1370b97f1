"""Numbers and days that contradict each other in the words themselves, beyond the facts that were coded.

Numbers are compared where they count the same thing of the same numbered unit of a state (women in the second
hospital), times where one text tells them as more and as less, and days where two documents date the same deed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from servanda.folding import bare, fold
from servanda.keep.disagreement import Found, Value
from servanda.keep.facts import Fact, unit_number
from servanda.keep.names import plain
from servanda.keep.quantities import Quantity, quantities, rules
from servanda.keep.telling import Passage, era
from servanda.keep.when import anchored, apart, when
from servanda.records import Filed

NAME = 4  # words of a unit's name, before its number
WHOLE = "members"
PART = 60  # code points beside a number
FAR = 5  # words after the name in which its number stands: the first, never what else is counted
END = re.compile(r"[.!?…](?=\s|$)|\n")


def of_units(documents: Sequence[Filed], told: Iterable[Fact], texts: Mapping[int, str]) -> Iterator[Found]:
    """Numbers of one thing that documents tell of one numbered unit."""
    names = {head: fact.unit for fact in told if fact.unit and (head := _unit_head(fact.unit))}
    if not names:
        return
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?!\w)")
    counted: dict[tuple[str, str, str], list[tuple[Filed, Quantity, str]]] = defaultdict(list)
    for document in documents:
        text = texts.get(document.number, "")
        units = list(_units(bare(text), pattern))
        for quantity in quantities(text) if units else ():
            unit = _unit_of(quantity, units, text, only=len({unit[1:] for unit in units}) == 1)
            if unit and (what := _counted(quantity, text)):
                counted[*unit, what].append((document, quantity, text))
    for (head, number, what), found in counted.items():
        bare_head = counted.get((head, number, what.split()[0]), []) if " " in what else []
        close = [it for it in bare_head if _alike([it[1].value, *(q.value for _, q, _ in found)])]
        called = " ".join(names[head].split()[: len(head.split())])
        yield from _differing(f"{called} ({number})", what, [*found, *close])


def _alike(values: Sequence[float]) -> bool:
    return max(values) <= rules().alike * min(values)


def unit_keys(fact: Fact) -> Iterator[str]:
    """By what documents that count something of one numbered unit find each other."""
    if fact.unit and (head := _unit_head(fact.unit)):
        yield f"#counted {head}|{unit_number(fact.unit)}"


def _unit_head(unit: str) -> str | None:
    """The words of a unit's name before its level and number: `benh vien da chien`."""
    if unit_number(unit) is None:
        return None
    words = plain(unit).split()
    head = words[: next((at for at, word in enumerate(words) if word.isdecimal()), len(words))][:NAME]
    return " ".join(head) if len(head) > 1 else None


def _units(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, str, str]]:
    """Where a unit is named with its number: its place, its name, its number."""
    for found in pattern.finditer(text):
        after = re.split(r"[.,;:\n]", text[found.end() : found.end() + 40])[0].split()
        names = (f"{found.group()} {' '.join(after[:n])}" for n in range(1, FAR + 1))
        number = next((told for name in names if (told := unit_number(name))), None)
        if number:
            yield found.start(), found.group(), number


def _unit_of(
    quantity: Quantity, units: Sequence[tuple[int, str, str]], text: str, *, only: bool
) -> tuple[str, str] | None:
    """The unit named right after a number in its sentence, else the last one before it, near it or the only one."""
    r = rules()
    stop = END.search(text, quantity.end, quantity.end + r.near)
    last = stop.start() if stop else quantity.end + r.near
    after = [unit for unit in units if quantity.end <= unit[0] < last]
    before = [unit for unit in units if unit[0] < quantity.start and (only or quantity.start - r.before <= unit[0])]
    found = after[:1] or before[-1:]
    return (found[0][1], found[0][2]) if found else None


def _counted(quantity: Quantity, text: str) -> str | None:
    """What a number counts, as a key: its first two words; all who are of the unit, under whatever word; the time that
    has passed since something."""
    r, first = rules(), quantity.head[0]
    if quantity.since and first in r.times:
        return f"since {first}"
    if first in r.anyones or quantity.value < 3:
        return None
    what = " ".join(quantity.head[:2])
    return WHOLE if what in r.whole and not _in_part(quantity, text) else what


def _in_part(quantity: Quantity, text: str) -> bool:
    """Words beside a number say that a part is counted: `đợt một`."""
    around = fold(text[max(0, quantity.start - PART) : quantity.end + PART])
    return any(word in around for word in rules().batches)


def _differing(subject: str, what: str, found: Sequence[tuple[Filed, Quantity, str]]) -> Iterator[Found]:
    values = {q.value for _, q, _ in found}
    sources = {document.source for document, _, _ in found}
    if len(values) < 2 or len(sources) < 2 or not _alike(list(values)):
        return
    if what.startswith("since "):
        yield from _since(subject, what, found)
    elif what == WHOLE or what in rules().members or not _grows(found):
        yield subject, what, [_value(document, q, text) for document, q, text in found]


def _grows(found: Sequence[tuple[Filed, Quantity, str]]) -> bool:
    """Later documents tell more: a running total contradicts nothing."""
    told = [(w, q.value) for document, q, _ in found if (w := when(document.published) or when(era(document)))]
    dated = sorted((w.first, value) for w, value in told)
    known = len(told) == len(found) and len({w.yearless for w, _ in told}) == 1
    return known and len({day for day, _ in dated}) > 1 and all(a[1] <= b[1] for a, b in pairwise(dated))


def _since(subject: str, what: str, found: Sequence[tuple[Filed, Quantity, str]]) -> Iterator[Found]:
    """Times since one thing, told at times that do not account for the difference."""
    unit = rules().times[what.removeprefix("since ")]
    starts = [(w.first.toordinal() - q.value * unit, w) for d, q, _ in found if (w := when(era(d)))]
    known = len(starts) == len(found) and len({w.yearless for _, w in starts}) == 1
    if not known or max(s for s, _ in starts) - min(s for s, _ in starts) >= unit * 2 / 3:
        yield subject, what, [_value(document, q, text) for document, q, text in found]


def _value(document: Filed, quantity: Quantity, text: str) -> Value:
    words = text[quantity.start : quantity.end]
    return Value(" ".join(words.split()), Passage(document.source, quantity.start, quantity.end, words))


def within_texts(documents: Iterable[Filed], texts: Mapping[int, str]) -> Iterator[Found]:
    """One text that tells one time as more and as less than the same number."""
    for document in documents:
        text = texts.get(document.number, "")
        times: dict[tuple[float, str], list[Quantity]] = defaultdict(list)
        for quantity in quantities(text):
            if quantity.since and quantity.head[0] in rules().times:
                times[quantity.value, quantity.head[0]].append(quantity)
        for (value, unit), told in times.items():
            if {"more", "less"} <= {q.bound for q in told}:
                yield f"{value} {unit}", "time since", [_value(document, q, text) for q in told]


@dataclass(slots=True, frozen=True)
class _Dated:
    """A sentence that begins with its day, the `others` it tells, and its words without numbers."""

    document: Filed
    day: str
    others: frozenset[str]
    words: frozenset[str]
    start: int
    end: int
    text: str


def dated(documents: Sequence[Filed], texts: Mapping[int, str]) -> Iterator[Found]:
    """Two documents that date one deed, known by a number that both tell of it, to two days close to each other."""
    by_number: dict[tuple[float, str], list[_Dated]] = defaultdict(list)
    for document in documents:
        for key, sentence in _dated_sentences(document, texts.get(document.number, "")):
            by_number[key].append(sentence)
    done: set[frozenset[tuple[str, int]]] = set()
    for (value, what), told in by_number.items():
        for a, b in combinations(told[:50], 2):
            pair = frozenset(((a.document.source, a.start), (b.document.source, b.start)))
            if pair not in done and _one_deed(a, b):
                done.add(pair)
                yield f"{value} {what}", "date", [_sentence(a), _sentence(b)]


def deeds(document: Filed, text: str) -> Iterator[tuple[str, str]]:
    """By what documents that date one deed find each other, and the day."""
    for (value, what), told in _dated_sentences(document, text):
        yield f"#deed {value} {what}", told.day


def _one_deed(a: _Dated, b: _Dated) -> bool:
    first, second = when(a.day), when(b.day)
    if a.document.source == b.document.source or first is None or second is None:
        return False
    gap, shared = apart(first, second), len(a.words & b.words)
    near = 0 < gap <= rules().apart and a.day not in b.others and b.day not in a.others
    return near and shared >= rules().shared and shared >= rules().share * min(len(a.words), len(b.words))


def _sentence(told: _Dated) -> Value:
    return Value(told.day, Passage(told.document.source, told.start, told.end, told.text[told.start : told.end]))


def _dated_sentences(document: Filed, text: str) -> Iterator[tuple[tuple[float, str], _Dated]]:
    r = rules()
    days = sorted((record.start, record.end, anchored(record.value("edtf"), document.published) or "")
                  for record in document.records.values() if record.kind == "date" and not record.passage)  # fmt: skip
    for start, end, day in days:
        known = when(day)
        if known is None or known.days > 1 or text[max(0, start - 1) : start] not in ("", " ", "\n", '"'):
            continue
        if not _begins(text, start):
            continue
        stop = END.search(text, end, end + r.sentence)
        last = stop.start() if stop else min(len(text), end + r.sentence)
        words = frozenset(w for w in plain(text[end:last]).split() if not w.isdecimal())
        others = frozenset(other for at, _, other in days if end <= at < last)
        for quantity in quantities(text[end:last]):
            if quantity.value > 2 and len(quantity.head) > 1:
                for what in _pairs(quantity.head):
                    yield (quantity.value, what), _Dated(document, day, others, words, start, last, text)


def _begins(text: str, start: int) -> bool:
    """Nothing but a few words stands between the last stop and the day."""
    stops = [found.end() for found in END.finditer(text, max(0, start - 60), start)]
    return start - (stops[-1] if stops else 0) <= 20


def _pairs(head: Sequence[str]) -> Iterator[str]:
    known = [word for word in head if word not in rules().anyones]
    yield from (" ".join(pair) for pair in pairwise(known))

"""What is promised, in words: what is to be done, with which names and numbers, without who does it for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from servanda.keep.answers import doers, receivers
from servanda.keep.deeds import Numbers, Word, days_of, marked, numbered, pairs, worded
from servanda.keep.facts import Fact, unit_number
from servanda.keep.names import Who
from servanda.keep.promises import Promise
from servanda.keep.rules import rules

OWN = 10  # words with which a promise says what it is, before what it is for
HEAD = 4  # of them the first: what is to be done
FEWEST = 3  # words of its own that a promise has; of fewer, all are everybody's
TOGETHER = 2  # words that say together what is to come: `cam kết sẽ`
TELLINGS = 3  # of a promise that is told in many documents, those compared
DIGITS = re.compile(r"\d+")


@dataclass(slots=True, frozen=True)
class Gist:
    """`own` words, the `head` of them and the first (`verb`), `names` of neither side and `numbers` by what they count.

    `pairs` of words and `keys` are what sentences are found by; `unit` is the number of a unit that is sent. What is
    promised is of this `kind` and `said` so where it is made, and to be done by the `doers` for the `receivers`.
    """

    fact: Fact
    kind: str
    said: str
    doers: list[Who]
    receivers: list[Who]
    own: frozenset[str]
    head: frozenset[str]
    verb: str
    names: frozenset[str]
    numbers: Numbers
    pairs: list[str]
    keys: list[str]
    unit: str | None

    @property
    def counted(self) -> bool:
        """It says how many, beside when."""
        dates = {str(int(part)) for part in DIGITS.findall(self.fact.due or "")}
        return any(key[0] == ">" and not {n.lstrip("0") for n in told} <= dates for key, told in self.numbers.items())


def gists(promise: Promise) -> list[Gist]:
    """What some tellings of a promise say; those that say little, or that something will not be done, left out."""
    facts = {f.said: f for f in promise.facts}
    found = [_gist(promise, fact, promise.made) for fact in list(facts.values())[:TELLINGS] if not _denies(fact)]
    return [gist for gist in found if len(gist.own) >= FEWEST]


def _denies(fact: Fact) -> bool:
    """It is promised not to do something: who tells of it as done tells the contrary."""
    return any(kind in ("no", "not") for _, kind in marked(fact.passage.quote))


def _gist(promise: Promise, fact: Fact, made: Fact) -> Gist:
    words = worded(fact.passage.quote)
    sides = {word for f in promise.facts for w in (*f.by, *f.to) for form in w.forms for word in form.split()}
    told = _to_come(words, fact)
    meant = [w if w.plain not in sides else Word(w.plain, False, False) for w in told]
    own = list(dict.fromkeys(w.plain for w in meant if w.own and not w.plain.isdecimal()))
    unit, named = unit_number(fact.unit), {w.plain for w in words if w.name} | sides
    return Gist(
        fact=fact, kind=made.kind, said=made.said, doers=doers(promise), receivers=receivers(promise),
        own=frozenset(own[:OWN]), head=frozenset(own[:HEAD]), verb=own[0] if own else "",
        names=frozenset(w.plain for w in meant if w.name and w.own),
        numbers=numbered(told) | ({unit_key(): {unit}} if unit else {}),
        pairs=pairs(meant), keys=[*pairs(meant), *days_of(named, [fact.due or ""])], unit=unit,
    )  # fmt: skip


def _to_come(words: Sequence[Word], fact: Fact) -> Sequence[Word]:
    """The words after those that say that something is to come."""
    ahead = [n for n, kind in marked(fact.passage.quote) if kind in ("ahead", "asked")]
    last = ahead[0] if ahead else -1
    for n in ahead[1:]:
        last = n if n - last <= TOGETHER else last
    rest = words[last + 1 :]
    return rest if sum(w.own for w in rest) >= FEWEST else words


def unit_key() -> str:
    """Under which the number of a unit stands."""
    return f"<{rules().ordinals[0]}"

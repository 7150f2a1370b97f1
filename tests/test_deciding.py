"""What is put together after decisions alone is what it is when made from the start."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_assembly import page, tables

from servanda.answers.assembly import around, bring_up_to_date, deciding, rebuild, relabelling
from servanda.engine.reading import as_sheet
from servanda.errors import ServandaError
from servanda.review import Choice, decide, open_questions, question, undo
from servanda.review.questions import STATUSES, Question
from servanda.store import Register, decided, file, filed, judge, open_register

KINDS = ("confirmed", "rejected", "corrected", "status", "not_same", "same", "people", "people", "undo", "undo")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    chance = random.Random(11)
    with open_register(str(tmp_path / "register.db"), create=True) as register:
        file(register, [as_sheet(page(n, chance)) for n in range(40)])
        bring_up_to_date(register)
        yield register


def _choice(asked: Question, kind: str, chance: random.Random) -> Choice:
    if kind == "corrected" and asked.fields:
        name = chance.choice(sorted(asked.fields))
        admitted = asked.fields[name]
        value = chance.choice(admitted) if admitted else chance.choice(("2019-04-02", "Phạm Bình Minh", "Lào"))
        present = asked.parts[0].now.get(name, [])
        return Choice(kind, property=name, value=value, was=present[0] if present else None)
    if kind == "status":
        return Choice(kind, value=chance.choice(STATUSES))
    return Choice(kind, telling=asked.parts[0].key if kind == "not_same" else None)


def _decision(register: Register, chance: random.Random) -> str | None:
    """One decision on whatever is asked, or one taken back; its kind, None where it was refused."""
    kind, standing = chance.choice(KINDS), decided(register)
    if kind == "undo":
        if standing:
            undo(register, chance.choice(standing).id, by="Lan")
        return kind if standing else None
    if kind in ("people", "same"):
        kinds = ("actor",) if kind == "people" else ("engagement",)
        keys = sorted({r.key for d in filed(register, kinds) for r in d.records.values() if not r.value("code")})
        one, other = chance.sample(keys, 2)
        judge(register, chance.choice(("same", "not_same")) if kind == "people" else kind, one, object=other, by="Lan")
        return kind
    address = chance.choice([it.address for it in open_questions(register).entries])
    try:
        decide(register, address, _choice(question(register, address), kind, chance), by="Lan")
    except ServandaError:
        return None
    return kind


@pytest.mark.parametrize("seed", range(4))
def test_decisions_put_together_one_by_one_are_all_put_together_at_once(seed: int, register: Register) -> None:
    chance, made = random.Random(seed), set[str | None]()
    for _ in range(25):
        made.add(_decision(register, chance))
        if chance.random() < 0.7:
            bring_up_to_date(register)
    bring_up_to_date(register)
    kept = tables(register)
    rebuild(register)
    for name, rows in tables(register).items():
        assert kept[name] == rows, name
    assert len(made) > 4


def test_what_a_decision_does_not_bear_on_is_left_alone(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """Confirming puts no undertaking together, and a person who is another now is named so without comparing pages."""
    settled: list[Any] = []
    named: list[Any] = []
    wholly = around.undertakings
    monkeypatch.setattr(deciding, "conflicts_around", lambda *told: settled.append(told))
    monkeypatch.setattr(deciding, "undertakings", _noting(settled, wholly))
    monkeypatch.setattr(deciding, "relabel", _noting(named, relabelling.relabel))
    asked = next(it for it in open_questions(register).entries if it.about == "undertaking")
    decide(register, asked.address, Choice("confirmed"), by="Lan")
    bring_up_to_date(register)
    people = sorted({r.key for d in filed(register, ("actor",)) for r in d.records.values()
                     if r.value("kind") == "person"})  # fmt: skip
    judge(register, "not_same", people[0], object=people[1], by="Lan")
    judge(register, "same", people[0], object=people[2], by="Lan")
    bring_up_to_date(register)
    assert not settled and named


def _noting(into: list[Any], wholly: Any) -> Any:
    def noting(work: Any, numbers: Any, *more: Any, **named: Any) -> Any:
        if numbers or any(named.get(name) for name in ("more",)):
            into.append(numbers)
        return wholly(work, numbers, *more, **named)

    return noting

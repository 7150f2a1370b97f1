"""How long the register takes to answer: every function of the read model, and search, on a register of any size.

    python bench/answers.py REGISTER [--times 60] [--seed 1]

REGISTER is a file or postgresql:// URL that is up to date; `bench/growth.py --keep FOLDER` leaves a large one.
Questions are drawn at random from what it holds, actors as often as documents name them. Printed are the median and
the 95th percentile of each function in milliseconds, and the ratio of all its time to that of its bare SQL.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import event, func, select

from servanda import answers
from servanda.answers.assembly import current_state, folded
from servanda.store import Register, open_register
from servanda.store.derived import actors, entries, mentions, searchable
from servanda.store.tables import documents, records, texts

Questions = dict[str, Callable[[], Any]]
BOUND = {"search": 60.0}  # milliseconds; 100 for everything else
SAMPLE = 300  # documents that questions are drawn from


def percentile(values: Sequence[float], share: int) -> float:
    """The value within which so many of 100 lie."""
    return sorted(values)[min(len(values) - 1, share * len(values) // 100)]


class Draw:
    """What to ask about, at random."""

    def __init__(self, register: Register, seed: int) -> None:
        self.chance = random.Random(seed)
        with register.reading() as connection:
            self.count = (current_state(connection) or ("", "", 0))[2]

            def column(query: Any) -> list[Any]:
                return list(connection.execute(query).scalars())

            d = documents.c
            known = column(select(d.number).where(d.status == "current").order_by(d.number))
            self.numbers = sorted(self.chance.sample(known, min(SAMPLE, len(known))))
            self.actors = column(select(mentions.c.actor).where(mentions.c.document.in_(self.numbers)))
            self.sources = column(select(d.source).where(d.number.in_(self.numbers)))
            self.names = column(select(actors.c.name).where(actors.c.id.in_(set(self.actors)), actors.c.name > ""))
            whole = column(select(texts.c.text).where(texts.c.document.in_(self.numbers[:60])))
            self.words = [word for text in whole for word in folded(text).split() if len(word) > 2]
            self.keys = column(select(records.c.key).where(records.c.document.in_(self.numbers),
                                                           records.c.kind.in_(("act", "engagement"))))  # fmt: skip
            self.ids = {sort: column(select(entries.c.id).where(entries.c.sort == sort,
                                                                entries.c.document.in_(self.numbers)))
                        for sort in ("engagement", "undertaking")}  # fmt: skip
            self.found = connection.execute(select(func.count()).select_from(searchable)).scalar_one()
        register.follows = False
        self.programmes = [row["id"] for row in answers.programmes(register).rows]

    def actor(self) -> str:
        """As often as documents name it."""
        return str(self.chance.choice(self.actors))

    def query(self) -> str:
        """A name as it is being typed, or one to three words of a text, the last cut short."""
        if self.chance.random() < 0.5:
            name = self.chance.choice(self.names)
            return str(name[: self.chance.randint(min(3, len(name)), len(name))])
        words = self.chance.sample(self.words, self.chance.randint(1, 3))
        return " ".join([*words[:-1], words[-1][: self.chance.randint(2, len(words[-1]))]])


class Sent:
    """The questions that a register's database was asked."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.statements: list[tuple[str, Any]] = []
        event.listen(register.engine, "before_cursor_execute", self._note)

    def _note(self, connection: Any, cursor: Any, statement: str, given: Any, context: Any, many: bool) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            self.statements.append((statement, given))

    def again(self) -> float:
        """Seconds of the same statements straight to the driver."""
        asked, raw = list(self.statements), self.register.engine.raw_connection()
        cursor = raw.cursor()
        start = time.perf_counter()
        for statement, given in asked:
            cursor.execute(statement, given)
            cursor.fetchall()
        spent = time.perf_counter() - start
        raw.rollback()
        raw.close()
        return spent


def questions(register: Register, draw: Draw) -> Questions:
    """One call for each function."""
    one = draw.chance.choice
    return {
        "home": lambda: answers.home(register),
        "search": lambda: answers.search(register, draw.query()),
        "search, narrowed": lambda: answers.search(register, draw.query(), actor=draw.actor(), since="2018"),
        "actors": lambda: answers.actors(register, starting=one(draw.names)[:2]),
        "actor": lambda: answers.actor(register, draw.actor()),
        "engagements": lambda: answers.engagements(register, since="2018", until="2020"),
        "engagements of an actor": lambda: answers.engagements(register, actor=draw.actor()),
        "engagements of two": lambda: answers.engagements(register, actor=draw.actor(), with_=draw.actor()),
        "engagement": lambda: answers.engagement(register, one(draw.ids["engagement"])),
        "undertakings": lambda: answers.undertakings(register, status="overdue"),
        "undertakings of an actor": lambda: answers.undertakings(register, actor=draw.actor(), topic="trade"),
        "due": lambda: answers.undertakings(register, due_until="2019-06-30"),
        "undertaking": lambda: answers.undertaking(register, one(draw.ids["undertaking"])),
        "outcome": lambda: answers.outcome(register, one(draw.ids["undertaking"])),
        "acts of an actor": lambda: answers.acts(register, speaker=draw.actor()),
        "positions of an actor": lambda: answers.positions(register, actor=draw.actor()),
        "agreements": lambda: answers.agreements(register, actor=draw.actor()),
        "contributions": lambda: answers.contributions(register, actor=draw.actor()),
        "programmes": lambda: answers.programmes(register),
        "documents": lambda: answers.documents(register, actor=draw.actor()),
        "document": lambda: answers.document(register, one(draw.sources)),
        "stories": lambda: answers.stories(register),
        "conflicts": lambda: answers.conflicts(register),
    }


def timed(sent: Sent, ask: Callable[[], Any], times: int) -> tuple[list[float], float]:
    """Seconds of each of so many calls; of how many times their bare SQL they are."""
    ask()
    spent, bare = [], 0.0
    for _ in range(times):
        sent.statements.clear()
        start = time.perf_counter()
        ask()
        spent.append(time.perf_counter() - start)
        bare += sent.again()
    return spent, sum(spent) / bare


def main() -> None:
    """Ask, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register")
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with open_register(asked.register) as register:
        draw, sent = Draw(register, asked.seed), Sent(register)
        print(f"{register.engine.dialect.name}, {draw.count:,} documents, {draw.found:,} things that can be found")
        print(f"{'':28}{'median':>9}{'p95':>9}{'bound':>8}{'of bare SQL':>13}")
        for name, ask in questions(register, draw).items():
            spent, ratio = timed(sent, ask, asked.times)
            median, p95 = percentile(spent, 50) * 1000, percentile(spent, 95) * 1000
            bound = BOUND.get(name.split(",")[0], 100.0)
            late = "" if p95 <= bound else "  LATE"
            print(f"{name:28}{median:8.1f} {p95:8.1f} {bound:7.0f} {ratio:11.1f}×{late}", flush=True)


if __name__ == "__main__":
    main()

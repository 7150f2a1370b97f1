"""Which documents are compared together when conflicts are sought: a room.

Documents whose claims differ, or that tell one engagement otherwise, each on the next, are a room while there are no
more than `TOGETHER`. More are crowded, as all are that name a minister of whom two spellings are about: of these, the
ones of a month that are linked within it are compared, in parts, in the order in which they came. So one more document
bears on few others, however far a register goes back. The table `compared` has the rooms of the last time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, select

from servanda.answers.assembly.work import Work
from servanda.store.bulk import chunks, delete_where, insert_rows
from servanda.store.derived import assembled, compared, edges

CLAIM, DISPUTE = "claim", "dispute"  # sorts of links between documents that may disagree
TOGETHER = 100  # documents of a room
MONTH = 7  # code points of a day in ISO that tell its month


class Rooms:
    """Rooms as links are now, each found once."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._found: dict[int, list[int]] = {}
        self._crowded: set[int] = set()

    def of(self, number: int) -> list[int]:
        """The room of a document, in the order in which its documents came."""
        if number not in self._found:
            linked = self._linked(number)
            rooms = [sorted(linked)] if linked else chunks(sorted(self._of_month(number)), TOGETHER)
            for room in rooms:
                self._found |= dict.fromkeys(room, room)
        return self._found[number]

    def each(self, numbers: Collection[int]) -> list[list[int]]:
        """The rooms of these documents, each once."""
        for number in set(numbers) - _linking(self.work, numbers):
            self._found[number] = [number]
        return list({room[0]: room for number in sorted(numbers) if (room := self.of(number))}.values())

    def _linked(self, number: int) -> set[int] | None:
        """All that a document is linked to; None where that is too much."""
        inside = fresh = {number}
        while fresh and inside.isdisjoint(self._crowded) and len(inside) <= TOGETHER:
            fresh = beside(self.work, fresh) - inside
            inside = inside | fresh
        if not fresh and len(inside) <= TOGETHER:
            return inside
        self._crowded |= inside
        return None

    def _of_month(self, number: int) -> set[int]:
        inside = fresh = {number}
        month = _months(self.work, [number])[number]
        while fresh:
            fresh = beside(self.work, fresh, month) - inside
            inside = inside | fresh
        return inside

    def held(self, numbers: Iterable[int]) -> dict[int, list[int]]:
        """The rooms of the last time that these documents were in; a document compared with none was in none."""
        c, found, members = compared.c, dict[int, int](), defaultdict[int, list[int]](list)
        for chunk in chunks(sorted(numbers)):
            query = select(c.document, c.room).where(c.document.in_(chunk))
            found |= {row.document: row.room for row in self.work.rows(query)}
        for chunk in chunks(sorted(set(found.values()))):
            query = select(c.document, c.room).where(c.room.in_(chunk)).order_by(c.document)
            for row in self.work.rows(query):
                members[row.room].append(row.document)
        return {number: members[room] for number, room in found.items()}

    def elsewhere(self, numbers: Collection[int], changed: Collection[int]) -> set[int]:
        """Those of these documents whose room cannot be another by what happened to the links of those `changed`."""
        held = self.held(numbers)
        months = _months(self.work, {*numbers, *changed, *(n for room in held.values() for n in room)})
        theirs = {months.get(number) for number in changed}
        return {n for n, room in held.items() if n in self._crowded and months[n] not in theirs
                and all(months.get(other) == months[n] for other in room)}  # fmt: skip


def keep(work: Work, rooms: Iterable[Sequence[int]]) -> None:
    """Note that the documents of each of these were compared with each other, and with no more."""
    told = [(number, room[0]) for room in rooms for number in room]
    delete_where(work.connection, compared, "document", sorted(number for number, _ in told))
    alone = {room[0] for room in rooms if len(room) == 1}
    insert_rows(work.connection, compared, ("document", "room"), sorted(it for it in told if it[0] not in alone))


def beside(work: Work, numbers: Iterable[int], month: str | None = None) -> set[int]:
    """The documents that these are linked to; those of one month alone, where one is given."""
    c, found = edges.c, set[int]()
    for chunk in chunks(sorted(numbers)):
        query = select(c.other_document).where(c.sort.in_((CLAIM, DISPUTE)), c.document.in_(chunk)).distinct()
        found |= set(work.connection.execute(query if month is None else _within(query, month)).scalars())
    return found


def _within(query: Select[tuple[int]], month: str) -> Select[tuple[int]]:
    a = assembled.c
    of_month = a.day.between(f"{month}-01", f"{month}-31") if month else a.day == ""
    return query.join(assembled, a.document == edges.c.other_document).where(of_month)


def _months(work: Work, numbers: Collection[int]) -> dict[int, str]:
    """The month that each document is of; empty where it is not known."""
    a = assembled.c
    return {row.document: row.day[:MONTH] for chunk in chunks(sorted(numbers))
            for row in work.rows(select(a.document, a.day).where(a.document.in_(chunk)))}  # fmt: skip


def _linking(work: Work, numbers: Collection[int]) -> set[int]:
    """Those of these that are linked to any other."""
    c, found = edges.c, set[int]()
    for chunk in chunks(sorted(numbers)):
        query = select(c.document).where(c.sort.in_((CLAIM, DISPUTE)), c.document.in_(chunk)).distinct()
        found |= set(work.connection.execute(query).scalars())
    return found

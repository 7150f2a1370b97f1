"""What is told across documents, put together piece by piece in any order, is what it is when made from the start."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from servanda import Document, answers
from servanda.answers.assembly import around, bring_up_to_date, bringing, differing, far, portions, rebuild, rooms
from servanda.engine.reading import as_sheet
from servanda.store import Register, Sheet, decided, file, judge, open_register, undo, withdraw
from servanda.store.derived import DERIVED, entry_keys, searchable
from servanda.store.tables import documents

PEOPLE = ("Bộ trưởng Ngoại giao Phạm Bình Minh", "Thủ tướng Nguyễn Xuân Phúc", "Thứ trưởng Hà Kim Ngọc",
          "Chủ tịch nước Trần Đại Quang")  # fmt: skip
GUESTS = ("Đại sứ Nhật Bản Umeda Kunio", "Ngoại trưởng Nga Sergey Lavrov", "Đại sứ Pháp Bertrand Lortholary",
          "Tổng thư ký Liên hợp quốc Antonio Guterres")  # fmt: skip
CITIES = ("Hà Nội", "Đà Nẵng", "New York")
ENDS = (
    "{host} cảm ơn {guest} đã giúp đỡ Việt Nam. {guest} cam kết sẽ hỗ trợ Việt Nam đào tạo công binh trong năm 2019.",
    "{host} mời {guest} thăm lại Việt Nam. Dự kiến ngày {later}/{month}/2019, {host} sẽ thăm Nhật Bản.",
    "{host} đề nghị Nhật Bản hỗ trợ bệnh viện dã chiến cấp 2. Việt Nam đã cử 63 cán bộ tới Phái bộ UNMISS.",
    "Hai bên nhất trí tăng cường hợp tác. Việt Nam sẽ cử bệnh viện dã chiến cấp 2 tới UNMISS vào tháng {month}/2019.",
)


def page(n: int, chance: random.Random) -> Document:
    """A short piece of news; some are of the same meeting, some are copies of each other but for a headline."""
    host, guest, city = chance.choice(PEOPLE), chance.choice(GUESTS), chance.choice(CITIES)
    day, month = chance.randint(1, 6), chance.randint(3, 5)
    end = chance.choice(ENDS).format(host=host, guest=guest, later=day + 20, month=month)
    text = f"{host} tiếp {guest}\n\nNgày {day}/{month}/2019, tại {city}, {host} tiếp {guest}.\n\n{end}\n"
    return Document(text, f"{n}.txt", published=f"2019-{month:02}-{day:02}", publisher=chance.choice(("A", "B")))


@pytest.fixture(scope="module")
def sheets() -> list[Sheet]:
    chance = random.Random(7)
    return [as_sheet(page(n, chance)) for n in range(45)]


def tables(register: Register) -> dict[str, list[tuple[Any, ...]]]:
    """All that is put together, but for numbers that only tell one row from another."""
    with register.reading() as connection:
        return {
            table.name: sorted(connection.execute(select(*(c for c in table.c if c.name != "number"))).all(), key=repr)
            for table in DERIVED
            if table.name != "pending"
        }  # fmt: skip


def change(register: Register, left: list[Sheet], chance: random.Random) -> None:
    """Something that people do to a register: more is read, a page withdrawn, a decision made or taken back."""
    what = chance.choice(("add", "add", "add", "withdraw", "judge", "undo"))
    with register.reading() as connection:
        current = list(connection.execute(select(documents.c.source).where(documents.c.status == "current")).scalars())
        told = list(connection.execute(select(entry_keys.c.key).where(entry_keys.c.sort == "engagement")).scalars())
    standing = decided(register)
    if what == "withdraw" and len(current) > 5:
        withdraw(register, chance.choice(sorted(current)), by="Lan", reason="retracted")
    elif what == "judge" and len(set(told)) > 1:
        one, other = chance.sample(sorted(set(told)), 2)
        judge(register, chance.choice(("same", "not_same")), one, object=other, by="Lan")
    elif what == "undo" and standing:
        undo(register, chance.choice(standing).id, by="Lan")
    elif left:
        taken = [left.pop() for _ in range(min(len(left), chance.choice((1, 1, 4))))]
        file(register, taken)


@pytest.mark.parametrize("seed", range(3))
def test_piece_by_piece_is_the_same_as_all_at_once(
    seed: int, tmp_path: Path, sheets: list[Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "BATCH", 11)
    chance = random.Random(seed)
    left = chance.sample(sheets, len(sheets))
    with open_register(str(tmp_path / "register.db"), create=True) as register:
        file(register, [left.pop() for _ in range(6)])
        bring_up_to_date(register)
        for _ in range(10):
            change(register, left, chance)
            bring_up_to_date(register)
        piecewise = tables(register)
        rebuild(register)
        in_portions = tables(register)
        monkeypatch.setattr(portions, "BATCH", 200)
        rebuild(register)
        at_once = tables(register)
    for name, rows in at_once.items():
        assert piecewise[name] == rows, name
        assert in_portions[name] == rows, name
    assert len(at_once["entries"]) > 50 and len(at_once["edges"]) > 4


AGREED = (
    "{host} nhất trí với {guest} về việc Nhật Bản cung cấp máy phát điện cho trạm xá số {n} tại {city}.",
    "{host} và {guest} nhất trí sẽ cùng lập tổ công tác về cứu hộ tại {city} trong năm 2019.",
    "{host} và {guest} nhất trí tăng cường hợp tác y tế, giáo dục và cứu hộ giữa hai nước.",
)


def agreed(n: int, chance: random.Random) -> Sheet:
    """A page on which two agree on what one of them does, in words that each is taken to say."""
    host, guest, city = chance.choice(PEOPLE), chance.choice(GUESTS), chance.choice(CITIES)
    told = " ".join(it.format(host=host, guest=guest, city=city, n=chance.randint(1, 9)) for it in AGREED)
    text = f"{host} tiếp {guest}\n\nNgày 5/3/2019, tại {city}, {host} tiếp {guest}.\n\n{told}\n"
    return as_sheet(Document(text, f"{n}.txt", published=f"2019-03-{n % 20 + 6:02}"))


def test_what_stands_on_the_same_words_stays_together_where_words_become_common(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(around, "FEW", 3)
    chance = random.Random(3)
    with open_register(str(tmp_path / "register.db"), create=True) as register:
        for n in range(14):
            file(register, [agreed(n, chance)])
            bring_up_to_date(register)
        piecewise = tables(register)
        rebuild(register)
        at_once = tables(register)
    for name, rows in at_once.items():
        assert piecewise[name] == rows, name


def test_what_is_withdrawn_while_much_waits_is_passed_over(
    tmp_path: Path, sheets: list[Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "BATCH", 3)
    with open_register(str(tmp_path / "register.db"), create=True) as register:
        file(register, sheets[:20])
        bring_up_to_date(register)
        file(register, [replace(it, source=f"again {it.source}") for it in sheets[:4]])
        for n in (19, 16, 13, 10, 7, 4, 1):
            withdraw(register, f"{n}.txt", by="Lan", reason="retracted")
        bring_up_to_date(register)
        piecewise = tables(register)
        withdraw(register, "18.txt", by="Lan", reason="retracted")
        with monkeypatch.context() as other:
            other.setattr(bringing, "version", lambda: "another")
            bring_up_to_date(register)
        bring_up_to_date(register)
        anew = tables(register)
        rebuild(register)
        assert anew["entries"] == tables(register)["entries"] != piecewise["entries"]


@pytest.mark.parametrize("seed", range(2))
def test_conflicts_of_crowded_documents_are_those_of_all_at_once(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most pages are linked by two spellings of one name: they are more than one room, and sometimes no longer."""
    monkeypatch.setattr(rooms, "TOGETHER", 4)
    chance = random.Random(seed)
    pages = (page(n, chance) for n in range(24))
    left = [as_sheet(replace(it, text=it.text.replace("Kunio", chance.choice(("Kunio", "Kunjo"))))) for it in pages]
    parted = set()
    with open_register(str(tmp_path / "register.db"), create=True) as register:
        file(register, [left.pop() for _ in range(4)])
        bring_up_to_date(register)
        for _ in range(22):
            change(register, left, chance)
            bring_up_to_date(register)
            piecewise = tables(register)
            own = dict(piecewise["compared"])
            assert max(Counter(own.values()).values(), default=0) <= 4
            parted.add(any(own.get(a) != own.get(b) for sort, a, _, b, *_ in piecewise["edges"] if sort == "claim"))
        rebuild(register)
        at_once = tables(register)
    assert piecewise["compared"] == at_once["compared"] and piecewise["entries"] == at_once["entries"]
    assert parted == {True, False} and any(row[0] == "conflict" for row in at_once["entries"])


@pytest.fixture
def register(address: str, sheets: list[Sheet], monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    with open_register(address, create=True) as opened:
        file(opened, sheets[:20])
        yield opened


def test_both_databases_put_together_the_same(register: Register, sheets: list[Sheet]) -> None:
    bring_up_to_date(register)
    file(register, sheets[20:24])
    withdraw(register, "3.txt", by="Lan", reason="retracted")
    bring_up_to_date(register)
    piecewise = tables(register)
    rebuild(register)
    assert tables(register) == piecewise
    assert answers.search(register, "umeda ku").total > 3


def test_several_who_ask_at_once_put_it_together_once(register: Register) -> None:
    told: list[int] = []

    def ask() -> None:
        with open_register(_address(register)) as own:
            told.append(answers.engagements(own).total)

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(told) == 3 and len(set(told)) == 1 and told[0] > 3
    with register.reading() as connection:
        keys = connection.execute(select(searchable.c.sort, searchable.c.id)).all()
    assert len(keys) == len(set(keys))


def _address(register: Register) -> str:
    url = register.engine.url
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=False)


def test_two_who_write_at_once_lose_nothing(register: Register, sheets: list[Sheet]) -> None:
    def add(some: list[Sheet]) -> None:
        with open_register(_address(register)) as own:
            for sheet in some:
                file(own, [sheet])
                bring_up_to_date(own)

    writers = [threading.Thread(target=add, args=(some,)) for some in (sheets[20:23], sheets[22:25])]
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    assert answers.documents(register, limit=None).total == 25
    piecewise = tables(register)
    rebuild(register)
    assert tables(register) == piecewise


def test_another_release_puts_all_together_anew(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "BATCH", 6)
    with monkeypatch.context() as other:
        other.setattr(around, "FEW", 2)
        other.setattr(differing, "MOST", 2)
        other.setattr("servanda.answers.assembly.engaged.COMMON", 3)
        bring_up_to_date(register)
        before = tables(register)
    monkeypatch.setattr(bringing, "version", lambda: "another")
    told: list[tuple[str, int, int]] = []
    bring_up_to_date(register, lambda *far: told.append(far))
    assert len(told) == 8 and told[-1][1:] == (20, 20)
    anew = tables(register)
    assert anew["edges"] != before["edges"]
    rebuild(register)
    assert tables(register) == anew


def test_what_was_put_together_stands_until_its_turn_has_come(
    register: Register, sheets: list[Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "BATCH", 5)
    before = answers.undertakings(register, exhortations=True, limit=None).rows
    monkeypatch.setattr(bringing, "version", lambda: "another")
    seen: list[tuple[int, bool]] = []

    def look(*_: object) -> None:
        with open_register(_address(register)) as own:
            own.follows = False
            with own.reading() as connection:
                under_way = far(connection) is not None
            seen.append((answers.undertakings(own, exhortations=True, limit=None).total, under_way))

    bring_up_to_date(register, look)
    assert {count for count, _ in seen} == {len(before)} and len(before) > 10
    assert all(under_way for _, under_way in seen[1:])
    assert answers.undertakings(register, exhortations=True, limit=None).rows == before


def test_two_put_all_together_anew_while_another_writes(
    register: Register, sheets: list[Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "BATCH", 4)
    bring_up_to_date(register)
    monkeypatch.setattr(bringing, "version", lambda: "another")

    def follow() -> None:
        with open_register(_address(register)) as own:
            bring_up_to_date(own)

    def add() -> None:
        with open_register(_address(register)) as own:
            for sheet in sheets[20:24]:
                file(own, [sheet])

    threads = [threading.Thread(target=told) for told in (follow, add, follow)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    bring_up_to_date(register)
    piecewise = tables(register)
    assert answers.documents(register, limit=None).total == 24
    rebuild(register)
    assert tables(register) == piecewise


def test_what_many_copies_promise_is_listed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = around.FEW + 5
    told = "Việt Nam sẽ cử bệnh viện dã chiến cấp 2 tới UNMISS vào tháng 5/2019.\n"
    with open_register(str(tmp_path / "register.db"), create=True) as register:
        file(register, [as_sheet(Document(told, f"{n}.txt", published="2019-03-01")) for n in range(many)])
        bring_up_to_date(register)
        (row,) = answers.undertakings(register, limit=None).rows
        assert row["made"]["quote"] in told
        assert len(answers.documents(register, limit=None).rows) == many

"""Who is who in a register: put together piece by piece it is what comparing all documents at once gives."""

from __future__ import annotations

import random
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from servanda import Document, answers
from servanda.answers.assembly import bring_up_to_date, portions, rebuild
from servanda.engine.reading import as_sheet
from servanda.keep.actors import Identities, identify
from servanda.keep.offices import Rules, rules
from servanda.store import Register, Sheet, decided, file, filed, judge, open_register, undo, withdraw
from servanda.store.derived import edges, mentions, sketched, sketches

NAMES = ("Nguyễn Văn Mẫu", "Nguyen Van Mau", "Mẫu Văn Nguyễn", "Trần Thị Thử", "Trần Thử", "Jean Dupont", "Dupont Jean",
         "Kim Min Soo", "Kim Min Su", "Lê Văn Hùng", "Lê Văn Hưng", "Anne Mẫu", "Paul Thử", "Luc Chanh", "Marc Quế",
         "Yves Sả")  # fmt: skip
POSTS = ("Thứ trưởng Bộ Quốc phòng Việt Nam", "Thủ tướng Pháp", "Thủ tướng Pháp", "Đại sứ Pháp tại Việt Nam",
         "Ngoại trưởng Hàn Quốc", "Đại sứ Hàn Quốc tại Việt Nam", "Giám đốc", "Đại tá", "", "")  # fmt: skip
BODIES = ("Bộ Quốc phòng Việt Nam", "Bộ Quốc phòng Nhật Bản", "Bộ Quốc phòng", "Viện Quân y Thử", "Trung tâm Mẫu")
MANY = 130  # documents: more than were ever compared all together


def page(n: int, chance: random.Random) -> Document:
    """One or two people with or without an office, and who else is there."""
    named = chance.sample(NAMES, chance.choice((1, 1, 2)))
    said = [f"{chance.choice(POSTS)} {name} đã phát biểu về hợp tác tại Hà Nội.".strip() for name in named]
    said += [f"{body} cũng dự." for body in chance.sample(BODIES, 2)]
    text = f"Tin số {n}\n\nNgày {n % 28 + 1}/3/2019, " + "\n\n".join(said) + "\n"
    return Document(text, f"{n}.txt", published=f"2019-03-{n % 28 + 1:02}")


def told(source: str, *said: str, published: str = "2019-03-12") -> Sheet:
    return as_sheet(Document(f"Tin {source}\n\n" + "\n\n".join(said) + "\n", source, published=published))


def crowd(start: int, count: int) -> list[Sheet]:
    """Pages of other people, so that a register is large."""
    syllables = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nam", "Oanh", "Phong", "Quân")
    chance = random.Random(start)
    each = (" ".join(chance.sample(syllables, 2)) for _ in range(count))
    return [told(f"crowd{n}", f"Giám đốc Công ty Số {n} Hoàng {name} cho biết kết quả.")
            for n, name in enumerate(each, start)]  # fmt: skip


def as_kept(register: Register) -> set[frozenset[tuple[int, str]]]:
    """Mentions by actor, of those without a code."""
    found = defaultdict(set)
    with register.reading() as connection:
        query = select(mentions.c.document, mentions.c.key, mentions.c.actor)
        joined = query.join(sketched, (sketched.c.document == mentions.c.document) & (sketched.c.key == mentions.c.key))
        for number, key, actor in connection.execute(joined):
            found[actor].add((number, key))
    return {frozenset(them) for them in found.values()}


def compared(register: Register) -> Identities:
    documents = filed(register, ("actor", "date"), without=("mention",))
    return identify(documents, decided(register))


def at_once(found: Identities) -> set[frozenset[tuple[int, str]]]:
    """The same by comparing all documents; bodies of one full name are one, however their states are told."""
    actors: dict[object, set[tuple[int, str]]] = defaultdict(set)
    for actor in found.actors:
        own = {m.id for m in actor.mentions if not m.who.code}
        if own:
            actors[actor.id].update(own)
    return {frozenset(them) for them in actors.values()}


def ids(register: Register) -> dict[tuple[int, str], str]:
    with register.reading() as connection:
        rows = connection.execute(select(mentions.c.document, mentions.c.key, mentions.c.actor)).all()
    return {(row.document, row.key): row.actor for row in rows}


def rows(register: Register) -> list[list[tuple[object, ...]]]:
    with register.reading() as connection:
        doubtful = connection.execute(select(edges).where(edges.c.sort == "person")).all()
        return [sorted(map(tuple, connection.execute(select(table)).all())) for table in (sketched, sketches)] + [
            sorted(map(tuple, doubtful))
        ]


def by_source(register: Register) -> set[frozenset[str]]:
    """The documents of each person, whatever numbers they have."""
    found = defaultdict(set)
    with register.reading() as connection:
        sources = {d.number: d.source for d in filed(register, ())}
        for number, actor in connection.execute(select(mentions.c.document, mentions.c.actor)):
            if actor.startswith("person-"):
                found[actor].add(sources[number])
    return {frozenset(them) for them in found.values()}


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rules]:
    """Crowded names and common keys at few documents."""
    few = rules().model_copy(update={"anchors": 3, "common": 7})
    for module in ("keep.joining", "answers.assembly.known", "answers.assembly.sketching"):
        monkeypatch.setattr(f"servanda.{module}.rules", lambda: few)
    monkeypatch.setattr("servanda.keep.sketches.SAMPLE", 3)
    monkeypatch.setattr("servanda.answers.assembly.sketching.SAMPLE", 3)
    yield few


@pytest.mark.parametrize("seed", range(3))
def test_piece_by_piece_is_comparing_all_at_once(seed: int, tmp_path: Path, narrow: Rules,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(portions, "BATCH", 9)
    chance = random.Random(seed)
    left = [as_sheet(page(n, chance)) for n in range(40)]
    with open_register(str(tmp_path / "register.db"), create=True) as register:
        file(register, [left.pop() for _ in range(8)])
        while left:
            _change(register, left, chance)
            bring_up_to_date(register)
            assert as_kept(register) == at_once(compared(register))
        piecewise, known = rows(register), ids(register)
        rebuild(register)
        assert ids(register) == known
        assert rows(register) == piecewise
        assert any(len(them) > 3 for them in as_kept(register))


def _change(register: Register, left: list[Sheet], chance: random.Random) -> None:
    what = chance.choice(("add", "add", "add", "withdraw", "judge", "undo"))
    current = sorted(d.source for d in filed(register, ()))
    kind = chance.choice(("person", "person", "organisation"))
    uncoded = [record.key for d in filed(register, ("actor",)) for record in d.records.values()
               if record.value("kind") == kind and not record.value("code")]  # fmt: skip
    if what == "withdraw" and len(current) > 5:
        withdraw(register, chance.choice(current), by="Lan", reason="retracted")
    elif what == "judge" and len(set(uncoded)) > 1:
        one, other = chance.sample(sorted(set(uncoded)), 2)
        judge(register, chance.choice(("same", "not_same")), one, object=other, by="Lan")
    elif what == "undo" and decided(register):
        undo(register, chance.choice(decided(register)).id, by="Lan")
    else:
        file(register, [left.pop() for _ in range(min(len(left), chance.choice((1, 1, 4))))])


def test_the_order_of_arrival_changes_nobody(tmp_path: Path) -> None:
    sheets = [as_sheet(page(n, random.Random(n))) for n in range(24)]
    found = []
    for n, order in enumerate((sheets, sheets[::-1], random.Random(5).sample(sheets, len(sheets)))):
        with open_register(str(tmp_path / f"{n}.db"), create=True) as register:
            for sheet in order:
                file(register, [sheet])
                bring_up_to_date(register)
            found.append(by_source(register))
    assert found[0] == found[1] == found[2]


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("people") / "crowded.db"
    with open_register(str(path), create=True) as register:
        file(register, crowd(0, MANY))
        bring_up_to_date(register)
    return path


@pytest.fixture
def large(crowded: Path, tmp_path: Path) -> Iterator[Register]:
    with open_register(str(shutil.copy(crowded, tmp_path / "large.db"))) as register:
        yield register


def add(register: Register, *sheets: Sheet) -> None:
    for sheet in sheets:
        file(register, [sheet])
        bring_up_to_date(register)


def people_of(register: Register, *sources: str) -> list[str]:
    """The one person of each document."""
    numbers = {d.source: d.number for d in filed(register, ())}
    found = ids(register)
    return [next(actor for (number, _), actor in found.items() if number == numbers[source] and "person-" in actor)
            for source in sources]  # fmt: skip


def test_two_people_of_one_name_stay_two_in_a_large_register(large: Register) -> None:
    add(large, told("a", "Đại sứ Hàn Quốc Kim Min Soo thăm Viện Quân y Thử."),
        told("b", "Đại sứ Nhật Bản Kim Min Soo dự lễ ở Trung tâm Mẫu."))  # fmt: skip
    one, other = people_of(large, "a", "b")
    assert one != other
    assert {row["name"] for row in answers.actors(large, starting="Kim Min Soo").rows} == {"Kim Min Soo"}
    assert answers.actor(large, "Kim Min Soo")["others"]
    (apart,) = answers.beside(large, one, other)
    assert not apart.one and apart.likeness and apart.likeness.features["otherstate"]


def test_a_person_in_two_orders_and_with_an_office_once_is_one_in_a_large_register(large: Register) -> None:
    add(large, told("a", "Đại sứ Nhật Bản Matsuzawa Tomoko thăm Viện Quân y Thử."),
        told("b", "Đại sứ Nhật Bản Tomoko Matsuzawa dự lễ ở Trung tâm Mẫu."))  # fmt: skip
    assert len(set(people_of(large, "a", "b"))) == 1
    assert [row["documents"] for row in answers.actors(large, starting="Tomoko").rows] == [2]
    (same,) = answers.beside(large, "Matsuzawa Tomoko", "Tomoko Matsuzawa")
    assert same.one and same.likeness and same.likeness.features["office"]


def test_a_decision_parts_and_its_undoing_unites_in_a_large_register(large: Register) -> None:
    said = "Thủ tướng Pháp Jean Dupont phát biểu tại Paris."
    add(large, told("a", said), told("b", said, "Ông nói thêm."))
    assert len(set(people_of(large, "a", "b"))) == 1
    keys = [record.key for source in ("a", "b") for d in filed(large, ("actor",)) if d.source == source
            for record in d.records.values() if record.value("kind") == "person"]  # fmt: skip
    judge(large, "not_same", keys[0], object=keys[1], by="Lan")
    bring_up_to_date(large)
    assert len(set(people_of(large, "a", "b"))) == 2
    undo(large, decided(large)[-1].id, by="Lan")
    bring_up_to_date(large)
    assert len(set(people_of(large, "a", "b"))) == 1


def test_bodies_said_to_be_one_go_by_one_id_until_it_is_undone(large: Register) -> None:
    add(large, told("a", "Viện Quân y Thử họp."), told("b", "Trung tâm Mẫu họp."),
        told("c", "Trung tâm Mẫu họp lại."), told("d", "Liên hợp quốc họp."))  # fmt: skip
    apart = ids(large)
    keys = {actor: key for (_, key), actor in apart.items()}
    institute, centre = (next(actor for actor in keys if words in actor) for words in ("vien-quan-y", "trung-tam-mau"))
    (united_nations,) = (actor for actor in keys if actor.endswith("-UN"))
    first = judge(large, "same", keys[institute], object=keys[centre], by="Lan")
    second = judge(large, "same", keys[centre], object=keys[united_nations], by="Lan")
    bring_up_to_date(large)
    assert {ids(large)[it] for it, actor in apart.items() if actor in (institute, centre)} == {united_nations}
    assert [row["code"] for row in answers.actors(large, starting="Trung tâm Mẫu").rows] == ["UN"]
    known = ids(large)
    rebuild(large)
    assert ids(large) == known
    undo(large, second, by="Lan")
    bring_up_to_date(large)
    assert len({ids(large)[it] for it, actor in apart.items() if actor in (institute, centre)}) == 1
    assert united_nations in set(ids(large).values())
    undo(large, first, by="Lan")
    bring_up_to_date(large)
    assert ids(large) == apart


def test_who_held_a_post_is_found_among_many(large: Register) -> None:
    add(large, told("a", "Thủ tướng Pháp Jean Dupont phát biểu tại Paris.", published="2017-06-01"))
    (held,) = answers.holding(large, "Thủ tướng Pháp", on="2017-06").holders
    assert (held.actor, held.name, held.tenure.first) == (people_of(large, "a")[0], "Jean Dupont", "2017-06-01")
    asked = answers.holding(large, "Thủ tướng Pháp", on="1990")
    assert not asked.holders and asked.documents == MANY + 1


def test_an_actor_who_gets_another_id_takes_along_what_hangs_on_it(large: Register) -> None:
    """Two ways to spell a name are two people until an office tells that they are one."""
    add(large, told("a", "Ngoại trưởng Nga Sergey Lavrow tiếp Đại sứ Nhật Bản Umeda Kunio ngày 12/3/2019."))
    (before,) = [it for it in people_of(large, "a") if "lavrow" in it] or people_of(large, "a")
    withdraw(large, "crowd0", by="Lan", reason="retracted")
    add(large, *(told(f"b{n}", f"Ngoại trưởng Nga Sergey Lavrov tiếp ông Mẫu {n} ngày 1{n}/3/2019.") for n in range(2)))
    known = ids(large)
    assert as_kept(large) == at_once(compared(large))
    assert {row["id"] for row in answers.actors(large, starting="Sergey Lav").rows} <= set(known.values())
    met = [it["actor"] for row in answers.engagements(large, limit=None).rows for it in row["participants"]]
    assert before and set(met) <= set(known.values())
    rebuild(large)
    assert ids(large) == known


def test_decisions_on_more_documents_than_are_put_together_at_once_come_to_an_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "BATCH", 2)
    with open_register(str(tmp_path / "register.db"), create=True) as register:
        add(
            register,
            *(told(f"{n}", f"Trung tâm Mẫu họp lần {n}.") for n in range(4)),
            told("v", "Viện Quân y Thử họp."),
        )
        kept = {d.source: record.key for d in filed(register, ("actor",)) for record in d.records.values()}
        for n in range(4):
            judge(register, "same", kept["v"], object=kept[f"{n}"], by="Lan")
        bring_up_to_date(register)
        assert len(set(ids(register).values())) == 1

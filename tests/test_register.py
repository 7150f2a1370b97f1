"""The register, on SQLite and PostgreSQL alike: what is kept, what a re-reading changes, and what it never does."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select, text, update

from servanda import Document, read
from servanda.errors import BadInput, NotFound, RegisterError
from servanda.keep import assemble
from servanda.keep.statements import records
from servanda.records import OfficialFigure
from servanda.store import (
    Kept,
    Register,
    add_official,
    clear_asides,
    counts,
    decided,
    file,
    filed,
    given,
    judge,
    known,
    named,
    official,
    open_register,
    put_aside,
    set_asides,
    sheet,
    undo,
    verify,
)
from servanda.store.inherit import inherit
from servanda.store.tables import metadata, statements, texts


@pytest.fixture
def register(address: str) -> Iterator[Register]:
    with open_register(address, create=True, as_release="0.1.0+a") as opened:
        yield opened


def keep(register: Register, *documents: Document, cut: int = 0) -> Kept:
    """File these documents as read now; `cut`: as by a release whose acts end so much earlier, and are due."""
    sheets = []
    for document in documents:
        reading = read(document)
        for act in reading.acts:
            act.end, act.due = act.end - cut, "2030" if cut else act.due
        sheets.append(sheet(document, reading, records(reading, document.text)))
    return file(register, sheets)


def everything(register: Register) -> list[Any]:
    found = list(filed(register, assemble.NEEDS, status=None))
    makers = (assemble.engagements, assemble.acts, assemble.contributions, assemble.agreements)
    return [assemble.documents(found), *(make(found) for make in makers)]


def _of_search(name: str | None) -> bool:
    """The search index is each database's own, and not among the declared tables."""
    return (name or "").startswith(("search_words", "ix_search_words"))


def _half_told(name: str | None, dialect: str) -> bool:
    """Of an index SQLite tells the columns, and not that one of them goes downwards."""
    return dialect == "sqlite" and name == "ix_actor_counts_most"


def test_the_tables_are_those_that_the_migrations_make(register: Register) -> None:
    with register.engine.connect() as connection:
        dialect = register.engine.dialect.name
        opts = {"version_table": "servanda_version",
                "include_name": lambda name, *_: not _of_search(name) and not _half_told(name, dialect)}  # fmt: skip
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


def test_what_is_read_is_kept_with_its_words(register: Register, news: str) -> None:
    assert keep(register, Document(news, "a.txt")) == Kept(added=1)
    found = list(filed(register, assemble.NEEDS))
    engagements, acts = assemble.engagements(found), assemble.acts(found)
    assert engagements and acts
    assert {"Phạm Bình Minh", "Umeda Kunio"} <= {p["name"] for e in engagements for p in e["participants"]}
    for it in [*engagements, *acts]:
        assert all(news[e["start"] : e["end"]] == e["quote"] and e["source"] == "a.txt" for e in it["evidence"])
    done = verify(register)
    assert done.documents == 1 and done.spans == done.hold > 20


def test_reading_again_changes_nothing_ids_included(register: Register, news: str) -> None:
    document = Document(news, "a.txt")
    keep(register, document)
    before = everything(register)
    assert keep(register, document) == Kept(unchanged=1)
    assert everything(register) == before
    assert known(register, [("a.txt", document.id, given(document))]) == {("a.txt", document.id)}


def test_the_same_text_from_two_sources_is_one_record_with_two_documents(register: Register, news: str) -> None:
    keep(register, Document(news, "a.txt"), Document(news, "b.txt"))
    engagements = assemble.engagements(filed(register, ("engagement", "actor")))
    assert all(it["documents"] == ["a.txt", "b.txt"] for it in engagements)
    assert len({it["id"] for it in engagements}) == len(engagements)


def test_a_newer_release_replaces_what_was_read_and_keeps_ids_and_judgements(address: str, news: str) -> None:
    document = Document(news, "a.txt")
    with open_register(address, create=True, as_release="0.1.0+a") as old:
        keep(old, document)
        acts = assemble.acts(filed(old, ("act", "actor")))
        judge(old, "confirmed", acts[0]["id"], by="Lan", reason="heard it", snapshot=json.dumps(acts[0]))
        since = _first_runs(old)
    with open_register(address, as_release="0.2.0+b") as new:
        assert keep(new, document, cut=3) == Kept(replaced=1)
        again = assemble.acts(filed(new, ("act", "actor")))
        assert [it["id"] for it in again] == [it["id"] for it in acts]
        assert [it["evidence"][0]["end"] for it in again] == [it["evidence"][0]["end"] - 3 for it in acts]
        assert [(it.subject, it.by) for it in decided(new)] == [(acts[0]["id"], "Lan")]
        assert min(_first_runs(new)) == min(since) < max(_first_runs(new))
        assert not verify(new).broken
    with open_register(address, as_release="0.1.0+a") as old:  # an older release does not undo a newer one's reading
        assert keep(old, document) == Kept(unchanged=1)


def _first_runs(register: Register) -> list[int]:
    with register.reading() as connection:
        return list(connection.execute(select(statements.c.first_run).distinct()).scalars())


def test_other_metadata_makes_the_same_text_be_read_anew(register: Register, news: str) -> None:
    keep(register, Document(news, "a.txt"))
    assert keep(register, Document(news, "a.txt", published="2019-03-13")) == Kept(replaced=1)
    assert [it.published for it in filed(register)] == ["2019-03-13"]


def test_a_new_text_of_a_source_supersedes_the_old_one_which_stays(register: Register, news: str) -> None:
    keep(register, Document(news, "a.txt"))
    assert keep(register, Document(news + "\nHết.", "a.txt")) == Kept(added=1, superseding=1)
    assert [it.status for it in filed(register, status=None)] == ["superseded", "current"]
    assert len(list(filed(register))) == 1
    assert keep(register, Document(news, "a.txt")) == Kept(unchanged=1)


def test_a_failure_leaves_nothing_half_kept(register: Register, news: str) -> None:
    good, bad = Document(news, "a.txt"), Document(news + "\nHết.", "b.txt")
    sheets = [sheet(d, reading := read(d), records(reading, d.text)) for d in (good, bad)]
    sheets[1].statements.append(sheets[1].statements[0])  # a key twice
    with pytest.raises(RegisterError):
        file(register, sheets)
    assert everything(register)[0] == []
    assert file(register, sheets[:1]) == Kept(added=1)


def test_verify_finds_what_no_longer_holds(register: Register, news: str) -> None:
    keep(register, Document(news, "a.txt"), Document(news, "b.txt"))
    spoilt = update(texts).where(texts.c.document == 1).values(text=news.replace("Minh", "Ninh"))
    with register.writing() as connection:
        connection.execute(spoilt)
    done = verify(register)
    assert {it["source"] for it in done.broken} == {"a.txt"} and 0 < done.hold < done.spans
    assert "hash" in done.broken[0]["reason"]


def test_names_are_found_without_accents_and_by_code(register: Register, news: str) -> None:
    keep(register, Document(news, "a.txt"))
    for name in ("Phạm Bình Minh", "pham binh minh", "UMEDA  KUNIO", "JP", "Nhật Bản", "UNMISS"):
        places = named(register, name)
        assert places, name
        (document,) = filed(register, ("actor",), numbers=places)
        assert document.source == "a.txt" and all(
            document.records[place].kind == "actor" for place in places[document.number]
        )
    assert named(register, "Minh Phạm") == {}


def test_quarantined_facts_are_kept_apart(register: Register, news: str) -> None:
    document = Document(news, "a.txt")
    reading = read(document)
    grafted, reading.acts = read(document), []
    reading.quarantined = [grafted]
    file(register, [sheet(document, reading, records(reading, news))])
    found = list(filed(register, ("act", "actor")))
    assert assemble.acts(found) == []
    assert all(it["quarantined"] for it in assemble.acts(found, quarantined=True))
    assert counts(register).get("act", 0) == 0
    assert not verify(register).broken


def test_judgements_are_taken_back_never_deleted(register: Register) -> None:
    number = judge(register, "not_same", "a1", object="b2", by="Lan")
    assert decided(register, about="b2")[0].kind == "not_same"
    undo(register, number, by="Minh")
    assert decided(register) == []
    (kept,) = decided(register, undone=True)
    assert (kept.by, kept.undone_by) == ("Lan", "Minh")
    with pytest.raises(NotFound):
        undo(register, number, by="Minh")


def test_what_is_set_aside_stays_until_it_can_be_read(register: Register, news: str) -> None:
    put_aside(register, [("a.txt", "a.txt", "empty"), ("d.jsonl#3", "d.jsonl", "not JSON")])
    put_aside(register, [("a.txt", "a.txt", "still empty")])
    assert [(it.source, it.reason) for it in set_asides(register)] == [
        ("a.txt", "still empty"),
        ("d.jsonl#3", "not JSON"),
    ]
    keep(register, Document(news, "a.txt"))
    clear_asides(register, "d.jsonl", still=[])
    assert set_asides(register) == []


def test_official_figures_are_kept_once_a_date(register: Register) -> None:
    row = OfficialFigure("2025-06-30", "VN", "UNISFA", "Troops", 166, 18, 184)
    assert add_official(register, [row], as_of="2025-06-30", sha256="x", name="a.pdf")
    assert not add_official(register, [row], as_of="2025-06-30", sha256="y", name="copy.pdf")
    other = OfficialFigure("2025-06-30", "VN", None, "Troops", 1, 0, 1)
    with pytest.raises(BadInput, match="other figures"):
        add_official(register, [other], as_of="2025-06-30", sha256="z", name="b.pdf")
    assert official(register, country="VN", mission="UNISFA") == [row] == official(register)


def test_statements_are_cited_in_full_for_whoever_asks_in_sql(register: Register, news: str) -> None:
    keep(register, Document(news, "a.txt"))
    with register.reading() as connection:
        rows = connection.execute(text('SELECT words, start, "end", release, first_seen FROM cited_statements')).all()
        total = connection.execute(select(func.count()).select_from(statements)).scalar()
    assert len(rows) == total
    assert all(news[start:end] == words and release == "0.1.0+a" and seen for words, start, end, release, seen in rows)


WRITER = """
import sys
from servanda.cli import main
sys.argv = ["servanda", "read", sys.argv[1], "--register", sys.argv[2], "--workers", "1"]
main()
"""


def test_two_readers_at_once_lose_nothing_and_double_nothing(address: str, news: str, tmp_path: Path) -> None:
    dumps = []
    for name, numbers in (("one", range(100)), ("two", range(50, 150))):
        lines = [{"url": f"u/{n}", "text": f"{news}\nBản tin số {n}."} for n in numbers]
        dumps.append(tmp_path / f"{name}.jsonl")
        dumps[-1].write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    runs = [subprocess.Popen([sys.executable, "-c", WRITER, str(dump), address]) for dump in dumps]
    assert [run.wait(120) for run in runs] == [0, 0]
    with open_register(address) as register:
        assert sorted(it.source for it in filed(register, status=None)) == sorted(f"u/{n}" for n in range(150))
        done = verify(register)
        assert not done.broken and done.documents == 150


def test_keys_are_handed_on_to_the_closest_of_a_kind() -> None:
    old = [(0, "act", "k1", 0, 10, 50, ""), (1, "act", "k2", 0, 60, 90, ""), (2, "date", "k3", 0, 10, 50, "")]
    new = [(0, "act", "n1", 0, 12, 50, ""), (1, "act", "n2", 0, 10, 30, ""), (2, "act", "k2", 0, 60, 90, ""),
           (3, "act", "n4", 1, 10, 50, "")]  # fmt: skip
    assert [row[2] for row in inherit(old, new)] == ["k1", "n2", "k2", "n4"]


def test_a_register_of_a_newer_release_is_refused_and_left_alone(address: str) -> None:
    with open_register(address, create=True) as register, register.writing() as connection:
        connection.execute(text("UPDATE servanda_version SET version_num = '9999'"))
    for create in (False, True):
        with pytest.raises(RegisterError, match="newer release"):
            open_register(address, create=create)


def test_no_register_is_made_by_asking(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="servanda read"):
        open_register(str(tmp_path / "none.db"))
    assert not (tmp_path / "none.db").exists()


def test_other_files_are_refused_and_left_alone(tmp_path: Path) -> None:
    words, foreign = tmp_path / "words.db", tmp_path / "foreign.db"
    words.write_text("no database " * 200, encoding="utf-8")
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    for path, reason in ((words, "not an SQLite file"), (foreign, "not a register")):
        before = path.read_bytes()
        with pytest.raises(RegisterError, match=reason):
            open_register(str(path), create=True)
        assert path.read_bytes() == before


def test_an_unknown_server_is_an_error_that_names_no_password() -> None:
    with pytest.raises(RegisterError) as error:
        open_register("postgresql://me:secret@127.0.0.1:1/none")
    assert "secret" not in str(error.value) and "127.0.0.1" in str(error.value)
    with pytest.raises(RegisterError, match="file or a postgresql"):
        open_register("mysql://somewhere/else")

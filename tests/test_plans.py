"""How PostgreSQL finds what is asked most: by an index, looking at little more than it gives. A missing index fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import orjson
import psycopg
import pytest
from sqlalchemy import event, insert, text

from servanda import answers
from servanda.answers.asking import asking
from servanda.answers.assembly import bring_up_to_date, bringing
from servanda.answers.assembly.entries import LINK
from servanda.answers.assembly.indexed import ORDER, RANGE
from servanda.answers.between import NEAR, Sought, between
from servanda.desk.languages import translations
from servanda.desk.pictures.calendar import month
from servanda.desk.pictures.filters import Filters
from servanda.desk.pictures.marks import Words
from servanda.labels import Labels
from servanda.store import Register, open_register
from servanda.store import derived as d
from servanda.store import tables as t
from servanda.store.bulk import insert_rows

DOCUMENTS, PEOPLE = 20_000, 400
LOOKED_AT = 6_000  # rows that one question may look at, of more than 20 000
SMALL = ("assembly", "pending", "judgements", "runs")


def day(n: int) -> str:
    return f"{2015 + n % 8}-{n % 12 + 1:02}-{n % 28 + 1:02}"


def fill(register: Register) -> None:
    """Documents, engagements and undertakings of made-up people, by COPY."""
    key = [f"{n:016x}" for n in range(DOCUMENTS)]
    person = [f"person-{n}" for n in range(PEOPLE)]
    row = orjson.dumps({"id": "", "due": None, "status": "open", "history": [], "part_of": None, "engagement": None})
    with register.writing() as c:
        c.execute(insert(t.runs).values(id=1, release=register.release, at="2026-01-01T00:00:00Z"))
        state = {"version": bringing.version(), "judged": "0.0", "documents": DOCUMENTS, "now": "2022-12-31"}
        c.execute(insert(d.assembly).values(id=1, **state))
        columns = ("number", "source", "id", "published", "language", "machine_translated", "status", "given",
                   "first_run", "last_run")  # fmt: skip
        insert_rows(
            c,
            t.documents,
            columns,
            [(n, f"{n}.txt", key[n], day(n), "vi", False, "current", "x", 1, 1) for n in range(DOCUMENTS)],
        )
        insert_rows(
            c,
            t.texts,
            ("document", "text", "sha256", "media_type"),
            [(n, f"Trang {n}", "x", "text/plain") for n in range(DOCUMENTS)],
        )
        insert_rows(c, d.assembled, ("document", "published", "day"), [(n, day(n), day(n)) for n in range(DOCUMENTS)])
        every = [(sort, n) for sort in ("engagement", "undertaking", "act", "document") for n in range(DOCUMENTS)]
        insert_rows(
            c,
            d.entries,
            (
                "sort",
                "id",
                "kind",
                "status",
                "grade",
                "first_day",
                "last_day",
                "place",
                "about",
                "told_day",
                "document",
                "grafted",
                "row",
            ),
            [
                (
                    s,
                    key[n],
                    f"k{n % 5}",
                    "open" if n % 9 else "kept",
                    "dated",
                    day(n),
                    day(n),
                    f"place {n % 300}",
                    key[n - 1],
                    day(n),
                    n,
                    False,
                    row.decode(),
                )
                for s, n in every
            ],
        )
        links = [
            (s, facet, value, day(n), key[n], day(n), day(n), f"k{n % 5}", "open" if n % 9 else "kept", "dated",
             f"place {n % 300}", False)
            for s, n in every
            for facet, value in (("all", ""), ("actor", person[n % PEOPLE]),
                                 ("actor", person[n * 7 % (PEOPLE - 1)] + "b"), ("topic", f"t{n % 20}"))
        ]  # fmt: skip
        insert_rows(c, d.entry_links, LINK, links)
        insert_rows(c, d.entry_keys, ("document", "key", "sort", "id"), [(n, key[n], s, key[n]) for s, n in every])
        insert_rows(c, d.actors, ("id", "kind", "name", "bare"), [(it, "person", it, it) for it in person])
        insert_rows(c, d.actor_names, ("bare", "actor", "name", "first", "told"), [(it, it, it, 1, 1) for it in person])
        insert_rows(
            c,
            d.mentions,
            ("document", "place", "key", "actor", "names"),
            [(n, p, f"{n}/{p}", person[(n + p) % PEOPLE], "[]") for n in range(DOCUMENTS) for p in range(3)],
        )
        insert_rows(
            c,
            d.posts,
            ("actor", "bare", "former", "day", "document", "start", "end", "post", "words"),
            [(person[n % PEOPLE], f"post {n % 3}", False, day(n), n, 0, 4, "Post", "Post") for n in range(DOCUMENTS)],
        )
        insert_rows(
            c,
            d.blocks,
            ("sort", "key", "document", "item"),
            [(s, n * 31 + k, n, key[n]) for s, n in every for k in range(4)],
        )
        insert_rows(
            c,
            d.edges,
            ("sort", "document", "item", "other_document", "other_item", "score"),
            [("engagement", n, key[n], n - 1, key[n - 1], 1.2) for n in range(1, DOCUMENTS)],
        )
        searched = [("engagement", n) for n in range(DOCUMENTS)]
        number = {n: (ORDER.index("engagement") + 1) * RANGE + n for n in range(DOCUMENTS)}
        insert_rows(
            c,
            d.searchable,
            ("number", "sort", "id", "title", "day", "year", "document"),
            [(number[n], s, key[n], "x", day(n), day(n)[:4], n) for s, n in searched],
        )
        c.execute(
            text(
                "INSERT INTO search_words SELECT number, to_tsvector('simple', 'tu' || number % 700 || ' ha noi')"
                " FROM searchable"
            )
        )
    with psycopg.connect(_url(register), autocommit=True) as connection:
        connection.execute("ANALYZE")


def _url(register: Register) -> str:
    return register.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def register(postgres: str | None) -> Iterator[Register]:
    if postgres is None:
        pytest.skip("POSTGRESQL IS NOT INSTALLED: apt-get install postgresql")
    with psycopg.connect(f"{postgres}postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE plans")
    with open_register(f"{postgres}plans", create=True) as opened:
        fill(opened)
        yield opened


def both(register: Register) -> object:
    """What stands between two people, one by one and, as if they were in very many, all at once."""
    sought = Sought("undertaking", PERSON, (), ["person-25b"], "person-25b", count=NEAR + 1)
    with asking(register) as question:
        return between(question, sought)


PERSON, KEY = "person-17", f"{4711:016x}"
TOLD = translations("en")
WORDS = Words("en", TOLD.ugettext, TOLD.ungettext, Labels("en"))
HOTTEST: dict[str, Callable[[Register], object]] = {
    "engagements": lambda r: answers.engagements(r),
    "engagements of an actor": lambda r: answers.engagements(r, actor=PERSON, kind="k2"),
    "engagements of two": lambda r: answers.engagements(r, actor=PERSON, with_="person-25"),
    "engagements at a place": lambda r: answers.engagements(r, place="place 11", limit=10),
    "an engagement": lambda r: answers.engagement(r, KEY),
    "undertakings of an actor": lambda r: answers.undertakings(r, actor=PERSON),
    "what falls due": lambda r: answers.undertakings(r, due_until="2015-02-01"),
    "what is overdue": lambda r: answers.undertakings(r, status="overdue", limit=40),
    "undertakings of a rare status": lambda r: answers.undertakings(r, status="postponed", limit=40),
    "engagements of a kind and a status": lambda r: answers.engagements(r, kind="k2", status="kept", since="2021"),
    "a search, narrowed": lambda r: answers.search(r, "tu13", actor=PERSON, since="2018"),
    "a month of an actor's calendar": lambda r: month(r, Filters(PERSON), "2019-05", date(2022, 12, 31), WORDS),
    "undertakings of two, rarest first": lambda r: answers.undertakings(r, actor="person-25b", topic="t4"),
    "an undertaking": lambda r: answers.undertaking(r, KEY),
    "undertakings between two sides": both,
    "acts of a speaker": lambda r: answers.acts(r, actor=PERSON),
    "actors beginning so": lambda r: answers.actors(r, starting="person-1"),
    "an actor": lambda r: answers.actor(r, PERSON),
    "a document": lambda r: answers.document(r, "4711.txt"),
    "a search": lambda r: answers.search(r, "tu13"),
    "nothing to bring up to date": bring_up_to_date,
}


@pytest.mark.parametrize("name", HOTTEST)
def test_the_hottest_questions_are_found_by_an_index(register: Register, name: str) -> None:
    for statement, given in asked(register, HOTTEST[name]):
        plan = explained(register, statement, given)
        scanned = [node["Relation Name"] for node in plan if node["Node Type"] == "Seq Scan"]
        assert set(scanned) <= set(SMALL), f"{name}: {scanned} read from end to end by {statement}"
        looked_at = sum(_rows(node) for node in plan)
        assert looked_at < LOOKED_AT, f"{name}: looked at {looked_at} rows: {statement}"


def asked(register: Register, ask: Callable[[Register], object]) -> list[tuple[str, Any]]:
    """The statements that a question sends."""
    found: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, given: Any, context: Any, many: bool) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            found.append((statement, given))

    event.listen(register.engine, "before_cursor_execute", note)
    try:
        ask(register)
    finally:
        event.remove(register.engine, "before_cursor_execute", note)
    assert found
    return found


def explained(register: Register, statement: str, given: Any) -> list[dict[str, Any]]:
    """Every node of the plan, as it was carried out where no table may be read from end to end for want of better."""
    with register.engine.connect() as connection:
        connection.exec_driver_sql("SET enable_seqscan = off")
        told = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", given).scalar_one()
        connection.exec_driver_sql("RESET enable_seqscan")
    return list(_nodes(told[0]["Plan"]))


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


def _rows(node: dict[str, Any]) -> float:
    """Rows that a scan took up, also those that it then left out."""
    if "Relation Name" not in node:
        return 0
    left_out = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return float((node["Actual Rows"] + left_out) * node["Actual Loops"])


def test_links_are_read_from_their_index_alone(register: Register) -> None:
    with psycopg.connect(_url(register), autocommit=True) as connection:
        connection.execute("VACUUM entry_links")  # as the server does by itself when much was added
        together = connection.execute("SELECT stxname FROM pg_statistic_ext").fetchall()
    assert together == [("entry_links_together",)]
    for name in ("undertakings of an actor", "undertakings between two sides"):
        plans = [explained(register, *it) for it in asked(register, HOTTEST[name])]
        kinds = {node["Node Type"] for plan in plans for node in plan if node.get("Relation Name") == "entry_links"}
        assert kinds == {"Index Only Scan"}, name


def test_without_its_index_a_question_reads_too_much(register: Register) -> None:
    before = _blocks(register, "an engagement")
    with psycopg.connect(_url(register), autocommit=True) as connection:
        connection.execute("DROP INDEX ix_entry_keys_sort_id")
    try:
        assert _blocks(register, "an engagement") > 10 * before
    finally:
        with psycopg.connect(_url(register), autocommit=True) as connection:
            connection.execute("CREATE INDEX ix_entry_keys_sort_id ON entry_keys (sort, id)")


def _blocks(register: Register, name: str) -> int:
    """Blocks of tables and indexes that the dearest statement of a question reads."""
    plans = [explained(register, *it)[0] for it in asked(register, HOTTEST[name])]
    return max(int(plan["Shared Hit Blocks"]) + int(plan["Shared Read Blocks"]) for plan in plans)

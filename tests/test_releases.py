"""Two releases that read by different rules: ids of records and what people decided survive, forth and back."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml

from servanda import Document, read
from servanda.keep.judged import Judged
from servanda.keep.statements import records
from servanda.lexicon import HERE, Lexicon, load
from servanda.records import Filed, Record
from servanda.review import Choice, decide, open_questions, question
from servanda.store import Register, decided, file, filed, open_register, sheet

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))
FACTS = ("engagement", "act", "position", "contribution", "agreement", "plan")
CHANGED = ("acts", "engagements", "positions", "plans")  # rules of which a third goes


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """The rules of a release that knows a third less of acts, engagements, positions and plans."""
    root = tmp_path_factory.mktemp("release")
    for name in ("lang", "world"):
        shutil.copytree(HERE / name, root / name)
    for name in CHANGED:
        path = root / "lang" / "vi" / f"{name}.yaml"
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(entries, list):
            path.write_text(yaml.safe_dump([it for n, it in enumerate(entries) if n % 3], allow_unicode=True), "utf-8")
    return load("vi", root)


def keep(register: Register, lexicon: Lexicon) -> None:
    sheets = []
    for path in SAMPLES:
        document = Document(path.read_text(encoding="utf-8"), path.name)
        reading = read(document, lexicon)
        sheets.append(sheet(document, reading, records(reading, document.text)))
    file(register, sheets)


def facts(register: Register) -> dict[tuple[str, str, int, int], list[Record]]:
    found: dict[tuple[str, str, int, int], list[Record]] = {}
    for document in filed(register, FACTS):
        for record in document.records.values():
            found.setdefault((document.source, record.kind, record.start, record.end), []).append(record)
    return found


def ids(register: Register) -> dict[tuple[str, str, int, int], list[str]]:
    return {place: sorted(it.key for it in told) for place, told in facts(register).items()}


def judged(register: Register) -> list[Filed]:
    people = Judged(decided(register))
    return [people.document(it) for it in filed(register, (*FACTS, "actor"))]


def test_ids_survive_a_release_that_reads_by_other_rules_and_the_way_back(address: str, other: Lexicon) -> None:
    with open_register(address, create=True, as_release="0.1.0+a") as old:
        keep(old, load("vi"))
        before = ids(old)
    with open_register(address, as_release="0.2.0+b") as newer:
        keep(newer, other)
        between = ids(newer)
    with open_register(address, as_release="0.3.0+c") as last:
        keep(last, load("vi"))
        after = ids(last)
    same = before.keys() & between.keys()
    assert len(same) > 20 and len(before.keys() - between.keys()) > 10, "the other rules must read otherwise"
    assert [place for place in same if before[place] != between[place]] == []
    assert after == before
    for told in (before, between, after):
        twice = Counter((place[0], key) for place, keys in told.items() for key in keys)
        assert max(twice.values()) == 1


def test_every_decision_survives_them(address: str, other: Lexicon) -> None:
    with open_register(address, create=True, as_release="0.1.0+a") as old:
        keep(old, load("vi"))
        asked = [it for it in open_questions(old).entries if it.about in (*FACTS, "undertaking")]
        confirmed, rejected = asked[0::2], asked[1::2]
        for entries, kind in ((confirmed, "confirmed"), (rejected, "rejected")):
            for entry in entries:
                decide(old, entry.address, Choice(kind), by="Lan")
        kept = {key for entry in confirmed for key in entry.keys}
        gone = {key for entry in rejected for key in entry.keys} - kept
    for release, lexicon in (("0.2.0+b", other), ("0.3.0+c", load("vi"))):
        with open_register(address, as_release=release) as newer:
            keep(newer, lexicon)
            present = {it.key for document in judged(newer) for it in document.records.values()}
            assert kept <= present and not gone & present
            odd = [question(newer, it.address) for it in open_questions(newer).entries if it.about == "judgement"]
            if lexicon is other:
                assert odd, "decisions on what is read otherwise now are asked about again"
                assert all(part.stands != "stands" for it in odd for part in it.parts[:1])
            else:
                assert odd == []

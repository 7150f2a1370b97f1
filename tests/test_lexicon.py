"""Every example of every data file is read as it says, no counterexample fires, and a broken file stops at load."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.errors import BadData
from servanda.examples import Example, Mark, failures, parse
from servanda.lexicon import load

LANGUAGES = [
    p.name for p in sorted((Path(__file__).parents[1] / "src/servanda/lang").iterdir()) if any(p.glob("*.yaml"))
]
ENTRIES = [
    pytest.param(language, file, entry, id=f"{language}-{file}-{entry.id}")
    for language in LANGUAGES
    for file, entries in load(language).files.items()
    for entry in entries
    if entry.examples or entry.counterexamples
]


@pytest.mark.parametrize(("language", "file", "entry"), ENTRIES)
def test_examples_are_read_so_and_counterexamples_do_not_fire(language, file, entry):
    found = failures(file, entry, load(language))
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_id_is_used_twice_in_a_file(language):
    for file, entries in load(language).files.items():
        ids = [entry.id for entry in entries]
        assert sorted(ids) == sorted(set(ids)), f"{file}.yaml"


@pytest.mark.parametrize(
    ("written", "example"),
    [
        ("không có gì", Example("không có gì", ())),
        ("[Pháp]FR cảm ơn", Example("Pháp cảm ơn", (Mark(0, 4, "FR"),))),
        ("[1-2/5]XXXX-05-01/XXXX-05-02.", Example("1-2/5.", (Mark(0, 5, "XXXX-05-01/XXXX-05-02"),))),
        ("[Bộ trưởng [Pháp]FR X]person", Example("Bộ trưởng Pháp X", (Mark(10, 14, "FR"), Mark(0, 16, "person")))),
        ("[Xem thêm: a] b", Example("[Xem thêm: a] b", ())),
        ("[[Xem thêm: a]]related", Example("[Xem thêm: a]", (Mark(0, 13, "related"),))),
        ("a] [b", Example("a] [b", ())),
    ],
)
def test_notation(written, example):
    assert parse(written) == example


def broken(root: Path, file: str, text: str) -> str:
    (root / "world").mkdir()
    (root / "lang" / "xx").mkdir(parents=True)
    (root / file).write_text(text, encoding="utf-8")
    with pytest.raises(BadData) as caught:
        load("xx", root)
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("world/states.yaml", "- {id: JP, words: [Nhật Bản], colour: red}", "states.yaml: JP: colour: Extra inputs"),
        ("world/states.yaml", "- {words: [Nhật Bản]}", "states.yaml: entry 1: id: Field required"),
        ("world/states.yaml", "- {id: JP, words: 7}", "states.yaml: JP: words: Input should be"),
        ("world/states.yaml", "JP: Nhật Bản", "states.yaml: must be a list of entries"),
        ("world/states.yaml", "- just words", "states.yaml: entry 1: entry: Input should be"),
        ("lang/xx/states.yaml", "- id: [", "states.yaml: cannot be read: while parsing"),
        ("lang/xx/nothing.yaml", "[]", "nothing.yaml: no kind of entry is declared for this file"),
    ],
)
def test_a_broken_data_file_stops_at_load_naming_file_key_and_why(tmp_path, file, text, says):
    assert broken(tmp_path, file, text).startswith(says)


def test_an_undecodable_data_file_stops_at_load(tmp_path):
    (tmp_path / "world").mkdir()
    (tmp_path / "lang" / "xx").mkdir(parents=True)
    (tmp_path / "world" / "states.yaml").write_bytes(b"- id: JP\n  words: [Nh\xe2t]\n")
    with pytest.raises(BadData, match=r"states\.yaml: cannot be read: 'utf-8' codec"):
        load("xx", tmp_path)


def test_an_unknown_language_stops_at_load(tmp_path):
    with pytest.raises(BadData, match="lang/yy: no such language"):
        load("yy", tmp_path)

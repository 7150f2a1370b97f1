"""Citations: copied in four forms, found again after re-readings and in newer texts, and loud where they are gone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient

from servanda import Document, read
from servanda.answers.assembly import bring_up_to_date
from servanda.answers.citing import citation
from servanda.cli import main
from servanda.desk.app import create_app
from servanda.desk.settings import Settings
from servanda.errors import NotFound
from servanda.keep import assemble
from servanda.keep.citing import find_again, parsed, written
from servanda.keep.statements import records
from servanda.store import Register, file, filed, open_register, sheet, text_of, withdraw
from servanda.store.judging import holding

ABOUT = {
    "url": "https://example.org/a",
    "title": "Tiếp Đại sứ {Nhật} & 50%",
    "publisher": "Báo Mẫu",
    "published": "2019-03-12",
}

PACT = "hai nước sẽ tăng cường hợp tác quốc phòng"


def keep(register: Register, text: str, *, without: str = "") -> None:
    document = Document(text, "https://example.org/a", **ABOUT)  # type: ignore[arg-type]
    reading = read(document)
    reading.acts = [it for it in reading.acts if not without or without not in text[it.start : it.end]]
    file(register, [sheet(document, reading, records(reading, text))])
    bring_up_to_date(register)


@pytest.fixture
def register(address: str, news: str) -> Iterator[Register]:
    with open_register(address, create=True, as_release="0.1.0+a") as opened:
        keep(opened, news)
        yield opened


def promise(register: Register) -> dict[str, Any]:
    found = assemble.acts(filed(register, ("act", "actor")))
    return next(it for it in found if "cam kết" in it["evidence"][0]["quote"])


def cited(register: Register) -> dict[str, Any]:
    return citation(register, promise(register)["id"])


def stands(register: Register, row: dict[str, Any]) -> bool:
    (number,) = holding(register, (), [row["source"]])
    words = row["present"]["quote"] if row["present"] else row["quote"]
    return text_of(register, number)[row["start"] : row["end"]] == words


def test_a_citation_stands_by_key_and_by_its_permanent_id(register: Register) -> None:
    row = cited(register)
    assert row["state"] == "stands" and stands(register, row) and row["title"] == ABOUT["title"]
    assert citation(register, row["id"]) == row and parsed(row["id"]) is not None
    for unknown in ("0" * 16, "x", f"{'0' * 16}.{'0' * 16}.1.2", f"{row['key']}.{'0' * 16}.9.3"):
        with pytest.raises(NotFound):
            citation(register, unknown)


def test_words_that_a_newer_release_no_longer_reads_still_stand(register: Register, address: str, news: str) -> None:
    before = cited(register)
    with open_register(address, as_release="0.2.0+b") as newer:
        keep(newer, news, without="cam kết")
        after = citation(newer, before["id"])
        assert (after["state"], after["quote"]) == ("unread", before["quote"]) and stands(newer, after)
        with pytest.raises(NotFound):
            citation(newer, before["key"])


def test_words_are_followed_into_a_newer_text_or_said_to_be_gone(register: Register, news: str) -> None:
    before = cited(register)
    keep(register, f"(Cập nhật lúc 9 giờ)\n\n{news}")
    moved = citation(register, before["id"])
    assert moved["state"] == "moved" and moved["start"] > before["start"] and stands(register, moved)
    keep(register, news.replace("sẽ tiếp tục hỗ trợ", "sẽ vẫn tiếp tục hỗ trợ"))
    changed = citation(register, before["id"])
    assert changed["state"] == "changed" and "vẫn" in changed["present"]["quote"] and stands(register, changed)
    assert changed["quote"] == before["quote"]
    keep(register, news.split("Đại sứ Umeda Kunio cam kết")[0])
    gone = citation(register, before["id"])
    assert (gone["state"], gone["quote"]) == ("gone", before["quote"])


def test_a_withdrawn_document_says_so_and_why(register: Register) -> None:
    before = cited(register)
    withdraw(register, before["source"], by="Lan", reason="báo đã gỡ bài")
    after = citation(register, before["id"])
    assert after["state"] == "withdrawn" and "báo đã gỡ bài" in after["reason"] and after["quote"] == before["quote"]


def test_words_at_their_old_place_in_a_longer_text_stand(register: Register, news: str) -> None:
    before = cited(register)
    keep(register, f"{news}\n\nTin liên quan sẽ được cập nhật.")
    after = citation(register, before["id"])
    assert (after["state"], after["start"], after["quote"]) == ("stands", before["start"], before["quote"])


def test_a_link_to_words_of_a_replaced_text_leads_to_where_they_stand(tmp_path: Path, news: str) -> None:
    path = str(tmp_path / "press.db")
    with (
        open_register(path, create=True) as register,
        TestClient(create_app(Settings(register=path)), base_url="http://127.0.0.1:8000") as desk,
    ):
        desk.cookies.set("language", "en")
        keep(register, news)
        row = cited(register)

        def followed(text: str) -> str:
            keep(register, text)
            at = f"{row['start']}-{row['end']}"
            return str(desk.get("/document", params={"source": row["source"], "at": at}).text)

        def framed(page: str) -> bool:
            said = re.sub(r"<a class=\"n\".*?</a>|<[^>]*>", "", page.partition('class="cited">')[2])
            return bool(said.startswith(row["quote"][:30]))

        assert "replaced another" not in followed(news)
        assert "replaced another" not in followed(f"{news}\n\nTin liên quan.")
        moved = followed(f"(Cập nhật lúc 9 giờ)\n\n{news}")
        assert "stand at another place now" in moved and framed(moved)
        assert moved.count(f'id="c{row["start"]}-{row["end"]}"') == 1
        changed = followed(news.replace("sẽ tiếp tục hỗ trợ", "sẽ vẫn tiếp tục hỗ trợ").replace("\n", "\n(Tin) ", 1))
        assert "read otherwise now" in changed and row["quote"][:60] in changed
        gone = followed(news.split("Đại sứ Umeda Kunio cam kết")[0])
        assert "gone from it" in gone and row["quote"][:60] in gone and 'class="cited"' not in gone
        assert re.search(rf'"/cite/[0-9a-f]{{16}}\.[0-9a-f]{{16}}\.{row["start"]}\.{row["end"]}"', gone)


@pytest.mark.parametrize(
    ("words", "start", "text", "expected"),
    [
        ("abc def", 8, "abc def x abc def", ("moved", 10, 17)),
        ("hòa bình", 0, "Hoà\nbình", ("moved", 0, 8)),
        (
            "hai nước sẽ tăng cường hợp tác quốc phòng",
            0,
            "nay hai nước cũng sẽ tăng cường hợp tác quốc phòng",
            ("changed", 4, 39),
        ),
        ("hai nước sẽ hợp tác", 0, "", ("gone", 0, 0)),
        ("hai nước sẽ hợp tác", 0, "một chuyện khác hẳn", ("gone", 0, 0)),
        (".*", 0, "a.*b", ("moved", 1, 3)),
    ],
)
def test_the_nearest_likeness_wins(words: str, start: int, text: str, expected: tuple[str, int, int]) -> None:
    state, first, last = find_again(words, start, text)
    assert state == expected[0] and (state == "changed" or (first, last) == expected[1:])


def test_four_forms(register: Register) -> None:
    row, link = cited(register), "https://desk.example.org/cite/x"
    text, markdown, bibtex = (str(written(row, kind, link=link)) for kind in ("text", "markdown", "bibtex"))
    assert row["quote"] in text and "Báo Mẫu" in text and link in text and f"{row['start']}–{row['end']}" in text
    assert markdown.startswith("> ") and "(<https://example.org/a>)" in markdown
    assert r"\{Nhật\} \& 50\%" in bibtex and "year = {2019}" in bibtex and "month = mar" in bibtex
    assert bibtex.count("{") - bibtex.count(r"\{") == bibtex.count("}") - bibtex.count(r"\}")
    csl = written(row, "csl-json", link=link)
    assert (
        isinstance(csl, dict)
        and csl["issued"] == {"date-parts": [[2019, 3, 12]]}
        and csl["container-title"] == "Báo Mẫu"
    )
    bare = {**row, "title": None, "publisher": None, "published": "XXXX-03-12", "url": None}
    assert "issued" not in written(bare, "csl-json", link=link) and "year" not in str(
        written(bare, "bibtex", link=link)
    )


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(it) for it in arguments], prog_name="servanda")


def test_the_command_and_the_page(tmp_path: Path, news: str) -> None:
    path = str(tmp_path / "press.db")
    with open_register(path, create=True) as register:
        keep(register, news)
        row = cited(register)
    told = run("cite", row["key"], "--desk", "https://desk.example.org/", "--register", path)
    assert told.exit_code == 0 and f"https://desk.example.org/cite/{row['id']}" in told.stdout
    assert json.loads(run("cite", row["key"], "--format", "csl-json", "--register", path).stdout)[0]["title"]
    assert run("cite", "0" * 16, "--register", path).exit_code == 1
    with TestClient(create_app(Settings(register=path)), base_url="http://127.0.0.1:8000") as desk:
        shown = desk.get(f"/cite/{row['key']}")
        assert shown.status_code == 200 and all(
            it in shown.text for it in ("@misc{", "date-parts", f"/cite/{row['id']}")
        )
        told = desk.get(f"/api/v1/citations/{row['id']}").json()
        assert told["state"] == "stands" and set(told["forms"]) == {"text", "markdown", "bibtex", "csl-json"}
        assert desk.get("/cite/x").status_code == 404 and desk.get("/api/v1/citations/x").status_code == 404
        with open_register(path) as register:
            keep(register, re.sub(r"Đại sứ Umeda Kunio cam kết.*", "", news))
        gone = desk.get(f"/cite/{row['id']}")
        assert gone.status_code == 410 and 'role="alert"' in gone.text and row["quote"] in gone.text
    lost = run("cite", row["id"], "--register", path)
    assert lost.exit_code == 1 and "GONE" in lost.stderr and row["quote"] in lost.stdout

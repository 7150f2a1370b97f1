"""The commands, as a user meets them: what they print, what they leave in the register, and their exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from servanda import Document, read
from servanda.cli import COMMANDS, main
from servanda.engine.local import each
from servanda.errors import BadInput
from servanda.records import OfficialFigure
from servanda.store import add_official, filed, open_register

SERVANDA = [sys.executable, "-c", "from servanda.cli import main; main(prog_name='servanda')"]


def run(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(it) for it in arguments], input=stdin, prog_name="servanda")


def answers(*arguments: object) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def folder(tmp_path: Path, news: str) -> Path:
    made = tmp_path / "texts"
    made.mkdir()
    for n in range(3):
        (made / f"{n}.txt").write_text(f"{news}\nBản tin số {n}.\n", encoding="utf-8")
    return made


@pytest.fixture
def register(folder: Path, tmp_path: Path) -> Path:
    path = tmp_path / "press.db"
    result = run("read", folder, "--register", path)
    assert result.exit_code == 0 and "3 documents: 3 new" in result.stdout
    return path


def test_every_command_has_help_with_an_example_and_the_register_option() -> None:
    assert set(COMMANDS) <= set(main.list_commands(None))  # type: ignore[arg-type]
    for name in COMMANDS:
        text = run(name, "--help")
        assert text.exit_code == 0, name
    for name in (
        "read",
        "summary",
        "show",
        "engagements",
        "acts",
        "contributions",
        "agreements",
        "documents",
        "verify",
    ):
        text = run(name, "--help").output
        assert "Example" in text and "--register" in text, name


def test_json_lines_hold_the_reading_contract(folder: Path) -> None:
    result = run("read", folder / "1.txt", "--json", "--workers", "1")
    (line,) = result.stdout.splitlines()
    reading, text = json.loads(line), (folder / "1.txt").read_text(encoding="utf-8")
    assert {"language", "title", "published", "machine_translated", "noise", "actors", "dates", "engagements", "acts",
            "contributions", "agreements", "source", "id"} <= set(reading)  # fmt: skip
    assert reading["source"] == str(folder / "1.txt") and len(reading["id"]) == 16
    assert reading["actors"] and reading["acts"]
    for actor in reading["actors"]:
        assert all(text[start:end] for start, end in actor["mentions"])
    for kind in ("noise", "dates", "engagements", "acts", "contributions", "agreements"):
        assert all(0 <= it["start"] < it["end"] <= len(text) for it in reading[kind])
    assert not list(folder.parent.glob("*.db"))


def test_engagements_keep_their_contract(register: Path, folder: Path) -> None:
    found = answers("engagements", "--register", register)
    assert found
    for it in found:
        assert {"id", "kind", "date", "place", "status", "participants", "part_of", "documents", "evidence"} <= set(it)
        assert all({"id", "name", "role"} <= set(side) for side in it["participants"])
        for said in it["evidence"]:
            text = Path(said["source"]).read_text(encoding="utf-8")
            assert text[said["start"] : said["end"]] == said["quote"]


def test_lists_answer_in_json_and_for_people(register: Path) -> None:
    for command in ("engagements", "acts", "contributions", "agreements", "documents", "set-aside"):
        assert isinstance(answers(command, "--register", register), list)
        shown = run("--register", register, command)
        assert shown.exit_code == 0 and shown.stdout.strip()
    assert [it["source"][-5:] for it in answers("documents", "--register", register)] == ["0.txt", "1.txt", "2.txt"]
    assert "set aside" not in run("documents", "--register", register).output
    assert "Ngày" in run("engagements", "--register", register, "--lang", "vi").stdout


def test_a_listing_shows_ids_whole_and_the_ids_are_taken(register: Path) -> None:
    ids = [row["id"] for row in answers("engagements", "--register", register)]
    told = run("--register", str(register), "engagements", "--ids").output
    assert ids and all(id in told for id in ids)
    assert ids[0] not in run("--register", str(register), "engagements").output
    assert "“" in run("--register", str(register), "cite", ids[0]).output


def test_reading_again_adds_nothing(register: Path, folder: Path) -> None:
    before = answers("engagements", "--register", register)
    assert "3 documents: 3 as before" in run("read", folder, "--register", register).stdout
    assert answers("engagements", "--register", register) == before


def test_show_gives_a_cited_profile_and_near_matches(register: Path) -> None:
    (profile,) = answers("show", "pham binh minh", "--register", register)
    assert profile["name"] == "Phạm Bình Minh" and len(profile["documents"]) == 3
    assert profile["posts"] and profile["engagements"] and profile["acts_given"]
    assert all(it["evidence"][0]["quote"] for it in profile["acts_given"])
    shown = run("show", "JP", "--register", register)
    assert "Nhật Bản" in shown.stdout and "0.txt" in shown.stdout
    missed = run("show", "Phạm Bình Mih", "--register", register)
    assert missed.exit_code == 1 and "Phạm Bình Minh" in missed.stderr and "3 documents" in missed.stderr


def test_show_is_narrowed_by_other_topic_and_date(register: Path) -> None:
    def shown(*options: str) -> Any:
        (profile,) = answers("show", "Phạm Bình Minh", *options, "--register", register)
        return profile

    whole = shown()
    (engagement,) = [it for it in whole["engagements"] if it["kind"] == "meeting"]
    assert len(engagement["documents"]) == 3 and engagement["date"] == "2019-03-12"
    assert engagement["id"] in {it["id"] for it in shown("--with", "umeda kunio", "--since", "2019")["engagements"]}
    assert shown("--since", "2019-04")["engagements"] == shown("--with", "Lào")["acts_given"] == []
    assert all("peacekeeping" in it["topics"] for it in shown("--topic", "peacekeeping")["acts_given"])
    nothing = run("show", "Phạm Bình Minh", "--with", "Lào", "--register", register)
    assert "No evidence in 3 documents" in nothing.stdout
    assert "Nobody in the register is called “Lào”." in nothing.stderr
    near = run("show", "Phạm Bình Minh", "--with", "Umeda Kunioo", "--lang", "vi", "--register", register)
    assert "Gần giống: Umeda Kunio" in near.stderr


def test_what_has_no_date_is_said_to_be_left_out(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Bộ trưởng Bùi Thanh Sơn cảm ơn Nhật Bản đã cử chuyên gia.", encoding="utf-8")
    run("read", page, "--register", tmp_path / "press.db")
    told = run("show", "Bùi Thanh Sơn", "--since", "2019", "--register", tmp_path / "press.db")
    assert "No evidence in 1 documents." in told.stdout
    assert "1 without a date, in their words or their page's, are left out by --since 2019." in told.stdout


def test_a_word_that_is_no_topic_gets_those_that_come_near(register: Path) -> None:
    told = run("show", "VN", "--topic", "peacekeping", "--register", register)
    assert told.exit_code == 2 and "near: peacekeeping" in told.stderr


def test_states_are_known_by_names_that_no_document_uses(register: Path) -> None:
    (named,), (coded,) = (answers("show", it, "--register", register) for it in ("Viet Nam", "VN"))
    (english,) = answers("show", "Japan", "--register", register)
    assert named["id"] == coded["id"] and english["codes"] == ["JP"] and "Japan" not in english["names"]


def test_what_cannot_be_done_is_said_in_one_line(register: Path, tmp_path: Path) -> None:
    for arguments, told in (
        (("brief", "--with", "JP", "--out", tmp_path / "none" / "a.md"), "a.md: No such file or directory"),
        (("brief", "--with", "JP", "--out", tmp_path / "a.pdf"), "a.pdf is neither .md, .html nor .docx"),
        (("ledger", "--status", "lost"), "'lost' is not one of 'open'"),
        (("calendar", "--actor", "Nobody"), "Nobody: no actor in the 3 documents"),
        (("judge", "lost", "rejected"), "lost: no such question"),
    ):
        done = run(*arguments, "--register", register)
        assert done.exit_code and told in done.stderr, arguments
        assert done.stderr.count("\n") == (4 if "Usage" in done.stderr else 1)


def test_contributions_are_chosen_by_state_and_mission_and_from_the_tables(register: Path) -> None:
    found = answers("contributions", "--state", "vn", "--mission", "UNMISS", "--register", register)
    assert found and all(it["contributor"]["code"] == "VN" and it["count"] == 63 for it in found)
    assert answers("contributions", "--state", "JP", "--register", register) == []
    row = OfficialFigure("2025-06-30", "VN", "UNISFA", "Troops", 166, 18, 184)
    with open_register(str(register)) as opened:
        add_official(opened, [row], as_of=row.as_of, sha256="x", name="a.pdf")
    assert answers("contributions", "--official", "--state", "VN", "--register", register) == [asdict(row)]
    assert "184" in run("contributions", "--official", "--register", register).stdout


def test_a_withdrawn_document_leaves_the_answers_and_stays_in_the_history(register: Path, folder: Path) -> None:
    source = str(folder / "1.txt")
    told = run("withdraw", source, "--by", "Lan", "--reason", "retracted", "--register", register)
    assert told.exit_code == 0 and "withdrawn" in told.stdout
    assert not any(source in it["documents"] for it in answers("acts", "--register", register))
    (kept,) = [it for it in answers("documents", "--register", register) if it["source"] == source]
    assert kept["status"] == "withdrawn" and "Lan: retracted" in kept["status_reason"]
    again = run("withdraw", source, "--by", "Lan", "--reason", "x", "--register", register)
    assert again.exit_code == 1 and "no current document" in again.stderr
    assert "3 as before" in run("read", folder, "--register", register).stdout


def test_verify_says_how_many_spans_hold_and_fails_unless_all(register: Path) -> None:
    assert "spans hold in 3 documents" in run("verify", "--register", register).stdout
    with open_register(str(register)) as opened, opened.writing() as connection:
        connection.exec_driver_sql("UPDATE records SET words = 'x' WHERE document = 1 AND place = 1")
    spoilt = run("verify", "--register", register)
    assert spoilt.exit_code == 1 and "0.txt" in spoilt.stderr


def test_a_negative_answer_says_over_what_it_looked(tmp_path: Path) -> None:
    text = tmp_path / "dump.jsonl"
    text.write_text('{"text": "Hôm nay trời đẹp.", "published": "2019-05-02"}\n{"text": "Mưa."}', encoding="utf-8")
    run("read", text, "--register", tmp_path / "r.db")
    shown = run("agreements", "--register", tmp_path / "r.db")
    assert shown.exit_code == 0 and "No evidence in 2 documents, the newest of 2019-05-02" in shown.stdout
    assert "2 documents" in run("show", "Lào", "--register", tmp_path / "r.db").stderr


def test_summary_cites_every_line(register: Path) -> None:
    shown = run("summary", "--register", register).stdout
    assert "3 documents" in shown and "Umeda Kunio" in shown and "txt]" in shown and "servanda read" in shown
    assert {it["section"] for it in answers("summary", "--register", register)} >= {"who_met", "promised", "sent"}


def test_explain_names_the_rules(folder: Path) -> None:
    shown = run("read", folder / "0.txt", "--explain").stdout
    assert "act SUPPORT" in shown and " by vi." in shown and "“" in shown


def test_standard_input_and_metadata(tmp_path: Path, folder: Path, news: str) -> None:
    assert json.loads(run("read", "-", "--json", stdin=news).stdout)["source"].startswith("-#")
    (tmp_path / "about.csv").write_text("path,published\ntexts/0.txt,2019-03-13\n", encoding="utf-8")
    run("read", folder, "--metadata", tmp_path / "about.csv", "--register", tmp_path / "m.db")
    assert answers("documents", "--register", tmp_path / "m.db")[0]["published"] == "2019-03-13"


def test_the_environment_names_the_register(tmp_path: Path, register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVANDA_REGISTER", str(register))
    assert len(answers("documents")) == 3
    monkeypatch.delenv("SERVANDA_REGISTER")
    monkeypatch.chdir(tmp_path)
    nothing = run("documents")
    assert nothing.exit_code == 2 and "servanda.db" in nothing.stderr and "servanda read" in nothing.stderr


def length(document: Document) -> int:
    """What the pool does in the tests below; some documents are bad for it."""
    if "crash" in document.text and os.environ.get("SERVANDA_TEST_PARENT") != str(os.getpid()):
        os.kill(os.getpid(), signal.SIGKILL)
    if "fault" in document.text:
        raise ValueError("a fault\nof ours")
    return len(document.text)


def many(number: int, **bad: int) -> Iterator[Document | BadInput]:
    texts = {place: word for word, place in bad.items()}
    for n in range(number):
        yield BadInput(f"{n}", "refused") if n == 7 else Document(texts.get(n, "") + "x" * n, f"{n}")


@pytest.mark.parametrize("workers", [1, 3])
def test_results_come_in_order_and_faults_cost_one_document(workers: int) -> None:
    found = [result for _, result in each(length, many(200, fault=50), workers)]
    assert [it for it in found if isinstance(it, int)] == [n for n in range(200) if n not in (7, 50)]
    assert "refused" in str(found[7]) and "ValueError: a fault of ours" in str(found[50])


def test_a_process_that_dies_costs_only_its_document() -> None:
    found = [result for _, result in each(length, many(120, crash=40), 2)]
    assert [it for it in found if isinstance(it, int)] == [n for n in range(120) if n not in (7, 40)]
    assert isinstance(found[40], BadInput) and "died, twice (SIGKILL)" in found[40].reason


def test_the_pool_takes_no_more_than_it_can_work_on() -> None:
    taken = 0

    def endless() -> Iterator[Document]:
        nonlocal taken
        while True:
            taken += 1
            yield Document("x", str(taken))

    results = each(length, endless(), 2)
    assert [next(results)[1] for _ in range(500)] == [1] * 500
    assert taken < 500 + 2 * 3 * 16 + 32
    results.close()  # type: ignore[attr-defined]


def test_workers_read_the_same_as_one_process(folder: Path, news: str, tmp_path: Path) -> None:
    dump = tmp_path / "dump.jsonl"
    lines = [json.dumps({"id": n, "text": f"{news}\nSố {n}."}) for n in range(40)]
    dump.write_text("\n".join(lines), encoding="utf-8")
    one, two = (run("read", dump, "--json", "--workers", n).stdout_bytes for n in (1, 2))
    assert one == two and one.count(b"\n") == 40


def test_ctrl_c_keeps_what_was_finished_and_the_next_run_goes_on(tmp_path: Path, news: str) -> None:
    dump, register = tmp_path / "dump.jsonl", tmp_path / "press.db"
    total = 4000
    lines = (json.dumps({"url": f"u/{n}", "text": f"{news}\nSố {n}."}) for n in range(total))
    dump.write_text("\n".join(lines), encoding="utf-8")
    command = [*SERVANDA, "read", str(dump), "--register", str(register), "--workers", "2"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    _wait_for(register)
    running.send_signal(signal.SIGINT)
    out, said = running.communicate(timeout=60)
    assert running.returncode == 130 and "goes on from here" in said, (out, said)
    with open_register(str(register)) as opened:
        kept = sum(1 for _ in filed(opened))
    assert 0 < kept < total and f"{kept} new" in out
    dump.write_text("".join(dump.read_text(encoding="utf-8").splitlines(keepends=True)[: kept + 10]), encoding="utf-8")
    again = run("read", dump, "--register", register)
    assert f"10 new, {kept} as before" in again.stdout
    assert run("verify", "--register", register).exit_code == 0


def test_a_killed_run_leaves_no_process_behind_and_the_next_goes_on(tmp_path: Path, news: str) -> None:
    dump, register = tmp_path / "dump.jsonl", tmp_path / "press.db"
    lines = (json.dumps({"url": f"u/{n}", "text": f"{news}\nSố {n}."}) for n in range(500))
    dump.write_text("\n".join(lines), encoding="utf-8")
    running = subprocess.Popen([*SERVANDA, "read", str(dump), "--register", str(register), "--workers", "3"])
    _wait_for(register)
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text(encoding="ascii").split()
    assert len(children) == 3
    running.kill()
    running.wait(10)
    for _ in range(200):
        alive = [it for it in children if Path(f"/proc/{it}/exe").exists()]
        if not alive:
            break
        time.sleep(0.05)
    assert not alive
    assert run("verify", "--register", register).exit_code == 0
    assert "as before" in run("read", dump, "--register", register).stdout
    assert len(answers("documents", "--register", register)) == 500


def _wait_for(register: Path) -> None:
    """Until a first batch is kept."""
    for _ in range(600):
        time.sleep(0.05)
        if register.exists():
            try:
                with open_register(str(register)) as opened:
                    if next(iter(filed(opened)), None):
                        return
            except Exception:
                continue
    raise AssertionError("nothing was kept")


def test_the_package_reads_as_the_command_does(folder: Path) -> None:
    text = (folder / "2.txt").read_text(encoding="utf-8")
    reading = read(Document(text, "x"))
    line = json.loads(run("read", folder / "2.txt", "--json").stdout)
    assert reading.id == line["id"] and len(reading.acts) == len(line["acts"])

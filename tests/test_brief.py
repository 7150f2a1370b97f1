"""Briefs: who is on which side, what stands on the page, that each line is cited; three formats, two languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document as Docx
from fastapi.testclient import TestClient

from servanda import Document, answers, read
from servanda.answers.asking import asking
from servanda.answers.assembly import bring_up_to_date
from servanda.answers.assembly.entries import Entry, replace_entries
from servanda.answers.assembly.work import Work
from servanda.answers.brief import Brief, brief
from servanda.answers.sides import Sides
from servanda.cli import main
from servanda.desk.app import create_app
from servanda.desk.briefs.markdown import markdown
from servanda.desk.briefs.word import docx
from servanda.desk.briefs.wording import worded
from servanda.desk.settings import Settings
from servanda.errors import BadQuestion, NotFound
from servanda.keep.statements import records
from servanda.store import Register, file, open_register, sheet, text_of
from servanda.store.judging import holding

IRAN = """Bộ trưởng Ngoại giao gặp Bộ trưởng Ngoại giao Iran

Ngày 26/2/2024, tại Genève, Bộ trưởng Ngoại giao Bùi Thanh Sơn gặp Bộ trưởng Ngoại giao Iran Hossein Amir-Abdollahian.

Bộ trưởng Bùi Thanh Sơn đề nghị Iran tạo điều kiện cho doanh nghiệp Việt Nam. Bộ trưởng Hossein Amir-Abdollahian \
mời Bộ trưởng Bùi Thanh Sơn thăm Iran.
"""
JAPAN = """Nhật Bản giúp Việt Nam gìn giữ hòa bình

Ngày 12/3/2019, tại Hà Nội, Thứ trưởng Quốc phòng Nguyễn Chí Vịnh tiếp bà Sato Hanako, giám đốc hợp tác quốc phòng, \
Bộ Quốc phòng Nhật Bản.

Bà Sato Hanako cam kết Nhật Bản sẽ đào tạo công binh gìn giữ hòa bình cho Việt Nam trong năm 2020.
"""
FRANCE = """Đại sứ Pháp tại Việt Nam chào từ biệt

Ngày 5/6/2019, tại Hà Nội, Thứ trưởng Quốc phòng Nguyễn Chí Vịnh tiếp Đại sứ Pháp tại Việt Nam Jean Dupont.
"""
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


def keep(register: Register, *documents: Document) -> None:
    file(register, [sheet(d, reading := read(d), records(reading, d.text)) for d in documents])
    bring_up_to_date(register)


@pytest.fixture
def register(address: str) -> Iterator[Register]:
    with open_register(address, create=True) as opened:
        texts = {"iran.txt": IRAN, "nhat.txt": JAPAN, "phap.txt": FRANCE}
        keep(opened, *(Document(text, source) for source, text in texts.items()))
        yield opened


def lines(made: Brief, key: str) -> list[str]:
    (part,) = [it for it in made.sections if it.key == key]
    return [made.sources[line.cited[0] - 1]["quote"] for line in part.lines]


def test_every_line_is_cited_with_words_that_stand_there(register: Register) -> None:
    made = brief(register, "Iran")
    assert made.looked_at == (3, None) and made.home and made.home["code"] == "VN"
    for section in made.sections:
        assert all(line.cited for line in section.lines if section.key != "official"), section.key
    for row in made.sources:
        (number,) = holding(register, (), [row["source"]])
        assert text_of(register, number)[row["start"] : row["end"]] == row["quote"]
    assert {row["source"] for row in made.sources} == {"iran.txt"}


def test_those_who_speak_for_a_state_are_on_its_side(register: Register) -> None:
    iran = brief(register, "IR")
    assert any("gặp" in it for it in lines(iran, "meetings"))
    assert any("doanh nghiệp" in it for it in lines(iran, "we_asked"))
    assert any("mời" in it for it in lines(iran, "invitations")) and lines(iran, "they_promised") == []
    japan = brief(register, "nhat ban")  # her post goes on in a ministry's name
    assert any("Sato Hanako" in it for it in lines(japan, "meetings"))
    assert any("đào tạo" in it for it in lines(japan, "they_promised"))
    france = brief(register, "Pháp")  # an ambassador is of the state that sent him
    assert any("Jean Dupont" in it for it in lines(france, "meetings"))
    assert not any("Jean Dupont" in it for key in ("meetings", "to_come") for it in lines(japan, key))


def test_a_foreigner_whose_state_no_page_tells_does_not_promise_for_home(address: str) -> None:
    text = """Đối thoại tại Singapore

Ngày 2/6/2018, tại Singapore, Bộ trưởng Quốc phòng James Harrow cam kết hỗ trợ Nhật Bản đào tạo công binh trong \
năm 2019.

Ngày 3/6/2018, Bộ trưởng Quốc phòng Ngô Xuân Lịch cam kết hỗ trợ Nhật Bản rà phá bom mìn trong năm 2019. \
Việt Nam và Nhật Bản là bạn.
"""
    with open_register(address, create=True) as register:
        keep(register, Document(text, "doi-thoai.txt"))
        told = brief(register, "JP")
        assert ["Ngô Xuân Lịch" in it for it in lines(told, "we_promised")] == [True]
        assert not any("James Harrow" in row["quote"] for row in told.sources)


def test_a_word_that_only_looks_like_a_state_without_accents_is_none(register: Register) -> None:
    short = "Thủ tướng Nhật Kishida Fumio thăm Hà Nội ngày 1/5/2022."
    first = "Ngày 8/8/2023, tại Hà Nội, Phó Chủ tịch nước Võ Thị Ánh Xuân gặp Phó Tổng thống thứ nhất Iran Ali Rezaei."
    keep(register, Document(short, "ngan.txt"), Document(first, "dau.txt"))
    told = brief(register, "JP")
    assert "dau.txt" not in {it["source"] for it in told.sources} >= {"ngan.txt"}
    assert "dau.txt" in {it["source"] for it in brief(register, "Iran").sources}


def test_a_topic_and_a_period_narrow_it(register: Register) -> None:
    assert any("đào tạo" in it for it in lines(brief(register, "JP", topic="peacekeeping"), "they_promised"))
    assert all(not it.lines for it in brief(register, "JP", topic="halal").sections)
    assert lines(brief(register, "Iran", since="2024-03"), "meetings") == []
    assert len(lines(brief(register, "Iran", since="2024-02", until="2024-02"), "meetings")) == 1
    assert lines(brief(register, "Iran", until="2023"), "meetings") == []
    for wrong in ({"since": "hôm kia"}, {"until": "20177"}, {"since": "2024", "until": "2023"}):
        with pytest.raises(BadQuestion):
            brief(register, "Iran", **wrong)
    with pytest.raises(NotFound, match="Iran"):
        brief(register, "Irann")


def test_what_is_not_there_says_over_what_was_looked(register: Register) -> None:
    english, vietnamese = (worded(brief(register, "Iran"), it) for it in ("en", "vi"))
    assert any("No evidence in 3 documents" in it and "promised" in it for it in english.nothing)
    assert any("3 tài liệu" in it for it in vietnamese.nothing)
    assert "Last meetings" in [it.heading for it in english.parts]
    assert "Last meetings" not in [it.heading for it in vietnamese.parts]


def test_three_formats_tell_the_same(register: Register) -> None:
    made = worded(brief(register, "Iran"), "en")
    text, paragraphs = markdown(made), [it.text for it in Docx(BytesIO(docx(made))).paragraphs]
    for part in made.parts:
        assert f"## {part.heading}" in text and part.heading in paragraphs
        for said in part.lines:
            assert any(said.text in it and said.cited and f"[{said.cited[0]}]" in it for it in paragraphs)
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(re.findall(r"\[\^(\d+)\]:", text))
    assert len(re.findall(r"^\[\^\d+\]:", text, re.M)) == len(made.sources)


def test_hostile_words_are_words(address: str) -> None:
    nasty = FRANCE.replace("Jean Dupont", "Jean Dupont").replace(
        "Hà Nội", "Hà Nội <img src=x onerror=alert(1)> *[a](b)"
    )
    with open_register(address, create=True) as register:
        keep(register, Document(nasty, "a.txt", title="<script>alert(1)</script> \u202e txt"))
        made = worded(brief(register, "Pháp"), "en")
        text = markdown(made)
        assert "](b)" not in text and "<script" not in text.replace("\\<script", "") and "\u202e" not in text
        assert docx(made)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(it) for it in arguments], prog_name="servanda")


def test_the_command_and_the_page(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    with open_register(str(path), create=True) as register:
        keep(register, Document(IRAN, "iran.txt"))
    told = run("brief", "--with", "iran", "--lang", "en", "--register", path)
    assert told.exit_code == 0 and told.stdout.startswith("# Brief: Iran")
    out = tmp_path / "iran.docx"
    assert (
        "cited" in run("brief", "--with", "IR", "--out", out, "--register", path).stdout and Docx(str(out)).paragraphs
    )
    html = run("brief", "--with", "IR", "--format", "html", "--lang", "vi", "--register", path).stdout
    assert html.startswith("<!doctype html>") and '<html lang="vi">' in html and "<script" not in html
    assert run("brief", "--with", "Nobody", "--register", path).exit_code == 1
    assert run("brief", "--with", "IR", "--since", "x", "--register", path).exit_code == 2
    with TestClient(create_app(Settings(register=str(path))), base_url="http://127.0.0.1:8000") as desk:
        assert desk.get("/brief").status_code == 200
        shown = desk.get("/brief", params={"actor": "Iran"})
        assert shown.status_code == 200 and "doanh nghiệp" in shown.text and 'href="/document?' in shown.text
        assert desk.get("/brief.docx", params={"actor": "Iran"}).content[:2] == b"PK"
        alone = desk.get("/brief.html", params={"actor": "Iran"})
        assert alone.text.startswith("<!doctype html>") and "attachment" in alone.headers["content-disposition"]
        assert desk.get("/brief.md", params={"actor": "Iran"}).headers["content-type"].startswith("text/markdown")
        statuses = [
            desk.get("/brief", params=it).status_code
            for it in (
                {"actor": "Nobody"},
                {"actor": "IR", "since": "x"},
                {"actor": "IR", "topic": "x"},
                {"actor": "x" * 400},
            )
        ]
        assert statuses == [404, 400, 400, 422]
        assert desk.get("/brief.exe", params={"actor": "IR"}).status_code == 400


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the five seed pages are not here")
def test_iran_and_japan_over_the_seed_pages(tmp_path: Path) -> None:
    with open_register(str(tmp_path / "seeds.db"), create=True) as register:
        keep(register, *(Document(it.read_text(encoding="utf-8"), it.name) for it in sorted(SEEDS.glob("*.txt"))))
        iran = brief(register, "Iran")
        asked = " ".join(lines(iran, "we_asked"))
        assert "Halal" in asked and "8/2023" in asked and "doanh nghiệp" in asked
        assert any("giáo dục" in it for it in lines(iran, "they_asked"))
        assert len(lines(iran, "invitations")) == 1 and lines(iran, "together")
        assert not re.search(r"\d\s*(triệu|tỷ|tỉ)?\s*(USD|đô la|euro|đồng)", markdown(worded(iran, "vi")))
        japan = brief(register, "Nhật Bản", topic="peacekeeping", since="2015")
        assert any("bản ghi nhớ" in it for it in lines(japan, "agreements"))
        assert any("Phùng Sĩ Tấn" in it for it in lines(japan, "meetings"))
        assert lines(japan, "they_promised") == []


def promised(register: Register, other: str, count: int, day: str) -> None:
    """So many undertakings of Japan to another state, put where answers look for them."""
    row = answers.undertakings(register).rows[0]
    made = [
        Entry(
            "undertaking", f"{other}{n:08}",
            {**row, "id": f"{other}{n:08}", "to_actors": [{"actor": other, "name": other}], "due": day,
             "by_actors": [{"actor": "state-JP", "name": "Nhật Bản"}], "made": {**row["made"], "end": n + 1}},
            1, day, day, kind="pledge", status="open", grade="concrete",
            links={("actor", "state-JP"), ("by", "state-JP"), ("actor", other), ("to", other)},
        )
        for n in range(count)
    ]  # fmt: skip
    with register.writing() as connection:
        replace_entries(Work(register, connection), "undertaking", [], made)


def promises(register: Register, **asked: str | None) -> tuple[set[str], bool]:
    (part,) = [it for it in brief(register, "JP", **asked).sections if it.key == "they_promised"]
    return {line.row["id"] for line in part.lines}, part.more_than


def test_an_old_promise_between_the_two_is_found_behind_many_newer_ones_with_others(register: Register) -> None:
    promised(register, "state-VN", 3, "2015-03-02")
    old = {f"state-VN{n:08}" for n in range(3)}
    promised(register, "state-CN", 400, "2022-03-02")
    assert old <= promises(register)[0] and promises(register)[1] is False
    assert old <= promises(register, until="2016")[0]
    found, more = promises(register, home=None)
    assert not old & found and more
    told = worded(brief(register, "JP", home=None), "vi")
    assert any(it.more and it.more.startswith("còn hơn ") for it in told.parts)
    promised(register, "state-CN", 2500, "2021-03-02")  # so many that they are not gone through one by one
    assert old <= promises(register)[0]


def test_what_nobody_else_has_part_in_is_told_however_much_is_newer(register: Register) -> None:
    promised(register, "state-JP", 1, "2015-03-02")
    promised(register, "state-CN", 400, "2022-03-02")
    assert "state-JP00000000" in promises(register)[0]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Ủy viên Trung ương Đảng", None),  # not China, of which `Trung` is a short name
        ("Trung tâm Nghiên cứu Quốc tế", None),
        ("Hội hữu nghị Trung - Việt", "state-CN"),
        ("Phó Tổng thống Mỹ", "state-US"),
        ("Giám đốc Bảo tàng Mỹ thuật Việt Nam", "state-VN"),
        ("Viện Hàn lâm Khoa học Nhật Bản", "state-JP"),
        ("Hội người Việt tại Nhật Bản", "state-VN"),
    ],
)
def test_short_names_of_states_count_where_nothing_else_is_called_so(
    address: str, words: str, state: str | None
) -> None:
    told = (
        "Ngày 8/8/2023, tại Hà Nội, Bộ trưởng Ngoại giao Việt Nam Bùi Thanh Sơn gặp các Đại sứ Mỹ, Trung Quốc, "
        "Nhật Bản và Hàn Quốc. Hai bên bàn về hợp tác Việt - Trung."
    )
    with open_register(address, create=True) as register:
        keep(register, Document(told, "a.txt"))
        with asking(register) as question:
            assert Sides(question).of(words) == state

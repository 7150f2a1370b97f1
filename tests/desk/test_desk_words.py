"""What pages say in words: dates in both languages, hostile characters, both catalogues complete."""

from __future__ import annotations

import ast
import importlib.util
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest

from servanda import types
from servanda.desk import geography
from servanda.desk.dates import said
from servanda.desk.hostile import finalized, seen
from servanda.desk.languages import called
from servanda.desk.pages import listing
from servanda.desk.reasons import reason
from servanda.desk.settings import LANGUAGES
from servanda.desk.words import asked, cut, place
from servanda.labels import Labels, _labels
from servanda.lexicon import load
from servanda.review.history import doubt
from servanda.vocabulary import Topic
from servanda.yamlfile import yaml_file

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("edtf", "vi", "en"),
    [
        ("2024-09", "tháng 9/2024", "September 2024"),
        ("XXXX-02-26", "ngày 26/2, không rõ năm", "26 February, year unknown"),
        ("XXXX-11", "tháng 11, không rõ năm", "November, year unknown"),
        ("2015-11-19/2015-11-20", "19–20/11/2015", "19–20 November 2015"),
        ("XXXX-05-01/XXXX-05-02", "ngày 1–2/5, không rõ năm", "1–2 May, year unknown"),
        ("2024", "năm 2024", "2024"),
        ("2024-02-26", "26/2/2024", "26 February 2024"),
        ("2021/2023", "năm 2021–2023", "2021–2023"),
        ("2024-02-26/2024-03-01", "26/2/2024 – 1/3/2024", "26 February 2024 – 1 March 2024"),
        ("2017-33", "quý I năm 2017", "first quarter of 2017"),
        ("201X", "thập niên 2010", "2010s"),
        ("2024-05/..", "từ tháng 5/2024", "since May 2024"),
        ("2024~", "khoảng năm 2024", "about 2024"),
        ("2024-02-31", "2024-02-31", "2024-02-31"),
        ("hôm qua", "hôm qua", "hôm qua"),
        ("", "", ""),
    ],
)
def test_dates_are_said_as_people_say_them(edtf: str, vi: str, en: str) -> None:
    assert (said(edtf, "vi"), said(edtf, "en")) == (vi, en)


def test_what_is_invisible_or_turns_a_line_is_shown_as_a_sign() -> None:
    assert seen("a\u202eb\x07c\x00\ufeff") == "a⟦U+202E⟧b␇c␀⟦U+FEFF⟧"
    assert seen("Thái Lan\nhàng\tmới") == "Thái Lan\nhàng\tmới"
    assert finalized(None) == ""
    assert finalized(3) == 3


def test_long_words_and_addresses_are_shortened_without_losing_which() -> None:
    assert cut("một  hai\nba") == "một hai ba"
    assert cut("x" * 400) == "x" * 319 + "…"
    assert place("https://www.example.org/tin/2024/bai-viet.html?x=1") == "example.org/…/bai-viet.html"
    assert place("samples/geneva.txt") == "geneva.txt"
    assert len(place("https://example.org/" + "a" * 5000)) < 100


def test_every_message_has_its_words_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    """`make messages` gathers what is new; what it then lists as lacking is to be translated."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.main(check=True) == 0, capsys.readouterr().out


def test_the_whole_vocabulary_is_named_in_vietnamese() -> None:
    literals = [value for name in dir(types) if typing.get_origin(value := getattr(types, name)) is typing.Literal]
    values = {it for literal in literals for it in typing.get_args(literal)}
    values |= {*listing.UNDERTAKING_KINDS, *listing.UNDERTAKING_STATUSES, *listing.GRADES, *types.TOPICS}
    assert sorted(values - set(_labels()["vi"])) == []


def test_topics_of_the_filter_are_those_of_the_lexicon() -> None:
    known = [topic.id for topic in load().entries("topics", Topic)]
    assert sorted(types.TOPICS) == sorted(known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_that_nobody_knows_is_shown_as_it_stands(language: str) -> None:
    labels = Labels(language)
    assert labels("never_heard_{of}") == "never heard {of}"
    assert labels.of("form", "state") != labels("state")


@pytest.mark.parametrize(
    ("told", "vi"),
    [
        (
            "due passed, no evidence in 19 documents, the newest of 2025-01-17",
            "đã qua hạn, không thấy bằng chứng trong 19 tài liệu, mới nhất là 17/1/2025",
        ),
        ("2 tables are kept, from 2023-12-31 to 2025-06-30", "có 2 bảng, từ 31/12/2023 đến 30/6/2025"),
        ("9 days apart: people may have rotated between", "cách nhau 9 ngày: giữa chừng có thể đã luân phiên"),
        ("no words for <this> yet", '<span lang="en">no words for &lt;this&gt; yet</span>'),
        ("due told as <b>.txt: 2024-05", "&lt;b&gt;.txt nêu hạn là tháng 5/2024"),
    ],
)
def test_reasons_are_said_in_the_readers_language(told: str, vi: str) -> None:
    assert str(reason(told, "vi")) == vi
    assert "lang" not in reason(told, "en")


def test_a_reason_says_numbers_and_days_as_the_reader_writes_them() -> None:
    told = "due passed, no evidence in 1003 documents, the newest of 2026-02-02"
    assert str(reason(told, "en")) == "due passed, no evidence in 1,003 documents, the newest of 2 February 2026"
    assert "1.003 tài liệu" in str(reason(told, "vi"))


@pytest.mark.parametrize(
    ("actor", "name", "en"),
    [
        ("state-JP", "Nhật", "Japan"),
        ("mission-UNMISS", "phái bộ ở Nam Sudan", "UNMISS"),
        ("person-to-lam", "Tô Lâm", "Tô Lâm"),
        (None, "ông ấy", "ông ấy"),
    ],
)
def test_states_and_missions_go_by_names_that_a_reader_of_english_knows(actor: str | None, name: str, en: str) -> None:
    assert called(actor, name, "en") == en
    assert called(actor, name, "vi") == name


def test_a_filter_shows_the_code_of_what_its_id_names() -> None:
    assert [asked(it) for it in ("state-JP", "mission-UNMISS", "person-to-lam", "Nhật")] == [
        "JP", "UNMISS", "person-to-lam", "Nhật"]  # fmt: skip


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("n: Input should be greater than or equal to 0", "n phải từ 0 trở lên"),
        ("address: Field required; until: Field required", "thiếu address; thiếu until"),
        ("language: Input should be 'vi' or 'en'", "language phải là một trong: 'vi' or 'en'"),
        ("/x: there is no such page; /api/v1/openapi.json describes what programs can ask", "/x: không có trang này"),
        ("same: act:0 takes confirmed, rejected", "ở đây không quyết định “là một” được; chọn: confirmed, rejected"),
        ("status: hôm kia is none of held, planned", "status: hôm kia không thuộc: held, planned"),
    ],
)
def test_what_is_refused_is_said_in_vietnamese(english: str, vietnamese: str) -> None:
    assert str(reason(english, "vi")).replace("&#39;", "'") == vietnamese


def test_every_refusal_of_a_decision_has_its_vietnamese() -> None:
    """Each message that review raises is known by its pattern, with whatever stands in it."""
    folder = ROOT / "src" / "servanda"
    files = [*(folder / "review" / it for it in ("creating.py", "decisions.py")), folder / "keep" / "reviewing.py"]
    raised = [text for path in files for text in _raised(path)]
    assert len(raised) > 15
    assert [it for it in raised if Labels("vi").reason(it) is None] == []


def _raised(path: Path) -> Iterator[str]:
    """The messages of Refused and Overtaken, with `x` for what is filled in."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
            said = node.exc.args[0]
            if node.exc.func.id in ("Refused", "Overtaken") and not isinstance(said, ast.BinOp):
                parts = said.values if isinstance(said, ast.JoinedStr) else [said]
                yield "".join(str(it.value) if isinstance(it, ast.Constant) else "7" for it in parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_feature_that_is_weighed_has_its_words(language: str) -> None:
    known = _labels()[language]
    follow, match, actors = (
        yaml_file(ROOT / "src/servanda/schema" / f"{it}.yaml") for it in ("follow", "match", "actors")
    )
    features = {f"feature.{name}" for table in follow["tables"].values() for name in table["weights"]}
    features |= {f"like_{name}" for weights in match["weights"].values() for name in weights} | {"like_both"}
    features |= {f"like_{name}" for name in actors["weights"]}
    features |= {f"told as {kind}" for kind in ("done", "off", "moved", "no")}
    assert sorted(features - set(known)) == []


def test_readers_of_english_see_known_bodies_and_places_by_their_english_names() -> None:
    assert called("organisation-UNSC", "Hội đồng Bảo an", "en") == "UN Security Council"
    assert called("organisation-UNSC", "Hội đồng Bảo an", "vi") == "Hội đồng Bảo an"
    assert called("organisation-hoi-huu-nghi", "Hội Hữu nghị", "en") == "Hội Hữu nghị"
    assert geography.told("Viên, Áo", "en") == "Vienna, Austria"
    assert geography.told("thành phố Hồ Chí Minh", "en") == "Ho Chi Minh City"
    assert geography.told("Nhà khách Chính phủ, Hà Nội", "en") == "Nhà khách Chính phủ, Hanoi"
    assert geography.told("Hà Nội", "vi") == "Hà Nội"


def test_a_likelihood_is_written_as_the_language_does() -> None:
    assert doubt(Labels("vi"), "confidence", "0.50") == "độ tin: 0,50"
    assert doubt(Labels("en"), "confidence", "0.50") == "sure: 0.50"


def test_accents_tell_the_white_house_from_nha_trang() -> None:
    found = {
        place: geography.locate(place) for place in ("Nhà Trắng", "Nha Trang", "Washington DC", "thủ đô Washington")
    }
    assert {place: it and it.id for place, it in found.items()} == {
        "Nhà Trắng": "US.Washington", "Nha Trang": "VN.Nha Trang",
        "Washington DC": "US.Washington", "thủ đô Washington": "US.Washington",
    }  # fmt: skip


def test_one_and_many_of_what_was_sent_have_words_of_their_own_where_the_language_has() -> None:
    told = [(Labels(language).counted(n, "police_unit"), Labels(language).counted(n, "troops"))
            for language in ("en", "vi") for n in (1, 2)]  # fmt: skip
    assert told == [("formed police unit", "soldier"), ("formed police units", "troops"),
                    ("đơn vị cảnh sát", "quân nhân"), ("đơn vị cảnh sát", "quân nhân")]  # fmt: skip
    assert Labels("en").counted(None, "troops") == "troops"

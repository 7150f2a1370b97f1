"""Programmes found from records: visits, numbered meetings, cycles, a unit's way to its mission."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from told import Page, filed

from servanda.cli import main
from servanda.keep.follow import ledger
from servanda.keep.programmes import Programme, by_name, programmes
from servanda.keep.resolve import resolve
from servanda.keep.telling import tellings


def found(*pages: Page, today: str | None = None) -> list[Programme]:
    documents = filed(*pages)
    engagements = resolve(tellings(documents)).engagements
    return programmes(documents, engagements, ledger(documents, engagements, today))


def given(source: str, published: str, status: str, **values: str) -> Page:
    page = Page(source, published)
    words = values.pop("words", f"bệnh viện dã chiến {status}")
    state = page.state("Việt Nam", "VN")
    fact = {"what": "level_2_hospital", "measure": "movement", "status": status, **values}
    page.fact("contribution", words, ("contributor", state), **fact)
    return page


def hospital() -> list[Page]:
    trained = Page("t", "2018-08-02")
    trained.engagement("huấn luyện bệnh viện dã chiến cấp 2 số 1", trained.state("Việt Nam", "VN"), kind="training",
                       date="2018-08-01")  # fmt: skip
    promised = Page("p", "2016-05-23")
    promised.fact("act", "Việt Nam cam kết cử bệnh viện dã chiến cấp 2", ("speaker", promised.state("Việt Nam", "VN")),
                  type="AGREE", mode="commitment")  # fmt: skip
    return [
        given("a", "2015-06-10", "ready"), promised, trained,
        given("b", "2018-01-05", "planned", unit="Bệnh viện số 1", date="2018-04"),
        given("c", "2018-10-02", "deployed", unit="Bệnh viện số 1", date="2018-10-01"),
        given("d", "2019-07-01", "planned", unit="Bệnh viện số 2", date="2019-09"),
        given("e", "2019-08-20", "planned", unit="Bệnh viện số 2", date="2019-11"),
    ]  # fmt: skip


def test_a_unit_s_way_to_its_mission_is_told_in_order_planned_beside_held() -> None:
    (way,) = found(*hospital())
    assert (way.id, way.kind, way.parties) == ("deployment-VN-level_2_hospital", "deployment", ["Việt Nam"])
    told = [(step.kind, step.unit, step.status) for step in way.steps]
    assert told == [
        ("willingness", None, "held"), ("pledge", None, "held"), ("training", "1", "held"),
        ("departure", "1", "changed"), ("departure", "2", "postponed"),
    ]  # fmt: skip
    left, next_one = way.steps[-2:]
    assert (left.planned, left.date) == ("2018-04", "2018-10-01")
    assert (next_one.planned, next_one.note) == ("2019-09", "told for 2019-11")
    assert all(step.told or step.shown for step in way.steps)


def numbered(
    number: int, status: str, date: str, source: str | None = None, published: str | None = "2022-10-12"
) -> Page:
    page = Page(source or f"n{number}", published)
    page.engagement(f"kỳ họp lần thứ {number} nhóm chuyên gia rà phá bom mìn", page.state("Việt Nam", "VN"),
                    kind="conference", date=date, status=status,
                    occasion=f"kỳ họp lần thứ {number} nhóm chuyên gia rà phá bom mìn")  # fmt: skip
    return page


def test_numbered_meetings_of_one_name_are_a_series() -> None:
    (line,) = found(numbered(16, "held", "2022-10-11"), numbered(15, "held", "2022-03-11"))
    assert line.kind == "series" and line.name == "kỳ họp nhóm chuyên gia rà phá bom mìn"
    assert [(step.unit, step.date) for step in line.steps] == [("15", "2022-03-11"), ("16", "2022-10-11")]


def test_meetings_of_two_bodies_are_no_series() -> None:
    other = Page("o", "2022-10-12")
    name = "Hội nghị Bộ trưởng Năng lượng ASEAN lần thứ 40"
    other.engagement(name, other.state("Lào", "LA"), kind="conference", date="2022-09-15", occasion=name)
    assert found(numbered(16, "held", "2022-10-11"), other) == []


def cycle(today: str) -> Programme:
    page = numbered(17, "planned", "2022-12", "c")
    state = page.state("Việt Nam", "VN")
    page.fact("date", "2021-2023", edtf="2021/2023")
    page.records[-1].start, page.records[-1].end = 0, 0
    page.engagement("hội nghị lập kế hoạch", state, kind="conference", date="2023-04", status="planned")
    page.records[-1].start = page.records[-1].end - 10
    page.engagement("diễn tập rà phá", state, kind="exercise", date="2023-09", status="planned")
    (one,) = found(numbered(16, "held", "2022-10-11"), page, today=today)
    return one


def test_what_is_told_in_one_breath_with_a_numbered_meeting_is_a_cycle() -> None:
    one = cycle("2022-11-01")
    assert (one.kind, one.since, one.until) == ("cycle", "2021", "2023")
    assert [(s.unit, s.status, s.planned or s.date) for s in one.steps] == [
        ("16", "held", "2022-10-11"), ("17", "planned", "2022-12"), (None, "planned", "2023-04"),
        (None, "planned", "2023-09"),
    ]  # fmt: skip


def test_a_meeting_of_an_unknown_year_was_the_last_before_the_next_is_planned() -> None:
    def steps(held: str, number: int, planned: str) -> list[tuple[str | None, str | None, bool]]:
        (line,) = found(
            numbered(16, "held", held, published=None), numbered(number, "planned", planned, published=None)
        )
        return [(step.unit, step.date or step.planned, bool(step.note)) for step in line.steps]

    assert steps("XXXX-10-11", 17, "2022-12") == [("16", "2022-10-11", True), ("17", "2022-12", False)]
    assert steps("XXXX-12-11", 17, "2022-03")[0] == ("16", "2021-12-11", True)
    assert ("16", "XXXX-12-11", False) in steps("XXXX-12-11", 18, "2022-03")


def test_a_step_whose_day_passed_says_over_what_was_looked() -> None:
    late = [step for step in cycle("2024-01-01").steps if step.status == "no evidence"]
    assert [step.planned for step in late] == ["2022-12", "2023-04", "2023-09"]
    assert all("no evidence in 2 documents, the newest of 2024-01-01" in (step.note or "") for step in late)


def test_a_visit_with_what_took_place_in_it() -> None:
    page = Page("v", "2017-05-20")
    who, state = page.actor("Lê Văn Thử"), page.state("Mỹ", "US")
    visit = page.engagement("Lê Văn Thử thăm Mỹ", who, state, kind="visit", place="Mỹ", date="2017-05-29/2017-05-31",
                            status="planned")  # fmt: skip
    talk = page.engagement("hội đàm", who, page.actor("Trần Văn Mẫu"), date="2017-05-31", status="planned")
    talk.statements += page.fact("position", "", ("part_of", page.records.index(visit))).statements
    (programme,) = found(page)
    assert programme.kind == "visit" and [step.kind for step in programme.steps] == ["visit", "meeting"]


def test_a_programme_is_found_by_its_name_its_unit_or_its_id_and_near_names_are_offered() -> None:
    ways = found(*hospital(), numbered(16, "held", "2022-10-11"), numbered(15, "held", "2022-03-11"))
    assert [p.kind for p in by_name("deployment-VN-level_2_hospital", ways)[0]] == ["deployment"]
    assert [p.kind for p in by_name("benh vien da chien", ways)[0]] == ["deployment"]
    assert [p.kind for p in by_name("rà phá bom mìn", ways)[0]] == ["series"]
    assert by_name("hội nghị thủy sản", ways)[0] == []
    assert by_name("chuyên gia bom đạn", ways)[1]


def test_nothing_planned_is_no_programme() -> None:
    assert found() == [] and found(Page("a")) == []


PAGE = """Sáng 10/3/2031, tại Hà Nội, Bộ trưởng Lê Văn Thử đã dự Hội nghị Bộ trưởng Thủy sản ASEAN lần thứ 7.

Theo kế hoạch, Bộ trưởng Lê Văn Thử sẽ dự Hội nghị Bộ trưởng Thủy sản ASEAN lần thứ 8 vào tháng 9/2031.
"""


def test_the_command_lists_shows_and_offers(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    register = ["--register", str(tmp_path / "r.db")]
    run = CliRunner()
    assert run.invoke(main, ["read", str(tmp_path / "page.txt"), *register]).exit_code == 0
    (row,) = json.loads(run.invoke(main, ["programme", "--json", *register]).output)
    assert [(step["unit"], step["status"]) for step in row["steps"]] == [("7", "held"), ("8", "planned")]
    said = row["steps"][1]["told"][0]
    assert PAGE[said["start"] : said["end"]] == said["quote"]
    shown = run.invoke(main, ["programme", "Thủy sản", *register])
    assert shown.exit_code == 0 and "page.txt" in shown.output
    unknown = run.invoke(main, ["programme", "chương trình không ai biết", *register])
    assert unknown.exit_code == 1 and "in the 1 documents" in unknown.output

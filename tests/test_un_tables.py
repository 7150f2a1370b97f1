"""The UN's tables: small ones made here in three layouts, and the 23 real ones where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.errors import BadInput
from servanda.intake.un_tables import OfficialRow, OfficialTable, read_tables
from servanda.intake.un_tables.terms import column_of, country_code

REAL = Path(__file__).parents[2] / "shared" / "reference" / "un_contributions"
needs_tables = pytest.mark.skipif(not REAL.is_dir(), reason=f"the UN's tables are not at {REAL}")

Page = list[tuple[float, float, str]]


def write_pdf(path: Path, pages: list[Page], made: str = "D:20200110000000Z") -> Path:
    """A PDF with these words at these places (x, y from the foot), one list a page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for cells in pages:
        stream = "".join(f"BT /F 8 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in cells)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}endstream")
        fonts = f"/Resources << /Font << /F 3 0 R >> >> /Contents {len(objects)} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] {fonts} >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< /CreationDate ({made}) >>")
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    )
    path.write_bytes((body + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}").encode("latin-1"))
    return path


def columns(y: float, *cells: tuple[float, str]) -> Page:
    return [(x, y, text) for x, text in cells if text]


HEAD = [(30, "Mission"), (122, "Country"), (239, "Personnel Type"), (347, "Male"), (421, "Female"), (510, "Total")]


def row(y: float, kind: str, male: int, female: int, total: int | None = None) -> Page:
    figures = (male, female, male + female if total is None else total)
    return columns(y, (239, kind), *zip((352, 430, 515), map(str, figures), strict=True))


def by_mission(*, total: str = "12", pages: int = 2) -> list[Page]:
    """A block of three rows with its label in the middle, which goes on overleaf."""
    head = columns(800, (300, "As of: 31/12/2024")) + columns(740, *HEAD)
    first = head + columns(720, (30, "UNMIX"))
    first += row(700, "Experts on Mission", 2, 0) + row(680, "Staff Officer", 1, 1) + row(660, "Troops", 3, 0)
    first += columns(680, (122, "Viet Nam")) + columns(640, (122, "Ghana")) + row(640, "Troops", 1, 0)
    first += columns(40, (300, f"Page 1 of {pages}"))
    second = head + row(700, "Individual Police", 1, 0) + row(680, "Troops", 2, 1) + columns(690, (122, "Ghana"))
    second += columns(660, (30, "Total UNMIX"), (352, "10"), (430, "2"), (515, total))
    second += columns(640, (30, "Grand Total"), (352, "10"), (430, "2"), (515, total))
    second += columns(40, (300, f"Page 2 of {pages}"))
    return [first, second]


def the_table(path: Path) -> OfficialTable:
    (table,) = read_tables(path)
    return table


def test_a_label_in_the_middle_of_its_rows_names_them_all_also_overleaf(tmp_path: Path) -> None:
    table = the_table(write_pdf(tmp_path / "a.pdf", by_mission()))
    assert (table.as_of, table.dated) == ("2024-12-31", "printed")
    assert [(r.country, r.personnel_type, r.total) for r in table.rows] == [
        ("VN", "Experts on Mission", 2), ("VN", "Staff Officers", 2), ("VN", "Troops", 3),
        ("GH", "Troops", 1), ("GH", "Individual Police", 1), ("GH", "Troops", 3),
    ]  # fmt: skip
    assert table.rows[1] == OfficialRow("2024-12-31", "VN", "Viet Nam", "UNMIX", "Staff Officers", 1, 1, 2)


def test_by_country_with_a_label_cut_off_and_numbers_of_four_digits(tmp_path: Path) -> None:
    head = columns(
        740, (49, "Country"), (183, "Mission"), (285, "POST"), (435, "MALE"), (484, "FEMALE"), (545, "TOTAL")
    )
    page = columns(760, (300, "30/06/2017")) + head
    page += columns(720, (33, "1"), (49, "Bosnia and Herzegovina")) + columns(705, (183, "UNMIX"))
    page += columns(690, (287, "Contingent Troops"), (449, "1,200"), (507, "4"), (562, "1,204"))
    page += columns(675, (485, "UNMIX"), (562, "1,204"))
    page += columns(655, (339, "Bosnia and Herzeg"), (449, "1,200"), (507, "4"), (562, "1,204"))
    whole = write_pdf(
        tmp_path / "b.pdf", [page + columns(630, (49, "Grand Total"), (449, "1,200"), (507, "4"), (562, "1,204"))]
    )
    assert the_table(whole).rows == (
        OfficialRow("2017-06-30", "BA", "Bosnia and Herzegovina", "UNMIX", "Contingent Troops", 1200, 4, 1204),
    )
    with pytest.raises(BadInput, match=r"c\.pdf: cut off: no total after"):
        read_tables(write_pdf(tmp_path / "c.pdf", [page]))


def wide() -> list[Page]:
    head = columns(
        740, (33, "Country"), (126, "Mission"), (214, "UNPOL M"), (277, "UNPOL F"), (335, "FPU M"), (390, "FPU F")
    )
    page = columns(790, (87, "Summary of Contribution")) + head + columns(715, (33, "Albania"))
    for y, label in ((700, "UNMIX"), (680, "Total by Country"), (660, "Grand Total")):
        page += columns(y, (126, label), (255, "2"), (318, "1"), (355, "0"), (408, "0"))
    return [page]


def test_a_table_with_a_column_a_kind_and_no_date(tmp_path: Path) -> None:
    table = the_table(write_pdf(tmp_path / "UN_2019_12.pdf", wide()))
    assert (table.as_of, table.dated) == ("2019-12-31", "worked out")
    assert table.rows == (OfficialRow("2019-12-31", "AL", "Albania", "UNMIX", "Individual Police", 2, 1, 3),)
    with pytest.raises(BadInput, match="prints no date; give it with --as-of"):
        read_tables(write_pdf(tmp_path / "UN_2018_05.pdf", wide()))
    (given,) = read_tables(tmp_path / "UN_2018_05.pdf", as_of="2018-05-31")
    assert given.dated == "given"


def test_what_cannot_be_right_is_refused_by_name_and_reason(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"t\.pdf: page 2: mission total of UNMIX: total 13, but its rows give 12"):
        read_tables(write_pdf(tmp_path / "t.pdf", by_mission(total="13")))
    with pytest.raises(BadInput, match="cut off: it says 3 pages and has 2"):
        read_tables(write_pdf(tmp_path / "p.pdf", by_mission(pages=3)))
    with pytest.raises(BadInput, match="cut off"):
        read_tables(write_pdf(tmp_path / "q.pdf", by_mission()[:1]))
    with pytest.raises(BadInput, match="no page has the head of a UN table"):
        read_tables(write_pdf(tmp_path / "n.pdf", [columns(700, (100, "A letter about peace"))]))
    (tmp_path / "x.pdf").write_bytes(b"not a PDF at all")
    with pytest.raises(BadInput, match="cannot be opened as a PDF"):
        read_tables(tmp_path / "x.pdf")
    with pytest.raises(BadInput, match="cannot be opened as a PDF"):
        read_tables(tmp_path / "absent.pdf")


CSV = """ID,Contributing_Country,Mission_Acronym,Personnel_Type,Female_Personnel,Male_Personnel,Last_Reporting_Date
1,Viet Nam,UNMIX,Troops,18,166,2025-06-30
2,Viet Nam,UNMIX,Individual Police,1,2,2025-06-30
3,Ghana,UNMIX,Formed Police Units,10,20,2025-05-31
"""


def test_csv_one_table_a_date(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(CSV, encoding="utf-8")
    may, june = read_tables(path)
    assert (may.as_of, len(june.rows)) == ("2025-05-31", 2)
    assert june.rows[0] == OfficialRow("2025-06-30", "VN", "Viet Nam", "UNMIX", "Troops", 166, 18, 184)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Contributing_Country", "Land", "no column for country"),
        ("18,166", "18", "line 2: cut off"),
        ("Viet Nam,UNMIX,Troops", "Atlantis,UNMIX,Troops", "line 2: unknown country 'Atlantis'"),
        ("Troops,18", "Troops,many", "line 2: 'many' is no number of people"),
        ("166,2025-06-30", "166,20177-06-30", "line 2: '20177-06-30' is no date"),
        (CSV, "", "no UN table"),
    ],
)
def test_csv_that_is_broken(tmp_path: Path, old: str, new: str, why: str) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(CSV.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput, match=why):
        read_tables(path)


def test_words_of_the_tables() -> None:
    assert country_code("Viet Nam") == "VN" and country_code("Côte d'Ivoire") == country_code("Cote d Ivoire") == "CI"
    assert country_code("Atlantis") is None
    assert column_of("MSO F") == "Staff Officers/female" and column_of("Remarks") is None


@pytest.fixture(scope="module")
def real() -> dict[str, OfficialTable]:
    return {path.stem[-7:]: the_table(path) for path in sorted(REAL.glob("*.pdf"))}


@needs_tables
def test_every_real_table_adds_up_and_is_dated_as_printed(real: dict[str, OfficialTable]) -> None:
    assert len(real) == 23
    odd = {name: t.as_of for name, t in real.items() if t.as_of[:7] != name.replace("_", "-")}
    assert odd == {"2015_03": "2015-04-30", "2020_06": "2022-06-30"}
    assert [name for name, t in real.items() if t.dated != "printed"] == ["2019_10"]
    assert real["2020_06"].rows == real["2022_06"].rows
    assert len(real["2019_12"].rows) == 1017, "the table prints how many rows it has"
    assert sum(r.total for r in real["2025_06"].rows) == 61299
    assert sum(r.female for r in real["2017_12"].rows) == 4275


@needs_tables
def test_no_country_has_two_rows_of_a_kind_in_a_mission(real: dict[str, OfficialTable]) -> None:
    for table in real.values():
        keys = [(r.country, r.mission, r.personnel_type) for r in table.rows]
        assert len(keys) == len(set(keys))


@needs_tables
def test_countries_stand_in_the_order_of_the_alphabet(real: dict[str, OfficialTable]) -> None:
    for name, table in real.items():
        if name > "2020_01" and name != "2020_12":
            for before, after in zip(table.rows, table.rows[1:], strict=False):
                assert (
                    before.mission != after.mission
                    or before.country_as_printed <= after.country_as_printed
                    or (
                        "Côte" in before.country_as_printed + after.country_as_printed
                        or "Tür" in before.country_as_printed + after.country_as_printed
                    )
                )


def figures(table: OfficialTable, **asked: str) -> dict[str, tuple[int, int]]:
    """Total and women by kind of personnel."""
    rows = [r for r in table.rows if all(getattr(r, key) == value for key, value in asked.items())]
    kinds = dict.fromkeys(r.personnel_type for r in rows)
    of = {kind: [r for r in rows if r.personnel_type == kind] for kind in kinds}
    return {kind: (sum(r.total for r in part), sum(r.female for r in part)) for kind, part in of.items()}


@needs_tables
def test_viet_nam(real: dict[str, OfficialTable]) -> None:
    assert figures(real["2025_06"], country="VN", mission="UNISFA") == {
        "Experts on Mission": (2, 1), "Individual Police": (3, 1), "Staff Officers": (6, 3), "Troops": (184, 18),
    }  # fmt: skip
    everything = [r for r in real["2025_06"].rows if r.country == "VN"]
    assert (sum(r.total for r in everything), sum(r.female for r in everything)) == (277, 44)
    police = [(r.mission, r.total) for r in everything if "Police" in r.personnel_type]
    assert police == [("UNISFA", 3), ("UNMISS", 6)]
    december = [r for r in real["2023_12"].rows if r.country == "VN"]
    missions = {m: sum(r.total for r in december if r.mission == m) for m in ("MINUSCA", "UNISFA", "UNMISS")}
    assert missions == {"MINUSCA": 8, "UNISFA": 192, "UNMISS": 74} and sum(r.female for r in december) == 37
    assert figures(real["2018_12"], country="VN") == {
        "Contingent Troops": (63, 10), "Experts on Mission": (5, 0), "Staff Officers": (5, 1),
    }  # fmt: skip
    assert {r.mission for r in real["2018_12"].rows} == {None}

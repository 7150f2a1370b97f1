"""Which mentions over documents are one actor, and who held which post when."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from told import Page, filed

from servanda.cli import main
from servanda.keep.actors import Actor, holders, identify
from servanda.keep.likeness import likeness
from servanda.keep.mentions import mentions
from servanda.keep.offices import office
from servanda.keep.sketches import drawn
from servanda.records import Judgement

STATES = {"Việt Nam": "VN", "Nhật Bản": "JP", "Pháp": "FR", "Hàn Quốc": "KR", "Ý": "IT"}


def page(source: str, name: str, post: str | None = None, *, published: str = "2017-06-01", other: str = "") -> Page:
    """A page that names one person with a post, all states of that post, and perhaps somebody else."""
    made = Page(source, published)
    for state, code in STATES.items():
        if post and state in post:
            made.state(state, code)
    made.actor(name, post=post)
    if other:
        made.actor(other)
    return made


def people(*pages: Page, judged: tuple[Judgement, ...] = ()) -> list[Actor]:
    return [actor for actor in identify(filed(*pages), judged).actors if actor.kind == "person"]


def documents(*pages: Page, judged: tuple[Judgement, ...] = ()) -> list[list[str]]:
    return [actor.documents for actor in people(*pages, judged=judged)]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Bộ trưởng Bộ Ngoại giao Việt Nam", "Bộ trưởng Ngoại giao Việt Nam"),
        ("Ngoại trưởng Nhật Bản", "tân Bộ trưởng Ngoại giao Nhật Bản"),
        ("Tổng Thư ký LHQ", "Tổng thư kí Liên Hiệp Quốc"),
        ("Chủ tịch Việt Nam", "Chủ tịch nước Cộng hòa Việt Nam"),
    ],
)
def test_two_wordings_are_one_office(a: str, b: str) -> None:
    assert office(a, STATES) == office(b, STATES)


def test_a_deputy_is_not_the_head_and_health_is_not_italy() -> None:
    assert office("Phó Thủ tướng Pháp", STATES) != office("Thủ tướng Pháp", STATES)
    assert not office("Phó Thủ tướng Pháp", STATES).one_holder
    assert office("Bộ trưởng Bộ Y tế", STATES).states == ()
    assert office("Đại sứ Pháp tại Việt Nam", STATES).state == "FR"


def test_a_name_in_any_order_with_one_post_is_one_person() -> None:
    post = "trưởng nhóm chuyên gia Nhật Bản"
    assert documents(page("a", "Matsuzawa Tomoko", post), page("b", "Tomoko Matsuzawa", post)) == [["a", "b"]]


def test_accents_may_be_left_out_but_not_changed() -> None:
    post = "Thứ trưởng Quốc phòng Việt Nam"
    assert documents(page("a", "Lê Văn Hùng", post), page("b", "Le Van Hung", post)) == [["a", "b"]]
    assert documents(page("a", "Lê Văn Hùng", post), page("b", "Lê Văn Hưng", post)) == [["a"], ["b"]]


def test_a_name_alone_makes_nobody_one() -> None:
    assert documents(page("a", "Nguyễn Văn Mẫu"), page("b", "Nguyễn Văn Mẫu")) == [["a"], ["b"]]
    assert documents(page("a", "Nguyễn Văn Mẫu", "Giám đốc"), page("b", "Nguyễn Văn Mẫu", "Đại tá")) == [["a"], ["b"]]


def test_two_people_of_one_name_and_two_states_stay_apart() -> None:
    pages = page("a", "Kim Min Soo", "Đại sứ Hàn Quốc tại Việt Nam"), page("b", "Kim Min Soo", "Đại sứ Nhật Bản")
    assert documents(*pages) == [["a"], ["b"]]


def test_posts_that_nobody_holds_at_one_time_keep_apart() -> None:
    pages = page("a", "Jean Dupont", "Tổng thống Pháp"), page("b", "Jean Dupont", "Đại sứ Pháp tại Việt Nam")
    assert documents(*pages) == [["a"], ["b"]]


def test_a_bare_short_name_joins_by_its_post_only() -> None:
    known = page("a", "Jean Dupont", "Thủ tướng Pháp")
    assert documents(known, page("b", "Dupont", "Thủ tướng Pháp")) == [["a", "b"]]
    assert documents(known, page("b", "Dupont")) == [["a"], ["b"]]


def test_bare_family_names_join_nobody_else() -> None:
    post = "Đại sứ Việt Nam tại Pháp"
    pages = page("a", "Nguyễn Thanh Mẫu", post), page("b", "Nguyễn Thị Thử", post), page("c", "Nguyễn", post)
    assert sorted(map(len, documents(*pages))) == [1, 2]


def test_company_speaks_for_a_person_without_a_post() -> None:
    def with_company(source: str, *others: str) -> Page:
        made = page(source, "Nguyễn Văn Mẫu")
        for other in others:
            made.actor(other, "organisation")
        return made

    staff = ("Trung tâm Mẫu", "Đội Công binh Thử", "Viện Quân y Thử")
    together = [names for names in documents(with_company("a", *staff), with_company("b", *staff)) if len(names) > 1]
    assert together == [["a", "b"]]


def test_a_likeness_explains_itself() -> None:
    post = "Thủ tướng Pháp"
    found_there = mentions(filed(page("a", "Jean Dupont", post), page("b", "Dupont Jean", post)))
    a, b = (drawn(mention) for mention in found_there if mention.who.kind == "person")
    found = likeness(a, b)
    assert found and found.score == pytest.approx(sum(part for _, _, part in found.table()), abs=0.01)
    assert {"name", "office", "state"} <= set(found.features)


def test_judgements_go_first_and_can_be_undone() -> None:
    pages = page("a", "Jean Dupont", "Thủ tướng Pháp"), page("b", "Jean Dupont", "Thủ tướng Pháp")
    keys = [actor.mentions[0].key for page_ in pages for actor in people(page_)]
    apart = Judgement(1, "not_same", keys[0], keys[1], None, None, "Mai", "2024-01-01")
    undone = Judgement(1, "not_same", keys[0], keys[1], None, None, "Mai", "2024-01-01", None, "Mai", "2024-01-02")
    assert documents(*pages, judged=(apart,)) == [["a"], ["b"]]
    assert documents(*pages, judged=(undone,)) == [["a", "b"]]
    strangers = page("a", "Jean Dupont"), page("b", "Ivan Mẫu")
    names = [actor.mentions[0].key for page_ in strangers for actor in people(page_)]
    same = Judgement(1, "same", names[0], names[1], None, None, "Mai", "2024-01-01")
    assert documents(*strangers, judged=(same,)) == [["a", "b"]]


def test_a_body_is_the_state_s_and_a_bare_one_of_many_states_nobody_s() -> None:
    def body(source: str, name: str) -> Page:
        made = Page(source)
        for state, code in STATES.items():
            if state in name:
                made.state(state, code)
        made.actor(name, "organisation")
        return made

    pages = body("a", "Bộ Quốc phòng Việt Nam"), body("b", "Bộ Quốc phòng Nhật Bản"), body("c", "Bộ Quốc phòng"), body(
        "d", "Bộ Quốc phòng"), body("e", "Bộ Quốc phòng Việt Nam")  # fmt: skip
    bodies = [actor.documents for actor in identify(filed(*pages)).actors if actor.kind == "organisation"]
    assert bodies == [["a", "e"], ["b"], ["c"], ["d"]]


def test_a_post_resolves_to_its_holder_at_the_time() -> None:
    post = "Ngoại trưởng Hàn Quốc"
    seen = (("a", "Yun Mẫu", "2016-03-01"), ("b", "Yun Mẫu", "2017-05-20"), ("c", "Kang Thử", "2017-07-01"),
            ("d", "Kang Thử", "2018-02-01"))  # fmt: skip
    found = identify(filed(*(page(source, name, post, published=day) for source, name, day in seen)))
    then = holders(found, "Bộ trưởng Ngoại giao", state="KR", on="2017-01")
    assert [(h.name, h.days) for h in then.holders] == [("Yun Mẫu", 0)]
    assert [h.name for h in then.others] == ["Kang Thử"]
    near = holders(found, "Bộ trưởng Bộ Ngoại giao Hàn Quốc", on="2017-06-20")
    assert [(h.name, h.days) for h in near.holders] == [("Kang Thử", 11)]


def test_an_unknown_holder_is_said_to_be_unknown_over_what_was_read() -> None:
    found = identify(filed(page("a", "Jean Dupont", "Thủ tướng Pháp"), page("b", "Ivan Mẫu", published="2018-01-01")))
    asked = holders(found, "Thủ tướng", state="FR", on="2030-01")
    assert asked.holders == () and [h.name for h in asked.others] == ["Jean Dupont"]
    assert (asked.documents, asked.newest) == (2, "2018-01-01")


def test_posts_run_from_first_to_last_sighting() -> None:
    post = "Thủ tướng Pháp"
    (actor,) = people(page("a", "Jean Dupont", post, published="2017-06-01"),
                      page("b", "Jean Dupont", post, published="2016-02-03"))  # fmt: skip
    (tenure,) = actor.tenures()
    assert (tenure.first, tenure.last, tenure.state) == ("2016-02-03", "2017-06-01", "FR")
    assert {passage.source for _, passage in tenure.sightings} == {"a", "b"}


def test_the_command_names_the_holder_then_and_says_where_nobody_is_known(tmp_path: Path) -> None:
    seen = (("Yun Byung-se", "2016-05-02"), ("Kang Kyung-wha", "2018-05-02"))
    words = "{0} phát biểu\n\nNgoại trưởng Hàn Quốc {0} đã có bài phát biểu tại Seoul."
    pages = [{"id": name, "url": f"https://example.org/{day}", "published": day, "text": words.format(name)}
             for name, day in seen]  # fmt: skip
    dump, register = tmp_path / "pages.jsonl", str(tmp_path / "r.db")
    dump.write_text("\n".join(map(json.dumps, pages)), encoding="utf-8")
    run = CliRunner()
    assert run.invoke(main, ["read", str(dump), "--register", register]).exit_code == 0
    asked = ["holder", "Bộ trưởng Ngoại giao", "--state", "KR", "--register", register]
    (found,) = json.loads(run.invoke(main, [*asked, "--on", "2016-05", "--json"]).stdout)
    assert [it["name"] for it in found["holders"]] == ["Yun Byung-se"]
    assert [it["name"] for it in found["others"]] == ["Kang Kyung-wha"]
    assert "not known: 2 documents, the newest of 2018-05-02" in run.invoke(main, [*asked, "--on", "1990"]).stdout

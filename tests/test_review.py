"""What people decide: it is asked in order of harm, applied to the answers, and survives every re-reading."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from servanda import Document, answers, read
from servanda.answers.assembly import bring_up_to_date, doubted
from servanda.errors import NotFound, Overtaken, Refused
from servanda.keep import assemble, reviewing
from servanda.keep.judged import Judged
from servanda.keep.statements import records
from servanda.records import Filed
from servanda.review import (
    Choice,
    Created,
    Question,
    create,
    decide,
    gathering,
    judgement_rows,
    open_questions,
    question,
    undo,
)
from servanda.store import Register, decided, file, filed, judge, open_register, sheet, withdraw
from servanda.types import Reading

VISIT = """Bộ trưởng Ngoại giao thăm Iran

Ngày 26/2/2024, tại Genève, Bộ trưởng Ngoại giao Bùi Thanh Sơn gặp Bộ trưởng Ngoại giao Iran Hossein Amir-Abdollahian.

Bộ trưởng Bùi Thanh Sơn đề nghị Iran tạo điều kiện cho doanh nghiệp Việt Nam. Bộ trưởng Hossein Amir-Abdollahian \
mời Bộ trưởng Bùi Thanh Sơn thăm Iran.
"""


@pytest.fixture
def register(address: str) -> Iterator[Register]:
    with open_register(address, create=True, as_release="0.1.0+a") as opened:
        yield opened


def keep(register: Register, *documents: Document, change: Callable[[Reading], None] = lambda reading: None) -> None:
    """File documents as read now; `change`: as another release would read them."""
    sheets = []
    for document in documents:
        reading = read(document)
        change(reading)
        sheets.append(sheet(document, reading, records(reading, document.text)))
    file(register, sheets)


def reread(address: str, *documents: Document, change: Callable[[Reading], None]) -> Register:
    """The register after a newer release has read these documents."""
    opened = open_register(address, as_release="0.2.0+b")
    keep(opened, *documents, change=change)
    return opened


def judged(register: Register) -> list[Filed]:
    people = Judged(decided(register))
    return [people.document(it) for it in filed(register, (*assemble.NEEDS, "plan", "date"))]


def acts(register: Register, kind: str = "REQUEST") -> list[dict[str, Any]]:
    return [it for it in assemble.acts(judged(register)) if it["type"] == kind]


def meeting(register: Register) -> dict[str, Any]:
    (found,) = [it for it in assemble.engagements(judged(register)) if it["kind"] == "meeting"]
    return found


def one(register: Register, about: str, words: str = "") -> Question:
    """The first open question about such a thing on these words."""
    found = (question(register, it.address) for it in open_questions(register).entries if it.about == about)
    return next(it for it in found if words in it.parts[0].quote)


def asked(register: Register) -> list[str]:
    return [it.about for it in open_questions(register).entries]


def test_undertakings_come_before_facts_and_thanks_last(register: Register, news: str) -> None:
    keep(register, Document(VISIT, "a.txt"), Document(news, "b.txt"))
    found = open_questions(register)
    assert found.looked_at[0] == 2
    assert [it.harm for it in found.entries] == sorted((it.harm for it in found.entries), reverse=True)
    first, thanks = (
        next(n for n, it in enumerate(found.entries) if it.about == about) for about in ("undertaking", "act")
    )
    assert first < thanks
    assert question(register, found.entries[thanks].address).parts[0].read["type"] == ["SUPPORT"]


def test_a_question_shows_the_words_in_their_text(register: Register) -> None:
    keep(register, Document(VISIT, "a.txt"))
    asked = one(register, "undertaking", "tạo điều kiện")
    (part,) = asked.parts
    assert part.before + part.quote + part.after == VISIT
    assert VISIT[part.start : part.end] == part.quote and part.source == "a.txt"
    assert part.read["speaker"] == ["Bùi Thanh Sơn"] and asked.marks == []
    assert "REQUEST" in asked.fields["type"] and asked.fields["due"] == ()


def test_confirmed_is_not_asked_again_and_rejected_is_out_of_the_answers_until_undone(register: Register) -> None:
    keep(register, Document(VISIT, "a.txt"))
    first, before = one(register, "undertaking", "tạo điều kiện"), len(acts(register))
    number = decide(register, first.entry.address, Choice("confirmed"), by="Lan")
    assert first.entry.address not in [it.address for it in open_questions(register).entries]
    undo(register, number, by="Lan")
    number = decide(register, first.entry.address, Choice("rejected", reason="chỉ là lời chào"), by="Minh")
    assert len(acts(register)) == before - 1
    (row,) = judgement_rows(register, undone=False)
    assert (row["by"], row["kind"], row["reason"]) == ("Minh", "rejected", "chỉ là lời chào")
    assert row["saw"][0]["quote"] == first.parts[0].quote
    assert undo(register, number, by="Lan").undone_by == "Lan"
    assert len(acts(register)) == before and len(judgement_rows(register)) == 2


def test_a_corrected_field_keeps_the_pages_words_and_says_who_corrected_it(register: Register) -> None:
    keep(register, Document(VISIT, "a.txt"))
    it = one(register, "engagement", "gặp")
    decide(register, it.entry.address, Choice("corrected", property="date", value="2024-02-25"), by="Lan")
    decide(register, it.entry.address, Choice("corrected", property="participant", value="Nguyễn Văn Thử",
                                              was="Bùi Thanh Sơn"), by="Lan")  # fmt: skip
    row = meeting(register)
    assert row["date"] == "2024-02-25" and row["evidence"][0]["quote"] == it.parts[0].quote
    assert "Nguyễn Văn Thử" in [p["name"] for p in row["participants"]]
    assert "Bùi Thanh Sơn" not in [p["name"] for p in row["participants"]]
    marks = Judged(decided(register)).marks(row["id"])
    assert [(m["property"], m["was"], m["value"], m["by"]) for m in marks] == [
        ("date", "2024-02-26", "2024-02-25", "Lan"), ("participant", "Bùi Thanh Sơn", "Nguyễn Văn Thử", "Lan"),
    ]  # fmt: skip
    again = question(register, it.entry.address).parts[0]
    assert again.read["date"] == ["2024-02-26"] and again.now["date"] == ["2024-02-25"]


@pytest.mark.parametrize(
    "choice",
    [
        Choice("corrected", property="date", value="năm 20177"),
        Choice("corrected", property="date", value="20177-01-01"),
        Choice("corrected", property="kind", value="party"),
        Choice("corrected", property="words", value="x"),
        Choice("corrected", property="kind", value=""),
        Choice("corrected", property="participant", value="Nam", was="Ai đó"),
        Choice("status", value="kept"),
        Choice("same"),
    ],
)
def test_decisions_that_make_no_sense_are_refused_and_nothing_is_kept(register: Register, choice: Choice) -> None:
    keep(register, Document(VISIT, "a.txt"))
    address = one(register, "engagement", "gặp").entry.address
    with pytest.raises(Refused):
        decide(register, address, choice, by="Lan")
    with pytest.raises(Refused):
        decide(register, address, Choice("confirmed"), by=" \n ")
    assert decided(register, undone=True) == []


def test_what_does_not_exist_is_not_found(register: Register) -> None:
    keep(register, Document(VISIT, "a.txt"))
    for address in ("act:0", "merge:0", "judgement:99", "judgement:x", "nothing", "undertaking:", "outcome:a~b"):
        with pytest.raises(NotFound):
            question(register, address)


def test_two_people_at_once_do_not_overwrite_each_other(register: Register, address: str) -> None:
    keep(register, Document(VISIT, "a.txt"))
    shown = one(register, "undertaking", "tạo điều kiện")
    until, said = shown.looked.until, []
    ready = threading.Barrier(2)

    def person(name: str, kind: str) -> None:
        with open_register(address, as_release="0.1.0+a") as own:
            ready.wait()
            try:
                decide(own, shown.entry.address, Choice(kind, until=until), by=name)
                said.append(f"{name} {kind}")
            except Overtaken as error:
                said.append(str(error))

    people = [threading.Thread(target=person, args=it) for it in (("Lan", "confirmed"), ("Minh", "rejected"))]
    for it in people:
        it.start()
    for it in people:
        it.join()
    assert len(decided(register, undone=True)) == 1
    first, told = sorted(said, key=len)
    assert told.startswith(f"{first.split()[0]} decided: {first.split()[1]}") and "look again" in told


def test_a_status_that_a_person_sets_goes_before_what_documents_show(register: Register) -> None:
    from servanda.keep.follow import ledger
    from servanda.keep.resolve import resolve
    from servanda.keep.telling import tellings

    keep(register, Document(VISIT, "a.txt"))
    it = one(register, "undertaking", "tạo điều kiện")
    decide(register, it.entry.address, Choice("status", value="refused", reason="theo điện mật"), by="Lan")
    documents, people = judged(register), Judged(decided(register))
    found = people.outcomes(ledger(documents, resolve(tellings(documents)).engagements))
    (u,) = [u for u in found if "tạo điều kiện" in u.what]
    assert u.status == "refused" and "decided by Lan" in u.history[-1] and "theo điện mật" in u.history[-1]
    with pytest.raises(Refused):
        decide(register, it.entry.address, Choice("status", value="almost"), by="Lan")


def test_one_engagement_is_split_and_two_are_united(register: Register) -> None:
    from servanda.keep.resolve import resolve
    from servanda.keep.telling import tellings

    def engagements() -> list[list[str]]:
        documents, people = judged(register), Judged(decided(register))
        found = resolve(tellings(documents), people.pairs()).engagements
        return [[t.source for t in e.tellings] for e in found if e.first.kind == "meeting"]

    keep(
        register,
        *(Document(VISIT.replace("Genève", place), f"{place}.txt") for place in ("Genève", "Geneva", "Hà Nội")),
    )
    (met,) = engagements()
    it = next(q for e in open_questions(register).entries if len((q := question(register, e.address)).parts) > 1
              and e.about == "engagement")  # fmt: skip
    address, apart = it.entry.address, it.parts[1]
    number = decide(register, address, Choice("not_same", telling=apart.key), by="Lan")
    assert sorted(map(len, engagements())) == [1, len(met) - 1]
    undo(register, number, by="Lan")
    assert engagements() == [met]
    with pytest.raises(Refused):
        decide(register, address, Choice("not_same", telling="0"), by="Lan")


def missing(reading: Reading) -> None:
    reading.acts = []


def another_speaker(reading: Reading) -> None:
    for act in reading.acts:
        act.speaker, act.addressee = act.addressee or act.speaker, act.speaker


def otherwise_dated(reading: Reading) -> None:
    for engagement in reading.engagements:
        engagement.date = "2024-02-20"


def test_what_was_confirmed_outlives_a_release_that_no_longer_reads_it(register: Register, address: str) -> None:
    document = Document(VISIT, "a.txt")
    keep(register, document)
    it = one(register, "undertaking", "tạo điều kiện")
    decide(register, it.entry.address, Choice("confirmed"), by="Lan")
    with reread(address, document, change=missing) as newer:
        (kept,) = acts(newer)
        assert kept["id"] == it.parts[0].key and kept["evidence"][0]["quote"] == it.parts[0].quote
        assert kept["speaker"]["name"] == "Bùi Thanh Sơn"
        first = open_questions(newer).entries[0]
        assert (first.about, first.why[0][0]) == ("judgement", "lost")
        decide(newer, first.address, Choice("renew"), by="Minh")
        assert "judgement" not in asked(newer) and len(acts(newer)) == 1
        assert [(j.by, j.undone_by) for j in decided(newer, undone=True)] == [("Lan", "Minh"), ("Minh", None)]


def test_what_was_rejected_stays_out_and_is_asked_about_where_it_reads_otherwise(
    register: Register, address: str
) -> None:
    document = Document(VISIT, "a.txt")
    keep(register, document)
    it = one(register, "undertaking", "tạo điều kiện")
    decide(register, it.entry.address, Choice("rejected"), by="Lan")
    left = len(acts(register))
    with reread(address, document, change=another_speaker) as newer:
        assert len(acts(newer)) == left
        entry = open_questions(newer).entries[0]
        assert (entry.about, entry.why[0][0]) == ("judgement", "changed")
        shown = question(newer, entry.address)
        assert shown.parts[0].stands == "changed" and shown.judgement and shown.judgement.by == "Lan"
        decide(newer, entry.address, Choice("undo"), by="Minh")
        assert len(acts(newer)) == left + 1 and "judgement" not in asked(newer)
    with reread(address, document, change=missing) as newer:  # a reading that agrees asks nothing
        assert "judgement" not in asked(newer)


def test_a_correction_stands_over_every_reading_and_is_settled_when_the_reader_agrees(
    register: Register, address: str
) -> None:
    document = Document(VISIT, "a.txt")
    keep(register, document)
    it = one(register, "engagement", "gặp")
    decide(register, it.entry.address, Choice("corrected", property="date", value="2024-02-20"), by="Lan")
    decide(register, it.entry.address, Choice("corrected", property="place", value="Genève, Thụy Sĩ"), by="Lan")
    with reread(address, document, change=otherwise_dated) as newer:
        row = meeting(newer)
        assert (row["date"], row["place"]) == ("2024-02-20", "Genève, Thụy Sĩ")
        entries = [e for e in open_questions(newer).entries if e.about == "judgement"]
        assert [json.loads(question(newer, e.address).judgement.value)["property"] for e in entries] == ["place"]  # type: ignore[union-attr, arg-type]


def test_a_decision_follows_its_words_into_a_newer_text_and_says_when_they_are_gone(register: Register) -> None:
    keep(register, Document(VISIT, "a.txt"))
    wrong = one(register, "undertaking", "tạo điều kiện")
    right = one(register, "undertaking", "mời")
    decide(register, wrong.entry.address, Choice("rejected"), by="Lan")
    decide(register, right.entry.address, Choice("confirmed"), by="Lan")
    left = len(acts(register))
    keep(register, Document(f"(Cập nhật)\n\n{VISIT}", "a.txt"))  # other offsets, other keys
    assert len(acts(register)) == left
    assert "judgement" not in asked(register)
    still = [question(register, it.address).parts[0].quote for it in open_questions(register).entries]
    assert right.parts[0].quote not in still
    keep(register, Document(VISIT.split("mời")[0] + "chào tạm biệt.\n", "a.txt"))
    entry = open_questions(register).entries[0]
    assert (entry.about, entry.why[0][0]) == ("judgement", "gone")
    shown = question(register, entry.address)
    assert shown.parts[0].quote == right.parts[0].quote and shown.parts[0].stands == "gone"


def test_a_status_that_rests_on_a_withdrawn_document_does_not_stand(register: Register) -> None:
    from servanda.keep.follow import ledger
    from servanda.keep.resolve import resolve
    from servanda.keep.telling import tellings

    keep(register, Document(VISIT, "a.txt"), Document("Ngày 5/9/2024, Bùi Thanh Sơn thăm Iran.\n", "b.txt"))
    invitation = one(register, "undertaking", "mời")
    told = next(r for d in filed(register, ("engagement",)) if d.source == "b.txt" for r in d.records.values())
    address = f"outcome:{invitation.parts[0].key}~{told.key}"
    decide(register, address, Choice("status"), by="Lan")

    def status() -> str:
        documents, people = judged(register), Judged(decided(register))
        found = people.outcomes(
            ledger(documents, resolve(tellings(documents)).engagements), {d.source for d in documents}
        )
        return next(u.status for u in found if "mời" in u.what)

    assert status() == "kept"
    withdraw(register, "b.txt", by="Lan", reason="rút bài")
    assert status() != "kept"
    entry = open_questions(register).entries[0]
    assert (entry.about, entry.why[0][0]) == ("judgement", "gone")


def test_a_fact_that_the_reader_missed_is_entered_on_its_words(register: Register, address: str) -> None:
    document = Document(VISIT, "a.txt")
    keep(register, document)
    words = "Bộ trưởng Ngoại giao thăm Iran"
    fact = Created(
        "engagement", "a.txt", words, {"kind": "visit", "status": "planned", "participant": ["Bùi Thanh Sơn"]}
    )
    create(register, fact, by="Lan")
    row = next(it for it in assemble.engagements(judged(register)) if it["rule"] == "by hand")
    assert row["evidence"][0] == {"source": "a.txt", "start": 0, "end": len(words), "quote": words}
    assert row["participants"][0]["name"] == "Bùi Thanh Sơn"
    with reread(address, document, change=missing) as newer:
        assert any(it["id"] == row["id"] for it in assemble.engagements(judged(newer)))
        assert "judgement" not in asked(newer)
    for bad in (Created("engagement", "a.txt", "không có", {"kind": "visit", "status": "held"}),
                Created("engagement", "a.txt", "Iran", {"kind": "visit", "status": "held"}),
                Created("engagement", "a.txt", words, {"kind": "visit"}),
                Created("rumour", "a.txt", words)):  # fmt: skip
        with pytest.raises(Refused):
            create(register, bad, by="Lan")
    with pytest.raises(NotFound):
        create(register, Created("engagement", "z.txt", words, {"kind": "visit", "status": "held"}), by="Lan")


def test_judgements_of_an_earlier_release_without_a_snapshot_still_hold(register: Register) -> None:
    keep(register, Document(VISIT, "a.txt"))
    (act,) = [it for it in acts(register) if "tạo điều kiện" in it["evidence"][0]["quote"]]
    judge(register, "rejected", act["id"], by="Lan", snapshot="not JSON")
    assert act["id"] not in [it["id"] for it in acts(register)]
    assert act["id"] not in [key for e in open_questions(register).entries for key in e.keys]


def test_a_large_register_asks_by_what_was_put_together(register: Register, news: str, monkeypatch: Any) -> None:
    from servanda.answers.assembly import bring_up_to_date
    from servanda.review import gathering, questions

    keep(register, Document(VISIT, "a.txt"), Document(news, "b.txt"))
    bring_up_to_date(register)
    together = {it.address for it in open_questions(register).entries if it.about not in ("outcome", "merge")}
    for module in (gathering, questions):
        monkeypatch.setattr(module, "FEW", 0)
    questions._held.clear()
    asked = open_questions(register).entries
    assert {it.address for it in asked} == together
    assert [it.harm for it in asked] == sorted((it.harm for it in asked), reverse=True)
    decide(register, asked[0].address, Choice("confirmed"), by="Lan")
    assert [it.address for it in open_questions(register).entries] == [it.address for it in asked[1:]]
    keep(register, Document(VISIT.replace("26/2", "27/2"), "c.txt"))
    bring_up_to_date(register)
    assert open_questions(register).looked_at[0] == 3


def test_a_large_register_keeps_what_is_likely_to_do_most_harm(register: Register, news: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(doubted, "LEAST", 0.0)
    keep(register, Document(VISIT, "a.txt"), Document(news, "b.txt"))
    bring_up_to_date(register)
    with register.reading() as connection:
        every = gathering._all_by_harm(connection)
        monkeypatch.setattr(gathering, "MOST", len(every))
        monkeypatch.setattr(gathering, "_all_by_harm", None)  # all are not gone through: enough is kept
        assert gathering._least_sure(connection) == every


def test_a_pair_is_one_question_whichever_is_named_first() -> None:
    turned = [reviewing.pair("merge", *keys, 0.9, "xy") for keys in (("b", "a"), ("a", "b"))]
    (asked,) = reviewing.queue(turned, Judged([]))
    assert (asked.id, asked.keys, asked.beside) == ("a+b", ("b",), ("a",))


def _people(register: Register) -> set[str]:
    """Who is called Mẫu, by id."""
    rows = answers.actors(register, kind="person", limit=None).rows
    return {row["id"] for row in rows if "mau" in row["id"]}


def test_two_who_may_be_one_person_are_asked_about_after_relations(register: Register, address: str) -> None:
    """One name without a post, once beside the same other: asked, and the answer stands until it is undone."""
    first = "Tin\n\nNgày 3/3/2017, Bộ trưởng Ngoại giao Phạm Bình Minh tiếp ông Nguyễn Văn Mẫu tại Hà Nội.\n"
    second = "Tin\n\nNgày 9/5/2017, ông Nguyễn Văn Mẫu cảm ơn Bộ trưởng Ngoại giao Phạm Bình Minh.\n"
    keep(register, Document(first, "a.txt", published="2017-03-04"), Document(second, "b.txt", published="2017-05-10"))
    entries = open_questions(register).entries
    (asked,) = [it for it in entries if it.about == "people"]
    assert asked.harm < max(it.harm for it in entries) and asked.harm <= 0.5
    assert answers.home(register)["review"] == sum(it.about in ("merge", "people") for it in entries) == 1
    seen = question(register, asked.address)
    assert [who["name"] for who in seen.people] == ["Nguyễn Văn Mẫu"] * 2
    assert seen.alike is not None and seen.alike.features["company"] > 0
    assert "Mẫu" in seen.parts[0].quote and seen.choices == ("same", "not_same")
    assert len(_people(register)) == 2
    number = decide(register, f"merge:{asked.id}", Choice("same"), by="Lan")  # as for any pair
    assert len(_people(register)) == 1 and not _asked_of_people(register)
    reread(address, Document(first, "a.txt", published="2017-03-04"), change=lambda reading: None)
    keep(register, Document(second.replace("9/5", "11/5"), "c.txt", published="2017-05-12"))
    assert len(_one(register, asked.id)) == 1 and asked.address not in _asked_of_people(register)
    undo(register, number, by="Lan")
    assert len(_one(register, asked.id)) == 2
    for address in _asked_of_people(register):
        decide(register, address, Choice("not_same"), by="Lan")
    assert not _asked_of_people(register) and answers.home(register)["review"] == 0


def _one(register: Register, pair: str) -> set[str]:
    """Who these two mentions are of."""
    first, second = pair.split("+")
    return {who["id"] for who in answers.two_people(register, first, second)[0]}


def _asked_of_people(register: Register) -> list[str]:
    return [it.address for it in open_questions(register).entries if it.about == "people"]

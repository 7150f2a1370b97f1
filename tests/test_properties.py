"""Whatever the text: the reader never raises, its spans hold, and twice the text takes about twice the time."""

from __future__ import annotations

import json
import signal
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servanda import Document, read
from servanda.folding import bare, fold
from servanda.types import Reading

CLAUSE = "Ngày 26/2/2024, Bộ trưởng Ngoại giao Bùi Thanh Sơn cảm ơn Nhật Bản đã cử 63 người tới UNMISS, "
PIECES = [
    "Bộ trưởng", "Ngoại giao", "Bùi Thanh Sơn", "ông", "Việt Nam", "Nhật Bản", "Liên hợp quốc", "UNMISS", "Nam Sudan",
    "hai bên", "cảm ơn", "đề nghị", "cam kết", "gặp", "hội đàm", "thăm", "sẽ", "chưa", "nếu", "và", ",", ".", ":", ";",
    "(", ")", "[", "]", "“", "”", '"', "...", "–", "\n", "\n\n", "ngày", "26/2", "từ", "đến", "19-20/11",
    "2024", "tháng",
    "Bệnh viện dã chiến cấp 2 số 1", "63", "lượt", "ký", "bản ghi nhớ", "Ảnh:", "Theo", "nghị quyết", "Title:", "99/99",
    "\u202e", "\u200b", "\u0301", "\ufeff", "\x00", "\ud800", "İ", "ﬁ", "ß", "𝔘𝔫", "🇻🇳", "שלום", "سلام",
]  # fmt: skip
WORDY = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)
GLUED = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
ANY = st.text(st.characters(), max_size=300)


def spans(reading: Reading):
    """Every span of a reading with what it belongs to."""
    facts = [*reading.noise, *reading.dates, *reading.engagements, *reading.acts, *reading.positions, *reading.plans,
             *reading.contributions, *reading.agreements]  # fmt: skip
    for fact in facts:
        yield fact, (fact.start, fact.end)
    for engagement in reading.engagements:
        yield from ((engagement, span) for span in engagement.told)
    for actor in reading.actors:
        yield from ((actor, span) for span in actor.mentions)
        yield from ((actor, (post.start, post.end)) for post in actor.posts)
    for passage in reading.quarantined:
        yield from spans(passage)


def assert_sound(text: str, reading: Reading) -> None:
    """Spans lie in the text, ids resolve, confidences are shares, and the reading can be written as JSON."""
    for owner, (start, end) in spans(reading):
        assert 0 <= start < end <= len(text), (owner, start, end, len(text))
    for passage in (reading, *reading.quarantined):
        assert_resolved(passage)
    json.dumps(asdict(reading))


def assert_resolved(reading: Reading) -> None:
    actors, engagements = {a.id for a in reading.actors}, {e.id for e in reading.engagements}
    assert len(actors) == len(reading.actors)
    assert len(engagements) == len(reading.engagements)
    for e in reading.engagements:
        assert {*e.participants, *e.roles} <= actors, e
        assert e.part_of is None or e.part_of in engagements - {e.id}, e
    for act in reading.acts:
        assert {act.speaker, act.addressee} - {None} <= actors, act
    for position in reading.positions:
        assert position.speaker in actors, position
    for plan in reading.plans:
        assert plan.by is None or plan.by in actors, plan
    for c in reading.contributions:
        assert {c.contributor, c.mission} - {None} <= actors, c
    for agreement in reading.agreements:
        assert set(agreement.parties) <= actors, agreement
    for fact in (*reading.engagements, *reading.acts, *reading.positions, *reading.contributions, *reading.agreements):
        assert fact.asserted_by is None or fact.asserted_by in actors, fact
        assert 0.0 <= fact.confidence <= 1.0, fact


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(ANY, WORDY, GLUED))
def test_any_text_is_read(text):
    assert_sound(text, read(Document(text, "any")))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORDY, st.sampled_from([None, "2024", "2024-02", "2024-02-26", "26/2/2024", "nonsense"]))
def test_any_given_date_is_taken(text, published):
    assert_sound(text, read(Document(text, "any", published=published)))


@given(st.one_of(ANY, WORDY, GLUED))
def test_folding_moves_no_offset(text):
    assert len(fold(text)) == len(bare(text)) == len(text)


@settings(max_examples=50, deadline=None)
@given(WORDY)
def test_reading_twice_gives_the_same(text):
    assert read(Document(text, "any")) == read(Document(text, "any"))


SHAPES = {
    "one clause again and again": CLAUSE,
    "one sentence again and again": CLAUSE.rstrip(", ") + ". ",
    "one paragraph again and again": CLAUSE.rstrip(", ") + ".\n\n",
    "only capitals": "VIỆT NAM VÀ NHẬT BẢN ",
    "only capitalised words": "Nguyễn Văn An ",
    "right to left": "\u202eשלום וברכה سلام عليكم ",
    "zero width": "Việt\u200b Nam\u200d gặp\ufeff Pháp ",
    "combining": "e\u0301\u0323\u0302 a\u0306\u0301 ",
    "NFD": unicodedata.normalize("NFD", CLAUSE),
    "opening brackets": "[(“",
    "dots": "...",
    "digits and slashes": "1/2/3/4-5-6 ",
    "numbers": "63 ",
    "spaces": " ",
    "line breaks": "\n",
    "one letter": "a",
    "one capital": "Đ",
    "noise": "Ảnh: A.B - Link vào nhà cái 0900 000 000 [Xem thêm] ",
    "names and verbs": "ông Sơn gặp bà Lan, ",
    "states in a row": "Pháp, Nhật Bản, Lào, ",
    "both sides": "hai bên nhất trí ",
    "posts": "Phó Chủ tịch Ủy ban Bộ trưởng ",
    "titles without names": "Bộ trưởng cảm ơn ông. Bà nói. ",
    "bodies and missions": "Bộ Ngoại giao Nga gặp Phái bộ UNMISS. ",
    "contributions": "Việt Nam đã cử 63 lượt sĩ quan tới UNMISS, ",
    "agreements": "Việt Nam và Lào ký bản ghi nhớ, ",
    "quotations": "“Chúng tôi cảm ơn Pháp”, ông Sơn nói. ",
    "questions": "Xin ông cho biết về Nga?\nÔng Sơn: Tôi tin. \n",
}


def shaped(shape: str, size: int) -> str:
    piece = SHAPES[shape]
    return piece * (size // len(piece))


def seconds(text: str) -> float:
    start = time.process_time()
    assert_sound_of(text)
    return time.process_time() - start


@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_linear(shape):
    """Four times the text takes less than eight times the time: a quadratic reader would take sixteen."""
    for _attempt in range(3):
        with at_most(60):
            short, long = seconds(shaped(shape, 25_000)), seconds(shaped(shape, 100_000))
        if long < max(0.2, 8 * short):
            return
    pytest.fail(f"{short:.2f} s for 25 kB, {long:.2f} s for 100 kB")


def test_five_megabytes_of_one_clause_are_read():
    """At the pace of 100 kB, give or take, and never the hours that a quadratic reader would take."""
    with at_most(120):
        assert_sound_of(shaped("one clause again and again", 5_000_000))


def assert_sound_of(text: str) -> None:
    assert_sound(text, read(Document(text, "long")))


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Fail where the block takes longer of a processor, whatever else the machine does meanwhile."""

    def stop(*_: object) -> None:
        pytest.fail(f"not done in {seconds} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)

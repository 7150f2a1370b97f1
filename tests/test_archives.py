"""Web archives and remote files: pages in one language, each by its address; a damaged record costs only itself."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from servanda.errors import BadInput
from servanda.intake import Intake
from servanda.types import Document

pytest.importorskip("fastwarc")
VIETNAMESE = (
    "Bộ trưởng Quốc phòng tiếp Phó Tổng thư ký Liên hợp quốc tại Hà Nội và cảm ơn sự giúp đỡ của Liên hợp quốc."
)
FRENCH = "Le ministre de la défense a reçu le secrétaire général adjoint des Nations unies à Paris ce mardi matin."


def page(words: str) -> bytes:
    body = "".join(f"<p>{words} ({n})</p>" for n in range(5))
    return f"<!DOCTYPE html><html><head><title>Tin</title></head><body><article>{body}</article></body></html>".encode()


def record(url: str, body: bytes, kind: str = "response", status: int = 200, media: str = "text/html") -> bytes:
    http = (
        f"HTTP/1.1 {status} OK\r\nContent-Type: {media}; charset=utf-8\r\n\r\n".encode() if kind == "response" else b""
    )
    of = "application/http; msgtype=response" if http else "text/plain"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{len(url):012}>\r\nContent-Type: {of}\r\n"
        f"Content-Length: {len(http) + len(body)}\r\n\r\n"
    )
    return head.encode() + http + body + b"\r\n\r\n"


def pages(count: int = 5) -> list[bytes]:
    return [record(f"https://bao.example/{n}", page(f"{VIETNAMESE} {n}")) for n in range(count)]


def take(path: Path | str, data: bytes | None = None) -> tuple[list[str], list[BadInput], Intake]:
    if data is not None:
        Path(path).write_bytes(data)
    intake = Intake([str(path)])
    found = list(intake)
    documents = [item.source for item in found if isinstance(item, Document)]
    return documents, [item for item in found if isinstance(item, BadInput)], intake


def test_pages_in_the_language_asked_for_come_by_their_address(tmp_path: Path) -> None:
    records = [
        *pages(2),
        record("https://journal.example/1", page(FRENCH)),
        record("https://bao.example/gone", page(VIETNAMESE), status=404),
        record("https://bao.example/photo", b"\xff\xd8", media="image/jpeg"),
        record("https://bao.example/", b"{}", kind="metadata"),
    ]
    documents, refused, intake = take(tmp_path / "a.warc", b"".join(records))
    assert documents == ["https://bao.example/0", "https://bao.example/1"] and not refused
    assert intake.other_language == 1
    (first, *_) = Intake([str(tmp_path / "a.warc")])
    assert isinstance(first, Document) and VIETNAMESE in first.text
    assert first.published is None and first.raw is not None, "the day of the crawl is no date of publication"


def test_every_language_can_be_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(pages(1)[0] + record("https://journal.example/1", page(FRENCH)))
    assert len(list(Intake([str(tmp_path / "a.warc")], languages=("vi", "fr")))) == 2


def test_extracted_texts_are_taken_as_they_are(tmp_path: Path) -> None:
    texts = [record("https://bao.example/1", VIETNAMESE.encode(), "conversion")]
    texts.append(record("https://journal.example/1", FRENCH.encode(), "conversion"))
    documents, refused, intake = take(tmp_path / "a.warc.wet.gz", gzip.compress(b"".join(texts)))
    assert documents == ["https://bao.example/1"] and not refused and intake.other_language == 1


@pytest.mark.parametrize("compressed", [True, False])
def test_a_damaged_record_costs_only_itself(tmp_path: Path, compressed: bool) -> None:
    records = [gzip.compress(it, mtime=0) for it in pages()] if compressed else pages()
    spoilt = bytearray(records[2])
    spoilt[:6] = spoilt[:3] + b"\0\0\0" if compressed else b"WORC/1"
    spoilt[40:60] = bytes(20)
    name = "a.warc.gz" if compressed else "a.warc"
    documents, refused, _ = take(tmp_path / name, b"".join([*records[:2], bytes(spoilt), *records[3:]]))
    assert documents == [f"https://bao.example/{n}" for n in (0, 1, 3, 4)]
    assert len(refused) == 1 and "damaged" in refused[0].reason and name in refused[0].source


@pytest.mark.parametrize("compressed", [True, False])
def test_an_archive_that_is_cut_off_is_reported_and_its_whole_records_are_kept(
    tmp_path: Path, compressed: bool
) -> None:
    records = [gzip.compress(it) for it in pages()] if compressed else pages()
    documents, refused, _ = take(tmp_path / ("a.warc.gz" if compressed else "a.warc"), b"".join(records)[:-150])
    assert documents == [f"https://bao.example/{n}" for n in range(4)]
    assert len(refused) == 1 and "damaged" in refused[0].reason


def test_a_record_longer_than_it_says_does_not_swallow_the_next(tmp_path: Path) -> None:
    one, two, three = pages(3)
    documents, refused, _ = take(
        tmp_path / "a.warc", one + two.replace(b"Content-Length: ", b"Content-Length: 9") + three
    )
    assert documents == ["https://bao.example/0", "https://bao.example/2"] and len(refused) == 1


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    documents, refused, _ = take(tmp_path / "a.warc", b"just some words\n" * 20)
    assert not documents and len(refused) == 1


def test_remote_files_are_read_like_local_ones(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    for name in ("a.txt", "b/c.txt", ".hidden.txt", "d.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(VIETNAMESE, encoding="utf-8")
    address = f"file://{tmp_path}"
    documents, refused, intake = take(address)
    assert documents == [f"{address}/a.txt", f"{address}/b/c.txt"] and not refused and intake.passed_over == 1
    assert intake.total() == 2 * len(VIETNAMESE.encode())


@pytest.mark.parametrize("address", ["file:///nowhere/at/all.txt", "nosuchscheme://a/b"])
def test_what_cannot_be_reached_is_refused_with_its_reason(address: str) -> None:
    documents, refused, intake = take(address)
    assert not documents and [it.source for it in refused] == [address] and intake.total() == 0

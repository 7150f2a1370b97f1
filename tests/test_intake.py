"""Intake: whatever form a text comes in, its words and offsets; what cannot be read is refused with its reason."""

from __future__ import annotations

import gzip
import io
import json
import unicodedata
from pathlib import Path

import pytest

from servanda.errors import BadInput
from servanda.intake import Intake, read_metadata
from servanda.intake.encodings import decode
from servanda.settings import LARGEST_DOCUMENT
from servanda.types import Document

WORDS = "Chiều nay, Bộ trưởng Ngoại giao đã tiếp Đại sứ và đề nghị hai nước tăng cường hợp tác gìn giữ hòa bình."


def take(*paths: object, stdin: bytes | None = None, metadata: Path | None = None) -> list[Document | BadInput]:
    stream = io.BufferedReader(io.BytesIO(stdin)) if stdin is not None else None  # type: ignore[type-var]
    return list(Intake([str(path) for path in paths], read_metadata(metadata) if metadata else None, stream))


def one(*paths: object, stdin: bytes | None = None) -> Document:
    (found,) = take(*paths, stdin=stdin)
    assert isinstance(found, Document), found
    return found


def refused(*paths: object, stdin: bytes | None = None) -> BadInput:
    (found,) = take(*paths, stdin=stdin)
    assert isinstance(found, BadInput)
    return found


def write(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_text_is_nfc_and_otherwise_untouched(tmp_path: Path) -> None:
    raw = "\ufeff  Hai bên \r\n\r\n" + unicodedata.normalize("NFD", WORDS) + "\n\n "
    document = one(write(tmp_path / "a.txt", raw))
    assert document.text == unicodedata.normalize("NFC", raw)
    assert document.source == str(tmp_path / "a.txt") and document.raw == raw.encode() and document.note is None


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_read_and_named(tmp_path: Path, name: str) -> None:
    document = one(write(tmp_path / "a.txt", WORDS.encode(name)))
    assert document.text == WORDS and "UTF" in (document.note or "")


def test_vni_is_recognised_by_its_syllables() -> None:
    text, note = decode("Quyeát taâm giöõ gìn hoøa bình vaø hôïp taùc giöõa hai nöôùc".encode("cp1252"), "a")
    assert text == "Quyết tâm giữ gìn hòa bình và hợp tác giữa hai nước" and "vni" in (note or "")


def test_windows_1258_is_recognised_by_its_syllables() -> None:
    marks = {"\u0300": b"\xcc", "\u0301": b"\xec", "\u0303": b"\xde", "\u0309": b"\xd2", "\u0323": b"\xf2"}
    data = b""
    for letter in WORDS:
        base, *tones = unicodedata.normalize("NFD", letter)
        tone = [mark for mark in tones if mark in marks]
        kept = unicodedata.normalize("NFC", base + "".join(mark for mark in tones if mark not in marks))
        data += kept.encode("cp1258") + b"".join(marks[mark] for mark in tone)
    text, note = decode(data, "a.txt")
    assert text == WORDS and "windows-1258" in (note or "")


def test_tables_of_one_byte_encodings_are_recognised() -> None:
    import yaml

    from servanda.intake import encodings

    for entry in yaml.safe_load(Path(encodings.__file__).with_name("encodings.yaml").read_text(encoding="utf-8")):
        if "table" in entry:
            places = {letter: 128 + n for n, letter in reversed(list(enumerate("".join(entry["table"]))))}
            data = bytes(places.get(letter) or ord(letter) for letter in WORDS)
            assert decode(data, "a.txt") == (WORDS, f"decoded from {entry['name']}: not UTF-8 (byte 3)")


def test_western_text_is_windows_1252_and_garbage_is_nothing() -> None:
    french = "Le ministre a déclaré : « la paix », à l’été, au siège de l’Organisation, devant les délégués réunis."
    assert decode(french.encode("cp1252"), "a")[0] == french
    for data in (bytes(range(128, 256)) * 9, WORDS.encode()[:-40] + b"\xc3" + WORDS.encode()[3:]):
        with pytest.raises(BadInput, match=r"not UTF-8 .* iconv"):
            decode(data, "a.txt")


def test_a_page_gives_its_article_its_metadata_and_its_bytes(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{WORDS} Đoạn {n}.</p>" for n in range(6))
    page = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Tiếp Đại sứ - Trang tin</title>
    <meta property="og:title" content="Tiếp &quot;Đại sứ&quot;"><meta property="og:site_name" content="Trang tin">
    <meta property="article:published_time" content="2019-03-12T08:00:00+07:00">
    <link rel="canonical" href="https://example.org/tin/1"></head>
    <body><nav><a href="/">Trang chủ</a></nav><article><h1>Tiếp "Đại sứ"</h1>{paragraphs}</article></body></html>"""
    document = one(write(tmp_path / "a.html", page))
    assert document.title == 'Tiếp "Đại sứ"' and document.publisher == "Trang tin"
    assert document.published == "2019-03-12" and document.raw == page.encode()
    assert document.text.startswith('Tiếp "Đại sứ"') and "Đoạn 5." in document.text
    assert one(write(tmp_path / "page", page)).text == document.text  # told by its first bytes


def test_a_page_without_a_date_has_none(tmp_path: Path) -> None:
    page = f"<html><body><article>{f'<p>{WORDS} Hôm 3/4/2018.</p>' * 6}</article></body></html>"
    assert one(write(tmp_path / "a.html", page)).published is None


def test_a_declared_encoding_is_believed(tmp_path: Path) -> None:
    page = f'<html><head><meta charset="windows-1258"></head><body><article>{"<p>Ngày mai, hai bên</p>" * 9}</article>'
    data = page.replace("à", "a\u0300").encode("cp1258")
    assert "Ngày mai, hai bên" in one(write(tmp_path / "a.html", data)).text


def test_dumps_give_a_document_a_line_and_a_reason_for_every_other(tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {"text": WORDS, "url": "https://example.org/1", "title": "T", "publisher": "P", "published": "2017"}
        ),
        json.dumps({"text": WORDS, "id": 7, "published": 2017}),
        json.dumps({"text": WORDS}),
        "{not json",
        "[1]",
        '{"id": "x"}',
        '{"text": "  "}',
        '{"text": "a\\u0000b"}',
        '{"text": "a\\ud800b"}',
        "",
    ]
    for name, data in (
        ("a.jsonl", "\n".join(lines).encode()),
        ("b.jsonl.gz", gzip.compress("\n".join(lines).encode())),
    ):
        path = write(tmp_path / name, data)
        found = take(path)
        good, bad = found[:3], found[3:]
        assert [it.source for it in good] == ["https://example.org/1", f"{path}#7", f"{path}#3"]
        assert [it.published for it in good if isinstance(it, Document)] == ["2017", "2017", None]
        reasons = ("line 4 is not JSON", "line 5 is not a JSON object", "no text", "empty", "NUL", "surrogate")
        assert len(bad) == len(reasons)
        for it, reason in zip(bad, reasons, strict=True):
            assert isinstance(it, BadInput) and reason in it.reason and it.source.startswith(str(path))


def test_a_truncated_gzip_keeps_what_came_before(tmp_path: Path) -> None:
    import random

    texts = [f"{WORDS} {random.Random(n).random()}" for n in range(3000)]
    data = gzip.compress("\n".join(json.dumps({"text": text}) for text in texts).encode())
    *good, last = take(write(tmp_path / "a.jsonl.gz", data[: len(data) // 2]))
    assert len(good) > 100 and all(isinstance(it, Document) for it in good)
    assert isinstance(last, BadInput) and "cut off" in last.reason


def test_an_endless_line_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(50):
            file.write(b"a" * 2**20)
        file.write(b'"}\n' + json.dumps({"text": WORDS}).encode())
    first, second = take(path)
    assert isinstance(first, BadInput) and "line 1 is longer than 16 MB" in first.reason
    assert isinstance(second, Document)
    assert "longer than" in refused(write(tmp_path / "a.txt", b"a" * (LARGEST_DOCUMENT + 1))).reason


def test_what_is_no_text_is_refused_with_its_kind(tmp_path: Path) -> None:
    cases = {
        "empty.txt": (b" \n\t", "empty"),
        "a.pdf": (b"%PDF-1.7 \xff", "a PDF"),
        "a.docx": (b"PK\x03\x04\x14", "ZIP"),
        "noise.txt": (bytes(range(256)) * 40, "binary"),
        "bare.html": (b"<html><body></body></html>", "no article"),
    }
    for name, (data, reason) in cases.items():
        found = refused(write(tmp_path / name, data))
        assert reason in found.reason and found.source.endswith(name) and "\n" not in str(found)
    assert "no such file" in refused(tmp_path / "none.txt").reason
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert "cannot be read" in refused(tmp_path / "loop.txt").reason


def test_folders_are_read_below_and_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.pdf", ".git/d.txt", "b/.e.txt"):
        write(tmp_path / name, WORDS)
    intake = Intake([str(tmp_path)])
    assert [it.source for it in intake] == [str(tmp_path / name) for name in ("a.txt", "b/1.txt", "b/2.txt")]
    assert intake.passed_over == 1 and intake.taken == intake.total() == 3 * len(WORDS.encode())


def test_standard_input_may_be_a_text_a_page_or_a_dump() -> None:
    text = one("-", stdin=WORDS.encode())
    assert text.text == WORDS and text.source == f"-#{text.id}"
    dump = json.dumps({"text": WORDS, "id": "x"}).encode()
    assert one("-", stdin=dump).source == "-#x"
    assert one("-", stdin=gzip.compress(dump)).source == "-#x"
    assert "empty" in refused("-", stdin=b"").reason


def test_a_json_file_may_hold_one_record_or_many(tmp_path: Path) -> None:
    record = {"text": WORDS, "id": "x"}
    assert one(write(tmp_path / "a.json", json.dumps(record, indent=1))).source.endswith("a.json#x")
    assert len(take(write(tmp_path / "b.json", json.dumps([record, {"text": "b"}])))) == 2
    assert "not JSON" in refused(write(tmp_path / "c.json", "{")).reason


def test_metadata_for_a_folder_of_texts(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", WORDS)
    write(tmp_path / "b.txt", WORDS + " Hết.")
    rows = "path,url,publisher,title,published\na.txt,https://example.org/a,Bản tin,Tin A,2019-03-12\nnone.txt,,,,\n"
    table = write(tmp_path / "about.csv", rows)
    metadata = read_metadata(table)
    first, second = list(Intake([str(tmp_path)], metadata))
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.url, first.publisher, first.title, first.published) == (
        "https://example.org/a", "Bản tin", "Tin A", "2019-03-12")  # fmt: skip
    assert first.source == str(tmp_path / "a.txt") and second.published is None
    assert metadata.unused() == 1
    for content in (b"file,title\n", b"\xff\xfe\xfd"):
        with pytest.raises(BadInput, match=r"metadata|column path"):
            read_metadata(write(tmp_path / "bad.csv", content))

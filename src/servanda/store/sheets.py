"""One document ready to be filed: its rows as plain tuples, cheap to send from the process that read it."""

from __future__ import annotations

import hashlib
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from servanda.folding import bare
from servanda.records import Record
from servanda.types import Document, Reading

RECORD = ("place", "kind", "key", "passage", "start", "end", "words")
STATEMENT = (
    "record", "place", "property", "value", "about", "start", "end", "words", "asserted_by", "rule", "confidence",
)  # fmt: skip
Row = tuple[Any, ...]


@dataclass(slots=True)
class Sheet:
    """Rows of one document: `records` in the columns RECORD, `statements` in STATEMENT, `names` as (bare, place)."""

    source: str
    id: str
    given: str
    document: dict[str, Any]
    text: dict[str, Any]
    records: list[Row]
    statements: list[Row]
    names: list[Row]


def given(document: Document) -> str:
    """A digest of what came with the text: with another date or title, the same text is read anew."""
    parts = (document.url, document.title, document.publisher, document.published, document.media_type)
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def sheet(document: Document, reading: Reading, records: Sequence[Record]) -> Sheet:
    """The rows of a document, what was read in it, and the records made of that."""
    about = {
        "url": document.url,
        "title": document.title or reading.title,
        "publisher": document.publisher,
        "published": document.published or reading.published,
        "language": reading.language,
        "machine_translated": reading.machine_translated,
        "note": document.note,
    }
    return Sheet(
        document.source,
        reading.id,
        given(document),
        about,
        _text(document),
        [_record(place, record) for place, record in enumerate(records)],
        [row for place, record in enumerate(records) for row in _statements(place, record)],
        _names(records),
    )


def _text(document: Document) -> dict[str, Any]:
    encoded = document.text.encode("utf-8")
    raw = document.raw if document.raw not in (None, encoded) else None
    return {
        "text": document.text,
        "sha256": hashlib.sha256(encoded).hexdigest(),
        "media_type": document.media_type,
        "raw": zlib.compress(raw, 6) if raw is not None else None,
    }


def _record(place: int, record: Record) -> Row:
    return (place, record.kind, record.key, record.passage, record.start, record.end, record.words)


def _statements(place: int, record: Record) -> Iterator[Row]:
    for n, s in enumerate(record.statements):
        cited = _cited(record, s.start, s.end, s.words)
        yield (place, n, s.property, s.value, s.about, *cited, s.asserted_by, s.rule or None, s.confidence)


def _cited(record: Record, start: int, end: int, words: str) -> Row:
    same = (start, end) == (record.start, record.end) and words == record.words
    return (None, None, None) if same else (start, end, words)


def _names(records: Sequence[Record]) -> list[Row]:
    found = {
        (name_key(s.value), place)
        for place, record in enumerate(records)
        if record.kind == "actor"
        for s in record.statements
        if s.property in ("name", "code") and s.value
    }
    return sorted(found)


def name_key(name: str) -> str:
    """What a name is looked up by: no accents, lower case, single spaces."""
    return " ".join(bare(unicodedata.normalize("NFC", name)).split())

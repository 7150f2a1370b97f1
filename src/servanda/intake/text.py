"""Plain text: NFC and otherwise untouched, so that offsets hold."""

from __future__ import annotations

import re
import unicodedata

from servanda.errors import BadInput
from servanda.intake.encodings import decode
from servanda.types import Document

KINDS = (
    (rb"%PDF-", "a PDF; give its text (pdftotext), or a UN table to servanda import-un"),
    (rb"PK\x03\x04", "a ZIP archive or office document; unpack it or save it as text"),
    (rb"\x1f\x8b", "gzip-compressed; only .jsonl.gz is read so"),
    (rb"SQLite format 3\x00", "an SQLite database"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8", "a picture"),
    (rb"\xd0\xcf\x11\xe0", "an old office document; save it as text"),
)
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def text_document(data: bytes, source: str) -> Document:
    """A text file's document. Raises BadInput on what is empty, binary or in no encoding we know."""
    refuse_binary(data, source)
    text, note = decode(data, source)
    return Document(whole(text, source), source, raw=data, note=note)


def whole(text: str, source: str) -> str:
    """The text in NFC. Raises BadInput where it is empty or holds what is no character of a text."""
    if not text.strip("\ufeff \t\r\n\u00a0"):
        raise BadInput(source, "empty: no text in it")
    if "\x00" in text:
        raise BadInput(source, f"holds a NUL character (at {text.index(chr(0))}): not a text")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadInput(source, f"holds half of a character (a lone surrogate, at {error.start})") from error
    return unicodedata.normalize("NFC", text)


def refuse_binary(data: bytes, source: str) -> None:
    """Raise BadInput on bytes that are no text, saying what they are where that can be told."""
    for magic, kind in KINDS:
        if re.match(magic, data):
            raise BadInput(source, f"binary: {kind}")
    head = data[:65536]
    if _wide(data) or not head:
        return
    if b"\x00" in head or len(CONTROL.findall(head)) * 50 > len(head):
        raise BadInput(source, "binary: not a text")


def _wide(data: bytes) -> bool:
    """Perhaps UTF-16 or UTF-32: decode will tell."""
    pairs = data[:4096]
    zeros = max(pairs[::2].count(0), pairs[1::2].count(0)) * 4
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:4] == b"\x00\x00\xfe\xff" or zeros > len(pairs)

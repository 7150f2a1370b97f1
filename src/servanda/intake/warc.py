"""Web archives (WARC) and their extracted texts (WET): pages in the languages asked for, each by its address.

A record that is cut off or damaged costs only itself: the next one is looked for behind it, where the file can be
searched. The language is told from the plain text before the article is looked for, which is what costs.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from typing import IO, TYPE_CHECKING

from servanda.errors import BadInput
from servanda.intake.html import html_document
from servanda.intake.text import whole
from servanda.settings import LARGEST_DOCUMENT
from servanda.types import Document

if TYPE_CHECKING:
    from fastwarc.warc import ArchiveIterator, WarcRecord

MISSING = "web archives need the libraries of the crawl: pip install 'servanda[crawl]'"
GZIP, WARC = b"\x1f\x8b\x08", b"WARC/1."
BLOCK = 1 << 20
HTML = ("text/html", "application/xhtml+xml")
SAMPLE = 20_000  # code points that tell a language


class OtherLanguage:
    """What stands in the place of a page that is in none of the languages asked for."""


OTHER = OtherLanguage()


def warc_documents(
    file: IO[bytes], path: str, languages: Collection[str]
) -> Iterator[Document | BadInput | OtherLanguage]:
    """The pages of an archive in these languages (ISO 639-1), in order; OTHER in the place of each in another.

    Responses with a page of status 200, and conversions (WET); other records are passed over in silence.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        yield BadInput(path, MISSING)
        return
    chosen = WarcRecordType.response | WarcRecordType.conversion
    start: int | None = 0
    resumed = False
    while start is not None:
        last = _Place(start)
        try:
            yield from _documents(ArchiveIterator(file, record_types=chosen), path, languages, last)
            return
        except OSError as error:
            if last.reached or not resumed:  # else it is the same damage still
                yield BadInput(
                    f"{path}#{last.at}", f"damaged at or behind the record at byte {last.at}: {_short(error)}"
                )
            start, resumed = _next(file, last.at + 1), True


class _Place:
    """Where in the file (bytes) the record at hand begins; `base`: where its reader began; `reached`: it found one."""

    def __init__(self, base: int) -> None:
        self.base, self.at, self.reached = base, base, False


class _CutOff(OSError):
    """A record that says it is longer than it is."""


def _documents(
    records: ArchiveIterator, path: str, languages: Collection[str], last: _Place
) -> Iterator[Document | BadInput | OtherLanguage]:
    for record in records:
        last.at, last.reached = last.base + int(record.stream_pos), True
        if not _is_page(record):
            continue
        if record.content_length > LARGEST_DOCUMENT:
            yield BadInput(_source(record, path, last), f"longer than {LARGEST_DOCUMENT >> 20} MB: no page is")
            continue
        promised = record.content_length
        data = record.reader.read()
        if len(data) < promised:
            raise _CutOff(f"{len(data)} of {promised} bytes are there")
        yield _document(record, data, _source(record, path, last), languages)


def _is_page(record: WarcRecord) -> bool:
    """A page that was found, or the text of one."""
    if not record.is_http:
        return record.headers.get("WARC-Type") == "conversion"
    http = record.http_headers
    kind = (record.http_content_type or "").lower()
    return http is not None and http.status_code == 200 and kind in HTML


def _source(record: WarcRecord, path: str, last: _Place) -> str:
    return record.headers.get("WARC-Target-URI") or f"{path}#{last.at}"


def _document(
    record: WarcRecord, data: bytes, source: str, languages: Collection[str]
) -> Document | BadInput | OtherLanguage:
    try:
        if not record.is_http:
            text = whole(data.decode("utf-8", "replace"), source)
            return Document(text, source, url=source) if language_of(text) in languages else OTHER
        if language_of(_plain(data, record.http_charset)) not in languages:
            return OTHER
        page = html_document(data, source)
        page.url = page.url or source
        return page
    except BadInput as refused:
        return refused


def _plain(data: bytes, charset: str | None) -> str:
    """The words of a page, roughly: enough to tell its language."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return str(extract_plain_text(bytes_to_str(data, charset or str(detect_encoding(data)))))


def language_of(text: str) -> str:
    """The language (ISO 639-1) of a text, from its first 20 000 code points."""
    from resiliparse.parse.lang import detect_fast

    return str(detect_fast(text[:SAMPLE])[0])


def _next(file: IO[bytes], start: int) -> int | None:
    """Where the next record may begin at or behind `start`, with the file placed there; None where none does."""
    if not file.seekable():
        return None
    file.seek(0)
    mark = GZIP if file.read(2) == GZIP[:2] else WARC
    file.seek(start)
    while block := file.read(BLOCK):
        if (found := block.find(mark)) >= 0:
            file.seek(start + found)
            return start + found
        if len(block) < BLOCK:
            return None
        start += len(block) - len(mark) + 1
        file.seek(start, io.SEEK_SET)
    return None


def _short(error: OSError) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__

"""Dumps: one JSON object a line, compressed or not, however long the file; a bad line costs only itself."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from typing import IO, Any

import orjson

from servanda.errors import BadInput
from servanda.intake.text import whole
from servanda.settings import LARGEST_DOCUMENT
from servanda.types import Document

KEYS = ("id", "url", "title", "publisher", "published")


def jsonl_documents(stream: IO[bytes], path: str, first: int = 1) -> Iterator[Document | BadInput]:
    """The documents of a dump, in order, and a BadInput in the place of each line that is none.

    `first` is the number of the stream's first line in the file `path`.
    """
    number = first - 1
    try:
        for number, line in enumerate(lines(stream), first):
            if line is None or line.strip():
                yield _document(line, path, number)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield BadInput(path, f"the compressed file is cut off or damaged after line {number}: {error}")
    except OSError as error:
        yield BadInput(path, f"cannot be read after line {number}: {error.strerror or error}")


def json_documents(data: bytes, path: str) -> Iterator[Document | BadInput]:
    """The documents of one JSON object or array of objects."""
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        yield BadInput(path, f"not JSON: {error}")
        return
    for number, item in enumerate(found if isinstance(found, list) else [found], 1):
        yield _from(item, path, number)


def lines(stream: IO[bytes]) -> Iterator[bytes | None]:
    """Lines of a stream; None for one that is longer than any document, without holding it."""
    while line := stream.readline(LARGEST_DOCUMENT + 1):
        if len(line) <= LARGEST_DOCUMENT:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(LARGEST_DOCUMENT)
        yield None


def too_long(path: str, number: int) -> BadInput:
    """What stands in the place of a line that is longer than any document."""
    return BadInput(f"{path}#{number}", f"line {number} is longer than {LARGEST_DOCUMENT >> 20} MB: no page is")


def _document(line: bytes | None, path: str, number: int) -> Document | BadInput:
    if line is None:
        return too_long(path, number)
    try:
        item = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        return BadInput(f"{path}#{number}", f"line {number} is not JSON: {_why(line)}")
    return _from(item, path, number)


def _why(line: bytes) -> str:
    """The standard library tells better than orjson where and what."""
    try:
        json.loads(line)
    except (ValueError, RecursionError) as error:
        return str(error)
    return "holds half of a character (a lone surrogate)"


def _from(item: Any, path: str, number: int) -> Document | BadInput:
    place = f"{path}#{number}"
    if not isinstance(item, dict):
        return BadInput(place, f"line {number} is not a JSON object")
    if not isinstance(item.get("text"), str):
        return BadInput(place, f"line {number} has no text: a record needs the key text, a string")
    name, url, title, publisher, published = (_told(item.get(key)) for key in KEYS)
    source = url or (f"{path}#{name}" if name else place)
    try:
        text = whole(item["text"], source)
    except BadInput as refused:
        return refused
    return Document(text, source, url, title, publisher, published, "application/json")


def _told(value: Any) -> str | None:
    """A value as given; a number (a year, an id) in its digits."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None

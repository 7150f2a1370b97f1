"""Intake: whatever the user names becomes documents, one by one; what cannot is set aside with its reason."""

from __future__ import annotations

import gzip
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, cast

from servanda.errors import BadInput
from servanda.intake.html import html_document, looks_like_html
from servanda.intake.jsonl import json_documents, jsonl_documents
from servanda.intake.metadata import Metadata, read_metadata
from servanda.intake.remote import is_remote, opened, remote_files, remote_size
from servanda.intake.text import text_document
from servanda.intake.warc import OtherLanguage, warc_documents
from servanda.settings import LARGEST_DOCUMENT
from servanda.types import Document

DUMPS = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
PAGES = (".html", ".htm", ".xhtml")
TEXTS = (".txt", ".text")
ARCHIVES = (".warc", ".warc.gz", ".wet", ".wet.gz")
STDIN = "-"
LANGUAGES = ("vi",)  # of web archives, whose pages are in all


class Intake:
    """The documents of files, folders (all below, in order) and standard input (`-`), read one at a time.

    Iterating gives each Document, or the BadInput that stands in its place. Meanwhile `container` is the file at hand,
    `finished` the files read to their end, `taken` the bytes read so far, `passed_over` how many files of a folder
    are of no kind that is read, and `other_language` how many pages of web archives are in none of `languages`.
    """

    def __init__(
        self,
        paths: Sequence[str],
        metadata: Metadata | None = None,
        stdin: IO[bytes] | None = None,
        languages: Sequence[str] = LANGUAGES,
    ) -> None:
        self.paths, self.metadata, self.languages = paths, metadata, languages
        self._stdin = stdin
        self.container = ""
        self.finished: list[str] = []
        self.taken = 0
        self.passed_over = 0
        self.other_language = 0

    def __iter__(self) -> Iterator[Document | BadInput]:
        for path in self.paths:
            if path == STDIN:
                yield from self._from_stdin()
            elif is_remote(path):
                yield from self._from_remote(path)
            elif os.path.isdir(path):
                yield from self._from_folder(path)
            else:
                yield from self._from_file(path)

    def total(self) -> int:
        """How many bytes there are to take, as far as can be told beforehand."""
        files = (file for path in self.paths if path != STDIN for file in files_of(path))
        return sum(size_of(file) for file in files if isinstance(file, str))

    def _from_folder(self, path: str) -> Iterator[Document | BadInput]:
        refused: list[BadInput] = []
        for found in _walk(path, refused):
            yield from refused
            refused.clear()
            if kind_of(found):
                yield from self._from_file(found)
            else:
                self.passed_over += 1
        yield from refused

    def _from_remote(self, path: str) -> Iterator[Document | BadInput]:
        try:
            found = remote_files(path)
        except BadInput as refused:
            yield refused
            return
        self.passed_over += sum(kind_of(file) is None for file in found)
        for file in filter(kind_of, found):
            yield from self._from_file(file)

    def _from_file(self, path: str) -> Iterator[Document | BadInput]:
        self.container, before = path, self.taken
        try:
            with opened(path) as file:
                for found in self._documents(file, path):
                    if isinstance(found, Document) and self.metadata:
                        self.metadata.complete(found, Path(path))
                    self.taken = before + (file.tell() if file.seekable() else 0)
                    yield found
        except OSError as error:
            yield BadInput(path, f"cannot be read: {_reason(error)}")
        except BadInput as refused:
            yield refused
        self.taken = before + size_of(path)
        self.finished.append(path)

    def _documents(self, file: IO[bytes], path: str) -> Iterator[Document | BadInput]:
        kind = kind_of(path)
        if kind == "dump":
            stream = cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if path.endswith(".gz") else file
            return jsonl_documents(stream, path)
        if kind == "archive":
            return self._in_language(warc_documents(file, path, self.languages))
        return _whole_file(file, path, kind)

    def _in_language(self, found: Iterator[Document | BadInput | OtherLanguage]) -> Iterator[Document | BadInput]:
        for item in found:
            if isinstance(item, OtherLanguage):
                self.other_language += 1
            else:
                yield item

    def _from_stdin(self) -> Iterator[Document | BadInput]:
        self.container = STDIN
        stream = self._stdin or sys.stdin.buffer
        head = stream.peek(8192) if hasattr(stream, "peek") else b""
        if head[:2] == b"\x1f\x8b":
            yield from jsonl_documents(cast("IO[bytes]", gzip.GzipFile(fileobj=stream)), STDIN)
        elif head.lstrip()[:1] == b"{":
            yield from jsonl_documents(stream, STDIN)
        else:
            for found in _whole_file(stream, STDIN, None):
                if isinstance(found, Document):
                    found.source = f"{STDIN}#{found.id}"
                yield found


def kind_of(path: str) -> str | None:
    """`dump`, `archive`, `page` or `text` by a file's name; None for any other."""
    name = path.lower()
    for kind, endings in (("dump", DUMPS), ("archive", ARCHIVES), ("page", PAGES), ("text", TEXTS)):
        if name.endswith(endings):
            return kind
    return None


def _whole_file(file: IO[bytes], path: str, kind: str | None) -> Iterator[Document | BadInput]:
    data = file.read(LARGEST_DOCUMENT + 1)
    if len(data) > LARGEST_DOCUMENT:
        yield BadInput(path, f"longer than {LARGEST_DOCUMENT >> 20} MB: no page is; give a dump as .jsonl")
        return
    if path.lower().endswith(".json"):
        yield from json_documents(data, path)
        return
    read = html_document if kind == "page" or (kind is None and looks_like_html(data)) else text_document
    try:
        yield read(data, path)
    except BadInput as refused:
        yield refused


def _walk(folder: str, refused: list[BadInput]) -> Iterator[str]:
    """Every file below a folder, by name; hidden ones left out, links to folders not followed."""

    def refuse(error: OSError) -> None:
        refused.append(BadInput(str(error.filename), f"cannot be read: {_reason(error)}"))

    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (os.path.join(place, name) for name in sorted(names) if not name.startswith("."))


def files_of(path: str) -> Iterator[str | BadInput]:
    """The files that are read at or below a path or address, and the BadInput for what cannot be looked into."""
    if is_remote(path):
        yield from _remote(path)
    elif os.path.isdir(path):
        refused: list[BadInput] = []
        yield from filter(kind_of, _walk(path, refused))
        yield from refused
    else:
        yield path


def _remote(path: str) -> Iterator[str | BadInput]:
    try:
        yield from filter(kind_of, remote_files(path))
    except BadInput as refused:
        yield refused


def size_of(path: str) -> int:
    """The bytes of a file; 0 where they cannot be told."""
    if is_remote(path):
        return remote_size(path)
    try:
        found = os.stat(path)
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


__all__ = ["LANGUAGES", "Intake", "Metadata", "files_of", "kind_of", "read_metadata", "size_of"]

"""Input cut into parcels that machines can read apart: lines of a dump, whole archives, handfuls of small files.

The same files are always cut in the same way, so that work done on a parcel can be found again after a stop.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, cast

from servanda.errors import BadInput
from servanda.intake import LANGUAGES, Intake, files_of, kind_of, size_of
from servanda.intake.jsonl import jsonl_documents, lines, too_long
from servanda.intake.metadata import Metadata
from servanda.intake.remote import opened
from servanda.types import Document

LINES, BYTES = 128, 2 * 2**20  # of a dump, in one parcel
FILES = 64  # small ones, in one parcel


@dataclass(slots=True)
class Parcel:
    """What one task reads: `lines` of the dump `container` from line `first` on, or the files `paths`.

    `key` is the same for the same input. `refused`: what could not even be cut, such as the rest of a damaged dump.
    """

    key: str
    container: str
    paths: tuple[str, ...] = ()
    lines: bytes = b""
    first: int = 1
    refused: list[BadInput] = field(default_factory=list)
    metadata: Metadata | None = None
    languages: tuple[str, ...] = LANGUAGES

    def documents(self) -> Iterator[tuple[str, Document | BadInput]]:
        """Each document, or the BadInput in its place, after the file that it came from."""
        yield from ((self.container, refused) for refused in self.refused)
        if self.paths:
            intake = Intake(self.paths, self.metadata, languages=self.languages)
            yield from ((intake.container, item) for item in intake)
            return
        for item in jsonl_documents(io.BytesIO(self.lines), self.container, self.first):
            if isinstance(item, Document) and self.metadata:
                self.metadata.complete(item)
            yield self.container, item


def parcels(
    paths: Sequence[str], metadata: Metadata | None = None, languages: Sequence[str] = LANGUAGES
) -> Iterator[Parcel]:
    """The input of these files, folders and addresses, in parcels, in order; dumps are read while one iterates."""
    for parcel in _cut(paths):
        parcel.metadata, parcel.languages = metadata, tuple(languages)
        yield parcel


def _cut(paths: Sequence[str]) -> Iterator[Parcel]:
    handful: list[str] = []
    for file in (file for path in paths for file in files_of(path)):
        kind = None if isinstance(file, BadInput) else kind_of(file)
        if isinstance(file, BadInput):
            yield _of_refusal(file)
        elif kind == "dump":
            yield from _of_dump(file)
        elif kind == "archive":
            yield _of_files([file])
        else:
            handful.append(file)
        if len(handful) == FILES:
            yield _of_files(handful)
            handful = []
    if handful:
        yield _of_files(handful)


def _of_files(files: Sequence[str]) -> Parcel:
    return Parcel(_digest(*(f"{file} {size_of(file)}" for file in files)), files[0], tuple(files))


def _of_refusal(refused: BadInput) -> Parcel:
    return Parcel(_digest(str(refused)), refused.source, refused=[refused])


def _of_dump(file: str) -> Iterator[Parcel]:
    behind = 0
    try:
        with opened(file) as raw:
            stream = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if file.endswith(".gz") else raw
            for parcel in _of_lines(file, stream):
                behind = parcel.first
                yield parcel
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        reason = f"the compressed file is cut off or damaged behind line {behind}: {error}"
        yield _of_refusal(BadInput(file, reason))
    except OSError as error:
        yield _of_refusal(BadInput(file, f"cannot be read: {(error.strerror or str(error)).lower()}"))
    except BadInput as refused:
        yield _of_refusal(refused)


def _of_lines(file: str, stream: IO[bytes]) -> Iterator[Parcel]:
    """Up to 128 lines or some megabytes each; of a line longer than any document only its number is kept."""
    parcel, held, size = Parcel("", file), list[bytes](), 0
    for number, line in enumerate(lines(stream), 1):
        if line is None:
            parcel.refused.append(too_long(file, number))
        held.append(b"\n" if line is None else line)
        size += len(held[-1])
        if len(held) == LINES or size >= BYTES:
            yield _sealed(parcel, held)
            parcel, held, size = Parcel("", file, first=number + 1), [], 0
    if held:
        yield _sealed(parcel, held)


def _sealed(parcel: Parcel, held: list[bytes]) -> Parcel:
    parcel.lines = b"".join(held)
    parcel.key = _digest(f"{parcel.container} {parcel.first}", parcel.lines)
    return parcel


def _digest(*parts: str | bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part)
        digest.update(b"\0")
    return digest.hexdigest()[:16]

"""Readings as Parquet shards: one a parcel, each with a mark that says it is whole.

A folder of shards is `00000012-<key>.parquet` beside `00000012-<key>.done`, on local disk or object storage. The mark
is written last, so that a shard without one was never finished, and says what the shard must be to be taken.
"""

from __future__ import annotations

import hashlib
import io
import os
import posixpath
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from servanda.errors import BadInput
from servanda.intake.remote import system
from servanda.settings import release
from servanda.types import Document

TOLD = ("source", "url", "title", "publisher", "published", "media_type", "note", "text")
BYTES = ("raw", "reading")
ROWS = ("container", *TOLD, "raw", "reading", "refused")
MISSING = "shards need the libraries of the cluster: pip install 'servanda[cluster]'"


@dataclass(slots=True)
class Read:
    """A document with its reading, as one line of JSON."""

    container: str
    document: Document
    reading: bytes


@dataclass(slots=True)
class Refused:
    """What could not be read, from which file, and why."""

    container: str
    source: str
    reason: str


@dataclass(slots=True)
class Mark:
    """What a whole shard is: its place in the input, the parcel it was read from, by which release, and its bytes."""

    number: int
    parcel: str
    release: str
    documents: int
    refused: int
    bytes: int
    sha256: str

    @property
    def name(self) -> str:
        return _name(self.number, self.parcel)


class Shards:
    """The shards of one folder or address. Raises BadInput where it cannot be reached or written."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.files, self.place = system(address)

    def make(self) -> None:
        """Make the folder, where there is such a thing."""
        try:
            self.files.makedirs(self.place, exist_ok=True)
        except OSError as error:
            raise BadInput(self.address, f"cannot be written: {error.strerror or error}") from error

    def write(self, number: int, parcel: str, rows: Sequence[Read | Refused]) -> Mark:
        """Write a shard and then its mark, in the place of what may be there."""
        data = _parquet(rows)
        refused = sum(isinstance(row, Refused) for row in rows)
        digest = hashlib.sha256(data).hexdigest()
        mark = Mark(number, parcel, release(), len(rows) - refused, refused, len(data), digest)
        self._put(f"{mark.name}.parquet", data)
        self._put(f"{mark.name}.done", orjson.dumps(asdict(mark)))
        return mark

    def whole(self, number: int, parcel: str) -> Mark | None:
        """The mark of a parcel that this release has read to the end, with its shard still there."""
        try:
            mark = self._mark(f"{_name(number, parcel)}.done")
        except BadInput:
            return None
        return mark if mark and mark.release == release() and self._size(mark) == mark.bytes else None

    def marks(self) -> Iterator[Mark | BadInput]:
        """All marks, in the order of the input, and a BadInput for each that is damaged."""
        names = sorted(posixpath.basename(str(name)) for name in self._listed() if str(name).endswith(".done"))
        for name in names:
            try:
                found = self._mark(name)
            except BadInput as refused:
                yield refused
            else:
                if found:
                    yield found

    def read(self, mark: Mark) -> list[Read | Refused]:
        """The rows of a shard. Raises BadInput where it is gone, or is not what its mark says."""
        data = self._get(f"{mark.name}.parquet")
        if data is None:
            raise BadInput(self._shown(f"{mark.name}.parquet"), "the shard is gone though it was finished: read again")
        if hashlib.sha256(data).hexdigest() != mark.sha256:
            raise BadInput(self._shown(f"{mark.name}.parquet"), "the shard is not what its mark says: read again")
        return _rows(data)

    def _mark(self, name: str) -> Mark | None:
        data = self._get(name)
        if data is None:
            return None
        try:
            return Mark(**orjson.loads(data))
        except (orjson.JSONDecodeError, TypeError) as error:
            raise BadInput(self._shown(name), "the mark of this shard is damaged: read again") from error

    def _listed(self) -> list[Any]:
        try:
            return list(self.files.ls(self.place, detail=False))
        except OSError as error:
            raise BadInput(self.address, "no folder of shards is there") from error

    def _size(self, mark: Mark) -> int | None:
        try:
            return int(self.files.size(self._at(f"{mark.name}.parquet")))
        except OSError:
            return None

    def _get(self, name: str) -> bytes | None:
        try:
            return bytes(self.files.cat_file(self._at(name)))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise BadInput(self._shown(name), f"cannot be read: {error.strerror or error}") from error

    def _put(self, name: str, data: bytes) -> None:
        """Whole or not at all: object storage writes so; a local file is written beside its name first."""
        local = "file" in (self.files.protocol, *self.files.protocol)
        first = self._at(f".{uuid.uuid4().hex}") if local else self._at(name)
        self.files.pipe_file(first, data)
        if local:
            os.replace(first, self._at(name))

    def _at(self, name: str) -> str:
        return posixpath.join(self.place, name)

    def _shown(self, name: str) -> str:
        return posixpath.join(self.address, name)


def _name(number: int, parcel: str) -> str:
    return f"{number:08}-{parcel}"


def _parquet(rows: Sequence[Read | Refused]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = zip(*map(_row, rows), strict=True) if rows else ((),) * len(ROWS)
    arrays = [
        pa.array(column, pa.large_binary() if name in BYTES else pa.large_string())
        for name, column in zip(ROWS, columns, strict=True)
    ]
    table = pa.Table.from_arrays(arrays, list(ROWS))
    written = io.BytesIO()
    pq.write_table(table, written, compression="zstd")
    return written.getvalue()


def _row(row: Read | Refused) -> tuple[Any, ...]:
    if isinstance(row, Refused):
        return (row.container, row.source, *(None,) * (len(TOLD) + 1), row.reason)
    document = row.document
    raw = None if document.raw == document.text.encode("utf-8", "surrogatepass") else document.raw
    return (row.container, *(getattr(document, name) for name in TOLD), raw, row.reading, None)


def _rows(data: bytes) -> list[Read | Refused]:
    import pyarrow.parquet as pq

    found: list[Read | Refused] = []
    for row in pq.read_table(io.BytesIO(data)).to_pylist():
        if row["refused"] is not None:
            found.append(Refused(row["container"], row["source"], row["refused"]))
            continue
        document = Document(**{name: row[name] for name in TOLD}, raw=row["raw"])
        found.append(Read(row["container"], document, row["reading"]))
    return found

"""Shards into the register: each document once, however often a shard is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from pydantic import TypeAdapter, ValidationError

from servanda.engine.reading import BATCH, Tally
from servanda.engine.shards import Mark, Read, Shards
from servanda.errors import BadInput
from servanda.keep.statements import records
from servanda.settings import release
from servanda.store import Register, Sheet, file, given, known, put_aside, sheet
from servanda.types import Document, Reading


def load_shards(
    register: Register, shards: Shards, marks: Iterable[Mark | BadInput], progress: Callable[[Tally], None]
) -> Tally:
    """Keep what these shards hold; what is damaged or gone is set aside with its reason and the rest goes on."""
    tally = Tally()
    for mark in marks:
        for batch in _batches(shards, mark):
            _keep(register, batch, tally)
            progress(tally)
    return tally


Row = tuple[str, Read | BadInput]


def _batches(shards: Shards, mark: Mark | BadInput) -> Iterator[list[Row]]:
    rows = list(_rows(shards, mark))
    yield from (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))


def _rows(shards: Shards, mark: Mark | BadInput) -> Iterator[Row]:
    """The documents of a shard, and a BadInput for each that was refused, after the file it came from."""
    if isinstance(mark, BadInput):
        yield shards.address, mark
        return
    if mark.release != release():
        reason = f"read by release {mark.release}, and this is {release()}: read again, or load with that release"
        yield shards.address, BadInput(f"{shards.address}/{mark.name}.parquet", reason)
        return
    try:
        for row in shards.read(mark):
            yield row.container, (row if isinstance(row, Read) else BadInput(row.source, row.reason))
    except BadInput as refused:
        yield shards.address, refused


def _keep(register: Register, batch: list[Row], tally: Tally) -> None:
    read = [row for _, row in batch if isinstance(row, Read)]
    held = known(register, ((it.document.source, it.document.id, given(it.document)) for it in read))
    fresh = [it for it in read if (it.document.source, it.document.id) not in held]
    tally.kept.unchanged += len(read) - len(fresh)
    filed = [_sheet(it) for it in fresh]
    sheets = [it for it in filed if isinstance(it, Sheet)]
    refused = [(where, row) for where, row in batch if isinstance(row, BadInput)]
    refused += [(it.source, it) for it in filed if isinstance(it, BadInput)]
    if sheets:
        tally.kept += file(register, sheets)
    if refused:
        put_aside(register, [(it.source, where, it.reason) for where, it in refused])
        tally.refused += [it for _, it in refused]


def _sheet(row: Read) -> Sheet | BadInput:
    try:
        return _filled(row.document, _readings().validate_json(row.reading))
    except ValidationError as error:
        return BadInput(row.document.source, f"its reading in the shard is none: {error.errors()[0]['msg']}")


def _filled(document: Document, reading: Reading) -> Sheet:
    return sheet(document, reading, records(reading, document.text))


@cache
def _readings() -> TypeAdapter[Reading]:
    return TypeAdapter(Reading)

"""Intake, reader and register put together: documents in, readings out or kept."""

from __future__ import annotations

import gc
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

import orjson

from servanda.engine.local import each
from servanda.errors import BadInput
from servanda.intake import Intake
from servanda.keep.statements import records
from servanda.pipeline import read
from servanda.store import Kept, Register, Sheet, clear_asides, file, given, known, put_aside, sheet
from servanda.types import Document

BATCH, PAUSE = 64, 1.0  # documents, or seconds, after which what was read is kept


def as_json(document: Document) -> bytes:
    """A document's reading as one line of JSON, without its line end."""
    return orjson.dumps(read(document))


def as_sheet(document: Document) -> Sheet:
    """A document's reading as rows for the register."""
    reading = read(document)
    return sheet(document, reading, records(reading, document.text))


def readings(documents: Iterable[Document | BadInput], workers: int) -> Iterator[bytes | BadInput]:
    """Each document's reading as JSON, in order, or why there is none."""
    _ready()
    return (result for _, result in each(as_json, documents, workers))


def _ready() -> None:
    """Whatever reading makes ready once, before processes are started: they share it, and never look it over."""
    read(Document("", "nothing"))
    gc.collect()
    gc.freeze()


@dataclass(slots=True)
class Tally:
    """What became of the documents so far; `refused` holds those of this run that were set aside."""

    kept: Kept = field(default_factory=Kept)
    refused: list[BadInput] = field(default_factory=list)
    stopped: bool = False

    @property
    def seen(self) -> int:
        return self.kept.added + self.kept.replaced + self.kept.unchanged + len(self.refused)


def keep(register: Register, intake: Intake, workers: int, progress: Callable[[Tally], None]) -> Tally:
    """Read what the register does not hold yet, and keep it, batch by batch, each whole.

    The first interruption (Ctrl-C) keeps what was finished and stops; what is kept is not read again by a later run.
    Raises RegisterError as soon as a batch cannot be kept; those before it are.
    """
    _ready()
    tally = Tally()
    origin: dict[str, str] = {}
    with _interruptible() as interrupted:
        results = each(as_sheet, _unread(register, intake, tally, origin, interrupted), workers)
        for batch in _batches(result for _, result in results):
            _keep(register, batch, tally, origin)
            progress(tally)
        tally.stopped = interrupted.is_set()
    if not tally.stopped:
        still = {refused.source for refused in tally.refused}
        for container in intake.finished:
            clear_asides(register, container, still)
    return tally


def _unread(
    register: Register, intake: Intake, tally: Tally, origin: dict[str, str], interrupted: threading.Event
) -> Iterator[Document | BadInput]:
    """What intake gives, but for the documents that the register holds as this release reads them."""
    items = iter(intake)
    while (batch := list(islice(items, BATCH))) and not interrupted.is_set():
        documents = [item for item in batch if isinstance(item, Document)]
        held = known(register, ((d.source, d.id, given(d)) for d in documents))
        for item in batch:
            if interrupted.is_set():
                return
            if isinstance(item, Document) and (item.source, item.id) in held:
                tally.kept.unchanged += 1
                continue
            if isinstance(item, BadInput):
                origin[item.source] = intake.container
            yield item


def _batches(results: Iterable[Sheet | BadInput]) -> Iterator[list[Sheet | BadInput]]:
    batch: list[Sheet | BadInput] = []
    since = time.monotonic()
    for result in results:
        batch.append(result)
        if len(batch) >= BATCH or time.monotonic() - since > PAUSE:
            yield batch
            batch, since = [], time.monotonic()
    if batch:
        yield batch


def _keep(register: Register, batch: list[Sheet | BadInput], tally: Tally, origin: dict[str, str]) -> None:
    sheets = [result for result in batch if isinstance(result, Sheet)]
    refused = [result for result in batch if isinstance(result, BadInput)]
    if sheets:
        tally.kept += file(register, sheets)
    if refused:
        put_aside(register, [(it.source, origin.get(it.source, it.source), it.reason) for it in refused])
        tally.refused += refused


@contextmanager
def _interruptible() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C (or SIGTERM) sets; a second one stops at once."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, _: object) -> None:
        asked.set()
        for each_number, handler in before.items():
            signal.signal(each_number, handler)

    for number in before:
        signal.signal(number, stop)
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

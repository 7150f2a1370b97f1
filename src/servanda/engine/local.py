"""One machine: documents through a function on N processes, in order, in bounded memory.

A process that dies (out of memory, a crash in a library) costs only its document: what it was working on is tried once
more, one document at a time, and the one that kills again is set aside with the reason.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from servanda.errors import BadInput
from servanda.types import Document

T = TypeVar("T")
CHUNK_DOCUMENTS, CHUNK_CHARACTERS = 16, 40_000  # what a pipe holds: nobody waits for the other side to take the rest
AHEAD = 2  # chunks a process has at hand, so that it need not wait for the next


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(
    work: Callable[[Document], T], documents: Iterable[Document | BadInput], workers: int
) -> Iterator[tuple[Document | None, T | BadInput]]:
    """Every document with what `work` made of it, in order; a BadInput, of intake's or of the work's, in its place.

    `work` must be a function of a module. With one worker, or one chunk of documents, nothing is started.
    """
    chunks = _chunks(documents)
    first = next(chunks, None)
    second = next(chunks, None) if workers > 1 and first else None
    if workers > 1 and first and second:
        yield from _Pool(work, workers).run(_before([first, second], chunks))
        return
    for chunk in _before([c for c in (first, second) if c], chunks):
        for item in chunk:
            yield (item, attempt(work, item)) if isinstance(item, Document) else (None, item)


def _before(first: list[list[Document | BadInput]], rest: Iterator[Any]) -> Iterator[list[Document | BadInput]]:
    yield from first
    yield from rest


def _chunks(documents: Iterable[Document | BadInput]) -> Iterator[list[Document | BadInput]]:
    chunk: list[Document | BadInput] = []
    size = 0
    for item in documents:
        chunk.append(item)
        size += len(item.text) if isinstance(item, Document) else 0
        if len(chunk) >= CHUNK_DOCUMENTS or size >= CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def attempt(work: Callable[[Document], T], document: Document) -> T | BadInput:
    """The work done, or the document refused because of a fault of ours: one document never stops the others."""
    try:
        return work(document)
    except BadInput as refused:
        return refused
    except Exception as error:
        said = " ".join(str(error).split())[:200]
        return BadInput(document.source, f"reading it failed, which should be reported: {type(error).__name__}: {said}")


@dataclass(slots=True)
class _Slot(Generic[T]):
    """A chunk in the order of the output, and the results that are there."""

    items: list[Document | BadInput]
    results: list[T | BadInput | None]
    missing: int


@dataclass(slots=True)
class _Task(Generic[T]):
    """Documents of a slot, by their places in it, for one process; `again` once they have seen a process die."""

    slot: _Slot[T]
    places: list[int]
    again: bool = False

    def documents(self) -> list[Document]:
        return [item for place in self.places if isinstance(item := self.slot.items[place], Document)]

    def done(self, results: list[T | BadInput]) -> None:
        for place, result in zip(self.places, results, strict=True):
            self.slot.results[place] = result
        self.slot.missing -= len(results)


class _Pool(Generic[T]):
    def __init__(self, work: Callable[[Document], T], workers: int) -> None:
        self.work = work
        self.workers: list[_Worker[T]] = []
        for _ in range(workers):
            self.workers.append(_Worker(work, self._ends()))
        self.waiting: deque[_Task[T]] = deque()

    def run(self, chunks: Iterator[list[Document | BadInput]]) -> Iterator[tuple[Document | None, T | BadInput]]:
        slots: deque[_Slot[T]] = deque()
        try:
            more = True
            while more or slots:
                while more and len(slots) < (AHEAD + 1) * len(self.workers):
                    chunk = next(chunks, None)
                    more = chunk is not None
                    if chunk:
                        slots.append(self._slot(chunk))
                self._hand_out()
                while slots and not slots[0].missing:
                    yield from _results(slots.popleft())
                if slots and slots[0].missing:
                    self._gather()
        finally:
            for worker in self.workers:
                worker.process.terminate()
            for worker in self.workers:
                worker.stop()

    def _ends(self) -> list[Connection]:
        """What a new process would inherit of the others' pipes, and must not keep open once this one is gone."""
        return [end for worker in self.workers for end in worker.ends if not end.closed]

    def _slot(self, chunk: list[Document | BadInput]) -> _Slot[T]:
        places = [place for place, item in enumerate(chunk) if isinstance(item, Document)]
        results: list[T | BadInput | None] = [item if isinstance(item, BadInput) else None for item in chunk]
        slot = _Slot[T](chunk, results, len(places))
        if places:
            self.waiting.append(_Task(slot, places))
        return slot

    def _hand_out(self) -> None:
        for depth in range(AHEAD):
            for worker in self.workers:
                if self.waiting and len(worker.tasks) <= depth:
                    worker.give(self.waiting.popleft())

    def _gather(self) -> None:
        """Wait for results; where a process died instead, put another in its place."""
        working = {worker.results: worker for worker in self.workers if worker.tasks}
        for ready in wait(list(working)):
            worker = working[ready]  # type: ignore[index]
            try:
                results = worker.results.recv()
            except (EOFError, OSError):
                self._replace(worker)
            else:
                worker.tasks.popleft().done(results)
        self._hand_out()

    def _replace(self, dead: _Worker[T]) -> None:
        reason = dead.buried()
        self.workers[self.workers.index(dead)] = _Worker(self.work, self._ends())
        at_work, *untouched = dead.tasks
        self.waiting.extendleft(reversed(untouched))
        if at_work.again:
            source = at_work.documents()[0].source
            at_work.done([BadInput(source, f"the process that read it died, twice ({reason})")])
        else:
            self.waiting.extendleft(_Task(at_work.slot, [place], again=True) for place in reversed(at_work.places))


def _results(slot: _Slot[T]) -> Iterator[tuple[Document | None, T | BadInput]]:
    for item, result in zip(slot.items, slot.results, strict=True):
        if result is not None:
            yield (item if isinstance(item, Document) else None), result


class _Worker(Generic[T]):
    """A process that does the tasks given to it, one after another. A thread sends them, so that giving never waits."""

    def __init__(self, work: Callable[[Document], T], inherited: list[Connection]) -> None:
        context = get_context("fork" if "fork" in get_all_start_methods() else None)
        taken, given = context.Pipe(duplex=False)
        self.results, sent = context.Pipe(duplex=False)
        self.tasks: deque[_Task[T]] = deque()
        self.ends = (given, self.results)
        forked = context.get_start_method() == "fork"
        unused = [*inherited, *self.ends] if forked else []
        self.process = context.Process(target=_serve, args=(work, taken, sent, unused), daemon=True)
        self.process.start()
        taken.close()
        sent.close()
        self._queue: queue.SimpleQueue[list[Document] | None] = queue.SimpleQueue()
        self._sender = threading.Thread(target=_send, args=(self._queue, given), daemon=True)
        self._sender.start()

    def give(self, task: _Task[T]) -> None:
        self.tasks.append(task)
        self._queue.put(task.documents())

    def buried(self) -> str:
        """How a dead process ended; its pipes are closed before another process can inherit half of one."""
        self._queue.put(None)
        self._sender.join(5)
        self.process.join(5)
        self.results.close()
        code = self.process.exitcode
        return signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"

    def stop(self) -> None:
        """Wait for the process, told to end, to be gone."""
        self._queue.put(None)
        self.process.join(5)
        self.results.close()


def _send(tasks: queue.SimpleQueue[list[Document] | None], to: Connection) -> None:
    with contextlib.suppress(OSError, ValueError):  # the process is gone: the reader of its results will notice
        while (task := tasks.get()) is not None:
            to.send(task)
    to.close()


def _serve(work: Callable[[Document], Any], tasks: Connection, results: Connection, unused: list[Connection]) -> None:
    """The life of a process: until its tasks end, or whoever gave them is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for end in unused:
        with contextlib.suppress(OSError):
            end.close()
    with contextlib.suppress(EOFError, OSError):
        while True:
            results.send([attempt(work, document) for document in tasks.recv()])
    os._exit(0)

"""Many machines: parcels of input over an existing cluster of Ray, each read into a shard where all can write.

Tasks of a machine that is lost are done again elsewhere by the cluster. A parcel that brings down its process again and
again is read document by document, each in a task of its own, so that it loses only the one that does it.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from servanda.engine.local import attempt
from servanda.engine.reading import as_json
from servanda.engine.shards import Mark, Read, Refused, Shards
from servanda.errors import BadInput, ServandaError
from servanda.intake.parcels import Parcel
from servanda.types import Document

MISSING = "reading on a cluster needs its libraries: pip install 'servanda[cluster]'"
Work = Callable[[Document], bytes]
AHEAD = 2  # parcels given to each processor of the cluster, so that it need not wait for the next
PATIENCE = 10.0  # seconds for a cluster to answer
AGAIN = 2  # times that a task is tried anew when the process or machine that does it is lost


@dataclass(slots=True)
class Shelved:
    """A parcel that is read: its mark, and whether an earlier run had read it already."""

    mark: Mark
    before: bool = False


def read_parcels(cluster: Ray, parcels: Iterable[Parcel], shards: Shards, work: Work = as_json) -> Iterator[Shelved]:
    """Read each parcel into a shard unless it is there already, in any order; one Shelved for each."""
    shards.make()
    there: list[Mark] = []

    def unread() -> Iterator[tuple[int, Parcel]]:
        for number, parcel in enumerate(parcels):
            if mark := shards.whole(number, parcel.key):
                there.append(mark)
            else:
                yield number, parcel

    for (number, parcel), mark in cluster.each(_shelve, unread(), shards.address, work):
        yield from (Shelved(there.pop(), before=True) for _ in range(len(there)))
        yield Shelved(mark if isinstance(mark, Mark) else _one_by_one(cluster, number, parcel, shards, work))
    yield from (Shelved(mark, before=True) for mark in there)


def _shelve(numbered: tuple[int, Parcel], address: str, work: Work) -> Mark:
    """A task: read one parcel into its shard."""
    number, parcel = numbered
    rows = [_reading(container, item, work) for container, item in parcel.documents()]
    return Shards(address).write(number, parcel.key, rows)


def _reading(container: str, item: Document | BadInput, work: Work) -> Read | Refused:
    if isinstance(item, BadInput):
        return Refused(container, item.source, item.reason)
    line = attempt(work, item)
    return Refused(container, line.source, line.reason) if isinstance(line, BadInput) else Read(container, item, line)


def _one_by_one(cluster: Ray, number: int, parcel: Parcel, shards: Shards, work: Work) -> Mark:
    """Read the documents of a parcel each in its own task, and refuse those whose process dies again."""
    rows: dict[int, Read | Refused] = {}
    for (place, (container, item)), row in cluster.each(_alone, enumerate(parcel.documents()), work):
        rows[place] = Refused(container, item.source, _died(row)) if isinstance(row, Exception) else row
    return shards.write(number, parcel.key, [rows[place] for place in sorted(rows)])


def _alone(placed: tuple[int, tuple[str, Document | BadInput]], work: Work) -> Read | Refused:
    """A task: read one document."""
    return _reading(*placed[1], work)


def _died(error: Exception) -> str:
    return f"the process that read it died, more than once ({' '.join(str(error).split())[:120]})"


class Ray:
    """A cluster of Ray at an address: `auto`, `HOST:6379`, `ray://HOST:10001`; or `local` for one on this machine.

    `processors`: of one that is started here, how many it has; else as many as the machine. Raises ServandaError where
    Ray is not installed or no cluster answers.
    """

    def __init__(self, address: str, processors: int | None = None) -> None:
        try:
            import ray
        except ImportError as error:
            raise ServandaError(MISSING) from error
        self.ray = ray
        try:
            _knock(address)
            here: dict[str, Any] = {"num_cpus": processors, "include_dashboard": False} if address == "local" else {}
            ray.init(address, log_to_driver=False, configure_logging=False, **here)
        except (OSError, RuntimeError, ValueError) as error:
            said = " ".join(str(error).split())[:200]
            raise ServandaError(f"no cluster of Ray answers at {address}: {said}") from error

    def __enter__(self) -> Ray:
        return self

    def __exit__(self, *_: object) -> None:
        self.ray.shutdown()

    def processors(self) -> int:
        """How many processors the cluster has now."""
        resources: dict[str, float] = self.ray.cluster_resources()  # type: ignore[no-untyped-call]
        return max(1, int(resources.get("CPU", 1)))

    def each(self, work: Callable[..., Any], items: Iterable[Any], *rest: Any) -> Iterator[tuple[Any, Any]]:
        """Each item with what `work(item, *rest)` made of it, as they are done; the error where it was lost for good.

        `work` must be a function of a module that the machines of the cluster have. No more tasks are given out than
        the processors can be kept busy with.
        """
        task = self.ray.remote(max_retries=AGAIN)(work)
        given: dict[Any, Any] = {}
        waiting = iter(items)
        more = True
        while more or given:
            while more and len(given) < AHEAD * self.processors():
                item = next(waiting, _END)
                more = item is not _END
                if more:
                    given[task.remote(item, *rest)] = item
            ready, _ = self.ray.wait(list(given), num_returns=1) if given else ([], [])
            for done in ready:
                yield given.pop(done), self._result(done)

    def _result(self, done: Any) -> Any:
        """What a task gave; the error where its process was lost. Other errors are raised."""
        lost = (self.ray.exceptions.WorkerCrashedError, self.ray.exceptions.NodeDiedError,
                self.ray.exceptions.OutOfMemoryError, self.ray.exceptions.ObjectLostError)  # fmt: skip
        try:
            return self.ray.get(done)
        except lost as error:
            return error


def _knock(address: str) -> None:
    """Raise OSError where nothing listens; Ray itself would go on trying for minutes."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host, int(port)), timeout=PATIENCE).close()


_END = object()

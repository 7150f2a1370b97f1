"""How long the desk's pages take, and whether fifty readers at once are served without an error.

    python bench/desk.py REGISTER [--times 20] [--readers 50] [--seconds 60]

The register is one made beforehand (`bench/growth.py … --keep FOLDER` grows one to 50 000 documents); it is only read.
The desk is served by a process of its own, as `servanda serve` does. Pages are those that links lead to from the home
page, and the data of their pictures; a page's time is from asking to its last byte on this machine's loopback, without
a browser. Search is asked for names of the register's actors. Beside listings stands the bare SQL of their main query.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Select, func, select
from table import machine

from servanda.store import open_register
from servanda.store.derived import actors, entries

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from browser.walk import kind, pages

PAGE, SEARCH = 100.0, 60.0  # milliseconds within which 95 of 100 pages, and of 100 searches, should come
DATA = re.compile(r'data-source="([^"]+)"')
SORTS = {"/engagements": "engagement", "/undertakings": "undertaking", "/agreements": "agreement",
         "/positions": "position", "/contributions": "contribution"}  # fmt: skip


@dataclass
class Timed:
    """Milliseconds that one kind of page took."""

    name: str
    took: list[float] = field(default_factory=list)
    bare: float | None = None

    @property
    def p50(self) -> float:
        """The median."""
        return statistics.median(self.took)

    @property
    def p95(self) -> float:
        """The time within which 95 of 100 came."""
        return sorted(self.took)[min(len(self.took) - 1, int(0.95 * len(self.took)))]


@contextmanager
def served(register: str) -> Iterator[str]:
    """The desk in a process of its own; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    process = subprocess.Popen([sys.executable, "-c", "from servanda.cli import main; main()", "--register", register,
                                "serve", "--port", port], stdout=subprocess.DEVNULL)  # fmt: skip
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(base)
        yield base
    finally:
        process.terminate()
        process.wait(20)


def _wait(base: str) -> None:
    for _ in range(2400):
        try:
            if httpx.get(base + "/engagements", timeout=60).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.25)
    raise SystemExit("the desk did not answer within ten minutes")


def timed(ask: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each of so many, after one that does not count."""
    ask()
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        ask()
        took.append(1000 * (time.perf_counter() - begun))
    return took


def asked_for(base: str) -> dict[str, str]:
    """One path of each kind of page, and the data of each picture."""
    found: dict[str, str] = {}
    for path in pages(base)[0]:
        found.setdefault(kind(path), path)
        for data in DATA.findall(httpx.get(base + path, timeout=60).text):
            found.setdefault(data.split("?")[0], data.replace("&amp;", "&"))
    return found


def names(register: str, count: int) -> list[str]:
    """Names of actors, as someone types them: some whole, some begun."""
    chosen = random.Random(1)
    with open_register(register).reading() as connection:
        known = [str(row[0]) for row in connection.execute(select(actors.c.name).order_by(actors.c.id).limit(20_000))]
    picked = chosen.sample(known, min(count, len(known)))
    return [name if n % 2 else name[: max(3, len(name) // 2)] for n, name in enumerate(picked)]


def bare(register: str, times: int) -> dict[str, float]:
    """The median of the bare query of each listing's first page, in milliseconds."""
    found = {}
    with open_register(register).reading() as connection:
        for path, sort in SORTS.items():
            query = _first(sort)
            found[path] = statistics.median(timed(lambda query=query: connection.execute(query).all(), times))
    return found


def _first(sort: str) -> Select[Any]:
    e = entries.c
    return select(e.first_day, e.id, e.row).where(e.sort == sort).order_by(e.first_day.desc(), e.id.desc()).limit(41)


def crowd(base: str, paths: list[str], readers: int, seconds: float) -> tuple[Counter[str], list[float]]:
    """So many readers at once, each asking for page after page: how each ended, and how long each took."""
    ended: Counter[str] = Counter()
    took: list[float] = []
    until = time.monotonic() + seconds

    def reader(seed: int) -> None:
        chosen = random.Random(seed)
        with httpx.Client(base_url=base, timeout=60) as client:
            while time.monotonic() < until:
                begun = time.perf_counter()
                try:
                    outcome = str(client.get(chosen.choice(paths)).status_code)
                except httpx.HTTPError as error:
                    outcome = type(error).__name__
                took.append(1000 * (time.perf_counter() - begun))
                ended[outcome] += 1

    threads = [threading.Thread(target=reader, args=(n,)) for n in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended, took


def documents(register: str) -> int:
    """How many documents there are."""
    from servanda.store.tables import documents as table

    with open_register(register).reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def main() -> int:
    """Print the table; 1 where a bound is missed or a reader met an error."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("register")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    args = parser.parse_args()
    print(f"{machine()}\n{documents(args.register)} documents, {args.times} times each; the desk and its readers share "
          f"{os.cpu_count()} cores\n")  # fmt: skip
    with served(args.register) as base:
        ok = _pages(args, base) & _search(args, base)
        ok &= _crowd(args, base)
    return 0 if ok else 1


def _pages(args: argparse.Namespace, base: str) -> bool:
    plain = bare(args.register, args.times)
    found = []
    with httpx.Client(base_url=base, timeout=60) as client:
        for name, path in asked_for(base).items():
            found.append(Timed(name, timed(lambda path=path: client.get(path), args.times), plain.get(name)))
    print(f"{'page':<34}{'p50 ms':>9}{'p95 ms':>9}{'bare SQL':>10}{'ratio':>7}")
    for it in sorted(found, key=lambda it: -it.p95):
        ratio = f"{it.bare:>10.1f}{it.p50 / it.bare:>7.1f}" if it.bare else ""
        print(f"{it.name:<34}{it.p50:>9.1f}{it.p95:>9.1f}{ratio}{'  OVER' if it.p95 > PAGE else ''}")
    return all(it.p95 <= PAGE for it in found)


def _search(args: argparse.Namespace, base: str) -> bool:
    took = []
    with httpx.Client(base_url=base, timeout=60, headers={"HX-Request": "true"}) as client:
        for name in names(args.register, 5 * args.times):
            took += timed(lambda name=name: client.get("/search", params={"q": name}), 1)
    it = Timed("search as one types", took)
    print(f"{it.name:<34}{it.p50:>9.1f}{it.p95:>9.1f}{'  OVER' if it.p95 > SEARCH else ''}")
    return it.p95 <= SEARCH


def _crowd(args: argparse.Namespace, base: str) -> bool:
    ended, took = crowd(base, list(asked_for(base).values()), args.readers, args.seconds)
    it = Timed(f"{args.readers} readers", took)
    told = ", ".join(f"{count} × {outcome}" for outcome, count in sorted(ended.items()))
    print(f"\n{it.name}, {args.seconds:g} s: {ended.total() / args.seconds:.0f} pages a second, p50 {it.p50:.0f} ms, "
          f"p95 {it.p95:.0f} ms; {told}")  # fmt: skip
    return set(ended) == {"200"}


if __name__ == "__main__":
    sys.exit(main())

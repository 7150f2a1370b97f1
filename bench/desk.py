"""How long the desk's pages take, and whether fifty readers at once are served without an error.

    python bench/desk.py REGISTER [--times 40] [--only WORD] [--readers 50] [--seconds 60]

REGISTER is a file or postgresql:// URL of a register made beforehand (`bench/growth.py … --keep FOLDER` grows one to 50
000 documents; one grown by an earlier state of the rules is taken as it is, and that is said). Of every kind of page,
of the pictures' data and of the interface for programs, so many are asked for, drawn at random from what the register
holds, actors as often as documents name them. The desk runs in this process: a page's time is from asking to its last
byte, without network and browser; beside it stand this process's own time, the first such page after the start, and the
ratio of all its time to that of its bare SQL, sent straight to the driver. Fifty readers then ask a desk in a process
of its own, as `servanda serve` runs it.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import httpx
from answers import Draw, Sent, percentile
from fastapi.testclient import TestClient
from growth import adopted
from table import machine

from servanda.desk.app import create_app
from servanda.desk.settings import Settings
from servanda.store import open_register

PAGE, SEARCH = 100.0, 60.0  # milliseconds within which 95 of 100 pages, and of 100 searches, should come
HEADERS = {"Accept-Encoding": "identity"}
TYPED = {"HX-Request": "true"}  # what a page sends while someone types
Paths = dict[str, Callable[[], str]]


@dataclass
class Timed:
    """Milliseconds that pages of one kind took: by the clock, of this process, the first one, and of the bare SQL."""

    name: str
    first: float = 0.0
    took: list[float] = field(default_factory=list)
    used: list[float] = field(default_factory=list)
    bare: float = 0.0
    failed: Counter[int] = field(default_factory=Counter)

    @property
    def bound(self) -> float:
        """What 95 of 100 should come within."""
        return SEARCH if "search" in self.name else PAGE

    def __str__(self) -> str:
        p95, used = percentile(self.took, 95), percentile(self.used, 95)
        ratio = f"{sum(self.took) / self.bare:7.1f}" if self.bare else f"{'':7}"
        late = "  LATE" if p95 > self.bound else ""
        failed = f"  {dict(self.failed)}" if self.failed else ""
        return (f"{self.name:38}{self.first:9.1f}{percentile(self.took, 50):9.1f}{p95:9.1f}{used:9.1f}{ratio}"
                f"{late}{failed}")  # fmt: skip


def path(where: str, **asked: str | None) -> str:
    """An address with those parameters that are given."""
    given = {name.rstrip("_"): value for name, value in asked.items() if value}
    return f"{where}?{urlencode(given)}" if given else where


def lists(draw: Draw, base: str = "") -> Paths:
    """The listings, as pages, or (`base`) in the interface for programs."""
    one = draw.chance.choice
    return {
        f"{base}/search": lambda: path(f"{base}/search", q=draw.query()),
        f"{base}/search, narrowed": lambda: path(f"{base}/search", q=draw.query(), actor=draw.actor(), since="2018"),
        f"{base}/engagements": lambda: path(f"{base}/engagements", kind=one((None, "meeting", "visit", "conference")),
                                            status=one((None, "held", "planned")), since=one((None, "2018"))),
        f"{base}/engagements of an actor": lambda: path(f"{base}/engagements", actor=draw.actor(),
                                                        topic=one((None, "trade", "peacekeeping"))),
        f"{base}/engagements of two": lambda: path(f"{base}/engagements", actor=draw.actor(), with_=draw.actor()),
        f"{base}/engagements at a place": lambda: path(f"{base}/engagements", place=one(("Hà Nội", "New York", "Gen"))),
        f"{base}/engagements on a topic": lambda: path(f"{base}/engagements", topic=one(("trade", "peacekeeping"))),
        f"{base}/undertakings": lambda: path(f"{base}/undertakings", kind=one((None, "pledge", "request", "plan"))),
        f"{base}/undertakings by status": lambda: path(f"{base}/undertakings", status=one(
            ("overdue", "open", "kept", "postponed"))),
        f"{base}/undertakings due": lambda: path(f"{base}/undertakings", due_until=one(("2019-06-30", "2030"))),
        f"{base}/undertakings of an actor": lambda: path(f"{base}/undertakings", actor=draw.actor(),
                                                         topic=one((None, "trade"))),
        f"{base}/undertakings between two": lambda: path(f"{base}/undertakings", by=draw.actor(), to=draw.actor()),
        f"{base}/undertakings since": lambda: path(f"{base}/undertakings", since="2019", grade=one((None, "dated"))),
        f"{base}/actors": lambda: path(f"{base}/actors", kind=one((None, "person", "organisation", "state"))),
        f"{base}/actors beginning so": lambda: path(f"{base}/actors", starting=one(draw.names)[:2]),
        f"{base}/documents": lambda: path(f"{base}/documents", since=one((None, "2018"))),
        f"{base}/documents of an actor": lambda: path(f"{base}/documents", actor=draw.actor()),
        f"{base}/agreements": lambda: path(f"{base}/agreements", actor=one((None, draw.actor()))),
        f"{base}/contributions": lambda: path(f"{base}/contributions", state=one((None, draw.actor())),
                                              status=one((None, "deployed"))),
        f"{base}/positions": lambda: path(f"{base}/positions", actor=one((None, draw.actor())),
                                          topic=one((None, "trade"))),
        f"{base}/acts": lambda: path(f"{base}/acts", type=one((None, "AGREE", "REQUEST"))),
        f"{base}/acts of an actor": lambda: path(f"{base}/acts", actor=draw.actor()),
        f"{base}/acts of a speaker": lambda: path(f"{base}/acts", speaker=draw.actor(), topic=one((None, "trade"))),
        f"{base}/conflicts": lambda: path(f"{base}/conflicts"),
        f"{base}/stories": lambda: path(f"{base}/stories"),
        f"{base}/official": lambda: path(f"{base}/official", state=one(("VN", "JP"))),
        f"{base}/engagements/ID": lambda: f"{base}/engagements/{one(draw.ids['engagement'])}",
        f"{base}/undertakings/ID": lambda: f"{base}/undertakings/{one(draw.ids['undertaking'])}",
        f"{base}/actors/ID": lambda: f"{base}/actors/{quote(draw.actor(), safe='')}",
        f"{base}/document": lambda: path(f"{base}/document", source=one(draw.sources)),
    }  # fmt: skip


def pages(draw: Draw) -> Paths:
    """The other pages."""
    one = draw.chance.choice

    def narrowed() -> dict[str, str | None]:
        return {"actor": one((None, draw.actor())), "since": one((None, "2018")), "until": one((None, "2021-06"))}

    return {
        "/": lambda: path("/", since=one((None, "2026-01-01"))),
        "/missions": lambda: "/missions",
        "/programmes": lambda: path("/programmes", name=one((None, "Việt Nam"))),
        "/programmes/ID": lambda: f"/programmes/{quote(one(draw.programmes), safe='')}" if draw.programmes else "/",
        "/undertakings/ID/why": lambda: f"/undertakings/{one(draw.ids['undertaking'])}/why",
        "/compare": lambda: path("/compare", a=one(draw.sources), b=one(draw.sources)),
        "/brief": lambda: path("/brief", actor=draw.actor(), topic=one((None, "trade")), since=one((None, "2018"))),
        "/brief.docx": lambda: path("/brief.docx", actor=draw.actor()),
        "/timeline": lambda: path("/timeline", **narrowed()),
        "/pictures/timeline.json": lambda: path("/pictures/timeline.json", **narrowed()),
        "/network": lambda: path("/network", actor=draw.actor()),
        "/pictures/network.json": lambda: path("/pictures/network.json", actor=draw.actor(), since=one((None, "2018"))),
        "/map": lambda: path("/map", **narrowed()),
        "/pictures/map.json": lambda: path("/pictures/map.json", **narrowed()),
        "/charts": lambda: path("/charts", state=one((None, "VN", "JP"))),
        "/pictures/chart.json": lambda: path("/pictures/chart.json", state=one(("VN", "JP"))),
        "/calendar": lambda: path("/calendar", actor=one((None, draw.actor())), month=one((None, "2020-05"))),
        "/pictures/calendar.json": lambda: path("/pictures/calendar.json", month=one((None, "2020-05"))),
        "/review": lambda: path("/review", n=str(one(range(60)))),
        "/review/queue": lambda: "/review/queue",
        "/review/decisions": lambda: "/review/decisions",
        "/review/new": lambda: path("/review/new", source=one(draw.sources), kind="act"),
        "/cite/ID": lambda: f"/cite/{one(draw.keys)}",
        "/about": lambda: "/about",
        "/set-aside": lambda: "/set-aside",
        "/api/v1/home": lambda: "/api/v1/home",
        "/api/v1/citations/ID": lambda: f"/api/v1/citations/{one(draw.keys)}",
        "/api/v1/judgements": lambda: "/api/v1/judgements",
    }


def measured(client: TestClient, name: str, ask: Callable[[], str], times: int, sent: Sent) -> Timed:
    """One kind of page, so many times after the first."""
    found, headers = Timed(name), TYPED if name == "/search" else {}
    for n in range(times + 1):
        where = ask()
        sent.statements.clear()
        begun, used = time.perf_counter(), time.process_time()
        answer = client.get(where, headers=headers)
        took, spent = 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - used)
        if answer.status_code >= 400:
            found.failed[answer.status_code] += 1
        if n == 0:
            found.first = took
            continue
        found.took.append(took)
        found.used.append(spent)
        found.bare += 1000 * sent.again()
    return found


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


def main() -> int:
    """Print the table; 1 where a bound is missed or a reader met an error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register")
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", metavar="WORD", help="pages whose name holds this, and no readers")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    args = parser.parse_args()
    with open_register(args.register) as register:
        if older := adopted(register):
            print(f"put together by another state of the rules ({older}), taken as it is")
        draw = Draw(register, args.seed)
    asked = {name: ask for name, ask in {**lists(draw), **pages(draw), **lists(draw, "/api/v1")}.items()
             if args.only in name}  # fmt: skip
    print(f"{machine()}\n{draw.count:,} documents; of each kind of page {args.times}, drawn at random\n")
    found = _timed(args, asked)
    late = [it for it in found if percentile(it.took, 95) > it.bound or it.failed.keys() - {404}]
    print(f"\n{len(found)} kinds of pages, {len(late)} of them late or failing")
    served_all = bool(args.only) or _crowd(args, asked)
    return 1 if late or not served_all else 0


def _timed(args: argparse.Namespace, asked: Paths) -> list[Timed]:
    print(f"{'milliseconds':38}{'first':>9}{'p50':>9}{'p95':>9}{'cpu p95':>9}{'/SQL':>7}")
    app, found = create_app(Settings.of(args.register, alone=True)), []
    with TestClient(app, base_url="http://127.0.0.1", headers=HEADERS) as client:
        client.get("/about")
        for thread in threading.enumerate():
            if thread.name == "servanda-warming":  # what the desk asks itself before a reader comes
                thread.join()
        sent = Sent(app.state.registers.opened())
        for name, ask in asked.items():
            found.append(measured(client, name, ask, args.times, sent))
            print(found[-1], flush=True)
    return found


def _crowd(args: argparse.Namespace, asked: Paths) -> bool:
    chosen = [ask() for name, ask in asked.items() if "/review" not in name for _ in range(10)]
    with served(args.register) as base:
        ended, took = crowd(base, chosen, args.readers, args.seconds)
    told = ", ".join(f"{count} × {outcome}" for outcome, count in sorted(ended.items()))
    print(f"\n{args.readers} readers at once, {args.seconds:g} s, {os.cpu_count()} cores for them and the desk: "
          f"{ended.total() / args.seconds:.0f} pages a second, p50 {percentile(took, 50):.0f} ms, "
          f"p95 {percentile(took, 95):.0f} ms; {told}")  # fmt: skip
    return set(ended) <= {"200", "404"}


if __name__ == "__main__":
    sys.exit(main())

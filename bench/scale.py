"""What one page costs on the way from an archive to the register, and what that makes for many pages.

    python bench/scale.py [--documents 1500] [--pages 50e6] [--kept 0.02] [--cores 64]

Pages are articles of the corpora beside the project, else of samples/ (BENCH_FILES names others), put into a web
archive among as many pages of another language. Measured, on one core: finding a page of the language asked for in an
archive, taking its article out, reading it, writing and loading its shard, putting together what is told across
documents; and the bytes that each keeps. `--pages` are the pages of the crawl, `--kept` the part of them that is in the
language asked for, `--cores` those that read at once. Nothing is cached between steps.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rows import articles

from servanda.answers.assembly import bring_up_to_date
from servanda.engine.loading import load_shards
from servanda.engine.reading import as_json
from servanda.engine.shards import Mark, Read, Shards
from servanda.intake import Intake
from servanda.store import open_register
from servanda.types import Document

OTHER = "The ministers met on Tuesday and agreed to strengthen cooperation on trade, transport and education. " * 30


def archive(path: Path, texts: list[str]) -> Path:
    """A web archive in which every second page is in another language."""
    with gzip.open(path, "wb", compresslevel=6) as out:
        for number, text in enumerate(texts):
            for url, words in ((f"https://a.example/{number}", text), (f"https://b.example/{number}", OTHER)):
                out.write(_record(url, words))
    return path


def _record(url: str, words: str) -> bytes:
    paragraphs = "".join(f"<p>{part}</p>" for part in words.split("\n") if part)
    title = words[:80].splitlines()[0]
    page = (
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body><article>{paragraphs}</article></body></html>"
    )
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what the work gave."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def costs(texts: list[str], folder: Path) -> dict[str, float]:
    """Seconds and bytes a page, step by step."""
    count = len(texts)
    path = archive(folder / "crawl.warc.gz", texts)
    taken, kept = timed(lambda: [it for it in Intake([str(path)]) if isinstance(it, Document)])
    passed, _ = timed(lambda: list(Intake([str(path)], languages=("xx",))))
    as_json(kept[0])
    read, lines = timed(lambda: [as_json(document) for document in kept])
    shards = Shards(str(folder / "shards"))
    shards.make()
    rows = [Read(str(path), document, line) for document, line in zip(kept, lines, strict=True)]
    written, mark = timed(lambda: shards.write(0, "bench", rows))
    with open_register(str(folder / "register.db"), create=True) as register:
        loaded, _ = timed(lambda: load_shards(register, shards, [mark], lambda tally: None))
        together, _ = timed(lambda: bring_up_to_date(register))
    assert isinstance(mark, Mark)
    size = sum(it.stat().st_size for it in folder.glob("register.db*"))
    return {
        "passing over a page in another language": passed / (2 * count),
        "taking an article out of its page": (taken - passed) / len(kept),
        "reading it": read / len(kept),
        "writing its shard": written / len(kept),
        "loading it into the register": loaded / len(kept),
        "putting together what is told across documents": together / len(kept),
        "bytes of the shard": mark.bytes / len(kept),
        "bytes of the register": size / len(kept),
        "megabytes of one process": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Print both tables."""
    cli = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    cli.add_argument("--documents", type=int, default=1500)
    cli.add_argument("--pages", type=float, default=50e6)
    cli.add_argument("--kept", type=float, default=1.0)
    cli.add_argument("--cores", type=int, default=64)
    given = cli.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = costs(articles(given.documents), Path(folder))
    print(f"{given.documents} pages, load {os.getloadavg()[0]:.1f}")
    for what, value in found.items():
        print(f"{what:<50}" + (f"{value * 1000:10.3f} ms" if value < 1 else f"{value:10.0f}"))
    wanted = given.pages * given.kept
    first = given.pages * found["passing over a page in another language"]
    many = first + wanted * (
        found["taking an article out of its page"] + found["reading it"] + found["writing its shard"]
    )
    print(f"\n{given.pages:.3g} pages, {given.kept:.0%} of them kept, {given.cores} cores that read")
    print(f"{'from archives to shards':<50}{many / given.cores / 3600:10.1f} h")
    print(f"{'loading into one register':<50}{wanted * found['loading it into the register'] / 3600:10.1f} h")
    together = wanted * found["putting together what is told across documents"]
    print(f"{'putting together':<50}{together / 3600:10.1f} h")
    print(f"{'shards':<50}{wanted * found['bytes of the shard'] / 1e9:10.0f} GB")
    print(f"{'register':<50}{wanted * found['bytes of the register'] / 1e9:10.0f} GB")


if __name__ == "__main__":
    main()

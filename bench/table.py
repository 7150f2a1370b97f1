"""The table of what Servanda costs, each figure a ratio taken within one run on the same documents.

    python bench/table.py [--smoke | --pure] [ROW ...]

Every module of `bench/rows/` is a row; ROW chooses some by name. What is measured is the package with its reader
compiled (`tools/compiled.py`, which first makes it where it is out of date), where that can be done; `--pure` measures
the sources. `--smoke` only shows that each can be measured: a few documents of the sources, no figure to be trusted.
Documents are those of the corpora beside the project, else the samples; BENCH_FILES="a.jsonl.gz b.txt" names others.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import platform
import sys
import time
import traceback
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import rows
from rows import HOME, Row

from servanda import Document, read

sys.path.insert(0, str(HOME / "tools"))
import compiled

LIBRARIES = ("servanda", "ahocorasick-rs", "numpy", "orjson", "sqlalchemy", "psycopg", "ray", "pyarrow")
MARKS = {True: "reached", False: "NOT REACHED", None: ""}


def machine() -> str:
    """Processor, cores, load, and the versions of what is measured."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    libraries = ", ".join(f"{name} {_version(name)}" for name in LIBRARIES)
    return (
        f"{(names or [platform.processor()])[0]}, {os.cpu_count()} cores{load}, {platform.system()} "
        f"{platform.release()}\nPython {platform.python_version()}, {libraries}\n{reader()}"
    )


def reader() -> str:
    """Whether the reader that is measured is compiled, and where it is."""
    read(Document("", "bench"))
    state = "compiled" if rows.is_compiled() else "pure Python"
    return f"the reader is {state}: {Path(str(sys.modules['servanda.read.page'].__file__)).parents[1]}"


def start_compiled() -> None:
    """This program again, with the compiled package in place of the sources; returns where there can be none."""
    if rows.is_compiled() or os.environ.get("PYTHONPATH") == str(compiled.INTO) or compiled.main():
        return
    os.environ["PYTHONPATH"] = str(compiled.INTO)
    os.execv(sys.executable, [sys.executable, *sys.argv])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def measured(name: str, smoke: bool) -> Row:
    """One row; what cannot be measured says why in its note."""
    try:
        row: Row = importlib.import_module(f"rows.{name}").measure(smoke)
    except Exception as error:
        traceback.print_exc()
        return Row(name, None, "", note=f"failed: {type(error).__name__}: {error}")
    return row


def line(row: Row, judged: bool) -> str:
    """A row as it is printed, its note below it; `judged` says whether it reaches what it must."""
    value = "-" if row.value is None else f"{row.value:.2f} {row.unit}"
    bounds = " ".join(part for part in (row.reach, f"(aim {row.aim})" if row.aim else "") if part)
    head = f"{row.what:<58} {value:>16}  {bounds:<16} {MARKS[row.reached] if judged else ''}"
    return f"{head.rstrip()}\n    {row.note}" if row.note else head.rstrip()


def main() -> int:
    """Measure and print; 1 where a row failed."""
    known = sorted(module.name for module in pkgutil.iter_modules(rows.__path__))
    cli = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    cli.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(known)}; all without one")
    cli.add_argument("--smoke", action="store_true", help="only show that every row can be measured")
    cli.add_argument("--pure", action="store_true", help="measure the sources, nothing compiled")
    given = cli.parse_args()
    if unknown := set(given.rows) - set(known):
        cli.error(f"no such row: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    if not (given.smoke or given.pure):
        start_compiled()
    print(machine(), "a smoke run: no figure is to be trusted" if given.smoke else "", sep="\n", flush=True)
    failed = 0
    for name in given.rows or known:
        start = time.monotonic()
        row = measured(name, given.smoke)
        failed += row.note.startswith("failed")
        print(line(row, not given.smoke), f"    [{name}, {time.monotonic() - start:.0f} s]", sep="\n", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""The compiled package reads to the byte what the pure one reads.

It takes a C compiler and a minute or two, so only what `make compiled` has made of the sources as they are now is
looked at, and skipped, saying so, where there is none.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from itertools import islice
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "bench")]

import compiled  # noqa: E402
import distribution  # noqa: E402
from rows import CORPORA, texts  # noqa: E402

needs_it = pytest.mark.skipif(
    not compiled.fresh(), reason="NOT COMPILED: build/compiled is not of these sources; `make compiled` makes it"
)
ODD = [
    "",
    "\n",
    "\ud800",
    "a" * 5000,
    "Nga, Mỹ " * 800,
    "(" * 400 + '"' * 401,
    "12/3/2023 " * 300,
    "\u0130\x00\u200b. " * 50,
]
READ = """
import sys, json, orjson
from servanda import Document, read
from servanda.pipeline import read_explained
for line in sys.stdin:
    text = json.loads(line)
    print(orjson.dumps(read(Document(text, "here")), default=str).decode())
    print(len(read_explained(Document(text, "here"))[1]))
print(sys.modules["servanda.read.page"].__file__, file=sys.stderr)
"""


def articles() -> list[str]:
    """Pages of every corpus that is beside the project, all samples, and texts that nobody writes."""
    samples = (path.read_text(encoding="utf-8") for path in sorted((ROOT / "samples").glob("*.txt")))
    corpora = (islice(texts(path), 50, 850, 40) for path in CORPORA if path.is_file())
    return [*ODD, *samples, *(text for some in corpora for text in some)]


def ran(program: list[str], home: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    """What a program prints with the package of this folder."""
    there = {**os.environ, "PYTHONPATH": str(home)}
    return subprocess.run(program, input=given, env=there, capture_output=True, text=True, check=True, timeout=300)


@needs_it
def test_readings_are_the_same_to_the_byte():
    given = "".join(json.dumps(text) + "\n" for text in articles())
    pure, native = (ran([sys.executable, "-c", READ], home, given) for home in (ROOT / "src", compiled.INTO))
    assert pure.stderr.strip().endswith("page.py")
    assert not native.stderr.strip().endswith("page.py")
    differ = [
        n for n, (a, b) in enumerate(zip(pure.stdout.splitlines(), native.stdout.splitlines(), strict=True)) if a != b
    ]
    assert not differ


@needs_it
def test_workers_read_to_the_byte_what_one_process_of_the_sources_reads(tmp_path):
    dump = tmp_path / "articles.jsonl"
    dump.write_text("".join(json.dumps({"text": text}) + "\n" for text in articles()[len(ODD) :] * 2))
    command = [sys.executable, "-c", "from servanda.cli import main; main()", "read", str(dump), "--json", "--workers"]
    pure, native = ran([*command, "1"], ROOT / "src"), ran([*command, "2"], compiled.INTO)
    assert pure.stdout.count("\n") > 10
    assert pure.stdout == native.stdout


@needs_it
def test_a_wheel_carries_the_native_modules_where_that_is_asked_for(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    there = {**os.environ, "SERVANDA_COMPILED": "1"}
    subprocess.run(build, cwd=ROOT, env=there, check=True, capture_output=True, timeout=300)
    (made,) = tmp_path.glob("*.whl")
    assert not made.name.endswith("none-any.whl")
    zipfile.ZipFile(made).extractall(tmp_path / "installed")
    read = ran([sys.executable, "-c", READ], tmp_path / "installed", json.dumps("Nga") + "\n")
    assert Path(read.stderr.strip()).parents[2] == tmp_path / "installed"
    assert not read.stderr.strip().endswith(".py")


def test_a_build_asks_for_the_compiler_of_types_only_where_it_compiles(monkeypatch):
    monkeypatch.delenv(distribution.COMPILED, raising=False)
    hook = distribution.get_build_hook()(str(ROOT), {}, None, None, "", "wheel")
    assert not set(distribution.TYPED) & set(hook.dependencies())
    monkeypatch.setenv(distribution.COMPILED, "1")
    assert set(distribution.TYPED) <= set(hook.dependencies())


def test_a_change_makes_what_was_compiled_stale(tmp_path):
    package = tmp_path / "src" / "servanda"
    package.mkdir(parents=True)
    (package / "one.py").write_text("A = 1\n")
    made = tmp_path / "compiled"
    made.mkdir()
    (made / compiled.MADE).write_text(compiled.digest(package))
    assert compiled.fresh(tmp_path, made)
    (package / "one.py").write_text("A = 2\n")
    assert not compiled.fresh(tmp_path, made)

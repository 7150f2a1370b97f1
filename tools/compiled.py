"""Makes native modules of the reader's own Python: the package, with them beside their sources, in build/compiled.

    python tools/compiled.py        (or `make compiled`; then PYTHONPATH=build/compiled runs it)

mypyc translates the typed modules of `read/` into C, and the machine's C compiler does the rest. The sources in `src/`
stay what is edited and what an editable installation runs; build/compiled is a copy that is made anew whenever
anything in the package has changed, so that no compiled module ever stands beside another state of its source.
Readings are the same to the byte (`tests/test_compiled.py`). `make bench` measures it, and a wheel carries it where
SERVANDA_COMPILED=1 asks for it (`tools/distribution.py`).

What mypyc compiles differs from Python where types are not what they say: a number of numpy is no int, a
`cached_property` keeps nothing, and orjson cannot read its dataclasses, so that `types.py` stays Python.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
INTO = ROOT / "build" / "compiled"
MADE = "made.txt"
HOT = ("folding.py", "lexicon.py", "read/**/*.py")  # together: calls out of what is compiled cost what it saves
LEFT = {"explain.py"}  # what nobody waits for
OPTIONS = ("-O1", "-g0", "-DNDEBUG", "-fwrapv", "-w")
ADVICE = "the package stays pure Python, and reads the same, a quarter slower"


class NotCompiled(Exception):
    """There is no mypyc or no C compiler here, or one of them refused; the message says what it said."""


def digest(package: Path) -> str:
    """One sum over every file of the package, this script and the Python that it is made for."""
    kept = (path for path in package.rglob("*") if path.is_file() and not _left(path.relative_to(package)))
    sums = sorted(f"{path.relative_to(package)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in kept)
    parts = [sys.version, hashlib.sha256(Path(__file__).read_bytes()).hexdigest(), *sums]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def fresh(root: Path = ROOT, into: Path = INTO) -> bool:
    """Whether the compiled package was made from the sources as they are now."""
    with contextlib.suppress(OSError):
        return (into / MADE).read_text() == digest(root / "src" / "servanda")
    return False


def build(root: Path = ROOT, into: Path = INTO) -> None:
    """Copy the package, compile its hot modules, and put it in place of the former one.

    Raises NotCompiled; the former one is then gone.
    """
    shutil.rmtree(into, ignore_errors=True)
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into.parent) as folder:
        new = Path(folder) / "new"
        source, told = root / "src" / "servanda", digest(root / "src" / "servanda")
        shutil.copytree(source, new / "servanda", ignore=lambda at, names: [n for n in names if _left(Path(at, n))])
        package = new / "servanda"
        hot = sorted({path for pattern in HOT for path in package.glob(pattern) if path.name not in LEFT})
        extensions = _translated(new, hot, Path(folder) / "c", root / "pyproject.toml")
        _compiled(extensions, new, Path(folder))
        (new / MADE).write_text(told)
        new.rename(into)


def _left(path: Path) -> bool:
    return path.name == "__pycache__" or path.suffix in (".pyc", ".so") or "__pycache__" in path.parts


def _translated(home: Path, modules: Iterable[Path], into: Path, config: Path) -> list[Any]:
    """The extensions that mypyc makes of these modules, as C."""
    try:
        from mypyc.build import mypycify
    except ImportError as error:
        raise NotCompiled(f"mypyc is missing ({error}): {ADVICE}") from error
    names = [path.relative_to(home).as_posix() for path in modules]
    options = [f"--config-file={config}", f"--cache-dir={into / 'cache'}", *names]
    said, here = io.StringIO(), Path.cwd()
    os.chdir(home)
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            return list(mypycify(options, multi_file=True, target_dir=str(into)))
    except SystemExit as error:
        raise NotCompiled(f"mypyc refuses: {_last(said.getvalue())}") from error
    finally:
        os.chdir(here)


def _compiled(extensions: list[Any], home: Path, into: Path) -> None:
    """Every extension compiled and linked into its place, on all processors."""
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    link = shlex.split(sysconfig.get_config_var("LDSHARED"))
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        made = [(it, pool.map(_object, it.sources, [it.include_dirs] * len(it.sources))) for it in extensions]
        for extension, objects in made:
            _run([*link, "-o", str(home / (extension.name.replace(".", "/") + suffix)), *objects])


def _object(source: str, include: list[str]) -> str:
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC"))
    shared = shlex.split(sysconfig.get_config_var("CCSHARED") or "")
    headers = [f"-I{folder}" for folder in (*include, sysconfig.get_path("include"))]
    made = str(Path(source).with_suffix(".o"))
    _run([*compiler, *shared, *OPTIONS, *headers, "-c", source, "-o", made])
    return made


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise NotCompiled(f"there is no C compiler {command[0]} here: {ADVICE}") from error
    except subprocess.CalledProcessError as error:
        raise NotCompiled(f"{command[0]} refuses: {_last(error.stderr)}") from error


def _last(said: str) -> str:
    return "\n".join(line for line in said.strip().splitlines() if "warning:" not in line)[-2000:]


def main() -> int:
    """Build if need be; 1 where it cannot be done."""
    if fresh():
        print(f"{INTO.relative_to(ROOT)} is up to date", file=sys.stderr)
        return 0
    try:
        build()
    except NotCompiled as error:
        print(f"NOT COMPILED: {error}", file=sys.stderr)
        return 1
    print(f"the reader is compiled, in {INTO.relative_to(ROOT)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

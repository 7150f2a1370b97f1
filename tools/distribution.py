"""Builds what the wheel carries beside the package's files: the desk's pictures, and native modules where asked for.

Hatchling calls it for wheels and editable installs (`pyproject.toml`). SERVANDA_COMPILED=1 in the environment makes a
wheel of this machine's platform, with the reader compiled (`tools/compiled.py`); mypyc is then a requirement of the
build, and a C compiler is needed. Without it, or in an editable install, the package is pure Python and reads the same.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from assets import DeskAssets
from compiled import INTO, build, fresh

COMPILED = "SERVANDA_COMPILED"
TYPED = ["mypy[mypyc]>=1.18", "ahocorasick-rs>=1.0", "numpy>=1.26", "pydantic>=2.7", "types-pyyaml"]


class Distribution(DeskAssets):
    """The build hook: see the module."""

    PLUGIN_NAME = "distribution"

    def dependencies(self) -> list[str]:
        """What hatchling must install first: what `DeskAssets` asks for, and what the compiler looks at."""
        return super().dependencies() + (TYPED if os.environ.get(COMPILED) == "1" else [])

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build before the files are gathered. Raises NotCompiled where it is asked for and cannot be done."""
        super().initialize(version, build_data)
        if version == "standard" and os.environ.get(COMPILED) == "1":
            if not fresh():
                build()
            native = [path for path in INTO.rglob("*") if path.suffix in (".so", ".pyd")]
            build_data["force_include"].update({str(path): str(path.relative_to(INTO)) for path in native})
            build_data.update(pure_python=False, infer_tag=True)


def get_build_hook() -> type[Distribution]:
    """The one of the hooks here that hatchling is to call."""
    return Distribution

"""YAML files of the package, by libyaml where PyYAML was built with it: in a seventh of the time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def yaml_file(path: Path) -> Any:
    """What a file says. Raises OSError, UnicodeDecodeError and yaml.YAMLError."""
    return yaml.load(path.read_text(encoding="utf-8"), LOADER)

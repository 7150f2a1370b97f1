"""Data files of `schema/`: what a record is and what figures weigh, checked when they are first asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from servanda.errors import BadData
from servanda.yamlfile import yaml_file

SCHEMA = Path(__file__).parent / "schema"
Shape = TypeVar("Shape", bound=BaseModel)


def schema_file(name: str, shape: type[Shape]) -> Shape:
    """What a file of `schema/` says, in its shape. Raises BadData, which names the file and why."""
    try:
        return shape.model_validate(yaml_file(SCHEMA / name))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise BadData(f"{name}: {' '.join(str(error).split())}") from error

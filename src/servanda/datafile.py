"""Data files of `schema/`, what a record is and what figures weigh, and the words of each language that keeping needs.

They are checked when they are first asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from servanda.errors import BadData
from servanda.yamlfile import yaml_file

SCHEMA = Path(__file__).parent / "schema"
LANGUAGES = Path(__file__).parent / "lang"
Shape = TypeVar("Shape", bound=BaseModel)


def schema_file(name: str, shape: type[Shape], **told: Any) -> Shape:
    """What a file of `schema/` says, and what is `told` beside it, in its shape.

    Raises BadData, which names the file and why.
    """
    return _checked(SCHEMA / name, shape, told)


def language_files(name: str, shape: type[Shape], root: Path = LANGUAGES) -> dict[str, Shape]:
    """What `keeping/NAME` of each language says, by language; a language without the file is left out.

    Raises BadData, which names the file and why.
    """
    files = {path.name: path / "keeping" / name for path in sorted(root.iterdir())}
    return {language: _checked(file, shape, {}) for language, file in files.items() if file.is_file()}


def _checked(path: Path, shape: type[Shape], told: dict[str, Any]) -> Shape:
    try:
        return shape.model_validate(yaml_file(path) | told)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise BadData(f"{path.name}: {' '.join(str(error).split())}") from error

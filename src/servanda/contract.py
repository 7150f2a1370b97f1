"""The reading contract: the JSON Schema of a reading, from the types and what `schema/reading.yaml` says of them."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from servanda.errors import BadData
from servanda.types import (
    Act,
    Actor,
    Agreement,
    Contribution,
    DateExpression,
    Engagement,
    Noise,
    Plan,
    Position,
    Post,
    Reading,
)
from servanda.yamlfile import yaml_file

FILE = Path(__file__).parent / "schema" / "reading.yaml"
RECORDS = (Reading, Noise, Post, Actor, DateExpression, Engagement, Act, Position, Plan, Contribution, Agreement)


class Property(BaseModel):
    """A property of a record: its Vietnamese label, and what it says, in a sentence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    vi: str
    says: str


class Record(BaseModel):
    """A record: its name in English and Vietnamese, and its properties."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    en: str
    vi: str
    properties: dict[str, Property]


@cache
def records(file: Path = FILE) -> dict[str, Record]:
    """What is said of each record. Raises BadData where it and the types do not hold the same properties."""
    try:
        told = TypeAdapter(dict[str, Record]).validate_python(yaml_file(file))
    except ValidationError as error:
        first = error.errors()[0]
        raise BadData(f"{file.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadData(f"{file.name}: cannot be read: {' '.join(str(error).split())}") from error
    for kind in RECORDS:
        have = set(told[kind.__name__].properties) if kind.__name__ in told else set[str]()
        for name in have ^ {field.name for field in fields(kind)}:
            raise BadData(
                f"{file.name}: {kind.__name__}.{name}: {'no such property' if name in have else 'is missing'}"
            )
    return told


def reading_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one reading, one line of `servanda read --json`."""
    schema = TypeAdapter(Reading).json_schema()
    for kind, record in records().items():
        place = schema["$defs"][kind]
        place["title"] = record.en
        for name, said in record.properties.items():
            place["properties"][name] |= {"description": said.says}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}

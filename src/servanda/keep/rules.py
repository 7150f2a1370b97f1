"""The data by which promises are told and followed: schema/follow.yaml, checked."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from servanda.datafile import language_files, schema_file
from servanda.folding import fold
from servanda.keep.languages import Plain, together


class Table(BaseModel):
    """Features and their weights; the sum that asserts an outcome, and that from which a person should look."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    least: float
    review: float
    weights: dict[str, float]


class Words(BaseModel):
    """lang/<xx>/keeping/promises.yaml: plain words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    numerals: dict[Plain, str]
    ordinals: list[Plain]
    levels: list[Plain]
    no_names: list[Plain]
    empty: frozenset[Annotated[str, AfterValidator(fold)]]
    borne: frozenset[Plain]
    terms: frozenset[Plain]
    tells: dict[str, list[Annotated[str, AfterValidator(fold)]]]


class Rules(Words):
    """schema/follow.yaml, and the words of all languages."""

    kinds: dict[str, str]
    modes: dict[str, str]
    statuses: dict[str, str]
    demands: dict[str, str]
    same_words: float
    same_whole: float
    run: int
    long_run: int
    few: int
    overlap: float
    covers: float
    own_words: list[str]
    due_moved: int
    slack: dict[str, int]
    late: int
    later: int
    officers: list[str]
    general: dict[str, list[str]]
    answers: dict[str, str]
    refusals: list[str]
    refusable: list[str]
    accepts: list[str]
    beside: int
    soon: int
    shows_help: list[str]
    signs: dict[str, list[str]]
    named: float
    words_of_name: int
    nearest: int
    tables: dict[str, Table]

    @property
    def review(self) -> float:
        """The part of the sum that asserts from which a person should look, the lowest of all tables."""
        return min(table.review / table.least for table in self.tables.values())


@cache
def rules() -> Rules:
    """The data files, checked. Raises BadData."""
    words = together(language_files("promises.yaml", Words).values())
    return schema_file("follow.yaml", Rules, **dict(words))

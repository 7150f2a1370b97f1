"""The words of all languages that keeping needs, together: a register holds documents of any of them.

They stand in `lang/<xx>/keeping/*.yaml`, written as a linguist writes them; here they are made plain for comparing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel

from servanda.keep.names import plain

Plain = Annotated[str, AfterValidator(plain)]
Shape = TypeVar("Shape", bound=BaseModel)


def together(told: Iterable[Shape]) -> Shape:
    """What several languages tell, field by field: lists one after the other, sets and tables united."""
    return reduce(_joined, told)


def _joined(one: Shape, other: Shape) -> Shape:
    fields = {name: (getattr(one, name), getattr(other, name)) for name in type(one).model_fields}
    return one.model_copy(
        update={name: a + b if isinstance(a, list | tuple) else a | b for name, (a, b) in fields.items()}
    )

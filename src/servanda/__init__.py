"""Servanda reads what the press publishes about UN peacekeeping and diplomacy, and keeps a cited record of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING

from servanda.types import Document, Reading

if TYPE_CHECKING:
    from servanda.pipeline import read

__all__ = ["Document", "Reading", "read"]


class _Servanda(ModuleType):
    """The package: `read` is the function, loaded when asked for, and not the stages in the package of that name."""

    @property
    def read(self) -> Callable[..., Reading]:
        from servanda.pipeline import read  # a command that only asks the register never reads

        return read

    @read.setter
    def read(self, stages: ModuleType) -> None:
        """Whoever imports the package `servanda.read` would put it here."""


sys.modules[__name__].__class__ = _Servanda

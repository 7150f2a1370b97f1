"""Every error that Servanda raises on purpose: one tree, so that a caller can catch as much of it as it means to."""

from __future__ import annotations


class ServandaError(Exception):
    """Something a user can understand and mend; the message names the input and the reason in one line."""


class BadData(ServandaError):
    """A data file under lang/, world/ or schema/ is broken: the message names the file, the key and why."""


class BadInput(ServandaError):
    """A document that cannot be read; it is set aside with this reason and the batch goes on."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source, self.reason = source, reason

    def __reduce__(self) -> tuple[type[BadInput], tuple[str, str]]:
        return BadInput, (self.source, self.reason)


class RegisterError(ServandaError):
    """The register cannot be opened, is locked, full, or of a newer release; nothing in it was changed."""


class NotFound(ServandaError):
    """What was asked for is not in the register; the message names near matches where there are any.

    `what` sort of thing (actor, undertaking …) was asked for, and `near`: names or ids of that sort that come near.
    """

    def __init__(self, message: str, what: str = "", near: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.what, self.near = what, near


class BadQuestion(ServandaError):
    """A question that cannot be answered as it was asked: a broken cursor, a date that is none, an unknown filter."""


class Refused(ServandaError):
    """A decision or an entry by hand that makes no sense as given; nothing was kept."""


class Overtaken(Refused):
    """Someone decided on the same thing after it was looked at; nothing was kept, the message says who and what."""

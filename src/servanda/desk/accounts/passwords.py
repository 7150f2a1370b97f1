"""Passwords: argon2, and the same time spent on names that do not exist."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from servanda.errors import Refused

SHORTEST, LONGEST = 10, 1000
HASHER = PasswordHasher()


def hashed(password: str) -> str:
    """What is kept of a password. Raises Refused on one too short to keep anybody out."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refused(f"a password has {SHORTEST} to {LONGEST} characters")
    return HASHER.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether this is the password; takes as long where there is none to compare with."""
    try:
        return HASHER.verify(kept or _nobodys(), password) and kept is not None
    except (Argon2Error, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return HASHER.hash("nobody's password")

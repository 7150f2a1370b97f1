"""How a desk is set up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from servanda.settings import register_address

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
Theme = Literal["auto", "light", "dark"]
THEMES: tuple[Theme, ...] = ("auto", "light", "dark")
THREADS = 8  # pages made at once; more would only wait for the same cores
DATABASE = re.compile(r"\bpostgres[a-z0-9+]*://\S+?(?=[:;,.]?(?:\s|$))")
UNREACHED = re.compile(r"(cannot be reached): .*", re.DOTALL)
HERE = Path(__file__).parent
STATIC, TEMPLATES, LOCALES = HERE / "static", HERE / "templates", HERE / "locale"


@dataclass(slots=True, frozen=True)
class Settings:
    """`register` is a file or a postgresql:// URL; `public` demands sign-in; `language` is for readers who name none.

    `trusted_header` names the header in which a proxy in front gives the user's name, `trusted_proxies` the addresses
    it may come from. `hosts` are the names under which the desk is reached, besides this machine's own.
    `busy_seconds` is how long a page waits for a locked register before it says so, `writing_seconds` how long a
    decision does. `alone`: the process is this
    desk's, so that what it keeps for good is left out of garbage collection.
    """

    register: str
    public: bool = False
    language: Language = "vi"
    trusted_header: str | None = None
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    hosts: tuple[str, ...] = ()
    busy_seconds: float = 3.0
    writing_seconds: float = 60.0
    alone: bool = False

    @classmethod
    def of(cls, address: str | None = None, **more: Any) -> Settings:
        """Settings for the register given, else SERVANDA_REGISTER, else `servanda.db` here."""
        return cls(register_address(address), **more)

    @property
    def name(self) -> str:
        """What readers see of the register's address: the file's name, or the database's."""
        address = self.register.partition("?")[0] if "://" in self.register else self.register
        return Path(address).name or "register"

    def discreet(self, told: str) -> str:
        """A message without what only who keeps the desk may know: where the register lies, and who opens it how."""
        if "://" in self.register:
            told = UNREACHED.sub(r"\1", DATABASE.sub(self.name, told))
        return told.replace(self.register, self.name).replace(self.register.rpartition("@")[2], self.name)

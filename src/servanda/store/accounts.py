"""Who may use a public desk: accounts with roles, sessions and tokens. Secrets are kept as digests only.

Passwords come here hashed, session and token secrets are hashed here (SHA-256: they are long and random). Times are
UTC, ISO 8601.
"""

from __future__ import annotations

import hashlib
import secrets
import time
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Column, ForeignKey, Index, Integer, Select, Table, Text, delete, func, insert, select, update

from servanda.errors import NotFound, Refused, RegisterError
from servanda.store.register import Register, now
from servanda.store.tables import NUMBER, metadata

Role = Literal["reader", "reviewer", "editor"]
ROLES: tuple[Role, ...] = ("reader", "reviewer", "editor")
IDLE, LONGEST, NOTED = 12 * 3600, 14 * 24 * 3600, 300  # seconds: unused, in all, and between two notes of use
PREFIX = "sv_"

accounts = Table(
    "accounts",
    metadata,
    Column("key", Text, primary_key=True, doc="the name, lower case"),
    Column("name", Text, nullable=False, doc="under which decisions are kept"),
    Column("role", Text, nullable=False, doc="reader, reviewer or editor"),
    Column("password", Text, doc="argon2; none: only by token or proxy"),
    Column("created_at", Text, nullable=False),
    Column("disabled_at", Text),
)
sessions = Table(
    "sessions",
    metadata,
    Column("digest", Text, primary_key=True, doc="SHA-256 of the cookie"),
    Column("account", Text, ForeignKey("accounts.key"), nullable=False),
    Column("form", Text, nullable=False, doc="what this session's forms carry"),
    Column("started", Integer, nullable=False, doc="seconds since 1970"),
    Column("used", Integer, nullable=False),
    Index(None, "account"),
)
tokens = Table(
    "tokens",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("account", Text, ForeignKey("accounts.key"), nullable=False),
    Column("role", Text, nullable=False, doc="never more than the account's"),
    Column("digest", Text, nullable=False, unique=True, doc="SHA-256 of the token"),
    Column("label", Text, doc="what it is for"),
    Column("created_at", Text, nullable=False),
    Column("used_at", Text, doc="to the day"),
    Column("revoked_at", Text),
    Index(None, "account"),
)
failures = Table(
    "sign_in_failures",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("who", Text, nullable=False, doc="an account, an address, or both"),
    Column("at", Integer, nullable=False, doc="seconds since 1970"),
    Index(None, "who", "at"),
)


@dataclass(slots=True, frozen=True)
class Account:
    """Someone who may use the desk; `password` is a hash."""

    key: str
    name: str
    role: Role
    password: str | None
    created_at: str
    disabled_at: str | None


@dataclass(slots=True, frozen=True)
class Token:
    """A secret by which a program uses the desk; only its digest is kept."""

    id: int
    account: str
    role: Role
    label: str | None
    created_at: str
    used_at: str | None
    revoked_at: str | None


ACCOUNT = [accounts.c[name] for name in Account.__dataclass_fields__]
TOKEN = [tokens.c[name] for name in Token.__dataclass_fields__]


def key_of(name: str) -> str:
    """What an account is known by: its name in one spelling, lower case."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def digest(secret: str) -> str:
    """What is kept of a long random secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def weaker(a: Role, b: Role) -> Role:
    """The role that may do less."""
    return min(a, b, key=ROLES.index)


def add_account(register: Register, name: str, role: Role, password: str | None) -> Account:
    """Raises Refused where there is one of this name already."""
    shown = " ".join(unicodedata.normalize("NFC", name).split())
    if not shown or len(shown) > 120 or not shown.isprintable():
        raise Refused("an account needs a name of at most 120 characters")
    row = {"key": key_of(name), "name": shown, "role": role, "password": password, "created_at": now()}
    with register.writing() as connection:
        if connection.execute(select(accounts.c.key).where(accounts.c.key == row["key"])).first():
            raise Refused(f"{shown}: there is an account of this name; servanda accounts list shows them")
        connection.execute(insert(accounts).values(**row))
    return account(register, name)


def account(register: Register, name: str) -> Account:
    """Raises NotFound."""
    with register.reading() as connection:
        row = connection.execute(select(*ACCOUNT).where(accounts.c.key == key_of(name))).one_or_none()
    if row is None:
        raise NotFound(f"{name}: no account of this name; servanda accounts list shows them")
    return Account(**row._mapping)


def all_accounts(register: Register) -> list[Account]:
    """Every account, also those disabled, by name."""
    with register.reading() as connection:
        return [Account(**row._mapping) for row in connection.execute(select(*ACCOUNT).order_by(accounts.c.key))]


def change_account(
    register: Register,
    name: str,
    *,
    role: Role | None = None,
    password: str | None = None,
    disabled: bool | None = None,
) -> Account:
    """Change what is given. A new password, a new role and disabling end every session. Raises NotFound."""
    before = account(register, name)
    values = {"role": role or before.role, "password": password or before.password}
    if disabled is not None:
        values["disabled_at"] = now() if disabled else None
    with register.writing() as connection:
        connection.execute(update(accounts).where(accounts.c.key == before.key).values(**values))
        connection.execute(delete(sessions).where(sessions.c.account == before.key))
    return account(register, name)


def add_token(register: Register, name: str, *, role: Role | None = None, label: str | None = None) -> tuple[int, str]:
    """A new token of an account, of its role or a weaker one: its number, and the secret, which is shown only now."""
    owner = account(register, name)
    if owner.disabled_at:
        raise Refused(f"{owner.name}: this account is disabled")
    secret = PREFIX + secrets.token_urlsafe(32)
    row = {"account": owner.key, "role": weaker(role or owner.role, owner.role), "digest": digest(secret)}
    with register.writing() as connection:
        made = insert(tokens).values(**row, label=label, created_at=now()).returning(tokens.c.id)
        return int(connection.execute(made).scalar_one()), secret


def all_tokens(register: Register) -> list[Token]:
    """Every token, also those revoked, oldest first."""
    with register.reading() as connection:
        return [Token(**row._mapping) for row in connection.execute(select(*TOKEN).order_by(tokens.c.id))]


def revoke_token(register: Register, number: int) -> None:
    """Raises NotFound where no token of this number is in use."""
    change = update(tokens).where(tokens.c.id == number, tokens.c.revoked_at.is_(None)).values(revoked_at=now())
    with register.writing() as connection:
        if connection.execute(change).rowcount == 0:
            raise NotFound(f"no token {number} in use; servanda accounts tokens lists them")


def holder(register: Register, secret: str) -> tuple[Account, Role] | None:
    """Whose token this is and what it may do; None where it is none, revoked, or of a disabled account."""
    c = tokens.c
    chosen = (c.digest == digest(secret)) & c.revoked_at.is_(None) & accounts.c.disabled_at.is_(None)
    query: Select[tuple[object, ...]] = select(*ACCOUNT, c.role.label("may"), c.id.label("token"), c.used_at)
    with register.reading() as connection:
        row = connection.execute(query.join(tokens, c.account == accounts.c.key).where(chosen)).one_or_none()
    if row is None:
        return None
    today = now()[:10]
    if row.used_at != today:
        with register.writing() as connection:
            connection.execute(update(tokens).where(c.id == row.token).values(used_at=today))
    owner = Account(**{name: row._mapping[name] for name in Account.__dataclass_fields__})
    return owner, weaker(row.may, owner.role)


def begin_session(register: Register, name: str) -> str:
    """Sign an account in; the secret for its cookie. Sessions long past are forgotten."""
    secret, at = secrets.token_urlsafe(32), int(time.time())
    row = {"digest": digest(secret), "account": key_of(name), "form": secrets.token_urlsafe(32), "started": at}
    with register.writing() as connection:
        connection.execute(delete(sessions).where((sessions.c.used < at - IDLE) | (sessions.c.started < at - LONGEST)))
        connection.execute(insert(sessions).values(**row, used=at))
    return secret


def session(register: Register, secret: str) -> tuple[Account, str] | None:
    """Who is signed in with this cookie, and what the session's forms carry; None where nobody is."""
    c, at = sessions.c, int(time.time())
    live = (c.digest == digest(secret)) & (c.used > at - IDLE) & (c.started > at - LONGEST)
    query: Select[tuple[object, ...]] = select(*ACCOUNT, c.form, c.used).join(sessions, c.account == accounts.c.key)
    with register.reading() as connection:
        row = connection.execute(query.where(live & accounts.c.disabled_at.is_(None))).one_or_none()
    if row is None:
        return None
    if row.used < at - NOTED:
        with suppress(RegisterError), register.writing() as connection:  # noted the next time, where others are writing
            connection.execute(update(sessions).where(c.digest == digest(secret)).values(used=at))
    return Account(**{name: row._mapping[name] for name in Account.__dataclass_fields__}), row.form


def end_session(register: Register, secret: str) -> None:
    """Sign out; nothing happens where nobody was signed in."""
    with register.writing() as connection:
        connection.execute(delete(sessions).where(sessions.c.digest == digest(secret)))


def note_failure(register: Register, *who: str, within: int) -> None:
    """Note that signing in failed; what lies further back than `within` seconds is forgotten."""
    at = int(time.time())
    with register.writing() as connection:
        connection.execute(delete(failures).where(failures.c.at < at - within))
        connection.execute(insert(failures), [{"who": it, "at": at} for it in who])


def recent_failures(register: Register, who: str, *, within: int) -> tuple[int, int]:
    """How often signing in failed in the last `within` seconds, and after how many seconds the oldest is forgotten."""
    at, c = int(time.time()), failures.c
    query = select(func.count(), func.min(c.at)).where(c.who == who, c.at >= at - within)
    with register.reading() as connection:
        count, oldest = connection.execute(query).one()
    return int(count), (int(oldest) + within - at if oldest else 0)

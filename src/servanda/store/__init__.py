"""The register: tables, migrations, writing and asking. SQLite in one file by default, PostgreSQL for a team."""

from servanda.store.accounts import Account, Role
from servanda.store.asides import clear_asides, put_aside, set_asides
from servanda.store.filing import Kept, file, known
from servanda.store.judging import decided, judge, undo
from servanda.store.official import add_official, official, official_dates, official_names
from servanda.store.queries import all_names, counts, extent, filed, named, text_of
from servanda.store.register import Register, open_register
from servanda.store.sheets import Sheet, given, sheet
from servanda.store.verifying import verify
from servanda.store.watches import Watch, drop_watch, keep_watch, watch, watches
from servanda.store.withdrawing import withdraw

__all__ = [
    "Account",
    "Kept",
    "Register",
    "Role",
    "Sheet",
    "Watch",
    "add_official",
    "all_names",
    "clear_asides",
    "counts",
    "decided",
    "drop_watch",
    "extent",
    "file",
    "filed",
    "given",
    "judge",
    "keep_watch",
    "known",
    "named",
    "official",
    "official_dates",
    "official_names",
    "open_register",
    "put_aside",
    "set_asides",
    "sheet",
    "text_of",
    "undo",
    "verify",
    "watch",
    "watches",
    "withdraw",
]

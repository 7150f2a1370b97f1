"""The register: tables, migrations, writing and asking. SQLite in one file by default, PostgreSQL for a team."""

from servanda.store.judging import decided, judge, undo
from servanda.store.official import add_official, official, official_dates
from servanda.store.register import Register, open_register

__all__ = ["Register", "add_official", "decided", "judge", "official", "official_dates", "open_register", "undo"]

"""The UN's monthly tables "Contribution of uniformed personnel", PDF or CSV, every row with its country.

`read_tables(path)` gives the tables of a file. A table that does not add up, is cut off or is none raises BadInput.
"""

from servanda.intake.un_tables.read import OfficialTable, read_tables
from servanda.intake.un_tables.rows import OfficialRow

__all__ = ["OfficialRow", "OfficialTable", "read_tables"]

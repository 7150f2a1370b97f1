"""What is told across documents, put together in tables of the register, and brought up to date where it changed.

Only the neighbourhood of what changed is put together anew, and the result is the same as that of putting all together
from the start.
"""

from servanda.answers.assembly.bringing import (
    bring_up_to_date,
    current_state,
    rebuild,
    survey,
    version,
)
from servanda.answers.assembly.entries import ALL, YEARLESS
from servanda.answers.assembly.indexed import ORDER, RANGE, folded
from servanda.answers.assembly.portions import Progress, Stage, far

__all__ = [
    "ALL",
    "ORDER",
    "RANGE",
    "YEARLESS",
    "Progress",
    "Stage",
    "bring_up_to_date",
    "current_state",
    "far",
    "folded",
    "rebuild",
    "survey",
    "version",
]

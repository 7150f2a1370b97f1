"""Review: what people should look at, what they see when they do, and what they decide, kept with who and when.

`open_questions` gives the queue, `question` one of its entries in full, `decide` keeps a decision on it, `undo` takes
one back. The terminal, the desk's pages and its interface for programs all go through these.
"""

from servanda.review.creating import Created, create
from servanda.review.decisions import Choice, decide, decision_number, undo
from servanda.review.history import doubt, entry_row, judgement_row, judgement_rows
from servanda.review.questions import Asked, Question, open_questions, question

__all__ = [
    "Asked",
    "Choice",
    "Created",
    "Question",
    "create",
    "decide",
    "decision_number",
    "doubt",
    "entry_row",
    "judgement_row",
    "judgement_rows",
    "open_questions",
    "question",
    "undo",
]

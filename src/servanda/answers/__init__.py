"""What the register answers: one read model for the command line, the desk and its interface for programs.

Every function takes an open `store.Register` and gives plain values ready for JSON. Listings give a `Page`: rows, a
cursor for the next page, how many there are in all, and over what was looked.
"""

from servanda.answers.actors import actor, actors, busiest, strangers
from servanda.answers.comparison import comparison
from servanda.answers.disagreements import conflicts, stories
from servanda.answers.documents import document, documents
from servanda.answers.drawings import beside, two_people
from servanda.answers.engagements import engagement, engagements, tellings
from servanda.answers.facts import acts, agreements, contributions, no_figures, official, official_tables, positions
from servanda.answers.holding import holding
from servanda.answers.home import home
from servanda.answers.outcomes import outcome
from servanda.answers.pages import Page, Row
from servanda.answers.profile import profile, undated
from servanda.answers.programmes import programme, programmes
from servanda.answers.reconciliation import over_time, reconciled
from servanda.answers.search import search
from servanda.answers.undertakings import undertaking, undertakings

__all__ = [
    "Page",
    "Row",
    "actor",
    "actors",
    "acts",
    "agreements",
    "beside",
    "busiest",
    "comparison",
    "conflicts",
    "contributions",
    "document",
    "documents",
    "engagement",
    "engagements",
    "holding",
    "home",
    "no_figures",
    "official",
    "official_tables",
    "outcome",
    "over_time",
    "positions",
    "profile",
    "programme",
    "programmes",
    "reconciled",
    "search",
    "stories",
    "strangers",
    "tellings",
    "two_people",
    "undated",
    "undertaking",
    "undertakings",
]

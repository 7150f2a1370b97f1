"""What is due and what is new, for calendars, feed readers and people: built from the answers alone."""

from servanda.alerts.calendar import calendar
from servanda.alerts.changes import changes
from servanda.alerts.feed import feed, results

__all__ = ["calendar", "changes", "feed", "results"]

"""Where one can go from every page, in groups. An entry whose page no area offers is not shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, frozen=True)
class Entry:
    """A page in the navigation; `name` is an English message of the catalogue, `role` the least one that sees it."""

    path: str
    name: str
    role: str = "reader"


def N_(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message


ENTRIES: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        N_("Look"),
        (
            Entry("/search", N_("Search")),
            Entry("/engagements", N_("Engagements")),
            Entry("/undertakings", N_("Undertakings")),
            Entry("/programmes", N_("Programmes")),
            Entry("/actors", N_("Actors")),
            Entry("/missions", N_("Missions")),
            Entry("/documents", N_("Documents")),
        ),
    ),
    (
        N_("Compare"),
        (
            Entry("/contributions", N_("Contributions")),
            Entry("/official", N_("UN figures")),
            Entry("/agreements", N_("Agreements")),
            Entry("/acts", N_("Acts")),
            Entry("/positions", N_("Positions")),
            Entry("/conflicts", N_("Conflicts")),
            Entry("/stories", N_("Stories")),
        ),
    ),
    (
        N_("See"),
        (
            Entry("/timeline", N_("Timeline")),
            Entry("/network", N_("Network")),
            Entry("/map", N_("Map")),
            Entry("/charts", N_("Charts")),
            Entry("/calendar", N_("Calendar")),
        ),
    ),
    (
        N_("Work"),
        (
            Entry("/brief", N_("Brief")),
            Entry("/review", N_("Review"), "reviewer"),
            Entry("/set-aside", N_("Set aside")),
            Entry("/about", N_("What was read")),
        ),
    ),
)

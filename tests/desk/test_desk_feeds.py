"""What calendars and feed readers take from the desk."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from fastapi.testclient import TestClient
from icalendar import Calendar

from servanda.answers.assembly import bring_up_to_date
from servanda.desk.app import create_app
from servanda.desk.settings import Settings
from servanda.store import keep_watch, open_register

from .conftest import SAMPLES, read


def test_a_calendar_and_a_feed_link_to_the_desk(tmp_path: Path) -> None:
    read(tmp_path / "r.db", SAMPLES)
    with open_register(str(tmp_path / "r.db")) as register:
        bring_up_to_date(register)
        keep_watch(register, "all", {"sort": "undertakings"}, by="Lan")
    with TestClient(create_app(Settings(str(tmp_path / "r.db"))), base_url="http://localhost") as client:
        events = Calendar.from_ical(client.get("/calendar.ics").content).walk("VEVENT")
        assert events and client.get(str(events[0]["url"])).status_code == 200
        assert not Calendar.from_ical(client.get("/calendar.ics?topic=nothing").content).walk("VEVENT")
        found = client.get("/feeds/all.atom")
        entries = ElementTree.fromstring(found.content).findall("{http://www.w3.org/2005/Atom}entry")
        links = [it.find("{http://www.w3.org/2005/Atom}link") for it in entries]
        assert links and all(link is not None and client.get(link.attrib["href"]).status_code == 200 for link in links)
        assert client.get("/feeds/none.atom").status_code == 404
        assert client.get("/calendar.ics?since=never").status_code == 400

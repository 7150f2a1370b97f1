"""Pictures of the register: timeline, network, map, charts, calendar.

Each is a page whose table tells the same without JavaScript, its data as JSON for the drawing (`assets/src`), and the
table as CSV. Every mark carries the quotes it stands on.
"""

from fastapi import APIRouter

from servanda.desk.pictures import (
    calendar_page,
    chart_page,
    map_page,
    network_page,
    timeline_page,
)

router = APIRouter(include_in_schema=False)
for _module in (timeline_page, network_page, map_page, chart_page, calendar_page):
    router.include_router(_module.router)

"""Pages that show the register: home, search, lists, and one page for each actor, engagement, undertaking, document."""

from fastapi import APIRouter

from servanda.desk.pages import about, documents, home, lists, official, preferences, search, things

router = APIRouter(include_in_schema=False)
for _module in (home, search, lists, documents, things, official, about, preferences):
    router.include_router(_module.router)

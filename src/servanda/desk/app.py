"""The application: areas, static files, headers, errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

from anyio import to_thread
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Match

from servanda.desk import errors
from servanda.desk.heads import Heads
from servanda.desk.navigation import ENTRIES
from servanda.desk.registers import Registers
from servanda.desk.security import SecurityHeaders
from servanda.desk.settings import STATIC, THREADS, Settings
from servanda.desk.warming import warm
from servanda.settings import release

AREAS = ("pages", "pictures", "feeds", "api", "accounts", "review", "briefs", "citations")


def create_app(settings: Settings) -> FastAPI:
    """The desk over one register. The register may be missing or locked: pages say so until it is there."""
    app = FastAPI(
        title="Servanda",
        version=release(),
        summary="A cited register of who met whom, who promised what, and whether it came about",
        lifespan=_alive,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.settings = settings
    app.state.registers = Registers(settings)
    areas = [import_module(f"servanda.desk.{name}") for name in AREAS]
    for area in areas:
        getattr(area, "install", _nothing)(app, settings)
    for area in areas:
        app.include_router(area.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=4)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Heads)
    errors.install(app)
    app.state.paths = frozenset(it.path for _, entries in ENTRIES for it in entries if _answered(app, it.path))
    return app


def _nothing(app: FastAPI, settings: Settings) -> None:
    """What an area without `install` needs."""


def _answered(app: FastAPI, path: str) -> bool:
    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": [], "app": app}
    return any(route.matches(scope)[0] is Match.FULL for route in app.routes)


@asynccontextmanager
async def _alive(app: FastAPI) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    registers: Registers = app.state.registers
    registers.changed = warm
    warm(registers)
    yield
    app.state.registers.close()
